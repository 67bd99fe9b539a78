"""Tidy: everything that was ever written, one line a value, read as it goes.

In: an open connection. Out: Tidy lines in order of document, place and arrival; of documents whose
answers are never shown one by one none, only how many there are.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from toolkit.store.typed import Columns

_OPEN = "NOT EXISTS (SELECT 1 FROM anonymous a WHERE a.doc = f.doc)"
_LINES = f"""
SELECT f.doc, v.table_key, v.row_id, v.field, f.unit, COALESCE(NULLIF(f.role, ''), f.filled_role),
  f.period, COALESCE(f.filled_date, substr(f.modified, 1, 10)) AS filled, v.type, v.number, v.day,
  v.flag, v.text, v.raw, f.name, v.sheet, v.cell, v.state, f.status,
  COALESCE((SELECT max(s.standing) FROM stands s
            WHERE s.file_id = v.file_id AND s.cell_no = v.cell_no), 0)
FROM value v JOIN file f ON f.file_id = v.file_id
WHERE f.status <> 'rejected' AND {_OPEN}
ORDER BY f.doc, v.table_key, v.row_id, v.field, filled, f.modified, f.name, v.cell_no
"""
_STANDS = """
CREATE TEMP TABLE stands AS SELECT file_id, cell_no, max(standing) AS standing
FROM merged_source GROUP BY file_id, cell_no
"""
_LEFT_OUT = """
SELECT f.doc, count(*) FROM value v JOIN file f ON f.file_id = v.file_id
JOIN anonymous a ON a.doc = f.doc WHERE f.status <> 'rejected' GROUP BY f.doc ORDER BY f.doc
"""


class Tidy(NamedTuple):
    """One value of one file: what it answers, who sent it, how it stood, whether it counts."""

    document: str
    table: str
    row: str
    field: str
    unit: str
    role: str
    period: str
    filled_date: str
    typed: Columns
    raw: str
    file: str
    sheet: str
    cell: str
    state: str
    file_status: str
    counts: bool


SPOT = Tidy._fields[:4]
"""What a value answers: the first columns of every export."""


def lines(connection: sqlite3.Connection) -> Iterator[Tidy]:
    """Every value that may be shown, one by one."""
    connection.execute("DROP TABLE IF EXISTS temp.stands")
    connection.execute(_STANDS)
    connection.execute("CREATE INDEX temp.stands_cell ON stands (file_id, cell_no)")
    for line in connection.execute(_LINES):
        head, typed, tail = line[:8], line[8:13], line[13:19]
        yield Tidy._make((*head, typed, *tail, bool(line[19])))


def left_out(connection: sqlite3.Connection) -> Mapping[str, int]:
    """How many values of each anonymous document are not among the lines."""
    return dict(connection.execute(_LEFT_OUT).fetchall())
