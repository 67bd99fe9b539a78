"""The values a chart keeps beside its references: c:strCache, c:numCache and their kin.

In: a reference element and values. Out: the element with its cache rewritten.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from lxml import etree

from toolkit.office.charts.data import Point
from toolkit.office.charts.workbook import number_text
from toolkit.office.values import clean

Element = etree._Element

C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
C15 = "{http://schemas.microsoft.com/office/drawing/2012/chart}"
_CACHES = {
    C + "strRef": C + "strCache",
    C + "numRef": C + "numCache",
    C15 + "datalabelsRange": C15 + "dlblRangeCache",
}


def refresh(space: Element, look_up: Callable[[str], Sequence[Point] | None]) -> None:
    """Rewrite every cache of a chart from ``look_up(reference)``.

    ``look_up`` gets the text of c:f (or c15:f) and gives the values of its cells in order, None
    for an empty one, or None for a reference it does not know, whose cache then stays.
    """
    for tag, cache in _CACHES.items():
        for holder in space.iter(tag):
            formula = holder.find(tag[: tag.index("}") + 1] + "f")
            values = look_up(formula.text or "") if formula is not None else None
            if values is not None:
                _rewrite(holder, cache, values)


def _rewrite(holder: Element, cache: str, values: Sequence[Point]) -> None:
    old = holder.find(cache)
    code = "General"
    if old is not None:
        code = old.findtext(C + "formatCode") or code
        holder.remove(old)
    holder.insert(1, points(cache, values, code))


def points(cache: str, values: Sequence[Point], code: str = "General") -> Element:
    """A cache element (c:strCache, c:numCache, c15:dlblRangeCache) holding the values."""
    element = etree.Element(cache)
    numeric = cache.endswith("numCache")
    if numeric:
        etree.SubElement(element, C + "formatCode").text = code
    etree.SubElement(element, C + "ptCount", val=str(len(values)))
    for index, value in enumerate(values):
        if value is None or (numeric and isinstance(value, str)):
            continue
        point = etree.SubElement(element, C + "pt", idx=str(index))
        etree.SubElement(point, C + "v").text = _written(value)
    return element


def _written(value: str | float | int | date) -> str:
    return clean(value) if isinstance(value, str) else number_text(value)


def reference(tag: str, formula: str, values: Sequence[Point], code: str = "General") -> Element:
    """A c:strRef or c:numRef with its formula and cache."""
    element = etree.Element(tag)
    etree.SubElement(element, C + "f").text = formula
    element.append(points(_CACHES[tag], values, code))
    return element
