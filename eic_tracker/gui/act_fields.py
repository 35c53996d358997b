"""Acts in words: the columns of their table, the fields of their texts."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout

from eic_tracker.domain.codes import ActKind
from eic_tracker.gui import theme
from eic_tracker.gui.grids.cells import day
from eic_tracker.gui.models.columns import Column
from eic_tracker.gui.theme import Tone
from eic_tracker.gui.widgets.editors import DateEditor, LineEditor, NamesEditor
from eic_tracker.gui.widgets.field_form import FormField
from eic_tracker.gui.widgets.scrolled_column import ScrolledColumn
from eic_tracker.i18n import N_, Translator
from eic_tracker.queries.acts import ActRow
from eic_tracker.reports.paper_words import ACT_KINDS, ACT_STATES
from eic_tracker.services.acts import LONGEST_LINE, MADE, ActTexts

_TONES = {"draft": Tone.WARNING, "frozen": Tone.OK, "differs": Tone.ERROR, "rectified": Tone.PLAIN}


def act_name(row: ActRow, t: Translator) -> str:
    """What an act is called: its kind, number and year, and its module."""
    kind = t(ACT_KINDS[row.kind])
    if row.module is None:
        return f"{kind} {row.name}"
    return t("{act}, module {number}", act=f"{kind} {row.name}", number=row.module)


def _state(row: ActRow, t: Translator) -> str:
    if row.state == "differs":
        return t.plural("Differs: {count} person", "Differs: {count} people", row.differs)
    if row.state == "rectified":
        return t("Rectified by {name}", name=row.rectified_by)
    return t(ACT_STATES[row.state])


ACT_COLUMNS = (
    Column("name", N_("Act"), act_name, width=30, stretch=True),
    Column("held", N_("Held on"), day("held_on"), width=12),
    Column("state", N_("State"), _state, width=26, tone=lambda row: _TONES[row.state]),
    Column("code", N_("Code"), lambda row, _t: row.code or "", width=22),
)


def act_fields(t: Translator, *, authorised: bool) -> tuple[FormField, ...]:
    """When, where, who was present, what happened, what is annexed; for a rectification who authorises it."""
    facts = t("What is corrected and why") if authorised else t("Facts")
    fields = [
        FormField("held_on", t("Held on"), DateEditor),
        FormField("place", t("Place"), lambda label, _around: LineEditor(label, longest=LONGEST_LINE)),
        FormField("starts_at", t("Begins at"), lambda label, _around: LineEditor(label, longest=5), help="14:00"),
        FormField("ends_at", t("Ends at"), lambda label, _around: LineEditor(label, longest=5), help="15:30"),
        FormField("facts", facts, lambda label, _around: NamesEditor(label), required=authorised),
        FormField(
            "present", t("Present"), lambda label, _around: NamesEditor(label), help=t("One a line: rank, name, post")
        ),
        FormField(
            "annexes", t("Annexes"), lambda label, _around: NamesEditor(label), help=t("One a line, with its folios")
        ),
    ]
    if authorised:
        order = (("authorised_by", t("Name and rank")), ("post", t("Post")), ("letter", t("Letter number")))
        fields[1:1] = [
            FormField(name, label, lambda label, _around: LineEditor(label, longest=120), required=True)
            for name, label in order
        ]
    return tuple(fields)


def texts_of(act: ActRow) -> ActTexts:
    """The texts of an act as its form begins with them."""
    return ActTexts(act.held_on, act.place, act.starts_at, act.ends_at, act.present, act.facts, act.annexes)


def scrolled(lines: QVBoxLayout) -> QScrollArea:
    """Lines that scroll where the window is low."""
    inside = ScrolledColumn()
    lines.setContentsMargins(0, 0, 0, 0)
    inside.setLayout(lines)
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setMinimumHeight(2 * theme.TARGET)
    area.setWidget(inside)
    return area


def act_choices(modules: Sequence[tuple[int, str]], t: Translator) -> list[tuple[str, str]]:
    """Code and words of the acts that can be made, an act of grades for each module among them."""
    kind = ActKind.GRADES.value
    words = t(ACT_KINDS[kind])
    of_modules = [
        (f"{kind}:{number}", t("{act}, module {number}: {title}", act=words, number=number, title=title))
        for number, title in modules
    ]
    return [*((each.value, t(ACT_KINDS[each.value])) for each in MADE), *of_modules]
