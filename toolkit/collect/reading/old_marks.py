"""The marks of a sheet of an old workbook (xls). Source: [MS-XLS].

In: the records of the workbook before its sheets, and those of one sheet. Out: what the cell styles
say; and Marks: percent cells, errors, hidden rows, merged areas, notes, cells struck out. Formulas
are not told from values.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from toolkit.collect.reading.looks import BUILT_IN_PERCENTS, is_percent
from toolkit.collect.reading.old_notes import letters, notes_of
from toolkit.collect.reading.scan import Area, At, Marks
from toolkit.collect.reading.struck import CellLooks

FONT, FORMAT, LOOK = 0x0031, 0x041E, 0x00E0
FORMULA, ERROR, ROW, MERGES = 0x0006, 0x0205, 0x0208, 0x00E5
SINGLE = frozenset({FORMULA, 0x0203, 0x027E})  # a formula, a number, a short number
SEVERAL = 0x00BD
STYLED = SINGLE | {ERROR, 0x00FD, 0x0204}  # a text of the workbook, a text of its own
HIDDEN = 0x20
STRUCK = 0x08
LEFT_OUT = 4  # no font has this number
Records = Iterable[tuple[int, bytes]]


def cell_looks(records: Records) -> CellLooks:
    """Which cell styles have a format that multiplies by a hundred, and which a struck-out font."""
    percents = {int(number) for number in BUILT_IN_PERCENTS}
    looks: list[tuple[int, int]] = []
    fonts: list[bool] = []
    for kind, data in records:
        if kind == LOOK:
            looks.append((_number(data, 0), _number(data, 2)))
        elif kind == FONT:
            fonts += [False] if len(fonts) == LEFT_OUT else []
            fonts.append(bool(_number(data, 2) & STRUCK))
        elif kind == FORMAT and is_percent(_text(data)):
            percents.add(_number(data, 0))
    struck = {number for number, strikes in enumerate(fonts) if strikes}
    return CellLooks(
        frozenset(at for at, (_, format) in enumerate(looks) if format in percents),
        frozenset(at for at, (font, _) in enumerate(looks) if font in struck),
    )


def marks_of(records: Records, looks: CellLooks) -> Marks:
    """What a sheet tells beside its values."""
    every = list(records)
    marks = Marks(comments=notes_of(every))
    for kind, data in every:
        if kind in STYLED or kind == SEVERAL:
            _look_at(kind, data, looks, marks)
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


def _look_at(kind: int, data: bytes, looks: CellLooks, marks: Marks) -> None:
    """What the styles of the cells of a record say of them."""
    for at, look in _several(data) if kind == SEVERAL else [(_at(data), _number(data, 4))]:
        if look in looks.struck:
            marks.struck[at] = ""
        if look in looks.percents and (kind in SINGLE or kind == SEVERAL):
            marks.percents.add(at)


def _several(data: bytes) -> Iterator[tuple[At, int]]:
    """The cells of several numbers side by side, each with its style."""
    row, first = _at(data)
    for n in range((len(data) - 6) // 6):
        yield (row, first + n), _number(data, 4 + 6 * n)


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
