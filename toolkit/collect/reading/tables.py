"""Where the tables of a workbook stand now, whatever was moved, renamed, copied or inserted.

In: a Book and the tables of its document. Out: Found tables: the sheet, the row of hidden keys or
headings, which column holds which field, and where the rows are. Hidden keys are looked for in
every row of every sheet; where they are gone, headings in five languages are.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property

from toolkit.collect.reading.book import Book, Page, Row
from toolkit.collect.reading.spelling import bare, folded
from toolkit.collect.reading.values import Words
from toolkit.field import Field, FieldType
from toolkit.fillable import Table
from toolkit.finding import LANGUAGES, Finding, Place, finding
from toolkit.language import Labels

NEAR = 0.8
META = "_meta"
BELOW = (
    *("f.agree_share", "h.ev.open", "ui.benefit_chain_picture", "ui.per_activity"),
    *("ui.no_data", "ui.key_figures"),
)
"""Titles of what stands below a table and is none of its rows."""


@dataclass(frozen=True)
class Column:
    """One column: its key (``f.hazard``, ``f.amount:2028``) and its field."""

    key: str
    field: Field


@dataclass(frozen=True)
class Found:
    """A table found: rows ``first`` to ``end`` (not included); ``columns`` by sheet column."""

    table: Table
    page: Page
    head: int
    first: int
    end: int
    columns: Mapping[int, Column]
    findings: tuple[Finding, ...] = ()

    def column(self, key: str) -> int | None:
        """Where a column stands; None where it is gone."""
        return self._places.get(key)

    @cached_property
    def _places(self) -> Mapping[str, int]:
        return {column.key: at for at, column in self.columns.items()}

    @cached_property
    def opened(self) -> tuple[tuple[int, Column], ...]:
        """The columns that a person could write in, with their places."""
        open_ = {own.field for own in self.table.open}
        return tuple((at, c) for at, c in self.columns.items() if c.field.field in open_)


@dataclass(frozen=True)
class Head:
    """A row that names the columns of a table."""

    row: int
    table: Table
    columns: Mapping[int, Column]
    by_keys: bool
    findings: tuple[Finding, ...] = field(default=())


def find_tables(book: Book, tables: Sequence[Table], words: Words, place: Place) -> list[Found]:
    """Every table found, those of copied sheets too, in the order of the sheets."""
    pages = [page for page in book.pages if page.name.casefold() != META]
    heads = {page.name: list(_keyed(page, tables, place)) for page in pages}
    known = {head.table.key for own in heads.values() for head in own}
    lost = [table for table in tables if table.key not in known]
    for page in pages:
        if lost and not heads[page.name]:
            heads[page.name] = list(_headed(page, lost, words, place))
    return [found for page in pages for found in _laid_out(page, heads[page.name])]


# --- by hidden keys ---------------------------------------------------------------------------


def _keyed(page: Page, tables: Sequence[Table], place: Place) -> Iterator[Head]:
    known = {field.field for table in tables for field in table.fields}
    for number, row in enumerate(page.rows):
        keys = [cell for cell in row if cell.__class__ is str and cell[:2] == "f."]
        if sum(key.partition(":")[0] in known for key in keys) < 2:
            continue
        table = max(tables, key=lambda own: _fit(row, own))
        columns, told = _columns(row, table, place.at(("sheet", page.name)))
        yield Head(number, table, columns, True, tuple(told))


def _fit(row: Row, table: Table) -> float:
    """How well a row of keys is that of a table: shared keys over all keys of either."""
    own = {field.field for field in table.fields}
    there = {cell.partition(":")[0] for cell in row if isinstance(cell, str) and cell.strip()}
    return len(own & there) / (len(own | there) or 1)


def _columns(row: Row, table: Table, place: Place) -> tuple[dict[int, Column], list[Finding]]:
    columns: dict[int, Column] = {}
    told: list[Finding] = []
    for at, cell in enumerate(row):
        column = _column(cell.strip(), table) if isinstance(cell, str) else None
        if column is None:
            continue
        if column in columns.values():
            told.append(finding("column-repeated", place, column=column.key))
        else:
            columns[at] = column
    return columns, told


def _column(text: str, table: Table) -> Column | None:
    """The column a key names; a role's id alone names a column of a responsibility matrix."""
    start, mark, item = text.partition(":")
    for own in table.fields:
        if own.each and own.type is FieldType.HUKI:
            if not mark and text and text[0].isalpha() and text[-1].isdecimal() and "." not in text:
                return Column(text, own)
        elif own.field == start and bool(own.each) == bool(item):
            return Column(text, own)
    return None


# --- by headings ------------------------------------------------------------------------------


def _headed(page: Page, tables: Sequence[Table], words: Words, place: Place) -> Iterator[Head]:
    here = place.at(("sheet", page.name))
    for number, row in enumerate(page.rows):
        ranked = [(sum(_named(row, headings(t))), t) for t in tables]
        count, table = max(ranked, key=lambda pair: pair[0])
        own = [own for own in table.fields if not own.each]
        if count >= max(2, (len(own) + 1) // 2):
            columns, told = _by_headings(row, table, words, here)
            yield Head(number, table, columns, False, (finding("keys-missing", here), *told))
            return


def _named(row: Row, known: Mapping[str, str]) -> Iterator[bool]:
    return (isinstance(cell, str) and folded(cell) in known for cell in row)


def _by_headings(
    row: Row, table: Table, words: Words, place: Place
) -> tuple[dict[int, Column], list[Finding]]:
    known, fields = headings(table), {own.field: own for own in table.fields}
    keys: dict[int, str] = {}
    told: list[Finding] = []
    for at, cell in enumerate(row):
        text = folded(_heading_text(cell))
        key = known.get(text) or _item(text, table, words)
        if key and key not in keys.values():
            keys[at] = key
    for at, cell in enumerate(row):
        missing = {text: key for text, key in known.items() if key not in keys.values()}
        near = _nearest(folded(_heading_text(cell)), missing) if at not in keys else None
        if near:
            keys[at] = missing[near[0]]
            params = {"heading": f"{cell}".strip(), "near": near[0], "likeness": near[1]}
            told.append(finding("column-near", place, **params))
    columns = {at: _column(key, table) or Column(key, fields[key]) for at, key in keys.items()}
    return dict(sorted(columns.items())), told


def _heading_text(cell: object) -> str:
    return f"{cell:g}" if isinstance(cell, float) else f"{cell or ''}"


def _nearest(text: str, known: Mapping[str, str]) -> tuple[str, int] | None:
    """The heading most like a text, and how like in per cent."""
    found = difflib.get_close_matches(text, known, n=1, cutoff=NEAR) if len(text) > 3 else []
    if not found:
        return None
    return found[0], round(100 * difflib.SequenceMatcher(None, found[0], text).ratio())


def _item(text: str, table: Table, words: Words) -> str:
    """The key of one column of several, by its heading: a year, or the title of a role."""
    for own in table.fields:
        if own.each and own.type is FieldType.HUKI and "role" in words.names:
            ids = words.names["role"].ids.get(text.removesuffix(" (2)"), ())
            if ids:
                return own.column(ids[-1] if text.endswith(" (2)") else ids[0])
        elif own.each == "years" and len(text) == 4 and text.isdecimal():
            return own.column(text)
    return ""


@cache
def _headings(keys: tuple[tuple[str, str], ...]) -> dict[str, str]:
    found: dict[str, str] = {}
    for language in LANGUAGES:
        labels = Labels.load(language)
        for key, label in keys:
            if labels.has(label):
                found.setdefault(folded(labels.t(label)), key)
    return found


def headings(table: Table) -> Mapping[str, str]:
    """Every heading of a table in five languages -> the key of its field."""
    return _headings(tuple((f.field, f.label or f.field) for f in table.fields if not f.each))


# --- where the rows are -----------------------------------------------------------------------


def _laid_out(page: Page, heads: Sequence[Head]) -> Iterator[Found]:
    for number, head in enumerate(heads):
        below = heads[number + 1].row if number + 1 < len(heads) else len(page.rows)
        first = head.row + 1 + _has_headings(page, head)
        end = next((n for n in range(first, below) if _ends(page.rows[n], head)), below)
        yield Found(head.table, page, head.row, first, end, head.columns, head.findings)


def _has_headings(page: Page, head: Head) -> bool:
    """Whether the row under the hidden keys is the row of headings."""
    if not head.by_keys or head.row + 1 >= len(page.rows):
        return False
    row = page.rows[head.row + 1]
    known = headings(head.table)
    texts = [row[at] for at in head.columns if at < len(row) and row[at] not in ("", None)]
    labels = sum(isinstance(text, str) and folded(text) in known for text in texts)
    return labels > 0 and labels >= len([c for c in head.columns.values() if not c.field.each]) // 3


def _ends(row: Row, head: Head) -> bool:
    """Whether a row begins what stands below the table."""
    stops = _stops() if not head.table.of_lines else frozenset()
    texts = [cell for cell in row if isinstance(cell, str) and cell.strip()]
    return 0 < len(texts) <= 2 and any(bare(text) in stops for text in texts)


@cache
def _stops() -> frozenset[str]:
    loaded = [Labels.load(language) for language in LANGUAGES]
    return frozenset(bare(labels.t(key)) for labels in loaded for key in BELOW if labels.has(key))


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
