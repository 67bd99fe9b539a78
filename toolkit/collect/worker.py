"""Worker: files are read in processes of their own, so that none can take the others with it.

In: Sources and Settings. Out: a Returned or a Rejected for each, one as soon as it is ready, in
the order given. A file that crashes its process, takes too long or too much memory is one rejected
file; its process is replaced and the batch goes on. Safe where processes are spawned (Windows).
"""

from __future__ import annotations

import hashlib
import multiprocessing
import os
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from typing import TYPE_CHECKING

from toolkit.collect.find import Source
from toolkit.collect.gate import GateError
from toolkit.collect.limits import Limits
from toolkit.collect.read import Given, Reader, Settings
from toolkit.collect.returned import Rejected, Returned
from toolkit.finding import Place, finding

if TYPE_CHECKING:
    from multiprocessing.context import SpawnProcess

Result = Returned | Rejected
START_SECONDS = 60.0
MOST_WORKERS = 4
FILES_A_WORKER = 8
AHEAD = 64  # files read ahead of the one that is waited for


def read_all(
    files: Sequence[Source],
    settings: Settings,
    on_file: Callable[[Result], None] = lambda result: None,
) -> Iterator[Result]:
    """Every file as Returned or Rejected, in order; ``on_file`` hears of each as it is ready."""
    pool = Pool(files, settings, on_file)
    try:
        yield from pool.results()
    finally:
        pool.close()


def workers_for(count: int) -> int:
    """How many processes read ``count`` files: one more only where it has enough to do."""
    cores = min(os.cpu_count() or 1, MOST_WORKERS)
    return max(1, min(cores, -(-count // FILES_A_WORKER)))


@dataclass
class Hand:
    """One worker process, and the file it is reading (None while it waits)."""

    process: SpawnProcess
    pipe: Connection
    reading: int | None = None
    since: float = field(default_factory=time.monotonic)
    ready: bool = False

    @property
    def busy(self) -> bool:
        """Whether something is waited for."""
        return self.reading is not None or not self.ready


class Pool:
    """The processes and what they have still to read."""

    def __init__(
        self, files: Sequence[Source], settings: Settings, on_file: Callable[[Result], None]
    ) -> None:
        self.files = files
        self.settings = settings
        self.on_file = on_file
        self.waiting = deque(range(len(files)))
        self.done: dict[int, Result] = {}
        self.hands = [self._hire() for _ in range(workers_for(len(files)))] if files else []

    def results(self) -> Iterator[Result]:
        """The results in order."""
        for number in range(len(self.files)):
            while number not in self.done:
                self._step(number + AHEAD)
            yield self.done.pop(number)

    def _step(self, furthest: int) -> None:
        """Hands out files, hears of results, lets go of whom it has waited for too long."""
        for hand in self.hands:
            if hand.ready and hand.reading is None and self.waiting and self.waiting[0] < furthest:
                self._give(hand, self.waiting.popleft())
        for pipe in wait([hand.pipe for hand in self.hands], self._patience()):
            self._hear(next(hand for hand in self.hands if hand.pipe is pipe))
        now = time.monotonic()
        for hand in list(self.hands):
            if now - hand.since > self._limit(hand) and (
                hand.reading is not None or not hand.ready
            ):
                seconds = f"{self.settings.limits.seconds:g}"
                self._replace(hand, "worker-slow", seconds=seconds)

    def _give(self, hand: Hand, number: int) -> None:
        hand.reading, hand.since = number, time.monotonic()
        try:
            hand.pipe.send(self.files[number])
        except OSError:
            self._replace(hand, "worker-died")

    def _hear(self, hand: Hand) -> None:
        try:
            result = hand.pipe.recv()
        except (EOFError, OSError):
            self._replace(hand, "worker-died")
            return
        hand.ready = True
        if hand.reading is not None and result is not None:
            number, hand.reading = hand.reading, None
            self._keep(number, result)

    def _keep(self, number: int, result: Result) -> None:
        self.done[number] = result
        self.on_file(result)

    def _replace(self, hand: Hand, code: str, **params: object) -> None:
        """Ends a process, rejects the file it was reading, and starts another where needed."""
        self._end(hand)
        self.hands.remove(hand)
        number = hand.reading
        if number is None and not hand.ready:  # it never came to read anything
            number = self.waiting.popleft() if self.waiting else None
        if number is not None:
            self._keep(number, rejected(self.files[number], code, **params))
        if self.waiting or any(other.reading is not None for other in self.hands):
            self.hands.append(self._hire())

    def _limit(self, hand: Hand) -> float:
        return self.settings.limits.seconds if hand.ready else START_SECONDS

    def _patience(self) -> float:
        """How long nothing needs to happen."""
        now = time.monotonic()
        busy = (hand for hand in self.hands if hand.busy)
        left = [self._limit(hand) - (now - hand.since) for hand in busy]
        return max(0.01, min(left, default=0.01))

    def _hire(self) -> Hand:
        context = multiprocessing.get_context("spawn")
        here, there = context.Pipe()
        process = context.Process(target=work, args=(there, self.settings), daemon=True)
        process.start()
        there.close()
        return Hand(process, here)

    def _end(self, hand: Hand) -> None:
        hand.pipe.close()
        hand.process.kill()
        hand.process.join()
        hand.process.close()

    def close(self) -> None:
        """Ends every process."""
        for hand in self.hands:
            self._end(hand)
        self.hands = []


def rejected(source: Source, code: str, **params: object) -> Rejected:
    """A file that could not be read to the end."""
    told = finding(code, Place(source.name), **params)
    return Rejected(source.name, source.size, source.modified, (told,))


# --- in the process ---------------------------------------------------------------------------


def work(pipe: Connection, settings: Settings) -> None:
    """Reads what comes through the pipe until it is closed; says None when it is ready."""
    hold_memory(settings.limits)
    reader = Reader(settings)
    pipe.send(None)
    while True:
        try:
            source = pipe.recv()
        except (EOFError, KeyboardInterrupt):
            return
        pipe.send(read_source(source, reader))


def hold_memory(limits: Limits) -> None:
    """Caps the memory of this process, where the platform can."""
    try:
        import resource
    except ImportError:  # Windows: the pre-scan counts, and a process that grows ends alone
        return
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    most = limits.memory_bytes if hard < 0 else min(limits.memory_bytes, hard)
    resource.setrlimit(resource.RLIMIT_AS, (most, hard))


def read_source(source: Source, reader: Reader) -> Result:
    """One file, whatever happens: the boundary where every fault becomes a rejected file."""
    data = b""
    try:
        data = source.read(reader.settings.limits)
        return reader.read(Given(source.name, data, source.modified))
    except GateError as error:
        hashed = hashlib.sha256(data).hexdigest() if data else ""
        return Rejected(source.name, source.size, source.modified, error.findings, hashed)
    except BaseException as error:  # a library may panic, or memory run out
        if isinstance(error, KeyboardInterrupt | SystemExit):
            raise
        return rejected(source, "worker-died")
