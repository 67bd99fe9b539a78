"""Formulas of document sheets, written in Excel's own language.

In: ``[@f.probability]*[@f.consequence]`` and the columns of its table. Out: an Excel formula over
structured references, which answers nothing as long as a value it needs is empty.

- ``[@f.x]``: the cell of column f.x in the same row; the formula waits until it is filled.
- ``[?f.x]``: the same cell, which may be empty.
- ``[*f.x]``: all columns of an ``each`` field in the same row.
- ``column(f.x)``: the whole column; ``column(costs.f.x)`` that of another sheet's table.
- ``headings(costs.f.x)``: the headings of all columns of an ``each`` field of another sheet.
- ``code([@f.x])``: the number of the option chosen, from the scale of the column's list.
- ``option(quadrant.engage)``: the label of an option, in the file's language.
Everything else is Excel with English function names and commas.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial

from xlsxwriter.utility import xl_col_to_name

from toolkit.field import Field
from toolkit.language import option_keys
from toolkit.scale import OFFSETS

_CODE = re.compile(r"code\(\[([@?])(f\.\w+)\]\)")
_CELL = re.compile(r"\[([@?*])(f\.\w+)\]")
_COLUMN = re.compile(r"column\((?:(\w+)\.)?(f\.\w+)\)")
_HEADINGS = re.compile(r"headings\((\w+)\.(f\.\w+)\)")
_OPTION = re.compile(r"option\((\w+)\.(\w+)\)")
_ESCAPED = str.maketrans({c: f"'{c}" for c in "'[]#"})


@dataclass(frozen=True)
class Columns:
    """The columns of one table as formulas see them: heading and field by field key."""

    table: str
    headings: Mapping[str, str]
    fields: Mapping[str, Field]
    positions: Mapping[str, int] = field(default_factory=dict)

    def cell(self, key: str) -> str:
        """The cell of a column in the formula's own row."""
        return f"{self.table}[[#This Row],[{self.headings[key].translate(_ESCAPED)}]]"

    def whole(self, key: str) -> str:
        """All data cells of a column."""
        return f"{self.table}[{self.headings[key].translate(_ESCAPED)}]"

    def headings_of(self, key: str) -> str:
        """The heading of a column; of an ``each`` field all of them, once filled."""
        return f"{self.table}[[#Headers],[{self.headings[key].translate(_ESCAPED)}]]"

    def spread(self, key: str, row: int) -> str:
        """The cells of an ``each`` field in one row; it grows with the columns at fill."""
        letter = xl_col_to_name(self.positions[key])
        return f"${letter}{row + 1}:${letter}{row + 1}"


@dataclass(frozen=True)
class Cells(Columns):
    """The same columns for a conditional format, which cannot hold structured references."""

    row: int = 0

    def cell(self, key: str) -> str:
        """The cell of a column in the row the rule starts on."""
        return f"${xl_col_to_name(self.positions[key])}{self.row + 1}"


Tables = Callable[[str], Columns]


def condition(text: str, columns: Columns, row: int, tables: Tables) -> str:
    """A condition for a conditional format that starts on ``row``; an error counts as no."""
    own = Cells(columns.table, columns.headings, columns.fields, columns.positions, row)
    return f"=IFERROR({_written(text, own, row, tables)},FALSE)"


def excel(text: str, columns: Columns, row: int, tables: Tables) -> str:
    """The Excel formula of a computed column; ``row`` counts from 0."""
    needed = dict.fromkeys(key for sign, key in _CELL.findall(text) if sign == "@")
    expression = _written(text, columns, row, tables)
    return "=" + guarded(expression, [columns.cell(key) for key in needed])


def _written(text: str, columns: Columns, row: int, tables: Tables) -> str:
    for pattern, written in (
        (_CODE, partial(_code, columns)),
        (_CELL, partial(_cell, columns, row)),
        (_COLUMN, partial(_column, columns, tables)),
        (_HEADINGS, partial(_headings, tables)),
        (_OPTION, _option),
    ):
        text = pattern.sub(written, text)
    return text


def guarded(expression: str, cells: list[str]) -> str:
    """The expression, or nothing where a cell is empty or holds something unknown."""
    sure = f'IFERROR({expression},"")'
    if not cells:
        return sure
    empty = ",".join(f'{cell}=""' for cell in cells)
    return f'IF({empty},"",{sure})' if len(cells) == 1 else f'IF(OR({empty}),"",{sure})'


def code(cell: str, options: str) -> str:
    """The number of the option that stands in a cell."""
    offset = OFFSETS.get(options, 0)
    return (
        f"(MATCH({cell},lst_{options},0){offset:+d})"
        if offset
        else f"MATCH({cell},lst_{options},0)"
    )


def option(name: str, key: str) -> str:
    """The label of an option, wherever the file's language puts it."""
    return f"INDEX(lst_{name},{option_keys(name).index(key) + 1})"


def waits(text: str) -> bool:
    """Whether a formula answers nothing until the cells it needs are filled."""
    return "[@" in text


def lists_used(text: str) -> set[str]:
    """The option lists a formula names."""
    return {name for name, _ in _OPTION.findall(text)}


def _code(columns: Columns, match: re.Match[str]) -> str:
    """The number behind an option; a column of numbers holds it already."""
    cell, options = columns.cell(match[2]), columns.fields[match[2]].choices
    return code(cell, options) if options else cell


def _cell(columns: Columns, row: int, match: re.Match[str]) -> str:
    return columns.spread(match[2], row) if match[1] == "*" else columns.cell(match[2])


def _column(columns: Columns, tables: Tables, match: re.Match[str]) -> str:
    return (tables(match[1]) if match[1] else columns).whole(match[2])


def _headings(tables: Tables, match: re.Match[str]) -> str:
    return tables(match[1]).headings_of(match[2])


def _option(match: re.Match[str]) -> str:
    return option(match[1], match[2])
