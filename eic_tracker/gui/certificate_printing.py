"""How certificates are printed on this computer: paper with or without background, offset, sides; asked and kept."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtWidgets import QWidget

from eic_tracker.domain.drafts import DraftProblem
from eic_tracker.gui.surroundings import Surroundings
from eic_tracker.gui.widgets.ask_fields import AskFields
from eic_tracker.gui.widgets.editors import ChoiceEditor, LineEditor
from eic_tracker.gui.widgets.field_form import FormField
from eic_tracker.i18n import N_
from eic_tracker.reports.template_pdf import PrintOptions, SheetOrder
from eic_tracker.settings import MOST_OFFSET, CertificatePrinting


def options_of(kept: CertificatePrinting) -> PrintOptions:
    """What is kept on this computer, as the papers want it."""
    order = SheetOrder.FACES_FIRST if kept.faces_first else SheetOrder.DUPLEX
    return PrintOptions(not kept.preprinted, kept.right / 10, kept.down / 10, order)


def ask_printing(
    around: Surroundings, parent: QWidget, given: Callable[[PrintOptions, bool], None], *, files: bool
) -> AskFields:
    """Ask how it is printed and keep that; `given(options, merge)`, where `files` asks for one or many of them."""
    t, kept = around.t, around.preferences.current.certificate_printing
    papers = [(False, t("Plain, with all that the template draws")), (True, t("Pre-printed: only what differs"))]
    sides = [(False, t("Face, reverse, face, reverse")), (True, t("All faces, then all reverses"))]
    one = [(False, t("One file for each person")), (True, t("One file for the class"))]
    fields = [
        FormField("preprinted", t("Paper"), lambda label, _a: ChoiceEditor(label, papers, None)),
        FormField("faces_first", t("Sides"), lambda label, _a: ChoiceEditor(label, sides, None)),
        FormField(
            "right",
            t("To the right by mm"),
            lambda label, _a: LineEditor(label, longest=6),
            t("Where the printer is off: the calibration page of a template shows by how much."),
        ),
        FormField("down", t("Down by mm"), lambda label, _a: LineEditor(label, longest=6), beside=True),
    ]
    if files:
        fields.insert(0, FormField("merge", t("Files"), lambda label, _a: ChoiceEditor(label, one, None)))
    dialog = AskFields(t("How they are printed"), (), fields, printing_problems, around, parent)

    def take(values: Mapping[str, Any]) -> None:
        now = CertificatePrinting(
            _tenths(values["right"]) or 0,
            _tenths(values["down"]) or 0,
            bool(values["preprinted"]),
            bool(values["faces_first"]),
        )
        around.preferences.change(certificate_printing=now)
        given(options_of(now), bool(values.get("merge")))

    dialog.given.connect(take)
    dialog.start(
        {
            "merge": False,
            "preprinted": kept.preprinted,
            "faces_first": kept.faces_first,
            "right": f"{kept.right / 10:g}",
            "down": f"{kept.down / 10:g}",
        }
    )
    return dialog


def printing_problems(values: Mapping[str, Any]) -> Sequence[DraftProblem]:
    """Offsets that are no number of millimetres, or more than a printer can be off."""
    message = N_("Write millimetres from -{most} to {most}, such as 1.5.")
    return [
        DraftProblem(name, message, {"most": MOST_OFFSET // 10})
        for name in ("right", "down")
        if _tenths(values[name]) is None
    ]


def _tenths(said: object) -> int | None:
    """Tenths of a millimetre; nothing written is none, None is no such number."""
    text = str(said or "0").strip().replace(",", ".").replace("−", "-")
    try:
        tenths = round(float(text) * 10)
    except (ValueError, OverflowError):
        return None
    return tenths if -MOST_OFFSET <= tenths <= MOST_OFFSET else None
