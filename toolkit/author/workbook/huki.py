"""Roles and responsibilities: a matrix of letters.

In: the section ``s.huki``. Out: the matrix, one column a role under a turned
heading with the role's id as its hidden key, each letter a tile. Letters are understood in both
alphabets, H U K I and A R C I; formulas search for small ones, which no label equals, since whole
texts that do are translated.
"""

from __future__ import annotations

from typing import Any

from toolkit.author.workbook import page, table
from toolkit.author.workbook.book import FIRST_ROW, HEADING_ROW, KEY_ROW, Sheet
from toolkit.author.workbook.columns import header_styles
from toolkit.author.workbook.formula import option
from toolkit.author.workbook.look import FAULT, theme
from toolkit.document import Section

TURNED_HEIGHT = 190
NAMED = 3  # id, step and activity stay in sight
TILES: tuple[tuple[str, dict[str, Any]], ...] = (  # the strongest letter decides
    ("ha", {"bg_color": theme("accent1"), "font_color": theme("accent6")}),
    ("ur", {"bg_color": theme("accent4", 2), "font_color": theme("dk1")}),
    ("kc", {"bg_color": theme("lt2"), "font_color": theme("dk1")}),
    ("i", {"border": 1, "border_color": theme("accent4"), "font_color": theme("dk1")}),
)


def draw(sheet: Sheet, section: Section) -> None:
    """The matrix, on one A3 page."""
    table.draw(sheet, section)
    drawn = table.Table(sheet, section, sheet.book.table(sheet.short))
    column = drawn.columns.positions["f.huki"]
    _turned(sheet, drawn, column)
    area = (FIRST_ROW, column, drawn.last_row, column)
    for letters, look in TILES:
        rule = f"={_holds(letters, sheet.cell(FIRST_ROW, column))}"
        _format(sheet, area, rule, sheet.book.look.rule(**look))
    _faults(sheet, drawn)
    sheet.page.freeze_panes(FIRST_ROW, NAMED)
    page.one_page(sheet)


def _turned(sheet: Sheet, drawn: table.Table, column: int) -> None:
    """The heading of the role columns, and their hidden keys: the role's id alone."""
    sheet.page.set_row(HEADING_ROW, TURNED_HEIGHT)
    for field, heading in zip(drawn.fields, drawn.columns.headings.values(), strict=True):
        own = ("header", "turned") if field.each else (*header_styles(field), "foot")
        at = drawn.columns.positions[field.field]
        sheet.page.write_string(HEADING_ROW, at, heading, sheet.book.look(*own))
    loop = "{%tc for c in tables.huki_roles %}{{ c.id }}{%tc endfor %}"
    sheet.write(KEY_ROW, column, loop, "code")


def _holds(letters: str, cell: str) -> str:
    found = "+".join(f'ISNUMBER(SEARCH("{letter}",{cell}))' for letter in letters)
    return f"({found})>0"


def _faults(sheet: Sheet, drawn: table.Table) -> None:
    """A row that does not hold is red where it is named and where it says what is wrong."""
    status = drawn.columns.positions["f.check_status"]
    cell = f"${sheet.cell(FIRST_ROW, status)}"
    wrong = f'=AND({cell}<>"",{cell}<>{option("huki_check", "ok")})'
    for first, last in ((1, NAMED - 1), (status, status)):
        area = (FIRST_ROW, first, drawn.last_row, last)
        _format(sheet, area, wrong, sheet.book.look.rule(**FAULT))


def _format(sheet: Sheet, area: tuple[int, int, int, int], rule: str, look: Any) -> None:
    options = {"type": "formula", "criteria": rule, "format": look, "stop_if_true": True}
    sheet.page.conditional_format(*area, options)
