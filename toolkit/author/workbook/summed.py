"""A data sheet with sums over its headings, where they stay in sight and the table can grow.

In: a section whose option ``sums`` names the columns to add up. Out: the sheet, and above each of
those headings the sum of the column.
"""

from __future__ import annotations

from toolkit.author.workbook import table
from toolkit.author.workbook.book import INTRO_ROW, Sheet
from toolkit.author.workbook.table import Table
from toolkit.document import Section
from toolkit.field import Field


def draw(sheet: Sheet, section: Section) -> None:
    """The whole sheet."""
    table.draw(sheet, section)
    drawn = Table(sheet, section, sheet.book.table(sheet.short))
    summed = [drawn.columns.fields[key] for key in section.options["sums"]]
    first = drawn.columns.positions[summed[0].field]
    sheet.label(INTRO_ROW, first - 1, "ui.total", "label", "right")
    for field in summed:
        _sum(drawn, field)


def _sum(drawn: Table, field: Field) -> None:
    sheet, column = drawn.sheet, drawn.columns.positions[field.field]
    more = drawn.section.options.get("styles", {}).get(field.field, "").split()
    look = sheet.book.look("sum", "C", field.type, *more)
    formula = f"=SUM({drawn.columns.whole(field.field)})"
    sheet.page.write_formula(INTRO_ROW, column, formula, look, total(sheet.short, field))


def total(rows: str, field: Field) -> str:
    """The tag that adds up a column of ``tables``, for programs that do not calculate."""
    each = " | map(attribute=c.id)" if field.each else ""
    values = f"tables.{rows} | map(attribute='{field.name}'){each} | reject('none')"
    return f"{{{{ {values} | sum }}}}"
