"""Reads what a grid shows: the first rows of a list, all its keys, then the pages that are looked at, one at a time."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from eic_tracker.gui.jobs import Failure, Job
from eic_tracker.gui.models.columns import Cells
from eic_tracker.gui.models.rows_model import PAGE, RowsModel
from eic_tracker.gui.surroundings import Surroundings
from eic_tracker.queries.listing import Request
from eic_tracker.services.listings import list_choices, list_keys, list_rows


class PageReader(QObject):
    """A scroll bar that is dragged over thousands of pages reads those where it rests, not those it passed."""

    failed = Signal(object)
    came = Signal()
    """rows have come"""
    began = Signal(bool)
    """the first rows of a list have come; whether they are all"""

    def __init__(
        self,
        listing: str,
        model: RowsModel,
        in_sight: Callable[[], tuple[int, int]],
        around: Surroundings,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._listing = listing
        self._model = model
        self._in_sight = in_sight
        self._around = around
        self._wanted: list[int] = []
        self._job: Job | None = None
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self._read_next)
        model.page_wanted.connect(self._on_wanted)

    def read_keys(self, request: Request, done: Callable[[Any], None], failed: Callable[[Failure], None]) -> Job:
        """Read the keys of all rows."""
        return self._around.jobs.read(
            list_keys, self._around.acting, self._listing, request, owner=self, done=done, failed=failed
        )

    def read_choices(self, name: str, done: Callable[[Any], None]) -> None:
        """Read what a filter may be set to."""
        asked = (self._around.acting, self._listing, name)
        self._around.jobs.read(list_choices, *asked, owner=self, done=done, failed=self.failed.emit)

    def begin(self, request: Request) -> None:
        """Show the first rows of a list, long before the keys of many are read."""
        self._job = self._around.jobs.read(
            first_rows,
            self._around.acting,
            self._listing,
            request,
            self._model.word,
            owner=self,
            done=lambda found: self._on_first(*found),
            failed=self._on_no_first,
        )

    def forget(self) -> None:
        """The rows are others now: what was asked for is dropped."""
        self._wanted.clear()
        if self._job is not None:
            self._job.cancel()
            self._job = None

    def _on_wanted(self, page: int) -> None:
        self._wanted.append(page)
        self._soon.start()

    def _read_next(self) -> None:
        if self._job is not None or not self._wanted:
            return
        first, last = self._in_sight()
        near = range(first // PAGE, last // PAGE + 1)
        seen = [page for page in self._wanted if page in near]
        # what is asked for without being in sight is read when nothing else is, the newest first
        page = seen[0] if seen else self._wanted[-1]
        for other in self._wanted:
            if other != page and other not in seen:
                self._model.refuse_page(other)
        self._wanted = [other for other in seen if other != page]
        keys = self._model.keys_of_page(page)
        if not keys:
            return
        self._job = self._around.jobs.read(
            worded_rows,
            self._around.acting,
            self._listing,
            keys,
            self._model.word,
            owner=self,
            done=lambda cells: self._on_rows(page, cells),
            failed=self._on_failed,
        )

    def _on_rows(self, page: int, cells: Mapping[int, Cells]) -> None:
        self._job = None
        self._model.set_page(page, cells)
        self.came.emit()
        self._soon.start()

    def _on_first(self, keys: array[int], cells: Mapping[int, Cells]) -> None:
        self._job = None
        self._model.set_keys(keys)
        self._model.set_page(0, cells)
        self.began.emit(len(keys) < PAGE)
        self.came.emit()

    def _on_no_first(self, _failure: Failure) -> None:
        # the keys are read beside, then this page as any other: they tell what fails
        self._job = None
        self._soon.start()

    def _on_failed(self, failure: Failure) -> None:
        # the page stays asked for: painting it again must not ask again, reading the list again does
        self._job = None
        self.failed.emit(failure)


def first_rows(
    db: Any, acting: Any, listing: str, request: Request, word: Callable[[Mapping[int, Any]], dict[int, Cells]]
) -> tuple[array[int], dict[int, Cells]]:
    """The keys and the worded rows of the first page of a list."""
    keys = list_keys(db, acting, listing, request, PAGE)
    return keys, worded_rows(db, acting, listing, keys, word)


def worded_rows(
    db: Any, acting: Any, listing: str, keys: Sequence[int], word: Callable[[Mapping[int, Any]], dict[int, Cells]]
) -> dict[int, Cells]:
    """Rows read and worded on the reader's thread, so that painting finds finished texts."""
    return word(list_rows(db, acting, listing, keys))
