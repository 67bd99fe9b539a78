"""``python -m benchmarks``: every benchmark, or those named.

In: options. Out: tables on standard output, each with its goals and whether they were met, and
all goals once more at the end; with ``--json FILE`` also as data.
"""

from __future__ import annotations

import argparse
import json
import platform
import tempfile
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

from benchmarks import collecting, example, report, start, templates
from benchmarks.contenders import CONTENDERS, EVERYWHERE, FLOOR, Make
from benchmarks.timing import Sample, Table, compare, each_in_this_process, in_fresh_process
from benchmarks.work import WORKS, Work

TOGETHER = {"docxtpl + openpyxl + python-pptx": "stack"} | {name: name for name in EVERYWHERE}
WARM = ("toolkit, each compiled anew", "toolkit, kept, each read anew")
COPIES = {"toolkit": 1000}
PEER_COPIES = 25
ROWS = (1000, 10_000, 100_000)
FEW = 3  # rounds of what takes seconds


def warm(folder: Path, rounds: int) -> Iterator[Table]:
    """Each document again and again in one process, each time with other data."""
    for work in WORKS.values():
        makers = CONTENDERS[work.suffix] | {name: EVERYWHERE[name] for name in WARM}
        contenders = {name: _warm(make, work, folder, name) for name, make in makers.items()}
        figures = compare(contenders, rounds)
        yield Table(f"Warm: {work.title}", "CPU a document", "", figures, f"warm {work.name}")


def _warm(make: Make, work: Work, folder: Path, name: str) -> Callable[[], Sample]:
    out, numbers = folder / f"{work.name}-{name}.{work.suffix}", count()
    return each_in_this_process(make, lambda: work.job(folder, out, next(numbers)))


def cold(folder: Path, rounds: int) -> Iterator[Table]:
    """Each document in a fresh process, the interpreter's start and all imports included."""
    for work in WORKS.values():
        names = (*CONTENDERS[work.suffix], FLOOR)
        contenders = {name: _fresh(work.name, name, folder) for name in names}
        figures = compare(contenders, rounds)
        title = f"Cold: {work.title}"
        yield Table(title, "CPU a process", "peak memory", figures, f"cold {work.name}")


def kit(folder: Path, rounds: int) -> Iterator[Table]:
    """Three and thirty documents in a fresh process: the toolkit, and the libraries together.

    The thirty are copies of three templates, each with data of its own. ``kept`` reads what a run
    before compiled.
    """
    for task, title in (("three", "Three documents, cold"), ("kit", "Kit of 30 documents, cold")):
        contenders = {name: _fresh(task, key, folder) for name, key in TOGETHER.items()}
        yield Table(title, "CPU a process", "peak memory", compare(contenders, rounds), task)


def mass(folder: Path, rounds: int) -> Iterator[Table]:
    """Many named copies of one template in one process, each with data of its own."""
    for work in (WORKS["docx-10"], WORKS["xlsx-50"], WORKS["pptx-12"]):
        contenders = {
            name: _fresh(f"mass:{work.name}:{COPIES.get(name, PEER_COPIES)}", name, folder)
            for name in CONTENDERS[work.suffix]
        }
        title = f"Mass: 1,000 copies ({PEER_COPIES} of the others): {work.title}"
        grown = "memory grown since copy 100"
        figures = compare(contenders, rounds)
        yield Table(title, "CPU a copy", grown, figures, f"mass {work.name}")


def rows(folder: Path, rounds: int) -> Iterator[Table]:
    """One document with ever more rows: what 1,000 rows cost must stay the same."""
    for suffix, title in (("xlsx", "Excel, a table"), ("docx", "Word, three tables")):
        contenders = {
            f"{number:,} rows": _fresh(f"rows:{suffix}:{number}", "toolkit", folder)
            for number in ROWS
        }
        figures = compare(contenders, min(rounds, FEW))
        yield Table(
            f"Rows: {title}",
            "CPU of 1,000 rows",
            "peak memory over the data",
            figures,
            f"rows {suffix}",
        )


def started(_folder: Path, rounds: int) -> Iterator[Table]:
    """Starting the command."""
    yield Table("Start of the command", "CPU a process", "", start.figures(rounds), "start")


def _fresh(task: str, contender: str, folder: Path) -> Callable[[], Sample]:
    """The task in a process of its own. Its files are new: replacing those of the round before
    has the file system write them out at once, which is its cost."""
    measure = in_fresh_process("-m", "benchmarks.one", task, contender, str(folder))

    def sample() -> Sample:
        for old in folder.glob("out-*"):
            old.unlink()
        return measure()

    return sample


BENCHMARKS = {
    "warm": warm, "cold": cold, "kit": kit, "mass": mass, "rows": rows, "start": started,
    "example": example.tables, "collect": collecting.tables,
}  # fmt: skip


def main() -> None:
    """Run what the options ask for."""
    options = _options()
    tables: list[Table] = []
    wanted = options.only or list(BENCHMARKS)
    with tempfile.TemporaryDirectory(prefix="benchmarks-") as name:
        folder = Path(name)
        templates.build(folder)
        print(f"Python {platform.python_version()}, {options.rounds} rounds in turn, medians\n")
        for benchmark in wanted:
            for table in BENCHMARKS[benchmark](folder, options.rounds):
                print(report.text(table), end="\n\n", flush=True)
                tables.append(table)
        if "example" in wanted:
            print(example.parts(folder), end="\n\n", flush=True)
        if "start" in wanted:
            print(_imports(folder / "kit"), end="\n\n", flush=True)
    print(report.summary(tables))
    if options.json:
        options.json.write_text(json.dumps(report.data(tables), indent=2), encoding="utf-8")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--rounds", type=int, default=7, help="turns of each contender (7)")
    parser.add_argument("--only", action="append", choices=BENCHMARKS, help="may be given again")
    parser.add_argument("--json", type=Path, help="write the figures to this file too")
    return parser.parse_args()


def _imports(out: Path) -> str:
    names = start.brought_in(out)
    if names is None:
        return f"generate: not run, {start.PROJECT} is missing"
    unwanted = ", ".join(start.UNWANTED)
    return f"generate imports none of {unwanted}: {', '.join(names) or 'met'}"


if __name__ == "__main__":
    main()
