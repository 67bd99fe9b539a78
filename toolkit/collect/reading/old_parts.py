"""The pre-scan of an old workbook (xls): its cells are counted before a library reads it.

In: the bytes of a compound file the gate let through. Out: nothing; GateError where a limit is hit.
The stream of the workbook is a row of records: a number, a length, the data. Source: [MS-XLS].
"""

from __future__ import annotations

import struct
from collections import Counter
from collections.abc import Iterator

from toolkit.collect.compound import Broken, compound
from toolkit.collect.limits import Limits
from toolkit.collect.package import rejected
from toolkit.collect.reading.scan import too_large
from toolkit.finding import Place

BEGIN, NAME, MERGES = 0x0809, 0x0018, 0x00E5
CELL = -1  # what cells of every kind are counted under
NUMBERS = 0x00BD  # several numbers side by side
CELLS = frozenset({0x0006, 0x00D6, 0x00FD, 0x0203, 0x0204, 0x0205, 0x027E, NUMBERS})
"""Records of cells that hold something: formulas, texts, numbers, yes and no, errors."""


def scan_old(data: bytes, place: Place, limits: Limits) -> None:
    """Count the rows, columns, cells, merged areas and names of every sheet."""
    try:
        whole = compound(data)
        stream = whole.content("Workbook") or whole.content("Book")
        _count(stream, place, limits)
    except (Broken, struct.error):
        raise rejected("file-damaged", place) from None


def _count(stream: bytes, place: Place, limits: Limits) -> None:
    counts = Counter[int]()
    for kind, data in _records(stream):
        if kind == BEGIN:
            counts = Counter({NAME: counts[NAME], MERGES: counts[MERGES]})
        elif kind in CELLS:
            row, column, count = _where(kind, data)
            counts[CELL] += count
            if row >= limits.rows or column >= limits.columns or counts[CELL] > limits.cells:
                raise too_large(place, limits)
        elif kind in (MERGES, NAME):
            counts[kind] += struct.unpack_from("<H", data)[0] if kind == MERGES else 1
    if counts[NAME] > limits.names:
        raise rejected("file-too-many-names", place, limit=limits.names)
    if counts[MERGES] > limits.merges:
        raise rejected("sheet-too-many-merges", place, limit=limits.merges)


def _where(kind: int, data: bytes) -> tuple[int, int, int]:
    """The row, the last column and the number of cells of a record."""
    row, first = struct.unpack_from("<HH", data)
    last = struct.unpack_from("<H", data, len(data) - 2)[0] if kind == NUMBERS else first
    return row, max(first, last), max(1, last - first + 1)


def _records(stream: bytes) -> Iterator[tuple[int, bytes]]:
    at = 0
    while at + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, at)
        yield kind, stream[at + 4 : at + 4 + size]
        at += 4 + size
