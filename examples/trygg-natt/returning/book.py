"""What people do to a workbook, each by its name: write, insert, delete, move, hide, sort, rename.

In: an open workbook and acts as plain data, ``{"do": "write", "table": "risks", …}``. Out: the same
workbook, changed; and the addresses of the cells the acts put a mark on, once all is done. A face
is what a person puts into a cell: a number, a text, ``{"day": "2027-06-30"}``, None for nothing.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from returning.table import Table

Act = dict[str, Any]

FIRST_DAY = date(1899, 12, 30)
ALL_CONTENT = 1 | 2 | 4 | 16  # com.sun.star.sheet.CellFlags: value, date, text, formula


class Book:
    """An open workbook somebody works on."""

    def __init__(self, document: Any) -> None:
        self.document = document
        self.marked: dict[str, Any] = {}

    def act(self, act: Act) -> None:
        """Do one act."""
        getattr(self, f"do_{act['do']}")(act)

    def marks(self) -> dict[str, str]:
        """Where the marked cells stand now: mark -> ``Sheet!B7``."""
        return {mark: self._address(cell) for mark, cell in self.marked.items()}

    def _address(self, cell: Any) -> str:
        at = cell.CellAddress
        sheet = self.document.Sheets.getByIndex(at.Sheet).Name
        return f"{sheet}!{_letters(at.Column)}{at.Row + 1}"

    def _table(self, act: Act) -> Table:
        return Table(self.document, act["table"])

    def _mark(self, act: Act, cell: Any) -> None:
        if act.get("mark"):
            self.marked[act["mark"]] = cell

    # --- writing --------------------------------------------------------------------------

    def do_write(self, act: Act) -> None:
        """Write into a cell of a table."""
        table = self._table(act)
        cell = table.cell(table.row(act["row"]), act["field"])
        _put(cell, act["face"])
        self._mark(act, cell)

    def do_fact(self, act: Act) -> None:
        """Write into a cell that has a name."""
        cell = self.document.NamedRanges.getByName(act["name"]).ReferredCells
        cell = cell.getCellByPosition(0, 0)
        _put(cell, act["face"])
        self._mark(act, cell)

    def do_say(self, act: Act) -> None:
        """Answer an open question, known by the key that stands before its answer."""
        area = self.document.NamedRanges.getByName("open_answers").ReferredCells.RangeAddress
        sheet = self.document.Sheets.getByIndex(area.Sheet)
        cells = (
            sheet.getCellByPosition(area.StartColumn, row)
            for row in range(area.StartRow, area.EndRow + 1)
        )
        key = next(cell for cell in cells if cell.String == act["key"]).CellAddress
        _put(sheet.getCellByPosition(key.Column + 1, key.Row), act["face"])

    def do_add(self, act: Act) -> None:
        """A new row: in the first free one, or inserted before another."""
        table = self._table(act)
        row = table.insert_before(act["before"]) if act.get("before") else table.free()
        table = self._table(act)
        for field, face in act["values"].items():
            _put(table.cell(row, field), face)
        self._mark(act, table.cell(row, "f.id"))

    def do_cells(self, act: Act) -> None:
        """Fill a sheet of a workbook of one's own."""
        sheet = self.document.Sheets.getByIndex(0)
        sheet.Name = act["sheet"]
        for r, row in enumerate(act["rows"]):
            for c, face in enumerate(row):
                _put(sheet.getCellByPosition(c, r), face)

    def do_comment(self, act: Act) -> None:
        """Write a note to a cell, not into it."""
        table = self._table(act)
        cell = table.cell(table.row(act["row"]), act["field"])
        table.sheet.Annotations.insertNew(cell.CellAddress, act["text"])
        self._mark(act, cell)

    # --- shape ----------------------------------------------------------------------------

    def do_delete(self, act: Act) -> None:
        """Delete a row."""
        self._table(act).delete(act["row"])

    def do_move_column(self, act: Act) -> None:
        """Move a column before another."""
        self._table(act).move_column(act["field"], act["before"])

    def do_hide_columns(self, act: Act) -> None:
        """Hide columns."""
        self._table(act).hide_columns(act["fields"])

    def do_show_only(self, act: Act) -> None:
        """Filter a table."""
        table = self._table(act)
        table.show_only(act["field"], act["text"])
        hidden = (r for r in table.rows if not table.sheet.Rows.getByIndex(r).IsVisible)
        self._mark(act, table.sheet.getCellByPosition(0, next(hidden)))

    def do_sort(self, act: Act) -> None:
        """Sort a table."""
        self._table(act).sort(act["field"], bool(act.get("descending")))

    def do_rename_sheet(self, act: Act) -> None:
        """Give the sheet of a table another name."""
        self._table(act).sheet.Name = act["to"]

    def do_merge_below(self, act: Act) -> None:
        """Merge cells below a table and write in them."""
        self._mark(act, self._table(act).merge_below(act["text"], act["columns"]))

    def do_unstamp(self, act: Act) -> None:
        """Take away all that says where the file comes from, as pasting into a new one does."""
        custom = self.document.DocumentProperties.UserDefinedProperties
        for told in custom.PropertySetInfo.Properties:
            custom.removeProperty(told.Name)
        self.document.Sheets.removeByName("_meta")
        names = self.document.NamedRanges
        for name in names.ElementNames:
            if name.startswith("veikart_"):
                names.removeByName(name)


def _put(cell: Any, face: Any) -> None:
    if face is None:
        cell.clearContents(ALL_CONTENT)
    elif isinstance(face, dict):
        cell.setValue((date.fromisoformat(face["day"]) - FIRST_DAY).days)
    elif isinstance(face, int | float):
        cell.setValue(face)
    else:
        cell.setString(face)


def _letters(column: int) -> str:
    """A column's letters: 0 is A, 26 is AA."""
    high, low = divmod(column, 26)
    return (_letters(high - 1) if high else "") + chr(ord("A") + low)
