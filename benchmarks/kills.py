"""``python -m benchmarks.kills``: collecting killed at random moments, a thousand times.

In: options. Out: what was found on standard output; exit code 1 where a store did not open, held a
part of a file, or came out otherwise than undisturbed. Most runs are forks of this process that
read by themselves, so that the kills fall into the writing; some are the command itself, with its
reading processes.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import Executor, Future
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, NoReturn
from unittest.mock import patch

from benchmarks.returned import write_returned
from toolkit.collect import intake
from toolkit.collect.consolidate import consolidate
from toolkit.collect.merging.questions import asked_by
from toolkit.collect.read import Reader, Settings
from toolkit.collect.request import Request
from toolkit.collect.workers.reader import read_tasks
from toolkit.collect.workers.tasks import joined
from toolkit.collect.workers.worker import Batch, Place
from toolkit.document import load_documents, shipped_templates
from toolkit.store import FILE, open_store
from toolkit.store.records import File, FileKey

FILES, REAL, SEED = 24, 0.03, 7
BAD = ("UNSOUND", "PARTLY HELD", "NOT AS UNDISTURBED", "BROKE OFF")
_SETTINGS = Settings(load_documents(shipped_templates()))
_READER, _ASKED = Reader(_SETTINGS), asked_by(_SETTINGS.documents)


class Here(Executor):
    """Reads a batch at once, in this process."""

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
        (batch,) = args
        assert isinstance(batch, Batch)
        done: Future[Any] = Future()
        parts = (part for part in read_tasks(batch.tasks, _READER, _ASKED) if part)
        done.set_result(joined(list(parts)))
        return done


@contextmanager
def _here(executor: str, count: int) -> Iterator[Place]:
    yield Place(Here(), FILES // 3)  # small batches: many transactions to be killed in


class Kills:
    """Runs that are killed, and what an undisturbed one comes to."""

    def __init__(self, folder: Path, chance: random.Random) -> None:
        self.inbox, self.out, self.chance = folder / "inbox", folder / "results", chance
        write_returned(self.inbox, FILES)
        (self.inbox / "broken.xlsx").write_bytes(b"PK\x03\x04" + bytes(500))
        whole = folder / "whole"
        start = time.monotonic()
        self._collect(whole)
        self.seconds = time.monotonic() - start
        self.expected, self.files = _dump(whole / FILE), _files(whole / FILE)
        self.told: Counter[str] = Counter()

    def _collect(self, out: Path) -> None:
        with patch.object(intake, "reading_place", _here):
            consolidate(Request((self.inbox,), out))

    def run(self, kills: int) -> None:
        """Kill until it is enough; a run that came to its end is compared, its store removed."""
        while self.told["killed"] < kills:
            real = self.chance.random() < REAL
            if self._real() if real else self._fork():
                self.told["killed"] += 1
                self.told["killed, the command itself"] += real
            else:
                self._compare()
            self._check()
        self._collect(self.out)
        self._compare()

    def _fork(self) -> bool:
        """Whether a run was killed before its end."""
        child = os.fork()
        if not child:
            self._collect_and_exit()
        time.sleep(self.chance.random() * self.seconds * 1.2)
        os.kill(child, signal.SIGKILL)
        status = os.waitpid(child, 0)[1]
        self.told["BROKE OFF"] += os.WIFEXITED(status) and status != 0
        return os.WIFSIGNALED(status)

    def _collect_and_exit(self) -> NoReturn:
        """The child's whole life: nothing it meets may reach the caller, which is its parent's."""
        try:
            self._collect(self.out)
            os._exit(0)
        except BaseException:
            traceback.print_exc()
            sys.stderr.flush()
            os._exit(1)

    def _real(self) -> bool:
        command = [sys.executable, "-m", "toolkit", "collect", str(self.inbox), "-o", str(self.out)]
        nowhere = subprocess.DEVNULL
        with subprocess.Popen([*command, "--json"], stdout=nowhere, stderr=nowhere) as run:
            for _ in range(300):  # until it writes, so that the kill falls into the work
                if run.poll() is not None or (self.out / f"{FILE}-journal").exists():
                    break
                time.sleep(0.01)
            time.sleep(self.chance.random())
            run.kill()
            return run.wait() < 0

    def _check(self) -> None:
        """The store opens, is sound, and every file in it is whole."""
        path = self.out / FILE
        if not path.exists():
            self.told["no store yet"] += 1
            return
        with open_store(path), closing(sqlite3.connect(path)) as connection:
            sound = connection.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
        self.told["store opened"] += 1
        self.told["UNSOUND"] += not sound
        held = _files(path)
        self.told["files held after a kill"] += len(held)
        self.told["PARTLY HELD"] += sum(
            _content(f) != _content(self.files[k]) for k, f in held.items()
        )

    def _compare(self) -> None:
        self.told["runs to the end"] += 1
        self.told["NOT AS UNDISTURBED"] += _dump(self.out / FILE) != self.expected
        shutil.rmtree(self.out)


def _dump(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as connection:
        return list(connection.iterdump())


def _files(path: Path) -> dict[FileKey, File]:
    with open_store(path) as store:
        return {file.key: file for file in store.files()}


def _content(file: File) -> object:
    """All of a file but what became of it."""
    return file.cells, file.sent, file.names, file.findings, file.identity, file.doc


def main() -> None:
    """Kills as often as the options ask for, and tells what came of it."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--kills", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=SEED)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="kills-") as name:
        kills = Kills(Path(name), random.Random(given.seed))
        start = time.monotonic()
        kills.run(given.kills)
    for told, count in sorted(kills.told.items()):
        print(f"{count:8} {told}")
    print(f"{time.monotonic() - start:8.0f} seconds")
    sys.exit(any(kills.told[key] for key in BAD))


if __name__ == "__main__":
    main()
