"""Worker: batches of files, read in guarded processes on any executor.

In: Tasks and Settings. Out: for each batch the rows of its files, packed. A batch runs as one task
of a ``concurrent.futures`` executor, in this process' threads or on machines of a Dask cluster;
there a guard has a process of its own read the files. A file that crashes that process, takes too
long or too much memory is one rejected file; the process is replaced and the batch goes on.
"""

from __future__ import annotations

import math
import os
import pickle
import threading
from collections.abc import Generator, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from itertools import islice
from typing import NamedTuple

from toolkit.collect.read import Settings
from toolkit.collect.workers import reader
from toolkit.collect.workers.forked import forked
from toolkit.collect.workers.guard import Guard
from toolkit.collect.workers.tasks import Done, Task

LEAST, MOST = 25, 250  # files of a batch
FILES_A_WORKER = 8  # what one more process is worth its start for
AHEAD = 2  # batches handed out for each worker


@dataclass(frozen=True)
class Batch:
    """Some files, and the settings of reading as they cross to the process that reads."""

    tasks: tuple[Task, ...]
    settings: bytes


class Place(NamedTuple):
    """Where batches are read: an executor, how many it reads at once, whether in this process."""

    executor: Executor
    workers: int
    here: bool = False


def read_all(
    tasks: Sequence[Task], settings: Settings, place: Place
) -> Generator[Done, None, None]:
    """Every file, a batch at a time as each is ready; closing the iterator stops the work."""
    packed = pickle.dumps(settings)
    size = batch_size(len(tasks), place.workers)
    if place.here and tasks:
        _fork_guards(packed, place.workers, settings.limits.memory_bytes)
    batches = iter(Batch(tuple(own), packed) for own in _parted(tasks, size))
    running: set[Future[Done]] = set()
    try:
        while True:
            for batch in islice(batches, AHEAD * place.workers - len(running)):
                running.add(place.executor.submit(read_batch, batch))
            if not running:
                return
            ready, running = wait(running, return_when=FIRST_COMPLETED)
            yield from (future.result() for future in ready)
    finally:
        for future in running:
            future.cancel()


def _parted(tasks: Sequence[Task], size: int) -> Iterator[Sequence[Task]]:
    return (tasks[start : start + size] for start in range(0, len(tasks), size))


def batch_size(count: int, workers: int) -> int:
    """How many files make a batch: few enough that all workers have some, and progress is seen."""
    each = math.ceil(count / workers)
    return max(1, min(each, MOST, max(LEAST, each // 20)))


def workers_for(count: int) -> int:
    """How many processes read ``count`` files here: every core, as far as it has enough to do."""
    return max(1, min(os.cpu_count() or 1, math.ceil(count / FILES_A_WORKER)))


@contextmanager
def here(count: int) -> Iterator[Place]:
    """Guarded processes of this machine, for ``count`` files; none is left behind."""
    workers = workers_for(count)
    executor = ThreadPoolExecutor(workers, "collect")
    try:
        yield Place(executor, workers, here=True)
    finally:
        stop_guards()
        executor.shutdown(cancel_futures=True)


# --- where the executor runs a batch ------------------------------------------------------------

_idle: dict[str, list[Guard]] = {}
_all: set[Guard] = set()
_lock = threading.Lock()


def read_batch(batch: Batch) -> Done:
    """Read one batch, with a guard of this process that is free or a new one."""
    key = sha256(batch.settings).hexdigest()
    guard = _taken(key, batch.settings)
    try:
        return guard.read(batch.tasks)
    finally:
        with _lock:
            if not guard.closed:  # else somebody stopped the work meanwhile
                _idle.setdefault(key, []).append(guard)


def _fork_guards(settings: bytes, count: int, memory_bytes: int) -> None:
    """Guards whose processes need not load anything, where that can be; before any thread is."""
    guards = [Guard(settings, first) for first in forked(count, reader.main, memory_bytes)]
    with _lock:
        _all.update(guards)
        _idle.setdefault(sha256(settings).hexdigest(), []).extend(guards)


def _taken(key: str, settings: bytes) -> Guard:
    with _lock:
        free = _idle.get(key)
        if free:
            return free.pop()
        guard = Guard(settings)
        _all.add(guard)
        return guard


def stop_guards() -> None:
    """End every guarded process of this process, busy or not."""
    with _lock:
        guards = list(_all)
        _all.clear()
        _idle.clear()
        for guard in guards:
            guard.closed = True
    for guard in guards:
        guard.close()
