"""Forked: processes split off this one, which has loaded already all that they need.

In: how many, and the work of each. Out: Forked processes, with the same four things of them as of
``subprocess.Popen``; none where this process cannot be split safely, and others are started then.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import NoReturn

INPUT, OUTPUT, ERRORS, OTHERS = 0, 1, 2, 3
MANY = 65_536  # open files: more than any process has
SHARE = 4  # a process is small that takes less than this part of what a reader may


def forked(count: int, work: Callable[[], None], memory_bytes: int) -> list[Forked]:
    """``count`` processes; each does the work with pipes as standard input and output."""
    return [Forked(work) for _ in range(count)] if _may_fork(memory_bytes) else []


def _may_fork(memory_bytes: int) -> bool:
    """Whether nothing else goes on in this process, and little memory is handed down.

    A thread of another library may hold what it alone would give free.
    """
    if sys.platform != "linux":
        return False
    try:
        threads = sum(1 for _ in Path("/proc/self/task").iterdir())
        pages = int(Path("/proc/self/statm").read_text().split()[0])
    except OSError:
        return False
    return threads == 1 and pages * os.sysconf("SC_PAGE_SIZE") * SHARE < memory_bytes


class Forked:
    """One process, and the pipes to it."""

    def __init__(self, work: Callable[[], None]) -> None:
        given, to = os.pipe()
        told, says = os.pipe()
        self.pid = os.fork()
        if not self.pid:
            _do(work, given, says)
        os.close(given)
        os.close(says)
        self.stdin, self.stdout = os.fdopen(to, "wb"), os.fdopen(told, "rb")
        self.over = False

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


def _do(work: Callable[[], None], given: int, says: int) -> NoReturn:
    """In the new process: the work and nothing else, with nothing open but the pipes."""
    try:
        os.setsid()  # Ctrl-C is for the collector, which ends its readers itself
        os.dup2(given, INPUT)
        os.dup2(says, OUTPUT)
        os.dup2(os.open(os.devnull, os.O_RDWR), ERRORS)
        os.closerange(OTHERS, MANY)
        work()
    finally:
        os._exit(0)
