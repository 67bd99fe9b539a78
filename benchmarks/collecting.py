"""Reading 2,000 returned workbooks: loops over the libraries, which check nothing, and the toolkit.

In: a folder and a number of rounds. Out: Tables: the same figures beside the fastest reader of
values and beside what people write first. Every round reads files that no round read before, each
loop in a process of its own, so that none pays for what another one loaded. The whole of collecting
takes all files each time, with new processes and a new store, so that nothing is known before; it
counts the start of its processes, what it writes and the merging.
"""

from __future__ import annotations

import resource
from collections.abc import Callable, Iterator, Sequence
from itertools import count
from pathlib import Path

from benchmarks.reading import LOOPS
from benchmarks.returned import write_returned
from benchmarks.timing import Sample, Table, beside, compare, in_fresh_process
from toolkit.collect.consolidate import consolidate
from toolkit.collect.request import Request

FILES = 2000
WHO = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)


def tables(folder: Path, rounds: int) -> Iterator[Table]:
    """Every way to read the files, and the whole of collecting, beside two baselines."""
    write_returned(folder / "returned", FILES)
    files = sorted((folder / "returned").rglob("*.xlsx"))
    contenders = {name: _loop(name, folder / "returned", rounds + 1) for name in LOOPS}
    contenders["toolkit, whole collect"] = _collect(folder, files)
    figures = compare(contenders, rounds)
    title = f"Reading {FILES:,} returned workbooks"
    yield Table(title, "CPU a file", "", beside("python-calamine", figures), "read")
    title = f"Collecting {FILES:,} returned workbooks"
    yield Table(title, "CPU a file", "", beside("pandas + openpyxl", figures), "collect")


def _loop(name: str, folder: Path, parts: int) -> Callable[[], Sample]:
    """Reading the next part of the files in a process of its own."""
    turn = count()

    def sample() -> Sample:
        asked = str(folder), str(next(turn)), str(parts)
        return in_fresh_process("-m", "benchmarks.reading", name, *asked)()

    return sample


def _collect(folder: Path, files: Sequence[Path]) -> Callable[[], Sample]:
    """Collecting all files into a store of its own, its processes counted."""
    turn = count()

    def sample() -> Sample:
        number = next(turn)
        before = _cpu()
        consolidate(Request(tuple(files), folder / f"results-{number}"))
        return Sample((_cpu() - before) * 1000 / len(files))

    return sample


def _cpu() -> float:
    """Seconds of processor this process and those it waited for have taken."""
    told = [resource.getrusage(who) for who in WHO]
    return sum(one.ru_utime + one.ru_stime for one in told)
