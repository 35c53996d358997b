"""Charts as drawings: the same one goes into a PDF or, as SVG, on a screen; legible in grey."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reportlab.graphics.charts.barcharts import VerticalBarChart
from reportlab.graphics.charts.textlabels import Label
from reportlab.graphics.shapes import STATE_DEFAULTS, Drawing, Rect, String
from reportlab.lib.colors import HexColor

from eic_tracker.i18n import Translator
from eic_tracker.reports.pdf import fonts

_INK = HexColor(0x1C1C1C)
_AXIS = HexColor(0x8A8A8A)
_FILLS = (HexColor(0x1F3A63), HexColor(0xB9C6DA))
"""dark and light enough to be told apart on a copying machine"""


@dataclass(frozen=True, slots=True)
class Series:
    """A named row of values, one for each category."""

    title: str
    values: tuple[int, ...]


def bar_chart(
    title: str, categories: Sequence[str], series: Sequence[Series], t: Translator, *, width: float, height: float
) -> Drawing:
    """Upright bars with their values above, for one or two series; the scale begins at zero."""
    fonts.register()
    # every drawing begins with this face, and the library's own choice is one that is not embedded
    STATE_DEFAULTS["fontName"] = fonts.TEXT
    drawing = Drawing(width, height)
    drawing.add(String(0, height - 10, title, fontName=fonts.TEXT_BOLD, fontSize=8.6, fillColor=_INK))
    legend = 14 if len(series) > 1 else 0
    highest = max((value for row in series for value in row.values), default=0)
    chart = VerticalBarChart()
    chart.x, chart.y, chart.width, chart.height = 2, 26, width - 4, height - 26 - 26 - legend
    chart.data = [row.values for row in series]
    chart.valueAxis.valueMin = 0
    chart.valueAxis.valueMax = max(highest, 1) * 1.02
    chart.valueAxis.visible = False
    chart.categoryAxis.categoryNames = list(categories)
    chart.categoryAxis.labels.fontName = fonts.TEXT
    chart.categoryAxis.labels.fontSize = 7
    chart.categoryAxis.labels.leading = 8
    chart.categoryAxis.labels.fillColor = _INK
    chart.categoryAxis.labels.dy = -3
    chart.categoryAxis.labels.textAnchor = "middle"
    chart.categoryAxis.strokeColor = _AXIS
    chart.categoryAxis.strokeWidth = 0.5
    chart.categoryAxis.visibleTicks = False
    chart.groupSpacing = 8
    chart.barSpacing = 1
    chart.barLabelFormat = lambda value: t.number(int(value))
    chart.barLabels.fontName = fonts.TEXT
    chart.barLabels.fontSize = _value_size(highest, len(categories) * len(series), width, t)
    chart.barLabels.fillColor = _INK
    chart.barLabels.boxAnchor = "s"
    chart.barLabels.nudge = 2
    for index in range(len(series)):
        chart.bars[index].fillColor = _FILLS[index]
        chart.bars[index].strokeColor = _FILLS[0]
        chart.bars[index].strokeWidth = 0.4
    drawing.add(chart)
    if legend:
        _add_legend(drawing, series, height - 24)
    return drawing


def _value_size(highest: int, bars: int, width: float, t: Translator) -> float:
    """The largest size, up to 7 points, at which the widest value stands over its own bar."""
    room = (width - 4) / max(bars, 1) - 1
    return min(7.0, 7.0 * room / max(fonts.width(t.number(highest), fonts.TEXT, 7), 1))


def _add_legend(drawing: Drawing, series: Sequence[Series], y: float) -> None:
    x = 0.0
    for index, row in enumerate(series):
        drawing.add(Rect(x, y, 7, 7, fillColor=_FILLS[index], strokeColor=_FILLS[0], strokeWidth=0.4))
        label = Label()
        label.setOrigin(x + 10, y)
        label.boxAnchor = "sw"
        label.setText(row.title)
        label.fontName, label.fontSize, label.fillColor = fonts.TEXT, 7.2, _INK
        drawing.add(label)
        x += 10 + fonts.width(row.title, fonts.TEXT, 7.2) + 14
