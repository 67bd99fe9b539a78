"""Regular sheets: worksheets as programs write them, known row by row from their markup.

In: the XML of a worksheet, its Looks and shared texts. Out: a Sheet with its values and marks, the
same object for the same sheet of the next file; None where a sheet is not written as programs write
them, or goes beyond a limit: then the pre-scan and the library of values say what it is. The texts
are split off, worked out all at once and put where the shapes of the rows say.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from itertools import chain, compress
from operator import getitem, itemgetter
from typing import NamedTuple

from toolkit.collect.limits import Limits
from toolkit.collect.opening.package import GateError
from toolkit.collect.reading.known_texts import Known
from toolkit.collect.reading.looks import Looks
from toolkit.collect.reading.plain_texts import HOLE, KEPT, TRIMMED, Odd, sound
from toolkit.collect.reading.row_shapes import Row, RowShape, row_shape
from toolkit.collect.reading.scan import Area, Handler, Marks, area_of, guarded
from toolkit.collect.reading.values import Content
from toolkit.finding import Place

BEGIN, END, ROW = b"<sheetData>", b"</sheetData>", b"<row "
TEXT = re.compile(rb">([^<]+)<")
TAKEN = b">" + HOLE + b"<"  # where a text stood
OTHER = (b"<sheetData", b"<row", b"<c ", b"<!")
ERRORS = dict.fromkeys(("#N/A", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!"), "")
FLAGS = {"0": False, "1": True}
LONGEST = 9  # figures of a number that can be true
MOST = 4  # sheets remembered of the same markup

Convert = Mapping[str, Mapping[str, Content]]


CONVERT: Convert = {
    "str": KEPT,
    "is": TRIMMED,
    "is kept": KEPT,
    "e": ERRORS,
    "b": FLAGS,
}
"""How the text of every kind of cell becomes a value; shared texts and numbers are the file's."""

FORMULAS = Known[bytes, bool](lambda text: sound([text]) is not None)
"""Whether the text of a formula is one that programs write; rows of a kit have the same ones."""


@dataclass(frozen=True, eq=False)
class Sheet:
    """A worksheet: its values row by row, and its marks."""

    rows: Sequence[Sequence[Content]]
    marks: Marks

    @property
    def area(self) -> int:
        """The cells between the first one and the last."""
        return len(self.rows) * len(self.rows[0]) if self.rows else 0


@dataclass(frozen=True, eq=False)
class Parted:
    """A sheet taken apart: the shapes of its rows, the texts of its values and their kinds.

    ``known`` are the sheets it was, by its looks and the shared texts it names.
    """

    rows: tuple[RowShape, ...]
    texts: tuple[str, ...]
    kinds: tuple[str, ...]
    shared: tuple[str, ...]
    merged: tuple[Area, ...]
    known: dict[tuple[Looks, tuple[str, ...]], Sheet] = field(default_factory=dict)

    @cached_property
    def named(self) -> Callable[[Sequence[str]], tuple[str, ...]]:
        """What takes the texts the sheet names out of the shared ones."""
        places = list(map(PLACES.__getitem__, self.shared))
        if len(places) > 1:
            return itemgetter(*places)
        return lambda shared: tuple(shared[place] for place in places)


def regular(data: bytes, looks: Looks, shared: Sequence[str], limits: Limits) -> Sheet | None:
    """The values and marks of a worksheet; None where it is none that programs write."""
    found = parted(data, limits)
    if found is None:
        return None
    try:
        named = found.named(shared)
        key = looks, named
        sheet = found.known.get(key)
        if sheet is None:
            if len(found.known) >= MOST:
                found.known.clear()
            known = dict(zip(found.shared, named, strict=True))
            rows = _values(found, {**CONVERT, **looks.numbers, "s": known})
            sheet = found.known[key] = Sheet(rows, _marks(found, looks))
    except (KeyError, IndexError, Odd):
        return None
    return sheet


def _place(number: str) -> int:
    """Which of the shared texts a cell names; Odd where it is not written as programs write it."""
    plain = number.isascii() and number.isdecimal() and len(number) < LONGEST
    if not plain or number != f"{int(number)}":
        raise Odd
    return int(number)


PLACES = Known(_place)


@lru_cache(maxsize=64)
def parted(data: bytes, limits: Limits) -> Parted | None:
    """The rows and texts of a sheet apart; None where it is none that programs write."""
    start, end = data.find(BEGIN) + len(BEGIN), data.rfind(END)
    if start < len(BEGIN) or end < start or HOLE in data:
        return None
    merged = _frame(data[:start] + data[end:], limits.xml_depth, limits.merges)
    first, *rows = data[start:end].split(ROW)
    if merged is None or first:
        return None
    written = list(map(ROWS.__getitem__, rows))
    if not _within([row.shape for row in written], limits):
        return None
    return _parted(written, merged)


def _parted(written: Sequence[Written], merged: tuple[Area, ...]) -> Parted | None:
    texts = sound(list(chain.from_iterable([row.said for row in written])))
    if texts is None:
        return None
    rows = tuple([row.shape for row in written if row.shape])
    kinds = tuple(chain.from_iterable([shape.kinds for shape in rows]))
    shared = tuple(compress(texts, map("s".__eq__, kinds)))
    return Parted(rows, tuple(texts), kinds, shared, merged)


class Written(NamedTuple):
    """A row as it stands: its shape, None where it is odd, and the texts of its values."""

    shape: RowShape | None
    said: tuple[bytes, ...]


def _written(row: bytes) -> Written:
    """Texts of formulas, nine tenths of the bytes, are known ones."""
    pieces = TEXT.split(row + b"<")
    shape, texts = row_shape(TAKEN.join(pieces[::2])[:-1]), pieces[1::2]
    if shape is None or not all(map(FORMULAS.__getitem__, compress(texts, shape.works))):
        return Written(None, ())
    return Written(shape, tuple(compress(texts, shape.says)))


ROWS = Known[bytes, Written](_written)
"""The rows nobody wrote in are the same in all files of a kit."""


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


def _values(found: Parted, convert: Convert) -> list[Row]:
    """The rows of values, from the first row and column of the sheet."""
    values = list(map(getitem, map(convert.__getitem__, found.kinds), found.texts))
    width = max((shape.width for shape in found.rows), default=0)
    blank = ("",) * width
    rows: list[Row] = []
    at = 0
    for shape in found.rows:
        end = at + len(shape.kinds)
        if shape.width:
            if shape.number > len(rows):
                rows += [blank] * (shape.number - len(rows))
            rows.append(shape.placed([*values[at:end], ""]) + blank[shape.width :])
        at = end
    return rows


def _marks(found: Parted, looks: Looks) -> Marks:
    marks = Marks(merged=list(found.merged))
    for shape in found.rows:
        if shape.hidden:
            marks.hidden.add(shape.number)
        if shape.formulas:
            marks.formulas.rows[shape.number] = shape.formulas
            marks.uncomputed.update(shape.uncomputed)
        if shape.errors:
            marks.errors.update(shape.errors)
        if not looks.percents.isdisjoint(shape.styles):
            marks.percents.update(at for style, at in shape.styled if style in looks.percents)
    return marks
