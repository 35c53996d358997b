"""On whose behalf a registrar records, and the signed sheet: asked once for each sheet of a sitting."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, QSize, QStandardPaths, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QLabel, QPushButton, QWidget

from eic_tracker.domain.codes import OfferingStatus, SignedSheet
from eic_tracker.domain.permissions import Action, Right, right
from eic_tracker.gui import theme
from eic_tracker.gui.jobs import Failure
from eic_tracker.gui.notices import notice_of
from eic_tracker.gui.surroundings import Surroundings
from eic_tracker.gui.theme import Tone
from eic_tracker.gui.widgets.deed import Deed, deed_button
from eic_tracker.gui.widgets.dialog_frame import DialogFrame
from eic_tracker.gui.widgets.editors import ChoiceEditor
from eic_tracker.gui.widgets.fact_list import sentence
from eic_tracker.i18n import N_
from eic_tracker.queries.offering_detail import AssignmentLine
from eic_tracker.services.attachments import Scan, read_scan
from eic_tracker.services.profiles import OfferingDetail
from eic_tracker.services.recording import OnBehalf

_SHEETS = {
    SignedSheet.ATTENDANCE: N_("Signed attendance sheet"),
    SignedSheet.GRADES: N_("Signed sheet of grades"),
}


class AskBehalf(DialogFrame):
    """Instructor and sheet; the sheet is chosen, or dropped on the dialog."""

    given = Signal(object)

    def __init__(
        self, kind: SignedSheet, teachers: Sequence[AssignmentLine], around: Surroundings, parent: QWidget
    ) -> None:
        super().__init__(around.t("On whose behalf?"), QSize(520, 380), parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAcceptDrops(True)
        self._around, self._t = around, around.t
        t = self._t
        self._scan: Scan | None = None
        self._kind = t(_SHEETS[kind])
        choices = {each.instructor: each.instructor_name or each.instructor for each in teachers}
        self.body.addWidget(
            sentence(t("You record what an instructor signed. Both names stand in the history, and the sheet with it."))
        )
        self.body.addWidget(QLabel(t("Instructor")))
        self.teacher = ChoiceEditor(t("Instructor"), list(choices.items()), None)
        if len(choices) == 1:
            self.teacher.set_value(next(iter(choices)))
        self.body.addWidget(self.teacher.widget)
        self.body.addWidget(QLabel(self._kind))
        self.choose = deed_button(Deed(t("Choose a file…"), self._choose))
        self.choose.setAccessibleDescription(self._kind)
        self.body.addWidget(self.choose)
        self.said = sentence(t("A PDF, JPEG or PNG; it may also be dropped here."), muted=True)
        self.body.addWidget(self.said)
        self.problem = sentence("", tone=Tone.ERROR)
        self.problem.hide()
        self.body.addWidget(self.problem)
        self.body.addStretch(1)
        self.cancel = self.add_button(t("Cancel"))
        self.cancel.clicked.connect(self.reject)
        self.take = self.add_button(t("Go on"), primary=True)
        self.take.clicked.connect(self._take)

    def take_sheet(self, path: Path) -> None:
        """Read the sheet that was chosen or dropped; what is wrong with it is said."""
        jobs, acting = self._around.jobs, self._around.acting
        jobs.count(read_scan, acting, path, owner=self, done=self._keep, failed=self._on_unread)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802 - Qt's own name
        """One file may be dropped."""
        if len(event.mimeData().urls()) == 1 and event.mimeData().urls()[0].isLocalFile():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802 - Qt's own name
        """The file is the sheet."""
        event.acceptProposedAction()
        self.take_sheet(Path(event.mimeData().urls()[0].toLocalFile()))

    def _choose(self) -> None:
        dialog = QFileDialog(self, self._kind)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilter(self._t("Scans ({endings})", endings="*.pdf *.jpg *.jpeg *.png"))
        dialog.setDirectory(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation))
        dialog.fileSelected.connect(lambda name: self.take_sheet(Path(name)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _take(self) -> None:
        of = self.teacher.value()
        if of is None:
            self._tell(self._t("Choose the instructor."))
        elif self._scan is None:
            self._tell(self._t("Choose the signed sheet."))
        else:
            self.accept()
            self.given.emit(OnBehalf(str(of), self._scan))

    def _keep(self, scan: Scan) -> None:
        self._scan = scan
        self.problem.hide()
        self.said.setText(self._t("{sheet}: {file}", sheet=self._kind, file=scan.name))
        self.take.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_unread(self, failure: Failure) -> None:
        self._tell(notice_of(failure, self._t).text)

    def _tell(self, text: str) -> None:
        self.problem.setText(text)
        self.problem.show()


class BehalfOf(QObject):
    """What was said in this sitting; instructors are asked nothing."""

    said = Signal()
    """another instructor or sheet was named"""

    def __init__(self, around: Surroundings, page: QWidget) -> None:
        super().__init__(page)
        self._around, self._page = around, page
        self._detail: OfferingDetail | None = None
        self._held: dict[tuple[int, SignedSheet], OnBehalf] = {}
        self._asking: AskBehalf | None = None
        self._waiting: list[Callable[[OnBehalf | None], object]] = []

    @property
    def is_needed(self) -> bool:
        """Whether the user records for others."""
        return right(self._around.acting, Action.RECORD_RESULTS) is Right.ON_BEHALF

    @property
    def is_asked(self) -> bool:
        """Whether for whom one records is asked here: not of instructors, not where nothing is recorded any more."""
        open_course = self._detail is None or self._detail.row.status is OfferingStatus.OPEN
        return self.is_needed and open_course

    def show_detail(self, detail: OfferingDetail) -> None:
        """The course in sight."""
        self._detail = detail
        self.said.emit()

    def words(self, kind: SignedSheet) -> str:
        """For whom and with which sheet, or that it is to be said."""
        held = self._held_for(kind)
        if held is None:
            return self._around.t("On whose behalf…")
        names = {each.instructor: each.instructor_name for each in self._detail.assignments} if self._detail else {}
        name = names.get(held.of) or held.of
        return self._around.t("On behalf of {name}, sheet {file}", name=name, file=held.sheet.name)

    def then(self, kind: SignedSheet, act: Callable[[OnBehalf | None], object]) -> None:
        """Do it with what was said; asks first where nothing was."""
        held = self._held_for(kind)
        if not self.is_needed or held is not None:
            act(held)
            return
        self._waiting.append(act)
        self.ask(kind)

    def ask(self, kind: SignedSheet) -> None:
        """Ask for instructor and sheet, in place of those that were named."""
        if self._asking is not None or self._detail is None:
            return
        offering = self._detail.row.id
        dialog = self._asking = AskBehalf(kind, self._detail.assignments, self._around, self._page.window())

        def given(spoken: OnBehalf) -> None:
            self._held[(offering, kind)] = spoken
            waiting, self._waiting = self._waiting, []
            self.said.emit()
            for act in waiting:
                act(spoken)

        dialog.given.connect(given)
        dialog.finished.connect(self._on_asked)
        dialog.open()
        dialog.choose.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_asked(self, _result: int) -> None:
        self._asking = None
        if not _result:
            self._waiting.clear()
            self.said.emit()

    def _held_for(self, kind: SignedSheet) -> OnBehalf | None:
        return self._held.get((self._detail.row.id, kind)) if self._detail is not None else None


class BehalfButton(QPushButton):
    """A link that says for whom and with which sheet one records, and asks for another; instructors see none."""

    def __init__(self, behalf: BehalfOf, kind: SignedSheet) -> None:
        super().__init__()
        self._behalf, self._kind = behalf, kind
        self.setAutoDefault(False)
        self.setMinimumHeight(theme.TARGET)
        self.setProperty("link", True)
        self.clicked.connect(lambda _checked=False: behalf.ask(kind))
        behalf.said.connect(self._show)
        self._show()

    def _show(self) -> None:
        self.setText(self._behalf.words(self._kind))
        # shown before it has a parent it would be a window of its own, and take the keyboard with it
        if self.parent() is not None or not self._behalf.is_asked:
            self.setVisible(self._behalf.is_asked)
