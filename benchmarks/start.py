"""What starting costs, and what ``generate`` brings in.

In: nothing. Out: the figures of ``toolkit --help`` over a bare interpreter, and the names of the
libraries that a run of ``generate`` should not import but did.
"""

from __future__ import annotations

import json
from pathlib import Path

from benchmarks.timing import ROOT, Figure, compare, in_fresh_process, run

UNWANTED = ("docx", "pptx", "openpyxl", "xlsxwriter", "pandas", "polars", "duckdb")
DOCUMENTS = {"00": "docx/overview.docx", "d.01": "pptx/presentation.pptx", "d.23": "xlsx/ros.xlsx"}
PROJECT = Path("examples/trygg-natt/project.yaml")

_TELL = 'print("\\n" + json.dumps({"cpu": time.process_time() * 1000}))'
_BARE = f"import time, json; {_TELL}"
_HELP = f"""
import atexit, json, sys, time
atexit.register(lambda: {_TELL})
sys.argv = ["toolkit", "--help"]
from toolkit.__main__ import main
main()
"""
_GENERATE = """
import atexit, json, sys
unwanted = {unwanted!r}
atexit.register(lambda: print("\\n" + json.dumps([n for n in unwanted if n in sys.modules])))
sys.argv = ["toolkit", "generate", {project!r}, "-o", {out!r}, "--only", {document!r}]
from toolkit.__main__ import main
main()
"""


def figures(rounds: int) -> tuple[Figure, ...]:
    """CPU time of a bare interpreter and of ``toolkit --help``, each in fresh processes."""
    contenders = {
        "bare interpreter": in_fresh_process("-c", _BARE),
        "toolkit --help": in_fresh_process("-c", _HELP),
    }
    return compare(contenders, rounds)


def brought_in(out: Path) -> list[str] | None:
    """Unwanted libraries in memory after ``generate``; None where there is no example to run."""
    if not (ROOT / PROJECT).exists():
        return None
    there = [d for d, template in DOCUMENTS.items() if (ROOT / "templates" / template).exists()]
    found: set[str] = set()
    for number, document in enumerate(there):
        kit = str(out / str(number))
        code = _GENERATE.format(unwanted=UNWANTED, project=str(PROJECT), out=kit, document=document)
        found |= set(json.loads(run("-c", code).splitlines()[-1]))
    return sorted(found)
