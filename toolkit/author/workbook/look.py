"""How cells look: named styles over theme colours and theme fonts.

In: style names, combined left to right, later ones winning. Out: XlsxWriter formats, each made
once. No brand colour stands here; the literal ones are those that mean something (SPEC 2.3, 2.9).
"""

from __future__ import annotations

from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.color import Color
from xlsxwriter.format import Format

from toolkit.field import FieldType, Origin

SLOTS = {"lt1": 0, "dk1": 1, "lt2": 2, "dk2": 3} | {f"accent{n}": n + 3 for n in range(1, 7)}
LEVELS = {"green": "7ABD7E", "yellow": "F8D66D", "orange": "FFB54C", "red": "FF6961"}
PREFILLED, COMPUTED, MISSING = "F2F2F2", "DDEBF7", "FFF7E0"

Style = dict[str, Any]


def theme(slot: str, shade: int = 0) -> Color:
    """A theme colour; of ``lt1``, shades 1 (near white) to 5 (mid grey) are the neutral greys."""
    return Color.theme(SLOTS[slot], shade)


RULE, EDGE, WHITE, INK = theme("lt1", 2), theme("lt1", 5), theme("lt1"), theme("dk1")
WORDS: Style = {
    **{"font_color": INK, "valign": "vcenter", "text_wrap": True},
    **{"align": "left", "indent": 1},
}
BOX: Style = {"border": 1, "border_color": theme("lt1", 3)}

FAULT: Style = {"bold": True, "font_color": "#C00000"}
FIGURE: Style = {"align": "right", "indent": 1, "text_wrap": False}

STYLES: dict[str, Style] = {
    "title": {"font_size": 20, "bold": True, "font_color": theme("dk2"), "valign": "vcenter"},
    "heading": {"font_size": 14, "bold": True, "font_color": theme("dk2"), "valign": "vcenter"},
    "intro": {"font_size": 11, "font_color": theme("accent5"), "valign": "vcenter"},
    "lead": {"font_size": 12, "font_color": INK, "valign": "vcenter"},
    "band": {"bg_color": theme("accent1"), "font_color": theme("accent6"), "valign": "vcenter"},
    "header": {
        **{"bold": True, "text_wrap": True, "valign": "vcenter", "align": "left", "indent": 1},
        **{"bg_color": theme("accent1"), "font_color": theme("accent6")},
        **{"right": 1, "right_color": WHITE},
    },
    "required": {"num_format": '@" *"'},
    "cell": {
        **{"text_wrap": True, "valign": "vcenter", "font_color": INK},
        **{"bottom": 1, "bottom_color": RULE},
    },
    "indented": {"align": "left", "indent": 1},
    "label": {
        **{"bold": True, "font_color": theme("dk2"), "valign": "vcenter", "text_wrap": True},
        **{"align": "left", "indent": 1},
    },
    "words": WORDS,
    "box": {**BOX, **WORDS},
    "panel": {
        **{"bg_color": theme("lt2"), "font_color": INK, "valign": "vcenter"},
        **{"align": "left", "indent": 1},
    },
    "wrapped": {"text_wrap": True},
    "bold": {"bold": True},
    "centred": {"align": "center"},
    "right": {"align": "right", "indent": 1},
    "top": {"valign": "top"},
    "middle": {"valign": "vcenter"},
    "unwrapped": {"text_wrap": False},
    "unindented": {"indent": 0},
    "plain": {"right": 0},
    "tile": {"border": 2, "border_color": WHITE, "font_color": INK, "valign": "vcenter"},
    "word": {
        **{"font_size": 9, "font_color": INK, "valign": "vcenter", "align": "left", "indent": 1},
        **{"left": 2, "right": 2, "top": 2},
        **{"left_color": WHITE, "right_color": WHITE, "top_color": WHITE},
    },
    "ids": {
        **{"font_size": 11, "bold": True, "font_color": INK, "valign": "top", "align": "center"},
        **{"text_wrap": True, "left": 2, "right": 2, "bottom": 2},
        **{"left_color": WHITE, "right_color": WHITE, "bottom_color": WHITE},
    },
    "count": {"align": "center", "bold": True, "valign": "vcenter", "num_format": "0"},
    "heat": {"align": "center", "bold": True, "valign": "vcenter", "num_format": '0;-0;"–"'},
    "whole": {"num_format": "#,##0"},
    "price": {"num_format": '[<100]#,##0.00 "kr";#,##0 "kr"'},
    "flow": {"num_format": '#,##0 "kr";-#,##0 "kr";"–"'},
    "sum": {"bold": True, "valign": "vcenter", "top": 1, "top_color": EDGE, "indent": 1},
    "deeper": {"indent": 3},
    "result": {"top": 1, "top_color": EDGE},
    "back": {"font_size": 14, "bold": True, "font_color": theme("dk2"), "num_format": "0"},
    "rate": {"num_format": "0.0%"},
    "chain": {
        **{"text_wrap": True, "valign": "vcenter", "align": "left", "indent": 1},
        **{"font_color": INK, "left": 5, "right": 5, "left_color": WHITE, "right_color": WHITE},
    },
    "turned": {"rotation": 90, "align": "center", "valign": "bottom", "indent": 0},
    "foot": {"valign": "bottom"},
    "letter": {"left": 1, "right": 1, "left_color": RULE, "right_color": RULE},
    "unseen": {"num_format": ";;;"},
    "code": {"font_color": theme("accent5"), "font_size": 9},
    "small": {"font_size": 9},
    "note": {
        **{"font_size": 9, "font_color": theme("accent5"), "text_wrap": True, "valign": "top"},
        **{"align": "left", "indent": 1},
    },
    "large": {"font_size": 24, "bold": True},
    "emphasis": {"font_color": theme("dk2"), "bold": True},
    Origin.PREFILLED: {"bg_color": f"#{PREFILLED}"},
    Origin.EDITABLE: {"bg_color": WHITE, "left": 2, "left_color": EDGE},
    Origin.FILLED: {"bg_color": WHITE},
    Origin.COMPUTED: {"bg_color": f"#{COMPUTED}"},
    Origin.SYSTEM: {},
    FieldType.DATE: {"num_format": "dd.mm.yyyy", "align": "left", "indent": 1},
    FieldType.INT: {"num_format": "0", **FIGURE},
    FieldType.NUMBER: {"num_format": "General", **FIGURE},
    FieldType.PERCENT: {"num_format": '0.0" %"', **FIGURE},
    FieldType.SHARE: {"num_format": "0%", **FIGURE},
    FieldType.MONEY: {"num_format": '#,##0 "kr"', **FIGURE},
    FieldType.HUKI: {"align": "center", "indent": 0, "bold": True},
    FieldType.ID: {"font_color": theme("accent5"), "font_size": 9},
    **{f"level.{name}": {"bg_color": f"#{code}"} for name, code in LEVELS.items()},
}


class Look:
    """The formats of one workbook."""

    def __init__(self, file: Workbook) -> None:
        self._file = file
        self._made: dict[tuple[Any, ...], Format] = {}

    def __call__(self, *styles: str, **more: Any) -> Format:
        """The format that joins these styles and single properties."""
        key = (*styles, *more.items())
        if key not in self._made:
            self._made[key] = self._file.add_format(self._joined(styles) | more)
        return self._made[key]

    def rule(self, **properties: Any) -> Format:
        """A format that a conditional format lays over the cell's own."""
        key = ("rule", *properties.items())
        if key not in self._made:
            self._made[key] = self._file.add_format(properties)
        return self._made[key]

    def level(self, name: str, symbol: str = "") -> Format:
        """Green, yellow, orange or red, laid over; the word always stands in the cell too.

        A symbol stands in the number format, so that the value stays a word of its list; a level
        without a colour has the symbol alone.
        """
        shown = {"num_format": f'"{symbol}  "@'} if symbol else {}
        fill = {"bg_color": f"#{LEVELS[name]}", "font_color": "#000000"} if name in LEVELS else {}
        return self.rule(**fill, **shown)

    @staticmethod
    def _joined(styles: tuple[str, ...]) -> Style:
        joined: Style = {}
        for style in styles:
            joined |= STYLES.get(style, {})
        return joined
