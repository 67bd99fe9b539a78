"""The risk picture: two 5 x 5 matrices, before and after measures, with the ids in their cells.

In: the section ``s.risk_matrix`` of a book with the sheets ``s.risks`` and ``s.risk_criteria``.
Out: a sheet of formulas: what staff change in the list moves here at once. Probability stands
highest on top. Arrows tell the largest moves. Below: how many risks each level holds, the most
serious ones and the ones that moved most.
"""

from __future__ import annotations

from dataclasses import dataclass

from toolkit.author.workbook import arrows, page, ranked
from toolkit.author.workbook.book import FIRST_ROW, Sheet
from toolkit.author.workbook.formula import Columns, option
from toolkit.author.workbook.ranked import colour, word
from toolkit.author.workbook.table import heading
from toolkit.document import Section

SCORES = range(1, 6)
TOP = 3  # the row of the matrices' headings
WORST_FIRST = ("red", "orange", "yellow", "green")
HEIGHTS = (20, 50)  # the level's word, the ids
LABELS, SQUARE = 25, 21  # widths in characters
SQUARE_PIXELS = (SQUARE * 7 + 5, sum(int(height * 4 / 3) for height in HEIGHTS))
LAST_COLUMN = 12


@dataclass(frozen=True)
class Side:
    """One of the two matrices: where it starts and which columns of the list it reads."""

    column: int
    title: str
    probability: str
    consequence: str
    level: str

    @property
    def names(self) -> tuple[str, str]:
        """Its two scores in a row of the context."""
        return self.probability[2:], self.consequence[2:]


BEFORE = Side(0, "ui.before_measures", "f.probability", "f.consequence", "f.risk_level")
AFTER = Side(
    7, "ui.after_measures", "f.probability_after", "f.consequence_after", "f.residual_level"
)


def draw(sheet: Sheet, section: Section) -> None:
    """The whole sheet, on one A3 page."""
    heading(sheet, section)
    sheet.widths(LABELS, *[SQUARE] * 5, 3, LABELS, *[SQUARE] * 5)
    for name in ("probability", "consequence", "risk_level"):
        sheet.book.use_list(name)
    for side in (BEFORE, AFTER):
        _matrix(sheet, side)
    below = TOP + 2 + 2 * len(SCORES) + 3
    _counts(sheet, below)
    ranked.draw(sheet, below, AFTER.column, ranked.WORST)
    moved = below + ranked.LISTED + 3
    ranked.draw(sheet, moved, BEFORE.column, ranked.MOVED)
    _arrows(sheet, moved + 2)
    page.one_page(sheet)
    sheet.page.print_area(0, 0, moved + 1 + ranked.LISTED, LAST_COLUMN)


def _arrows(sheet: Sheet, figures: int) -> None:
    at = (TOP + 2, AFTER.column + 1)
    width, height = SQUARE_PIXELS
    arrows.draw(sheet, at, (5 * width, 5 * height), (figures, LAST_COLUMN + 2))


def _matrix(sheet: Sheet, side: Side) -> None:
    first = side.column
    sheet.page.set_row(TOP, 28)
    sheet.label(TOP, first, side.title, "heading")
    sheet.label(TOP + 1, first, BEFORE.probability, "label", "small")
    for score in SCORES:
        _row(sheet, side, score)
    under = TOP + 2 + 2 * len(SCORES)
    sheet.heights({under: 22, under + 1: 64})
    for score, text in zip(SCORES, sheet.book.options("consequence"), strict=True):
        sheet.write(under, first + score, text, "label", "small")
        _definition(sheet, (under + 1, first + score), "consequence", score)
    sheet.label(under, first, BEFORE.consequence, "label", "small", "right")
    _colours(sheet, first)


def _row(sheet: Sheet, side: Side, score: int) -> None:
    row = _word_row(score)
    for offset, height in enumerate(HEIGHTS):
        sheet.page.set_row(row + offset, height)
    text = sheet.book.options("probability")[score - 1]
    sheet.write(row, side.column, text, "label", "small")
    _definition(sheet, (row + 1, side.column), "probability", score)
    for consequence in SCORES:
        _cell(sheet, side, score, consequence)


def _definition(sheet: Sheet, cell: tuple[int, int], scale: str, score: int) -> None:
    """What a score means, from the sheet of criteria."""
    formula = f'=INDEX({scale}_definitions,{score})&""'
    tag = f"{{{{ view.risks.definitions.{scale}[{score - 1}] }}}}"
    sheet.page.write_formula(*cell, formula, sheet.book.look("note"), tag)


def _word_row(score: int) -> int:
    return TOP + 2 + 2 * (5 - score)


def _cell(sheet: Sheet, side: Side, score: int, consequence: int) -> None:
    row, column = _word_row(score), side.column + consequence
    level = f"INDEX(risk_matrix,{6 - score},{consequence})"
    tag = f"{{{{ view.risks.matrix[{score - 1}][{consequence - 1}].split(' – ')[0] }}}}"
    sheet.page.write_formula(row, column, f"={word(level)}", sheet.book.look("word"), tag)
    formula = _ids(sheet.book.table("risks"), side, score, consequence)
    ids = _ids_tag(side, score, consequence)
    look = sheet.book.look("ids")
    sheet.page.write_array_formula(row + 1, column, row + 1, column, formula, look, ids)


def _ids(risks: Columns, side: Side, score: int, consequence: int) -> str:
    """The ids in a cell; a row without id by its number; where TEXTJOIN lacks, how many."""
    own = (
        (risks.whole(side.probability), f"INDEX(lst_probability,{score})"),
        (risks.whole(side.consequence), f"INDEX(lst_consequence,{consequence})"),
    )
    here = "*".join(f"({cells}={value})" for cells, value in own)
    ids = risks.whole("f.id")
    shown = f'IF({ids}="","#"&(ROW({ids})-{FIRST_ROW}),{ids})'
    count = f"COUNTIFS({','.join(f'{cells},{value}' for cells, value in own)})"
    joined = f'_xlfn.TEXTJOIN(", ",TRUE,IF({here},{shown},""))'
    return f'=IFERROR({joined},IF({count}=0,"",{count}&" ×"))'


def _ids_tag(side: Side, score: int, consequence: int) -> str:
    found = "tables.risks"
    for name, number, scale in zip(
        side.names, (score, consequence), ("probability", "consequence"), strict=True
    ):
        found += f" | selectattr('{name}', 'equalto', lists.{scale}[{number - 1}])"
    return f"{{{{ {found} | map(attribute='id') | join(', ') }}}}"


def _colours(sheet: Sheet, first: int) -> None:
    """Word and ids of a cell in the colour of its level; the word decides for both rows."""
    top, last = TOP + 2, TOP + 1 + 2 * len(SCORES)
    for offset in (0, 1):
        rows = range(top + offset, last + 1, 2)
        cells = [sheet.at(row, first + 1, row, first + 5).split("!")[1] for row in rows]
        area = (top, first + 1, last, first + 5)
        colour(sheet, area, " ".join(cells).replace("$", ""))


def _counts(sheet: Sheet, top: int) -> None:
    """How many risks stand on each level before and after."""
    risks = sheet.book.table("risks")
    sheet.page.set_row(top, 28)
    sheet.label(top, 0, "ui.risks_per_level", "heading")
    sheet.page.set_row(top + 1, 30)
    sheet.label(top + 1, 0, "f.risk_level", "header", "plain")
    sheet.blank(top + 1, range(1, 3), "header", "plain")
    for column, side in ((3, BEFORE), (4, AFTER)):
        sheet.label(top + 1, column, side.title, "header")
    for row, key in enumerate(WORST_FIRST, top + 2):
        _count_row(sheet, row, key, risks)


def _count_row(sheet: Sheet, row: int, key: str, risks: Columns) -> None:
    label = sheet.book.text(f"o.risk_level.{key}")
    look = (f"level.{key}", "cell", "indented", "middle", "unwrapped")
    sheet.page.set_row(row, 26)
    sheet.write(row, 0, label, *look)
    sheet.blank(row, range(1, 3), *look)
    for column, side in ((3, BEFORE), (4, AFTER)):
        formula = f"=COUNTIF({risks.whole(side.level)},{option('risk_level', key)})"
        number = ("green", "yellow", "orange", "red").index(key)
        found = f"selectattr('{side.level[2:]}', 'equalto', lists.risk_level[{number}])"
        tag = f"{{{{ tables.risks | {found} | list | length }}}}"
        form = sheet.book.look("cell", "C", "count")
        sheet.page.write_formula(row, column, formula, form, tag)
