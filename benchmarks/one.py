"""One contender in a fresh process: ``python -m benchmarks.one TASK CONTENDER FOLDER``.

In: a task (a document's name, ``three``, ``kit``, or ``mass:DOCUMENT:COPIES``). Out: its CPU time
and memory as one line of JSON.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.contenders import CONTENDERS, EVERYWHERE, Make
from benchmarks.work import WORKS, Work

KIT = {"docx-10": 10, "xlsx-50": 14, "pptx-12": 6}
"""The kit of 30: how many of each document."""

FIRST_LOOK = 100


def main(task: str, contender: str, folder: Path) -> dict[str, float]:
    """Run the task; CPU milliseconds since the interpreter started, or per copy for mass."""
    if task.startswith("mass:"):
        _, name, copies = task.split(":")
        return _mass(WORKS[name], contender, folder, int(copies))
    for number, work in enumerate(_works(task)):
        _maker(work, contender)(work, folder, _out(work, folder, contender, number))
    return {"cpu": time.process_time() * 1000, "memory": peak()}


def _works(task: str) -> list[Work]:
    if task == "three":
        return [WORKS[name] for name in KIT]
    if task == "kit":
        return [WORKS[name] for name, count in KIT.items() for _ in range(count)]
    return [WORKS[task]]


def _maker(work: Work, contender: str) -> Make:
    """The contender, or the baseline of the format when ``contender`` is ``stack``."""
    makers = CONTENDERS[work.suffix]
    if contender == "stack":
        return next(iter(makers.values()))
    return EVERYWHERE[contender] if contender in EVERYWHERE else makers[contender]


def _out(work: Work, folder: Path, contender: str, number: int) -> Path:
    return folder / f"out-{contender}-{work.name}-{number}.{work.suffix}"


def _mass(work: Work, contender: str, folder: Path, copies: int) -> dict[str, float]:
    make = _copier(work, contender, folder)
    make(0)
    start = time.process_time()
    first = 0.0
    for number in range(1, copies + 1):
        make(number)
        if number == min(FIRST_LOOK, copies):
            first = resident()
    cpu = (time.process_time() - start) * 1000 / copies
    return {"cpu": cpu, "memory": resident() - first}


def _copier(work: Work, contender: str, folder: Path) -> Callable[[int], None]:
    """A function that writes copy number n, with the copy's own name in it."""
    out = _out(work, folder, contender, 0)
    context = work.context()
    if contender != "toolkit":
        make = _maker(work, contender)
        return lambda number: make(work, folder, out)
    from toolkit.office import compile as compile_template

    template = compile_template(work.template(folder))
    return lambda number: _write(
        out, template.render(context | {"unit": f"Enhet {number}"}, base=folder)
    )


def _write(out: Path, data: bytes) -> None:
    out.write_bytes(data)


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
