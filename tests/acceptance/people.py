"""People: what somebody does to a filled workbook on their own machine, several things in a row.

In: a workbook as openpyxl holds it, one of its tables, a source of chance. Out: nothing; the
workbook is changed, names and tables move along with the rows as programs move them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from random import Random
from typing import Any

from openpyxl.comments import Comment
from openpyxl.packaging.custom import CustomPropertyList
from openpyxl.utils import column_index_from_string, get_column_letter, range_boundaries

from toolkit.finding import LANGUAGES
from toolkit.language import Labels

CELL = re.compile(r"\$?([A-Z]{1,3})\$?(\d+)")
HABITS: tuple[Callable[[str], str], ...] = (
    str.upper,
    lambda text: f"{text} ",
    lambda text: f"{text} *",
    lambda text: f"{text}:",
    lambda text: text.replace(" ", "\n"),
)
"""What people do to a heading."""


@dataclass
class Hand:
    """One table of a workbook under somebody's hand; ``gone`` are texts they took away."""

    book: Any
    sheet: Any
    table: Any
    labels: Labels
    chance: Random
    gone: set[str] = field(default_factory=set)

    @property
    def area(self) -> tuple[int, int, int, int]:
        """First column, row of headings, last column, last row."""
        left, top, right, bottom = range_boundaries(self.table.ref)
        return left, top, right, bottom

    @property
    def columns(self) -> range:
        left, _, right, _ = self.area
        return range(left, right + 1)

    def said(self) -> list[int]:
        """The rows below the headings that hold anything."""
        _, top, _, bottom = self.area
        return [n for n in range(top + 1, bottom + 1) if any(self.values(n))]

    def values(self, row: int) -> list[Any]:
        return [self.sheet.cell(row, column).value for column in self.columns]

    def put(self, row: int, values: list[Any]) -> None:
        for column, value in zip(self.columns, values, strict=True):
            self.sheet.cell(row, column).value = value

    def ids(self) -> int:
        """The column of ids."""
        _, top, _, _ = self.area
        keys = {self.sheet.cell(top - 1, column).value: column for column in self.columns}
        return int(keys.get("f.id", self.area[0]))

    def moved(self, at: int, by: int, *, rows: bool) -> None:
        """Names and tables follow rows or columns from ``at`` on."""

        def cell(found: re.Match[str]) -> str:
            column, row = column_index_from_string(found[1]), int(found[2])
            row += by if rows and row >= at else 0
            column += by if not rows and column >= at else 0
            return f"${get_column_letter(column)}${row}"

        for name in self.book.defined_names.values():
            sheet, _, cells = name.attr_text.rpartition("!")
            if sheet.strip("'") == self.sheet.title:
                name.attr_text = f"{sheet}!{CELL.sub(cell, cells)}"
        for table in self.sheet.tables.values():
            table.ref = CELL.sub(cell, table.ref).replace("$", "")
            if table.autoFilter:
                table.autoFilter.ref = table.ref

    def insert(self, at: int, count: int, *, rows: bool = True) -> None:
        for area in list(self.sheet.merged_cells.ranges):
            self.sheet.unmerge_cells(f"{area}")
        (self.sheet.insert_rows if rows else self.sheet.insert_cols)(at, count)
        self.moved(at, count, rows=rows)


def rows_above(hand: Hand) -> None:
    hand.insert(hand.area[1] - 1, hand.chance.randint(1, 4))


def blank_rows(hand: Hand) -> None:
    hand.insert(hand.chance.choice(hand.said()), hand.chance.randint(1, 3))


def a_row_deleted(hand: Hand) -> None:
    row = hand.chance.choice(hand.said())
    hand.gone |= {f"{value}" for value in hand.values(row)}
    hand.sheet.delete_rows(row, 1)
    hand.moved(row + 1, -1, rows=True)


def a_column_of_their_own(hand: Hand) -> None:
    at = hand.chance.choice(hand.columns)
    hand.insert(at, 1, rows=False)
    hand.sheet.cell(hand.area[1], at).value = hand.chance.choice(("Notat", None))


def columns_to_the_right(hand: Hand) -> None:
    hand.insert(1, hand.chance.randint(1, 3), rows=False)


def two_columns_swapped(hand: Hand) -> None:
    _, top, _, bottom = hand.area
    one, other = hand.chance.sample(hand.columns, 2)
    for row in range(top - 1, bottom + 1):
        a, b = hand.sheet.cell(row, one), hand.sheet.cell(row, other)
        a.value, b.value = b.value, a.value
        a.number_format, b.number_format = b.number_format, a.number_format


def sorted_rows(hand: Hand) -> None:
    rows = hand.said()
    by = hand.chance.randrange(len(hand.columns))
    values = sorted(map(hand.values, rows), key=lambda own: f"{own[by]}")
    for row, own in zip(rows, values, strict=True):
        hand.put(row, own)


def headings_in_another_language(hand: Hand) -> None:
    other = Labels.load(hand.chance.choice(LANGUAGES))
    known = {text: key for key, text in hand.labels.texts.items()}
    row = hand.area[1]
    hand.put(row, [other.t(known[text]) if text in known else text for text in hand.values(row)])


def headings_by_habit(hand: Hand) -> None:
    habit, row = hand.chance.choice(HABITS), hand.area[1]
    hand.put(row, [habit(v) if isinstance(v, str) else v for v in hand.values(row)])


def keys_cleared(hand: Hand) -> None:
    hand.put(hand.area[1] - 1, [None for _ in hand.columns])


def some_ids_cleared(hand: Hand) -> None:
    for row in hand.chance.sample(hand.said(), 2):
        hand.sheet.cell(row, hand.ids()).value = None


def headings_again(hand: Hand) -> None:
    row = hand.chance.choice(hand.said()[1:])
    hand.insert(row, 1)
    hand.put(row, hand.values(hand.area[1]))


def a_title_between(hand: Hand) -> None:
    row = hand.chance.choice(hand.said()[1:])
    hand.insert(row, 1)
    hand.sheet.cell(row, hand.area[0]).value = "Fra sone nord"


def a_total(hand: Hand) -> None:
    row = hand.area[3] + 1
    hand.sheet.cell(row, hand.area[0]).value = hand.chance.choice(("Sum", "Totalt", "Yhteensä"))
    hand.sheet.cell(row, hand.area[2]).value = 17


def a_sheet_renamed(hand: Hand) -> None:
    for name in hand.book.defined_names.values():
        sheet, _, cells = name.attr_text.rpartition("!")
        if sheet.strip("'") == hand.sheet.title:
            name.attr_text = f"'Vår liste'!{cells}"
    hand.sheet.title = "Vår liste"


def half_on_a_new_sheet(hand: Hand) -> None:
    rows, (_, top, _, _) = hand.said(), hand.area
    new = hand.book.create_sheet("Del 2")
    new.append(hand.values(top))
    for row in rows[len(rows) // 2 :]:
        new.append(hand.values(row))
        for column, own in enumerate(hand.columns, 1):
            look = hand.sheet.cell(row, own).number_format
            new.cell(new.max_row, column).number_format = look
        hand.put(row, [None for _ in hand.columns])


def as_text(hand: Hand) -> None:
    for row in hand.said():
        for column in hand.columns:
            cell = hand.sheet.cell(row, column)
            if hasattr(cell.value, "date"):
                cell.value, cell.number_format = hand.labels.date(cell.value.date()), "@"
            elif isinstance(cell.value, int | float) and not isinstance(cell.value, bool):
                cell.value, cell.number_format = hand.labels.number(cell.value), "@"


def sheets_in_another_order(hand: Hand) -> None:
    hand.chance.shuffle(hand.book._sheets)


def every_other_row_hidden(hand: Hand) -> None:
    for row in hand.said()[::2]:
        hand.sheet.row_dimensions[row].hidden = True


def a_copy_of_the_sheet(hand: Hand) -> None:
    hand.book.copy_worksheet(hand.sheet)


def a_comment(hand: Hand) -> None:
    hand.sheet.cell(hand.said()[0], hand.area[0] + 1).comment = Comment("Hei", "x")


def hidden_sheet_dropped(hand: Hand) -> None:
    if "_meta" in hand.book.sheetnames:
        del hand.book["_meta"]


def names_dropped(hand: Hand) -> None:
    for name in list(hand.book.defined_names):
        del hand.book.defined_names[name]


def properties_dropped(hand: Hand) -> None:
    hand.book.custom_doc_props = CustomPropertyList()


THINGS: tuple[Callable[[Hand], None], ...] = (
    *(rows_above, blank_rows, a_row_deleted, a_column_of_their_own, columns_to_the_right),
    *(two_columns_swapped, sorted_rows, headings_in_another_language, headings_by_habit),
    *(keys_cleared, some_ids_cleared, headings_again, a_title_between, a_total, a_sheet_renamed),
    *(half_on_a_new_sheet, as_text, sheets_in_another_order, every_other_row_hidden),
    *(a_copy_of_the_sheet, a_comment, hidden_sheet_dropped, names_dropped, properties_dropped),
)


def tables(book: Any) -> Iterator[tuple[Any, Any]]:
    """Every table of the kit with its sheet."""
    for sheet in book.worksheets:
        for table in sheet.tables.values():
            yield sheet, table
