"""A heat table: how many rows of a table there are per option of two lists.

In: the table and its two columns. Out: a block of formulas with a colour scale, and a mark where
an option has nothing under the current heading. The number always stands in the cell too.
"""

from __future__ import annotations

from dataclasses import dataclass

from toolkit.author.workbook.book import Sheet
from toolkit.author.workbook.look import MISSING, theme


@dataclass(frozen=True)
class Heat:
    """Which table is counted, by which option fields, and the name of the current heading."""

    table: str
    down: str
    across: str
    current: str = ""


def draw(sheet: Sheet, top: int, heat: Heat) -> int:
    """The block with its title; returns its last row."""
    down, across = (sheet.book.options(name) for name in (heat.down, heat.across))
    for name in (heat.down, heat.across):
        sheet.book.use_list(name)
    sheet.page.set_row(top, 28)
    sheet.label(top, 0, f"ui.heat_{heat.table}", "heading")
    sheet.label(top + 1, 0, f"ui.heat_{heat.table}_intro", "intro")
    _headings(sheet, top + 2, heat, across)
    for row, text in enumerate(down, top + 3):
        sheet.page.set_row(row, 24)
        sheet.write(row, 0, text, "cell", "indented", "emphasis", "middle")
        for column in range(1, len(across) + 1):
            _count(sheet, (row, column), (top + 2, top + 3), heat)
        _sums(sheet, row, len(across), top + 2, heat)
    last = top + 2 + len(down)
    _colours(sheet, (top + 3, 1, last, len(across)), top + 2, heat)
    return last


def _headings(sheet: Sheet, row: int, heat: Heat, across: tuple[str, ...]) -> None:
    sheet.page.set_row(row, 34)
    sheet.label(row, 0, f"f.{heat.down}", "header")
    for column, text in enumerate(across, 1):
        sheet.write(row, column, text, "header", "centred")
    sheet.label(row, len(across) + 1, "ui.total", "header", "centred")
    sheet.label(row, len(across) + 2, "ui.missing", "header", "centred")


def _count(sheet: Sheet, cell: tuple[int, int], origin: tuple[int, int], heat: Heat) -> None:
    """``origin``: the row of the headings and the first row of counts."""
    row, column = cell
    table = sheet.book.table(heat.table)
    level, phase = f"$A{row + 1}", sheet.cell(origin[0], column)
    cells = (table.whole(f"f.{heat.down}"), level, table.whole(f"f.{heat.across}"), phase)
    found = "".join(
        f" | selectattr('{name}', 'equalto', lists.{name}[{position}])"
        for name, position in ((heat.down, row - origin[1]), (heat.across, column - 1))
    )
    tag = f"{{{{ tables.{heat.table}{found} | list | length }}}}"
    look = sheet.book.look("cell", "heat")
    sheet.page.write_formula(*cell, f"=COUNTIFS({','.join(cells)})", look, tag)


def _sums(sheet: Sheet, row: int, width: int, top: int, heat: Heat) -> None:
    first, last = sheet.cell(row, 1), sheet.cell(row, width)
    position = row - top - 1
    own = (
        f"tables.{heat.table} | selectattr('{heat.down}', 'equalto', lists.{heat.down}[{position}])"
    )
    listed = f"{own} | selectattr('{heat.across}', 'in', lists.{heat.across})"
    look = sheet.book.look("cell", "C", "count")
    tag = f"{{{{ {listed} | list | length }}}}"
    sheet.page.write_formula(row, width + 1, f"=SUM({first}:{last})", look, tag)
    if not heat.current:
        return
    headings = sheet.at(top, 1, top, width).split("!")[1]
    here = f"INDEX({first}:{last},MATCH({heat.current},{headings},0))"
    now = f"{own} | selectattr('{heat.across}', 'equalto', info.{heat.current[2:]}) | list"
    tag = f"{{{{ '▲' if info.{heat.current[2:]} in lists.{heat.across} and not ({now}) else '' }}}}"
    formula = f'=IFERROR(IF({here}=0,"▲",""),"")'
    sheet.page.write_formula(row, width + 2, formula, look, tag)


def _colours(sheet: Sheet, area: tuple[int, int, int, int], top: int, heat: Heat) -> None:
    page = sheet.page
    if heat.current:
        cell, name = sheet.cell(area[0], 1), sheet.cell(top, 1)
        rule = f"=AND({name[0]}${name[1:]}={heat.current},{cell}=0)"
        edge = {"border": 4, "border_color": theme("accent3"), "bg_color": f"#{MISSING}"}
        look = sheet.book.look.rule(**edge)
        options = {"type": "formula", "criteria": rule, "format": look, "stop_if_true": True}
        page.conditional_format(*area, options)
    scale = {"type": "2_color_scale", "min_color": theme("lt1"), "max_color": theme("accent4")}
    scale |= {"min_type": "num", "min_value": 0}
    page.conditional_format(*area, scale)
