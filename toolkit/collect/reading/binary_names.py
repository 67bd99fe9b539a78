"""The names of a binary workbook (xlsb), and the day its serial numbers count from.

In: the part of the workbook. Out: what every workbook-wide name refers to, written as in an xlsx:
a text in quotation marks, a cell or an area of a sheet; '' for other formulas.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from toolkit.collect.reading.binary_parts import NAME, SHEET
from toolkit.collect.reading.binary_records import NONE, bodies, number, text
from toolkit.collect.reading.days import EPOCH, EPOCH_1904
from toolkit.collect.reading.scan import cell_name

BOOK, SHEETS_MEANT = 153, 362
STRING, CELL, AREA = 0x17, (0x3A, 0x5A, 0x7A), (0x3B, 0x5B, 0x7B)
COLUMN = 0x3FFF  # the other bits tell whether it moves along


def epoch_of_binary(book: bytes) -> date:
    """The day the serial numbers of a workbook count from."""
    flags = (data[0] for kind, data in bodies(book) if kind == BOOK and data)
    return EPOCH_1904 if next(flags, 0) & 1 else EPOCH


def names_of(book: bytes) -> dict[str, str]:
    """What every name of the whole workbook refers to."""
    titles: list[str] = []
    meant: list[int] = []
    found: dict[str, str] = {}
    for kind, data in bodies(book):
        if kind == SHEET:
            titles.append(text(data, text(data, 8)[1])[0])
        elif kind == SHEETS_MEANT:
            starts = range(4, 4 + 12 * min(number(data, 0), len(data) // 12), 12)
            meant = [number(data, start + 4) for start in starts]
        elif kind == NAME and number(data, 5) == NONE:
            name, end = text(data, 9)
            formula = data[end + 4 : end + 4 + number(data, end)]
            found[name] = _refers_to(formula, [titles[n : n + 1] for n in meant])
    return found


def _refers_to(formula: bytes, sheets: Sequence[Sequence[str]]) -> str:
    """A text, a cell or an area; '' for what takes more to tell."""
    kind = formula[0] if formula else 0
    if kind == STRING:
        written = formula[3 : 3 + 2 * number(formula, 1, 2)].decode("utf-16-le", "replace")
        return f'"{written}"'
    which = number(formula, 1, 2)
    if kind not in (*CELL, *AREA) or which >= len(sheets) or not sheets[which]:
        return ""
    title = sheets[which][0].replace("'", "''")
    return f"'{title}'!{_cells(formula, area=kind in AREA)}"


def _cells(formula: bytes, *, area: bool) -> str:
    top = number(formula, 3)
    if not area:
        return _fixed(top, number(formula, 7, 2))
    bottom, left, right = number(formula, 7), number(formula, 11, 2), number(formula, 13, 2)
    return f"{_fixed(top, left)}:{_fixed(bottom, right)}"


def _fixed(row: int, column: int) -> str:
    name = cell_name((row, column & COLUMN))
    letters = name.rstrip("0123456789")
    return f"${letters}${name[len(letters) :]}"
