"""The rows of an output sheet in order, and its cells by position.

In: the lines a Stream gave and the rows no tag touches, with the sheet's Grid. Out: output rows,
each with its cells and what their slots became.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from toolkit.office.references.areas import letters
from toolkit.office.references.axis import Scope
from toolkit.office.references.grid import Grid
from toolkit.office.workbook.cells import Cell
from toolkit.office.workbook.fill import Filled, Line
from toolkit.office.workbook.marks import Strip
from toolkit.office.workbook.slots import Slot, rich_text, text_of

_NOTHING: Mapping[int, str] = {}


class Seat:
    """Where a template cell stands in one repetition of its column."""

    __slots__ = ("cell", "column", "start", "scope", "nth")

    def __init__(self, cell: Cell, column: int, start: str, scope: Scope, nth: int) -> None:
        self.cell = cell
        self.column = column
        self.start = start
        self.scope = scope
        self.nth = nth

    @property
    def letters(self) -> str:
        """The name of its column."""
        return letters(self.column)


class SheetLines:
    """The lines of one output sheet in order, and its cells by position."""

    def __init__(self, grid: Grid, lines: Iterable[Line], still: Iterable[Strip]) -> None:
        """``lines`` came out of the Stream; ``still`` are rows that no tag touches."""
        self.grid = grid
        root = grid.rows.root
        every = [*lines, *(Line(strip, root) for strip in still)]
        numbered = sorted(((_number(grid, line), line) for line in every), key=_first)
        self._seats: dict[int, list[Seat]] = {}
        self._cells: dict[int, list[tuple[Seat, str, int, Cell, Slot | None, str]]] = {}
        self._by_column: dict[int, dict[int, Seat]] = {}
        self._by_number: dict[int, list[Line]] = {}
        self._said: dict[int, dict[int, str]] = {}
        self._strips: dict[int, Strip] = {}

        for number, line in numbered:
            self._strips[id(line.strip)] = line.strip
            if number in self._by_number:
                self._by_number[number].append(line)
            else:
                self._by_number[number] = [line]

    def rows(self) -> Iterable[tuple[int, list[Line]]]:
        """Output row numbers with their lines: one, or one a side-by-side loop."""
        return self._by_number.items()

    @property
    def size(self) -> tuple[int, int]:
        """The last row and the last column that hold something."""
        columns = [seat.column for seat in self.all_seats()]
        return max(self._by_number, default=0), max(columns, default=0)

    def seats(self, strip: Strip) -> list[Seat]:
        """The cells of a strip in the order of their output columns."""
        seats = self._seats.get(id(strip))
        if seats is None:
            found = [seat for cell in strip.cells for seat in _seats(self.grid, cell)]
            seats = self._seats[id(strip)] = sorted(found, key=lambda seat: seat.column)
        return seats

    def cells(self, strip: Strip) -> list[tuple[Seat, str, int, Cell, Slot | None, str]]:
        """The seats of a strip with what writing their cells asks for each time."""
        found = self._cells.get(id(strip))
        if found is None:
            found = self._cells[id(strip)] = [
                (seat, seat.start, seat.nth, seat.cell, seat.cell.slot, seat.cell.style)
                for seat in self.seats(strip)
            ]
        return found

    def all_seats(self) -> Iterator[Seat]:
        """The cells of every strip that came out, each once."""
        for strip in self._strips.values():
            yield from self.seats(strip)

    def at(self, row: int, column: int) -> tuple[Line, Seat] | None:
        """The line and seat that make an output cell; None where there is none."""
        for line in self._by_number.get(row, ()):
            seats = self._by_column.get(id(line.strip)) or self._in_columns(line.strip)
            if column in seats:
                return line, seats[column]
        return None

    def _in_columns(self, strip: Strip) -> dict[int, Seat]:
        """The cells of a strip by output column."""
        seats = self._by_column[id(strip)] = {s.column: s for s in self.seats(strip)}
        return seats

    def text_at(self, row: int, column: int) -> str:
        """The text of an output cell as a table header has it; empty where there is none."""
        found = self.at(row, column)
        if found is None:
            return ""
        line, seat = found
        return shown(line, seat) or ("" if seat.cell.slot else seat.cell.value)

    def say(self, row: int, column: int, text: str) -> None:
        """Let an output cell hold this text, whatever it held before."""
        found = self.at(row, column)
        same = found and found[1].cell.text and not found[1].cell.slot
        if found is None or not same or found[1].cell.said != text:
            self._said.setdefault(row, {})[column] = text

    def said(self, row: int) -> Mapping[int, str]:
        """The texts given to cells of a row."""
        return self._said.get(row, _NOTHING)


def shown(line: Line, seat: Seat) -> str:
    """The text of a seat's cell in a line; empty for what is no text."""
    if line.blank:
        return ""
    return filled_text(line, seat) if seat.cell.slot else seat.cell.said


def filled(line: Line, seat: Seat, slot: Slot | None = None) -> Filled:
    """What the slot of a seat's cell became (another slot of it, where one is given)."""
    slot = slot or seat.cell.slot
    values = line.values.get(slot) if slot else None
    return values[min(seat.nth, len(values) - 1)] if values else None


def filled_text(line: Line, seat: Seat, slot: Slot | None = None) -> str:
    """The same as text."""
    value = filled(line, seat, slot)
    return rich_text(value) if isinstance(value, list) else text_of(value)


def _number(grid: Grid, line: Line) -> int:
    number = line.strip.row.number
    if line.scope is grid.rows.root:
        return grid.rows.moved(number)
    return line.scope.lines[number]


def _first(pair: tuple[int, Line]) -> int:
    return pair[0]


def _seats(grid: Grid, cell: Cell) -> Iterator[Seat]:
    column = cell.column
    for nth, scope in enumerate(grid.columns.copies((column, column))):
        run = grid.columns.span(column, scope)
        if run:
            yield Seat(cell, run[0], f'<c r="{letters(run[0])}', scope, nth)
