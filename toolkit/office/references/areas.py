"""Areas of a sheet: A1 text in, numbers out, and back.

In: ``C7``, ``$A$1:F$9``, ``A:C``, ``1:4``. Out: an Area of 1-based columns and rows.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache

from toolkit.office.record import Record

MAX_ROW = 1_048_576
MAX_COLUMN = 16_384

CELL = r"\$?[A-Za-z]{1,3}\$?[1-9][0-9]{0,6}"
AREA = (
    rf"{CELL}:{CELL}|\$?[A-Za-z]{{1,3}}:\$?[A-Za-z]{{1,3}}"
    rf"|\$?[1-9][0-9]{{0,6}}:\$?[1-9][0-9]{{0,6}}|{CELL}"
)
_END = re.compile(r"(\$?)([A-Za-z]{0,3})(\$?)([0-9]{0,7})")


class End(Record):
    """One corner of an area: column and row, each with its dollar; 0 = the whole line."""

    column: int
    row: int
    fixed_column: bool = False
    fixed_row: bool = False

    def text(self) -> str:
        """``$C7``, ``C`` or ``7``."""
        column = f"{'$' * self.fixed_column}{letters(self.column)}" if self.column else ""
        return f"{column}{'$' * self.fixed_row}{self.row}" if self.row else column


class Area(Record):
    """A rectangle from ``start`` to ``end``; a single cell has ``end`` None."""

    start: End
    end: End | None = None

    @property
    def last(self) -> End:
        """The lower right corner."""
        return self.end or self.start

    @property
    def rows(self) -> tuple[int, int]:
        """First and last row; (1, MAX_ROW) of whole columns."""
        return (self.start.row or 1, self.last.row or MAX_ROW)

    @property
    def columns(self) -> tuple[int, int]:
        """First and last column; (1, MAX_COLUMN) of whole rows."""
        return (self.start.column or 1, self.last.column or MAX_COLUMN)

    def text(self) -> str:
        """The area as A1 text."""
        return self.start.text() if self.end is None else f"{self.start.text()}:{self.end.text()}"

    def moved(self, rows: int, columns: int) -> Area | None:
        """The area seen from a cell that many rows and columns on; None when off the sheet."""
        corners = [_moved(corner, rows, columns) for corner in (self.start, self.last)]
        if not all(map(_on_sheet, corners, (self.start, self.last))):
            return None
        return Area(corners[0], None if self.end is None else corners[1])


def box(rows: tuple[int, int], columns: tuple[int, int]) -> Area:
    """The area of these rows and columns without dollars; a single cell where it is one."""
    start, end = End(columns[0], rows[0]), End(columns[1], rows[1])
    return Area(start, None if start == end else end)


@cache
def letters(column: int) -> str:
    """Column 28 is ``AB``."""
    text = ""
    while column:
        column, digit = divmod(column - 1, 26)
        text = chr(65 + digit) + text
    return text


@cache
def column_number(text: str) -> int:
    """``AB`` is column 28."""
    number = 0
    for letter in text.upper():
        number = number * 26 + ord(letter) - 64
    return number


def cell_position(reference: str) -> tuple[int, int]:
    """Row and column of ``C7``: (7, 3)."""
    bare = reference.replace("$", "")
    split = len(bare.rstrip("0123456789"))
    return int(bare[split:] or 0), column_number(bare[:split])


def cell_name(row: int, column: int) -> str:
    """``C7`` of row 7, column 3."""
    return f"{letters(column)}{row}"


@lru_cache(maxsize=4096)  # the places of a template are read anew in every fill
def parse_area(text: str) -> Area | None:
    """The Area ``text`` is, ends in order; None when it is none, or none of a sheet's size."""
    first, colon, second = text.partition(":")
    start, end = _corner(first), _corner(second) if colon else None
    if start is None or (colon and end is None):
        return None
    return _ordered(start, end) if end else _single(start)


def parse_areas(text: str) -> list[Area]:
    """The areas of a blank-separated list, as in ``sqref``."""
    return [area for part in text.split() if (area := parse_area(part))]


def areas_text(areas: Iterable[Area]) -> str:
    """A list as ``sqref`` writes it."""
    return " ".join(area.text() for area in areas)


def _corner(text: str) -> End | None:
    found = _END.fullmatch(text)
    if not found or not (found[2] or found[4]):
        return None
    column, row = column_number(found[2]), int(found[4] or 0)
    if column > MAX_COLUMN or row > MAX_ROW:
        return None
    if not column:
        return End(0, row, False, bool(found[1] or found[3]))
    return End(column, row, bool(found[1]), bool(found[3]))


def _single(start: End) -> Area | None:
    return Area(start) if start.column and start.row else None


def _ordered(start: End, end: End) -> Area | None:
    if bool(start.row) != bool(end.row) or bool(start.column) != bool(end.column):
        return None
    if start.row > end.row:
        start, end = (
            start._replace(row=end.row, fixed_row=end.fixed_row),
            end._replace(row=start.row, fixed_row=start.fixed_row),
        )
    if start.column > end.column:
        start, end = (
            start._replace(column=end.column, fixed_column=end.fixed_column),
            end._replace(column=start.column, fixed_column=start.fixed_column),
        )
    return Area(start, end)


def _moved(corner: End, rows: int, columns: int) -> End:
    row = corner.row if corner.fixed_row or not corner.row else corner.row + rows
    column = corner.column
    if column and not corner.fixed_column:
        column += columns
    return End(column, row, corner.fixed_column, corner.fixed_row)


def _on_sheet(corner: End, before: End) -> bool:
    rows = not before.row or 1 <= corner.row <= MAX_ROW
    return rows and (not before.column or 1 <= corner.column <= MAX_COLUMN)
