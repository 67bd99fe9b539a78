"""Native charts: new figures in a chart, its look kept.

In: the root of a chart part (c:chartSpace) and ChartData. Out: the same tree showing the data,
and the workbook that "Edit data" opens. Formatting comes from the template's own series; where
there are more series than it drew, its last one is repeated.
"""

from __future__ import annotations

from copy import deepcopy
from datetime import date

from lxml import etree

from toolkit.office.charts.cache import C15, C, Element, points, reference
from toolkit.office.charts.data import ChartData, ChartSeries, Point
from toolkit.office.charts.workbook import Column, DataSheet

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"

_LEAD = tuple(
    C + name
    for name in ("barDir", "grouping", "wireframe", "radarStyle", "scatterStyle", "ofPieType")
) + (C + "varyColors",)
_TAIL = tuple(C + name for name in ("shape", "smooth", "bubble3D", "extLst"))
_XY = (C + "scatterChart", C + "bubbleChart")
_UNIQUE_ID = "{C3380CC4-5D6E-409C-BE32-E72D297353CC}"
_AFTER_WORKBOOK = tuple(C + name for name in ("printSettings", "userShapes", "extLst"))


def write_data(space: Element, data: ChartData) -> DataSheet:
    """Put the data into the chart; the sheet that goes with it is returned.

    Number formats, per-series and per-point formatting stay. A chart without data keeps one
    series without points: legal, and still editable.
    """
    sheet = DataSheet(_sheet_name(space))
    wanted = data.series or (ChartSeries("", (None,) * len(data.categories)),)
    for element, series in zip(_fitted(space, len(wanted)), wanted, strict=True):
        _write_series(element, series, data.categories, sheet)
    _drop_empty_plots(space)
    _drop_stale(space)
    _mend(space)
    if data.title is not None:
        _write_title(space, data.title)
    return sheet


def has_plot(space: Element) -> bool:
    """Whether there is anything in the chart that can show series."""
    return bool(_plots(space))


def workbook_id(space: Element) -> str | None:
    """The relationship id of the chart's workbook, if it has one."""
    link = space.find(C + "externalData")
    return None if link is None else link.get(R + "id")


def link_workbook(space: Element, rel_id: str) -> None:
    """Make ``rel_id`` the chart's workbook."""
    link = space.find(C + "externalData")
    if link is None:
        link = etree.Element(C + "externalData")
        etree.SubElement(link, C + "autoUpdate", val="0")
        after = [child for child in space if child.tag in _AFTER_WORKBOOK]
        space.insert(space.index(after[0]) if after else len(space), link)
    link.set(R + "id", rel_id)


def _sheet_name(space: Element) -> str:
    formula = next((f.text or "" for f in space.iter(C + "f")), "")
    name, mark, _ = formula.rpartition("!")
    name = name.rpartition("]")[2].strip("'").replace("''", "'")
    return name if mark and 0 < len(name) <= 31 else "Sheet1"


def _fitted(space: Element, count: int) -> list[Element]:
    """As many series as wanted: the template's in their order, the last one repeated."""
    series = sorted(space.iter(C + "ser"), key=lambda s: _value(s, "order"))
    series = series or [_first_series(space)]
    for extra in series[count:]:
        _parent(extra).remove(extra)
    index = max(_value(s, "idx") for s in series)
    order = max(_value(s, "order") for s in series)
    for step in range(1, count - len(series) + 1):
        clone = deepcopy(series[-1])
        _set(clone, "idx", str(index + step))
        _set(clone, "order", str(order + step))
        _forget_identity(clone)
        series[-1].addnext(clone)
        series.append(clone)
    return series[:count]


def _first_series(space: Element) -> Element:
    plot = _plots(space)[0]
    series = etree.Element(C + "ser")
    etree.SubElement(series, C + "idx", val="0")
    etree.SubElement(series, C + "order", val="0")
    _insert_after(plot, series, _LEAD)
    return series


def _plots(space: Element) -> list[Element]:
    """The bars, lines, pies … of a chart, each with its series."""
    return [
        child
        for area in space.iter(C + "plotArea")
        for child in area
        if str(child.tag).endswith("Chart")
    ]


def _write_series(
    element: Element, series: ChartSeries, categories: tuple[Point, ...], sheet: DataSheet
) -> None:
    xy = _parent(element).tag in _XY
    x = categories if series.x is None else series.x
    x_code = _category_code(element, x)
    x_at = sheet.add(Column("", x, x_code), shared=True)
    y_tag = "yVal" if xy else "val"
    code = _code(element, y_tag)
    y_at = sheet.add(Column(series.name, series.values, code))
    _put_name(element, sheet.header_ref(y_at), series.name)
    y = reference(C + "numRef", sheet.values_ref(y_at), series.values, code)
    _put(element, y_tag, y)
    kind = C + ("strRef" if x_code == "@" else "numRef")
    _put(element, "xVal" if xy else "cat", reference(kind, sheet.values_ref(x_at), x, x_code))
    if _parent(element).tag == C + "bubbleChart":
        _put_sizes(element, series, sheet)
    _put_labels(element, series, sheet)
    _keep_points(element, len(series.values))


def _put_name(element: Element, formula: str, name: str) -> None:
    old = element.find(C + "tx")
    holder = etree.Element(C + "tx")
    holder.append(reference(C + "strRef", formula, (name,)))
    if old is None:
        _insert_after(element, holder, (C + "idx", C + "order"))
    else:
        element.replace(old, holder)


def _put(element: Element, name: str, ref: Element) -> None:
    """Replace or insert c:cat, c:val, c:xVal, c:yVal; c:cat and c:xVal come before the others."""
    holder = etree.Element(C + name)
    holder.append(ref)
    old = element.find(C + name)
    if old is not None:
        element.replace(old, holder)
        return
    before = (*_TAIL, C + "bubbleSize")
    if name in ("cat", "xVal"):
        before += (C + "val", C + "yVal")
    later = [child for child in element if child.tag in before]
    element.insert(element.index(later[0]) if later else len(element), holder)


def _put_sizes(element: Element, series: ChartSeries, sheet: DataSheet) -> None:
    sizes = series.sizes or tuple(None if v is None else 1 for v in series.values)
    code = _code(element, "bubbleSize")
    at = sheet.add(Column("", sizes, code))
    ref = reference(C + "numRef", sheet.values_ref(at), sizes, code)
    holder = element.find(C + "bubbleSize")
    if holder is None:
        holder = etree.Element(C + "bubbleSize")
        _insert_after(element, holder, (C + "yVal",))
    holder[:] = [ref]


def _put_labels(element: Element, series: ChartSeries, sheet: DataSheet) -> None:
    """The texts of "value from cells", where the template's series shows them."""
    for labels in element.iter(C15 + "datalabelsRange"):
        texts = series.labels or (None,) * len(series.values)
        formula = etree.Element(C15 + "f")
        formula.text = sheet.values_ref(sheet.add(Column("", texts, "@")))
        labels[:] = [formula, points(C15 + "dlblRangeCache", texts)]


def _keep_points(element: Element, count: int) -> None:
    """Drop the formatting and labels of points that are no longer there."""
    for tag in (C + "dPt", C + "dLbl"):
        for point in list(element.iter(tag)):
            if _value(point, "idx") >= count:
                _parent(point).remove(point)
    for bars in element.findall(C + "errBars"):
        if bars.find(C + "plus") is not None or bars.find(C + "minus") is not None:
            element.remove(bars)


def _code(element: Element, name: str) -> str:
    holder = element.find(C + name)
    return (None if holder is None else holder.findtext(f".//{C}formatCode")) or "General"


def _category_code(element: Element, values: tuple[Point, ...]) -> str:
    """The number format of the categories; ``@`` when they are texts."""
    known = [value for value in values if value is not None]
    if not known or any(isinstance(value, str) for value in known):
        return "@"
    holder = next((n for n in ("cat", "xVal") if element.find(C + n) is not None), "cat")
    code = _code(element, holder)
    dates = any(isinstance(value, date) for value in known)
    return "yyyy-mm-dd" if dates and code == "General" else code


def _drop_empty_plots(space: Element) -> None:
    plots = _plots(space)
    empty = [plot for plot in plots if plot.find(C + "ser") is None]
    if not empty or len(empty) == len(plots):
        return
    area = _parent(plots[0])
    for plot in empty:
        area.remove(plot)
    used = {axis.get("val") for plot in _plots(space) for axis in plot.iter(C + "axId")}
    for axis in list(area):
        own = axis.find(C + "axId")
        if str(axis.tag).endswith("Ax") and own is not None and own.get("val") not in used:
            area.remove(axis)


def _drop_stale(space: Element) -> None:
    """Leave behind what spoke of the old data: filtered series, a pivot source, the 1904 epoch."""
    for stale in [*space.findall(C + "pivotSource"), *space.findall(C + "date1904")]:
        space.remove(stale)
    for plot in _plots(space):
        for stale in plot.findall(C + "extLst"):
            plot.remove(stale)


def _mend(space: Element) -> None:
    """Legalise what python-pptx draws: negative axis ids, c:smooth in a radar chart."""
    for link in space.iter(C + "axId", C + "crossAx"):
        if link.get("val", "").startswith("-"):
            link.set("val", str(int(link.get("val", "")) % 2**31))
    for radar in space.iter(C + "radarChart"):
        for smooth in list(radar.iter(C + "smooth")):
            _parent(smooth).remove(smooth)


def _write_title(space: Element, title: str) -> None:
    """The chart's title, in the formatting of the first run of the template's."""
    holder = space.find(f"{C}chart/{C}title/{C}tx/{C}rich")
    runs = [] if holder is None else list(holder.iter(A + "r"))
    for extra in runs[1:]:
        _parent(extra).remove(extra)
    for run in runs[:1]:
        text = run.find(A + "t")
        if text is not None:
            text.text = title


def _forget_identity(series: Element) -> None:
    for extension in list(series.iter(C + "ext")):
        if extension.get("uri") == _UNIQUE_ID:
            _parent(extension).remove(extension)
    holder = series.find(C + "extLst")
    if holder is not None and not len(holder):
        series.remove(holder)


def _value(element: Element, name: str) -> int:
    child = element.find(C + name)
    return 0 if child is None else int(child.get("val", "0"))


def _set(element: Element, name: str, value: str) -> None:
    child = element.find(C + name)
    if child is not None:
        child.set("val", value)


def _insert_after(parent: Element, child: Element, tags: tuple[str, ...]) -> None:
    before = [item for item in parent if item.tag in tags]
    parent.insert(parent.index(before[-1]) + 1 if before else 0, child)


def _parent(element: Element) -> Element:
    parent = element.getparent()
    if parent is None:
        raise ValueError(f"{element.tag} stands alone")
    return parent
