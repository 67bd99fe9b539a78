"""The results store: one SQLite file that is the archive of everything that came back.

In: Files and Results (see ``records``). Out: the same, to collect and to present. This package is
the only place that knows SQL; ``docs/store.md`` tells what the tables and views hold.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import Self

from toolkit.finding import Place, finding
from toolkit.store import consolidated, files, loading, purging, remembering, spots, tidy, unread
from toolkit.store.behind import Behind
from toolkit.store.copies import Copies
from toolkit.store.files import Heads
from toolkit.store.loading import ALL, CONTESTED, NONE, contested
from toolkit.store.opening import (
    FILE,
    StoreError,
    about_of,
    beside,
    connected,
    readable,
    rehearsed,
    sorting_little,
    told,
    transaction,
)
from toolkit.store.packing import Packed, pack
from toolkit.store.pen import Pen
from toolkit.store.purging import Purged
from toolkit.store.records import File, FileKey, Results, Spot, Value
from toolkit.store.schema import CELL_SPOT
from toolkit.store.streams import Streams
from toolkit.store.tidy import Tidy
from toolkit.store.unread import Unread

__all__ = [
    "ALL",
    "CONTESTED",
    "FILE",
    "NONE",
    "Heads",
    "Store",
    "StoreError",
    "contested",
    "open_store",
    "read_store",
]

VERY_MANY = 200  # files that are worth looking up only after all are written


class Store:
    """An open store; leaving its ``with`` block closes it."""

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self._connection = connection
        self.path = path

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._connection.close()

    @property
    def project(self) -> str:
        """The id of the project the store is for; empty while none is known."""
        return self._about("project")

    def belong(self, project: str) -> None:
        """Tie the store to a project; StoreError where it belongs to another."""
        if self.project not in ("", project):
            params = {"project": project, "own": self.project}
            raise StoreError([finding("store-other-project", Place(f"{self.path}"), **params)])
        if project and not self.project:
            with told(self.path), transaction(self._connection):
                self._connection.execute("INSERT INTO about VALUES ('project', ?)", (project,))

    @property
    def known(self) -> Mapping[FileKey, str]:
        """Every file the store holds, with its status."""
        with told(self.path):
            return files.keys(self._connection)

    @property
    def numbers(self) -> Iterator[int]:
        """The ids of every file the store holds."""
        with told(self.path):
            yield from files.numbers(self._connection)

    def __len__(self) -> int:
        """How many files the store holds."""
        with told(self.path):
            return files.count(self._connection)

    def add(self, file: File) -> bool:
        """Keep one file, all of it in one transaction; False where it is known just so."""
        with told(self.path):
            known = files.one(self._connection, file.key)
        if known and replace(file, modified=known.modified) == known:
            return False
        self.keep([pack([file])])
        return True

    def keep(self, parts: Iterable[Packed]) -> None:
        """Keep some files, all of them whole in one transaction; what is known just so stays."""
        own = self._connection
        with told(self.path), transaction(own):
            purged = purging.purged(own)
            for packed in parts:
                seen = remembering.new(own, (s for s in packed.seen if s.sha256 not in purged))
                if seen or not files.known_just_so(own, packed):
                    files.put(own, packed)
                    remembering.remember(own, seen)

    @contextmanager
    def gathering(self, count: int) -> Iterator[None]:
        """Keep ``count`` files: very many faster, with their answers looked up by place only after.

        Every place of a document has its answers side by side there, so that each file would be
        written to all over it.
        """
        if count >= VERY_MANY and count > len(self):
            with told(self.path), transaction(self._connection):
                self._connection.execute("DROP INDEX IF EXISTS cell_spot")
        try:
            yield
        finally:
            self.looked_up()

    def looked_up(self) -> None:
        """Make sure that answers can be looked up by their place."""
        own = self._connection
        with told(self.path), sorting_little(own), transaction(own):
            own.execute(CELL_SPOT)

    def replace(self, packed: Packed) -> None:
        """Keep files in place of what they held before; nothing of that is left."""
        with told(self.path), transaction(self._connection):
            files.put(self._connection, packed)
            files.sweep(self._connection)

    def unchanged(self, now: tuple[int, int, int, str]) -> int | None:
        """The id of the file that was read as it is now; see ``toolkit.store.remembering``."""
        with told(self.path):
            return remembering.unchanged(self._connection, now)

    def list_names(self) -> None:
        """List the names read so far, for ``hashes_of``."""
        with told(self.path):
            remembering.list_names(self._connection)

    def hashes_of(self, name: str) -> list[str]:
        """The hashes under which a name was read before names were listed."""
        with told(self.path):
            return remembering.hashes_of(self._connection, name)

    @property
    def projects(self) -> Mapping[str, int]:
        """How many files that were read belong to each project."""
        with told(self.path):
            return files.projects(self._connection)

    def of_others(self, project: str, most: int) -> list[File]:
        """Some files that were read and belong to another project, without their cells."""
        with told(self.path):
            return files.of_others(self._connection, project, most)

    def files(self) -> tuple[File, ...]:
        """Every file the store holds, whole, in order of arrival."""
        with told(self.path):
            return files.everything(self._connection)

    def behind(self) -> Behind:
        """What single consolidated values rest on."""
        return Behind(self._connection)

    def sent(self) -> Mapping[tuple[str, Spot], set[Value]]:
        """What the copies of each document were sent out with, by document and spot."""
        with told(self.path):
            return spots.sent(self._connection)

    def tidy(self) -> Iterator[Tidy]:
        """Every value that may be shown one by one, in order of its place."""
        with told(self.path):
            yield from tidy.lines(self._connection)

    def unread(self) -> Iterator[Unread]:
        """The cells that could not be read and that nobody has mended yet, by file."""
        with told(self.path):
            yield from unread.unread(self._connection)

    def left_out(self) -> Mapping[str, int]:
        """How many values of anonymous documents are never shown one by one."""
        with told(self.path):
            return tidy.left_out(self._connection)

    def heads(self) -> Iterator[File]:
        """Every file the store holds without its cells, in order of arrival."""
        with told(self.path):
            yield from files.heads(self._connection)

    def streams(self) -> Streams:
        """What merging reads, a little at a time."""
        return Streams(self._connection)

    def mark(self, doc: str) -> str:
        """What the results of a document were made from; '' where there are none."""
        return self._about(f"results:{doc}")

    @contextmanager
    def renewing(self, doc: str = "", mark: str = "") -> Iterator[Pen]:
        """Write the results of a document anew, in one transaction; without one, add to all."""
        own = self._connection
        with told(self.path), transaction(own), purging.keeping(own, doc):
            if doc:
                consolidated.clear(own, doc, mark)
            yield Pen(own)

    @property
    def on_conflict(self) -> str:
        """The strategy contradicting answers are settled by; empty where none was chosen."""
        return self._about("on_conflict")

    def settle_by(self, strategy: str) -> None:
        """Keep the strategy contradicting answers are settled by."""
        if self.on_conflict != strategy:
            with told(self.path), transaction(self._connection):
                query = "INSERT OR REPLACE INTO about VALUES ('on_conflict', ?)"
                self._connection.execute(query, (strategy,))

    def save(self, results: Results) -> bool:
        """Keep results in place of the earlier ones; False where they are the same."""
        with told(self.path), transaction(self._connection):
            return consolidated.save(self._connection, results)

    @property
    def purged(self) -> frozenset[str]:
        """The hashes of files that were purged: none of them is read again."""
        with told(self.path):
            return purging.purged(self._connection)

    def purge(
        self, before: date, keys: Collection[tuple[str, str]], *, rehearse: bool = False
    ) -> Purged:
        """Remove for good what is older than a day; see ``toolkit.store.purging``."""
        with told(self.path):
            return purging.purge(self._connection, before, keys, rehearse=rehearse)

    def results(self, sources: str = ALL, most: int | None = None, *, held: bool = True) -> Results:
        """The latest results with all their sources, or fewer where there may be very many.

        ``sources`` are ALL, NONE, or ``contested(n)``, the first of what is contested; ``most`` is
        for the first of every value. Where copies are not ``held``, they are read when they are
        gone through.
        """
        with told(self.path):
            results = loading.load(self._connection, sources, most, held=held)
        return results if held else replace(results, copies=Copies(self.path))

    def _about(self, key: str) -> str:
        with told(self.path):
            return about_of(self._connection, key)


def aside(path: Path, without: Iterable[int]) -> Store:
    """The files of a store but for some, to be put together anew beside it; nothing is kept."""
    return Store(beside(path, without), path)


def open_store(path: Path, *, rehearse: bool = False, patience: float | None = None) -> Store:
    """The store at a path, to write to; made where there is none.

    A rehearsal works on a passing copy. StoreError where the file is not a store, of another
    version, or open in another program for longer than ``patience`` seconds (5).
    """
    opened = rehearsed if rehearse else connected
    return Store(opened(path, patience=patience), path)


def read_store(path: Path, *, patience: float | None = None) -> Store:
    """The store at a path, to read; StoreError where there is none."""
    return Store(readable(path, patience=patience), path)
