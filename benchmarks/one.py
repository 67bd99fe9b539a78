"""One contender in a fresh process: ``python -m benchmarks.one TASK CONTENDER FOLDER``.

In: a task (a document's name, ``three``, ``kit``, ``mass:DOCUMENT:COPIES`` or
``rows:FORMAT:ROWS``). Out: its CPU time and memory as one line of JSON.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from benchmarks.contenders import CONTENDERS, EVERYWHERE, FLOOR, Make, floor
from benchmarks.work import WORKS, Work

KIT = {"docx-10": 10, "xlsx-50": 14, "pptx-12": 6}
"""The kit of 30: how many of each document."""

FIRST_LOOK = 100
TABLES = {"docx": 3, "xlsx": 1}  # with as many rows each


def main(task: str, contender: str, folder: Path) -> dict[str, float]:
    """Run the task; CPU milliseconds since the interpreter started, or per copy or 1,000 rows."""
    kind, _, rest = task.partition(":")
    name, _, number = rest.partition(":")
    if kind == "mass":
        return _mass(WORKS[name], contender, folder, int(number))
    if kind == "rows":
        return _rows(name, contender, folder, int(number))
    preparing = 0.0  # the data is not the contender's to make
    for nth, work in enumerate(_works(task)):
        start = time.process_time()
        job = work.job(folder, _out(work, folder, contender, nth), nth)
        preparing += time.process_time() - start
        _maker(work, contender)(job)
    return {"cpu": (time.process_time() - preparing) * 1000, "memory": peak()}


def _works(task: str) -> list[Work]:
    if task == "three":
        return [WORKS[name] for name in KIT]
    if task == "kit":
        return [WORKS[name] for name, count in KIT.items() for _ in range(count)]
    return [WORKS[task]]


def _maker(work: Work, contender: str) -> Make:
    """The contender, or the baseline of the format when ``contender`` is ``stack``."""
    makers = CONTENDERS[work.suffix]
    if contender == FLOOR:
        return floor
    if contender == "stack":
        return next(iter(makers.values()))
    return EVERYWHERE[contender] if contender in EVERYWHERE else makers[contender]


def _out(work: Work, folder: Path, contender: str, number: int) -> Path:
    return folder / f"out-{contender}-{work.name}-{number}.{work.suffix}"


def _mass(work: Work, contender: str, folder: Path, copies: int) -> dict[str, float]:
    """Many copies, each with data of its own, which is made ready before the clock starts.

    Each is a new file: replacing one has the file system write it out at once, which is its cost.
    """
    make, out = _maker(work, contender), _out(work, folder, contender, 0)
    make(work.job(folder, out))
    cpu = first = 0.0
    for number in range(1, copies + 1):
        out.unlink()
        job = work.job(folder, out, number)
        start = time.process_time()
        make(job)
        cpu += time.process_time() - start
        if number == min(FIRST_LOOK, copies):
            first = resident()
    return {"cpu": cpu * 1000 / copies, "memory": resident() - first}


def _rows(suffix: str, contender: str, folder: Path, rows: int) -> dict[str, float]:
    """One document with many rows, after a small one of the same kind."""
    make = _maker(Work("", suffix, 0, ""), contender)
    small, large = (Work(f"rows-{n}", suffix, n, "") for n in (3, rows))
    make(small.job(folder, _out(small, folder, contender, 0)))
    job = large.job(folder, _out(large, folder, contender, 0))
    before, start = resident(), time.process_time()
    make(job)
    cpu = (time.process_time() - start) * 1000
    return {"cpu": cpu * 1000 / (rows * TABLES[suffix]), "memory": peak() - before}


def resident() -> float:
    """Megabytes this process holds now."""
    import psutil

    return float(psutil.Process().memory_info().rss) / 2**20


def peak() -> float:
    """The most megabytes this process ever held."""
    status = Path("/proc/self/status")
    if status.exists():  # ru_maxrss would count the process that started this one
        lines = status.read_text(encoding="ascii").splitlines()
        return float(next(line.split()[1] for line in lines if line.startswith("VmHWM"))) / 1024
    import psutil

    memory = psutil.Process().memory_info()
    return float(getattr(memory, "peak_wset", memory.rss)) / 2**20


if __name__ == "__main__":
    figures = main(sys.argv[1], sys.argv[2], Path(sys.argv[3]))
    import json  # after the clock was read

    print(json.dumps(figures))
