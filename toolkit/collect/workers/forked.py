"""Forked: processes split off this one, which has loaded already all that they need.

In: how many, and the work of each. Out: Forked processes, with the same four things of them as of
``subprocess.Popen``; none where this process cannot be split safely, and others are started then.
"""

from __future__ import annotations

import os
import signal
import sys
import warnings
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import NoReturn

INPUT, OUTPUT, ERRORS = 0, 1, 2
SHARE = 4  # a process is small that takes less than this part of what a reader may


def forked(count: int, work: Callable[[], None], memory_bytes: int) -> list[Forked]:
    """``count`` processes; each does the work with pipes as standard input and output."""
    made: list[Forked] = []
    for _ in range(count if _may_fork(memory_bytes) else 0):
        made.append(Forked(work, made))
    return made


def _may_fork(memory_bytes: int) -> bool:
    """Whether nothing else goes on in this process, and little memory is handed down.

    A thread of another library may hold what it alone would give free.
    """
    if sys.platform != "linux":
        return False
    try:
        threads = sum(1 for _ in Path("/proc/self/task").iterdir())
        pages = int(Path("/proc/self/statm").read_text().split()[0])
        for number in (INPUT, OUTPUT, ERRORS):
            os.fstat(number)  # where one is closed, a pipe would take its place
    except OSError:
        return False
    return threads == 1 and pages * os.sysconf("SC_PAGE_SIZE") * SHARE < memory_bytes


class Forked:
    """One process, and the pipes to it; it must not hold open those to ``others``, made before."""

    def __init__(self, work: Callable[[], None], others: Sequence[Forked]) -> None:
        given, to = os.pipe()
        told, says = os.pipe()
        self.stdin, self.stdout = os.fdopen(to, "wb"), os.fdopen(told, "rb")
        self.over = False
        self.pid = os.fork()
        if not self.pid:
            _do(work, given, says, [*others, self])
        os.close(given)
        os.close(says)

    def shut(self) -> None:
        """Close the pipes to it."""
        self.stdin.close()
        self.stdout.close()

    def kill(self) -> None:
        """End it, whatever it does."""
        if not self.over:
            with suppress(ProcessLookupError):
                os.kill(self.pid, signal.SIGKILL)

    def wait(self) -> None:
        """Wait until it is over; then its number may become another's."""
        if not self.over:
            with suppress(ChildProcessError):
                os.waitpid(self.pid, 0)
            self.over = True


def _do(work: Callable[[], None], given: int, says: int, every: Sequence[Forked]) -> NoReturn:
    """In the new process: the work and nothing else, until its input ends."""
    try:
        warnings.simplefilter("ignore")  # this process alone may take them as errors
        os.setsid()  # Ctrl-C is for the collector, which ends its readers itself
        os.dup2(given, INPUT)
        os.dup2(says, OUTPUT)
        os.dup2(os.open(os.devnull, os.O_RDWR), ERRORS)
        os.close(given)
        os.close(says)
        for one in every:
            one.shut()
        work()
    finally:
        os._exit(0)
