"""What ``test_forked`` does in a process of its own, which has one thread: only such a one forks.

In: a folder of returned files. Out: what became of them, read by processes that were forked.
"""

from __future__ import annotations

import pickle
import subprocess
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Any, NoReturn

from returned_files import SETTINGS

from toolkit.collect.find import find
from toolkit.collect.workers.forked import forked
from toolkit.collect.workers.guard import Guard
from toolkit.collect.workers.reader import main
from toolkit.collect.workers.tasks import Done, Task
from toolkit.collect.workers.worker import here, read_all


def apart(work: Callable[[Path], Any], folder: Path) -> Any:
    """What comes of a work that is done in a new process of one thread."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(work, folder).result()


def read(folder: Path) -> list[str]:
    """The names of what was read; nothing else may be started for it."""
    _only_forks()
    own = _tasks(folder)
    with here(len(own)) as place:
        return _kept(list(read_all(own, SETTINGS, place)))


def read_and_killed(folder: Path) -> list[str]:
    """The names of what was read where the forked process is killed and replaced by another."""
    own = _tasks(folder)
    guard = Guard(pickle.dumps(SETTINGS), *forked(1, main, SETTINGS.limits.memory_bytes))
    reader = guard._ready()
    reader.send(own)
    reader.process.kill()
    done = guard.read(own)
    guard.close()
    return _kept([done])


def never_used(folder: Path) -> int:
    """How many processes are left of those that wait when the work is stopped."""
    guard = Guard(pickle.dumps(SETTINGS), *forked(1, main, SETTINGS.limits.memory_bytes))
    first = guard.first
    assert first is not None
    guard.close()
    return len([1 for stream in (first.stdin, first.stdout) if stream and not stream.closed])


def _only_forks() -> None:
    def refused(*_: Any, **__: Any) -> NoReturn:
        raise AssertionError("a process was started anew")

    subprocess.Popen = refused  # type: ignore[misc, assignment]


def _tasks(folder: Path) -> list[Task]:
    return [Task(n, source) for n, source in enumerate(find([folder]).sources)]


def _kept(batches: list[Done]) -> list[str]:
    files = (file for done in batches for packed in done.files() for file in packed.rows("file"))
    return sorted(f"{row[1]} {row[6]}" for row in files)
