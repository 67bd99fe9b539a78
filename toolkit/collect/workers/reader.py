"""``python -m toolkit.collect.workers.reader``: reads files for a guard until its input ends.

In: on standard input the settings, then batches of Tasks. Out: on standard output a tick for every
file and now and then a part of what was read. Every fault of a file becomes a rejected file here;
what cannot be caught ends this process, and the guard knows which file it was.
"""

from __future__ import annotations

import gc
import os
import pickle
from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256
from typing import IO

from toolkit.collect.keep import kept
from toolkit.collect.limits import Limits
from toolkit.collect.merging.questions import Asked, asked_by
from toolkit.collect.opening.gate import GateError
from toolkit.collect.read import Given, Reader, Settings
from toolkit.collect.returned import Rejected, Returned
from toolkit.collect.workers.guard import HEAD, PART, READY, TICK, put, rejected
from toolkit.collect.workers.tasks import Done, Outcome, Task
from toolkit.store.packing import Packed

GARBAGE = 100_000  # objects made before anybody looks for circles among them
PART_OF = 25  # files of a part: as many are read again when the process is lost


def main() -> None:
    """Say ready, then read batch after batch."""
    given, said = os.fdopen(os.dup(0), "rb"), _private_output()
    heard = _heard(given)
    settings: Settings = pickle.loads(next(heard))  # from the guard that started this process
    reader, asked = Reader(settings), asked_by(settings.documents)
    hold_memory(settings.limits)
    gc.freeze()
    gc.set_threshold(GARBAGE)  # what a file leaves is freed without it: little is in circles
    put(said, READY)
    for data in heard:
        for done in read_tasks(pickle.loads(data), reader, asked):
            put(said, PART if done else TICK, pickle.dumps(done) if done else b"")


def _private_output() -> IO[bytes]:
    """Standard output for this process alone: what libraries print goes nowhere."""
    own = os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    return own


def _heard(stream: IO[bytes]) -> Iterator[bytes]:
    while head := stream.read(HEAD.size):
        _, size = HEAD.unpack(head)
        yield stream.read(size)


def read_tasks(
    tasks: Sequence[Task], reader: Reader, asked: Mapping[str, Asked]
) -> Iterator[Done | None]:
    """None after each file, and after some what was read since."""
    part = _Part()
    for task in tasks:
        part.add(task, *read_task(task, reader), asked)
        yield None
        if len(part.outcomes) >= PART_OF:
            yield part.done()
            part = _Part()
    if part.outcomes:
        yield part.done()


class _Part:
    """What was read since the last part was handed over."""

    def __init__(self) -> None:
        self.packed = Packed()
        self.outcomes: list[Outcome] = []

    def add(
        self,
        task: Task,
        hashed: str,
        result: Sequence[Returned] | Rejected | None,
        asked: Mapping[str, Asked],
    ) -> None:
        results: Sequence[Returned | Rejected] = (
            (result,) if isinstance(result, Rejected) else result or ()
        )
        for number, own in enumerate(results):
            file = kept(own, asked)
            hashed = hashed if number else file.sha256
            self.packed.add(file)
        if not isinstance(result, Rejected):
            self.packed.seen.append(task.seen(hashed))
        self.outcomes.append(Outcome(task.number, (hashed, task.source.name), result is not None))

    def done(self) -> Done:
        return Done(tuple(self.outcomes), (pickle.dumps(self.packed),))


def read_task(task: Task, reader: Reader) -> tuple[str, Sequence[Returned] | Rejected | None]:
    """One file, whatever happens: its hash, and what it is; None where it is known."""
    source, data, hashed = task.source, b"", ""
    try:
        data = source.read(reader.settings.limits)
        hashed = sha256(data).hexdigest()
        if hashed in task.known:
            return hashed, None
        return hashed, reader.read_all(Given(source.name, data, source.modified, hashed))
    except GateError as error:
        return hashed, Rejected(source.name, source.size, source.modified, error.findings, hashed)
    except BaseException as error:  # a library may panic
        if isinstance(error, KeyboardInterrupt | SystemExit | MemoryError):
            raise  # memory that ran out does not all come back: the process is replaced
        return hashed, rejected(source, "worker-died")


def hold_memory(limits: Limits) -> None:
    """Caps the memory of this process, where the platform can."""
    try:
        import resource
    except ImportError:  # Windows: the pre-scan counts, and a process that grows ends alone
        return
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    most = limits.memory_bytes if hard < 0 else min(limits.memory_bytes, hard)
    resource.setrlimit(resource.RLIMIT_AS, (most, hard))


if __name__ == "__main__":
    main()
