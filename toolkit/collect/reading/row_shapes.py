"""The shapes of rows: what the markup of one row of a worksheet says, its texts taken out.

In: the markup between ``<row `` and the next one, a hole for every text. Out: a RowShape; None
where the row is not written as programs write them. The markup of a row is the same in thousands of
files, so it is looked at once.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from operator import itemgetter
from typing import NamedTuple

from toolkit.collect.reading.plain_texts import HOLE
from toolkit.collect.reading.scan import At, column_of
from toolkit.collect.reading.values import Content

ROW_HEAD = re.compile(rb'(r="([1-9][0-9]{0,6})"(?: [A-Za-z][\w:]*="[^"<&]*")*)(/?)>')
ATTRIBUTE = re.compile(rb'([\w:]+)="([^"]*)"')
CELL = re.compile(
    rb'<c r="([A-Z]{1,3})([1-9][0-9]{0,6})"(?: s="([0-9]{1,5})")?'
    rb'(?: t="(s|str|inlineStr|b|e|n)")?(?:/>|>'
    rb'(?:(<f((?: [a-z][a-z0-9]*="[^"<&]*")*)(?:/>|>\x01?</f>)))?'
    rb'(?:(<v>\x01?</v>|<v/>)|(<is><t(?: xml:space="preserve")?>\x01?</t></is>))?</c>)'
)
ON = (b"1", b"true")
FORMULA = "f"

Row = tuple[Content, ...]
Placed = Callable[[Sequence[Content]], Row]
"""From the values of a row's texts, and a blank behind them, to the row."""


class RowShape(NamedTuple):
    """What the markup of a row says; columns are counted from 0."""

    number: int
    hidden: bool
    width: int  # behind the last value, 0 where there is none
    reach: int  # behind the last cell that counts
    counted: int
    says: tuple[bool, ...]  # for each text of the row whether it is a value
    works: tuple[bool, ...]  # or a formula
    kinds: tuple[str, ...]  # what each value is
    placed: Placed
    formulas: frozenset[int]  # the columns that hold one
    uncomputed: tuple[At, ...]
    errors: tuple[At, ...]
    styles: frozenset[str]
    styled: tuple[tuple[str, At], ...]


@lru_cache(maxsize=16_384)
def row_shape(markup: bytes) -> RowShape | None:
    """What the markup of a row says, its texts taken out; None where it is odd."""
    head = ROW_HEAD.match(markup)
    if head is None or not _distinct(head[1]):
        return None
    body = markup[head.end() :].removesuffix(b"</row>") if not head[3] else b""
    closed = head.end() == len(markup) if head[3] else markup.endswith(b"</row>")
    cells = list(_cells(body))
    if not closed or sum(len(cell[0]) for cell in cells) != len(body):
        return None
    hidden = any(name == b"hidden" and on in ON for name, on in ATTRIBUTE.findall(head[1]))
    return _shape(int(head[2]), hidden, cells)


def _distinct(attributes: bytes) -> bool:
    names = [name for name, _ in ATTRIBUTE.findall(attributes)]
    return len(set(names)) == len(names)


def _cells(body: bytes) -> Iterator[re.Match[bytes]]:
    at = 0
    while at < len(body) and (cell := CELL.match(body, at)):
        yield cell
        at = cell.end()


def _shape(number: int, hidden: bool, cells: Sequence[re.Match[bytes]]) -> RowShape | None:
    columns = [column_of(cell[1].decode()) for cell in cells]
    straight = all(one < other for one, other in zip(columns, columns[1:], strict=False))
    if not straight or not all(_fits(cell, number) for cell in cells):
        return None
    spots = [((number - 1, column), cell) for cell, column in zip(cells, columns, strict=True)]
    kinds = [
        (kind, column) for cell, column in zip(cells, columns, strict=True) for kind in _kinds(cell)
    ]
    values = [(kind, column) for kind, column in kinds if kind != FORMULA]
    at = {column: n for n, (_, column) in enumerate(values)}
    counting = [column for (_, column), cell in spots if cell[5] or _said(cell)]
    standing = [column for (_, column), cell in spots if _stands(cell)]
    styled = tuple((cell[3].decode(), at) for at, cell in spots if cell[3] and _said(cell))
    width = standing[-1] + 1 if standing else 0
    return RowShape(
        number=number - 1,
        hidden=hidden,
        width=width,
        reach=counting[-1] + 1 if counting else 0,
        counted=sum(bool(cell[5]) + bool(_said(cell)) for cell in cells),
        says=tuple(kind != FORMULA for kind, _ in kinds),
        works=tuple(kind == FORMULA for kind, _ in kinds),
        kinds=tuple(kind for kind, _ in values),
        placed=_placing([at.get(column, len(values)) for column in range(width)]),
        formulas=frozenset(column for (_, column), cell in spots if cell[5]),
        uncomputed=tuple(at for at, cell in spots if cell[5] and not _said(cell)),
        errors=tuple(at for at, cell in spots if cell[4] == b"e" and _said(cell)),
        styles=frozenset(style for style, _ in styled),
        styled=styled,
    )


def _placing(order: Sequence[int]) -> Placed:
    """What puts values in an order."""
    if len(order) > 1:
        return itemgetter(*order)
    return lambda values: tuple(values[n] for n in order)


def _kinds(cell: re.Match[bytes]) -> Iterator[str]:
    """What the texts of a cell are; that of a formula is no value."""
    if HOLE in (cell[5] or b""):
        yield FORMULA
    if HOLE in _said(cell):
        yield _kind(cell)


def _said(cell: re.Match[bytes]) -> bytes:
    """The markup of a cell's value; empty where it has none."""
    return cell[7] or cell[8] or b""


def _stands(cell: re.Match[bytes]) -> bool:
    """Whether a reader of values takes the cell for one that holds something."""
    said = _said(cell)
    return HOLE in said or bool(cell[8]) or (bool(said) and cell[4] == b"str")


def _fits(cell: re.Match[bytes], number: int) -> bool:
    """Whether a cell says the number of its row, and holds what its type promises."""
    inline = cell[4] == b"inlineStr"
    own = int(cell[2]) == number and (not cell[6] or _distinct(cell[6]))
    return own and not (cell[8] and not inline) and not (cell[7] and inline)


def _kind(cell: re.Match[bytes]) -> str:
    """What the text of a cell is: a shared text, a result, a number in a style."""
    if cell[8]:
        return "is kept" if b"preserve" in cell[8] else "is"
    told = (cell[4] or b"n").decode()
    return told if told != "n" else f"n{(cell[3] or b'').decode()}"
