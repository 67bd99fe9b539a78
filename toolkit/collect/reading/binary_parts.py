"""The pre-scan of a binary workbook: where its cells stand is counted before a library reads it.

In: the parts of an xlsb package. Out: nothing; GateError where a limit is hit. Each part is a row
of records: a number and a length in groups of seven bits, then the data.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from toolkit.collect.limits import Limits
from toolkit.collect.opening.package import rejected
from toolkit.collect.reading.scan import too_large
from toolkit.finding import Place

BEGIN_SHEET = b"\x81\x01"
ROW, MERGE, NAME = 0, 176, 39
TEXTS, TEXT = (6, 8), 12  # cells that hold a text, and where in them it begins
CELLS = frozenset({*range(2, 12), 62})
"""Cells that hold something; a blank one with a look is number 1."""


def scan_binary(parts: Mapping[str, bytes], place: Place, limits: Limits) -> None:
    """Count the rows, columns, cells, merged areas and names of every part."""
    for name, data in parts.items():
        if not name.endswith(".bin"):
            continue
        if data.startswith(BEGIN_SHEET):
            _scan_sheet(data, place, limits)
        elif sum(kind == NAME for kind, _, _ in _records(data)) > limits.names:
            raise rejected("file-too-many-names", place, limit=limits.names)


def _scan_sheet(data: bytes, place: Place, limits: Limits) -> None:
    row, cells, merges = -1, 0, 0
    for kind, start, size in _records(data):
        if start + size > len(data):
            raise rejected("file-damaged", place)
        number = int.from_bytes(data[start : start + 4], "little")
        if kind == ROW:
            row = number
        elif kind in CELLS:
            cells += 1
            _check_text(kind, data[start : start + size], place)
            if row >= limits.rows or number >= limits.columns or cells > limits.cells:
                raise too_large(place, limits)
        elif kind == MERGE:
            merges += 1
            if merges > limits.merges:
                raise rejected("sheet-too-many-merges", place, limit=limits.merges)


def _check_text(kind: int, data: bytes, place: Place) -> None:
    """A text that says it is longer than its record would be read from what stands behind it."""
    if kind in TEXTS and TEXT + 2 * int.from_bytes(data[TEXT - 4 : TEXT], "little") > len(data):
        raise rejected("file-damaged", place)


def _records(data: bytes) -> Iterator[tuple[int, int, int]]:
    """Every record as its number, where its data begin, and how long they are."""
    at, end = 0, len(data)
    while at < end:
        kind, at = _sevens(data, at, 2)
        size, at = _sevens(data, at, 4)
        yield kind, at, size
        at += size


def _sevens(data: bytes, at: int, most: int) -> tuple[int, int]:
    number = 0
    for shift in range(0, 7 * most, 7):
        if at >= len(data):
            break
        byte = data[at]
        at += 1
        number |= (byte & 127) << shift
        if byte < 128:
            break
    return number, at
