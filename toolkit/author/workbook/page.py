"""How a sheet prints: paper, orientation, how many pages wide, footer.

In: a sheet and how wide it is. Out: its print set-up. A table that even A3 would print too small to
read goes over two pages side by side, with its id and name on both. The footer's tags are filled
like any text; an ``&`` in a value is doubled, since a footer reads it as a code.
"""

from __future__ import annotations

from toolkit.author.workbook.book import Sheet

A4, A3 = 9, 8
WIDE = 190  # characters that still read well on one A4 page across
TOO_WIDE = 340  # and on one A3 page: more than this prints below 7 points
NAMING = (0, 1)  # the columns that say which row it is


def set_up(sheet: Sheet, width: float, *, portrait: bool = False, paper: int = 0) -> None:
    """Landscape unless said, one page wide; A3 where A4 would be too small to read."""
    page = sheet.page
    page.set_paper(paper or (A3 if width > WIDE else A4))
    (page.set_portrait if portrait else page.set_landscape)()
    page.fit_to_pages(1, 0)
    if width > TOO_WIDE:
        _side_by_side(sheet)
    page.set_margins(left=0.4, right=0.4, top=0.4, bottom=0.6)
    page.set_footer(_footer(sheet))


def _side_by_side(sheet: Sheet) -> None:
    sheet.page.fit_to_pages(2, 0)
    sheet.page.repeat_columns(*NAMING)
    sheet.page.print_across()


def one_page(sheet: Sheet, *, paper: int = A3, portrait: bool = False) -> None:
    """A sheet that is one picture: all of it on one page, in the middle."""
    set_up(sheet, 0, portrait=portrait, paper=paper)
    sheet.page.fit_to_pages(1, 1)
    sheet.page.center_horizontally()


def _footer(sheet: Sheet) -> str:
    project = "{{ info.project_name | replace('&', '&&') }}"
    document = "{{ info.document | replace('&', '&&') }}"
    return f"&L&9 {project}&C&9 {document}&R&9 {sheet.book.tag('ui.page')} &P / &N"
