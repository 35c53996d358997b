"""A scan, dropped or chosen: the code on it names its course or class group, where it goes after one question."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from eic_tracker.gui.jobs import Failure
from eic_tracker.gui.notices import notice_of
from eic_tracker.gui.page_list import may_file_scans
from eic_tracker.gui.place import Place
from eic_tracker.gui.surroundings import Surroundings
from eic_tracker.gui.widgets.choice_popup import ChoicePopup

if TYPE_CHECKING:
    from eic_tracker.services.attachments import Scan
    from eic_tracker.services.attendance_sheets import FoundSheet, SheetAttached
    from eic_tracker.services.dropped_sheets import FoundGroup, SheetsOfScan

_ENDINGS = frozenset({".pdf", ".jpg", ".jpeg", ".png", ".tif", ".tiff", ".webp"})


class DroppedScan(QObject):
    """Reads a scan and proposes its course or class group; `place_wanted` once it is filed there."""

    said = Signal(str, bool)
    noticed = Signal(object)
    place_wanted = Signal(object)

    def __init__(self, around: Surroundings, window: QWidget) -> None:
        super().__init__(window)
        self._around, self._t, self._window = around, around.t, window
        self.takes_scans = may_file_scans(around)

    def takes(self, path: Path | None) -> bool:
        """Whether a file may be a scan, and the user one who files them."""
        return self.takes_scans and path is not None and path.suffix.lower() in _ENDINGS

    def open(self, path: Path, otherwise: Callable[[Path], object] | None = None) -> None:
        """Read the codes of a scan; `otherwise` takes a file that bears none."""
        # loaded when something is dropped: what files papers takes its time
        from eic_tracker.services.attachments import read_scan
        from eic_tracker.services.dropped_sheets import sheets_of_scan

        jobs, acting = self._around.jobs, self._around.acting

        def looked(scan: Scan, found: SheetsOfScan) -> None:
            courses = {sheet.offering_id: sheet for sheet in found.courses}
            named = (*(sheet.code for sheet in courses.values()), *(group.code for group in found.groups))
            if len(named) == 1:
                for group in found.groups:
                    self._propose_group(scan, group)
                for sheet in courses.values():
                    self._propose_course(scan, sheet)
            elif named or found.strange or otherwise is None:
                self.said.emit(self._why_not(path, named, found.strange), False)
            else:
                otherwise(path)

        def opened(scan: Scan) -> None:
            jobs.read(sheets_of_scan, acting, scan, owner=self, done=partial(looked, scan), failed=failed)

        def failed(failure: Failure) -> None:
            if otherwise is not None:
                otherwise(path)
            else:
                self._tell(failure)

        jobs.read(read_scan, acting, path, owner=self, done=opened, failed=failed)

    def _why_not(self, path: Path, named: Sequence[str], strange: Sequence[str]) -> str:
        """Why a scan is not proposed for filing."""
        t = self._t
        if named:
            codes = ", ".join(named)
            return t(
                "{file} holds sheets of several courses or class groups ({codes}): file each by itself.",
                file=path.name,
                codes=codes,
            )
        if strange:
            return t(
                "{file} bears the code {code}, which is of no course or class group of this file that you enter. "
                "Open the file that it was printed from, or attach it on its page.",
                file=path.name,
                code=strange[0],
            )
        return t("No code of a sheet is seen on {file}. Type the printed code where you search.", file=path.name)

    def _propose_course(self, scan: Scan, sheet: FoundSheet) -> None:
        title = self._t("Attendance sheet of course {code}, week {week}", code=sheet.code, week=sheet.week)
        file = self._t("File it with {code} · {title}", code=sheet.code, title=sheet.title)
        self._propose(title, file, lambda: self._file(scan, sheet))

    def _propose_group(self, scan: Scan, group: FoundGroup) -> None:
        title = self._t("Summary sheet of class group {code}", code=group.code)
        school = " · ".join(filter(None, (group.school, group.grade, group.section, str(group.school_year))))
        file = self._t("Attach it to {code} · {school}", code=group.code, school=school)
        self._propose(title, file, lambda: self._attach(scan, group))

    def _propose(self, title: str, file: str, act: Callable[[], None]) -> None:
        popup = ChoicePopup("sheet", title, self._t, self._window)
        popup.chosen.connect(lambda code, _words: act() if code == "file" else None)
        popup.move(self._window.mapToGlobal(self._window.rect().center()))
        popup.offer([("file", file), ("leave", self._t("Do not file it"))])

    def _attach(self, scan: Scan, group: FoundGroup) -> None:
        from eic_tracker.services.summary_sheets import attach_summary_sheet

        def attached(_key: int) -> None:
            self.said.emit(
                self._t(
                    "The summary sheet is attached to {code}. Look at it: it must not hold names of pupils.",
                    code=group.code,
                ),
                False,
            )
            self.place_wanted.emit(Place("class_group", group.id, {"tab": "papers"}))

        jobs, acting = self._around.jobs, self._around.acting
        jobs.write(attach_summary_sheet, acting, group.id, scan, owner=self, done=attached, failed=self._tell)

    def _file(self, scan: Scan, sheet: FoundSheet) -> None:
        from eic_tracker.services.attendance_sheets import attach_sheet

        def filed(done: SheetAttached) -> None:
            self.said.emit(self._t("The signed sheet is filed with course {code}.", code=sheet.code), not done.known)
            self.place_wanted.emit(Place("offering", sheet.offering_id, {"tab": "acts"}))

        jobs, acting = self._around.jobs, self._around.acting
        jobs.write(attach_sheet, acting, scan, sheet.offering_id, owner=self, done=filed, failed=self._tell)

    def _tell(self, failure: Failure) -> None:
        self.noticed.emit(notice_of(failure, self._t))
