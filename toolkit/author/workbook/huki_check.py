"""The check of a matrix of roles and responsibilities: per role, and under it per activity.

In: the section ``s.huki_check`` of a book with the sheet ``s.huki``. Out: a table with one row a
role, and a block of formulas with one row an activity, those that people add with them. What is
wrong is red, and says what it is.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from toolkit.author.workbook import page, table
from toolkit.author.workbook.book import FIRST_ROW, Sheet
from toolkit.author.workbook.formula import Columns, option
from toolkit.author.workbook.look import COMPUTED, FAULT, RULE
from toolkit.document import Section

CODE, NAME, COUNTS, STATUS, WARNING = 0, 1, 2, 6, 7
LETTERS = {"h": "HA", "u": "UR", "k": "KC", "i": "I"}
BLANK_ROWS = 20
HEIGHT = 24
MOST_CONSULTED = 3


def draw(sheet: Sheet, section: Section) -> None:
    """The whole sheet, on one A3 page."""
    table.draw(sheet, section)
    drawn = table.Table(sheet, section, sheet.book.table(sheet.short))
    warning = drawn.columns.positions["f.warning"]
    warned = f'=${sheet.cell(FIRST_ROW, warning)}<>""'
    for column in (NAME, warning):
        _format(sheet, (FIRST_ROW, column, drawn.last_row, column), warned, FAULT)
    Activities(sheet, sheet.book.table("huki"), drawn.last_row + 2).draw()
    page.one_page(sheet)


@dataclass(frozen=True)
class Activities:
    """The block of activities; ``top`` is the row of its title."""

    sheet: Sheet
    matrix: Columns
    top: int

    @property
    def first(self) -> int:
        """The row that repeats over the activities known; the next one is for new ones."""
        return self.top + 2

    def draw(self) -> None:
        """Title, headings, both rows, their colours and the block's name."""
        self._headings()
        self._row(self.first, "r in tables.huki", known=True)
        self._row(self.first + 1, f"n in range({BLANK_ROWS})", known=False)
        area = (self.first, NAME, self.first + 1, WARNING)
        self._colour(area)
        self.sheet.book.name("huki_activities", self.sheet.at(*area))

    def _headings(self) -> None:
        self.sheet.heights({self.top: 36, self.top + 1: 30})
        self.sheet.label(self.top, NAME, "ui.per_activity", "heading")
        letters = (f"o.huki.{letter.upper()}" for letter in LETTERS)
        for column, key in enumerate(("f.activity", *letters, "f.check_status", "f.warning"), 1):
            figures = ("right",) if COUNTS <= column < STATUS else ()
            self.sheet.label(self.top + 1, column, key, "header", "plain", *figures)

    def _row(self, row: int, loop: str, *, known: bool) -> None:
        if known:
            self.sheet.least_height(row, HEIGHT)
        number = "{{ loop.index }}" if known else "{{ (tables.huki | length) + n + 1 }}"
        start = f"{{%tr for {loop} %}}{number}"
        self._formula(row, CODE, f"=ROW()-ROW({self._heading})", start, "unseen")
        tags = {name: f"{{{{ r.{name} or '' }}}}" for name in ("activity", "warning")}
        tags["check_status"] = "{{ r.check_status }}"
        text = ("indented", "middle", "wrapped")
        for column, name, formula in (
            (NAME, "activity", f'{self._cell("f.activity", row)}&""'),
            (STATUS, "check_status", f'{self._cell("f.check_status", row)}&""'),
            (WARNING, "warning", self._warning(row)),
        ):
            tag = tags[name] if known else ""
            self._formula(row, column, self._guarded(formula, row), tag, *text)
        for column, (letter, both) in enumerate(LETTERS.items(), COUNTS):
            tag = f"{{{{ r.count_{letter} }}}}" if known else ""
            self._formula(
                row, column, self._guarded(self._count(both, row), row), tag, "int", "middle"
            )
        self.sheet.write(row, WARNING + 1, "{%tr endfor %}")

    @property
    def _heading(self) -> str:
        return self.sheet.at(self.top + 1, CODE).split("!")[1]

    def _cell(self, key: str, row: int) -> str:
        return f"INDEX({self.matrix.whole(key)},$A{row + 1})"

    def _count(self, letters: str, row: int) -> str:
        cells = f"INDEX({self.matrix.whole('f.huki')},$A{row + 1},0)"
        return "+".join(f'COUNTIF({cells},"*{letter}*")' for letter in letters)

    def _warning(self, row: int) -> str:
        consulted = self.sheet.cell(row, COUNTS + list(LETTERS).index("k"))
        return f'IF({consulted}>{MOST_CONSULTED},{option("huki_warning", "many_consulted")},"")'

    def _guarded(self, formula: str, row: int) -> str:
        activity = self._cell("f.activity", row)
        return f'=IFERROR(IF({activity}="","",{formula}),"")'

    def _formula(self, row: int, column: int, formula: str, tag: str, *styles: str) -> None:
        look = self.sheet.book.look(*styles)
        self.sheet.page.write_formula(row, column, formula, look, tag)

    def _colour(self, area: tuple[int, int, int, int]) -> None:
        name, status, warning = (
            f"${self.sheet.cell(self.first, column)}" for column in (NAME, STATUS, WARNING)
        )
        shown = {"bg_color": f"#{COMPUTED}", "bottom": 1, "bottom_color": RULE}
        wrong = f"{status}<>{option('huki_check', 'ok')}"
        warned = f'=AND({name}<>"",OR({wrong},{warning}<>""))'
        first, _, last, _ = area
        for column in (NAME, WARNING):
            _format(self.sheet, (first, column, last, column), warned, shown | FAULT)
        counted = (first, COUNTS, last, STATUS)
        _format(self.sheet, counted, f'=AND({name}<>"",{wrong})', shown | FAULT)
        _format(self.sheet, area, f'={name}<>""', shown)


def _format(sheet: Sheet, area: tuple[int, int, int, int], rule: str, look: dict[str, Any]) -> None:
    own = sheet.book.look.rule(**look)
    options = {"type": "formula", "criteria": rule, "format": own, "stop_if_true": True}
    sheet.page.conditional_format(*area, options)
