"""The pre-scan of an old workbook (xls): its cells are counted before a library reads it.

In: the bytes of a compound file the gate let through. Out: the marks of every sheet by its name;
GateError where a limit is hit. The stream of the workbook is a row of records: a number, a length,
the data. Source: [MS-XLS].
"""

from __future__ import annotations

import struct
from collections import Counter
from collections.abc import Iterator

from toolkit.collect.limits import Limits
from toolkit.collect.opening.compound import Broken, compound
from toolkit.collect.opening.package import rejected
from toolkit.collect.reading.old_marks import cell_looks, marks_of
from toolkit.collect.reading.old_notes import title_of
from toolkit.collect.reading.scan import Marks, too_large
from toolkit.finding import Place

END, NAME, SHEET, MERGES, SPAN = 0x000A, 0x0018, 0x0085, 0x00E5, 0x0200
CELL = -1  # what cells of every kind are counted under
NUMBERS = 0x00BD  # several numbers side by side
CELLS = frozenset({0x0006, 0x00D6, 0x00FD, 0x0203, 0x0204, 0x0205, 0x027E, NUMBERS})
"""Records of cells that hold something: formulas, texts, numbers, yes and no, errors."""


def scan_old(data: bytes, place: Place, limits: Limits) -> dict[str, Marks]:
    """Count the rows, columns, cells, merged areas and names of every sheet, then tell its marks.

    A sheet begins where the workbook says, as readers take it, wherever that may be.
    """
    try:
        whole = compound(data)
        stream = whole.content("Workbook") or whole.content("Book")
        sheets = [(_number(d), title_of(d)) for kind, d in records(stream, 0) if kind == SHEET]
        for start in (0, *(start for start, _ in sheets)):
            _count(stream, start, place, limits)
        looks = cell_looks(records(stream, 0))
        return {title: marks_of(records(stream, at), looks) for at, title in sheets}
    except (Broken, struct.error):
        raise rejected("file-damaged", place) from None


def _number(data: bytes) -> int:
    found: int = struct.unpack_from("<I", data)[0]
    return found


def _count(stream: bytes, start: int, place: Place, limits: Limits) -> None:
    """What stands in one sheet, or before the first one."""
    counts = Counter[int]()
    for kind, data in records(stream, start):
        if kind in CELLS:
            row, column, count = _where(kind, data)
            counts[CELL] += count
            if row >= limits.rows or column >= limits.columns or counts[CELL] > limits.cells:
                raise too_large(place, limits)
        elif kind == SPAN and _span(data) > limits.area:
            raise rejected("sheet-too-spread", place, limit=limits.area)
        else:
            counts[kind] += struct.unpack_from("<H", data)[0] if kind == MERGES else 1
    if counts[NAME] > limits.names:
        raise rejected("file-too-many-names", place, limit=limits.names)
    if counts[MERGES] > limits.merges:
        raise rejected("sheet-too-many-merges", place, limit=limits.merges)


def _span(data: bytes) -> int:
    """How many cells a sheet says it spans: the reader reserves memory for them.

    Where its columns end where they begin, readers take them from the first one on.
    """
    form = "<IIHH" if len(data) >= 12 else "<HHHH"
    top, bottom, left, right = struct.unpack_from(form, data)
    if bottom < top or right < left:  # readers count backwards round the end of numbers
        raise Broken
    return int(bottom - top) * int(right - left or right)


def _where(kind: int, data: bytes) -> tuple[int, int, int]:
    """The row, the last column and the number of cells of a record."""
    row, first = struct.unpack_from("<HH", data)
    last = struct.unpack_from("<H", data, len(data) - 2)[0] if kind == NUMBERS else first
    return row, max(first, last), max(1, last - first + 1)


def records(stream: bytes, at: int) -> Iterator[tuple[int, bytes]]:
    """Every record from a place to the end of its part."""
    kind = 0
    while at + 4 <= len(stream) and kind != END:
        kind, size = struct.unpack_from("<HH", stream, at)
        yield kind, stream[at + 4 : at + 4 + size]
        at += 4 + size
