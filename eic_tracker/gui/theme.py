"""How the window looks: colours of both themes, spaces, type sizes, palette and the one style sheet.

Contrast of every pair that is used together is computed by a test (WCAG 1.4.3 and 1.4.11)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from eic_tracker import paths


class Tone(StrEnum):
    """What a coloured mark says; always with an icon and a word."""

    OK = "ok"
    WARNING = "warning"
    ERROR = "error"
    INFO = "info"
    DUPLICATE = "duplicate"
    PLAIN = "plain"


@dataclass(frozen=True, slots=True)
class Colours:
    """The colour tokens of one theme, `#RRGGBB`."""

    window: str
    base: str
    alternate: str
    text: str
    muted: str
    border: str
    hairline: str
    accent: str
    on_accent: str
    selection: str
    ok: tuple[str, str]
    warning: tuple[str, str]
    error: tuple[str, str]
    info: tuple[str, str]
    duplicate: tuple[str, str]

    def tone(self, tone: Tone) -> tuple[str, str]:
        """(foreground, background) of a tone."""
        if tone is Tone.PLAIN:
            return self.muted, self.alternate
        pair: tuple[str, str] = getattr(self, tone.value)
        return pair


LIGHT = Colours(
    window="#F6F7F9",
    base="#FFFFFF",
    alternate="#F3F5F8",
    text="#1B1F24",
    muted="#57606A",
    border="#788390",
    hairline="#D5DAE0",
    accent="#0B5CAD",
    on_accent="#FFFFFF",
    selection="#D6E8FB",
    ok=("#17722F", "#E6F4EA"),
    warning=("#8A5A00", "#FFF4D6"),
    error=("#B3261E", "#FDE8E6"),
    info=("#0B5CAD", "#E5F0FB"),
    duplicate=("#7A3E9D", "#F3E8F8"),
)
DARK = Colours(
    window="#1C1F24",
    base="#23272E",
    alternate="#272C34",
    text="#E8EAED",
    muted="#A9B1BC",
    border="#8490A0",
    hairline="#3A414B",
    accent="#6CB2FF",
    on_accent="#0B1A2B",
    selection="#1F4368",
    ok=("#6FCF86", "#1D3326"),
    warning=("#F2C14E", "#3A2F14"),
    error=("#FF9A91", "#43211F"),
    info=("#6CB2FF", "#1B3048"),
    duplicate=("#D3A6EC", "#35244A"),
)
CHART_LIGHT = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#1B1F24")
"""Okabe-Ito order on white (jfly.uni-koeln.de/color), without those too pale for a white ground."""
CHART_DARK = ("#56B4E9", "#E69F00", "#CC79A7", "#009E73", "#D55E00")

SPACE = 4
"""The grid in pixels: every gap is 4, 8, 12, 16, 24 or 32."""
GAP = 8
GROUP_GAP = 16
PAGE_MARGIN = 16
NARROW_MARGIN = 12
NARROW = 1100
"""Below this width (logical pixels) the rail shows icons only and panes become pages."""
RAIL_WIDTH = 184
COMPACT_RAIL_WIDTH = 48
TARGET = 28
"""Least height of what is clicked, in pixels (WCAG 2.5.8 asks 24)."""
ROW_HEIGHTS = {"compact": 24, "normal": 28, "wide": 36}


class Type(StrEnum):
    """The type sizes; points at 100 %, so that the person's text size scales them."""

    CAPTION = "caption"
    BODY = "body"
    STRONG = "strong"
    SECTION = "section"
    TITLE = "title"
    FIGURE = "figure"


_SIZES = {
    Type.CAPTION: (9.0, QFont.Weight.Normal),
    Type.BODY: (10.0, QFont.Weight.Normal),
    Type.STRONG: (10.0, QFont.Weight.DemiBold),
    Type.SECTION: (12.0, QFont.Weight.DemiBold),
    Type.TITLE: (15.0, QFont.Weight.DemiBold),
    Type.FIGURE: (21.0, QFont.Weight.DemiBold),
}


def font(size: Type, *, tabular: bool = False) -> QFont:
    """The application's face in one of the sizes, with digits of equal width where asked."""
    made = QFont(QApplication.font())
    points, weight = _SIZES[size]
    made.setPointSizeF(points * QApplication.font().pointSizeF() / _SIZES[Type.BODY][0])
    made.setWeight(weight)
    if tabular:
        made.setFeature(QFont.Tag("tnum"), 1)
    return made


def mark(widget: QWidget, name: str, value: object) -> None:
    """Set a property that the style sheet looks at, and have the widget look at it again."""
    if widget.property(name) == value:
        return
    widget.setProperty(name, value)
    widget.style().unpolish(widget)
    widget.style().polish(widget)
    widget.update()


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours, 1 to 21 (WCAG 2.2, relative luminance)."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    channels = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def apply(app: QApplication, colours: Colours, *, text_percent: int = 100) -> None:
    """Give the whole application a theme and a text size; may be called again at any time."""
    if app.style().objectName().casefold() != "fusion":
        app.setStyle("Fusion")
    _set_face(app, text_percent)
    app.setPalette(_palette(colours))
    app.setStyleSheet(_style_sheet(colours))


def _set_face(app: QApplication, text_percent: int) -> None:
    families = QFontDatabase.families()
    face = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont)
    if face.family() not in families:
        for shipped in ("SourceSans3-Regular.ttf", "SourceSans3-SemiBold.ttf"):
            QFontDatabase.addApplicationFont(str(paths.resources() / "fonts" / shipped))
        face = QFont("Source Sans 3")
    face.setPointSizeF(_SIZES[Type.BODY][0] * text_percent / 100)
    app.setFont(face)


def _palette(colours: Colours) -> QPalette:
    role = QPalette.ColorRole
    palette = QPalette()
    for which, colour in {
        role.Window: colours.window,
        role.WindowText: colours.text,
        role.Base: colours.base,
        role.AlternateBase: colours.alternate,
        role.Text: colours.text,
        role.Button: colours.window,
        role.ButtonText: colours.text,
        role.BrightText: colours.error[0],
        role.ToolTipBase: colours.base,
        role.ToolTipText: colours.text,
        role.PlaceholderText: colours.muted,
        role.Highlight: colours.selection,
        role.HighlightedText: colours.text,
        role.Accent: colours.accent,
        role.Link: colours.accent,
        role.LinkVisited: colours.accent,
        role.Light: colours.base,
        role.Midlight: colours.alternate,
        role.Mid: colours.hairline,
        role.Dark: colours.border,
        role.Shadow: colours.border,
    }.items():
        palette.setColor(which, QColor(colour))
    for which in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, which, QColor(colours.border))
    return palette


def _style_sheet(colours: Colours) -> str:
    text = (paths.resources() / "window.qss").read_text(encoding="utf-8")
    marks = paths.resources() / "marks" / ("dark" if colours == DARK else "light")
    text = text.replace("@marks", marks.as_posix())
    for name in sorted(Colours.__slots__, key=len, reverse=True):
        value = getattr(colours, name)
        if isinstance(value, tuple):
            text = text.replace(f"@{name}_ground", value[1]).replace(f"@{name}", value[0])
        else:
            text = text.replace(f"@{name}", value)
    return text
