"""What stands on the school's papers, and how its register and certificates are kept: shown to all, changed by few."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from eic_tracker.domain.permissions import Action
from eic_tracker.gui import theme
from eic_tracker.gui.place import Place
from eic_tracker.gui.settings_parts.part import Part
from eic_tracker.gui.surroundings import Surroundings
from eic_tracker.gui.widgets.ask_fields import AskFields
from eic_tracker.gui.widgets.card import Card
from eic_tracker.gui.widgets.deed import Deed, deed_button
from eic_tracker.gui.widgets.editors import LineEditor, NamesEditor, NumberEditor
from eic_tracker.gui.widgets.fact_list import FactList
from eic_tracker.gui.widgets.field_form import FormField
from eic_tracker.gui.widgets.scrolled_column import ScrolledColumn
from eic_tracker.services.school_settings import (
    LONGEST_ADDRESS,
    LONGEST_ISSUER,
    LONGEST_LINE,
    LONGEST_TELEPHONE,
    SchoolSettings,
    change_settings,
    school_settings,
    settings_problems,
)


class SchoolPart(Part):
    """Two cards, papers and certificates, each with its button."""

    name = "school_papers"
    shows = frozenset({"setting"})

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(around, parent)
        t = self.t
        self.settings: SchoolSettings | None = None
        self._papers, self._certificates = FactList(), FactList()
        self.papers_button = deed_button(Deed(t("Change…"), self.ask_papers))
        self.papers_button.setAccessibleName(t("Change what stands on papers"))
        self.certificates_button = deed_button(Deed(t("Change…"), self.ask_certificates))
        self.certificates_button.setAccessibleName(t("Change how certificates are kept"))
        changes = around.may(Action.ADMINISTER) and not around.read_only
        inside = ScrolledColumn()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, theme.GAP, 0)
        column.setSpacing(theme.GAP)
        for title, facts, button in (
            (t("On the school's papers"), self._papers, self.papers_button),
            (t("Certificates and their register"), self._certificates, self.certificates_button),
        ):
            card = Card(title)
            card.add(facts)
            card.body.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
            button.setVisible(changes)
            column.addWidget(card)
        column.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setAccessibleName(t("Papers of the school"))
        area.setWidget(inside)
        self.layout_of_page.addWidget(area, 1)

    def show_place(self, place: Place) -> None:
        """The settings as they hold."""
        self.refresh()

    def refresh(self) -> None:
        """Read them again."""
        self.read(school_settings, done=self._show)

    def first_focus(self) -> QWidget | None:
        """The first button, where something can be changed."""
        return self.papers_button if self.papers_button.isVisibleTo(self) else None

    def ask_papers(self) -> None:
        """Letterhead and place."""
        t = self.t
        fields = [
            FormField("letterhead", t("Letterhead, a line each"), lambda label, _a: NamesEditor(label), required=True),
            FormField("place", t("Place on papers"), lambda label, _a: LineEditor(label, longest=LONGEST_LINE)),
        ]
        self._ask(t("On the school's papers"), fields)

    def ask_certificates(self) -> None:
        """Name in signatures, where to check, size of folios and books, days to claim."""
        t = self.t
        texts = (
            ("issuer", t("Name in signatures"), LONGEST_ISSUER, ""),
            (
                "check_address",
                t("Address of the page that checks"),
                LONGEST_ADDRESS,
                t("Stands before the code in the symbol, so that any telephone opens the page. Leave empty for none."),
            ),
            ("check_telephone", t("Telephone for checking"), LONGEST_TELEPHONE, ""),
        )
        numbers = (
            ("entries_per_folio", t("Entries on a folio"), t("Of books that are opened from now on.")),
            ("folios_per_book", t("Folios of a book"), t("Of books that are opened from now on.")),
            ("claim_days", t("Days to claim a certificate"), t("After so many it counts as not collected.")),
        )
        fields = [
            FormField(name, words, lambda label, _a, most=most: LineEditor(label, longest=most), hint)  # type: ignore[misc]
            for name, words, most, hint in texts
        ]
        fields += [
            FormField(name, words, lambda label, _a: NumberEditor(label), hint, required=True)
            for name, words, hint in numbers
        ]
        self._ask(t("Certificates and their register"), fields)

    def _ask(self, title: str, fields: list[FormField]) -> None:
        if self.settings is None:
            return
        now = asdict(self.settings)

        def draft(values: Mapping[str, Any]) -> SchoolSettings:
            given = {name: value if value is not None else _NOTHING.get(name, "") for name, value in values.items()}
            return SchoolSettings(**{**now, **given})

        names = {field.name for field in fields}
        dialog = AskFields(
            title,
            (),
            fields,
            lambda values: [each for each in settings_problems(draft(values)) if each.field in names],
            self.around,
            self.window(),
        )
        dialog.given.connect(
            lambda values: self.write(
                change_settings, draft(values), said=lambda _entry: self.t("The settings of the school are kept.")
            )
        )
        dialog.start({name: now[name] for name in names})

    def _show(self, found: SchoolSettings) -> None:
        t = self.t
        self.settings = found
        self._papers.show_facts(
            [(t("Letterhead"), "\n".join(found.letterhead)), (t("Place on papers"), found.place or t("none"))]
        )
        days = found.claim_days or 0
        self._certificates.show_facts(
            [
                (t("Name in signatures"), found.issuer),
                (t("Address of the page that checks"), found.check_address or t("none")),
                (t("Telephone for checking"), found.check_telephone or t("none")),
                (t("Entries on a folio"), t.number(found.entries_per_folio or 0)),
                (t("Folios of a book"), t.number(found.folios_per_book or 0)),
                (t("Days to claim a certificate"), t.plural("{count} day", "{count} days", days)),
            ]
        )


_NOTHING = {"letterhead": (), "entries_per_folio": None, "folios_per_book": None, "claim_days": None}
