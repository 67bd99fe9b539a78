"""Where a cell note stands, so that its text can be read however wide the columns are.

In: the root of a sheet, a cell and the text of its note. Out: the anchor of the note's box.
"""

from __future__ import annotations

from collections.abc import Callable

from toolkit.office.package.markup import Element, q
from toolkit.office.references.areas import cell_position
from toolkit.office.workbook.heights import USUAL_WIDTH, read_widths

_WIDTH, _CHARACTERS, _LINE = 260, 36, 16  # of a box and its lines, in pixels
_INSET = (15, 10)
_DIGIT, _PADDING = 7, 5  # a column is so many pixels a digit, and its edges
_POINT = 4 / 3
_LAST_COLUMN, _LAST_ROW = 16_383, 1_048_575


class Measures:
    """The widths of the columns and the heights of the rows of a sheet, in pixels."""

    def __init__(self, sheet: Element) -> None:
        usual = sheet.find(q("x:sheetFormatPr"))
        self._width, self._height = USUAL_WIDTH, 15.0
        if usual is not None:
            self._width = float(usual.get("defaultColWidth", USUAL_WIDTH))
            self._height = float(usual.get("defaultRowHeight", 15))
        self._widths = read_widths(sheet)
        self._heights = {int(row.get("r", 0)): _tall(row, self._height)
                         for row in sheet.iter(q("x:row"))}  # fmt: skip

    def anchor(self, cell: str, text: str) -> str:
        """Column, offset, row, offset of two corners, counted from 0, beside the cell."""
        row, column = cell_position(cell)
        left, top = min(column, _LAST_COLUMN), max(row - 2, 0)
        lines = sum(len(line) // _CHARACTERS + 1 for line in text.splitlines())
        right = _reach(self._wide, left, _INSET[0] + _WIDTH, _LAST_COLUMN)
        bottom = _reach(self._high, top, _INSET[1] + (lines + 1) * _LINE, _LAST_ROW)
        return ", ".join(map(str, (left, _INSET[0], top, _INSET[1], *right, *bottom)))

    def _wide(self, column: int) -> int:
        width = self._widths.get(column + 1, self._width)
        return int(width * _DIGIT + _PADDING) if width else 0

    def _high(self, row: int) -> int:
        return int(self._heights.get(row + 1, self._height) * _POINT)


def _tall(row: Element, usual: float) -> float:
    return 0.0 if row.get("hidden") in ("1", "true") else float(row.get("ht", usual))


def _reach(size: Callable[[int], int], first: int, room: int, last: int) -> tuple[int, int]:
    """The column or row, and the offset in it, that lies ``room`` pixels from the first's edge."""
    at = first
    while at < last and room > size(at):
        room -= size(at)
        at += 1
    return at, room
