"""Long: a list that lies on the disk, for what there may be more of than anybody should hold.

In: items, each with an id where one found twice is one. Out: the same items in order, one by one or
some at a time. The list is gone when nobody holds it any more; a short one never reaches the disk.
"""

from __future__ import annotations

import pickle
import sqlite3
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Generic, TypeVar, overload

from toolkit.store.opening import told

Item = TypeVar("Item")
AT_ONCE = 500  # items written or read together
CACHE = "cache_size = -1024"  # kilobytes
_TABLE = "CREATE TABLE line (no INTEGER PRIMARY KEY, id INTEGER UNIQUE, said BLOB NOT NULL)"
_ADD = """
INSERT INTO line (id, said) VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET said = excluded.said"""
_SOME = "SELECT said FROM line WHERE no > ? ORDER BY no LIMIT ?"


class Long(Sequence[Item], Generic[Item]):
    """A list on disk. Of two items with one id the first gives the place, the last what it says."""

    def __init__(self, items: Iterable[Item] = ()) -> None:
        # whichever thread lets go of it closes it
        self._connection = sqlite3.connect("", isolation_level=None, check_same_thread=False)
        self._connection.execute(f"PRAGMA {CACHE}")
        self._connection.execute(_TABLE)
        self._waiting: list[tuple[int | None, bytes]] = []
        self._count: int | None = 0
        for item in items:
            self.add(item)

    def add(self, item: Item, id: int | None = None) -> None:
        """One more item."""
        self._waiting.append((id, pickle.dumps(item)))
        self._count = None
        if len(self._waiting) >= AT_ONCE:
            self._write()

    def __len__(self) -> int:
        self._write()
        if self._count is None:
            query = "SELECT count(*) FROM line"
            self._count = int(self._connection.execute(query).fetchone()[0])
        return self._count

    def __iter__(self) -> Iterator[Item]:
        return (item for start in range(0, len(self), AT_ONCE) for item in self._some(start))

    @overload
    def __getitem__(self, at: int) -> Item: ...
    @overload
    def __getitem__(self, at: slice) -> list[Item]: ...
    def __getitem__(self, at: int | slice) -> Item | list[Item]:
        if isinstance(at, slice):
            asked = range(len(self))[at]
            if asked.step == 1:
                return self._some(asked.start, len(asked))
            return [self[n] for n in asked]
        return self._some(range(len(self))[at], 1)[0]

    def _some(self, start: int, most: int = AT_ONCE) -> list[Item]:
        with told(Path(tempfile.gettempdir())):
            found = self._connection.execute(_SOME, (start, most)).fetchall()
        return [pickle.loads(said) for (said,) in found]  # our own, from our own process

    def _write(self) -> None:
        waiting, self._waiting = self._waiting, []
        if waiting:
            with told(Path(tempfile.gettempdir())):
                self._connection.execute("BEGIN")
                self._connection.executemany(_ADD, waiting)
                self._connection.execute("COMMIT")

    def close(self) -> None:
        """Let go of all of it."""
        self._connection.close()

    def __del__(self) -> None:
        self._connection.close()
