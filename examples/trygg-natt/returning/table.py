"""One table of an open workbook: where its columns and rows stand now.

In: a workbook and the name of a table. Out: cells by row id and field key. Columns are known by the
hidden keys above the headings, as the toolkit wrote them; rows by their id.
"""

from __future__ import annotations

from typing import Any

from returning.office import properties, struct, uno

EMPTY = "EMPTY"


class Table:
    """A table as it stands at this moment; ask for a new one after a change of its shape."""

    def __init__(self, document: Any, name: str) -> None:
        self.area = document.DatabaseRanges.getByName(f"tbl_{name}").DataArea
        self.sheet = document.Sheets.getByIndex(self.area.Sheet)
        self.head = self.area.StartRow
        self.left, self.right = self.area.StartColumn, self.area.EndColumn

    def column(self, field: str) -> int:
        """The column of a field."""
        columns = range(self.left, self.right + 1)
        return next(c for c in columns if self._text(c, self.head - 1) == field)

    def row(self, id: str) -> int:
        """The row of an id."""
        column = self.column("f.id")
        return next(r for r in self.rows if self._text(column, r) == id)

    @property
    def rows(self) -> range:
        """The rows under the headings."""
        return range(self.head + 1, self.area.EndRow + 1)

    def cell(self, row: int, field: str) -> Any:
        """The cell of a row and a field."""
        return self.sheet.getCellByPosition(self.column(field), row)

    def free(self) -> int:
        """The first row in which nobody has written."""
        return next(row for row in self.rows if self._empty(row))

    def insert_before(self, id: str) -> int:
        """A new row before the row of an id."""
        row = self.row(id)
        self.sheet.Rows.insertByIndex(row, 1)
        return row

    def delete(self, id: str) -> None:
        """Take the row of an id away."""
        self.sheet.Rows.removeByIndex(self.row(id), 1)

    def move_column(self, field: str, before: str) -> None:
        """Cut a column of the sheet and insert it before another."""
        to = self.column(before)
        self.sheet.Columns.insertByIndex(to, 1)
        source = self.column(field)
        columns = self.sheet.Columns
        columns.getByIndex(to).Width = columns.getByIndex(source).Width
        last = self.sheet.getRangeAddress().EndRow
        whole = self.sheet.getCellRangeByPosition(source, 0, source, last).RangeAddress
        self.sheet.moveRange(self.sheet.getCellByPosition(to, 0).CellAddress, whole)
        self.sheet.Columns.removeByIndex(source, 1)

    def hide_columns(self, fields: list[str]) -> None:
        """Hide columns."""
        for field in fields:
            self.sheet.Columns.getByIndex(self.column(field)).IsVisible = False

    def show_only(self, field: str, text: str) -> None:
        """Hide the filled rows that show another text in a column, as a filter does."""
        column = self.column(field)
        for row in self.rows:
            if self._text(column, row) not in ("", text):
                self.sheet.Rows.getByIndex(row).IsVisible = False

    def sort(self, field: str, descending: bool) -> None:
        """Sort the rows by a column."""
        by = struct(
            "table.TableSortField",
            Field=self.column(field) - self.left,
            IsAscending=not descending,
        )
        fields = uno().Any("[]com.sun.star.table.TableSortField", (by,))
        area = self.area
        whole = self.sheet.getCellRangeByPosition(self.left, self.head, self.right, area.EndRow)
        whole.sort(properties(SortFields=fields, ContainsHeader=True))

    def merge_below(self, text: str, columns: int) -> Any:
        """Merge cells two rows under the table and write in them."""
        row = self.area.EndRow + 2
        merged = self.sheet.getCellRangeByPosition(self.left, row, self.left + columns - 1, row)
        merged.merge(True)
        first = self.sheet.getCellByPosition(self.left, row)
        first.setString(text)
        return first

    def _empty(self, row: int) -> bool:
        cells = (self.sheet.getCellByPosition(c, row) for c in range(self.left, self.right + 1))
        return all(cell.Type.value == EMPTY or cell.Formula.startswith("=") for cell in cells)

    def _text(self, column: int, row: int) -> str:
        return str(self.sheet.getCellByPosition(column, row).String)
