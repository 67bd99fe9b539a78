"""The risk criteria: what each score means, and which level each cell of the matrix has.

In: the section ``s.risk_criteria``. Out: a sheet the municipality may edit; its ranges have names
(``risk_matrix``, ``probability_definitions``, ``consequence_definitions``) and every formula of
the book goes by them. ``risk_matrix`` stands as people read it, probability 5 on top.
"""

from __future__ import annotations

from toolkit.author.workbook import page
from toolkit.author.workbook.book import Sheet
from toolkit.author.workbook.rules import mark, validate
from toolkit.author.workbook.table import heading
from toolkit.document import Section
from toolkit.field import Field, FieldType, Origin

SCORES = range(1, 6)
WIDTHS = (24, 22, 22, 22, 22, 22)
FIRST = 3
HEIGHT, TALL = 22, 36
LEVEL = Field(field="f.risk_level", type=FieldType.CHOICE, choices="risk_level")


def draw(sheet: Sheet, section: Section) -> None:
    """The whole sheet, on one page."""
    heading(sheet, section)
    sheet.widths(*WIDTHS)
    row = FIRST
    for scale in ("probability", "consequence"):
        row = _definitions(sheet, row, scale) + 1
    _matrix(sheet, row)
    page.one_page(sheet, paper=page.A4)


def _definitions(sheet: Sheet, top: int, scale: str) -> int:
    """A scale and its words; returns the row below."""
    sheet.page.set_row(top, HEIGHT + 4)
    sheet.label(top, 0, f"f.{scale}", "header")
    sheet.blank(top, range(1, 6), "header", "plain")
    sheet.label(top, 1, "f.description", "header", "plain")
    options = sheet.book.options(scale)
    for row, text in enumerate(options, top + 1):
        sheet.page.set_row(row, HEIGHT)
        sheet.write(row, 0, text, "cell", "indented", "emphasis", "middle")
        look = ("cell", "indented", Origin.EDITABLE, "middle", "unwrapped")
        sheet.write(row, 1, f"{{{{ view.risks.definitions.{scale}[{row - top - 1}] }}}}", *look)
        sheet.blank(row, range(2, 6), "cell")
    sheet.book.name(f"{scale}_definitions", sheet.at(top + 1, 1, top + len(options)))
    return top + len(options) + 1


def _matrix(sheet: Sheet, top: int) -> None:
    sheet.page.set_row(top, TALL)
    sheet.label(top, 0, "s.risk_matrix", "header")
    for column, text in zip(SCORES, sheet.book.options("consequence"), strict=True):
        sheet.write(top, column, text, "header")
    for score, text in zip(SCORES, sheet.book.options("probability"), strict=True):
        row = top + 6 - score
        sheet.page.set_row(row, TALL)
        sheet.write(row, 0, text, "cell", "indented", "emphasis", "middle")
        for column in SCORES:
            tag = f"{{{{ view.risks.matrix[{score - 1}][{column - 1}] }}}}"
            sheet.write(row, column, tag, "tile", "wrapped", "centred")
    area = (top + 1, 1, top + 5, 5)
    sheet.book.name("risk_matrix", sheet.at(*area))
    validate(sheet, area, LEVEL)
    mark(sheet, area, LEVEL, sheet.book.columns(sheet.short, ()))
