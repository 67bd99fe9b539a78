"""Fuzzing of the engine: mutated templates and data, nothing may hang, crash or come out broken.

In: how many cases, and the first one's number. Out: what failed, one line each, with the number to
repeat it; exit code 1 when something did. ``python -m benchmarks.fuzz 100000``.
"""

from __future__ import annotations

import argparse
import os
import signal
import sys
import time
import traceback
import warnings
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path
from random import Random
from types import FrameType
from typing import Any, NamedTuple

from benchmarks.fuzz_mutate import mutated, mutated_data
from benchmarks.fuzz_seeds import DATA, seeds
from toolkit.finding import ToolkitError
from toolkit.office import compile
from toolkit.office.package.archive import ArchiveError, read_archive
from toolkit.office.xml_part import well_formed

SECONDS = 10  # of the processor: a busy machine makes no hang
_WAIT = 300  # by the clock: something that waits for ever uses no processor
_BLOCK = 1_000
_MARKS = tuple(chr(code).encode() for code in range(0xFDD0, 0xFDD8))


class Fault(NamedTuple):
    """A case that must not be: its number, the seed it came from, what happened."""

    case: int
    seed: str
    what: str


class Hang(BaseException):
    """A case took longer than SECONDS of the processor, or than _WAIT."""


@contextmanager
def _timed() -> Iterator[None]:
    """Raises Hang where the platform can interrupt."""
    if not hasattr(signal, "setitimer"):
        yield
        return

    def stop(_signal: int, _frame: FrameType | None) -> None:
        raise Hang

    clocks = (
        (signal.ITIMER_PROF, signal.SIGPROF, SECONDS),
        (signal.ITIMER_REAL, signal.SIGALRM, _WAIT),
    )
    before = [signal.signal(sign, stop) for _, sign, _ in clocks]
    try:
        for clock, _, seconds in clocks:
            signal.setitimer(clock, seconds)
        yield
    finally:
        for (clock, sign, _), old in zip(clocks, before, strict=True):
            signal.setitimer(clock, 0)
            signal.signal(sign, old)


def case(number: int) -> tuple[str, bytes, dict[str, Any]]:
    """The seed's name, the template and the data of a case."""
    random = Random(number)
    name = random.choice(sorted(seeds()))
    template = seeds()[name] if random.random() < 0.1 else mutated(seeds()[name], random)
    return name, template, mutated_data(DATA, random)


def outcome(number: int) -> tuple[str, Fault | None]:
    """What a case came to in one word, and its fault if it has one."""
    name, template, data = case(number)
    try:
        with _timed():
            return _filled(number, name, template, data)
    except ToolkitError as error:
        return ("told", None) if _told(error) else ("mute", Fault(number, name, "no finding"))
    except Hang:
        return "hang", Fault(number, name, "hang")
    except BaseException:  # noqa: BLE001 the whole point
        return "crash", Fault(number, name, traceback.format_exc())


def _told(error: ToolkitError) -> bool:
    """Whether every finding can be read; damage the engine met by accident is counted apart."""
    return bool(error.findings) and all(found.line() for found in error.findings)


def _filled(
    number: int, name: str, template: bytes, data: dict[str, Any]
) -> tuple[str, Fault | None]:
    made = compile(template, name=name, context=data).render(data, base=Path(__file__).parent)
    broken = _broken(template, made)
    return ("broken", Fault(number, name, broken)) if broken else ("filled", None)


def _broken(template: bytes, made: bytes) -> str:
    """What is wrong in a filled file; a part that has the bytes it came with does not count."""
    try:
        old, new = read_archive(template), read_archive(made)
        for name, member in new.items():
            if not name.endswith((".xml", ".rels")):
                continue
            data = member.data()
            if name in old and old[name].data() == data:
                continue
            if not well_formed(data):
                return f"{name} is not well-formed"
            if any(mark in data for mark in _MARKS):
                return f"{name} holds a mark"
    except ArchiveError as error:
        return f"{error}"
    return ""


def block(first: int, last: int) -> tuple[Counter[str], list[Fault]]:
    """The cases of a stretch."""
    warnings.simplefilter("ignore")
    counts: Counter[str] = Counter()
    faults = []
    for number in range(first, last):
        word, fault = outcome(number)
        counts[word] += 1
        faults += [fault] if fault else []
    return counts, faults


def run(cases: int, first: int, workers: int) -> list[Fault]:
    """All cases; prints how it goes."""
    seeds()  # made once, before the processes part
    start, counts, faults = time.monotonic(), Counter[str](), list[Fault]()
    blocks = list(pairwise([*range(first, first + cases, _BLOCK), first + cases]))
    for at in range(0, len(blocks), workers):
        for found, failed in _round(blocks[at : at + workers]):
            counts += found
            faults += failed
            for fault in failed:
                print(f"\ncase {fault.case} ({fault.seed}): {fault.what}", flush=True)
        seconds = time.monotonic() - start
        print(f"\r{counts.total():>7} cases, {seconds:.0f} s, {dict(counts)}", end="", flush=True)
    print()
    return faults


def _round(blocks: list[tuple[int, int]]) -> Iterator[tuple[Counter[str], list[Fault]]]:
    """One block in each process; a process that dies is a fault of its block."""
    with ProcessPoolExecutor(len(blocks)) as pool:
        for (first, _last), future in [(edges, pool.submit(block, *edges)) for edges in blocks]:
            try:
                yield future.result()
            except BrokenProcessPool:
                yield Counter(died=1), [Fault(first, "", "the process died in this block")]


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("cases", type=int, nargs="?", default=100_000)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    given = parser.parse_args()
    return 1 if run(given.cases, given.first, given.workers) else 0


if __name__ == "__main__":
    sys.exit(main())
