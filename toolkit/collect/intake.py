"""Intake: returned files into the store, a batch at a time, each once.

In: what the search found, an open store, the settings of reading, where to read. Out: the id of
every file of this run, as the store knows it. What is on the disk as it was is not even opened,
what the store holds is not read again, what was rejected is. Files of another project are turned
away; where nobody says which project it is, most files decide.
"""

from __future__ import annotations

import os
from array import array
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from functools import lru_cache
from itertools import chain
from pathlib import Path
from typing import overload

from toolkit.collect.find import Search, Source
from toolkit.collect.keep import left_aside, of_other_project
from toolkit.collect.read import Settings
from toolkit.collect.workers.tasks import Outcome, Task
from toolkit.collect.workers.where import reading_place
from toolkit.collect.workers.worker import read_all
from toolkit.finding import Interrupted, finding
from toolkit.finding import Place as At
from toolkit.store import Store
from toolkit.store.packing import id_of, pack
from toolkit.store.typed import file_id

NOWHERE = -1
SECOND = 1_000_000  # microseconds
FILES_A_PACK = 500
Advance = Callable[[int, int], None]


class ToRead(Sequence[Task]):
    """The files to be read, each a Task only while it is handed out: there may be very many."""

    def __init__(self, sources: Sequence[Source], numbers: Sequence[int], store: Store) -> None:
        self.sources, self.numbers, self.store = sources, numbers, store
        self.purged = store.purged
        if numbers:
            store.list_names()

    def __len__(self) -> int:
        return len(self.numbers)

    @overload
    def __getitem__(self, at: int) -> Task: ...
    @overload
    def __getitem__(self, at: slice) -> list[Task]: ...
    def __getitem__(self, at: int | slice) -> Task | list[Task]:
        if isinstance(at, slice):
            return [self._task(number) for number in self.numbers[at]]
        return self._task(self.numbers[at])

    def id_of(self, outcome: Outcome) -> int:
        """The id of a file that was read or is known; of one that was purged none."""
        return NOWHERE if outcome.key[0] in self.purged else file_id(outcome.key)

    def _task(self, number: int) -> Task:
        source = self.sources[number]
        hashes = self.store.hashes_of(source.name)
        known = self.purged.union(hashes) if hashes else self.purged
        return Task(number, source, *_mark(source), known)


def take_in(
    search: Search,
    store: Store,
    settings: Settings,
    executor: str = "",
    advance: Advance = lambda done, all: None,
) -> Sequence[int]:
    """Keep every file found; the ids of this run's files, an id twice for a file found twice.

    Interrupted where somebody stops it: what was read is kept, and the next run goes on.
    """
    aside = left_aside(tuple(search.findings))
    for start in range(0, len(aside), FILES_A_PACK):
        store.keep([pack(aside[start : start + FILES_A_PACK])])
    ids = array("q", _known(search.sources, store))
    numbers = array("L", (number for number, id in enumerate(ids) if id < 0))
    tasks = ToRead(search.sources, numbers, store)
    done = 0
    try:
        with (
            store.gathering(len(tasks)),
            reading_place(executor, len(tasks)) as place,
            closing(read_all(tasks, settings, place)) as batches,
        ):
            for batch in batches:
                store.keep(batch.files())
                for outcome in batch.outcomes:
                    ids[outcome.number] = tasks.id_of(outcome)
                done += len(batch.outcomes)
                advance(done, len(tasks))
    except KeyboardInterrupt:
        told = {"read": len(ids) - len(tasks) + done, "left": len(tasks) - done}
        raise Interrupted([finding("collect-stopped", At(f"{store.path}"), **told)]) from None
    if not store.project:
        _settle(store)
    own = (id for id in ids if id >= 0)
    return array("q", chain((file_id(file.key) for file in aside), own))


def _known(sources: Sequence[Source], store: Store) -> Iterator[int]:
    """For every file its id where it is as it was when it was read, else NOWHERE.

    A time of whole seconds is a coarse clock's: two versions may share it, so the file is hashed.
    """
    for source in sources:
        path, size, mtime = _mark(source)
        known = store.unchanged((path, size, mtime, source.name)) if mtime % SECOND else None
        yield NOWHERE if known is None else known


def _mark(source: Source) -> tuple[int, int, int]:
    """What a file is remembered by: its path as a number, its size, its time in microseconds.

    A file in a zip is as old as the zip: what stands inside may be anything.
    """
    where = os.path.normcase(os.path.join(_absolute(source.folder), source.inner))  # noqa: PTH118
    told = (source.size, source.time)
    size, time = _of_archive(source.path) if source.member else told
    return id_of(where, source.member, source.number), size, round(time * SECOND)


@lru_cache(maxsize=1024)
def _absolute(folder: Path) -> str:
    return f"{folder.absolute()}"


@lru_cache(maxsize=1024)
def _of_archive(path: Path) -> tuple[int, float]:
    told = path.stat()
    return told.st_size, told.st_mtime


def _settle(store: Store) -> None:
    """Tie the store to the project most of its files belong to; the others are turned away."""
    counted = store.projects
    if not counted:
        return
    own = min(counted, key=lambda project: (-counted[project], project))
    while others := store.of_others(own, FILES_A_PACK):  # what was turned away is not among them
        store.replace(pack(of_other_project(file, own) for file in others))
    store.belong(own)
