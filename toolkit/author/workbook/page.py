"""How a sheet prints: paper, orientation, one page wide, footer.

In: a sheet and how wide it is. Out: its print set-up. The footer's tags are filled like any text;
an ``&`` in a value is doubled, since a footer reads it as a code.
"""

from __future__ import annotations

from toolkit.author.workbook.book import Sheet

A4, A3 = 9, 8
WIDE = 190  # characters that still read well on one A4 page across


def set_up(sheet: Sheet, width: float, *, portrait: bool = False, paper: int = 0) -> None:
    """Landscape unless said, one page wide; A3 where A4 would be too small to read."""
    page = sheet.page
    page.set_paper(paper or (A3 if width > WIDE else A4))
    (page.set_portrait if portrait else page.set_landscape)()
    page.fit_to_pages(1, 0)
    page.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.7)
    page.set_footer(_footer(sheet))


def one_page(sheet: Sheet, *, paper: int = A3, portrait: bool = False) -> None:
    """A sheet that is one picture: all of it on one page, in the middle."""
    set_up(sheet, 0, portrait=portrait, paper=paper)
    sheet.page.fit_to_pages(1, 1)
    sheet.page.center_horizontally()


def _footer(sheet: Sheet) -> str:
    project = "{{ info.project_name | replace('&', '&&') }}"
    document = "{{ info.document | replace('&', '&&') }}"
    return f"&L&9 {project}&C&9 {document}&R&9 {sheet.book.tag('ui.page')} &P / &N"
