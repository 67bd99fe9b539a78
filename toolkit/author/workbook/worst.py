"""The most serious risks, the worst first: level, then product, then consequence, then order.

In: the list of risks, and where on a sheet the block starts. Out: a block of array formulas that
follows the list. A row of the list without an id is told by its number.
"""

from __future__ import annotations

from toolkit.author.workbook.book import Sheet
from toolkit.author.workbook.formula import Columns, option
from toolkit.author.workbook.look import LEVELS

LISTED = 5
WIDTH = 6
SHOWN = {"f.id": 0, "f.hazard": 1, "f.risk_level": 4, "f.residual_level": 5}  # key -> column
LEVEL_KEYS = ("f.risk_level", "f.residual_level")
NOTHING = "ui.nothing_yet"


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


def draw(sheet: Sheet, top: int, first: int) -> None:
    """The block with its title; ``top`` and ``first`` are its first row and column."""
    sheet.label(top, first, "ui.worst_risks", "heading")
    sheet.blank(top + 1, range(first, first + WIDTH), "header", "plain")
    for key, column in SHOWN.items():
        sheet.label(top + 1, first + column, key, "header", "plain")
    for rank in range(1, LISTED + 1):
        sheet.page.set_row(top + 1 + rank, 26)
        sheet.blank(top + 1 + rank, range(first, first + WIDTH), "cell", "C")
        for key, column in SHOWN.items():
            _cell(sheet, (top + 1 + rank, first + column), key, rank)
    levels = first + SHOWN["f.risk_level"]
    colour(sheet, (top + 2, levels, top + 1 + LISTED, levels + 1))


def _cell(sheet: Sheet, at: tuple[int, int], key: str, rank: int) -> None:
    formula = f'=IFERROR({_text(sheet, key, rank)},"")'
    form = sheet.book.look("cell", "indented", "C", "middle", "unwrapped")
    sheet.page.write_array_formula(*at, *at, formula, form, _tag(key, rank))


def _text(sheet: Sheet, key: str, rank: int) -> str:
    risks = sheet.book.table("risks")
    place = _place(risks, rank)
    value = f"INDEX({risks.whole(key)},{place})"
    if key in LEVEL_KEYS:
        return word(value)
    if key == "f.id":
        return f'IF({value}="","#"&{place},{value})'
    return f"IFERROR({value},{sheet.book.use_word(NOTHING)})" if rank == 1 else f'{value}&""'


def _tag(key: str, rank: int) -> str:
    found = f"(view.risks.worst[{rank - 1}].{key[2:]} or '')"
    if key in LEVEL_KEYS:
        found += ".split(' – ')[0]"
    none = f"t('{NOTHING}')" if (key, rank) == ("f.hazard", 1) else "''"
    return f"{{{{ {found} if view.risks.worst | length >= {rank} else {none} }}}}"


def _place(risks: Columns, rank: int) -> str:
    """The row of the risk of that rank; an error where there are fewer."""
    level = f"MATCH({risks.whole('f.risk_level')},lst_risk_level,0)"
    consequence = f"MATCH({risks.whole('f.consequence')},lst_consequence,0)"
    order = f"ROW({risks.whole('f.id')})/1000"
    weight = f"{level}*10000+{risks.whole('f.risk_value')}*100+{consequence}*10-{order}"
    weights = f"IFERROR({weight},0)"
    nth = f"LARGE({weights},{rank})"
    return f'MATCH(IF({nth}>0,{nth},"–"),{weights},0)'
