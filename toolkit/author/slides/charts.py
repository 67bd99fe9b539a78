"""Native charts in the deck's look: flat, zero-based, few colours, every figure readable.

In: the kind of chart and where it stands. Out: a chart whose data come from
``{{ chart(data) }}`` in its alternative text, with its own editable workbook.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pptx.chart.data import CategoryChartData
from pptx.enum.chart import (
    XL_CHART_TYPE,
    XL_LABEL_POSITION,
    XL_LEGEND_POSITION,
    XL_MARKER_STYLE,
    XL_TICK_LABEL_POSITION,
    XL_TICK_MARK,
)
from pptx.enum.dml import MSO_LINE, MSO_THEME_COLOR
from pptx.util import Pt

from toolkit.author.archive import normalised
from toolkit.author.slides.canvas import Canvas
from toolkit.author.slides.grid import EMU, Box
from toolkit.author.slides.shapes import describe
from toolkit.office.package.markup import Element, q

_COLORS = {f"accent{i}": getattr(MSO_THEME_COLOR, f"ACCENT_{i}") for i in range(1, 7)} | {
    "tx1": MSO_THEME_COLOR.TEXT_1,
    "tx2": MSO_THEME_COLOR.TEXT_2,
    "bg2": MSO_THEME_COLOR.BACKGROUND_2,
}
_KINDS = {
    "bar": XL_CHART_TYPE.BAR_CLUSTERED,
    "column": XL_CHART_TYPE.COLUMN_CLUSTERED,
    "stacked": XL_CHART_TYPE.COLUMN_STACKED,
    "line": XL_CHART_TYPE.LINE_MARKERS,
}


_LABELS = {
    "bar": XL_LABEL_POSITION.OUTSIDE_END,
    "column": XL_LABEL_POSITION.OUTSIDE_END,
    "line": XL_LABEL_POSITION.ABOVE,
}
_DASHES = (None, MSO_LINE.DASH, MSO_LINE.ROUND_DOT)


@dataclass(frozen=True)
class ChartLook:
    """How a chart looks: kind, text size, a colour a series (or a point), what is shown."""

    kind: str = "column"
    size: float = 12
    colors: tuple[str, ...] = ("accent2", "accent4")
    by_point: bool = False
    axis: bool = True
    legend: bool = False
    gap: int = 45


@dataclass(frozen=True)
class Shown:
    """What a chart shows: the expressions of its data and of what they tell."""

    data: str
    alt: str = ""

    @property
    def tags(self) -> str:
        """The alternative text of the template's chart."""
        told = f" {{{{ {self.alt} }}}}" if self.alt else ""
        return f"{{{{ chart({self.data}) }}}}{told}"


def chart(canvas: Canvas, box: Box, shown: Shown, look: ChartLook, when: str = "") -> None:
    """Draw a chart."""
    x, y, w, h = (round(v * EMU) for v in (box.x, box.y, box.w, box.h))
    frame = canvas.slide.shapes.add_chart(_KINDS[look.kind], x, y, w, h, _sample(look))
    workbook = frame.chart.part.chart_workbook.xlsx_part
    workbook._blob = normalised(workbook.blob)
    _dress(frame.chart, look)
    _positive_axes(frame.chart._chartSpace)
    element = frame._element
    element.getparent().remove(element)
    canvas.put(describe(element, shown.tags), when=when)


def _positive_axes(space: Element) -> None:
    """python-pptx numbers axes below zero, which the schema does not allow."""
    for name in ("axId", "crossAx"):
        for axis in space.iter(q(f"c:{name}")):
            axis.set("val", axis.get("val", "").removeprefix("-"))


def _sample(look: ChartLook) -> Any:
    data: Any = CategoryChartData()  # type: ignore[no-untyped-call]
    data.categories = ["A", "B"]
    for number in range(1 if look.by_point else len(look.colors)):
        data.add_series(f"{number + 1}", (3, 2))
    return data


def _dress(chart: Any, look: ChartLook) -> None:
    chart.font.size = Pt(look.size)
    chart.font.color.theme_color = MSO_THEME_COLOR.TEXT_1
    chart.has_title = False
    chart.has_legend = look.legend
    if look.legend:
        chart.legend.position = XL_LEGEND_POSITION.TOP
        chart.legend.include_in_layout = False
    _axes(chart, look)
    plot = chart.plots[0]
    if look.kind == "line":
        for series, color, dash in zip(plot.series, look.colors, _DASHES, strict=True):
            _draw(series, color, dash)
        _label(plot.series[0].data_labels, look)
        return
    plot.gap_width = look.gap
    plot.vary_by_categories = False
    if look.kind == "stacked":
        plot.overlap = 100
    else:
        plot.has_data_labels = True
        _label(plot.data_labels, look)
    for series, color in zip(plot.series, look.colors, strict=False):
        _fill(series, color, look)


def _axes(chart: Any, look: ChartLook) -> None:
    values, names = chart.value_axis, chart.category_axis
    values.has_major_gridlines = False
    if look.kind == "stacked":
        _scale(values, look)
    else:
        values.visible = False
        values.minimum_scale = 0
    names.major_tick_mark = XL_TICK_MARK.NONE
    names.tick_label_position = (
        XL_TICK_LABEL_POSITION.LOW if look.axis else XL_TICK_LABEL_POSITION.NONE
    )
    names.format.line.color.theme_color = MSO_THEME_COLOR.ACCENT_5
    names.reverse_order = look.kind == "bar"


def _scale(values: Any, look: ChartLook) -> None:
    """The scale of stacked columns, whose parts carry no figures of their own."""
    values.major_tick_mark = XL_TICK_MARK.NONE
    values.tick_labels.number_format = "#,##0"
    values.tick_labels.number_format_is_linked = False
    values.tick_labels.font.size = Pt(look.size - 2)
    values.format.line.fill.background()


def _label(labels: Any, look: ChartLook) -> None:
    """Every value as text, so that no axis is needed."""
    labels.show_value = True
    labels.font.size = Pt(look.size)
    labels.font.bold = True
    labels.number_format_is_linked = False
    labels.number_format = "[>=1000]#,##0;General"
    labels._element.find(f".//{q('a:bodyPr')}").set("wrap", "none")
    if look.kind in _LABELS:
        labels.position = _LABELS[look.kind]


def _fill(series: Any, color: str, look: ChartLook) -> None:
    _paint(series, color)
    series.invert_if_negative = False
    for number, point in enumerate(look.colors if look.by_point else ()):
        _paint(series.points[number], point)


def _paint(element: Any, color: str) -> None:
    element.format.fill.solid()
    element.format.fill.fore_color.theme_color = _COLORS[color]


def _draw(series: Any, color: str, dash: Any) -> None:
    """A line: what was measured is solid with marks, what it is held against dashed without."""
    line = series.format.line
    line.width = Pt(3 if dash is None else 2)
    line.color.theme_color = _COLORS[color]
    series.smooth = False
    if dash is not None:
        line.dash_style = dash
        series.marker.style = XL_MARKER_STYLE.NONE
        return
    series.marker.style, series.marker.size = XL_MARKER_STYLE.CIRCLE, 9
    _paint(series.marker, color)
    series.marker.format.line.fill.background()
