"""The evaluation form: statements to agree with, then open questions, on one sheet.

In: the section ``s.evaluation``. Out: the table of statements for the respondent's role, the share
agreed with (``f_agree_share``) and the open questions. Those repeat over ``tables.questions``, each
answer in one cell as wide as the statements, since cells that are merged are hard to hear, sort and
carry over; the name ``open_answers`` covers key and answer of each, so that they are read back by
key.
"""

from __future__ import annotations

from toolkit.author.workbook import page, table
from toolkit.author.workbook.book import Sheet
from toolkit.document import Section

KEY, TEXT = 0, 1
ANSWER_HEIGHT = 66
AGREED, ANSWERED = (4, 5), range(1, 6)


def draw(sheet: Sheet, section: Section) -> None:
    """The whole sheet, portrait."""
    table.draw(sheet, section)
    drawn = table.Table(sheet, section, sheet.book.table(sheet.short))
    _agreement(sheet, drawn)
    _questions(sheet, drawn.last_row + 3)
    page.one_page(sheet, paper=page.A4, portrait=True)


def _agreement(sheet: Sheet, drawn: table.Table) -> None:
    row, column = drawn.last_row + 1, drawn.columns.positions["f.answer"]
    sheet.page.set_row(row, 28)
    sheet.label(row, TEXT, "f.agree_share", "label", "right")
    answers = drawn.columns.whole("f.answer")
    agreed, answered = (
        "+".join(f"COUNTIF({answers},INDEX(lst_likert,{n}))" for n in numbers)
        for numbers in (AGREED, ANSWERED)
    )
    formula = f'=IFERROR(({agreed})/({answered}),"")'
    look = sheet.book.look("cell", "indented", "C", "share", "middle")
    sheet.page.write_formula(row, column, formula, look, "")
    sheet.book.name("f_agree_share", sheet.at(row, column))


def _questions(sheet: Sheet, top: int) -> None:
    """A title, then question and answer for each; the rows that hold the loop disappear."""
    sheet.page.set_row(top, 30)
    sheet.label(top, TEXT, "h.ev.open", "heading")
    sheet.label(top + 1, TEXT, "ph.ev.open", "intro")
    sheet.write(top + 2, KEY, "{%tr for q in tables.questions %}")
    sheet.page.set_row(top + 3, 24)
    sheet.write(top + 3, TEXT, "{{ q.question }}", "label", "unindented")
    sheet.page.set_row(top + 4, ANSWER_HEIGHT)
    sheet.write(top + 4, KEY, "{{ q.id }}", "code")
    answer = sheet.book.look("box", "F", "top")
    sheet.page.write_string(top + 4, TEXT, "{{ q.answer }}", answer)
    sheet.write(top + 5, KEY, "{%tr endfor %}")
    sheet.book.name("open_answers", sheet.at(top + 4, KEY, top + 4, TEXT))
