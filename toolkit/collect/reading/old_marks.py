"""The marks of a sheet of an old workbook (xls). Source: [MS-XLS].

In: the records of the workbook before its sheets, and those of one sheet. Out: which cell styles
show per cent; and Marks: percent cells, errors, hidden rows, merged areas, notes. Formulas are not
told from values.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from toolkit.collect.reading.looks import BUILT_IN_PERCENTS, is_percent
from toolkit.collect.reading.old_notes import letters, notes_of
from toolkit.collect.reading.scan import Area, At, Marks

FORMAT, LOOK = 0x041E, 0x00E0
FORMULA, ERROR, ROW, MERGES = 0x0006, 0x0205, 0x0208, 0x00E5
SINGLE = frozenset({FORMULA, 0x0203, 0x027E})  # a formula, a number, a short number
SEVERAL = 0x00BD
HIDDEN = 0x20
Records = Iterable[tuple[int, bytes]]


def percent_looks(records: Records) -> frozenset[int]:
    """The numbers of the cell styles whose format multiplies by a hundred."""
    percents = {int(number) for number in BUILT_IN_PERCENTS}
    looks: list[int] = []
    for kind, data in records:
        if kind == LOOK:
            looks.append(_number(data, 2))
        elif kind == FORMAT and is_percent(_text(data)):
            percents.add(_number(data, 0))
    return frozenset(at for at, format in enumerate(looks) if format in percents)


def marks_of(records: Records, percents: Collection[int]) -> Marks:
    """What a sheet tells beside its values."""
    every = list(records)
    marks = Marks(comments=notes_of(every))
    for kind, data in every:
        if kind in SINGLE and _number(data, 4) in percents:
            marks.percents.add(_at(data))
        elif kind == SEVERAL:
            marks.percents.update(_percents(data, percents))
        elif kind == ROW and _number(data, 12) & HIDDEN:
            marks.hidden.add(_number(data, 0))
        elif kind == MERGES:
            marks.merged += _areas(data)
        if _is_error(kind, data):
            marks.errors.add(_at(data))
    return marks


def _is_error(kind: int, data: bytes) -> bool:
    """Whether a cell shows an error, by itself or as what its formula came to."""
    if kind == ERROR:
        return data[7:8] == b"\x01"
    return kind == FORMULA and data[12:14] == b"\xff\xff" and data[6:7] == b"\x02"


def _percents(data: bytes, percents: Collection[int]) -> Iterator[At]:
    """The percent cells among several numbers side by side: a style and a number each."""
    row, first = _at(data)
    for n in range((len(data) - 6) // 6):
        if _number(data, 4 + 6 * n) in percents:
            yield row, first + n


def _areas(data: bytes) -> Iterator[Area]:
    for start in range(2, min(2 + 8 * _number(data, 0), len(data) - 7), 8):
        top, bottom, left, right = (_number(data, start + 2 * n) for n in range(4))
        yield top, left, bottom, right


def _text(data: bytes) -> str:
    return letters(data[5:], _number(data, 2), wide=bool(_number(data, 4, 1) & 1))


def _at(data: bytes) -> At:
    return _number(data, 0), _number(data, 2)


def _number(data: bytes, at: int, size: int = 2) -> int:
    return int.from_bytes(data[at : at + size], "little")
