"""Ranks, units and institutions as lists wrote them and nobody knows yet: each is told once what it means."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QLabel, QWidget

from eic_tracker.domain.permissions import ActingUser
from eic_tracker.domain.school_lists import LISTS, FieldKind, FieldSpec, ListKind
from eic_tracker.gui import theme
from eic_tracker.gui.entry_row import undoes_nothing
from eic_tracker.gui.grids.cells import number, text
from eic_tracker.gui.models.columns import Column
from eic_tracker.gui.offering_acts import page_shortcut
from eic_tracker.gui.pages.page import Page
from eic_tracker.gui.place import Place
from eic_tracker.gui.settings_parts.list_fields import Choices, form_field
from eic_tracker.gui.surroundings import Surroundings
from eic_tracker.gui.widgets.ask_fields import AskFields
from eic_tracker.gui.widgets.deed import Deed, deed_button
from eic_tracker.gui.widgets.fact_list import sentence
from eic_tracker.gui.widgets.flow_layout import FlowLayout
from eic_tracker.gui.widgets.reference_box import ReferenceBox
from eic_tracker.gui.widgets.small_table import SmallTable
from eic_tracker.gui.widgets.state_view import StateView
from eic_tracker.i18n import N_, Language, Translator
from eic_tracker.queries.countries import countries_by_name
from eic_tracker.queries.unmapped import UnmappedText
from eic_tracker.services.lists import list_rows_of
from eic_tracker.services.text_mapping import item_problems_of, map_text, map_to_new_item, unmapped_texts

_MOST_COURSES = 3
_NAMES = {"rank": N_("Rank"), "unit": N_("Unit"), "institution": N_("Institution")}
_MEANS = {
    "rank": N_("It means this rank"),
    "unit": N_("It means this unit"),
    "institution": N_("It means this institution"),
}


@dataclass(frozen=True, slots=True)
class _Read:
    texts: tuple[UnmappedText, ...]
    choices: Mapping[str, Mapping[int | str, str]]


class TextsPage(Page):
    """Type what it means, Enter: all rosters that say so are told, and so is every list to come."""

    name = "texts"
    shows = frozenset({"enrolment", "rank", "unit", "institution", "rank_alias", "unit_alias", "institution_alias"})

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(around, parent)
        t = self.t
        self._choices: Mapping[str, Mapping[int | str, str]] = {}
        self._of = ""
        self._busy = False
        self.set_title(t("Texts not yet known"))
        self.said = sentence("", muted=True)
        self.table = SmallTable(t("Texts of lists"), _COLUMNS, around)
        self.table.current_changed.connect(lambda _key: self._show_current())
        self.table.opened.connect(lambda _key: self.find_in_page())
        self.view = StateView(around.colours)
        self.label = QLabel()
        self.box = ReferenceBox(t("It means"), around.colours)
        self.box.setMaximumWidth(620)
        self.label.setBuddy(self.box)
        self.box.returnPressed.connect(self.map)
        self.box.installEventFilter(self)
        self.map_button = deed_button(Deed(t("It means that"), self.map), look="primary")
        self.map_button.setToolTip("Ctrl+Enter")
        self.new_button = deed_button(Deed(t("New item of the list…"), self.begin_new))
        self.new_button.setToolTip("Ctrl+N")
        self.next_button = deed_button(Deed(t("Next"), self.next_text))
        self.next_button.setToolTip("F8")
        self._foot = QWidget()
        line = FlowLayout(self._foot, theme.GAP)
        for button in (self.map_button, self.new_button, self.next_button):
            line.addWidget(button)
        column = self.layout_of_page
        column.addWidget(self.said)
        column.addWidget(self.table, 1)
        column.addWidget(self.label)
        column.addWidget(self.box)
        column.addWidget(self._foot)
        column.addWidget(self.view, 1)
        for keys, act in (("Ctrl+Return", self.map), ("Ctrl+Enter", self.map), ("F8", self.next_text)):
            page_shortcut(keys, self).activated.connect(act)
        self._show_parts(False)

    @property
    def current(self) -> UnmappedText | None:
        """The text in sight."""
        found = self.table.rows.get(self.table.current_key() or 0)
        return found if isinstance(found, UnmappedText) else None

    def show_place(self, place: Place) -> None:
        """Read the texts and what they can mean."""
        self.refresh()

    def refresh(self) -> None:
        """Read again; the same text stays in sight where it is still open."""
        self.read(_read, done=self._show)

    def first_focus(self) -> QWidget | None:
        """Where the meaning is typed."""
        return self.box if self.table.rows else None

    def find_in_page(self) -> None:
        """The box."""
        self.box.setFocus(Qt.FocusReason.OtherFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's own name
        """Ctrl+Z in an empty box takes back what was mapped."""
        if event.type() == QEvent.Type.ShortcutOverride and undoes_nothing(watched, event):
            event.ignore()
            return True
        return super().eventFilter(watched, event)

    def map(self) -> None:
        """Enter: it means what is typed, here and in every list to come."""
        found, key = self.current, self.box.value()
        if found is None or self._busy:
            return
        if not isinstance(key, int):
            self.done.emit(self.t("Choose one of the list, or enter a new item of it (Ctrl+N)."), False)
            return
        name = self._choices[found.names].get(key, "")
        self._write(map_text, found, key, said=lambda count: self._mapped(found, name, count))

    def begin_new(self) -> bool:
        """Ctrl+N: the text is a rank, unit or institution that the list does not have yet."""
        found = self.current
        if found is not None:
            self.read(_item_choices, found.names, self.t.language, done=lambda choices: self._ask(found, choices))
        return True

    def next_text(self) -> None:
        """F8: the next text, round and round."""
        keys = list(self.table.rows)
        if keys:
            here = self.table.current_key()
            place = keys.index(here) + 1 if here in keys else 0
            self.table.select_key(keys[place % len(keys)])
            self.box.setFocus(Qt.FocusReason.OtherFocusReason)

    def add_item(self, found: UnmappedText, values: Mapping[str, Any]) -> None:
        """Add the item and map the text to it, in one entry."""
        name = str(values.get("name") or "")
        self._write(map_to_new_item, found, values, said=lambda done: self._mapped(found, name, done[1]))

    def _ask(self, found: UnmappedText, choices: Choices) -> None:
        t = self.t
        fields = [form_field(field, choices, t, new=True) for field in _asked(found.names)]
        dialog = AskFields(
            t("New item: {list}", list=t(LISTS[ListKind(found.names)].title)),
            (),
            fields,
            lambda values: item_problems_of(found.names, values),
            self.around,
            self,
        )
        dialog.given.connect(lambda values: self.add_item(found, values))
        dialog.start({"name": found.text, "country": "HND"})

    def _mapped(self, found: UnmappedText, name: str, count: int) -> str:
        return self.t.plural(
            "“{text}” means {name}: {count} row changed.",
            "“{text}” means {name}: {count} rows changed.",
            count,
            text=found.text,
            name=name,
        )

    def _write(self, use_case: Any, found: UnmappedText, *args: Any, said: Any) -> None:
        def stored(answer: Any) -> None:
            self._busy = False
            self.done.emit(said(answer), True)

        def refused(failure: Any) -> None:
            self._busy = False
            self.tell_failure(failure)

        self._busy = True
        self.around.jobs.write(
            use_case, self.around.acting, found.names, found.text, *args, owner=self, done=stored, failed=refused
        )

    def _show(self, read: _Read) -> None:
        t = self.t
        before, place = self.current, self.table.current_key() or 1
        had_focus = self.isAncestorOf(self.focusWidget()) if self.focusWidget() is not None else True
        self._choices = read.choices
        self._of = ""
        rows = dict(enumerate(read.texts, 1))
        self.table.show_rows(rows)
        self._show_parts(bool(rows))
        if not rows:
            self.view.show_empty(t("Every rank, unit and institution of the rosters is known."))
            return
        same = [key for key, each in rows.items() if before and (each.names, each.text) == (before.names, before.text)]
        # the one that was mapped is gone: the next one stands in its place
        self.table.select_key(same[0] if same else min(place, len(rows)))
        self.said.setText(
            t.plural("{count} text waits for its meaning.", "{count} texts wait for their meaning.", len(rows))
        )
        self._show_current()
        if had_focus and self.isVisible() and not self.table.hasFocus():
            self.box.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_current(self) -> None:
        found = self.current
        if found is None:
            return
        self.label.setText(self.t("“{text}”", text=found.text) + " · " + self.t(_MEANS[found.names]))
        self.box.setAccessibleName(self.label.text())
        mark = f"{found.names} {found.text}"
        if mark != self._of:
            self._of = mark
            self.box.set_value(None)
            self.box.offer(self._choices.get(found.names, {}))

    def _show_parts(self, there: bool) -> None:
        for widget in (self.table, self.said, self.label, self.box, self._foot):
            widget.setVisible(there)
        self.view.setVisible(not there)


def _asked(names: str) -> tuple[FieldSpec, ...]:
    """What must be said of a new item: its name, what the list needs, its abbreviation."""
    return tuple(field for field in LISTS[ListKind(names)].fields if field.required or field.name == "code")


def _read(db: Any, acting: ActingUser) -> _Read:
    choices: dict[str, dict[int | str, str]] = {
        names: {row.id: f"{row.name} — {row.code}" for row in list_rows_of(db, acting, ListKind(names))}
        for names in _NAMES
    }
    return _Read(unmapped_texts(db, acting), choices)


def _item_choices(db: Any, acting: ActingUser, names: str, language: Language) -> Choices:
    found: dict[str, Mapping[int | str, str]] = {}
    for field in _asked(names):
        if field.refers_to is not None:
            found[field.name] = {row.id: row.name for row in list_rows_of(db, acting, field.refers_to)}
        elif field.kind is FieldKind.COUNTRY:
            found[field.name] = countries_by_name(language)
    return found


def _courses(row: UnmappedText, t: Translator) -> str:
    more = len(row.courses) - _MOST_COURSES
    shown = ", ".join(row.courses[:_MOST_COURSES])
    return shown if more <= 0 else t("{courses} and {count} more", courses=shown, count=t.number(more))


_COLUMNS = (
    Column("text", N_("As lists write it"), text("text"), width=40, stretch=True),
    Column("names", N_("Kind"), lambda row, t: t(_NAMES[row.names]), width=14),
    Column("people", N_("People"), number("people"), width=8, number=True),
    Column("rows", N_("Rows"), lambda row, t: t.number(len(row.enrolments)), width=8, number=True),
    Column("courses", N_("On the rosters of"), _courses, width=34, stretch=True),
)
