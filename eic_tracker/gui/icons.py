"""The window's own outline icons, drawn from resources/icons in the colours of the theme."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt, qAddPostRoutine
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QAbstractButton

from eic_tracker import paths
from eic_tracker.gui.theme import Colours, Tone

SIZE = 20
"""The grid on which the icons are drawn, and their usual size in logical pixels."""
OF_TONE = {
    Tone.OK: "ok",
    Tone.WARNING: "warning",
    Tone.ERROR: "error",
    Tone.INFO: "info",
    Tone.DUPLICATE: "duplicate",
    Tone.PLAIN: "clock",
}
"""The icon that stands beside the word of a tone; each has a shape of its own, so that greyscale is enough."""
_SCALES = (1.0, 1.5, 2.0)


def names() -> frozenset[str]:
    """All icons there are."""
    return frozenset(path.stem for path in (paths.resources() / "icons").glob("*.svg"))


def icon(name: str, colours: Colours, size: int = SIZE, *, colour: str = "") -> QIcon:
    """The icon in the theme's text colour or in `colour` (`#RRGGBB`), greyed where disabled.

    Crisp on screens of 100, 150 and 200 % when it is shown at `size` logical pixels."""
    return _icon(name, colour or colours.text, colours.border, size)


def pixmap(name: str, colour: str, size: int, ratio: float) -> QPixmap:
    """The icon as a picture of `size` logical pixels for a screen of that device pixel ratio."""
    edge = round(size * ratio)
    picture = QPixmap(QSize(edge, edge))
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    QSvgRenderer(QByteArray(_drawing(name).replace("currentColor", colour).encode())).render(
        painter, QRectF(0, 0, edge, edge)
    )
    painter.end()
    picture.setDevicePixelRatio(ratio)
    return picture


def dress(button: QAbstractButton, name: str, colours: Colours, size: int = SIZE) -> None:
    """Give a button its icon at the size at which it was drawn; call it again when the theme changes."""
    button.setIcon(icon(name, colours, size))
    button.setIconSize(QSize(size, size))


@lru_cache(maxsize=1024)
def _icon(name: str, colour: str, disabled: str, size: int) -> QIcon:
    made = QIcon()
    for scale in _SCALES:
        normal = pixmap(name, colour, size, scale)
        # Qt tints what has no picture of its own for a selected row; a selected row keeps its text colour here.
        for mode in (QIcon.Mode.Normal, QIcon.Mode.Active, QIcon.Mode.Selected):
            made.addPixmap(normal, mode)
        made.addPixmap(pixmap(name, disabled, size, scale), QIcon.Mode.Disabled)
    return made


@lru_cache(maxsize=256)
def _drawing(name: str) -> str:
    return (paths.resources() / "icons" / f"{name}.svg").read_text(encoding="utf-8")


# pictures must not outlive the application that they were made for
qAddPostRoutine(_icon.cache_clear)
