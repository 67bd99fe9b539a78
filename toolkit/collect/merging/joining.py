"""Joining: which rows of all copies are the same row.

In: the senders of a document and one of its tables. Out: Joined rows in order: those of the
description by their id, then those staff added, equal keys as one (rulings 19, 20); and pairs that
look alike, which are told and never merged (specification 2.7). Only the keys of different rows are
held at once.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from toolkit.collect.merging.answers import folded
from toolkit.collect.merging.copies import Copies
from toolkit.collect.merging.likely import ALIKE, likely
from toolkit.collect.merging.questions import AskedTable, neutral
from toolkit.content import returns
from toolkit.store.records import Value, blank
from toolkit.store.streams import At, Streams

Key = tuple[Value, ...]


@dataclass(frozen=True)
class Joined:
    """One consolidated row. The desk knows the rows staff added that it is made of.

    A row of the description is also made of every row of its own id.
    """

    row: str
    key: Key
    new: bool = False


def joined_rows(copies: Copies, table: AskedTable) -> tuple[Joined, ...]:
    """The rows of a table over all copies."""
    rows = _described(copies, table)
    known = _unique(rows.values())
    rows |= {row: Joined(row, ()) for row in _undescribed(copies, table, rows)}
    added: list[Joined] = []
    taken = set(rows)
    copies.desk.add(_members(copies, table))
    for no, (place, file, row, key) in enumerate(copies.desk.added()):
        target = known.get(key) if _says_something(key) else None
        if target is None:
            target = Joined(_free(row, taken), key, new=True)
            added.append(target)
            taken.add(target.row)
            if _says_something(key):
                known[key] = target
        copies.desk.join((table.key, target.row, no, place, file, row))
    return (*rows.values(), *added)


def _described(copies: Copies, table: AskedTable) -> dict[str, Joined]:
    """The rows of the description that any copy was sent with, in the kit's order."""
    rows: dict[str, Joined] = {}
    for sent in copies.sent_by_unit:
        for name, row, _field in sent:
            if name == table.key and row not in rows:
                values = (sent.get((name, row, field)) for field in table.row_key)
                rows[row] = Joined(row, tuple(map(folded, values)))
    return rows


def _undescribed(copies: Copies, table: AskedTable, rows: Mapping[str, Joined]) -> list[str]:
    """Rows that files hold and no copy was sent with, in order of arrival."""
    lost = {row for row in copies.streams.rows(copies.doc, table.key) if row not in rows}
    found: dict[str, None] = {}
    for number in copies.desk.files() if lost else ():
        for (name, row, _), _said in copies.streams.cells(number):
            if name == table.key and row in lost:
                found[row] = None
        if len(found) == len(lost):
            break
    return list(found)


def _unique(rows: Iterable[Joined]) -> dict[Key, Joined]:
    """The rows by key, those whose key no other row has."""
    found: dict[Key, list[Joined]] = {}
    for row in rows:
        if _says_something(row.key):
            found.setdefault(row.key, []).append(row)
    return {key: own[0] for key, own in found.items() if len(own) == 1}


def _says_something(key: Key) -> bool:
    return any(not blank(part) for part in key)


def _free(row: str, taken: set[str]) -> str:
    """The id of a new row; another copy may have used the same one."""
    return next(id for id in _numbered(row) if id not in taken)


def _numbered(row: str) -> Iterator[str]:
    yield row
    number = 2
    while True:
        yield f"{row}.{number}"
        number += 1


def _members(copies: Copies, table: AskedTable) -> Iterator[tuple[int, int, str, Key]]:
    """Every row staff added: the number of its first cell, the file, the row, its key."""
    added = copies.streams.added(copies.doc, table.key)
    for (row, file), cells in groupby(added, key=lambda cell: (cell[0], cell[2].file)):
        own = [(field, at) for _, field, at in cells]
        yield own[0][1].number, file, row, _key_of(own, table, copies.streams)


def _key_of(cells: Sequence[tuple[str, At]], table: AskedTable, streams: Streams) -> Key:
    """The key of a row; all it says, in the order of its fields, where whole rows are compared."""
    first: dict[str, At] = {}
    for field, at in cells:
        first.setdefault(field, at)
    values = {field: _value(streams, at, field, table) for field, at in first.items()}
    if not table.whole_rows:
        return tuple(values.get(key) for key in table.row_key)
    said = ((field, values[field]) for field in sorted(values) if not blank(values[field]))
    return tuple(part for pair in said for part in pair)


def _value(streams: Streams, at: At, key: str, table: AskedTable) -> Value:
    field = table.field(key)
    return folded(neutral(streams.said(at.answer).value, field)) if field else None


def lookalikes(rows: Sequence[Joined], table: AskedTable) -> Iterator[tuple[str, str, float]]:
    """Pairs of rows of which staff added at least one, whose names are nearly the same.

    Of very many rows the first are compared with each other; that is told with the results.
    """
    if table.whole_rows or not table.naming:
        return
    compared = rows[: returns.MOST_COMPARED]
    named = [(row, *_parted(row, table)) for row in compared if _says_something(row.key)]
    groups: dict[Key, list[int]] = {}
    for at, (_, text, rest) in enumerate(named):
        if text:
            groups.setdefault(rest, []).append(at)
    texts = {at: text for at, (_, text, _) in enumerate(named)}
    new = frozenset(at for at, (row, _, _) in enumerate(named) if row.new)
    pairs = (pair for group in groups.values() for pair in likely(texts, group, new))
    for first, second in sorted(pairs):
        likeness = alike(texts[first], texts[second])
        if likeness >= ALIKE:
            one, other = named[first][0], named[second][0]
            newer, older = (other, one) if other.new else (one, other)
            yield newer.row, older.row, round(likeness, 4)


def _parted(row: Joined, table: AskedTable) -> tuple[str, Key]:
    """The words of a key, and the rest of it (ids and days), which must be equal."""
    pairs = list(zip(table.row_key, row.key, strict=False))
    words = " ".join(f"{part}" for key, part in pairs if key in table.naming and part)
    return words, tuple(part for key, part in pairs if key not in table.naming)


def alike(one: str, other: str) -> float:
    """How alike two names are, 0-1, whichever comes first (ruling 10)."""
    first, second = sorted((one, other))
    matcher = difflib.SequenceMatcher(None, first, second, autojunk=False)
    quick = matcher.real_quick_ratio() >= ALIKE and matcher.quick_ratio() >= ALIKE
    return matcher.ratio() if quick else 0.0
