"""The grid of a table whose cells repeat: as many columns as its widest row, as wide as before.

In: a rendered table as XML text. Out: the same table with a w:tblGrid that fits.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lxml import etree

from toolkit.office.package.markup import Element, q
from toolkit.office.record import Record
from toolkit.office.tags.pieces import Fill
from toolkit.office.word.places import TC, TR, nearest

_VAL, _W = q("w:val"), q("w:w")


class Grid(Record):
    """A guard around a table; ``opening`` declares the part's namespaces."""

    opening: str

    def close(self, stretch: list[Any], fill: Fill) -> list[Any]:
        """The table with a grid that fits its rows."""
        parser = etree.XMLParser(resolve_entities=False, huge_tree=True)
        try:
            root = etree.fromstring(f"{self.opening}{''.join(stretch)}</root>", parser)
        except etree.XMLSyntaxError:
            return stretch
        for table in root:
            _fit(table)
        text = etree.tostring(root, encoding="unicode")
        return [text.partition(">")[2].rpartition("</")[0]]


def opening_of(root: Element) -> str:
    """A start tag that declares every namespace of a part."""
    names = {prefix: uri for prefix, uri in root.nsmap.items() if prefix}
    return "<root " + " ".join(f'xmlns:{p}="{uri}"' for p, uri in names.items()) + ">"


def _fit(table: Element) -> None:
    grid = table.find(q("w:tblGrid"))
    if grid is None:
        return
    widths = [int(column.get(_W, "0")) for column in grid if column.get(_W, "0").isdigit()]
    rows = list(nearest(table, TR))
    across = [cell for row in rows if (cell := _across(row, len(grid))) is not None]
    count = max((sum(_spans(r)) for r in rows if _across(r, len(grid)) is None), default=len(grid))
    if not count or count == len(grid):
        return
    for cell in across:
        _stretch(cell, count - len(grid))
    total = sum(widths)
    for column in list(grid):
        grid.remove(column)
    for number in range(count):
        width = total * (number + 1) // count - total * number // count
        etree.SubElement(grid, q("w:gridCol")).set(_W, str(width))
    if count > len(widths):
        _narrow(table, total // count)


def _across(row: Element, columns: int) -> Element | None:
    """The one cell of a row over all columns that goes over several: it grows as they do."""
    wide = [cell for cell in nearest(row, TC) if _span(cell) > 1]
    return wide[0] if len(wide) == 1 and sum(_spans(row)) == columns else None


def _stretch(cell: Element, more: int) -> None:
    own = cell.find(f"{q('w:tcPr')}/{q('w:gridSpan')}")
    if own is not None:
        own.set(_VAL, str(max(_span(cell) + more, 1)))


def _spans(row: Element) -> Iterator[int]:
    properties = row.find(q("w:trPr"))
    for name in ("w:gridBefore", "w:gridAfter"):
        skipped = None if properties is None else properties.find(q(name))
        yield 0 if skipped is None else int(skipped.get(_VAL, "0"))
    for cell in nearest(row, TC):
        yield _span(cell)


def _span(cell: Element) -> int:
    own = cell.find(f"{q('w:tcPr')}/{q('w:gridSpan')}")
    value = "1" if own is None else own.get(_VAL, "1")
    return int(value) if value.isdigit() and int(value) else 1


def _narrow(table: Element, width: int) -> None:
    """Cells as wide as the new columns, so that the table keeps its width."""
    for row in nearest(table, TR):
        for cell in nearest(row, TC):
            own = cell.find(f"{q('w:tcPr')}/{q('w:tcW')}")
            if own is not None and own.get(q("w:type")) in (None, "dxa"):
                own.set(_W, str(width * _span(cell)))
