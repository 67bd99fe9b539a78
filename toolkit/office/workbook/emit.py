"""The rows of an output sheet as XML text.

In: the lines of a filled sheet with its Grid. Out: the content of x:sheetData, and the values
that charts and table headers read back from it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from toolkit.office.references.areas import letters
from toolkit.office.references.axis import Scope
from toolkit.office.references.follow import Follower
from toolkit.office.references.formula import parse_formula
from toolkit.office.references.grid import Grid, Spot
from toolkit.office.values import escape
from toolkit.office.workbook.cells import Cell, CellFormula
from toolkit.office.workbook.fill import Filled, Line
from toolkit.office.workbook.marks import Strip
from toolkit.office.workbook.slots import Slot, rich_text, text_of
from toolkit.office.workbook.strings import text_xml
from toolkit.office.workbook.values import CellWriter


@dataclass(eq=False, slots=True)
class Seat:
    """Where a template cell stands in one repetition of its column."""

    cell: Cell
    column: int
    letters: str
    scope: Scope
    nth: int


class SheetLines:
    """The lines of one output sheet in order, and its cells by position."""

    def __init__(self, grid: Grid, lines: Iterable[Line], still: Iterable[Strip]) -> None:
        """``lines`` came out of the Stream; ``still`` are rows that no tag touches."""
        self.grid = grid
        root = grid.rows.root
        every = [*lines, *(Line(strip, root) for strip in still)]
        self._numbered = sorted(((_number(grid, line), line) for line in every), key=_first)
        self._seats: dict[int, list[Seat]] = {}
        self._by_number: dict[int, list[Line]] | None = None
        self._said: dict[int, dict[int, str]] = {}

    def rows(self) -> Iterator[tuple[int, list[Line]]]:
        """Output row numbers with their lines: one, or one a side-by-side loop."""
        number, lines = 0, list[Line]()
        for at, line in self._numbered:
            if at != number:
                if lines:
                    yield number, lines
                number, lines = at, []
            lines.append(line)
        if lines:
            yield number, lines

    def seats(self, strip: Strip) -> list[Seat]:
        """The cells of a strip in the order of their output columns."""
        seats = self._seats.get(id(strip))
        if seats is None:
            found = [seat for cell in strip.cells for seat in _seats(self.grid, cell)]
            seats = self._seats[id(strip)] = sorted(found, key=lambda seat: seat.column)
        return seats

    def all_seats(self) -> Iterator[Seat]:
        """The cells of every strip that came out, each once."""
        for strip in {id(line.strip): line.strip for _, line in self._numbered}.values():
            yield from self.seats(strip)

    def at(self, row: int, column: int) -> tuple[Line, Seat] | None:
        """The line and seat that make an output cell; None where there is none."""
        if self._by_number is None:
            self._by_number = dict(self.rows())
        for line in self._by_number.get(row, ()):
            for seat in self.seats(line.strip):
                if seat.column == column:
                    return line, seat
        return None

    def text_at(self, row: int, column: int) -> str:
        """The text of an output cell as a table header has it; empty where there is none."""
        found = self.at(row, column)
        if found is None:
            return ""
        line, seat = found
        if not seat.cell.slot:
            return seat.cell.said or seat.cell.value
        return filled_text(line, seat)

    def say(self, row: int, column: int, text: str) -> None:
        """Let an output cell hold this text, whatever it held before."""
        found = self.at(row, column)
        same = found and found[1].cell.text and not found[1].cell.slot
        if found is None or not same or found[1].cell.said != text:
            self._said.setdefault(row, {})[column] = text

    def said(self, row: int) -> dict[int, str]:
        """The texts given to cells of a row."""
        return self._said.get(row, {})


def filled(line: Line, seat: Seat, slot: Slot | None = None) -> Filled:
    """What the slot of a seat's cell became (another slot of it, where one is given)."""
    slot = slot or seat.cell.slot
    values = line.values.get(slot) if slot else None
    return values[min(seat.nth, len(values) - 1)] if values else None


def filled_text(line: Line, seat: Seat, slot: Slot | None = None) -> str:
    """The same as text."""
    value = filled(line, seat, slot)
    return rich_text(value) if isinstance(value, list) else text_of(value)


def fixed_content(cell: Cell) -> str:
    """What follows the position of a cell that neither tags nor references touch."""
    look = (f' s="{cell.style}"' if cell.style else "") + cell.rest
    if cell.type == "inlineStr" and cell.text:
        return f'{look} t="inlineStr"><is>{text_xml(cell.text)}</is></c>'
    kind = f' t="{cell.type}"' if cell.type else ""
    return f"{look}{kind}><v>{escape(cell.value)}</v></c>" if cell.value else f"{look}/>"


class RowWriter:
    """Writes rows. ``keeps_formula`` tells which cells keep their formula in a blank row."""

    def __init__(
        self, follower: Follower, writer: CellWriter, keeps_formula: Callable[[Cell], bool]
    ) -> None:
        self._follower = follower
        self._writer = writer
        self._keeps_formula = keeps_formula

    def data(self, lines: SheetLines) -> str:
        """The rows of a sheet."""
        return "".join([self._row(lines, number, parts) for number, parts in lines.rows()])

    def _row(self, lines: SheetLines, number: int, parts: list[Line]) -> str:
        said = lines.said(number)
        cells = [
            f'<c r="{seat.letters}{number}"{self._content(lines.grid, line, seat)}'
            if seat.column not in said
            else f'<c r="{seat.letters}{number}"'
            f"{self._writer.content(said[seat.column], seat.cell.style)}"
            for line, seat in _in_order(lines, parts)
        ]
        row = parts[0].strip.row
        look = row.auto_height if row.auto_height and _has_slots(parts) else row.attributes
        return f'<row r="{number}"{look}>{"".join(cells)}</row>'

    def _content(self, grid: Grid, line: Line, seat: Seat) -> str:
        cell = seat.cell
        if line.blank:
            return self._blank(grid, line, seat)
        if cell.formula:
            return self._formula(grid, line, seat, cell.formula)
        if cell.slot:
            return self._writer.content(filled(line, seat), cell.style)
        return cell.fixed

    def _blank(self, grid: Grid, line: Line, seat: Seat) -> str:
        cell = seat.cell
        look = f' s="{cell.style}"' if cell.style else ""
        if cell.formula and self._keeps_formula(cell):
            formula = self._formula_xml(grid, line, seat, cell.formula)
            return f"{look}{cell.rest}>{formula}</c>"
        return f"{look}/>"

    def _formula(self, grid: Grid, line: Line, seat: Seat, formula: CellFormula) -> str:
        cell = seat.cell
        text = self._formula_xml(grid, line, seat, formula)
        if cell.slot:
            return cell.rest + self._writer.cached(filled(line, seat), cell.style, text)
        look = (f' s="{cell.style}"' if cell.style else "") + cell.rest
        if cell.stale:
            return f"{look}>{text}</c>"
        kind = f' t="{cell.type}"' if cell.type else ""
        return f"{look}{kind}>{text}<v>{escape(cell.value)}</v></c>"

    def _formula_xml(self, grid: Grid, line: Line, seat: Seat, formula: CellFormula) -> str:
        spot = Spot(grid, line.scope, seat.scope, seat.cell.row, seat.cell.column)
        parts = formula.parts
        if formula.slot:
            parts = parse_formula(filled_text(line, seat, formula.slot))
        text = escape(self._follower.parts(parts, spot))
        if not formula.kind or formula.ref is None:
            return f"<f{formula.rest}>{text}</f>"
        area = grid.area(formula.ref, spot)
        inputs = "".join(f' {name}="{self._follower.parts(p, spot)}"' for name, p in formula.inputs)
        ref = area.text() if area else f"{seat.letters}{line.scope.lines.get(seat.cell.row, 1)}"
        return f'<f t="{formula.kind}" ref="{ref}"{inputs}{formula.rest}>{text}</f>'


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
            yield Seat(cell, run[0], letters(run[0]), scope, nth)


def _in_order(lines: SheetLines, parts: list[Line]) -> list[tuple[Line, Seat]]:
    if len(parts) == 1:
        return [(parts[0], seat) for seat in lines.seats(parts[0].strip)]
    pairs = [(line, seat) for line in parts for seat in lines.seats(line.strip)]
    return sorted(pairs, key=lambda pair: pair[1].column)


def _has_slots(parts: list[Line]) -> bool:
    return any(line.strip.slots for line in parts)
