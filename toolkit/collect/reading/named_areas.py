"""Named areas: what a defined name refers to, as the sheet and its area.

In: a Book, a name in any case. Out: the page and the area; None where the name is gone or refers to
no cells.
"""

from __future__ import annotations

from functools import lru_cache

from toolkit.collect.reading.book import Book, Page
from toolkit.collect.reading.scan import Area, area_of


def named(book: Book, name: str) -> tuple[Page, Area] | None:
    """The sheet and area of a defined name; None where it is gone or refers to nothing."""
    found = referred(book.folded.get(name.casefold(), ""))
    page = book.page(found[0]) if found else None
    return (page, found[1]) if page and found else None


@lru_cache(maxsize=1024)
def referred(told: str) -> tuple[str, Area] | None:
    """The name of a sheet and the area a reference tells; None where it tells none."""
    sheet, mark, cells = told.replace("$", "").rpartition("!")
    if not mark:  # OpenDocument: 'Sheet'.B13:.C14
        sheet, mark, cells = _dotted(told.replace("$", ""))
    area = area_of(cells.replace(":.", ":"))
    return (sheet.strip("'").replace("''", "'"), area) if mark and area else None


def _dotted(told: str) -> tuple[str, str, str]:
    first, colon, last = told.partition(":.")
    sheet, mark, cell = first.rpartition(".")
    return sheet, mark, f"{cell}{':' if colon else ''}{last}"
