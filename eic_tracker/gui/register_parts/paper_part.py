"""Diplomas of the paper books of the past: recorded as they stand, approved by another, linked to their roster."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QFileDialog, QLineEdit, QWidget

from eic_tracker.domain.codes import CertificateStatus
from eic_tracker.domain.drafts import DraftProblem
from eic_tracker.domain.names import fold
from eic_tracker.domain.permissions import ActingUser, Action
from eic_tracker.gui import theme
from eic_tracker.gui.grids.register import PAPER, paper_state
from eic_tracker.gui.offering_acts import page_shortcut
from eic_tracker.gui.pages.page import Page
from eic_tracker.gui.place import Place
from eic_tracker.gui.register_parts.paper_import import PaperImportReview
from eic_tracker.gui.register_parts.part import RegisterPart
from eic_tracker.gui.widgets.deed import rest
from eic_tracker.gui.widgets.editors import DateEditor, LineEditor, NamesEditor, NumberEditor
from eic_tracker.gui.widgets.fact_list import sentence
from eic_tracker.gui.widgets.field_form import FormField
from eic_tracker.gui.widgets.file_editor import FileEditor
from eic_tracker.gui.widgets.small_table import SmallTable
from eic_tracker.gui.widgets.state_view import StateView
from eic_tracker.i18n import N_, Translator
from eic_tracker.queries.paper_books import PaperDiplomaRow
from eic_tracker.services.attachments import scan_at
from eic_tracker.services.paper_book_import import PapersTaken, import_paper_books
from eic_tracker.services.paper_books import (
    LONGEST,
    PaperDiploma,
    PaperRecorded,
    add_paper_diploma,
    approve_paper_diplomas,
    link_paper_diploma,
    paper_diplomas,
    paper_problems,
    withdraw_paper_diploma,
)
from eic_tracker.services.paper_corrections import correct_paper_diploma, draft_of

_SHOWN = 6


class PaperPart(RegisterPart):
    """Enter opens the person where the roster is on file; Insert records another diploma of the same book."""

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        t, around = self.t, self.around
        writes = around.may(Action.PREPARE_CERTIFICATES) and not around.read_only
        approves = around.may(Action.APPROVE_CERTIFICATES) and not around.read_only
        self._last: PaperDiploma | None = None
        self._all: tuple[PaperDiplomaRow, ...] = ()
        self.search = QLineEdit()
        self.search.setClearButtonEnabled(True)
        self.search.setMinimumSize(220, theme.TARGET)
        self.search.setAccessibleName(t("Search the paper books"))
        self.search.setPlaceholderText(t("Number, name, course"))
        self.search.setToolTip(f"{self.search.placeholderText()} (Ctrl+F)")
        self.search.textChanged.connect(lambda _text: self._show_found())
        self.tools.addWidget(self.search)
        self.add_button = self.add_deed(t("Record a diploma…"), self.ask_new, shown=writes, keys="Ins")
        self.import_button = self.add_deed(t("Take in a table…"), self._choose, shown=writes)
        self.approve_button = self.add_deed(t("Approve those that wait"), self.approve, shown=approves)
        self.link_button = self.add_deed(t("Link to a roster…"), self.ask_link, shown=writes)
        self.correct_button = self.add_deed(t("Correct…"), self.ask_correct, shown=writes, keys="F2")
        self.withdraw_button = self.add_deed(t("Take back…"), self.ask_withdraw, shown=writes)
        self.said = sentence("")
        self.said.hide()
        self.table = SmallTable(t("Diplomas of paper books"), PAPER, around)
        self.table.opened.connect(self._open)
        self.table.current_changed.connect(lambda _key: self._enable())
        self.view = StateView(around.colours)
        for widget in (self.said, self.table, self.view):
            self.column.addWidget(widget)
        self.column.setStretchFactor(self.table, 1)
        self.column.setStretchFactor(self.view, 1)
        if writes:
            page_shortcut("Ins", self).activated.connect(self.ask_new)
            page_shortcut("F2", self).activated.connect(self.ask_correct)
        self._show(())

    def refresh(self) -> None:
        """Read the diplomas."""
        self.page.read(paper_diplomas, done=self._show, what="paper")

    def first_focus(self) -> QWidget:
        """The diplomas, or what records the first."""
        return self.table if self.table.rows else self.add_button

    def ask_new(self) -> None:
        """All that stands on the page; book, course and signatories stay from the diploma before."""
        t, before = self.t, self._last
        kept = ("book", "folio", "dated", "course", "offering", "hours", "signatories")
        start = {name: getattr(before, name) for name in kept} if before is not None else {}
        said = t("Write it as it stands in the book. It waits for another person's approval and gets no code.")
        self._ask_diploma(t("Diploma of a paper book"), said, self._record, start, scan=True)

    def ask_correct(self) -> None:
        """The same form for what waits; what stands already is annulled instead."""
        row = self._row()
        if row is None or row.status is not CertificateStatus.PREPARED:
            return
        t, draft = self.t, draft_of(row)
        start = {name: getattr(draft, name) for name in _FIELDS}

        def given(values: Mapping[str, Any]) -> None:
            corrected = replace(_draft(values), enrolment_id=row.enrolment_id, participant_id=row.participant_id)
            self.page.write(
                correct_paper_diploma,
                row.id,
                corrected,
                said=lambda done: t("Number {number} is corrected and waits for approval.", number=done.number),
                undoable=False,
            )

        said = t("Write it as it stands in the book; the history keeps what was written before.")
        self._ask_diploma(t("Correct number {number}", number=row.number), said, given, start)

    def _ask_diploma(
        self,
        title: str,
        said: str,
        given: Callable[[Mapping[str, Any]], None],
        start: Mapping[str, Any],
        *,
        scan: bool = False,
    ) -> None:
        today = self.around.today
        fields = _diploma_fields(self.t)
        if scan:
            fields.append(FormField("scan", self.t("Scan of the page"), lambda label, a: FileEditor(label, a.t)))
        self.ask_fields(title, [said], fields, lambda values: _problems(values, today), given, start)

    def approve(self) -> None:
        """Approve all that somebody else recorded."""
        t, login = self.t, self.around.acting.login
        keys = [row.id for row in self._waiting() if row.recorded_by != login]
        if keys:
            self.page.write(
                approve_paper_diplomas,
                keys,
                said=lambda done: t.plural(
                    "{count} diploma stands in its book.", "{count} diplomas stand in their books.", done.count
                ),
                undoable=False,
            )

    def ask_link(self) -> None:
        """Whose enrolment it is: identity number and course code."""
        row = self._row()
        if row is None:
            return
        t = self.t
        fields = [
            FormField(name, words, lambda label, _a: LineEditor(label, longest=LONGEST), required=True)
            for name, words in (("document", t("Identity no.")), ("offering", t("Course code")))
        ]
        self.ask_fields(
            t("Roster of diploma {number}", number=row.number),
            (),
            fields,
            lambda values: [DraftProblem(name, N_("This is needed.")) for name in values if not values[name]],
            lambda values: self.page.write(
                link_paper_diploma,
                row.id,
                str(values["document"]),
                str(values["offering"]),
                said=lambda _entry: t("Linked to the roster of course {code}.", code=values["offering"]),
                undoable=False,
            ),
            {"document": row.document, "offering": row.offering},
        )

    def ask_withdraw(self) -> None:
        """Why it is taken back."""
        row = self._row()
        if row is None:
            return
        t = self.t
        reason = FormField("reason", t("Reason"), lambda label, _a: LineEditor(label, longest=LONGEST), required=True)
        self.ask_fields(
            t("Take back diploma {number}", number=row.number),
            [t("Only what waits for approval is taken back; the history keeps what it said.")],
            [reason],
            lambda values: () if values["reason"] else [DraftProblem("reason", N_("This is needed."))],
            lambda values: self.page.write(
                withdraw_paper_diploma,
                row.id,
                str(values["reason"]),
                said=lambda _none: t("Diploma {number} is taken back.", number=row.number),
                undoable=False,
            ),
        )

    def take_in(self, path: Path) -> None:
        """Look a table of diplomas through; nothing is stored before the person says so."""
        self._import(path, partial(self._review, path), dry_run=True)

    def _review(self, path: Path, found: PapersTaken) -> None:
        if self.isVisible():
            review = PaperImportReview(path.name, found, self.around, self.window())
            review.accepted.connect(lambda: self._import(path, self._tell_taken))
            review.open()

    def _import(self, path: Path, done: Callable[[PapersTaken], None], **options: Any) -> None:
        self.around.jobs.write(
            import_paper_books,
            self.around.acting,
            path,
            self.around.today,
            owner=self,
            done=done,
            failed=self.page.tell_failure,
            **options,
        )

    def _choose(self) -> None:
        dialog = QFileDialog(self.window(), self.t("Take in a table of diplomas"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilter(self.t("Lists ({endings})", endings="*.xlsx *.csv *.ods *.xls"))
        dialog.setDirectory(str(self.around.preferences.current.last_folder or Path.home()))
        dialog.fileSelected.connect(lambda name: self.take_in(Path(name)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _record(self, values: Mapping[str, Any]) -> None:
        draft = _draft(values)
        self._last = draft
        t = self.t
        self.page.write(
            _add,
            draft,
            values["scan"],
            said=lambda done: t("Number {number} is recorded and waits for another's approval.", number=done.number),
            undoable=False,
        )

    def _tell_taken(self, taken: PapersTaken) -> None:
        t = self.t
        told = [t("{taken} recorded, {out} left out", taken=t.number(taken.taken), out=t.number(taken.left_out)) + "."]
        left = [row for row in taken.rows if row.problem is not None]
        told += [
            t("Row {row}, number {number}: {problem}", row=row.row, number=row.number or "—", problem=row.text(t))
            for row in left[:_SHOWN]
        ]
        if len(left) > _SHOWN:
            more = len(left) - _SHOWN
            told.append(t.plural("{count} row more stays out.", "{count} rows more stay out.", more))
        self.said.setText("\n".join(told))
        self.said.show()
        self.refresh()

    def _show(self, rows: Sequence[PaperDiplomaRow]) -> None:
        self._all = tuple(rows)
        self._show_found()

    def _show_found(self) -> None:
        words = fold(self.search.text()).split()
        rows = [row for row in self._all if all(word in _searched(row) for word in words)]
        self.table.show_rows({row.id: row for row in rows})
        self.table.setVisible(bool(rows))
        self.view.setVisible(not rows)
        if rows and self.table.current_key() is None:
            self.table.select_key(rows[0].id)
        if not self._all:
            told = self.t("No diploma of a paper book is recorded. Recorded ones are found and verified as such.")
            self.view.show_empty(told)
        elif not rows:
            told = self.t("Nothing matches what is asked for.")
            self.view.show_nothing_found(told, self.t("Clear filters"), self.search.clear)
        self._enable()

    def _waiting(self) -> list[PaperDiplomaRow]:
        return [row for row in self._all if row.status is CertificateStatus.PREPARED]

    def _row(self) -> PaperDiplomaRow | None:
        found = self.table.rows.get(self.table.current_key() or 0)
        return found if isinstance(found, PaperDiplomaRow) else None

    def _enable(self) -> None:
        t, row = self.t, self._row()
        others = [each for each in self._waiting() if each.recorded_by != self.around.acting.login]
        rest(self.approve_button, "" if others else t("None waits that another person recorded."))
        choose = "" if row is not None else t("Choose a diploma.")
        waits = row is not None and row.status is CertificateStatus.PREPARED
        linked = row is not None and (waits or row.enrolment_id is not None)
        rest(self.link_button, choose or (paper_state(row, t).capitalize() + "." if row and linked else ""))
        stands = t("It stands already; annul it instead.")
        rest(self.correct_button, choose or ("" if waits else stands), "F2")
        rest(self.withdraw_button, choose or ("" if waits else stands))

    def _open(self, key: int) -> None:
        row = self.table.rows[key]
        if row.participant_id is not None:
            self.page.go_requested.emit(Place("person", row.participant_id, {"tab": "certificates"}))


_FIELDS = (
    "book",
    "folio",
    "entry",
    "number",
    "dated",
    "rank",
    "name",
    "document",
    "course",
    "offering",
    "hours",
    "signatories",
)


def _diploma_fields(t: Translator) -> list[FormField]:
    def line(name: str, words: str, *, needed: bool = False) -> FormField:
        return FormField(name, words, lambda label, _a: LineEditor(label, longest=LONGEST), required=needed)

    def number(name: str, words: str, *, needed: bool = False) -> FormField:
        return FormField(name, words, lambda label, _a: NumberEditor(label), required=needed, beside=not needed)

    return [
        line("book", t("Book"), needed=True),
        number("folio", t("Folio"), needed=True),
        number("entry", t("Entry")),
        line("number", t("Number of the diploma"), needed=True),
        FormField("dated", t("Date"), DateEditor, required=True),
        line("rank", t("Rank")),
        line("name", t("Name as it stands"), needed=True),
        line("document", t("Identity no.")),
        line("course", t("Course as it stands"), needed=True),
        line("offering", t("Course code")),
        number("hours", t("Hours")),
        FormField("signatories", t("Signed by, a line each"), lambda label, _a: NamesEditor(label)),
    ]


def _add(db: Any, acting: ActingUser, draft: PaperDiploma, scan: Path | None) -> PaperRecorded:
    return add_paper_diploma(db, acting, draft, scan_at(scan) if scan is not None else None)


def _searched(row: PaperDiplomaRow) -> str:
    return fold(f"{row.number} {row.name} {row.course} {row.offering} {row.document} {row.book}")


def _draft(values: Mapping[str, Any]) -> PaperDiploma:
    def text(name: str) -> str:
        return str(values[name] or "")

    return PaperDiploma(
        number=text("number"),
        book=text("book"),
        folio=values["folio"],
        dated=values["dated"],
        name=text("name"),
        course=text("course"),
        entry=values["entry"],
        rank=text("rank"),
        document=text("document"),
        offering=text("offering"),
        hours=values["hours"],
        signatories=tuple(values["signatories"] or ()),
    )


def _problems(values: Mapping[str, Any], today: Any) -> Sequence[DraftProblem]:
    wrong = [
        DraftProblem(name, N_("This is no number."))
        for name in ("folio", "entry", "hours")
        if values[name] is not None and not isinstance(values[name], int)
    ]
    return wrong or paper_problems(_draft(values), today)
