"""``python -m benchmarks``: every benchmark, or those named.

In: options. Out: tables on standard output, with ``--json FILE`` also as data.
"""

from __future__ import annotations

import argparse
import json
import platform
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from benchmarks import report, start, templates
from benchmarks.contenders import CONTENDERS, EVERYWHERE, Make
from benchmarks.timing import Sample, Table, compare, in_fresh_process, in_this_process
from benchmarks.work import WORKS, Work

TOGETHER = {"docxtpl + openpyxl + python-pptx": "stack"} | {name: name for name in EVERYWHERE}
WARM = ("toolkit, each compiled anew", "toolkit, kept, each read anew")
COPIES = {"toolkit": 1000}
PEER_COPIES = 25


def warm(folder: Path, rounds: int) -> Iterator[Table]:
    """Each document again and again in one process."""
    for work in WORKS.values():
        makers = CONTENDERS[work.suffix] | {name: EVERYWHERE[name] for name in WARM}
        contenders = {name: _warm(make, work, folder, name) for name, make in makers.items()}
        yield Table(f"Warm: {work.title}", "CPU a document", "", compare(contenders, rounds))


def _warm(make: Make, work: Work, folder: Path, name: str) -> Callable[[], Sample]:
    out = folder / f"{work.name}-{name}.{work.suffix}"
    make(work, folder, out)
    return in_this_process(lambda: make(work, folder, out))


def cold(folder: Path, rounds: int) -> Iterator[Table]:
    """Each document in a fresh process, the interpreter's start and all imports included."""
    for work in WORKS.values():
        contenders = {name: _fresh(work.name, name, folder) for name in CONTENDERS[work.suffix]}
        yield Table(f"Cold: {work.title}", "CPU a process", "peak", compare(contenders, rounds))


def kit(folder: Path, rounds: int) -> Iterator[Table]:
    """Three and thirty documents in a fresh process: the toolkit, and the libraries together.

    The thirty come from three templates. ``kept`` reads what a run before compiled.
    """
    for task, title in (("three", "Three documents, cold"), ("kit", "Kit: 30 documents, cold")):
        contenders = {name: _fresh(task, key, folder) for name, key in TOGETHER.items()}
        yield Table(title, "CPU a process", "peak", compare(contenders, rounds))


def mass(folder: Path, rounds: int) -> Iterator[Table]:
    """Many named copies of one template in one process."""
    for work in (WORKS["docx-10"], WORKS["xlsx-50"], WORKS["pptx-12"]):
        contenders = {
            name: _fresh(f"mass:{work.name}:{COPIES.get(name, PEER_COPIES)}", name, folder)
            for name in CONTENDERS[work.suffix]
        }
        title = f"Mass: 1,000 copies ({PEER_COPIES} of the others): {work.title}"
        yield Table(title, "CPU a copy", "grown", compare(contenders, rounds))


def started(_folder: Path, rounds: int) -> Iterator[Table]:
    """Starting the command."""
    yield Table("Start", "CPU a process", "", start.figures(rounds))


def _fresh(task: str, contender: str, folder: Path) -> Callable[[], Sample]:
    return in_fresh_process("-m", "benchmarks.one", task, contender, str(folder))


BENCHMARKS = {"warm": warm, "cold": cold, "kit": kit, "mass": mass, "start": started}


def main() -> None:
    """Run what the options ask for."""
    options = _options()
    tables: list[Table] = []
    with tempfile.TemporaryDirectory(prefix="benchmarks-") as name:
        folder = Path(name)
        templates.build(folder)
        print(f"Python {platform.python_version()}, {options.rounds} rounds, medians\n")
        for benchmark in options.only or BENCHMARKS:
            for table in BENCHMARKS[benchmark](folder, options.rounds):
                print(report.text(table), end="\n\n", flush=True)
                tables.append(table)
        if not options.only or "start" in options.only:
            print(_imports(folder / "kit"))
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
    return f"generate imports of {', '.join(start.UNWANTED)}: {', '.join(names) or 'none'}"


if __name__ == "__main__":
    main()
