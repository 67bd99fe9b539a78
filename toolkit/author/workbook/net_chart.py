"""The net chart: benefits up, costs down, the cumulative line; hump costs hatched and labelled.

In: the sheet with its table. Out: a native chart over helper rows, which stand below the printed
page, and over the table's cumulative line. The benefits that reduce a budget stand apart.
"""

from __future__ import annotations

from typing import Any

from xlsxwriter.chart import Chart

from toolkit.author.workbook import charts
from toolkit.author.workbook.book import FIRST_ROW, HEADING_ROW, Sheet
from toolkit.author.workbook.look import theme
from toolkit.author.workbook.net_lines import LINES, Line, Places

CODE, NAME, YEAR = 0, 1, 3
ROWS, SIZE = 21, (1090, 415)
HATCHED = {
    "pattern": "wide_upward_diagonal",
    "fg_color": theme("accent3"),
    "bg_color": theme("lt1"),
}
HELPERS = (
    Line("o.benefit_use.budget_reduction", "{gross_budget}"),
    Line("ui.other_benefits", "{gross_benefit}-{gross_budget}"),
    Line("f.one_time_cost", "-{one_time_cost}", own=False),
    Line("f.hump_cost", "-{hump_cost}", own=False),
    Line("f.recurring_cost", "-{recurring_cost}", own=False),
)
VALUES = (
    *("c.gross_budget", "c.gross_benefit - c.gross_budget"),
    *("-c.one_time_cost", "-c.hump_cost", "-c.recurring_cost"),
)
LOOKS: tuple[dict[str, Any], ...] = (
    {"fill": {"color": theme("accent2")}},
    {"fill": {"color": theme("accent2", 2)}},
    {"fill": {"color": theme("accent5")}},
    {"pattern": HATCHED, "border": {"color": theme("accent3")}},
    {"fill": {"color": theme("accent4")}},
)
HUMP = 3
NO_ZERO = '#,##0;-#,##0;""'


def draw(sheet: Sheet, top: int) -> int:
    """The chart from a row on; returns the last row it covers."""
    made = charts.chart(sheet, "column", "ui.net_chart", "stacked")
    for number, look in enumerate(LOOKS):
        series = _series(sheet, numbers_row(top) + 1 + number) | {"gap": 60} | look
        if number == HUMP:
            font = charts.INK | {"size": 9, "bold": True}
            series["data_labels"] = {
                **{"value": True, "num_format": NO_ZERO, "font": font},
                **{"fill": {"color": theme("lt1")}, "position": "center"},
            }
        made.add_series(series)
    made.combine(_line(sheet))
    _axes(sheet, made)
    charts.place(sheet, made, (top, NAME), SIZE, _alt(sheet))
    return top + ROWS - 1


def numbers(sheet: Sheet, row: int) -> None:
    """The helper rows under a title: what the chart draws, with costs below zero."""
    places = Places(sheet, {line.key: n for n, line in enumerate(LINES, FIRST_ROW)})
    sheet.label(row, NAME, "ui.chart_data", "intro")
    for at, (line, value) in enumerate(zip(HELPERS, VALUES, strict=True), row + 1):
        sheet.label(at, NAME, line.key, "code")
        look = sheet.book.look("code", num_format="#,##0")
        written = places.formula(line)
        sheet.page.write_formula(at, YEAR, written, look, line.tag(value))


def numbers_row(top: int) -> int:
    """The row of the helper rows' title, for a chart from ``top`` on."""
    return top + ROWS + 3


def _series(sheet: Sheet, row: int) -> dict[str, Any]:
    return {
        "name": f"={sheet.at(row, NAME)}",
        "categories": f"={sheet.at(HEADING_ROW, YEAR)}",
        "values": f"={sheet.at(row, YEAR)}",
    }


def _line(sheet: Sheet) -> Chart:
    row = next(n for n, line in enumerate(LINES, FIRST_ROW) if line.name == "cumulative")
    made: Chart = sheet.book.file.add_chart({"type": "line"})
    marker = {"type": "circle", "size": 7, "fill": {"color": theme("lt1")}}
    marker["border"] = {"color": theme("accent1"), "width": 2}
    look = {"line": {"color": theme("accent1"), "width": 2.5}, "marker": marker}
    made.add_series(_series(sheet, row) | look)
    return made


def _axes(sheet: Sheet, made: Chart) -> None:
    made.set_x_axis(charts.axis(sheet, "f.year", label_position="low"))
    name = sheet.book.tag("ui.axis_money").replace(") }}", ", currency=organisation.currency) }}")
    grid = {"visible": True, "line": {"color": theme("lt1", 2), "width": 0.5}}
    amounts = {"name": name, "num_format": "#,##0", "major_gridlines": grid}
    made.set_y_axis(charts.axis(sheet, "f.amount") | amounts)


def _alt(sheet: Sheet) -> str:
    title, back, end = (
        sheet.book.tag(key) for key in ("ui.net_chart", "f.break_even", "ui.cumulative_end")
    )
    worth = "{{ (tables.years | last).cumulative | money }}"
    return f"{title}. {back}: {{{{ view.net.break_even_text }}}}. {end}: {worth}"
