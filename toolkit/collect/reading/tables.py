"""Where the tables of a workbook stand now, whatever was moved, renamed, copied or inserted.

In: a Book and the tables of its document. Out: Found tables: the sheet, the row of hidden keys or
headings, which column holds which field, and where the rows are. Hidden keys are looked for in
every row of every sheet; where they are gone, headings in five languages are, and where those are
gone or changed, columns are known by what they were sent with.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from functools import cache, cached_property

from toolkit.collect.reading.book import Book, Page, Row
from toolkit.collect.reading.cells import Task
from toolkit.collect.reading.contents import completed, known_by_content
from toolkit.collect.reading.headings import headed, is_headings
from toolkit.collect.reading.heads import ID, Column, Head, keyed
from toolkit.collect.reading.sieve import Sieve
from toolkit.collect.reading.spelling import bare, folded
from toolkit.collect.reading.values import Content
from toolkit.fillable import Table
from toolkit.finding import LANGUAGES, Finding
from toolkit.language import Labels

META = "_meta"
LONGEST_NAME = 31  # letters of a sheet's name
BELOW = {
    "evaluation": ("f.agree_share", "h.ev.open"),
    "benefit_chain": ("ui.benefit_chain_picture",),
    "huki_check": ("ui.per_activity",),
    "follow_up": ("ui.no_data",),
}
"""Titles of what stands below a table and is none of its rows, by the kind of table."""


@dataclass(frozen=True)
class Found:
    """A table found: rows ``first`` to ``end`` (not included); ``columns`` by sheet column.

    ``others`` are the rows of tables above and below it on its sheet, ``beside`` the columns of
    tables to its left and right.
    """

    table: Table
    page: Page
    head: int
    first: int
    end: int
    columns: Mapping[int, Column]
    findings: tuple[Finding, ...] = ()
    others: frozenset[int] = frozenset()
    beside: frozenset[int] = frozenset()

    def column(self, key: str) -> int | None:
        """Where a column stands; None where it is gone."""
        return self._places.get(key)

    @cached_property
    def _places(self) -> Mapping[str, int]:
        return {column.key: at for at, column in self.columns.items()}

    @cached_property
    def ids(self) -> list[tuple[int, str]]:
        """What stands in the column of ids, by row, above the table too."""
        at = self.column(ID)
        if at is None:
            return []
        rows = self.page.rows[: self.end]
        texts = [f"{row[at] or ''}".strip() if at < len(row) else "" for row in rows]
        return [(number, text) for number, text in enumerate(texts) if text]

    @cached_property
    def opened(self) -> tuple[tuple[int, Column], ...]:
        """The columns that a person could write in, with their places."""
        open_ = {own.field for own in self.table.open}
        return tuple((at, c) for at, c in self.columns.items() if c.field.field in open_)


def find_tables(book: Book, tables: Sequence[Table], task: Task) -> list[Found]:
    """Every table found, those of copied sheets too, in the order of the sheets."""
    pages = [page for page in book.pages if page.name.casefold() != META]
    heads = {page.name: list(keyed(page, tables, task.place)) for page in pages}
    for page in pages if _lost(tables, heads) else ():
        lost = _lost(tables, heads)
        taken = {row for head in heads[page.name] for row in (head.row, head.row + 1)}
        found = headed(page, lost, taken, task.words, task.place) if lost else ()
        heads[page.name] += [completed(page, head, task) for head in found]
    for page in pages if _lost(tables, heads) else ():
        lost = _lost(tables, heads) if not heads[page.name] else []
        heads[page.name] += known_by_content(page, lost, task) if lost else []
    founds = [found for page in pages for found in _laid_out(page, heads[page.name])]
    own = (page for page in pages if not heads[page.name] and not is_of_kit(page.name))
    return [*founds, *(found for page in own for found in _going_on(page, tables, founds, task))]


def _going_on(
    page: Page, tables: Sequence[Table], founds: Sequence[Found], task: Task
) -> Iterator[Found]:
    """Rows of tables that go on, under headings, on a sheet somebody added.

    Where ids stand there that stand in the table already, the sheet is a copy for reading.
    """
    if not page.rows:
        return
    heads = [h for h in headed(page, tables, set(), task.words, task.place) if _has_ids(h)]
    for found in _laid_out(page, heads):
        met = {text for one in founds if one.table is found.table for _, text in one.ids}
        ids = {text for number, text in found.ids if number >= found.first}
        if ids and met.isdisjoint(ids):
            yield found


def _has_ids(head: Head) -> bool:
    return any(column.key == ID for column in head.columns.values())


def is_of_kit(name: str) -> bool:
    """Whether a sheet has the name of one the kit sends, in any language."""
    return folded(name) in _sheet_names()


@cache
def _sheet_names() -> frozenset[str]:
    loaded = [Labels.load(language).texts for language in LANGUAGES]
    labels = (text for texts in loaded for key, text in texts.items() if key.startswith("s."))
    return frozenset({META, *(folded(text[:LONGEST_NAME]) for text in labels)})


def _lost(tables: Sequence[Table], heads: Mapping[str, list[Head]]) -> list[Table]:
    known = {head.table.key for own in heads.values() for head in own}
    return [table for table in tables if table.key not in known]


# --- where the rows are -----------------------------------------------------------------------


def _laid_out(page: Page, heads: Sequence[Head]) -> list[Found]:
    ordered = sorted(heads, key=lambda head: head.row)
    founds = [_found(page, head, ordered) for head in ordered]
    return [_apart(found, founds) for found in founds] if len(founds) > 1 else founds


def _found(page: Page, head: Head, heads: Sequence[Head]) -> Found:
    below = next((other.row for other in heads if other.row > head.row), len(page.rows))
    first = head.row + 1 + _has_headings(page, head)
    part = head.table.block.part
    stops = page.passing(_ending(part)) if _stops(part) else frozenset[Content]()
    rows = range(first, below) if stops else ()
    end = next((n for n in rows if _ends(page.rows[n], stops)), below)
    return Found(head.table, page, head.row, first, end, head.columns, head.findings)


def _apart(found: Found, founds: Sequence[Found]) -> Found:
    """A table that knows which rows and columns of its sheet belong to other ones."""
    stacked = [other for other in founds if other.head != found.head]
    rows = frozenset(n for other in stacked for n in range(other.head, other.end))
    level = [other for other in founds if other is not found and other.head == found.head]
    return replace(
        found, others=rows, beside=frozenset(at for other in level for at in other.columns)
    )


def _has_headings(page: Page, head: Head) -> bool:
    """Whether the row under the hidden keys is the row of headings."""
    if not head.by_keys or head.row + 1 >= len(page.rows):
        return False
    return is_headings(page.rows[head.row + 1], head.columns, head.table)


def _ends(row: Row, stops: Set[Content]) -> bool:
    """Whether a row begins what stands below the table."""
    if stops.isdisjoint(row):
        return False
    return len([cell for cell in row if isinstance(cell, str) and cell.strip()]) <= 2


@cache
def _stops(part: str) -> frozenset[str]:
    loaded = [Labels.load(language) for language in LANGUAGES]
    return frozenset(bare(labels.t(key)) for labels in loaded for key in BELOW.get(part, ()))


@cache
def _ending(part: str) -> Sieve:
    """The titles of what stands below a table among the contents of a sheet."""
    return Sieve(lambda content: isinstance(content, str) and bare(content) in _stops(part))


def language_of(book: Book) -> str:
    """The language most headings of a workbook are written in; '' where none tells."""
    texts = {cell for page in book.pages for row in page.rows for cell in row if cell}
    known = {language: sum(text in _fields(language) for text in texts) for language in LANGUAGES}
    best = max(known, key=lambda language: known[language])
    return best if known[best] else ""


@cache
def _fields(language: str) -> frozenset[object]:
    texts = Labels.load(language).texts
    return frozenset(text for key, text in texts.items() if key.startswith(("f.", "ui.", "s.")))
