"""Purging: what people wrote, and who, out of the store for good; what it says together stays.

In: an open connection, a day, the columns whose texts are keys. Out: Purged, what was removed
or would be. Files older than the day lose their cells, raw texts, senders, findings and
names; consolidated texts that rest on them go, numbers, options and days stay. The file
is rebuilt, so that nothing of it is left on the disk.
"""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date

from toolkit.store.files import sweep
from toolkit.store.records import SUPERSEDED

PURGED = "purged"
Column = tuple[str, str]  # table, field

_OLD = f"""
SELECT file_id, name, doc, sha256 FROM file
WHERE COALESCE(filled_date, substr(modified, 1, 10)) < ? AND doc <> '{PURGED}'
"""
_TEXTS = f"""
SELECT m.merged_id, m.table_key, m.field, m.text FROM merged m
WHERE m.type = 'text' AND m.operator NOT IN ('agree', 'recompute', 'dist', 'max_status')
  AND EXISTS (SELECT 1 FROM merged_source s JOIN file f ON f.file_id = s.file_id
              WHERE s.merged_id = m.merged_id AND f.doc = '{PURGED}')
"""
_BLANK = f"""
UPDATE file SET name = '{PURGED}-' || printf('%012x', file_id), copy = '', unit = '', role = '',
  filled_by = '', filled_role = '', identity_json = '{{}}', sent_id = NULL, names_id = NULL,
  content = '', doc = '{PURGED}', status = '{SUPERSEDED}', reason = '{PURGED}', lang = ''
WHERE file_id = ?
"""
_UNSEEN = f"""
DELETE FROM seen WHERE sha256 IN (SELECT sha256 FROM file WHERE doc = '{PURGED}' AND sha256 <> '')
"""
_GONE = ("cell", "finding", "sender", "merged_source")
KEPT = ("merged_row", "merged", "copy", "rating", "response")
"""The tables whose rows stay where a document is merged anew and nothing takes their place."""


@dataclass(frozen=True)
class Purged:
    """What is removed: how many files, cells and consolidated texts; files by document."""

    files: int = 0
    cells: int = 0
    texts: int = 0
    documents: Mapping[str, int] = field(default_factory=dict)
    names: tuple[str, ...] = ()


def purge(
    connection: sqlite3.Connection, before: date, keys: Collection[Column], *, rehearse: bool
) -> Purged:
    """Remove what is older than a day, in one transaction; a rehearsal only counts."""
    connection.execute("PRAGMA secure_delete = ON")
    connection.execute("BEGIN IMMEDIATE")
    try:
        found = _purge(connection, before, keys)
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("ROLLBACK" if rehearse else "COMMIT")
    if found.files and not rehearse:
        connection.execute("VACUUM")
    return found


def _purge(connection: sqlite3.Connection, before: date, keys: Collection[Column]) -> Purged:
    old = connection.execute(_OLD, (before.isoformat(),)).fetchall()
    names = {name: f"{PURGED}-{number:012x}" for number, name, _, _ in old}
    numbers = [number for number, *_ in old]
    cells = sum(_cells(connection, number) for number in numbers)
    documents = Counter(doc for _, _, doc, _ in old if doc)
    connection.executemany(_BLANK, ((number,) for number in numbers))
    texts = _free_texts(connection, keys)
    _remove(connection, numbers, [number for number, _ in texts])
    _rename(connection, names)
    _forget(connection, documents)
    return Purged(len(old), cells, len(texts), dict(sorted(documents.items())), tuple(names))


def _cells(connection: sqlite3.Connection, number: int) -> int:
    query = "SELECT count(*) FROM cell WHERE file_id = ?"
    return int(connection.execute(query, (number,)).fetchone()[0])


def _free_texts(connection: sqlite3.Connection, keys: Collection[Column]) -> list[tuple[int, str]]:
    """The consolidated texts somebody wrote, that rest on a file that goes."""
    found = connection.execute(_TEXTS).fetchall()
    return [
        (number, text)
        for number, table, column, text in found
        if (table, column.partition(":")[0]) not in keys
    ]


def _remove(connection: sqlite3.Connection, numbers: list[int], texts: list[int]) -> None:
    connection.executemany(
        "UPDATE merged_row SET title = '' WHERE new AND EXISTS (SELECT 1 FROM merged m"
        " WHERE m.merged_id = ? AND m.doc = merged_row.doc AND m.table_key = merged_row.table_key"
        " AND m.row_id = merged_row.row_id)",
        ((number,) for number in texts),
    )
    connection.execute("CREATE TEMP TABLE IF NOT EXISTS gone (file_id INTEGER PRIMARY KEY)")
    connection.execute("DELETE FROM temp.gone")
    connection.executemany("INSERT INTO temp.gone VALUES (?)", ((number,) for number in numbers))
    for table in _GONE:  # once through each, however many files go
        connection.execute(f"DELETE FROM {table} WHERE file_id IN (SELECT file_id FROM temp.gone)")
    for table in ("merged_source", "merged"):
        query = f"DELETE FROM {table} WHERE merged_id = ?"
        connection.executemany(query, ((number,) for number in texts))
    sweep(connection)


def _rename(connection: sqlite3.Connection, names: Mapping[str, str]) -> None:
    """Files that go have no name where a row or copy lists them."""
    for table, key in (("merged_row", "doc, table_key, row_id"), ("copy", "doc, document, copy")):
        marks = " AND ".join(f"{part} = ?" for part in key.split(", "))
        for *own, files in connection.execute(f"SELECT {key}, files FROM {table}").fetchall():
            listed = json.loads(files)
            if names.keys() & set(listed):
                told = json.dumps([names.get(n, n) for n in listed], separators=(",", ":"))
                query = f"UPDATE {table} SET files = ? WHERE {marks}"
                connection.execute(query, (told, *own))


def _forget(connection: sqlite3.Connection, docs: Collection[str]) -> None:
    """Where the files were seen goes; that they were here stays, so that none comes back."""
    connection.execute(_UNSEEN)
    rows = [(f"{PURGED}:{doc}", "1") for doc in docs]
    connection.executemany("INSERT OR REPLACE INTO about VALUES (?, ?)", rows)


def purged(connection: sqlite3.Connection) -> frozenset[str]:
    """The hashes of the files that were purged: none of them is read again."""
    query = f"SELECT sha256 FROM file WHERE doc = '{PURGED}' AND sha256 <> ''"
    return frozenset(sha256 for (sha256,) in connection.execute(query))


@contextmanager
def keeping(connection: sqlite3.Connection, doc: str) -> Iterator[None]:
    """While a document is merged anew: what only purged files knew of it stays as it was."""
    query = "SELECT 1 FROM about WHERE key = ?"
    if not connection.execute(query, (f"{PURGED}:{doc}",)).fetchone():
        yield
        return
    before = {
        table: connection.execute(f"SELECT * FROM {table} WHERE doc = ?", (doc,)).fetchall()
        for table in KEPT
    }
    yield
    _answered_before(connection, doc, before["copy"])
    for table, rows in before.items():
        if rows:
            marks = ", ".join("?" * len(rows[0]))
            connection.executemany(f"INSERT OR IGNORE INTO {table} VALUES ({marks})", rows)


def _answered_before(
    connection: sqlite3.Connection, doc: str, copies: list[tuple[object, ...]]
) -> None:
    """A copy that answered before its file was purged is not waited for again."""
    query = "DELETE FROM copy WHERE doc = ? AND document = ? AND copy = ? AND state = 'absent'"
    connection.executemany(query, ((doc, document, copy) for _, document, copy, *_ in copies))
