"""The net sheet: benefits and costs year by year, when the money is back, and a chart of it.

In: the section ``s.net`` of a book with the sheets ``s.benefit_map``, ``s.benefit_calc`` and
``s.costs``. Out: a table with one column a year and one line a figure (rulings 1-4), all formulas
but the share of full effect; below it key figures and the chart. In a unit's copy what is the
project's own stays blank (ruling 17).
"""

from __future__ import annotations

from dataclasses import dataclass

from toolkit.author.workbook import net_figures, page
from toolkit.author.workbook.book import FIRST_ROW, HEADING_ROW, KEY_ROW, Sheet
from toolkit.author.workbook.columns import width
from toolkit.author.workbook.net_lines import LINES, Line, Places, formula
from toolkit.author.workbook.rules import validate
from toolkit.author.workbook.table import HEADING_HEIGHT, heading
from toolkit.document import Section
from toolkit.field import Field, FieldType, Origin

CODE, NAME, TOTAL, YEAR, COMMENT = range(5)
HEIGHT = 22
SHARE = Field(field="f.ramp_up", type=FieldType.SHARE, origin=Origin.EDITABLE)
NAMED = {"f.net_benefit": "net_benefits", "f.cumulative": "net_cumulative"}
NAMED |= {"f.budget_net": "net_budget"}


def draw(sheet: Sheet, section: Section) -> None:
    """The whole sheet, on one page."""
    heading(sheet, section)
    drawn = Net(sheet, section)
    drawn.frame()
    for row, line in enumerate(LINES, FIRST_ROW):
        drawn.line(row, line)
    drawn.names()
    last = net_figures.draw(sheet)
    sheet.page.freeze_panes(FIRST_ROW, NAME + 1)
    page.one_page(sheet, paper=page.A4)
    sheet.page.print_area(0, 0, last, COMMENT)


@dataclass(frozen=True)
class Net:
    """The table ``tbl_net``."""

    sheet: Sheet
    section: Section

    def frame(self) -> None:
        """The ListObject, its headings, the hidden row of keys and the widths."""
        columns = self.sheet.book.table("net")
        area = (HEADING_ROW, 0, FIRST_ROW + len(LINES) - 1, COMMENT)
        look = self.sheet.book.look("header")
        own = [{"header": text, "header_format": look} for text in columns.headings.values()]
        options = {"name": columns.table, "columns": own, "style": None, "autofilter": False}
        self.sheet.page.add_table(*area, options)
        self.sheet.page.set_row(KEY_ROW, None, None, {"hidden": True})
        self.sheet.page.set_row(HEADING_ROW, HEADING_HEIGHT)
        for column, field in enumerate(columns.fields.values()):
            self._column(column, field, columns.headings[field.field])

    def _column(self, column: int, field: Field, title: str) -> None:
        hidden = {"hidden": column == CODE}
        self.sheet.page.set_column(column, column, width(field), None, hidden)
        loop = "{%tc for c in tables.years %}f.year:{{ c.id }}{%tc endfor %}"
        self.sheet.write(KEY_ROW, column, loop if field.each else field.field, "code")
        if field.type == FieldType.MONEY:
            self.sheet.write(HEADING_ROW, column, title, "header", "right")

    def line(self, row: int, line: Line) -> None:
        """One line: its key, its name, the sum of its years, a year, a comment."""
        start, end = (f"{{%tr if {line.when} %}}", "{%tr endif %}") if line.when else ("", "")
        self.sheet.heights({row: HEIGHT})
        self.sheet.write(row, CODE, f"{start}{line.key}", "code")
        name = (*line.styles, *(("deeper",) if line.part else ()))
        self.sheet.label(row, NAME, line.key, "cell", "indented", "P", "middle", *name)
        self._total(row, line)
        self._year(row, line)
        look = ("cell", "indented", "F", "middle", *line.styles)
        if end:
            self.sheet.write(row, COMMENT, end, *look)
        else:
            self.sheet.blank(row, range(COMMENT, COMMENT + 1), *look)

    def _total(self, row: int, line: Line) -> None:
        look = ("cell", "C", "money", "flow", "middle", *line.styles)
        if not line.sums:
            self.sheet.blank(row, range(TOTAL, TOTAL + 1), *look)
            return
        years = f"$D{row + 1}:$D{row + 1}"
        values = f"tables.years | sum(attribute='{line.name}')"
        written = formula(f"SUM({years})", own=line.own)
        form = self.sheet.book.look(*look)
        self.sheet.page.write_formula(row, TOTAL, written, form, line.tag(values))

    def _year(self, row: int, line: Line) -> None:
        if not line.formula:
            self.sheet.write(
                row, YEAR, f"{{{{ c.{line.name} }}}}", "cell", "P/F", "share", "middle"
            )
            validate(self.sheet, (row, YEAR, row, YEAR), SHARE)
            return
        places = Places(self.sheet, {own.key: n for n, own in enumerate(LINES, FIRST_ROW)})
        written = places.formula(line)
        look = self.sheet.book.look("cell", "C", "money", "flow", "middle", *line.styles)
        self.sheet.page.write_formula(row, YEAR, written, look, line.tag(f"c.{line.name}"))

    def names(self) -> None:
        """Names for what formulas of one year need of all years."""
        self.sheet.book.name("net_years", self.sheet.at(HEADING_ROW, YEAR))
        for row, line in enumerate(LINES, FIRST_ROW):
            if line.key in NAMED:
                self.sheet.book.name(NAMED[line.key], self.sheet.at(row, YEAR))
