"""The rows of an output sheet as XML text.

In: the lines of a filled sheet. Out: the content of x:sheetData.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from toolkit.office.references.follow import Follower
from toolkit.office.references.formula import parse_formula
from toolkit.office.references.grid import Grid, Spot
from toolkit.office.values import escape
from toolkit.office.workbook.cells import Cell, CellFormula
from toolkit.office.workbook.fill import Line
from toolkit.office.workbook.heights import USUAL_WIDTH, CellLook, look_of, text_height
from toolkit.office.workbook.lines import Seat, SheetLines, filled, filled_text, shown
from toolkit.office.workbook.marks import Strip
from toolkit.office.workbook.patterns import Patterns
from toolkit.office.workbook.strings import text_xml
from toolkit.office.workbook.values import CellWriter


def fixed_content(cell: Cell) -> str:
    """What follows the position of a cell that neither tags nor references touch."""
    look = (f' s="{cell.style}"' if cell.style else "") + cell.rest
    if cell.type == "inlineStr" and cell.text:
        return f'{look} t="inlineStr"><is>{text_xml(cell.text)}</is></c>'
    kind = f' t="{cell.type}"' if cell.type else ""
    return f"{look}{kind}><v>{escape(cell.value)}</v></c>" if cell.value else f"{look}/>"


class RowWriter:
    """Writes rows. ``keeps_formula`` tells which cells keep their formula in a blank row.

    ``widths`` are those of the output columns, from which rows that grow take their height.
    """

    def __init__(
        self,
        follower: Follower,
        writer: CellWriter,
        keeps_formula: Callable[[Cell], bool],
        widths: Mapping[int, float],
    ) -> None:
        self._follower = follower
        self._writer = writer
        self._keeps_formula = keeps_formula
        self._widths = widths
        self._patterns = Patterns(follower)
        self._wraps: dict[int, list[tuple[Seat, CellLook, float]]] = {}

    def data(self, lines: SheetLines) -> str:
        """The rows of a sheet."""
        return "".join([self._row(lines, number, parts) for number, parts in lines.rows()])

    def _row(self, lines: SheetLines, number: int, parts: list[Line]) -> str:
        line = parts[0]
        row = line.strip.row
        look = row.attributes
        if row.least:
            look += f' ht="{self._height(lines, number, parts, row.least):g}"'
        if len(parts) > 1 or line.blank or lines.said(number):
            cells = self._careful_cells(lines, number, parts)
        else:
            cells = self._cells(lines, str(number), line)
        return f'<row r="{number}"{look}>{"".join(cells)}</row>'

    def _height(self, lines: SheetLines, number: int, parts: list[Line], least: float) -> float:
        """The height of a row that grows with its text, in points."""
        said = lines.said(number)
        return max(
            least,
            *(
                text_height(said.get(seat.column) or shown(line, seat), look, width)
                for line in parts
                for seat, look, width in self._wrapping(lines, line.strip)
            ),
        )

    def _wrapping(self, lines: SheetLines, strip: Strip) -> list[tuple[Seat, CellLook, float]]:
        """The cells of a strip whose text goes on over several lines."""
        found = self._wraps.get(id(strip))
        if found is None:
            looks = (
                (seat, look_of(self._writer.looks, seat.cell.style)) for seat in lines.seats(strip)
            )
            found = self._wraps[id(strip)] = [
                (seat, look, width)
                for seat, look in looks
                if look.wraps and (width := self._widths.get(seat.column, USUAL_WIDTH))
            ]
        return found

    def _cells(self, lines: SheetLines, number: str, line: Line) -> list[str]:
        """The cells of an ordinary row; most of a large sheet's time is spent here."""
        out: list[str] = []
        write, values = self._writer.content, line.values
        for seat, start, nth, cell, slot, style in lines.cells(line.strip):
            if cell.formula:
                content = self._formula(lines.grid, line, seat, cell.formula)
            elif slot:
                found = values.get(slot)
                content = write(found[nth] if found else None, style)
            else:
                content = cell.fixed
            out += (start, number, '"', content)
        return out

    def _careful_cells(self, lines: SheetLines, number: int, parts: list[Line]) -> list[str]:
        """Cells of side-by-side loops, of blank rows, and of headers told what to say."""
        said = lines.said(number)
        return [
            f'{seat.start}{number}"'
            + (
                self._writer.content(said[seat.column], seat.cell.style)
                if seat.column in said
                else self._content(lines.grid, line, seat)
            )
            for line, seat in _in_order(lines, parts)
        ]

    def _content(self, grid: Grid, line: Line, seat: Seat) -> str:
        cell = seat.cell
        if line.blank:
            return self._blank(grid, line, seat)
        if cell.formula:
            return self._formula(grid, line, seat, cell.formula)
        return self._writer.content(filled(line, seat), cell.style) if cell.slot else cell.fixed

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
        if not formula.slot:
            again = self._patterns.again(formula, line.scope, seat.scope)
            if again is not None:
                return again
        spot = Spot(grid, line.scope, seat.scope, seat.cell.row, seat.cell.column)
        if formula.slot:
            text = filled_text(line, seat, formula.slot)
            return self._patterns.once(formula.of(parse_formula(text)), spot)
        return self._patterns.xml(formula, spot)


def _in_order(lines: SheetLines, parts: list[Line]) -> list[tuple[Line, Seat]]:
    if len(parts) == 1:
        return [(parts[0], seat) for seat in lines.seats(parts[0].strip)]
    pairs = [(line, seat) for line in parts for seat in lines.seats(line.strip)]
    return sorted(pairs, key=lambda pair: pair[1].column)
