"""The lists that a school keeps by itself: chosen, searched, added to, changed, ended, opened again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QCheckBox, QComboBox, QLabel, QLineEdit

from eic_tracker.domain.permissions import ActingUser, Action
from eic_tracker.domain.school_lists import LISTS, FieldKind, FieldSpec, ListDraft, ListKind, ListSpec
from eic_tracker.gui import theme
from eic_tracker.gui.models.columns import Column
from eic_tracker.gui.place import Place
from eic_tracker.gui.settings_parts.item_detail import Line
from eic_tracker.gui.settings_parts.items_part import ItemsPart
from eic_tracker.gui.settings_parts.list_fields import Choices, column_of, form_field, value_words
from eic_tracker.gui.surroundings import Surroundings
from eic_tracker.gui.theme import Tone
from eic_tracker.gui.widgets.date_field import DateField
from eic_tracker.gui.widgets.deed import Deed, deed_button
from eic_tracker.i18n import N_, Language, Translator
from eic_tracker.queries.countries import countries_by_name
from eic_tracker.queries.school_lists import ListRow
from eic_tracker.reports.journal_words import table_words
from eic_tracker.services.curricula import VersionLine, curriculum_versions
from eic_tracker.services.lists import (
    ListItem,
    delete_item,
    end_item,
    list_item,
    list_rows_of,
    reopen_item,
    save_item,
)

TYPING_PAUSE = 150
_NAME, _CODE = N_("Name"), N_("Code")


class ListsPart(ItemsPart):
    """One list at a time; what a field takes comes from its specification."""

    def __init__(self, around: Surroundings) -> None:
        self.spec = LISTS[ListKind.INSTITUTION]
        super().__init__(around.t("Lists of the school"), _columns(self.spec), around)
        t = self.t
        self._rows: dict[int, ListRow] = {}
        self._item: ListItem | None = None
        self.choice = QComboBox()
        self.choice.setAccessibleName(t("List"))
        self.choice.setMinimumHeight(theme.TARGET)
        for kind, spec in LISTS.items():
            self.choice.addItem(t(spec.title), kind)
        self.choice.setCurrentIndex(self.choice.findData(self.spec.kind))
        self.search = QLineEdit()
        self.search.setPlaceholderText(t("Find in the list"))
        self.search.setAccessibleName(t("Find in the list"))
        self.search.setClearButtonEnabled(True)
        self.search.setMinimumHeight(theme.TARGET)
        self.search.setMinimumWidth(180)
        self.with_ended = QCheckBox(t("with ended ones"))
        self.add = deed_button(Deed(t("Add"), self._add), look="primary")
        for widget in (self.choice, self.search, self.with_ended, self.add):
            self.add_tool(widget)
        self.begin_with(self.add)
        self.count = QLabel()
        self.count.setProperty("muted", True)
        self.left_column.addWidget(self.count)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(TYPING_PAUSE)
        self._pause.timeout.connect(self.read_rows)
        self.choice.activated.connect(lambda _place: self._choose_list(ListKind(self.choice.currentData())))
        self.search.textChanged.connect(lambda _text: self._pause.start())
        self.search.returnPressed.connect(self._on_search_entered)
        self.with_ended.toggled.connect(lambda _on: self.read_rows())
        self.pane.save_requested.connect(self._save)

    def show_place(self, place: Place) -> None:
        """The list, what was searched in it, the chosen item."""
        wanted = place.state.get("list")
        if isinstance(wanted, str) and wanted in set(ListKind):
            self._choose_list(ListKind(wanted), read=False)
        self.search.setText(str(place.state.get("text", "")))
        self.with_ended.setChecked(place.state.get("ended") is True)
        super().show_place(place)

    def state(self) -> Mapping[str, Any]:
        """The list, what is searched, the chosen item."""
        asked = {"list": self.spec.kind.value, "text": self.search.text(), "ended": self.with_ended.isChecked()}
        return {**asked, **super().state()}

    def find_in_page(self) -> None:
        """The search box."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def go_up(self) -> bool:
        """Esc also empties the search box."""
        if self.search.hasFocus() and self.search.text():
            self.search.clear()
            return True
        return super().go_up()

    @property
    def may_change(self) -> bool:
        """Whether the user may change this list in this window."""
        rights = self.around.may(Action.EDIT_LISTS) and not self.around.read_only
        return rights and (not self.spec.official or self.around.may(Action.ADMINISTER))

    def read_rows(self) -> None:
        """The rows of the list that meet what is asked for."""
        self._pause.stop()
        asked = (self.spec.kind, self.search.text(), self.with_ended.isChecked())
        self.add.setVisible(self.may_change and self.spec.may_add)
        self.read(list_rows_of, *asked, done=self._on_rows, failed=self.show_failed, what="rows")

    def show_current(self, key: int) -> None:
        """Read the item with what uses it."""
        self.read(list_item, self.spec.kind, key, done=self._show_item, what="item")

    def edit_current(self) -> None:
        """The form of the chosen item."""
        row = self._rows.get(self.table.current_key() or 0)
        if row is not None and self.may_change:
            self._open_form(row)

    def _on_rows(self, rows: tuple[ListRow, ...]) -> None:
        self._rows = {row.id: row for row in rows}
        clear = Deed(self.t("Clear filters"), self._clear) if self.search.text().strip() else None
        self.show_rows(self._rows, self.t("This list is empty."), clear)
        self.count.setText(self.t.plural("{count} entry in the list", "{count} entries in the list", len(rows)))

    def _choose_list(self, kind: ListKind, *, read: bool = True) -> None:
        if kind is self.spec.kind:
            return
        self.pane.leave()
        self.stack.setCurrentWidget(self.detail)
        self.spec = LISTS[kind]
        self._item = None
        self._rows = {}
        self.choice.setCurrentIndex(self.choice.findData(kind))
        self.replace_table(_columns(self.spec))
        self.detail.show_item("", ())
        if read:
            self.search.clear()
            self.read_rows()

    def _on_search_entered(self) -> None:
        self.read_rows()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _clear(self) -> None:
        self.search.clear()
        self.read_rows()

    def _show_item(self, item: ListItem) -> None:
        if self.pane.is_open or item.row.kind is not self.spec.kind:
            return
        self._item = item
        t, row = self.t, item.row
        lines = []
        for field in self.spec.fields:
            said = value_words(field, row.values.get(field.name), t, row.named.get(field.name))
            if said and field.name != "name":
                lines.append(Line(t(field.label), said))
        used = ", ".join(f"{t.number(use.rows)} × {table_words(use.table, t)}" for use in item.uses)
        lines.append(Line(t("Used by"), used) if used else Line("", t("Nothing uses it.")))
        if row.ended:
            lines.append(Line("", t("Ended: nothing new uses it."), Tone.WARNING))
        if self.spec.official and not self.may_change:
            lines.append(Line("", t("This list is the State's: an administrator changes it.")))
        self.detail.show_item(row.name, lines, self._deeds(item) if self.may_change else ())
        self.read_history(row.kind.value, row.id)
        if row.kind is ListKind.CURRICULUM:
            self.read(curriculum_versions, row.id, done=partial(self._show_versions, row), what="versions")

    def _show_versions(self, row: ListRow, versions: tuple[VersionLine, ...]) -> None:
        """The versions of a curriculum; each opens its form for who may change lists."""
        t = self.t
        links = []
        for each in versions:
            place = Place("curriculum_form", row.id, {"version": each.id})
            act = partial(self.go_requested.emit, place) if self.may_change else lambda: None
            needs = (
                t("graduating needs {required}", required=t.number(each.lessons_required))
                if each.lessons_required is not None
                else t("reached, never graduated")
            )
            about = [
                t.plural("{count} lesson", "{count} lessons", each.lessons),
                needs,
                t.plural("{count} class group", "{count} class groups", each.groups),
            ]
            links.append((Deed(each.version, act), " · ".join(about)))
        self.detail.add_links(t("Versions"), links)

    def _deeds(self, item: ListItem) -> list[Deed]:
        t, row = self.t, item.row
        deeds = [Deed(t("Edit (F2)"), self.edit_current)]
        if row.ended_on is None:
            deeds.append(Deed(t("End from…"), partial(self._ask_end, row)))
        else:
            deeds.append(Deed(t("Open again"), partial(self._reopen, row)))
        if row.kind is ListKind.CURRICULUM:
            place = Place("curriculum_form", row.id)
            deeds.append(Deed(t("New version…"), partial(self.go_requested.emit, place)))
        if not item.uses:
            deeds.append(Deed(t("Delete"), partial(self._delete, row)))
        return deeds

    def _ask_end(self, row: ListRow) -> None:
        label = self.t("Its last day")
        field = DateField(label, self.around)
        field.set_value(self.around.today)
        field.edit.returnPressed.connect(lambda: self._end(row, field))
        self.detail.ask(label, field, Deed(self.t("End it"), lambda: self._end(row, field)))

    def _end(self, row: ListRow, field: DateField) -> None:
        day = field.value()
        if not isinstance(day, dt.date):
            theme.mark(field.edit, "problem", True)
            field.edit.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        said = self.t("“{name}” ends on {date}.", name=row.name, date=self.t.date(day))
        self._keep_in_sight(day)
        self._deed(end_item, row, said, day)

    def _reopen(self, row: ListRow) -> None:
        self._deed(reopen_item, row, self.t("“{name}” is open again.", name=row.name))

    def _delete(self, row: ListRow) -> None:
        self._deed(delete_item, row, self.t("“{name}” was deleted.", name=row.name))

    def _deed(self, use_case: Any, row: ListRow, said: str, *values: Any) -> None:
        self.around.jobs.write(
            use_case,
            self.around.acting,
            row.kind,
            row.id,
            *values,
            owner=self,
            done=lambda _nothing: self.after_saving(row.id, said),
            failed=self.tell_failure,
        )

    def _add(self) -> None:
        self._open_form(None)

    def _open_form(self, row: ListRow | None) -> None:
        self.read(_choices, self.spec, self.t.language, done=lambda found: self._show_form(row, found), what="choices")

    def _show_form(self, row: ListRow | None, choices: Choices) -> None:
        t, spec = self.t, self.spec
        fields = [form_field(field, choices, t, new=row is None) for field in spec.fields]
        title = row.name if row is not None else t("New: {what}", what=t(spec.one))
        self.pane.edit(
            f"list {spec.kind.value} {row.id if row is not None else 'new'}",
            title,
            fields,
            row.values if row is not None else _usual(spec),
            item=row.id if row is not None else None,
            original=row.values if row is not None else None,
            words=partial(_field_words, spec, choices, t),
        )
        self.show_form()

    def _save(self, values: Mapping[str, Any], original: Mapping[str, Any] | None) -> None:
        draft = ListDraft(self.spec.kind, values, self.pane.item, original)
        said = self.t("“{name}” was saved.", name=values.get("name") or "")

        def stored(key: int) -> None:
            self._keep_in_sight(values.get("valid_to"))
            self.after_saving(key, said)

        self.around.jobs.write(
            save_item,
            self.around.acting,
            draft,
            owner=self,
            done=stored,
            failed=self.pane.refused,
        )

    def _keep_in_sight(self, last: object) -> None:
        """What has ended by what was just saved stays in the list, so that nobody looks for it."""
        if isinstance(last, dt.date) and last < self.around.today:
            self.with_ended.setChecked(True)


def _columns(spec: ListSpec) -> tuple[Column, ...]:
    """Name and code of every list, what it is unique within, and whether it has ended."""
    columns = [
        Column("name", _NAME, lambda row, _t: row.name, width=34, stretch=True),
        Column("code", _CODE, lambda row, _t: row.code, width=14),
    ]
    if spec.unique_within is not None:
        columns.append(column_of(spec.field(spec.unique_within)))
    columns.append(
        Column(
            "ended",
            N_("Ended on"),
            lambda row, t: t.date(row.ended_on) if row.ended_on is not None else "",
            width=12,
            tone=lambda row: Tone.WARNING if row.ended else Tone.PLAIN,
        )
    )
    return tuple(columns)


def _choices(db: Any, acting: ActingUser, spec: ListSpec, language: Language) -> Choices:
    """What the fields of a list's form offer: items of other lists that have not ended, countries."""
    found: dict[str, dict[int | str, str]] = {}
    for field in spec.fields:
        if field.refers_to is not None:
            rows = list_rows_of(db, acting, field.refers_to)
            found[field.name] = {row.id: f"{row.name} — {row.code}" for row in rows}
        elif field.kind is FieldKind.COUNTRY:
            found[field.name] = countries_by_name(language)
    return found


def _field_words(spec: ListSpec, choices: Choices, t: Translator, name: str, value: object) -> str:
    field: FieldSpec = spec.field(name)
    named = choices.get(name, {}).get(value) if isinstance(value, int | str) else None
    return value_words(field, value, t, named) or "—"


def _usual(spec: ListSpec) -> dict[str, Any]:
    """What a new item begins with."""
    return {field.name: "HND" for field in spec.fields if field.kind is FieldKind.COUNTRY}
