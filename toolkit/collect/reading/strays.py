"""Strays: what people wrote beside, above or below the places for answers.

In: a Book, the tables found in it and what is read so far. Out: a finding for each text that is
neither an answer nor the document's own: not read, and told so that it is not lost.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence, Set
from functools import cache
from operator import attrgetter

from toolkit.collect.reading.book import Book, Page
from toolkit.collect.reading.cells import Reading, Task
from toolkit.collect.reading.days import day_of
from toolkit.collect.reading.form_values import labels_known, labels_of
from toolkit.collect.reading.scan import At
from toolkit.collect.reading.sieve import Sieve
from toolkit.collect.reading.spelling import folded
from toolkit.collect.reading.tables import Found
from toolkit.collect.reading.values import Content
from toolkit.fillable import INFO
from toolkit.finding import Finding, finding
from toolkit.language import Labels
from toolkit.store.records import Steps

FIRST = 32  # cells: the facts are read first, and are what stands outside tables in most files
SAMPLES = frozenset({"aa", "*", "!"})  # what the legend of the first sheet shows


def strays(
    book: Book, founds: Sequence[Found], read: Reading, sheets: Set[str], task: Task
) -> Iterator[Finding]:
    """Texts outside the places for answers, on the sheets that have such places.

    ``sheets`` are those on which anything outside tables was read.
    """
    with_tables = {found.page.name for found in founds}
    if any(page.marks.formulas for page in book.pages):
        pages = sheets | with_tables
    else:  # a format that does not tell formulas from texts
        pages = sheets - with_tables
    own, places = _Own(read, task), set[Steps]()
    first = set(map(_steps, read.cells[:FIRST]))
    for page in book.pages:
        told = {n for one in founds if one.page is page for n in range(one.head, one.end)}
        for at in _texts(page, told) if page.name in pages and not page.hidden else ():
            place = page.place(task.place, at)
            if own.says(page, at) or place.steps in first:
                continue
            places = places or set(map(_steps, read.cells))
            if place.steps not in places:
                yield finding("text-beside", place)


_steps = attrgetter("steps")


def _texts(page: Page, told: Collection[int]) -> Iterator[At]:
    """Where texts stand that no label of the kit is, but in the rows that are read."""
    asked = page.passing(ASKED)
    for row, cells in enumerate(page.rows):
        if row in told or asked.isdisjoint(cells):
            continue
        for column, cell in enumerate(cells):
            if cell in asked and (row, column) not in page.marks.formulas:
                yield row, column


def _is_asked(content: Content) -> bool:
    """Whether it is a text, and neither a label of any document nor a number nor a sample."""
    line = folded(content) if isinstance(content, str) else ""
    return (
        bool(line) and line not in labels_known() and line not in SAMPLES and not line.isdecimal()
    )


ASKED = Sieve(_is_asked)


class _Own:
    """The texts a document has of its own."""

    def __init__(self, read: Reading, task: Task) -> None:
        self.rows = task.rows
        self.labels = task.words.labels
        names = ("f.project_name", "f.organisation")
        told = {task.sent.get((INFO, "", name)) for name in names}
        told |= {cell.value for cell in read.cells if cell.field in names}
        self.titles = [text for text in told if isinstance(text, str) and text]

    def says(self, page: Page, at: At) -> bool:
        """Whether a cell holds what the kit wrote: a label, a key, a title, a fact of its own."""
        text = f"{page.value(at)}".strip()
        return (
            _key(text)
            or any(text in rows for rows in self.rows.values())
            or any(title in text for title in self.titles)
            or self._told(page, at, text)
        )

    def _told(self, page: Page, at: At, text: str) -> bool:
        """Whether a cell holds what the kit tells: where to return the file, and by when."""
        left = page.value((at[0], at[1] - 1)) if at[1] else None
        label = folded(left) if isinstance(left, str) else ""
        if label in labels_of("ui.return_to"):
            return True
        return label in labels_of("ui.return_by") and day_of(text, self.labels)[0] is not None


def _key(text: str) -> bool:
    return text in _keys() or (" " not in text and text[:2] in ("f.", "qe"))


@cache
def _keys() -> frozenset[str]:
    return frozenset(Labels.load("nb").texts)
