"""Remembering: where files were seen, so that what did not change is not even opened.

In: Seen files. Out: the same, by the id of their path. A path itself is never kept: it may name a
person.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from typing import NamedTuple

from toolkit.store.records import REJECTED

_READ = f"status <> '{REJECTED}' AND sha256 <> ''"
_UNCHANGED = f"""
SELECT f.file_id FROM seen s JOIN file f ON f.sha256 = s.sha256 AND f.name = s.name
WHERE s.path_id = ? AND s.size = ? AND s.mtime = ? AND s.name = ? AND f.status <> '{REJECTED}'
"""
_HELD = """
CREATE TEMP TABLE held (name TEXT, sha256 TEXT, PRIMARY KEY (name, sha256)) WITHOUT ROWID
"""
_HASHES = "SELECT sha256 FROM temp.held WHERE name = ?"


class Seen(NamedTuple):
    """A file on the disk as it was when it was read: size in bytes, time in microseconds."""

    path: int
    size: int
    mtime: int
    sha256: str
    name: str


def new(connection: sqlite3.Connection, seen: Iterable[Seen]) -> list[Seen]:
    """Those that are not remembered just so."""
    query = "SELECT * FROM seen WHERE path_id = ?"
    return [one for one in seen if connection.execute(query, (one.path,)).fetchone() != one]


def remember(connection: sqlite3.Connection, seen: Iterable[Seen]) -> None:
    """Keep where files were seen."""
    connection.executemany("INSERT OR REPLACE INTO seen VALUES (?, ?, ?, ?, ?)", seen)


def unchanged(connection: sqlite3.Connection, now: tuple[int, int, int, str]) -> int | None:
    """The id of the file that was read as it is now: its path, size, time and name the same.

    None where there is none, or where it was rejected: what was rejected is read again.
    """
    found = connection.execute(_UNCHANGED, now).fetchone()
    return found[0] if found else None


def hashes_of(connection: sqlite3.Connection, name: str) -> list[str]:
    """The hashes under which a name was read before."""
    return [sha256 for (sha256,) in connection.execute(_HASHES, (name,))]


def list_names(connection: sqlite3.Connection) -> None:
    """List the names read so far beside the store, where they can be looked up until it closes."""
    connection.execute("DROP TABLE IF EXISTS temp.held")
    connection.execute(_HELD)
    connection.execute(f"INSERT INTO temp.held SELECT name, sha256 FROM file WHERE {_READ}")
