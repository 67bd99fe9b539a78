"""Behind: what a single consolidated value rests on, asked for one value at a time.

In: an open connection, a document and a spot. Out: its sources, the first of very many; whether a
unit, a role or a day is among them; the cells at its place that count for nothing; the computed
values that rest on it.
"""

from __future__ import annotations

import sqlite3
from typing import NamedTuple

from toolkit.store.loading import source_of, sources_query
from toolkit.store.packing import id_of
from toolkit.store.records import FileKey, Source, Spot, Standing
from toolkit.store.spots import Stood, stood_of, stood_query
from toolkit.store.typed import file_id

Value = tuple[str, Spot]  # document, spot
_SENT = """
SELECT EXISTS (SELECT 1 FROM merged_source s JOIN sender w ON w.file_id = s.file_id
  JOIN file f ON f.file_id = s.file_id WHERE s.merged_id = ?1 AND {fits})
OR EXISTS (SELECT 1 FROM rest r JOIN merged_source s ON s.merged_id = r.on_id AND s.standing
  JOIN sender w ON w.file_id = s.file_id JOIN file f ON f.file_id = s.file_id
  WHERE r.merged_id = ?1 AND {fits})
"""
_FITS = {
    "unit": "w.unit = ?2",
    "role": "w.role = ?2",
    "day": "substr(COALESCE(f.filled_date, f.modified), 1, length(?2)) = ?2",
}
_WHICH = "m.merged_id = ?1 AND s.standing = ?2 AND s.source_no < ?3"
_COUNT = """
SELECT (SELECT count(*) FROM merged_source WHERE merged_id = ?1 AND standing = ?2)
  + (SELECT count(*) FROM rest r JOIN merged_source s ON s.merged_id = r.on_id AND s.standing
     WHERE r.merged_id = ?1 AND ?2)
"""
_RESTING = """
SELECT DISTINCT m.doc, m.table_key, m.row_id, m.field FROM rest r JOIN merged m USING (merged_id)
WHERE r.on_id = ? ORDER BY 1, 2, 3, 4
"""
_UNCOUNTED = """+f.doc = ?4 AND (v.raw <> '' OR NOT v.usable)
  AND (v.file_id, v.cell_no) NOT IN
    (SELECT file_id, cell_no FROM merged_source WHERE merged_id = ?5)"""


class Sources(NamedTuple):
    """The first sources of a value, those that stand before its history; and how many more."""

    first: tuple[Source, ...]
    more: int = 0


class Behind:
    """What stands behind the values of an open store."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def sources(self, value: Value, most: int) -> Sources:
        """The sources of a value."""
        number = _number(value)
        query = sources_query(_WHICH, most)
        found: list[Source] = []
        count = 0
        for standing in (1, 0):  # what stands comes first
            told = self._connection.execute(query, (number, standing, count + most))
            found += (source_of(line[4:]) for line in told)
            count += self._connection.execute(_COUNT, (number, standing)).fetchone()[0]
        return Sources(tuple(found), count - len(found))

    def sent(self, value: Value, by: str, key: str) -> bool:
        """Whether a ``unit``, a ``role`` or a ``day`` is among the sources of a value."""
        query = _SENT.format(fits=_FITS[by])
        return bool(self._connection.execute(query, (_number(value), key)).fetchone()[0])

    def uncounted(self, value: Value, most: int) -> tuple[Stood, ...]:
        """The first cells at the place of a value that count for nothing and say something."""
        query = stood_query(_UNCOUNTED, most)
        found = self._connection.execute(query, (*value[1], value[0], _number(value)))
        return tuple(map(stood_of, found))

    def resting(self, value: Value) -> tuple[Value, ...]:
        """The computed values that rest on a value."""
        found = self._connection.execute(_RESTING, (_number(value),))
        return tuple((doc, (table, row, field)) for doc, table, row, field in found)

    def standing(self, key: FileKey) -> Standing:
        """What became of a file, and why."""
        query = "SELECT status, reason FROM file WHERE file_id = ?"
        found: Standing | None = self._connection.execute(query, (file_id(key),)).fetchone()
        return found or ("", "")


def _number(value: Value) -> int:
    doc, spot = value
    return id_of(doc, *spot)
