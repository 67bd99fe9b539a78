"""Cells and rows of a template sheet.

In: the x:row elements of a sheet. Out: Rows of Cells, with shared formulas written out, formulas
in parts, and texts with tags as Slots.
"""

from __future__ import annotations

from collections.abc import Mapping

from toolkit.office.package.markup import Element, q
from toolkit.office.references.areas import (
    MAX_COLUMN,
    MAX_ROW,
    Area,
    cell_position,
    parse_area,
)
from toolkit.office.references.axis import Band
from toolkit.office.references.formula import Formula, moved_formula, parse_formula
from toolkit.office.workbook.slots import Slot
from toolkit.office.workbook.strings import Strings, Text, read_text
from toolkit.office.workbook.xml import attributes

_KNOWN = ("t", "ref", "si", "r1", "r2")


class CellFormula:
    """A formula: its parts; ``ref`` and ``kind`` where it fills an area (array, data table).

    ``slot`` fills a formula that itself holds tags.
    """

    __slots__ = ("parts", "kind", "ref", "rest", "inputs", "slot")

    def __init__(
        self,
        parts: Formula,
        kind: str = "",
        ref: Area | None = None,
        rest: str = "",
        inputs: tuple[tuple[str, Formula], ...] = (),
    ) -> None:
        self.parts, self.kind, self.ref, self.rest = parts, kind, ref, rest
        self.inputs = inputs
        self.slot: Slot | None = None

    def of(self, parts: Formula) -> CellFormula:
        """The same with other parts, which hold no tags."""
        return CellFormula(parts, self.kind, self.ref, self.rest, self.inputs)


class Cell:
    """One template cell. ``type`` and ``value`` are as in the file; ``text`` what it says.

    ``fixed`` is its content as XML where nothing touches it; ``stale`` tells that the cached
    result of its formula does not hold any more.
    """

    __slots__ = (
        "row", "column", "style", "type", "value", "text", "formula", "slot", "rest", "fixed",
        "stale",
    )  # fmt: skip

    def __init__(self, row: int, column: int, style: str, type: str) -> None:
        self.row = row
        self.column = column
        self.style = style
        self.type = type
        self.value = self.rest = self.fixed = ""
        self.text: Text | None = None
        self.formula: CellFormula | None = None
        self.slot: Slot | None = None
        self.stale = False

    @property
    def said(self) -> str:
        """The text of the cell, empty where it holds a number or nothing."""
        return self.text.plain if self.text else ""

    @property
    def slots(self) -> list[Slot]:
        """What of the cell tags fill: its value, its formula."""
        found = (self.slot, self.formula.slot if self.formula else None)
        return [slot for slot in found if slot]


class Row:
    """One template row: its attributes as XML text, its cells by column.

    ``least`` is the height in points of a row that grows with its text, 0 for other rows; its
    ``attributes`` then say no height.
    """

    __slots__ = ("number", "attributes", "least", "cells", "band")

    def __init__(self, number: int, attributes: str = "") -> None:
        self.number = number
        self.attributes = attributes
        self.least = 0.0
        self.cells: dict[int, Cell] = {}
        self.band: Band | None = None


def read_rows(data: Element, strings: Strings) -> dict[int, Row]:
    """The rows of x:sheetData by number."""
    rows: dict[int, Row] = {}
    shared: dict[str, tuple[int, int, Formula]] = {}
    number = 0
    for item in data:
        number = _within(int(item.get("r", number + 1)), MAX_ROW)
        grows = item.get("ht") and not item.get("customHeight")
        row = Row(number, attributes(item, "r", "spans", *(("ht",) if grows else ())))
        row.least = float(item.get("ht", "0")) if grows else 0.0
        column = 0
        for child in item:
            position = child.get("r")
            column = _within(cell_position(position)[1] if position else column + 1, MAX_COLUMN)
            row.cells[column] = _cell(child, number, column, (strings, shared))
        rows[number] = row
    return rows


def _within(number: int, last: int) -> int:
    """A row or column number; raises ValueError where a sheet has no such."""
    if not 0 < number <= last:
        raise ValueError(f"row or column {number}")
    return number


def _cell(
    item: Element,
    row: int,
    column: int,
    known: tuple[Strings, dict[str, tuple[int, int, Formula]]],
) -> Cell:
    strings, shared = known
    cell = Cell(row, column, item.get("s", ""), item.get("t", ""))
    cell.rest = attributes(item, "r", "s", "t")
    cell.value = item.findtext(q("x:v")) or ""
    formula = item.find(q("x:f"))
    if formula is not None:
        cell.formula = _formula(formula, row, column, shared)
    cell.text = _text(item, cell, strings)
    return cell


def _text(item: Element, cell: Cell, strings: Strings) -> Text | None:
    if cell.type == "s":
        number = int(cell.value) if cell.value.isdecimal() else len(strings.texts)
        return strings.texts[number] if number < len(strings.texts) else None
    inline = item.find(q("x:is"))
    if cell.type == "inlineStr" and inline is not None:
        return read_text(inline)
    if cell.type == "str":
        return Text((("", cell.value),))
    return None


def _formula(
    item: Element, row: int, column: int, shared: dict[str, tuple[int, int, Formula]]
) -> CellFormula | None:
    kind, text = item.get("t", ""), item.text or ""
    if kind == "shared":
        return _shared(item, row, column, shared)
    inputs = tuple(
        (name, parse_formula(item.get(name, ""))) for name in ("r1", "r2") if item.get(name)
    )
    ref = parse_area(item.get("ref", "")) if kind in ("array", "dataTable") else None
    return CellFormula(
        parse_formula(text), kind if ref else "", ref, attributes(item, *_KNOWN), inputs
    )


def _shared(
    item: Element, row: int, column: int, shared: dict[str, tuple[int, int, Formula]]
) -> CellFormula | None:
    """A formula of its own for each cell that shared one."""
    group = item.get("si", "")
    if item.text:
        shared[group] = (row, column, parse_formula(item.text))
    if group not in shared:
        return None
    home_row, home_column, parts = shared[group]
    return CellFormula(moved_formula(parts, row - home_row, column - home_column))


def text_at(rows: Mapping[int, Row], row: int, column: int) -> str:
    """What a template cell says; empty where it says nothing."""
    cell = rows[row].cells.get(column) if row in rows else None
    return cell.said if cell else ""
