"""Remembering: where files were seen, so that what did not change is not even opened.

In: Seen files. Out: the same, by the id of their path. A path itself is never kept: it may name a
person.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping
from typing import NamedTuple


class Seen(NamedTuple):
    """A file on the disk as it was when it was read: size in bytes, time in nanoseconds."""

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


def seen(connection: sqlite3.Connection) -> Mapping[int, tuple[int, int, str, str]]:
    """Every place a file was seen: size, time, hash, name."""
    return {path: tuple(told) for path, *told in connection.execute("SELECT * FROM seen")}
