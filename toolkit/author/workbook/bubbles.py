"""Bubble charts, which XlsxWriter does not draw.

In: a scatter chart of XlsxWriter, and for each series where its sizes and its labels stand. Out:
the same chart as bubbles, over four tinted quadrants, each bubble labelled with the text of its
own cell. LibreOffice shows such a label only where the point itself asks for it, hence ``points``.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from lxml import etree
from xlsxwriter.chart import Chart

from toolkit.author.workbook.book import Sheet
from toolkit.author.workbook.pictures import quadrants
from toolkit.office.package.markup import NAMESPACES, Element, q

_LABELS_FROM_CELLS = "{02D57815-91ED-43cb-92C2-25804820EDAC}"
_SHOW_LABELS = "{CE6537A1-D6FC-4f65-9D91-7224C49458BB}"
_NOTHING: dict[str, Any] = {"fill": {"none": True}, "border": {"none": True}}
_NOT_SHOWN = (
    *("showLegendKey", "showVal", "showCatName", "showSerName", "showPercent"),
    "showBubbleSize",
)
_POSITIONS = {"left": "l", "right": "r", "center": "ctr"}
PLOT = {"x": 0.07, "y": 0.09, "width": 0.91, "height": 0.76}  # shares of the chart


@dataclass(frozen=True)
class Bubbles:
    """One series: where its sizes and labels stand, and how many points may carry a label."""

    sizes: str
    labels: str = ""
    position: str = "right"
    points: int = 0
    points_of_text: int = 10
    bold: bool = False


@dataclass
class Canvas:
    """A chart that becomes bubbles when the file is finished."""

    sheet: Sheet
    chart: Chart
    series: list[Bubbles] = field(default_factory=list)

    def add(self, x: str, y: str, bubbles: Bubbles, **look: Any) -> None:
        """One series; without ``marker`` it is not seen itself, only its labels are."""
        marker = {"type": "circle"} | look.pop("marker", _NOTHING)
        own = {"categories": f"={x}", "values": f"={y}", "marker": marker, **look}
        if bubbles.labels:
            own["data_labels"] = {"value": True, "position": bubbles.position}
        self.chart.add_series(own)
        self.series.append(bubbles)

    def finish(self, hidden: Iterable[int]) -> None:
        """Hides series in the legend, sets the plot area and books the change to bubbles."""
        legend = {"position": "bottom", "delete_series": list(hidden)}
        self.chart.set_legend(legend)
        self.chart.set_plotarea({"layout": PLOT, "fill": {"none": True}})
        self.sheet.book.touch_chart(self.draw, {"../media/quadrants.png": quadrants()})

    def draw(self, root: Element) -> None:
        """Turns the scatter chart of a chart part into bubbles, in place."""
        scatter = next(root.iter(q("c:scatterChart")))
        scatter.tag = q("c:bubbleChart")
        _drop(scatter, "scatterStyle", "varyColors")
        scatter.insert(0, _element("varyColors", "0"))
        for element, bubbles in zip(scatter.findall(q("c:ser")), self.series, strict=True):
            _series(element, bubbles)
        axis = next(scatter.iterchildren(q("c:axId")))
        for name, value in (("bubbleScale", "100"), ("sizeRepresents", "area")):
            axis.addprevious(_element(name, value))
        _tint(next(root.iter(q("c:plotArea"))))


def _tint(plot: Element) -> None:
    _drop(plot, "spPr")
    fill = etree.SubElement(etree.SubElement(plot, q("c:spPr")), q("a:blipFill"))
    relation = {q("r:embed"): "rId1"}
    etree.SubElement(fill, q("a:blip"), relation, nsmap={"r": NAMESPACES["r"]})
    etree.SubElement(etree.SubElement(fill, q("a:stretch")), q("a:fillRect"))


def _series(series: Element, bubbles: Bubbles) -> None:
    _take_shape(series)
    _drop(series, "smooth")
    before = next(e for e in series if e.tag in (q("c:dLbls"), q("c:xVal")))
    before.addprevious(_element("invertIfNegative", "0"))
    reference = etree.SubElement(etree.SubElement(series, q("c:bubbleSize")), q("c:numRef"))
    etree.SubElement(reference, q("c:f")).text = bubbles.sizes
    series.append(_element("bubble3D", "0"))
    if bubbles.labels:
        _labels(series, bubbles)


def _take_shape(series: Element) -> None:
    """The marker's fill and line become the bubble's."""
    marker, own = series.find(q("c:marker")), series.find(q("c:spPr"))
    shape = None if marker is None else marker.find(q("c:spPr"))
    if marker is None or shape is None:
        return
    if own is not None:
        series.remove(own)
    series.replace(marker, shape)


def _labels(series: Element, bubbles: Bubbles) -> None:
    old = next(series.iterchildren(q("c:dLbls")))
    shown = etree.Element(q("c:dLbls"))
    for number in range(bubbles.points):
        shown.append(_point(number, bubbles))
    _shown(shown, bubbles)
    series.replace(old, shown)
    labels = _extension(series, _LABELS_FROM_CELLS, "datalabelsRange")
    etree.SubElement(labels, q("c15:f")).text = bubbles.labels
    cache = etree.SubElement(labels, q("c15:dlblRangeCache"))
    cache.append(_element("ptCount", "0"))


def _point(number: int, bubbles: Bubbles) -> Element:
    label = _element("dLbl", "")
    del label.attrib["val"]
    label.append(_element("idx", str(number)))
    rich = etree.SubElement(etree.SubElement(label, q("c:tx")), q("c:rich"))
    etree.SubElement(rich, q("a:bodyPr"))
    paragraph = etree.SubElement(rich, q("a:p"))
    identifier = f"{{00000000-0000-4000-8000-{number:012X}}}"
    own = etree.SubElement(paragraph, q("a:fld"), {"id": identifier, "type": "CELLRANGE"})
    _text_look(own, "rPr", bubbles)
    etree.SubElement(own, q("a:t")).text = "[CELLRANGE]"
    _shown(label, bubbles)
    return label


def _shown(label: Element, bubbles: Bubbles) -> None:
    if label.tag == q("c:dLbls"):
        text = etree.SubElement(label, q("c:txPr"))
        etree.SubElement(text, q("a:bodyPr"))
        paragraph = etree.SubElement(text, q("a:p"))
        _text_look(etree.SubElement(paragraph, q("a:pPr")), "defRPr", bubbles)
    label.append(_element("dLblPos", _POSITIONS[bubbles.position]))
    for name in _NOT_SHOWN:
        label.append(_element(name, "0"))
    _extension(label, _SHOW_LABELS, "showDataLabelsRange").set("val", "1")


def _text_look(parent: Element, tag: str, bubbles: Bubbles) -> None:
    size = str(bubbles.points_of_text * 100)
    look = etree.SubElement(parent, q(f"a:{tag}"), {"sz": size, "b": str(int(bubbles.bold))})
    if tag == "rPr":
        look.set("lang", "nb-NO")
    fill = etree.SubElement(look, q("a:solidFill"))
    etree.SubElement(fill, q("a:schemeClr"), {"val": "tx2" if bubbles.bold else "tx1"})


def _extension(parent: Element, uri: str, name: str) -> Element:
    extensions = etree.SubElement(parent, q("c:extLst"))
    c15 = {"c15": NAMESPACES["c15"]}
    extension = etree.SubElement(extensions, q("c:ext"), {"uri": uri}, nsmap=c15)
    return etree.SubElement(extension, q(f"c15:{name}"))


def _drop(parent: Element, *names: str) -> None:
    for name in names:
        for found in parent.findall(q(f"c:{name}")):
            parent.remove(found)


def _element(name: str, value: str) -> Element:
    return etree.Element(q(f"c:{name}"), {"val": value})
