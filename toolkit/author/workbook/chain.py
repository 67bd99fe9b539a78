"""The benefit map: a table to fill in, and under it the same drawn from left to right.

In: the section ``s.benefit_chain``. Out: the sheet; the picture is formulas over the table, so it
follows what people write. A benefit or sub-goal that goes on from the row above is named once.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from toolkit.author.workbook import page, table
from toolkit.author.workbook.book import Sheet
from toolkit.author.workbook.formula import Columns
from toolkit.author.workbook.look import WHITE, theme
from toolkit.document import Section

BOXES = ("f.enabler", "f.change_needed", "f.benefit", "f.sub_goal")
NAMED_ONCE = BOXES[2:]
FILLS = ("lt2", "lt2", "lt2", "accent1")
ARROW = '@"  ▸"'
HEIGHT, SPARE = 36, 20  # points of a box that says something, and of one that waits


def draw(sheet: Sheet, section: Section) -> None:
    """The whole sheet, on one page."""
    table.draw(sheet, section)
    drawn = table.Table(sheet, section, sheet.book.table(sheet.short))
    picture = Picture(sheet, drawn.columns, drawn.last_row + 2)
    picture.headings()
    picture.row(picture.first, f"r in tables.{sheet.short}", known=True)
    picture.row(picture.first + 1, f"n in range({section.blank_rows})", known=False)
    for column, fill in enumerate(FILLS, 1):
        picture.colour(column, theme(fill))
    page.one_page(sheet, portrait=True)


@dataclass(frozen=True)
class Picture:
    """Four columns of boxes under the table; ``top`` is the row of its title."""

    sheet: Sheet
    table: Columns
    top: int

    @property
    def first(self) -> int:
        """The row that repeats over what is known; the next one is for what is new."""
        return self.top + 2

    def headings(self) -> None:
        """Its title, and a heading over each column that points on to the next."""
        self.sheet.heights({self.top: 36, self.top + 1: 30})
        self.sheet.label(self.top, 1, "ui.benefit_chain_picture", "heading")
        for column, key in enumerate(BOXES, 1):
            more = {"num_format": ARROW} if column < len(BOXES) else {}
            look = self.sheet.book.look("header", "plain", **more)
            self.sheet.page.write_string(self.top + 1, column, self.sheet.book.text(key), look)

    def row(self, row: int, loop: str, *, known: bool) -> None:
        """One row of boxes; its number waits until the same row of the table says something."""
        self.sheet.least_height(row, HEIGHT if known else SPARE)
        said = "&".join(self._value(key, self._number) for key in BOXES)
        tag = "{{ loop.index }}" if known else ""
        formula = f'=IFERROR(IF({said}="","",{self._number}),"")'
        self._formula(row, 0, formula, f"{{%tr for {loop} %}}{tag}", "unseen")
        for column, key in enumerate(BOXES, 1):
            self._formula(row, column, self._box(row, key), _tag(key) if known else "", "chain")
        self.sheet.write(row, len(BOXES) + 1, "{%tr endfor %}", "code")

    def colour(self, column: int, fill: Any) -> None:
        """Colours the boxes of a column, with a line above each that begins something."""
        text = theme("accent6" if column == len(BOXES) else "dk1")
        area = (self.first, column, self.first + 1, column)
        sides = {"left": 1, "left_color": WHITE, "right": 1, "right_color": WHITE}
        number, cell = f"$A{self.first + 1}", self.sheet.cell(self.first, column)
        begins = f'=AND({number}<>"",OR({cell}<>"",{column}<3))'
        for rule, more in ((begins, {"top": 1, "top_color": WHITE}), (f'={number}<>""', {})):
            look = self.sheet.book.look.rule(bg_color=fill, font_color=text, **sides, **more)
            options = {"type": "formula", "criteria": rule, "format": look, "stop_if_true": True}
            self.sheet.page.conditional_format(*area, options)

    @property
    def _number(self) -> str:
        """How many rows under its headings a row stands."""
        return f"(ROW()-ROW({self.sheet.at(self.top + 1, 0).split('!')[1]}))"

    def _value(self, key: str, number: str) -> str:
        return f"INDEX({self.table.whole(key)},{number})"

    def _box(self, row: int, key: str) -> str:
        number = f"$A{row + 1}"
        value, before = (self._value(key, own) for own in (number, f"{number}-1"))
        text = f'{value}&""'
        if key in NAMED_ONCE:
            text = f'IF({number}=1,{text},IF({value}={before},"",{text}))'
        return f'=IF({number}="","",{text})'

    def _formula(self, row: int, column: int, formula: str, tag: str, style: str) -> None:
        look = self.sheet.book.look(style)
        self.sheet.page.write_formula(row, column, formula, look, tag)


def _tag(key: str) -> str:
    name = key[2:]
    if key not in NAMED_ONCE:
        return f"{{{{ r.{name} or '' }}}}"
    again = f"loop.index0 and tables.benefit_chain[loop.index0 - 1].{name} == r.{name}"
    return f"{{{{ '' if {again} else r.{name} or '' }}}}"
