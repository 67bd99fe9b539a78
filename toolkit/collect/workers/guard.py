"""Guard: one process that reads files, and what watches over it.

In: Tasks, one batch after the other. Out: Done, whatever the files do to the process that reads
them. Works where processes are spawned (Windows), and where the own process may have no children
of the usual kind (a worker of Dask).
"""

from __future__ import annotations

import os
import pickle
import queue
import struct
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from hashlib import sha256
from typing import IO, Any

from toolkit.collect.find import Source
from toolkit.collect.keep import kept
from toolkit.collect.limits import Limits
from toolkit.collect.opening.gate import GateError
from toolkit.collect.read import Settings
from toolkit.collect.returned import Rejected
from toolkit.collect.workers.forked import Forked
from toolkit.collect.workers.tasks import Done, Outcome, Task, joined
from toolkit.finding import Place, finding
from toolkit.store.packing import pack

Process = subprocess.Popen[bytes] | Forked
START_SECONDS = 60.0
TICK, PART, READY = b"t", b"p", b"r"
HEAD = struct.Struct(">cQ")
APART: dict[str, Any] = (
    {"creationflags": getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0)}
    if os.name == "nt"
    else {"start_new_session": True}
)
"""Ctrl-C is for the collector, which ends its readers itself."""


class Lost(Exception):
    """The process is gone or was waited for too long; ``code`` says which."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Guard:
    """Reads batches through a process that is replaced when it is lost.

    ``first`` is a process that waits already for the settings.
    """

    def __init__(self, settings: bytes, first: Process | None = None) -> None:
        self.settings, self.first = settings, first
        own: Settings = pickle.loads(settings)  # packed by the collector itself
        self.limits, self.seconds = own.limits, own.limits.seconds
        self.reader: Reading | None = None
        self.closed = False

    def read(self, tasks: Sequence[Task]) -> Done:
        """Every task read, known or rejected."""
        parts: list[Done] = []
        left = list(tasks)
        while left and not self.closed:
            part, left = self._read(left)
            parts += part
        return joined(parts)

    def _read(self, tasks: list[Task]) -> tuple[list[Done], list[Task]]:
        """What was read before the process was lost, or all; and what is still to be read."""
        parts: list[Done] = []
        try:
            reader = self._ready()
            reader.send(tasks)
            while sum(len(part.outcomes) for part in parts) < len(tasks):
                parts.append(pickle.loads(reader.hear(self.seconds)))  # from our own process
            return parts, []
        except Lost as lost:
            at = min(self.reader.ticks, len(tasks) - 1) if self.reader else 0
            self._drop()
            if self.closed:
                return [], []
            told = rejected(tasks[at].source, lost.code, seconds=f"{self.seconds:g}")
            read = sum(len(part.outcomes) for part in parts)
            return [*parts, _of_rejected(tasks[at], told, self.limits)], tasks[read:at] + tasks[
                at + 1 :
            ]

    def _ready(self) -> Reading:
        if self.reader is None:
            first, self.first = self.first, None
            self.reader = Reading(self.settings, first or started())
        if self.closed:  # meanwhile, while it was not there to be ended
            raise Lost("worker-died")
        return self.reader

    def _drop(self) -> None:
        reader, self.reader = self.reader, None
        if reader:
            reader.close()

    def close(self) -> None:
        """End the process, whatever it does."""
        self.closed = True
        self._drop()
        first, self.first = self.first, None
        if first:
            end(first)
            shut(first)


class Reading:
    """The process itself; what it says is heard by a thread, so that waiting can end."""

    def __init__(self, settings: bytes, process: Process) -> None:
        self.process = process
        self.said: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
        self.ticks, self.heard = 0, time.monotonic()
        self.listener = threading.Thread(target=self._listen, daemon=True)
        self.listener.start()
        try:
            self._write(settings)
            self.hear(START_SECONDS)
        except Lost:
            self.close()
            raise

    def _listen(self) -> None:
        stream = self.process.stdout
        assert stream
        while head := stream.read(HEAD.size):
            kind, size = HEAD.unpack(head) if len(head) == HEAD.size else (b"", 0)
            data = stream.read(size)
            if not kind or len(data) < size:
                break
            self.heard = time.monotonic()
            if kind == TICK:  # nobody need wake up for it
                self.ticks += 1
            else:
                self.said.put(data)
        self.said.put(None)

    def send(self, tasks: Sequence[Task]) -> None:
        """Hand over a batch; ``ticks`` counts its files that are done."""
        self.ticks, self.heard = 0, time.monotonic()
        self._write(pickle.dumps(list(tasks)))

    def _write(self, data: bytes) -> None:
        stream = self.process.stdin
        assert stream
        try:
            put(stream, PART, data)
        except OSError:
            raise Lost("worker-died") from None

    def hear(self, seconds: float) -> bytes:
        """The next part; Lost where it has not said anything at all for so long."""
        while True:
            left = self.heard + seconds - time.monotonic()
            with suppress(queue.Empty):
                data = self.said.get(timeout=max(left, 0))
                if data is None:
                    raise Lost("worker-died")
                return data
            if left <= 0:
                raise Lost("worker-slow")

    def close(self) -> None:
        """End the process; what listens to it hears the end before its pipe is closed."""
        end(self.process)
        self.listener.join()
        shut(self.process)


def started() -> Process:
    """A new process that waits for the settings."""
    return subprocess.Popen(
        [sys.executable, "-m", "toolkit.collect.workers.reader"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        **APART,
    )


def end(process: Process) -> None:
    """End a process, whatever it does."""
    process.kill()
    process.wait()


def shut(process: Process) -> None:
    """Close the pipes to a process that is over."""
    for stream in (process.stdin, process.stdout):
        with suppress(OSError):
            if stream:
                stream.close()


def put(stream: IO[bytes], kind: bytes, data: bytes = b"") -> None:
    """Write one thing: what it is, how long it is, itself."""
    stream.write(HEAD.pack(kind, len(data)) + data)
    stream.flush()


def rejected(source: Source, code: str, **params: object) -> Rejected:
    """A file that could not be read to the end."""
    told = finding(code, Place(source.name), **params)
    return Rejected(source.name, source.size, source.modified, (told,))


def _of_rejected(task: Task, result: Rejected, limits: Limits) -> Done:
    file = kept(replace(result, sha256=_hash(task.source, limits)), {})
    return Done((Outcome(task.number, file.key, True),), (pickle.dumps(pack([file])),))


def _hash(source: Source, limits: Limits) -> str:
    """The hash of a file that could be opened and not be read; '' where it is gone by now."""
    try:
        return sha256(source.read(limits)).hexdigest()
    except GateError:
        return ""
