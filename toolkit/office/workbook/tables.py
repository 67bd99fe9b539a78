"""Structured tables (ListObjects).

In: the table parts of a template sheet. Out: the same parts after a fill: area, columns named as
their header cells, filters, totals and calculated columns; and what structured references follow.
"""

from __future__ import annotations

from copy import deepcopy

from toolkit.office.package.markup import Element, parent, q, serialise
from toolkit.office.record import Record
from toolkit.office.references.areas import Area, box, parse_area
from toolkit.office.references.axis import Scope
from toolkit.office.references.follow import Follower, TableCopy
from toolkit.office.references.formula import formula_text, parse_formula
from toolkit.office.references.grid import Grid, Spot
from toolkit.office.workbook.lines import SheetLines
from toolkit.office.workbook.source import Source
from toolkit.office.workbook.strings import guarded, unguarded
from toolkit.office.workbook.xml import unprefixed

_UID = "{http://schemas.microsoft.com/office/spreadsheetml/2014/revision}uid"
_UIDS = (_UID, "{http://schemas.microsoft.com/office/spreadsheetml/2016/revision3}uid")


class Table:
    """A table of the template. ``names`` are its column names, as read."""

    def __init__(self, part: str, root: Element, area: Area, names: list[str]) -> None:
        self.part = part
        self.root = root
        self.area = area
        self.names = names

    @property
    def name(self) -> str:
        """The name formulas use."""
        return self.root.get("displayName", "") or self.root.get("name", "")

    @property
    def header_rows(self) -> int:
        """One, or none."""
        return int(self.root.get("headerRowCount", "1"))

    @property
    def body(self) -> Area:
        """The rows between header and totals."""
        (top, bottom), columns = self.area.rows, self.area.columns
        totals = int(self.root.get("totalsRowCount", "0"))
        return box((top + self.header_rows, max(top + self.header_rows, bottom - totals)), columns)

    def holds(self, row: int, column: int) -> bool:
        """Whether a template cell lies in the table."""
        (top, bottom), (left, right) = self.area.rows, self.area.columns
        return top <= row <= bottom and left <= column <= right

    def calculates(self, column: int) -> bool:
        """Whether a column is a calculated one."""
        items = list(self.root.iter(q("x:tableColumn")))
        index = column - self.area.columns[0]
        return (
            0 <= index < len(items)
            and items[index].find(q("x:calculatedColumnFormula")) is not None
        )


def read_tables(source: Source, part: str) -> list[Table]:
    """The tables of a sheet; the texts in their formulas are swapped for labels."""
    tables = []
    for name in source.package.related(part, "table"):
        root = unprefixed(source.package.tree(name))
        area = parse_area(root.get("ref", ""))
        if area is None:
            continue
        for item in root.iter(q("x:calculatedColumnFormula"), q("x:totalsRowFormula")):
            item.text = formula_text(source.formula(item.text or "", root.get("displayName", "")))
        names = [unguarded(item.get("name", "")) for item in root.iter(q("x:tableColumn"))]
        tables.append(Table(name, root, area, names))
    return tables


class TableWriter(Record):
    """One output table: ``columns`` are (template index, output column, name), in order.

    ``totals`` has the text of each output column's last cell.
    """

    table: Table
    grid: Grid
    name: str
    number: int
    area: Area
    columns: list[tuple[int, int, str]]
    totals: dict[int, str]

    @property
    def copy(self) -> TableCopy:
        """What structured references follow."""
        left = self.table.area.columns[0]
        places = {name.casefold(): left + n for n, name in enumerate(self.table.names)}
        names = {column: name for _, column, name in self.columns}
        return TableCopy(self.name, self.grid, places, names)

    def part(self, follower: Follower) -> bytes:
        """The table part."""
        root = deepcopy(self.table.root)
        root.set("id", str(self.number))
        root.set("name", self.name)
        root.set("displayName", self.name)
        root.set("ref", self.area.text())
        self._follow_ranges(root)
        self._follow_filters(root)
        holder = root.find(q("x:tableColumns"))
        if holder is not None:
            self._write_columns(holder, follower)
        return serialise(root)

    def _follow_ranges(self, root: Element) -> None:
        for item in list(root.iter(q("x:autoFilter"), q("x:sortState"), q("x:sortCondition"))):
            area = parse_area(item.get("ref", ""))
            moved = self.grid.area(area) if area else None
            if moved:
                item.set("ref", moved.text())
            elif area:
                parent(item).remove(item)

    def _follow_filters(self, root: Element) -> None:
        """Filter buttons count their columns from the table's left edge."""
        first = {index: n for n, (index, _, _) in reversed(list(enumerate(self.columns)))}
        for item in list(root.iter(q("x:filterColumn"))):
            index = first.get(int(item.get("colId", "0")))
            if index is None:
                parent(item).remove(item)
            else:
                item.set("colId", str(index))

    def _write_columns(self, holder: Element, follower: Follower) -> None:
        before = list(holder)
        used = {int(item.get("id", "0")) for item in before}
        holder[:] = []
        taken: set[int] = set()
        for index, column, name in self.columns:
            twin = deepcopy(before[index])
            if index in taken:
                used.add(max(used) + 1)
                twin.set("id", str(max(used)))
                for uid in _UIDS:
                    twin.attrib.pop(uid, "")
            taken.add(index)
            twin.set("name", _attribute(name))
            if twin.get("totalsRowLabel"):
                twin.set("totalsRowLabel", self.totals[column])
            if twin.get("uniqueName"):
                twin.set("uniqueName", str(twin.get("id")))
            self._follow_formulas(twin, index, column, follower)
            holder.append(twin)
        holder.set("count", str(len(holder)))

    def _follow_formulas(self, item: Element, index: int, column: int, follower: Follower) -> None:
        for formula in item.iter(q("x:calculatedColumnFormula"), q("x:totalsRowFormula")):
            total = formula.tag == q("x:totalsRowFormula")
            spot = self._last_spot(index, column) if total else self._first_spot(index, column)
            moved, lists = follower.values(parse_formula(formula.text or ""), spot)
            formula.text = formula_text(moved)
            if lists:
                formula.set("array", "1")

    def _column(self, index: int, column: int) -> tuple[int, Scope | None]:
        """The template column of an output column, and the repetition it is in."""
        template, columns = self.table.body.columns[0] + index, self.grid.columns
        scopes = columns.copies((template, template))
        return template, next(
            (s for s in scopes if columns.span(template, s) == (column,) * 2), None
        )

    def _last_spot(self, index: int, column: int) -> Spot:
        """The cell of a column in the row of totals."""
        template, scope = self._column(index, column)
        return Spot(self.grid, None, scope, self.table.area.rows[1], template)

    def _first_spot(self, index: int, column: int) -> Spot:
        """The first cell of a column's body."""
        body, grid = self.table.body, self.grid
        template, scope = self._column(index, column)
        for row in range(body.rows[0], body.rows[1] + 1):
            for rows in grid.rows.copies((row, row), template):
                if grid.rows.span(row, rows, template):
                    return Spot(grid, rows, scope, row, template)
        return Spot(grid, None, scope, body.rows[0], template)


def lay_table(table: Table, lines: SheetLines, name: str, number: int) -> TableWriter | None:
    """Where a table went and what its columns are called now; None when it is gone.

    Header cells that are empty, no text, or said twice are given the text the table needs.
    """
    grid = lines.grid
    area = grid.area(table.area)
    if area is None:
        return None
    columns: list[tuple[int, int, str]] = []
    taken: set[str] = set()
    for index, old in enumerate(table.names):
        column = table.area.columns[0] + index
        for first, last in grid.columns.runs((column, column), grid.columns.root):
            for at in range(first, last + 1):
                text = _header(table, lines, area.rows[0], at) or old
                columns.append((index, at, _unique(text, taken)))
    columns.sort(key=lambda entry: entry[1])
    if table.header_rows:
        for _, at, text in columns:
            lines.say(area.rows[0], at, text)
    totals = {at: lines.text_at(area.rows[1], at) for _, at, _ in columns}
    return TableWriter(table, grid, name, number, area, columns, totals)


def _header(table: Table, lines: SheetLines, row: int, column: int) -> str:
    return lines.text_at(row, column) if table.header_rows else ""


def _unique(text: str, taken: set[str]) -> str:
    name, number = text, 1
    while name.casefold() in taken:
        number += 1
        name = f"{text} ({number})"
    taken.add(name.casefold())
    return name


def _attribute(name: str) -> str:
    """A column name as the attribute holds it."""
    return guarded(name).replace("\n", "_x000a_")
