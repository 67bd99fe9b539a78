"""The kit of the example project, as people make it: ``toolkit generate`` with all documents.

In: a folder to write to. Out: what the command costs, compiling the templates and with those that
a run before compiled; and where the time goes.
"""

from __future__ import annotations

import json
import os
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

from benchmarks.timing import ROOT, Sample, Table, compare, run

PROJECT = Path("examples/trygg-natt/project.yaml")
SAMPLED = 5

_GENERATE = """
import atexit, json, sys, time
start = time.perf_counter()
def tell():
    clock = (time.perf_counter() - start) * 1000
    print("\\n" + json.dumps({{"cpu": time.process_time() * 1000, "clock": clock}}))
atexit.register(tell)
sys.argv = ["toolkit", "generate", {project!r}, "-o", {out!r}, *{options!r}]
from toolkit.__main__ import main
main()
"""


def tables(folder: Path, rounds: int) -> Iterator[Table]:
    """The command compiling every template, and with templates kept from a run before."""
    if not (ROOT / PROJECT).exists():
        return
    out = folder / "example"
    os.environ["XDG_CACHE_HOME"] = str(folder / "home")  # the user's own cache stays as it is
    contenders = {
        "compiled anew": _generate(out, "--no-cache"),
        "compiled in a run before": _generate(out),
    }
    figures = compare(contenders, rounds)
    files = sum(path.suffix in (".docx", ".xlsx", ".pptx") for path in out.rglob("*"))
    title = f"toolkit generate: the example's kit of {files} files"
    yield Table(title, "CPU a process", "time by the clock", figures, "example")


def _generate(out: Path, *options: str) -> Callable[[], Sample]:
    code = _GENERATE.format(project=str(PROJECT), out=str(out), options=options)

    def sample() -> Sample:
        shutil.rmtree(out, ignore_errors=True)
        said = json.loads(run("-c", code).splitlines()[-1])
        return Sample(said["cpu"], clock=said["clock"])

    return sample


def parts(folder: Path) -> str:
    """Where the time of the command goes, as shares."""
    if not (ROOT / PROJECT).exists():
        return f"toolkit generate: not run, {PROJECT} is missing"
    return "\n".join([_parts(folder, "--no-cache"), _parts(folder)])


def _parts(folder: Path, *options: str) -> str:
    total: Counter[str] = Counter()
    for _ in range(SAMPLED):
        shutil.rmtree(folder / "example", ignore_errors=True)
        said = run(
            "-m", "benchmarks.sampling", str(PROJECT), "-o", str(folder / "example"), *options
        )
        total.update(json.loads(said.splitlines()[-1]))
    if not total:
        return "Where the time goes: this system cannot tell"
    shares = [f"{area} {100 * n / total.total():.0f} %" for area, n in total.most_common()]
    return f"Where the time goes {' '.join(options)}: ".replace(" :", ":") + ", ".join(shares)
