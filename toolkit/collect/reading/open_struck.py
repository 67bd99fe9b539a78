"""Struck-out text of an OpenDocument workbook: crossed out in a cell instead of deleted.

In: ``content.xml`` and ``styles.xml`` as trees, after the pre-scan counted their cells. Out: by
sheet, the cells with struck-out text and what is left of each. A cell without a style takes that of
its row, else of its column; a style takes after its parent.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from toolkit.collect.limits import Limits
from toolkit.collect.reading.scan import At
from toolkit.office.package.markup import Element

LINES = ("text-line-through-style", "text-line-through-type")
CELL, COVERED = "{*}table-cell", "{*}covered-table-cell"
Struck = Collection[str]


def struck_in(content: Element, styles: Element | None, limits: Limits) -> dict[str, dict[At, str]]:
    """Every sheet with struck-out text: the cells, and what is left of each.

    ValueError where a number of repetitions is none.
    """
    struck: set[str] = set()
    for root in (styles, content):
        for style in root.iter("{*}style") if root is not None else ():
            if _strikes(style, struck):
                struck.add(_own(style, "name"))
    sheets = content.iter("{*}table") if struck else ()
    found = {_own(sheet, "name"): dict(_cells(sheet, struck, limits)) for sheet in sheets}
    return {name: cells for name, cells in found.items() if cells}


def _strikes(style: Element, struck: Struck) -> bool:
    for look in style.iterfind("{*}text-properties"):
        for line in filter(None, (_own(look, name) for name in LINES)):
            return line != "none"
    return _own(style, "parent-style-name") in struck


def _cells(sheet: Element, struck: Struck, limits: Limits) -> Iterator[tuple[At, str]]:
    columns = _looks_of_columns(sheet, limits)
    first = 0
    for row in sheet.iter("{*}table-row"):
        if first >= limits.rows:
            break
        count = _times(row, "number-rows-repeated", limits.rows)
        usual = _own(row, "default-cell-style-name")
        for at, left in _of_row(row, [usual or look for look in columns], struck):
            yield from (((number, at), left) for number in range(first, first + count))
        first += count


def _looks_of_columns(sheet: Element, limits: Limits) -> list[str]:
    """The style of each column that may hold anything."""
    looks: list[str] = []
    for column in sheet.iter("{*}table-column"):
        if len(looks) < limits.columns:
            count = _times(column, "number-columns-repeated", limits.columns)
            looks += [_own(column, "default-cell-style-name")] * count
    return [*looks, *[""] * limits.columns][: limits.columns]


def _of_row(row: Element, looks: Sequence[str], struck: Struck) -> Iterator[tuple[int, str]]:
    """The columns of a row with struck-out text, and what is left there."""
    at = 0
    for cell in row.iterchildren(CELL, COVERED):
        count = _times(cell, "number-columns-repeated", len(looks))
        lines = cell.findall("{*}p")
        pieces = [piece for line in lines for piece in line.iter("{*}span")]
        partly = any(_own(piece, "style-name") in struck for piece in pieces)
        for column, usual in enumerate(looks[at : at + count] if lines else (), at):
            if (_own(cell, "style-name") or usual) in struck:
                yield column, ""
            elif partly:
                yield column, "\n".join("".join(_kept(line, struck)) for line in lines)
        at += count


def _kept(element: Element, struck: Struck) -> Iterator[str]:
    """The text of an element but for what is struck out."""
    yield element.text or ""
    for piece in element:
        if _own(piece, "style-name") not in struck:
            yield from _kept(piece, struck)
        yield piece.tail or ""


def _times(item: Element, name: str, most: int) -> int:
    return min(int(_own(item, name) or 1), most)


def _own(item: Element, name: str) -> str:
    """An attribute by its name in its namespace."""
    return next((str(v) for k, v in item.attrib.items() if str(k).endswith("}" + name)), "")
