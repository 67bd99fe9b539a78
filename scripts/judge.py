"""Run the tests, keep every file the engine fills, and let independent validators judge them.

    python scripts/judge.py [TESTS …] [--judges sdk,rules] [--outputs FOLDER]

What is meant to be found stands in ``tests/judged.tsv``: the kept file, the code and why. Ends
with 0 when nothing else is refused, repaired or an error; needs ``../shared/judges``, set up.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).resolve().parent.parent
KIT = ROOT.parent / "shared" / "judges" / "judge_kit.py"
QUICK = "sdk,rules,xsd,integrity,readers,a11y"
ANY = "*"
FAULTS = ("refuse", "repair", "error")


class Meant(NamedTuple):
    """A fault that is the point of a test, or a judge's own: for these files, of this code."""

    files: str
    code: str
    why: str


class Fault(NamedTuple):
    """What a judge found in a kept file."""

    file: str
    code: str
    text: str


def main() -> int:
    """Run, judge, tell; the exit code."""
    asked = _arguments()
    judge = Path(os.environ.get("JUDGES_HOME", "~/.cache/office-judges")).expanduser()
    python = judge / "venv" / "bin" / "python"
    if not KIT.exists() or not python.exists():
        say("../shared/judges is not here or not set up")
        return 2
    meant = read_meant()
    if not asked.judged:
        _keep(asked.tests, asked.outputs, [one for one in meant if one.code == ANY])
        judging = [str(python), str(KIT), str(asked.outputs), "--judges", asked.judges]
        subprocess.run(
            [*judging, "--json", str(_told(asked.outputs)), "--show", "0"],
            stdout=subprocess.DEVNULL,
        )
    return _tell(meant, faults(json.loads(_told(asked.outputs).read_text(encoding="utf-8"))))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("tests", nargs="*", default=["tests"], help="tests to run; all of them")
    parser.add_argument("--judges", default=QUICK, help=f"which judges; {QUICK}")
    parser.add_argument("--outputs", type=Path, help="where to keep the files")
    parser.add_argument("--judged", action="store_true", help="tell again what --outputs holds")
    asked = parser.parse_args()
    asked.outputs = (asked.outputs or Path(tempfile.mkdtemp(prefix="judged-"))).resolve()
    return asked


def _told(outputs: Path) -> Path:
    return outputs.with_name(outputs.name + ".json")


def read_meant() -> list[Meant]:
    """What ``tests/judged.tsv`` says is meant."""
    with (ROOT / "tests" / "judged.tsv").open(encoding="utf-8", newline="") as lines:
        return [Meant(*row) for row in csv.reader(lines, delimiter="\t") if row][1:]


def _keep(tests: list[str], outputs: Path, broken: list[Meant]) -> None:
    """Fill what the tests fill into ``outputs``, but what is broken whole; tests must pass."""
    options = ["-q", "-m", "not office", "-n", "auto", "--keep-outputs", str(outputs)]
    subprocess.run([sys.executable, "-m", "pytest", *options, *tests], cwd=ROOT, check=True)
    for file in outputs.iterdir():
        if any(fnmatchcase(file.name, one.files) for one in broken):
            file.unlink()


def faults(told: dict[str, Any]) -> Iterator[Fault]:
    """The faults of every file, in the order of the files."""
    for file in told["files"]:
        for found in file["findings"]:
            if found["severity"] in FAULTS:
                code = f"{found['judge']}:{found['code']}"
                yield Fault(Path(file["file"]).name, code, found["message"])


def _tell(meant: list[Meant], found: Iterator[Fault]) -> int:
    """Print what was not meant, and what was meant and not found; 1 when there is a fault."""
    met: set[Meant] = set()
    wrong = 0
    for fault in found:
        known = [one for one in meant if _is_meant(fault, one)]
        met.update(known)
        if not known:
            wrong += 1
            say(f"{fault.file}\n    {fault.code} {fault.text[:200]}")
    for one in meant:
        if one not in met and one.code != ANY:
            say(f"not found: {one.code} in {one.files}")
    say(f"{wrong} faults; {len(met)} of {len(meant)} kinds of meant ones found")
    return 1 if wrong else 0


def _is_meant(fault: Fault, one: Meant) -> bool:
    return fnmatchcase(fault.file, one.files) and fnmatchcase(fault.code, one.code)


def say(text: str) -> None:
    """A line for the terminal."""
    sys.stdout.write(text + "\n")


if __name__ == "__main__":
    sys.exit(main())
