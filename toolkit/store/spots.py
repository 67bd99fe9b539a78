"""Spots: what every file holds in one place of a document, and what was sent out there.

In: an open connection, which cells of a spot. Out: the query for its cells in every file, with the
file's own facts, in order of arrival; for all spots the values any copy was sent out with.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from toolkit.finding import Place
from toolkit.store.records import FileKey, Spot, Value
from toolkit.store.typed import day_of, place, value

_CELLS = """
SELECT f.sha256, f.name, f.doc, f.copy, f.unit, COALESCE(NULLIF(f.role, ''), f.filled_role),
  f.filled_by, COALESCE(f.filled_date, substr(f.modified, 1, 10)) AS filled, v.cell_no,
  v.type, v.number, v.day, v.flag, v.text, v.raw, v.state, v.usable, v.place
FROM value v JOIN file f ON f.file_id = v.file_id
WHERE v.table_key = ?1 AND v.row_id = ?2 AND v.field = ?3 AND {which}
ORDER BY filled, f.modified, f.copy, f.sha256, f.name, v.cell_no LIMIT {most}
"""

_SENT = """
SELECT DISTINCT f.doc, a.table_key, a.row_id, a.field, a.type, a.number, a.day, a.flag, a.text
FROM (SELECT DISTINCT doc, sent_id FROM file WHERE sent_id IS NOT NULL) f
JOIN sent_value a ON a.sent_id = f.sent_id
"""


@dataclass(frozen=True)
class Stood:
    """One cell of one file, and who sent it."""

    key: FileKey
    doc: str
    copy: str
    unit: str
    role: str
    filled_by: str
    day: date | None
    number: int
    value: Value
    raw: str
    state: str
    usable: bool
    place: Place


def stood_query(which: str, most: int) -> str:
    """Some cells of every file at a spot, in SQL."""
    return _CELLS.format(which=which, most=most)


def sent(connection: sqlite3.Connection) -> Mapping[tuple[str, Spot], set[Value]]:
    """What the copies of each document were sent out with, by document and spot."""
    found: dict[tuple[str, Spot], set[Value]] = {}
    for doc, table, row, field, *typed in connection.execute(_SENT):
        found.setdefault((doc, (table, row, field)), set()).add(value(*typed))
    return found


def stood_of(line: tuple[object, ...]) -> Stood:
    """A cell as the query tells it."""
    sha256, name, doc, copy, unit, role, filled_by, day, number, *rest = line
    *typed, raw, state, usable, steps = rest
    return Stood(
        key=(f"{sha256}", f"{name}"),
        doc=f"{doc}",
        copy=f"{copy}",
        unit=f"{unit}",
        role=f"{role}",
        filled_by=f"{filled_by}",
        day=day_of(f"{day}" if day else None),
        number=int(f"{number}"),
        value=value(*typed),  # type: ignore[arg-type]
        raw=f"{raw}",
        state=f"{state}",
        usable=bool(usable),
        place=place(f"{name}", f"{steps}"),
    )
