"""Arrows over the matrix after measures: from where the risks that moved most stood before.

In: the sheet of the matrices and the squares of the second one. Out: a native chart without axes
or ground that lies exactly on those squares, and beside the page the figures behind it. Each arrow
keeps clear of the ids in the squares and of the other arrows; whoever did not move stands outside.
A ring marks where an arrow begins, since some programs draw no heads on the lines of a chart.
"""

from __future__ import annotations

from typing import Any

from lxml import etree

from toolkit.author.workbook.book import Sheet
from toolkit.author.workbook.look import theme
from toolkit.author.workbook.ranked import LISTED, MOVED
from toolkit.office.package.markup import Element, q

OUTSIDE = -10
APART, BELOW = 0.13, 0.2  # in squares: between arrows, and under the ids
SCORES = {  # the two ends, across and then up: key -> scale
    "f.consequence": "consequence",
    "f.consequence_after": "consequence",
    "f.probability": "probability",
    "f.probability_after": "probability",
}
AXIS: dict[str, Any] = {"min": 0.5, "max": 5.5, "visible": False}
NO_GRID: dict[str, Any] = {"major_gridlines": {"visible": False}}
NOTHING: dict[str, Any] = {"fill": {"none": True}, "border": {"none": True}}


def draw(
    sheet: Sheet, at: tuple[int, int], size: tuple[int, int], figures: tuple[int, int]
) -> None:
    """``at``: the square at the top left; ``size`` in pixels; ``figures``: their first cell."""
    row, column = figures
    sheet.label(row - 1, column, "ui.chart_data", "intro")
    for rank in range(1, LISTED + 1):
        _figures(sheet, (row + rank - 1, column), rank)
    made = sheet.book.file.add_chart({"type": "scatter", "subtype": "straight"})
    for line in range(row, row + LISTED):
        _arrow(sheet, made, line, column)
    _rings(sheet, made, row, column)
    _bare(made)
    alt = sheet.book.tag("ui.moved_risks")
    names = "{{ view.risks.moved | map(attribute='id') | join(', ') }}"
    made.set_size({"width": size[0], "height": size[1]})
    sheet.book.touch_chart(_with_heads, {})
    place = {"description": f"{alt}: {names}", "object_position": 1}
    sheet.page.insert_chart(*at, made, place)


def _figures(sheet: Sheet, cell: tuple[int, int], rank: int) -> None:
    """Across before and after, up before and after; or outside."""
    risks = sheet.book.table("risks")
    place = MOVED.place(risks, rank)
    for offset, (key, scale) in enumerate(SCORES.items()):
        aside = (rank - (LISTED + 1) / 2) * APART if scale == "consequence" else -BELOW
        value = f"MATCH(INDEX({risks.whole(key)},{place}),lst_{scale},0)"
        formula = f"=IFERROR({value}+{aside:.2f},{OUTSIDE})"
        tag = MOVED.tag(rank, f"r.{key[2:]} + {aside:.2f}", f"{OUTSIDE}")
        at = (cell[0], cell[1] + offset)
        sheet.page.write_array_formula(*at, *at, formula, sheet.book.look("code"), tag)


def _arrow(sheet: Sheet, made: Any, row: int, column: int) -> None:
    made.add_series(
        {
            "categories": f"={sheet.at(row, column, row, column + 1)}",
            "values": f"={sheet.at(row, column + 2, row, column + 3)}",
            "line": {"color": theme("dk1"), "width": 1.75, "transparency": 30},
            "marker": {"type": "none"},
        }
    )


def _rings(sheet: Sheet, made: Any, row: int, column: int) -> None:
    last = row + LISTED - 1
    ring = {"type": "circle", "size": 6, "border": {"color": theme("dk1"), "width": 1.5}}
    made.add_series(
        {
            "categories": f"={sheet.at(row, column, last, column)}",
            "values": f"={sheet.at(row, column + 2, last, column + 2)}",
            "line": {"none": True},
            "marker": ring | {"fill": {"color": theme("lt1")}},
        }
    )


def _bare(made: Any) -> None:
    """Nothing but the lines: what is under them shows through."""
    made.set_title({"none": True})
    made.set_legend({"none": True})
    made.set_chartarea(NOTHING)
    whole = {"x": 0, "y": 0, "width": 1, "height": 1}
    made.set_plotarea(NOTHING | {"layout": whole})
    made.set_x_axis(AXIS | NO_GRID)
    made.set_y_axis(AXIS | NO_GRID)


def _with_heads(root: Element) -> None:
    """Puts a head on each line, which XlsxWriter has no word for."""
    for series in root.iter(q("c:ser")):
        for line in series.findall(f"{q('c:spPr')}/{q('a:ln')}"):
            if line.find(q("a:noFill")) is None:
                head = {"type": "triangle", "w": "med", "len": "med"}
                etree.SubElement(line, q("a:tailEnd"), head)
