"""From what the Stream gave to sheets with everything in its place.

In: the pieces of a filled workbook. Out: the output sheets in order, with their names, grids,
lines and tables, and the one rewriter that follows them all.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, time, timedelta
from decimal import Decimal
from functools import partial
from typing import Any

from toolkit.office.record import Record
from toolkit.office.references.areas import Area
from toolkit.office.references.follow import Follower, SheetCopy
from toolkit.office.references.grid import Grid
from toolkit.office.workbook.attached import Texts
from toolkit.office.workbook.blanks import Need, revive
from toolkit.office.workbook.fill import Filled, Pieces
from toolkit.office.workbook.lines import SheetLines, filled
from toolkit.office.workbook.names import legal_name
from toolkit.office.workbook.output import CellValue, ReadCells
from toolkit.office.workbook.slots import Drawn, Slot, rich_text, text_of
from toolkit.office.workbook.tables import TableWriter, lay_table
from toolkit.office.workbook.template import SheetTemplate
from toolkit.office.workbook.values import number_text, serial

MAX_ROUNDS = 100  # blank rows revived one by one


class SheetMark:
    """Mark in a stream: a sheet begins."""

    __slots__ = ("template", "index")

    def __init__(self, template: SheetTemplate, index: int) -> None:
        self.template = template
        self.index = index


class OutSheet(Record):
    """One output sheet."""

    template: SheetTemplate
    number: int
    pieces: Pieces
    name: str
    grid: Grid
    copy: SheetCopy
    lines: SheetLines
    texts: Texts
    tables: list[TableWriter]


def read_sheets(
    pieces: Sequence[Any], needs: Sequence[Need], book: SheetTemplate
) -> tuple[Mapping[Slot, Sequence[Filled]], list[OutSheet]]:
    """The values of the workbook's own slots, and its sheets."""
    stream = iter(pieces)
    first = Pieces(book.structure)
    mark = first.read(stream, SheetMark)
    read: list[tuple[SheetMark, Pieces]] = []
    while mark is not None:
        sheet = Pieces(mark.template.structure)
        following = sheet.read(stream, SheetMark)
        read.append((mark, sheet))
        mark = following
    grids = _grids(read, needs)
    return first.values, list(_sheets(read, grids))


def _grids(read: Sequence[tuple[SheetMark, Pieces]], needs: Sequence[Need]) -> list[Grid]:
    """The grid of each sheet, with blank lines where references need them."""
    grids = [pieces.grid() for _, pieces in read]
    for _ in range(MAX_ROUNDS):
        revived = [
            number
            for number, (mark, pieces) in enumerate(read)
            if pieces.has_empty and any(_revive(need, number, (read, grids)) for need in needs
                   if need.sheet is mark.template)
        ]  # fmt: skip
        for number in revived:
            grids[number] = read[number][1].grid()
        if not revived:
            break
    return grids


def _revive(
    need: Need, number: int, found: tuple[Sequence[tuple[SheetMark, Pieces]], Sequence[Grid]]
) -> bool:
    read, grids = found
    pieces = read[number][1]
    same = need.host is need.sheet
    hosts = [
        grid
        for other, grid in enumerate(grids)
        if read[other][0].template is need.host and (other == number or not same)
    ]
    return revive(need, grids[number], hosts, pieces.keep_blank)


def _sheets(read: Sequence[tuple[SheetMark, Pieces]], grids: Sequence[Grid]) -> Iterator[OutSheet]:
    taken: list[str] = []
    nth = Counter[SheetTemplate]()
    for (mark, pieces), grid in zip(read, grids, strict=True):
        template = mark.template
        name = template.new_name
        if template.name_slot:
            name = plain_value(next(iter(pieces.values.get(template.name_slot, ())), None))
        name = name if name == template.name and name not in taken else legal_name(name, taken)
        taken.append(name)
        lines = SheetLines(grid, pieces.lines, template.still)
        copy = SheetCopy(name, grid, template.over, nth[template])
        nth[template] += 1
        texts = Texts(grid, pieces.lines, pieces.values)
        yield OutSheet(template, mark.index, pieces, name, grid, copy, lines, texts, [])


def plain_value(value: Filled) -> str:
    """A filled value as text."""
    if isinstance(value, Drawn):
        value = value.runs
    return rich_text(value) if isinstance(value, list) else text_of(value)


def make_follower(sheets: Sequence[OutSheet], templates: Sequence[SheetTemplate]) -> Follower:
    """Lay the tables, and make the rewriter of everything."""
    taken: set[str] = set()
    numbers = [int(t.root.get("id", "0")) for template in templates for t in template.tables]
    number = max(numbers, default=0)
    for sheet in sheets:
        for table in sheet.template.tables:
            name, again = _table_name(table.name, taken)
            number += again
            own = number if again else int(table.root.get("id", "1"))
            writer = lay_table(table, sheet.lines, name, own)
            if writer:
                sheet.tables.append(writer)
    copies: dict[str, list[SheetCopy]] = {t.name.casefold(): [] for t in templates}
    tables: dict[str, list[Any]] = {
        table.name.casefold(): [] for t in templates for table in t.tables
    }
    for sheet in sheets:
        copies[sheet.template.name.casefold()].append(sheet.copy)
        for writer in sheet.tables:
            tables[writer.table.name.casefold()].append(writer.copy)
    return Follower(copies, tables, {t.name.casefold() for t in templates if t.over})


def _table_name(name: str, taken: set[str]) -> tuple[str, bool]:
    """A table name that is free, and whether it had to be another."""
    new, number = name, 1
    while new.casefold() in taken:
        number += 1
        new = f"{name}_{number}"
    taken.add(new.casefold())
    return new, number > 1


def cell_reader(sheets: Sequence[OutSheet], from_1904: bool) -> ReadCells:
    """A function (sheet, area) -> what its output cells show, row by row."""
    by_grid = {id(sheet.grid): sheet.lines for sheet in sheets}
    return partial(_cell_values, by_grid, from_1904)


def _cell_values(
    by_grid: Mapping[int, SheetLines], from_1904: bool, sheet: SheetCopy, area: Area
) -> list[CellValue]:
    lines = by_grid.get(id(sheet.grid))
    (top, bottom), (left, right) = area.rows, area.columns
    rows, columns = range(top, bottom + 1), range(left, right + 1)
    if lines is None:
        return [None] * (len(rows) * len(columns))
    return [_cell_value(lines, from_1904, row, column) for row in rows for column in columns]


def _cell_value(lines: SheetLines, from_1904: bool, row: int, column: int) -> CellValue:
    found = lines.at(row, column)
    if found is None or found[0].blank:
        return None
    line, seat = found
    said = lines.said(row)
    if said and column in said:
        return said[column]
    if seat.cell.slot is None:
        return _fixed(seat.cell)
    value = filled(line, seat)
    return value if type(value) is int else shown(value, from_1904)


def _fixed(cell: Any) -> CellValue:
    if cell.formula and cell.stale:
        return None
    if cell.text:
        return str(cell.said) or None
    return float(cell.value) if cell.value and cell.type in ("", "n") else cell.value or None


def shown(value: Filled, from_1904: bool) -> CellValue:
    """A filled value as a chart shows it: a number or a text."""
    if isinstance(value, str):
        return value or None
    if isinstance(value, int):
        return int(value)
    if value is None or isinstance(value, list | Drawn):
        return plain_value(value) or None
    if isinstance(value, (date, time, timedelta)):
        return float(serial(value, from_1904=from_1904))
    text = number_text(value) if isinstance(value, float | Decimal) else text_of(value)
    return float(text) if text else None
