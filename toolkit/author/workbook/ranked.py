"""The first few risks in some order: the most serious ones, the ones that moved most.

In: the list of risks, an order, and where on a sheet the block starts. Out: a block of array
formulas that follows the list. A row of the list without an id is told by its number.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from toolkit.author.workbook.book import Sheet
from toolkit.author.workbook.formula import Columns, option
from toolkit.author.workbook.look import LEVELS

LISTED = 5
WIDTH = 6
LEVEL_KEYS = ("f.risk_level", "f.residual_level")
NUMBER_KEYS = ("f.risk_value", "f.residual_value")
NOTHING = "ui.nothing_yet"


@dataclass(frozen=True)
class Ranking:
    """An order of risks: its title, its rows in ``view.risks``, its weight, its last columns."""

    title: str
    rows: str
    weight: Callable[[Columns], str]
    compared: tuple[str, str]

    @property
    def shown(self) -> dict[str, int]:
        """Keys of the list -> columns of the block."""
        return dict(zip(("f.id", "f.hazard", *self.compared), (0, 1, 4, 5), strict=True))

    def place(self, risks: Columns, rank: int) -> str:
        """The row of the risk of that rank; an error where there are fewer."""
        weights = f"IFERROR({self.weight(risks)}-{_order(risks)},0)"
        nth = f"LARGE({weights},{rank})"
        return f'MATCH(IF({nth}>0,{nth},"–"),{weights},0)'

    def tag(self, rank: int, value: str, missing: str) -> str:
        """A value of the risk of that rank, ``r`` being its row, for the cached answer."""
        rows = f"view.risks.{self.rows}"
        found = value.replace("r.", f"{rows}[{rank - 1}].")
        return f"{{{{ {found} if {rows} | length >= {rank} else {missing} }}}}"


def _order(risks: Columns) -> str:
    return f"ROW({risks.whole('f.id')})/1000"


def _severity(risks: Columns) -> str:
    level = f"MATCH({risks.whole('f.risk_level')},lst_risk_level,0)"
    consequence = f"MATCH({risks.whole('f.consequence')},lst_consequence,0)"
    return f"{level}*10000+{risks.whole('f.risk_value')}*100+{consequence}*10"


def _way(risks: Columns) -> str:
    return f"({risks.whole('f.risk_value')}-{risks.whole('f.residual_value')})*100"


WORST = Ranking("ui.worst_risks", "worst", _severity, LEVEL_KEYS)
MOVED = Ranking("ui.moved_risks", "moved", _way, NUMBER_KEYS)


def word(level: str) -> str:
    """The first word of a level: ``Høy – tiltak skal besluttes`` -> ``Høy``."""
    return f'LEFT({level},IFERROR(FIND(" –",{level})-1,LEN({level})))'


def colour(sheet: Sheet, area: tuple[int, int, int, int], where: str = "") -> None:
    """Cells that begin with the word of a level in its colour; ``where``: several ranges."""
    cell = sheet.cell(area[0], area[1])
    for key in LEVELS:
        rule = {"type": "formula", "format": sheet.book.look.level(key)}
        rule["criteria"] = f"={cell}={word(option('risk_level', key))}"
        sheet.page.conditional_format(*area, rule | ({"multi_range": where} if where else {}))


def draw(sheet: Sheet, top: int, first: int, ranking: Ranking) -> None:
    """The block with its title; ``top`` and ``first`` are its first row and column."""
    sheet.page.set_row(top, 28)
    sheet.label(top, first, ranking.title, "heading")
    sheet.page.set_row(top + 1, 30)
    sheet.blank(top + 1, range(first, first + WIDTH), "header", "plain")
    for key, column in ranking.shown.items():
        sheet.label(top + 1, first + column, key, "header", "plain")
    for rank in range(1, LISTED + 1):
        _row(sheet, top + 1 + rank, first, ranking, rank)
    if ranking.compared == LEVEL_KEYS:
        levels = first + ranking.shown[LEVEL_KEYS[0]]
        colour(sheet, (top + 2, levels, top + 1 + LISTED, levels + 1))


def _row(sheet: Sheet, row: int, first: int, ranking: Ranking, rank: int) -> None:
    sheet.page.set_row(row, 26)
    sheet.blank(row, range(first, first + WIDTH), "cell", "C")
    form = sheet.book.look("cell", "indented", "C", "middle", "unwrapped")
    for key, column in ranking.shown.items():
        at = (row, first + column)
        formula = f'=IFERROR({_text(sheet, key, ranking, rank)},"")'
        sheet.page.write_array_formula(*at, *at, formula, form, _tag(key, ranking, rank))


def _text(sheet: Sheet, key: str, ranking: Ranking, rank: int) -> str:
    risks = sheet.book.table("risks")
    place = ranking.place(risks, rank)
    value = f"INDEX({risks.whole(key)},{place})"
    if key in LEVEL_KEYS:
        return word(value)
    if key in NUMBER_KEYS:
        return value
    if key == "f.id":
        return f'IF({value}="","#"&{place},{value})'
    return f"IFERROR({value},{sheet.book.use_word(NOTHING)})" if rank == 1 else f'{value}&""'


def _tag(key: str, ranking: Ranking, rank: int) -> str:
    value = f"(r.{key[2:]} or '')"
    if key in LEVEL_KEYS:
        value += ".split(' – ')[0]"
    none = f"t('{NOTHING}')" if (key, rank) == ("f.hazard", 1) else "''"
    return ranking.tag(rank, value, none)
