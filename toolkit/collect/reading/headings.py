"""Headings: the rows that name the columns of a table in words, where hidden keys are gone.

In: the rows of a sheet and the tables that were not found by keys. Out: Heads, with a finding for
every heading that is only nearly one of the document's. Headings are known in five languages.
"""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cache

from toolkit.collect.reading.book import Page, Row
from toolkit.collect.reading.heads import ID, Column, Head, column_of
from toolkit.collect.reading.sieve import Sieve
from toolkit.collect.reading.spelling import folded
from toolkit.collect.reading.values import Words
from toolkit.field import FieldType
from toolkit.fillable import Table
from toolkit.finding import LANGUAGES, Finding, Place, finding
from toolkit.language import Labels

NEAR = 0.8


def headed(
    page: Page, tables: Sequence[Table], taken: Collection[int], words: Words, place: Place
) -> Iterator[Head]:
    """The tables whose headings stand in a sheet, each once; ``taken`` are rows of other heads."""
    here = place.at(("sheet", page.name))
    left = list(tables)
    for number, row in enumerate(page.rows):
        if number in taken or not left:
            continue
        ranked = [(sum(_named(row, headings(t))), t) for t in left]
        count, table = max(ranked, key=lambda pair: (pair[0], likeness(*pair)))
        own = [own for own in table.fields if not own.each]
        if count >= max(2, (len(own) + 1) // 2):
            columns, told = _by_headings(row, table, words, here)
            yield Head(number, table, columns, False, (finding("keys-missing", here), *told))
            left.remove(table)


def likeness(count: int, table: Table) -> float:
    """How much of a table as many of its columns are."""
    return count / (len(table.fields) or 1)


def is_headings(row: Row, columns: Mapping[int, Column], table: Table) -> bool:
    """Whether enough of what stands in the columns of a table are headings of it."""
    labels = sum(_named(_standing(row, columns), headings(table)))
    return labels > 0 and labels >= len([c for c in columns.values() if not c.field.each]) // 3


def is_headings_again(row: Row, columns: Mapping[int, Column], table: Table) -> bool:
    """Whether a row among the answers is the headings, pasted once more.

    An answer may say the same as a heading; only headings name the column of ids, too.
    """
    ids = next((at for at, column in columns.items() if column.key == ID), None)
    if ids is not None:
        return any(_named(row[ids : ids + 1], headings(table))) and is_headings(row, columns, table)
    there = list(_named(_standing(row, columns), headings(table)))
    return len(there) > 1 and all(there)


def _standing(row: Row, columns: Collection[int]) -> Row:
    """What stands in the columns of a row."""
    return [row[at] for at in columns if at < len(row) and row[at] not in ("", None)]


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
    columns = {at: column_of(key, table) or Column(key, fields[key]) for at, key in keys.items()}
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


@cache
def _heading_texts(keys: tuple[tuple[str, str], ...]) -> Sieve:
    known = _headings(keys)
    return Sieve(lambda content: isinstance(content, str) and folded(content) in known)


def heading_texts(table: Table) -> Sieve:
    """Which contents of a sheet are headings of a table."""
    return _heading_texts(table.labels)


def headings(table: Table) -> Mapping[str, str]:
    """Every heading of a table in five languages -> the key of its field."""
    return _headings(table.labels)
