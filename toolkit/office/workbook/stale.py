"""Which cached results of formulas no longer hold once tags are filled.

In: the sheets of a template. Out: the cells marked stale: those whose formulas read, directly or
through others, a cell with tags, a row or column that repeats or a sheet that may go.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from toolkit.office.references.areas import Area
from toolkit.office.references.columns import TableReference
from toolkit.office.references.formula import Name, Reference
from toolkit.office.workbook.cells import Cell
from toolkit.office.workbook.emit import fixed_content
from toolkit.office.workbook.template import SheetTemplate

Dirty = dict[int, set[int]]  # row -> columns
_READS_ELSEWHERE = re.compile(r"\b(?:INDIRECT|OFFSET)\(", re.IGNORECASE)


def mark_stale(sheets: Sequence[SheetTemplate]) -> None:
    """Mark the cells; a result that a tag gives anew (``slot``) is never stale."""
    dirty = {sheet.name.casefold(): _touched(sheet) for sheet in sheets}
    tagged = any(dirty.values()) or any(sheet.structure.sheet for sheet in sheets)
    waiting = [(sheet, cell) for sheet in sheets for cell in sheet.formulas if not cell.slot]
    found = True
    while found and tagged:
        found = False
        for sheet, cell in list(waiting):
            if _reads(cell, sheet, sheets, dirty):
                cell.stale = found = True
                waiting.remove((sheet, cell))
                for row, column in (cell.row, cell.column), *_emptied(sheet, cell):
                    dirty[sheet.name.casefold()].setdefault(row, set()).add(column)


def _emptied(sheet: SheetTemplate, home: Cell) -> Iterator[tuple[int, int]]:
    """Take the old results out of the other cells that a formula fills; where they stand."""
    area = home.formula.ref if home.formula else None
    rows, columns = (area.rows, area.columns) if area else ((1, 0), (1, 0))
    for row in filter(None, map(sheet.rows.get, range(rows[0], rows[1] + 1))):
        for column, cell in row.cells.items():
            own = cell is home or cell.formula or cell.slot
            if columns[0] <= column <= columns[1] and not own:
                cell.type, cell.value, cell.text = "", "", None
                cell.fixed = fixed_content(cell)
                yield cell.row, column


def _touched(sheet: SheetTemplate) -> Dirty:
    """The cells with tags; row 0 stands for whole columns, column 0 for whole rows."""
    dirty: Dirty = {}
    for number, row in sheet.rows.items():
        columns = {c.column for c in row.cells.values() if c.slots}
        if columns:
            dirty[number] = columns
    for band in sheet.structure.bands:
        for line in range(band.first, band.last + 1):
            dirty.setdefault(line, set()).add(0)
    for loop in sheet.structure.loops:
        dirty.setdefault(0, set()).update(range(loop.band.first, loop.band.last + 1))
    return dirty


def _reads(
    cell: Cell, sheet: SheetTemplate, sheets: Sequence[SheetTemplate], dirty: Mapping[str, Dirty]
) -> bool:
    if cell.formula is None or cell.formula.slot:
        return True
    for part in cell.formula.parts:
        if isinstance(part, TableReference | Name):
            return True
        if isinstance(part, str) and _READS_ELSEWHERE.search(part):
            return True
        if isinstance(part, Reference):
            for one in _sheets_of(part, sheet, sheets):
                may_go = one is not sheet and one.structure.sheet
                if may_go or _touches(part.area, dirty[one.name.casefold()]):
                    return True
    return False


def _sheets_of(
    part: Reference, sheet: SheetTemplate, sheets: Sequence[SheetTemplate]
) -> Sequence[SheetTemplate]:
    """The sheets a reference reads; a 3-D one reads all from end to end."""
    if not part.sheets:
        return [sheet]
    ends = [name.casefold() for name in (part.sheets.first, part.sheets.last) if name]
    found = [place for place, one in enumerate(sheets) if one.name.casefold() in ends]
    return sheets[found[0] : found[-1] + 1] if found else []


def _touches(area: Area, dirty: Dirty) -> bool:
    (top, bottom), (left, right) = area.rows, area.columns
    for row, columns in dirty.items():
        if row and not top <= row <= bottom:
            continue
        if any(not column or left <= column <= right for column in columns):
            return True
    return False
