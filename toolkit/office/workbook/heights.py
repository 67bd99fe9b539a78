"""How high a row must be for its longest text to show whole.

In: the looks of the cell styles, the widths of the columns, and the texts of a row. Out: a height
in points. Excel fits a row itself when somebody types in it; LibreOffice and viewers draw a row
that says no height as one line, so a filled file has to say it.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from math import ceil

from toolkit.office.package.markup import Element, q
from toolkit.office.record import Record
from toolkit.office.slides.fit import Line, wrapped

LINE = 1.365  # height of a line against the size of its text, as Excel draws Calibri
DIGIT = 7.0  # pixels of a digit of the default font, in which column widths are counted
POINTS = 0.75  # a pixel in points
USUAL_WIDTH = 8.43
INDENT = 9.0  # pixels of one step of indent
TIGHT = 0.97  # what renderers differ in
AIR = 6.0  # points above and below several lines
HIGHEST = 409.0


class CellLook(Record):
    """What of a cell style decides how high its text stands."""

    size: float = 11.0
    bold: bool = False
    wraps: bool = False
    indent: int = 0


def read_looks(styles: Element) -> tuple[CellLook, ...]:
    """The looks of xl/styles.xml by the number that cells give as ``s``."""
    fonts = [_font(font) for font in styles.iterfind(f"{q('x:fonts')}/{q('x:font')}")]
    return tuple(_look(item, fonts) for item in styles.iterfind(f"{q('x:cellXfs')}/{q('x:xf')}"))


def read_widths(sheet: Element) -> dict[int, float]:
    """Column number from 1 -> width in characters; hidden columns have none."""
    widths: dict[int, float] = {}
    for column in sheet.iterfind(f"{q('x:cols')}/{q('x:col')}"):
        first, last = int(column.get("min", "1")), int(column.get("max", "1"))
        shown = column.get("hidden") not in ("1", "true")
        wide = float(column.get("width", USUAL_WIDTH)) if shown else 0.0
        widths.update(dict.fromkeys(range(first, min(last, first + 500) + 1), wide))
    return widths


def look_of(looks: Sequence[CellLook], style: str) -> CellLook:
    """The look of a style, given as cells give it."""
    number = int(style or 0)
    return looks[number] if number < len(looks) else CellLook()


@lru_cache(maxsize=4096)
def text_height(text: str, look: CellLook, width: float) -> float:
    """The height a wrapped text needs in a column of a width, in points; 0 for one line."""
    room = (width * DIGIT - look.indent * INDENT) * POINTS * TIGHT
    lines = wrapped(Line(text, look.size, bold=look.bold), room, "Calibri")
    tall = ceil(lines * look.size * LINE * 4) / 4 + AIR if lines > 1 else 0.0
    return min(tall, HIGHEST)


def _font(font: Element) -> tuple[float, bool]:
    size, bold = font.find(q("x:sz")), font.find(q("x:b"))
    points = 11.0 if size is None else float(size.get("val", "11"))
    return points, bold is not None and bold.get("val") not in ("0", "false")


def _look(item: Element, fonts: Sequence[tuple[float, bool]]) -> CellLook:
    number = int(item.get("fontId", "0"))
    size, bold = fonts[number] if number < len(fonts) else (11.0, False)
    place = item.find(q("x:alignment"))
    if place is None:
        return CellLook(size, bold)
    wraps = place.get("wrapText") in ("1", "true")
    return CellLook(size, bold, wraps, int(place.get("indent", "0")))
