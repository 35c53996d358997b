"""The papers of a course: its acts, attendance sheets, order of merit, the course file and what it still lacks."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QFileDialog, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from eic_tracker.domain.codes import ActKind
from eic_tracker.domain.permissions import Action, Right, right
from eic_tracker.gui import theme
from eic_tracker.gui.act_fields import ACT_COLUMNS, act_choices, act_fields, act_name, scrolled, texts_of
from eic_tracker.gui.act_papers import ActPapers, Ask, View
from eic_tracker.gui.jobs import Failure
from eic_tracker.gui.notices import notice_of
from eic_tracker.gui.offering_acts import page_shortcut
from eic_tracker.gui.record_parts import RecordPart
from eic_tracker.gui.surroundings import Surroundings
from eic_tracker.gui.widgets.ask_fields import authorisation_of
from eic_tracker.gui.widgets.choice_popup import ChoicePopup
from eic_tracker.gui.widgets.deed import Deed, DeedLine, deed_button
from eic_tracker.gui.widgets.edit_pane import EditPane
from eic_tracker.gui.widgets.fact_list import sentence
from eic_tracker.gui.widgets.flow_layout import FlowLayout
from eic_tracker.gui.widgets.small_table import SmallTable
from eic_tracker.queries.acts import ActRow
from eic_tracker.reports.paper_words import ACT_KINDS
from eic_tracker.services.acts import (
    ActDraft,
    ActSaved,
    ActTexts,
    RectificationDraft,
    acts_of_course,
    change_act,
    make_act,
    rectify_act,
)
from eic_tracker.services.attachments import Scan, read_scan
from eic_tracker.services.attendance_sheets import CourseWeeks, SheetAttached, attach_sheet, weeks_of_course
from eic_tracker.services.course_file import Checklist, Lacking, course_checklist
from eic_tracker.services.profiles import OfferingDetail

NEW_KEYS, TEXT_KEYS, RECTIFY_KEYS, SHEET_KEYS = "Ctrl+M", "Ctrl+T", "Ctrl+R", "Ctrl+J"
_SHOWN = 8
"""So many sentences about what the course file lacks are shown."""


class ActsPart(RecordPart):
    """A table of acts with what can be done, and below it what the course file lacks; texts are written beside."""

    done = Signal(str, bool)
    noticed = Signal(object)
    tab_wanted = Signal(str)
    """the part of the page where something is mended"""

    def __init__(self, around: Surroundings, ask: Ask, view: View, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.around, self.t = around, around.t
        t = self.t
        self._offering: int | None = None
        self._code = ""
        self._modules: tuple[tuple[int, str], ...] = ()
        self._saving: Callable[[ActTexts, Mapping[str, Any]], tuple[Callable[..., Any], Any]] | None = None
        self.papers = ActPapers(around, ask, view, self)
        self.papers.noticed.connect(self.noticed)
        self.papers.said.connect(lambda text: self.done.emit(text, False))
        self.table = SmallTable(t("Acts"), ACT_COLUMNS, around)
        self.table.opened.connect(lambda _key: self.preview())
        self.table.current_changed.connect(lambda _key: self._enable())
        self.nothing = sentence(t("This course has no act yet."), muted=True)
        self.pane = EditPane(around)
        self.pane.save_requested.connect(self._save)
        self.pane.left.connect(self._leave_pane)
        self.lacking = QVBoxLayout()
        self.lacking.setSpacing(0)
        self.stack = QStackedWidget()
        self.stack.addWidget(self._list_page())
        self.stack.addWidget(self.pane)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.stack)
        for keys, act in (
            (NEW_KEYS, self.choose_kind),
            (TEXT_KEYS, self.write_texts),
            (RECTIFY_KEYS, self.rectify),
            (SHEET_KEYS, self.choose_week),
        ):
            page_shortcut(keys, self).activated.connect(act)

    def _list_page(self) -> QWidget:
        t = self.t
        writes = not self.around.read_only
        makes = writes and right(self.around.acting, Action.RECORD_RESULTS) is not Right.NO
        rectifies = writes and right(self.around.acting, Action.MAKE_EXCEPTION) is not Right.NO
        takes = writes and right(self.around.acting, Action.EXPORT_IDENTITIES) is Right.YES
        self.new_button = self._button(t("New act"), self.choose_kind, NEW_KEYS, shown=makes)
        self.text_button = self._button(t("Write its texts"), self.write_texts, TEXT_KEYS, shown=makes)
        self.preview_button = self._button(t("See it"), self.preview, "Enter", shown=writes)
        self.print_button = self._button(t("Print it"), self.print_current, "Ctrl+P", shown=makes or rectifies)
        self.rectify_button = self._button(t("Rectify it"), self.rectify, RECTIFY_KEYS, shown=rectifies)
        self.sheets_button = self._button(t("Attendance sheets"), self.choose_week, SHEET_KEYS, shown=writes)
        self.scan_button = self._button(t("File a signed sheet…"), self._ask_scan, "", shown=makes)
        self.merit_button = self._button(t("Order of merit"), self.show_merit, "", shown=writes)
        self.file_button = self._button(t("Course file…"), self._ask_file, "", shown=takes)
        self._tools = (
            self.new_button,
            self.text_button,
            self.preview_button,
            self.print_button,
            self.rectify_button,
            self.sheets_button,
            self.scan_button,
            self.merit_button,
            self.file_button,
        )
        tools = QWidget()
        flow = FlowLayout(tools, theme.GAP)
        for button in self._tools:
            flow.addWidget(button)
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GAP)
        column.addWidget(tools)
        column.addWidget(self.papers.progress)
        column.addWidget(self.nothing)
        column.addWidget(self.table, 1)
        column.addWidget(scrolled(self.lacking), 1)
        return page

    def _button(self, text: str, act: Callable[[], object], keys: str, *, shown: bool) -> QPushButton:
        button = deed_button(Deed(text, act))
        button.setToolTip(keys)
        if not shown:
            button.hide()
        return button

    def first_focus(self) -> QWidget | None:
        """The acts, else what can be done."""
        if self.pane.is_open:
            return self.pane.form.first_field() if self.pane.form is not None else None
        if self.table.rows:
            return self.table
        return next((button for button in self._tools if button.isVisibleTo(self) and button.isEnabled()), None)

    def go_up(self) -> bool:
        """Esc: the texts are left; what was typed is kept."""
        if not self.pane.is_open:
            return False
        self.pane.leave()
        self._leave_pane()
        return True

    def print_paper(self) -> bool:
        """Ctrl+P: the act where the keyboard stands."""
        if self.print_button.isEnabled() and self.print_button.isVisibleTo(self):
            self.print_current()
        return True

    def show_detail(self, detail: OfferingDetail, state: Mapping[str, Any]) -> None:
        """Read the acts and what the course file lacks; texts that are being written stay."""
        if detail.row.id != self._offering and self.pane.is_open:
            self.pane.leave()
            self._leave_pane()
        self._offering, self._code = detail.row.id, detail.row.code
        self._modules = tuple((each.number, each.title) for each in detail.modules)
        self._read(acts_of_course, done=self._show_acts)
        self._read(course_checklist, done=self._show_lacking)

    def current(self) -> ActRow | None:
        """The act where the keyboard stands."""
        key = self.table.current_key()
        row = self.table.rows.get(key) if key is not None else None
        return row if isinstance(row, ActRow) else None

    def choose_kind(self) -> None:
        """Ctrl+M: which act is made."""
        if not self.new_button.isVisibleTo(self):
            return
        popup = ChoicePopup("kind", self.t("Which act?"), self.t, self)
        popup.chosen.connect(self._write_new)
        popup.move(self._below(self.new_button))
        popup.offer(act_choices(self._modules, self.t))

    def write_texts(self) -> None:
        """Ctrl+T: write the texts of a draft."""
        act = self.current()
        if act is None or not self.text_button.isVisibleTo(self) or act.state != "draft":
            return
        self._edit(
            f"act-{act.id}", act_name(act, self.t), texts_of(act), lambda texts, _values: (change_act, (act.id, texts))
        )

    def rectify(self) -> None:
        """Ctrl+R: make the act that corrects a printed one."""
        act = self.current()
        if act is None or not self.rectify_button.isVisibleTo(self) or act.state not in {"frozen", "differs"}:
            return
        title = self.t("Rectify {act}", act=act_name(act, self.t))

        def saving(texts: ActTexts, values: Mapping[str, Any]) -> tuple[Callable[..., Any], Any]:
            return rectify_act, (RectificationDraft(act.id, texts, authorisation_of(values)),)

        self._edit(f"rectify-{act.id}", title, ActTexts(held_on=self.around.today), saving, authorised=True)

    def preview(self) -> None:
        """Enter: see an act as it is or would be printed."""
        act = self.current()
        if act is not None and self.preview_button.isVisibleTo(self):
            self.papers.show_act(act, act_name(act, self.t))

    def print_current(self) -> None:
        """Freeze the act where the keyboard stands, and show it."""
        act = self.current()
        if act is not None:
            self.papers.print_act(act, act_name(act, self.t))

    def choose_week(self) -> None:
        """Ctrl+J: of which week the attendance sheets are printed."""
        if self.sheets_button.isVisibleTo(self):
            self._read(weeks_of_course, done=self._offer_weeks)

    def show_merit(self) -> None:
        """The order of merit, before it is printed."""
        if self._offering is not None:
            self.papers.show_merit(self._offering)

    def file_scan(self, path: Path) -> None:
        """File a signed sheet with this course; one of another course is refused with its number."""
        t, offering = self.t, self._offering

        def filed(answer: SheetAttached) -> None:
            said = t("The signed sheet is filed with course {code}.", code=answer.code)
            self.done.emit(said, not answer.known)

        def read(scan: Scan) -> None:
            self._write(attach_sheet, scan, offering, done=filed)

        self.around.jobs.read(read_scan, self.around.acting, path, owner=self, done=read, failed=self._tell)

    def _write_new(self, code: str, words: str) -> None:
        name, _, number = code.partition(":")
        kind, module = ActKind(name), int(number) if number else None
        offering = self._offering
        texts = ActTexts(held_on=self.around.today)
        assert offering is not None
        self._edit(
            f"new-act-{offering}-{code}",
            self.t("{act}, course {code}", act=words, code=self._code),
            texts,
            lambda texts, _values: (make_act, (ActDraft(offering, kind, texts, module),)),
        )

    def _edit(
        self,
        form: str,
        title: str,
        texts: ActTexts,
        saving: Callable[[ActTexts, Mapping[str, Any]], tuple[Callable[..., Any], Any]],
        *,
        authorised: bool = False,
    ) -> None:
        self._saving = saving
        values = {
            "held_on": texts.held_on,
            "place": texts.place,
            "starts_at": texts.starts_at,
            "ends_at": texts.ends_at,
            **{name: tuple(getattr(texts, name).splitlines()) for name in ("present", "facts", "annexes")},
        }
        self.pane.edit(form, title, act_fields(self.t, authorised=authorised), values)
        self.stack.setCurrentWidget(self.pane)
        self.pane.take_focus()

    def _save(self, values: Mapping[str, Any], _original: object) -> None:
        if self._saving is None:
            return
        lines = {name: "\n".join(values.get(name) or ()) for name in ("present", "facts", "annexes")}
        words = {name: str(values.get(name) or "") for name in ("place", "starts_at", "ends_at")}
        # a text that is no day goes on as it is: the rules name it at its field
        texts = ActTexts(held_on=values.get("held_on"), **words, **lines)
        use_case, args = self._saving(texts, values)
        self.around.jobs.write(
            use_case, self.around.acting, *args, owner=self, done=self._on_saved, failed=self.pane.refused
        )

    def _on_saved(self, saved: ActSaved) -> None:
        self.pane.saved()
        self._leave_pane()
        kind = self.t(ACT_KINDS[saved.kind.value])
        words = self.t(
            "{kind} {number}-{year} is a draft: see it, then print it.", kind=kind, number=saved.number, year=saved.year
        )
        self.done.emit(words, False)

    def _leave_pane(self) -> None:
        self._saving = None
        self.stack.setCurrentIndex(0)
        focus = self.first_focus()
        if focus is not None:
            focus.setFocus()

    def _offer_weeks(self, weeks: CourseWeeks) -> None:
        t, offering = self.t, self._offering
        popup = ChoicePopup("week", t("Sheets of which week?"), t, self)
        choices = [("0", t("All weeks"))]
        choices += [
            (
                str(week.number),
                t(
                    "Week {number}: {first} – {last}",
                    number=week.number,
                    first=t.date(week.first),
                    last=t.date(week.last),
                ),
            )
            for week in weeks.weeks
        ]
        assert offering is not None
        popup.chosen.connect(lambda code, _words: self.papers.show_sheets(offering, weeks, int(code) or None))
        popup.move(self._below(self.sheets_button))
        popup.offer(choices)

    def _ask_scan(self) -> None:
        dialog = QFileDialog(self.window(), self.t("File a signed sheet…"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilter(self.t("Scans") + " (*.pdf *.jpg *.jpeg *.png)")
        dialog.fileSelected.connect(lambda name: self.file_scan(Path(name)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _ask_file(self) -> None:
        offering = self._offering
        if offering is not None:
            self.papers.ask_course_file(self._code, lambda path: self.papers.write_course_file(offering, path))

    def _show_acts(self, acts: Sequence[ActRow]) -> None:
        self.table.show_rows({act.id: act for act in acts})
        self.nothing.setVisible(not acts)
        self.table.setVisible(bool(acts))
        if acts and self.table.current_key() is None:
            self.table.select_key(acts[-1].id)
        self._enable()

    def _enable(self) -> None:
        act = self.current()
        state = act.state if act is not None else ""
        self.text_button.setEnabled(state == "draft")
        self.preview_button.setEnabled(act is not None)
        self.print_button.setEnabled(act is not None)
        self.rectify_button.setEnabled(state in {"frozen", "differs"})

    def _show_lacking(self, found: Checklist) -> None:
        t = self.t
        while (item := self.lacking.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        words = t("The course file lacks:") if found.lacking else t("The course file lacks nothing.")
        self.lacking.addWidget(sentence(words, muted=True))
        for each in found.lacking[:_SHOWN]:
            self.lacking.addWidget(DeedLine(Deed(each.text(t), partial(self._mend, each))))
        if len(found.lacking) > _SHOWN:
            more = t.plural("and {count} more", "and {count} more", len(found.lacking) - _SHOWN)
            self.lacking.addWidget(sentence(more, muted=True))
        self.lacking.addStretch(1)

    def _mend(self, lacking: Lacking) -> None:
        """Go where it is mended; what is mended here puts the keyboard on it."""
        if lacking.mended_at != "acts":
            self.tab_wanted.emit(lacking.mended_at)
            return
        wanted = {"act_draft": "draft", "act_differs": "differs"}.get(lacking.code)
        found = next((key for key, row in self.table.rows.items() if row.state == wanted), None)
        if found is not None:
            self.table.select_key(found)
            self.table.setFocus()
        else:
            (self.scan_button if lacking.code == "sheet" else self.new_button).setFocus()

    def _below(self, button: QWidget) -> QPoint:
        return button.mapToGlobal(button.rect().bottomLeft())

    def _read(self, query: Callable[..., Any], *, done: Callable[[Any], None]) -> None:
        self.around.jobs.read(query, self.around.acting, self._offering, owner=self, done=done, failed=self._tell)

    def _write(self, use_case: Callable[..., Any], *args: Any, done: Callable[[Any], None]) -> None:
        self.around.jobs.write(use_case, self.around.acting, *args, owner=self, done=done, failed=self._tell)

    def _tell(self, failure: Failure) -> None:
        self.noticed.emit(notice_of(failure, self.t))
