"""Charts of a workbook: their ranges follow the cells, their caches show what the cells hold.

In: the tree of a chart part and its texts. Out: the tree with every c:f rewritten, and every
cache beside one filled from the output cells.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from lxml import etree

from toolkit.office.package.markup import NAMESPACES, Element, q
from toolkit.office.references.areas import Area, box
from toolkit.office.references.follow import Follower, SheetCopy
from toolkit.office.references.grid import Spot
from toolkit.office.values import escape
from toolkit.office.workbook.output import CellValue, ReadCells
from toolkit.office.workbook.texts import TextPlace

_VALUES = (q("c:val"), q("c:yVal"), q("c:bubbleSize"), q("c:plus"), q("c:minus"))
_FOLLOWED = (q("c:f"), q("c15:f"), q("c15:sqref"))


@dataclass(eq=False)
class ChartTemplate:
    """A chart part: its tree, labels swapped, and its texts with tags."""

    part: str
    root: Element
    places: list[TextPlace] = field(default_factory=list)


def follow_chart(root: Element, follower: Follower, spot: Spot, read: ReadCells) -> None:
    """Rewrite a chart's ranges and refresh its caches."""
    for item in list(root.iter(*_FOLLOWED)):
        before = item.text or ""
        item.text = follower.formula(before, spot)
        holder = item.getparent()
        areas = follower.areas(before, spot)
        if holder is not None and areas:
            _refresh(holder, areas, read)


def _refresh(holder: Element, areas: Sequence[tuple[SheetCopy, Area]], read: ReadCells) -> None:
    cache = next((c for c in holder if _name(c).endswith("Cache")), None)
    if cache is None:
        return
    if _name(cache) == "multiLvlStrCache":
        _refresh_levels(cache, areas, read)
        return
    values = [value for sheet, area in areas for value in _values(sheet, area, read)]
    if _name(cache) == "numCache" and any(isinstance(value, str) for value in values):
        cache = _as_texts(holder, cache)
    _write_points(cache, values)


def _name(element: Element) -> str:
    return str(element.tag).rpartition("}")[2] if isinstance(element.tag, str) else ""


def _values(sheet: SheetCopy, area: Area, read: ReadCells) -> Sequence[CellValue]:
    """The values of an area, row by row; of whole columns nothing is read."""
    return read(sheet, area) if area.start.row and area.start.column else ()


def _as_texts(holder: Element, cache: Element) -> Element:
    """Categories that turned out to be texts get a cache of texts."""
    above = holder.getparent()
    if holder.tag != q("c:numRef") or above is None or above.tag in _VALUES:
        return cache
    holder.tag = q("c:strRef")
    cache.tag = q("c:strCache")
    code = cache.find(q("c:formatCode"))
    if code is not None:
        cache.remove(code)
    return cache


def _write_points(cache: Element, values: Sequence[CellValue]) -> None:
    kept = [c for c in cache if _name(c) in ("formatCode", "extLst")]
    numbers = _name(cache) == "numCache"
    cache[:] = [c for c in kept if _name(c) == "formatCode"]
    etree.SubElement(cache, q("c:ptCount"), val=str(len(values)))
    cache.extend(_points([_point(value, numbers=numbers) for value in values]))
    cache.extend(c for c in kept if _name(c) == "extLst")


def _point(value: CellValue, *, numbers: bool) -> str | None:
    if value is None or (numbers and isinstance(value, str)):
        return None
    return value if isinstance(value, str) else repr(value).removesuffix(".0")


def _points(texts: Sequence[str | None]) -> list[Element]:
    """The c:pt elements of these texts; made from text, as there may be thousands."""
    xml = "".join(
        f'<c:pt idx="{index}"><c:v>{escape(text)}</c:v></c:pt>'
        for index, text in enumerate(texts)
        if text is not None
    )
    return list(etree.fromstring(f'<c:x xmlns:c="{NAMESPACES["c"]}">{xml}</c:x>'))


def _refresh_levels(
    cache: Element, areas: Sequence[tuple[SheetCopy, Area]], read: ReadCells
) -> None:
    """Categories in several columns: one level a column, the innermost first."""
    sheet, area = areas[0]
    for old in list(cache):
        if _name(old) != "extLst":
            cache.remove(old)
    (top, bottom), (left, right) = area.rows, area.columns
    count = etree.Element(q("c:ptCount"), val=str(bottom - top + 1))
    levels = []
    for column in range(right, left - 1, -1):
        level = etree.Element(q("c:lvl"))
        values = read(sheet, box((top, bottom), (column, column)))
        level.extend(_points([_point(value, numbers=False) for value in values]))
        levels.append(level)
    cache[:0] = [count, *levels]
