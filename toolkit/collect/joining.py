"""Joining: which rows of all copies are the same row.

In: the senders of a document and one of its tables. Out: Joined rows in order: those of the
description by their id, then those staff added, equal keys as one (rulings 19, 20); and pairs that
look alike, which are told and never merged (specification 2.7).
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as default
from itertools import combinations

from toolkit.collect.answers import folded
from toolkit.collect.questions import AskedTable, neutral
from toolkit.collect.senders import Sender
from toolkit.store.records import Cell, File, Value, blank

NEW = "new-"
ALIKE = 0.9

Key = tuple[Value, ...]
Cells = Mapping[str, Sequence[tuple[int, Cell]]]  # field -> numbered cells; two where said twice


@dataclass(frozen=True)
class Member:
    """One row of one file: whose it is, what it is called there, and its cells by field."""

    sender: Sender
    file: File
    row: str
    cells: Cells


@dataclass
class Joined:
    """One consolidated row and the rows it is made of, in order of arrival."""

    row: str
    key: Key
    new: bool = False
    members: list[Member] = default(default_factory=list)


def joined_rows(senders: Sequence[Sender], table: AskedTable) -> tuple[Joined, ...]:
    """The rows of a table over all copies."""
    rows = _described(senders, table)
    known = _unique(rows.values())
    added: list[Joined] = []
    for member in _members(senders, table):
        if not member.row.startswith(NEW):
            rows.setdefault(member.row, Joined(member.row, ())).members.append(member)
            continue
        key = _content(member, table) if table.whole_rows else _key(member, table)
        target = known.get(key) if _says_something(key) else None
        if target is None:
            target = Joined(_free(member.row, rows, added), key, new=True)
            added.append(target)
            if _says_something(key):
                known[key] = target
        target.members.append(member)
    return (*rows.values(), *added)


def _described(senders: Sequence[Sender], table: AskedTable) -> dict[str, Joined]:
    """The rows of the description that any copy was sent with, in the kit's order."""
    rows: dict[str, Joined] = {}
    for sender in sorted(senders, key=lambda sender: (sender.unit, sender.key)):
        for name, row, _ in sender.sent:
            if name == table.key and row not in rows:
                values = (sender.sent.get((name, row, field)) for field in table.row_key)
                rows[row] = Joined(row, tuple(map(folded, values)))
    return rows


def _unique(rows: Iterable[Joined]) -> dict[Key, Joined]:
    """The rows by key, those whose key no other row has."""
    found: dict[Key, list[Joined]] = {}
    for row in rows:
        if _says_something(row.key):
            found.setdefault(row.key, []).append(row)
    return {key: own[0] for key, own in found.items() if len(own) == 1}


def _says_something(key: Key) -> bool:
    return any(not blank(part) for part in key)


def _free(row: str, rows: Mapping[str, Joined], added: Sequence[Joined]) -> str:
    """The id of a new row; another copy may have used the same one."""
    taken = {*rows, *(other.row for other in added)}
    return next(id for id in _numbered(row) if id not in taken)


def _numbered(row: str) -> Iterator[str]:
    yield row
    number = 2
    while True:
        yield f"{row}.{number}"
        number += 1


def _members(senders: Sequence[Sender], table: AskedTable) -> Iterator[Member]:
    """Every row of every file, in order of arrival."""
    for sender in senders:
        for file in sender.files:
            rows: dict[str, dict[str, list[tuple[int, Cell]]]] = {}
            for number, cell in enumerate(file.cells):
                if cell.table == table.key:
                    rows.setdefault(cell.row, {}).setdefault(cell.field, []).append((number, cell))
            for row, cells in rows.items():
                yield Member(sender, file, row, cells)


def _key(member: Member, table: AskedTable) -> Key:
    return tuple(_value(member, key, table) for key in table.row_key)


def _content(member: Member, table: AskedTable) -> Key:
    """All a row says, in the order of its fields."""
    return tuple(
        part
        for field in sorted(member.cells)
        for part in (field, _value(member, field, table))
        if not blank(_value(member, field, table))
    )


def _value(member: Member, key: str, table: AskedTable) -> Value:
    cells, field = member.cells.get(key, ()), table.field(key)
    return folded(neutral(cells[0][1].value, field)) if cells and field else None


def lookalikes(rows: Sequence[Joined], table: AskedTable) -> Iterator[tuple[str, str, float]]:
    """Pairs of rows of which staff added at least one, whose names are nearly the same."""
    if table.whole_rows or not table.naming:
        return
    named = [(row, *_parted(row, table)) for row in rows if _says_something(row.key)]
    for (one, text, rest), (other, other_text, other_rest) in combinations(named, 2):
        if (one.new or other.new) and rest == other_rest and text and other_text:
            likeness = alike(text, other_text)
            if likeness >= ALIKE:
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
