"""The follow-up sheet: how far each benefit has come, against what can be expected by now.

In: the section ``s.follow_up``. Out: the sheet, a bar in each cell of achievement, and under it a
native chart of both. The chart is there before the first measurement, so that it lives on; until
then a note stands above it.
"""

from __future__ import annotations

from typing import Any

from toolkit.author.workbook import charts, table
from toolkit.author.workbook.book import FIRST_ROW, Sheet
from toolkit.author.workbook.formula import Columns
from toolkit.author.workbook.look import theme
from toolkit.document import Section

NAME = 1
SIZE = (1060, 470)


def draw(sheet: Sheet, section: Section) -> None:
    """The whole sheet."""
    table.draw(sheet, section)
    drawn = table.Table(sheet, section, sheet.book.table(sheet.short))
    _bars(sheet, drawn)
    _chart(sheet, drawn.columns, drawn.last_row + 2)


NOTHING_YET = (
    "{{ '' if tables.follow_up | selectattr('achievement', 'number') | list else t('ui.no_data') }}"
)
"""What is said until something is measured; consolidated workbooks hold measurements."""


def _bars(sheet: Sheet, drawn: table.Table) -> None:
    column = drawn.columns.positions["f.achievement"]
    ends = {"min_type": "num", "max_type": "num", "min_value": 0, "max_value": 100}
    look = {"bar_color": theme("accent4", 2), "bar_solid": True, "bar_no_border": True}
    options = {"type": "data_bar", "data_bar_2010": True} | ends | look
    sheet.page.conditional_format(FIRST_ROW, column, drawn.last_row, column, options)


def _chart(sheet: Sheet, columns: Columns, top: int) -> None:
    made = charts.chart(sheet, "bar", "ui.follow_up_chart")
    for key, color in (("f.achievement", "accent1"), ("f.expected_progress", "accent4")):
        made.add_series(_series(sheet, columns, key) | {"fill": {"color": theme(color)}})
    made.set_y_axis(charts.axis(sheet, "f.benefit", reverse=True))
    grid = {"visible": True, "line": {"color": theme("lt1", 2), "width": 0.5}}
    scale = {"min": 0, "max": 120, "major_unit": 20, "num_format": '0" %"'}
    made.set_x_axis(
        charts.axis(sheet, "ui.axis_percent", major_gridlines=grid, label_position="high", **scale)
    )
    charts.place(sheet, made, (top + 1, NAME), SIZE, _alt(sheet))
    note = f'IF(COUNT({columns.whole("f.achievement")})=0,"{sheet.book.text("ui.no_data")}","")'
    form = sheet.book.look("intro")
    sheet.page.write_formula(top, NAME, f"={note}", form, NOTHING_YET)


def _series(sheet: Sheet, columns: Columns, key: str) -> dict[str, Any]:
    column = columns.positions[key]
    return {
        "name": f"={sheet.at(FIRST_ROW - 1, column)}",
        "categories": f"={sheet.at(FIRST_ROW, NAME)}",
        "values": f"={sheet.at(FIRST_ROW, column)}",
        "gap": 60,
    }


def _alt(sheet: Sheet) -> str:
    return f"{sheet.book.tag('ui.follow_up_chart')}. {NOTHING_YET}"
