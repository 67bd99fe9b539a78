"""Runs: when files were collected, kept beside the store.

In: the folder of a store, the ids of its files, a time. Out: for every run that brought anything
its number, its time and its files. It stands in a file of its own, ``runs.sqlite``: the store holds
what came back and is the same in whatever order, and however often, the files were collected.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path

from toolkit.store.opening import FILE, told

RUNS = "runs.sqlite"
_SCHEMA = (
    "CREATE TABLE IF NOT EXISTS run (run_no INTEGER PRIMARY KEY, time TEXT NOT NULL)",
    "CREATE TABLE IF NOT EXISTS run_file (file_id INTEGER PRIMARY KEY, run_no INTEGER NOT NULL)",
)


@dataclass(frozen=True)
class Run:
    """One run that brought files: its number from 1, its time, the ids of its files."""

    number: int
    time: datetime
    files: frozenset[int]


def note_run(store: Path, files: Iterable[int], time: datetime) -> bool:
    """Note the files no run has brought yet; False where there is none, and nothing is written."""
    path, numbers = store.with_name(RUNS), iter(files)
    first = next(numbers, None)
    if first is None:
        return False
    with told(path), closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        for statement in _SCHEMA:
            connection.execute(statement)
        last = connection.execute("SELECT COALESCE(max(run_no), 0) FROM run").fetchone()[0]
        before = connection.total_changes
        lines = ((number, last + 1) for number in chain((first,), numbers))
        connection.executemany("INSERT OR IGNORE INTO run_file VALUES (?, ?)", lines)
        fresh = connection.total_changes > before
        told_at = time.astimezone(UTC).isoformat(timespec="seconds")
        if fresh:
            connection.execute("INSERT INTO run VALUES (?, ?)", (last + 1, told_at))
        connection.execute("COMMIT" if fresh else "ROLLBACK")
    return fresh


def runs(store: Path) -> tuple[Run, ...]:
    """Every run that brought files, the first one first."""
    path = store.with_name(RUNS)
    if store.name != FILE or not path.is_file():
        return ()
    with told(path), closing(sqlite3.connect(path, isolation_level=None)) as connection:
        if not _made(connection):
            return ()
        files: dict[int, set[int]] = {}
        for number, run in connection.execute("SELECT file_id, run_no FROM run_file"):
            files.setdefault(run, set()).add(number)
        lines = connection.execute("SELECT run_no, time FROM run ORDER BY run_no").fetchall()
    return tuple(
        Run(number, datetime.fromisoformat(time), frozenset(files.get(number, ())))
        for number, time in lines
    )


def _made(connection: sqlite3.Connection) -> bool:
    """Whether the tables are there: a run ended while it made them leaves a file without."""
    return bool(connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0])
