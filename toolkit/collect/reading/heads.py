"""Heads: the rows that name the columns of a table, by the hidden keys of the kit.

In: the rows of a sheet and the tables of its document. Out: a Head for every table a row of keys
names. Two tables beside each other share a row of keys; each begins with the key of its ids.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from toolkit.collect.reading.book import Page, Row
from toolkit.collect.reading.sieve import Sieve
from toolkit.collect.reading.values import Content
from toolkit.field import Field, FieldType
from toolkit.fillable import Table
from toolkit.finding import Finding, Place, finding
from toolkit.store.shared import Shared

ID = "f.id"
MOST = 64  # rows, and lists of tables, that are remembered
KEYS = Sieve(lambda content: isinstance(content, str) and content[:2] == "f.")
"""The hidden keys among the contents of a sheet."""


@dataclass(frozen=True)
class Column:
    """One column: its key (``f.hazard``, ``f.amount:2028``) and its field."""

    key: str
    field: Field


@dataclass(frozen=True)
class Head:
    """A row that names the columns of a table."""

    row: int
    table: Table
    columns: Mapping[int, Column]
    by_keys: bool
    findings: tuple[Finding, ...] = field(default=())


Named = tuple[Table, Mapping[int, Column], Sequence[str]]  # with the keys that stand there twice


def keyed(page: Page, tables: Sequence[Table], place: Place) -> Iterator[Head]:
    """The tables whose hidden keys stand in a sheet."""
    there, known = page.passing(KEYS), _known(tables)
    for number, row in enumerate(page.rows if there else ()):
        if there.isdisjoint(row):
            continue
        own = tuple(row)
        if own not in known:
            if len(known) >= MOST:
                known.clear()
            known[own] = tuple(_named(own, tables))
        for table, columns, twice in known[own]:
            here = place.at(("sheet", page.name))
            told = tuple(finding("column-repeated", here, column=key) for key in twice)
            yield Head(number, table, columns, True, told)


def _named(row: Row, tables: Sequence[Table]) -> Iterator[Named]:
    """The tables a row of keys names."""
    known = {field.field for table in tables for field in table.fields}
    keys = [cell for cell in row if isinstance(cell, str) and cell[:2] == "f."]
    if sum(key.partition(":")[0] in known for key in keys) < 2:
        return
    for start, end in _parts(row):
        part = [cell if start <= at < end else "" for at, cell in enumerate(row)]
        table = max(tables, key=lambda own: _fit(part, own))
        columns, twice = _columns(part, table)
        if len(columns) > 1:
            yield table, columns, twice


_known = Shared[Sequence[Table], dict[tuple[Content, ...], tuple[Named, ...]]](lambda _: {}, MOST)
"""What rows name of the tables of a document: files of a kit have the same."""


def _parts(row: Row) -> list[tuple[int, int]]:
    """The parts of a row of keys that are a table each: from one key of ids to the next."""
    starts = [at for at, cell in enumerate(row) if isinstance(cell, str) and cell.strip() == ID]
    starts = [0, *starts[1:]]
    return list(zip(starts, [*starts[1:], len(row)], strict=True))


def _fit(row: Row, table: Table) -> float:
    """How well a row of keys is that of a table: shared keys over all keys of either."""
    own = {field.field for field in table.fields}
    there = {cell.partition(":")[0] for cell in row if isinstance(cell, str) and cell.strip()}
    return len(own & there) / (len(own | there) or 1)


def _columns(row: Row, table: Table) -> tuple[dict[int, Column], list[str]]:
    """The columns a row names, and the keys that stand there twice."""
    columns: dict[int, Column] = {}
    twice: list[str] = []
    for at, cell in enumerate(row):
        column = column_of(cell.strip(), table) if isinstance(cell, str) else None
        if column is None:
            continue
        if column in columns.values():
            twice.append(column.key)
        else:
            columns[at] = column
    return columns, twice


def column_of(text: str, table: Table) -> Column | None:
    """The column a key names; a role's id alone names a column of a responsibility matrix."""
    start, mark, item = text.partition(":")
    for own in table.fields:
        if own.each and own.type is FieldType.HUKI:
            if not mark and text and text[0].isalpha() and text[-1].isdecimal() and "." not in text:
                return Column(text, own)
        elif own.field == start and bool(own.each) == bool(item):
            return Column(text, own)
    return None
