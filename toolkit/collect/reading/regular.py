"""Regular sheets: worksheets as programs write them, known row by row from their markup.

In: the XML of a worksheet, its Looks and shared texts. Out: a Sheet with its values and marks; None
where a sheet is not written as programs write them, or goes beyond a limit: then the pre-scan and
the library of values say what it is. The markup of a row without its texts is the same in thousands
of files, so it is looked at once; the texts are split off and put where they belong.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from toolkit.collect.limits import Limits
from toolkit.collect.opening.package import GateError
from toolkit.collect.reading.looks import Looks
from toolkit.collect.reading.plain_texts import HOLE, Odd, sound, text_of, text_within
from toolkit.collect.reading.scan import Area, At, Handler, Marks, area_of, column_of, guarded
from toolkit.collect.reading.values import Content
from toolkit.finding import Place

BEGIN, END, ROW = b"<sheetData>", b"</sheetData>", b"<row "
TEXT = re.compile(rb">([^<]+)<")
ROW_HEAD = re.compile(rb'(r="([1-9][0-9]{0,6})"(?: [A-Za-z][\w:]*="[^"<&]*")*)(/?)>')
ATTRIBUTE = re.compile(rb'([\w:]+)="([^"]*)"')
CELL = re.compile(
    rb'<c r="([A-Z]{1,3})([1-9][0-9]{0,6})"(?: s="([0-9]{1,5})")?'
    rb'(?: t="(s|str|inlineStr|b|e|n)")?(?:/>|>'
    rb'(?:(<f((?: [a-z][a-z0-9]*="[^"<&]*")*)(?:/>|>\x01?</f>)))?'
    rb'(?:(<v>\x01?</v>|<v/>)|(<is><t(?: xml:space="preserve")?>\x01?</t></is>))?</c>)'
)
OTHER = (b"<sheetData", b"<row", b"<c ", b"<!")
ERRORS = dict.fromkeys(("#N/A", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!"), "")
FLAGS = {"0": False, "1": True}
ON = (b"1", b"true")

Convert = Mapping[str, Callable[[str], Content]]


class Slot(NamedTuple):
    """Where a value stands in a row, which of the row's texts it is, and of which kind."""

    text: int
    column: int
    kind: str


class RowShape(NamedTuple):
    """What the markup of a row says; columns are counted from 0."""

    number: int
    hidden: bool
    width: int  # behind the last value, 0 where there is none
    reach: int  # behind the last cell that counts
    counted: int
    texts: int
    slots: tuple[Slot, ...]
    formulas: tuple[At, ...]
    uncomputed: tuple[At, ...]
    errors: tuple[At, ...]
    styles: tuple[tuple[str, At], ...]


class Parted(NamedTuple):
    """A sheet taken apart: the markup of its rows, the texts in them, the merged areas."""

    rows: tuple[RowShape, ...]
    texts: tuple[str, ...]
    merged: tuple[Area, ...]


class Sheet(NamedTuple):
    """A worksheet: its values row by row, and its marks."""

    rows: Sequence[Sequence[Content]]
    marks: Marks

    @property
    def area(self) -> int:
        """The cells between the first one and the last."""
        return len(self.rows) * len(self.rows[0]) if self.rows else 0


def regular(data: bytes, looks: Looks, shared: Mapping[str, str], limits: Limits) -> Sheet | None:
    """The values and marks of a worksheet; None where it is none that programs write."""
    found = parted(data, limits)
    if found is None:
        return None
    try:
        rows = _values(found.rows, found.texts, _kinds(looks, shared))
    except (KeyError, Odd):
        return None
    return Sheet(rows, _marks(found.rows, found.merged, looks))


@lru_cache(maxsize=64)
def parted(data: bytes, limits: Limits) -> Parted | None:
    """The rows and texts of a sheet apart; None where it is none that programs write."""
    start, end = data.find(BEGIN) + len(BEGIN), data.rfind(END)
    if start < len(BEGIN) or end < start or HOLE in data:
        return None
    merged = _frame(data[:start] + data[end:], limits.xml_depth, limits.merges)
    pieces = TEXT.split(data[start - 1 : end + 1])
    texts = sound(pieces[1::2])
    markup = (b">" + HOLE + b"<").join(pieces[::2])[1:-1]
    first, *rows = markup.split(ROW)
    if merged is None or texts is None or first:
        return None
    shapes = tuple(map(row_shape, rows))
    if not _within(shapes, limits):
        return None
    known: tuple[RowShape, ...] = shapes  # type: ignore[assignment]
    return Parted(known, tuple(texts), merged)


@lru_cache(maxsize=256)
def _frame(frame: bytes, depth: int, merges: int) -> tuple[Area, ...] | None:
    """The merged areas of a sheet without its rows; None where there is anything odd."""
    begin = frame.find(BEGIN)
    rest = frame[:begin] + frame[begin + len(BEGIN) :]
    if any(word in rest for word in OTHER) or frame.count(b"<?") > 1:
        return None
    found: list[Area | None] = []
    roots: list[str] = []

    def handlers(root: str) -> Mapping[str, Handler]:
        roots.append(root)
        return {"mergeCell": lambda attributes: found.append(area_of(attributes.get("ref", "")))}

    try:
        guarded(frame, handlers, Place(""), depth)
    except GateError:
        return None
    fine = roots == ["worksheet"] and len(found) <= merges and None not in found
    return tuple(area for area in found if area) if fine else None


def _within(shapes: Sequence[RowShape | None], limits: Limits) -> bool:
    """Whether every row is known, each below the one before, and none goes beyond a limit."""
    last, counted = -1, 0
    for shape in shapes:
        if shape is None or shape.number <= last or shape.reach > limits.columns:
            return False
        last = shape.number
        counted += shape.counted
        if shape.reach and last >= limits.rows:
            return False
    return counted <= limits.cells


def _kinds(looks: Looks, shared: Mapping[str, str]) -> Convert:
    """How the text of every kind of cell becomes a value."""
    texts: dict[str, Callable[[str], Content]] = {
        "str": text_of,
        "is": text_within,
        "is kept": text_of,
    }
    others: dict[str, Callable[[str], Content]] = {
        "s": shared.__getitem__,
        "e": ERRORS.__getitem__,
        "b": FLAGS.__getitem__,
    }
    return {**looks.numbers, **texts, **others}


def _values(
    shapes: Sequence[RowShape], texts: Sequence[str], convert: Convert
) -> list[list[Content]]:
    """The rows of values, from the first row and column of the sheet."""
    width = max((shape.width for shape in shapes), default=0)
    blank: list[Content] = [""] * width
    rows: list[list[Content]] = []
    at = 0
    for shape in shapes:
        if shape.width:
            rows += [blank] * (shape.number - len(rows))
            row = blank.copy()
            for text, column, kind in shape.slots:
                row[column] = convert[kind](texts[at + text])
            rows.append(row)
        at += shape.texts
    return rows


def _marks(shapes: Sequence[RowShape], merged: Sequence[Area], looks: Looks) -> Marks:
    marks = Marks(merged=list(merged))
    for shape in shapes:
        if shape.hidden:
            marks.hidden.add(shape.number)
        if shape.formulas:
            marks.formulas.update(shape.formulas)
            marks.uncomputed.update(shape.uncomputed)
        if shape.errors:
            marks.errors.update(shape.errors)
        if looks.percents:
            marks.percents.update(at for style, at in shape.styles if style in looks.percents)
    return marks


# --- the markup of one row ------------------------------------------------------------------------


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
    slots = tuple(_slots(cells, columns))
    counting = [column for (_, column), cell in spots if cell[5] or _said(cell)]
    standing = [column for (_, column), cell in spots if _stands(cell)]
    return RowShape(
        number=number - 1,
        hidden=hidden,
        width=standing[-1] + 1 if standing else 0,
        reach=counting[-1] + 1 if counting else 0,
        counted=sum(bool(cell[5]) + bool(_said(cell)) for cell in cells),
        texts=sum(cell[0].count(HOLE) for cell in cells),
        slots=slots,
        formulas=tuple(at for at, cell in spots if cell[5]),
        uncomputed=tuple(at for at, cell in spots if cell[5] and not _said(cell)),
        errors=tuple(at for at, cell in spots if cell[4] == b"e" and _said(cell)),
        styles=tuple((cell[3].decode(), at) for at, cell in spots if cell[3] and _said(cell)),
    )


def _slots(cells: Sequence[re.Match[bytes]], columns: Sequence[int]) -> Iterator[Slot]:
    """Where the texts of a row belong that are values; those of formulas are none."""
    texts = 0
    for cell, column in zip(cells, columns, strict=True):
        texts += HOLE in (cell[5] or b"")
        if HOLE in _said(cell):
            yield Slot(texts, column, _kind(cell))
            texts += 1


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
