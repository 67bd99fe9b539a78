"""Native charts in the house style: theme colours, named axes, an alt text that says the point.

In: what a chart shows. Out: an XlsxWriter chart ready for its series. Titles, axis names and alt
texts are labels, swapped at fill.
"""

from __future__ import annotations

from typing import Any

from xlsxwriter.chart import Chart
from xlsxwriter.color import Color

from toolkit.author.workbook.book import Sheet
from toolkit.author.workbook.look import theme

INK: dict[str, Any] = {"color": theme("dk1"), "size": 10, "bold": False}
QUIET = theme("lt1", 3)


def chart(sheet: Sheet, kind: str, title: str, subtype: str = "") -> Chart:
    """A chart without series; ``kind`` as XlsxWriter says it (bar, column, line, scatter)."""
    options = {"type": kind} | ({"subtype": subtype} if subtype else {})
    made: Chart = sheet.book.file.add_chart(options)
    font = {"color": theme("dk2"), "size": 14, "bold": True}
    made.set_title({"name": sheet.book.text(title), "name_font": font, "overlay": False})
    made.set_chartarea({"border": {"none": True}})
    made.set_legend({"position": "bottom", "font": INK})
    return made


def axis(sheet: Sheet, name: str, **more: Any) -> dict[str, Any]:
    """The options of an axis with a name, quiet lines and no ticks."""
    base: dict[str, Any] = {
        "name": sheet.book.text(name),
        "name_font": INK | {"bold": True},
        "num_font": INK,
        "line": {"color": QUIET},
        "major_gridlines": {"visible": False},
        "major_tick_mark": "none",
        "minor_tick_mark": "none",
    }
    return base | more


def place(sheet: Sheet, made: Chart, at: tuple[int, int], size: tuple[int, int], alt: str) -> None:
    """Puts a chart on the sheet; ``size`` in pixels, ``alt`` a text that may hold tags."""
    made.set_size({"width": size[0], "height": size[1]})
    sheet.page.insert_chart(*at, made, {"description": alt, "object_position": 2})


def solid(color: Color) -> dict[str, Any]:
    """A plain fill."""
    return {"color": color}
