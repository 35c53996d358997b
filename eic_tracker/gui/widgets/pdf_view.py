"""The very bytes of a PDF as they will be saved and printed, page under page."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QMargins, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QKeyEvent, QPainter, QPaintEvent, QPalette, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractScrollArea, QWidget

from eic_tracker.gui import theme
from eic_tracker.gui.jobs import Jobs
from eic_tracker.i18n import Translator
from eic_tracker.reports.pdf.opening import opened_pdf

STEPS = (50, 67, 80, 100, 125, 150, 200)
"""Sizes in percent of the fitting width."""
_KEPT = 12
_ROOM = QMargins(24, 24, 24, 24)


def page_sizes(pdf: bytes) -> list[tuple[float, float]]:
    """Width and height of each page in points of 1/72 inch."""
    with opened_pdf(pdf) as document:
        return [document.get_page_size(number) for number in range(len(document))]


def page_image(pdf: bytes, number: int, dots_per_inch: float) -> QImage:
    """A page as a picture, white ground."""
    with opened_pdf(pdf) as document:
        bitmap = document[number].render(scale=dots_per_inch / 72, rev_byteorder=True, prefer_bgrx=True)
        image = QImage(bitmap.buffer, bitmap.width, bitmap.height, bitmap.stride, QImage.Format.Format_RGBX8888).copy()
        bitmap.close()  # before another thread may open a PDF
    image.setDotsPerMeterX(round(dots_per_inch / 0.0254))
    image.setDotsPerMeterY(round(dots_per_inch / 0.0254))
    return image


def _drawn(_db: Any, pdf: bytes, number: int, dots_per_inch: float) -> QImage:
    return page_image(pdf, number, dots_per_inch)


class PdfView(QAbstractScrollArea):
    """Pages are drawn when they come into sight, off the window's thread."""

    page_changed = Signal(int, int)
    """the page in sight from 1, and how many there are"""

    def __init__(self, jobs: Jobs, t: Translator, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._t = t
        self._pdf = b""
        self._sizes: list[tuple[float, float]] = []
        self._places: list[QRect] = []
        self._images: dict[tuple[int, int], QImage] = {}
        self._asked: set[tuple[int, int]] = set()
        self._undrawn: set[tuple[int, int]] = set()
        self._percent = 100
        self._page = 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(t("Preview"))
        self.viewport().setBackgroundRole(QPalette.ColorRole.Mid)
        self.verticalScrollBar().valueChanged.connect(self._tell_page)

    @property
    def pdf(self) -> bytes:
        """The bytes in sight."""
        return self._pdf

    def show_pdf(self, pdf: bytes) -> None:
        """Show other bytes; the same page stays in sight where there is one."""
        self._pdf = pdf
        self._sizes = page_sizes(pdf) if pdf else []
        self._images.clear()
        self._asked.clear()
        self._undrawn.clear()
        self._arrange()
        self._tell_page()
        self.viewport().update()

    def pages(self) -> int:
        """How many pages there are."""
        return len(self._sizes)

    @property
    def percent(self) -> int:
        """The size; 100 fits the width."""
        return self._percent

    @property
    def page(self) -> int:
        """The page in sight, from 0."""
        return self._page

    def set_percent(self, percent: int) -> None:
        """100 fits the width; what was read stays at the top."""
        bar = self.verticalScrollBar()
        place = bar.value() / max(1, bar.maximum() + self.viewport().height())
        self._percent = max(STEPS[0], min(STEPS[-1], percent))
        self._images.clear()
        self._asked.clear()
        self._undrawn.clear()
        self._arrange()
        bar.setValue(round(place * (bar.maximum() + self.viewport().height())))
        self.viewport().update()

    def zoom(self, steps: int) -> None:
        """One step larger or smaller."""
        near = min(range(len(STEPS)), key=lambda number: abs(STEPS[number] - self._percent))
        self.set_percent(STEPS[max(0, min(len(STEPS) - 1, near + steps))])

    def go_to_page(self, number: int) -> None:
        """Bring a page (from 0) into sight."""
        if 0 <= number < len(self._places):
            self.verticalScrollBar().setValue(self._places[number].top() - theme.GAP)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's own name
        """The pages in sight; one that is not drawn yet is white, one that cannot be drawn says so."""
        painter = QPainter(self.viewport())
        seen = QRect(self._offset_x(), self._offset_y(), self.viewport().width(), self.viewport().height())
        for number, place in enumerate(self._places):
            if not place.intersects(seen):
                continue
            target = place.translated(-seen.left(), -seen.top())
            painter.fillRect(target, QColor("#FFFFFF"))
            image = self._image(number, place.width())
            if image is not None:
                # dot for dot: scaled by the one dot that rounding gives or takes, a line of the page would be left out
                painter.setClipRect(target)
                painter.drawImage(target.topLeft(), image)
                painter.setClipping(False)
            elif (number, place.width()) in self._undrawn:
                painter.setPen(QColor("#000000"))
                words = self._t("This page could not be drawn. Save the paper and open it with another program.")
                middle = Qt.AlignmentFlag.AlignCenter.value | Qt.TextFlag.TextWordWrap.value
                painter.drawText(target.marginsRemoved(_ROOM), middle, words)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's own name
        """The pages fit the width."""
        super().resizeEvent(event)
        page = self._page
        self._arrange()
        self.go_to_page(page)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's own name
        """Page keys walk page by page; + and - change the size."""
        key = event.key()
        if key in {Qt.Key.Key_PageDown, Qt.Key.Key_Space}:
            self.go_to_page(self._page + 1)
        elif key == Qt.Key.Key_PageUp:
            self.go_to_page(self._page - 1)
        elif key == Qt.Key.Key_Home:
            self.go_to_page(0)
        elif key == Qt.Key.Key_End:
            self.go_to_page(len(self._places) - 1)
        elif key == Qt.Key.Key_Plus:
            self.zoom(1)
        elif key == Qt.Key.Key_Minus:
            self.zoom(-1)
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802 - Qt's own name
        """Ctrl and wheel change the size."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom(1 if event.angleDelta().y() > 0 else -1)
        else:
            super().wheelEvent(event)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's own name
        """As much as there is."""
        return QSize(600, 600)

    def _image(self, number: int, width: int) -> QImage | None:
        wanted = (number, width)
        found = self._images.get(wanted)
        if found is None and wanted not in self._asked:
            self._asked.add(wanted)
            ratio = self.devicePixelRatioF()
            dots = width * ratio / (self._sizes[number][0] / 72)
            pdf = self._pdf
            self._jobs.count(
                _drawn,
                pdf,
                number,
                dots,
                owner=self,
                done=lambda image: self._on_drawn(pdf, wanted, image),
                failed=lambda _failure: self._on_undrawn(pdf, wanted),
            )
        return found

    def _on_drawn(self, pdf: bytes, wanted: tuple[int, int], image: QImage) -> None:
        self._asked.discard(wanted)
        if pdf is self._pdf:
            image.setDevicePixelRatio(self.devicePixelRatioF())
            self._images[wanted] = image
            while len(self._images) > _KEPT:
                self._images.pop(next(iter(self._images)))
            self.viewport().update()

    def _on_undrawn(self, pdf: bytes, wanted: tuple[int, int]) -> None:
        # it stays asked for: each painting would ask again
        if pdf is self._pdf:
            self._undrawn.add(wanted)
            self.viewport().update()

    def _arrange(self) -> None:
        widest = max((width for width, _ in self._sizes), default=1.0)
        room = max(200, self.viewport().width() - 2 * theme.GROUP_GAP)
        scale = min(room / widest, 1.6) * self._percent / 100
        self._places, top, broad = [], theme.GROUP_GAP, 0
        for width, height in self._sizes:
            size = QSize(round(width * scale), round(height * scale))
            left = max(theme.GROUP_GAP, (self.viewport().width() - size.width()) // 2)
            self._places.append(QRect(left, top, size.width(), size.height()))
            top += size.height() + theme.GROUP_GAP
            broad = max(broad, size.width() + 2 * theme.GROUP_GAP)
        bar, across = self.verticalScrollBar(), self.horizontalScrollBar()
        bar.setRange(0, max(0, top - self.viewport().height()))
        bar.setPageStep(self.viewport().height())
        bar.setSingleStep(40)
        across.setRange(0, max(0, broad - self.viewport().width()))
        across.setPageStep(self.viewport().width())

    def _offset_x(self) -> int:
        return self.horizontalScrollBar().value()

    def _offset_y(self) -> int:
        return self.verticalScrollBar().value()

    def _tell_page(self) -> None:
        middle = self._offset_y() + self.viewport().height() // 2
        self._page = next((n for n, place in enumerate(self._places) if place.bottom() >= middle), 0)
        self.page_changed.emit(self._page + 1 if self._places else 0, len(self._places))
        self.viewport().update()
