"""A scan that is dropped on the window: the code on it names its course, where it is filed after one question."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from eic_tracker.domain.permissions import Action, Right, right
from eic_tracker.gui.jobs import Failure
from eic_tracker.gui.notices import notice_of
from eic_tracker.gui.place import Place
from eic_tracker.gui.surroundings import Surroundings
from eic_tracker.gui.widgets.choice_popup import ChoicePopup

if TYPE_CHECKING:
    from eic_tracker.services.attachments import Scan
    from eic_tracker.services.attendance_sheets import FoundSheet, ReadScan, SheetAttached

_ENDINGS = frozenset({".pdf", ".jpg", ".jpeg", ".png", ".tif", ".tiff", ".webp"})


class DroppedScan(QObject):
    """Reads a scan and proposes its course; `place_wanted` once it is filed there."""

    said = Signal(str, bool)
    noticed = Signal(object)
    place_wanted = Signal(object)

    def __init__(self, around: Surroundings, window: QWidget) -> None:
        super().__init__(window)
        self._around, self._t, self._window = around, around.t, window
        self.takes_scans = not around.read_only and right(around.acting, Action.RECORD_RESULTS) is not Right.NO

    def takes(self, path: Path | None) -> bool:
        """Whether a file may be a scan, and the user one who files them."""
        return self.takes_scans and path is not None and path.suffix.lower() in _ENDINGS

    def open(self, path: Path, otherwise: Callable[[Path], object] | None = None) -> None:
        """Read the codes of a scan; `otherwise` takes a file that bears none."""
        # loaded when something is dropped: what files papers takes its time
        from eic_tracker.services.attachments import read_scan
        from eic_tracker.services.attendance_sheets import sheets_in_scan

        jobs, acting = self._around.jobs, self._around.acting

        def looked(scan: Scan, read: ReadScan) -> None:
            courses = {sheet.offering_id: sheet for sheet in read.sheets}
            if len(courses) == 1:
                self._propose(scan, next(iter(courses.values())))
            elif courses:
                codes = ", ".join(sheet.code for sheet in courses.values())
                told = self._t(
                    "{file} holds sheets of several courses ({codes}): file each by itself.",
                    file=path.name,
                    codes=codes,
                )
                self.said.emit(told, False)
            elif otherwise is not None:
                otherwise(path)
            else:
                told = self._t(
                    "No code of a sheet is seen on {file}. Type the printed code where you search.", file=path.name
                )
                self.said.emit(told, False)

        def opened(scan: Scan) -> None:
            jobs.read(sheets_in_scan, acting, scan, owner=self, done=partial(looked, scan), failed=failed)

        def failed(failure: Failure) -> None:
            if otherwise is not None:
                otherwise(path)
            else:
                self._tell(failure)

        jobs.read(read_scan, acting, path, owner=self, done=opened, failed=failed)

    def _propose(self, scan: Scan, sheet: FoundSheet) -> None:
        t = self._t
        title = t("Attendance sheet of course {code}, week {week}", code=sheet.code, week=sheet.week)
        popup = ChoicePopup("sheet", title, t, self._window)
        popup.chosen.connect(lambda code, _words: self._file(scan, sheet) if code == "file" else None)
        popup.move(self._window.mapToGlobal(self._window.rect().center()))
        file = t("File it with {code} · {title}", code=sheet.code, title=sheet.title)
        popup.offer([("file", file), ("leave", t("Do not file it"))])

    def _file(self, scan: Scan, sheet: FoundSheet) -> None:
        from eic_tracker.services.attendance_sheets import attach_sheet

        def filed(done: SheetAttached) -> None:
            self.said.emit(self._t("The signed sheet is filed with course {code}.", code=sheet.code), not done.known)
            self.place_wanted.emit(Place("offering", sheet.offering_id, {"tab": "acts"}))

        jobs, acting = self._around.jobs, self._around.acting
        jobs.write(attach_sheet, acting, scan, sheet.offering_id, owner=self, done=filed, failed=self._tell)

    def _tell(self, failure: Failure) -> None:
        self.noticed.emit(notice_of(failure, self._t))
