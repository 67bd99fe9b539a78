"""Charts of a workbook: their ranges follow the cells, their caches show what the cells hold.

In: the tree of a chart part and its texts. Out: the part with every c:f rewritten, and every
cache beside one filled from the output cells. As a cache may hold thousands of points, they never
become a tree: each cache keeps their place, and they go in when the part is written.
"""

from __future__ import annotations

from collections.abc import Sequence

from lxml import etree

from toolkit.office.package.markup import NAMESPACES, Element, q, serialise
from toolkit.office.references.areas import Area, box
from toolkit.office.references.follow import Follower, SheetCopy
from toolkit.office.references.grid import Spot
from toolkit.office.values import clean, escape
from toolkit.office.workbook.output import CellValue, ReadCells
from toolkit.office.workbook.texts import TextPlace

_VALUES = (q("c:val"), q("c:yVal"), q("c:bubbleSize"), q("c:plus"), q("c:minus"))
_MARK = "points"  # the place of some, until the part is written
_FOLLOWED = (q("c:f"), q("c15:f"), q("c15:sqref"))


class ChartTemplate:
    """A chart part: its tree, labels swapped, and its texts with tags."""

    def __init__(self, part: str, root: Element, places: list[TextPlace]) -> None:
        self.part = part
        self.root = root
        self.places = places


def follow_chart(root: Element, follower: Follower, spot: Spot, read: ReadCells) -> bytes:
    """Rewrite a chart's ranges and refresh its caches; the part."""
    caches = _Caches(read)
    for item in list(root.iter(*_FOLLOWED)):
        before = item.text or ""
        item.text = follower.formula(before, spot)
        holder = item.getparent()
        areas = follower.areas(before, spot)
        if holder is not None and areas:
            caches.refresh(holder, areas)
    return caches.written(root)


class _Caches:
    """The caches of one chart: what their cells hold, and the points to come into the part."""

    __slots__ = ("read", "points", "known")

    def __init__(self, read: ReadCells) -> None:
        self.read = read
        self.points: list[str] = []
        self.known: dict[tuple[int, Area], Sequence[CellValue]] = {}

    def refresh(self, holder: Element, areas: Sequence[tuple[SheetCopy, Area]]) -> None:
        """Fill the cache beside a reference with the values of its cells."""
        cache = next((c for c in holder if _name(c).endswith("Cache")), None)
        if cache is None:
            return
        if _name(cache) == "multiLvlStrCache":
            self._levels(cache, areas)
            return
        values = [value for sheet, area in areas for value in self._values(sheet, area)]
        if _name(cache) == "numCache" and any(isinstance(value, str) for value in values):
            cache = _as_texts(holder, cache)
        self._fill(cache, values)

    def written(self, root: Element) -> bytes:
        """The part, the points in their places."""
        data = serialise(root)
        for number, points in enumerate(self.points):
            data = data.replace(f"<?{_MARK} {number}?>".encode(), points.encode(), 1)
        return data

    def _values(self, sheet: SheetCopy, area: Area) -> Sequence[CellValue]:
        """The values of an area, row by row; of whole columns nothing is read."""
        if not (area.start.row and area.start.column):
            return ()
        key = (id(sheet), area)  # the same categories stand beside every series
        if key not in self.known:
            self.known[key] = self.read(sheet, area)
        return self.known[key]

    def _fill(self, cache: Element, values: Sequence[CellValue]) -> None:
        kept = [c for c in cache if _name(c) in ("formatCode", "extLst")]
        numbers = _name(cache) == "numCache"
        cache[:] = [c for c in kept if _name(c) == "formatCode"]
        etree.SubElement(cache, q("c:ptCount"), val=str(len(values)))
        self._place(cache, [_point(value, numbers=numbers) for value in values])
        cache.extend(c for c in kept if _name(c) == "extLst")

    def _levels(self, cache: Element, areas: Sequence[tuple[SheetCopy, Area]]) -> None:
        """Categories in several columns: one level a column, the innermost first."""
        sheet, area = areas[0]
        for old in list(cache):
            if _name(old) != "extLst":
                cache.remove(old)
        (top, bottom), (left, right) = area.rows, area.columns
        count = etree.Element(q("c:ptCount"), val=str(bottom - top + 1))
        levels = {column: etree.Element(q("c:lvl")) for column in range(right, left - 1, -1)}
        cache[:0] = [count, *levels.values()]
        for column, level in levels.items():
            values = self.read(sheet, box((top, bottom), (column, column)))
            self._place(level, [_point(value, numbers=False) for value in values])

    def _place(self, holder: Element, texts: Sequence[str | None]) -> None:
        """Keep the place of the c:pt elements of these (escaped) texts, last in their holder."""
        mark = etree.ProcessingInstruction(_MARK, str(len(self.points)))
        holder.append(mark)
        prefix = _prefix(holder)
        point, value = f"{prefix}pt", f"{prefix}v"
        self.points.append(
            "".join(
                f'<{point} idx="{index}"><{value}>{text}</{value}></{point}>'
                for index, text in enumerate(texts)
                if text is not None
            )
        )


def _prefix(holder: Element) -> str:
    """What stands before the names of points: Microsoft's own caches hold points of c: too."""
    found = next(name for name, uri in holder.nsmap.items() if uri == NAMESPACES["c"])
    return f"{found}:" if found else ""


def _name(element: Element) -> str:
    return str(element.tag).rpartition("}")[2] if isinstance(element.tag, str) else ""


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


def _point(value: CellValue, *, numbers: bool) -> str | None:
    """What the point of a value holds, escaped; None where it has no point."""
    if value is None or (numbers and isinstance(value, str)):
        return None
    return escape(clean(value)) if isinstance(value, str) else repr(value).removesuffix(".0")
