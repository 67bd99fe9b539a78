"""Intake: returned files into the store, a batch at a time, each once.

In: what the search found, an open store, the settings of reading, where to read. Out: the key of
every file of this run, as the store knows it. What is on the disk as it was is not even opened,
what the store holds is not read again, what was rejected is. Files of another project are turned
away; where nobody says which project it is, most files decide.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from toolkit.collect.find import Search, Source
from toolkit.collect.keep import left_aside, of_other_project
from toolkit.collect.read import Settings
from toolkit.collect.workers.tasks import Task
from toolkit.collect.workers.where import reading_place
from toolkit.collect.workers.worker import read_all
from toolkit.finding import Interrupted, finding
from toolkit.finding import Place as At
from toolkit.store import Store
from toolkit.store.packing import id_of, pack
from toolkit.store.records import REJECTED, FileKey

SECOND = 1_000_000  # microseconds
Advance = Callable[[int, int], None]


@dataclass(frozen=True)
class Found:
    """The files of a run: the key of every one that is known, and those to be read."""

    keys: dict[int, FileKey]
    tasks: tuple[Task, ...]


def take_in(
    search: Search,
    store: Store,
    settings: Settings,
    executor: str = "",
    advance: Advance = lambda done, all: None,
) -> tuple[FileKey, ...]:
    """Keep every file found; the keys of this run's files, a key twice for a file found twice.

    Interrupted where somebody stops it: what was read is kept, and the next run goes on.
    """
    aside = left_aside(tuple(search.findings))
    store.keep(pack(aside))
    found = _found(search.sources, store)
    keys = found.keys
    before = len(keys)
    try:
        with (
            store.gathering(len(found.tasks)),
            reading_place(executor, len(found.tasks)) as place,
            closing(read_all(found.tasks, settings, place)) as batches,
        ):
            for done in batches:
                for packed in done.files():
                    store.keep(packed)
                keys |= {outcome.number: outcome.key for outcome in done.outcomes}
                advance(len(keys) - before, len(found.tasks))
    except KeyboardInterrupt:
        told = {"read": len(keys), "left": len(search.sources) - len(keys)}
        raise Interrupted([finding("collect-stopped", At(f"{store.path}"), **told)]) from None
    if not store.project:
        _settle(store)
    own = (keys[number] for number in range(len(search.sources)))
    purged = store.purged
    return (*(file.key for file in aside), *(key for key in own if key[0] not in purged))


def _found(sources: Sequence[Source], store: Store) -> Found:
    """Which files are as they were when they were read, and which are to be opened."""
    seen, known, purged = store.seen(), store.known, store.purged
    hashes = _hashes(known)
    keys: dict[int, FileKey] = {}
    tasks: list[Task] = []
    for number, source in enumerate(sources):
        path, size, mtime = _mark(source)
        sha256 = _unchanged(seen.get(path), (size, mtime, source.name))
        if known.get((sha256, source.name), REJECTED) != REJECTED:
            keys[number] = (sha256, source.name)
        else:
            own = purged.union(hashes[source.name]) if source.name in hashes else purged
            tasks.append(Task(number, source, path, size, mtime, own))
    return Found(keys, tuple(tasks))


def _hashes(known: Mapping[FileKey, str]) -> dict[str, list[str]]:
    """Under which hashes every name was read before."""
    found: dict[str, list[str]] = {}
    for (sha256, name), status in known.items():
        if sha256 and status != REJECTED:
            found.setdefault(name, []).append(sha256)
    return found


def _mark(source: Source) -> tuple[int, int, int]:
    """What a file is remembered by: its path as a number, its size, its time in microseconds."""
    path = id_of(os.path.normcase(source.path.absolute()), source.member, source.number)
    size, modified = _of_archive(source) if source.member else (source.size, source.modified)
    return path, size, round(modified.timestamp() * SECOND)


def _of_archive(source: Source) -> tuple[int, datetime]:
    """A file in a zip is as old as the zip: what stands inside may be anything."""
    return _stat(source.path)


@cache
def _stat(path: Path) -> tuple[int, datetime]:
    told = path.stat()
    return told.st_size, datetime.fromtimestamp(told.st_mtime, UTC)


def _unchanged(seen: tuple[int, int, str, str] | None, now: tuple[int, int, str]) -> str:
    """The hash a file had when it was seen; '' where it may have changed since.

    A time of whole seconds is a coarse clock's: two versions may share it, so the file is hashed.
    """
    if seen is None or now[1] % SECOND == 0:
        return ""
    size, mtime, sha256, name = seen
    return sha256 if (size, mtime, name) == now else ""


def _settle(store: Store) -> None:
    """Tie the store to the project most of its files belong to; the others are turned away."""
    files = [file for file in store.heads() if file.project and file.status != REJECTED]
    counted = Counter(file.project for file in files)
    if not counted:
        return
    own = min(counted, key=lambda project: (-counted[project], project))
    others = [of_other_project(file, own) for file in files if file.project != own]
    store.replace(pack(others))
    store.belong(own)
