"""Check a certificate: its code typed, pasted or read from a picture or PDF; or its number, told by telephone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QStandardPaths, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtWidgets import QFileDialog, QLabel, QLineEdit, QWidget

from eic_tracker.domain.permissions import ActingUser
from eic_tracker.domain.verifying import Answer, CodeState
from eic_tracker.gui import theme
from eic_tracker.gui.code_words import CERTIFICATE_KINDS
from eic_tracker.gui.dropped import dropped_path
from eic_tracker.gui.jobs import Failure, Job
from eic_tracker.gui.models.columns import Column
from eic_tracker.gui.notices import notice_of
from eic_tracker.gui.pages.page import Page
from eic_tracker.gui.place import Place
from eic_tracker.gui.surroundings import Surroundings
from eic_tracker.gui.theme import Tone
from eic_tracker.gui.widgets.badge import Badge
from eic_tracker.gui.widgets.card import Card
from eic_tracker.gui.widgets.deed import Deed, deed_button
from eic_tracker.gui.widgets.fact_list import FactList, sentence
from eic_tracker.gui.widgets.flow_layout import FlowLayout
from eic_tracker.gui.widgets.progress_row import ProgressRow
from eic_tracker.gui.widgets.small_table import SmallTable
from eic_tracker.i18n import N_
from eic_tracker.reports.verification_words import STATES, beside_words, next_words
from eic_tracker.services.verification import texts_of, verify_texts

TONES = {
    CodeState.VALID: Tone.OK,
    CodeState.NOT_YET_VALID: Tone.INFO,
    CodeState.ANNULLED: Tone.ERROR,
    CodeState.REPLACED: Tone.WARNING,
    CodeState.PAPER_BOOK: Tone.INFO,
    CodeState.UNKNOWN_KEY: Tone.WARNING,
    CodeState.INVALID: Tone.ERROR,
}
_ENDINGS = ("*.pdf", "*.png", "*.jpg", "*.jpeg", "*.tif", "*.tiff", "*.bmp", "*.gif", "*.txt")


class VerifyPage(Page):
    """Enter checks what is typed; a file may be chosen, dropped or, as text, pasted. Nothing is stored."""

    name = "verify"
    shows = frozenset({"certificate", "signing_key", "trust_list"})

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(around, parent)
        t = self.t
        self.answers: tuple[Answer, ...] = ()
        self._texts: tuple[str, ...] = ()
        self._job: Job | None = None
        self.setAcceptDrops(True)
        self.set_title(t("Check a certificate"))
        label = QLabel(t("&Code, number or telephone code"))
        self.box = QLineEdit()
        self.box.setMinimumHeight(theme.TARGET)
        self.box.setAccessibleName(t("Code, number or telephone code"))
        self.box.setPlaceholderText(t("EIC1:…, EIC-2019-000042 or 4KX9-2M7Q-Z8T1-0ABC"))
        self.box.returnPressed.connect(self.check_typed)
        label.setBuddy(self.box)
        tools = QWidget()
        flow = FlowLayout(tools, theme.GAP)
        self.check_button = deed_button(Deed(t("Check"), self.check_typed), look="primary")
        self.check_button.setToolTip("Enter")
        self.file_button = deed_button(Deed(t("PDF or picture…"), self.choose))
        self.file_button.setToolTip("Ctrl+I")
        for button in (self.check_button, self.file_button):
            flow.addWidget(button)
        self.progress = ProgressRow(t("Stop"))
        self.progress.cancel_requested.connect(self._stop)
        self.hint = sentence(t("A picture or PDF may also be dropped here. Nothing of it is stored."), muted=True)
        self.answer_card = AnswerCard(around)
        self.table = SmallTable(t("What was checked"), _COLUMNS, around)
        self.table.current_changed.connect(self._show_current)
        for widget in (label, self.box, tools, self.hint, self.progress, self.answer_card):
            self.layout_of_page.addWidget(widget)
        self.layout_of_page.addWidget(self.table, 1)
        self.layout_of_page.addStretch(0)
        self._show(())

    def show_place(self, place: Place) -> None:
        """Empty, or with what `text` says."""
        text = place.state.get("text")
        if isinstance(text, str) and text:
            self.box.setText(text)
            self.check((text,))

    def refresh(self) -> None:
        """Check again: something may have been annulled meanwhile."""
        if self._texts:
            self.check(self._texts)

    def first_focus(self) -> QWidget:
        """Where the code is typed."""
        return self.box

    def check_typed(self) -> None:
        """Enter: what stands in the box, or in the clipboard where the box is empty."""
        text = self.box.text().strip() or QGuiApplication.clipboard().text().strip()
        if text:
            self.check((text,))
        else:
            self.done.emit(self.t("Type the code of the certificate, or choose its picture."), False)

    def check(self, texts: Sequence[str]) -> None:
        """Check these texts."""
        self._texts = tuple(texts)
        self.read(_verify, self._texts, self.around.today, done=self._show, failed=self.tell_failure, what="answers")

    def choose(self) -> None:
        """Ctrl+I: a PDF or picture."""
        t = self.t
        dialog = QFileDialog(self.window(), t("PDF or picture…"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilter(t("Certificates ({endings})", endings=" ".join(_ENDINGS)))
        dialog.setDirectory(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation))
        dialog.fileSelected.connect(lambda name: self.open_file(Path(name)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def import_list(self) -> None:
        """Ctrl+I in the window's menu: the same."""
        self.choose()

    def open_file(self, path: Path) -> None:
        """Read the codes of a file in a process of its own, then check them."""
        self.progress.start(self.t("Reading {file}", file=path.name), self.t("Stopping…"))
        self._job = self.around.jobs.long(
            _texts_in, self.around.acting, path, owner=self, done=self.check, failed=self._on_unread
        )
        self._job.ended.connect(self.progress.finish)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802 - Qt's own name
        """A file may be dropped on the page."""
        if dropped_path(event.mimeData()) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802 - Qt's own name
        """The file is read as one that was chosen."""
        path = dropped_path(event.mimeData())
        if path is not None:
            event.acceptProposedAction()
            self.open_file(path)

    def _show(self, answers: Sequence[Answer]) -> None:
        self.answers = tuple(candidate for answer in answers for candidate in answer.candidates)
        self.table.show_rows(dict(enumerate(self.answers, 1)))
        self.table.setVisible(len(self.answers) > 1)
        self.answer_card.setVisible(bool(self.answers))
        if len(self.answers) > 1:
            self.table.select_key(1)
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self.answers:
            self.answer_card.show_answer(self.answers[0])
            self.box.selectAll()

    def _show_current(self, key: int | None) -> None:
        if key is not None and key <= len(self.answers):
            self.answer_card.show_answer(self.answers[key - 1])

    def _on_unread(self, failure: Failure) -> None:
        self.progress.finish()
        self.noticed.emit(notice_of(failure, self.t))

    def _stop(self) -> None:
        if self._job is not None:
            self._job.cancel()


class AnswerCard(Card):
    """The state in a word with its mark, what was signed in large letters, and what to do now."""

    def __init__(self, around: Surroundings) -> None:
        super().__init__()
        self._t = around.t
        self.badge = Badge(around.colours)
        self.beside = sentence("", tone=Tone.WARNING)
        self.name = sentence("", theme.Type.TITLE)
        self.facts = FactList()
        self.next = sentence("")
        self.body.addWidget(self.badge, 0, Qt.AlignmentFlag.AlignLeft)
        for widget in (self.beside, self.name, self.facts, self.next):
            self.add(widget)

    def show_answer(self, answer: Answer) -> None:
        """Say this answer."""
        t, facts = self._t, answer.facts
        self.badge.say(TONES[answer.state], t(STATES[answer.state]))
        self.beside.setText(beside_words(answer, t))
        self.beside.setVisible(bool(self.beside.text()))
        self.name.setVisible(facts is not None)
        self.facts.setVisible(facts is not None)
        if facts is not None:
            self.name.setText(facts.name)
            self.facts.show_facts(
                [
                    (t("Course"), facts.course),
                    (t("Number"), facts.number),
                    (t("Dated"), t.date(facts.dated)),
                    (t("Hours"), t.number(facts.hours) if facts.hours else ""),
                    (t("Kind"), t(CERTIFICATE_KINDS[facts.kind])),
                    (t("Signed by"), facts.issuer),
                    (t("Telephone code"), answer.telephone_code or ""),
                    (t("Paper book"), answer.book or ""),
                    (t("Folio"), "" if answer.folio is None else t.number(answer.folio)),
                ]
            )
        self.next.setText(next_words(answer, t))


def _verify(db: Any, acting: ActingUser, texts: Sequence[str], today: Any) -> tuple[Answer, ...]:
    return verify_texts(db, acting, texts, today=today)


def _texts_in(_db: Any, _acting: ActingUser, path: Path, *, progress: Callable[[int, int], object]) -> list[str]:
    return texts_of(path, look=lambda: progress(0, 0))


_COLUMNS = (
    Column("number", N_("Number"), lambda answer, _t: answer.facts.number if answer.facts else "—", width=18),
    Column("name", N_("Name"), lambda answer, _t: answer.facts.name if answer.facts else "", width=34, stretch=True),
    Column(
        "place",
        N_("Book, folio"),
        lambda answer, _t: f"{answer.book}, {answer.folio}" if answer.book else "",
        width=14,
    ),
    Column(
        "state",
        N_("State"),
        lambda answer, t: t(STATES[answer.state]),
        width=24,
        tone=lambda answer: TONES[answer.state],
        stretch=True,
    ),
)
