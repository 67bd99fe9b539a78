"""Run the tests, keep every file the engine fills, and let independent validators judge them.

    python scripts/judge.py [TESTS …] [--all | --judges sdk,rules] [--outputs FOLDER] [--kept]

Six quick validators; with ``--all`` the slow ones too, LibreOffice among them. What they say is
written down batch by batch, beside FOLDER: with ``--outputs FOLDER --kept`` no test is run, only
what is not answered yet is asked, and everything is told.

What is meant to be found stands in ``tests/judged.tsv``: the kept file, the code and why. Ends
with 0 when nothing else is refused, repaired or an error; needs ``../shared/judges``, set up.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import re
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).resolve().parent.parent
KIT = ROOT.parent / "shared" / "judges"
PYTHON = Path(os.environ.get("JUDGES_HOME", "~/.cache/office-judges")) / "venv" / "bin" / "python"
QUICK = "sdk,rules,xsd,integrity,readers,a11y"
ALL = QUICK + ",audit,docxplus,libreoffice,recalc"
BATCH = 24
ANY = "*"
FAULTS = ("refuse", "repair", "error")
WITNESSES = ("sdk", "rules")
NEED_A_WITNESS = ("xsd", "audit")


class Meant(NamedTuple):
    """A fault that is the point of a test, or a judge's own, in these files.

    The code may go on with a pattern of what the judge says: ``recalc:ERRVALUE *#REF!*``.
    """

    files: str
    code: str
    why: str


class Fault(NamedTuple):
    """What a judge found in a kept file."""

    file: str
    code: str
    text: str


class Judged(NamedTuple):
    """A kept file: which judges were asked and what they found."""

    asked: set[str]
    findings: list[dict[str, Any]]


def main() -> int:
    """Run, judge, tell; the exit code."""
    asked = _arguments()
    if not (KIT / "judge_kit.py").exists() or not PYTHON.expanduser().exists():
        say("../shared/judges is not here or not set up")
        return 2
    meant = read_meant()
    if not asked.kept:
        _keep(asked.tests, asked.outputs)
    broken = [one for one in meant if one.code == ANY]
    files = [file for file in sorted(asked.outputs.iterdir()) if not _is_one_of(file.name, broken)]
    judges = asked.judges.split(",")
    _judge(files, judges, _told(asked.outputs), asked.at_once)
    return _tell(meant, files, judges, read_told(_told(asked.outputs)))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("tests", nargs="*", default=["tests"], help="tests to run; all of them")
    parser.add_argument("--judges", default=QUICK, help=f"which judges; {QUICK}")
    parser.add_argument("--all", action="store_const", const=ALL, dest="judges", help=ALL)
    parser.add_argument("--outputs", type=Path, help="where to keep the files")
    parser.add_argument("--kept", action="store_true", help="--outputs holds the files already")
    parser.add_argument("--at-once", type=int, default=2, help="batches judged at a time; 2")
    asked = parser.parse_args()
    if asked.kept and not asked.outputs:
        parser.error("--kept needs --outputs")
    asked.outputs = (asked.outputs or Path(tempfile.mkdtemp(prefix="judged-"))).resolve()
    return asked


def _told(outputs: Path) -> Path:
    return outputs.with_name(outputs.name + ".jsonl")


def read_meant() -> list[Meant]:
    """What ``tests/judged.tsv`` says is meant."""
    with (ROOT / "tests" / "judged.tsv").open(encoding="utf-8", newline="") as lines:
        return [Meant(*row) for row in csv.reader(lines, delimiter="\t") if row][1:]


def _is_one_of(file: str, broken: list[Meant]) -> bool:
    return any(fnmatchcase(file, one.files) for one in broken)


def _keep(tests: list[str], outputs: Path) -> None:
    """Fill what the tests fill into ``outputs``; the tests must pass."""
    options = ["-q", "-m", "not office", "-n", "auto", "--keep-outputs", str(outputs)]
    subprocess.run([sys.executable, "-m", "pytest", *options, *tests], cwd=ROOT, check=True)
    say(f"kept in {outputs}")


def _judge(files: list[Path], judges: list[str], told: Path, at_once: int) -> None:
    """Ask the judges what they were not asked yet, a batch at a time, and write it down."""
    known = read_told(told)
    for lacking in dict.fromkeys(_lacking(file, judges, known) for file in files):
        if lacking:
            same = [file for file in files if _lacking(file, judges, known) == lacking]
            _ask(same, lacking, told, at_once)


def _lacking(file: Path, judges: list[str], known: dict[str, Judged]) -> str:
    asked = known[file.name].asked if file.name in known else set()
    return ",".join(name for name in judges if name not in asked)


def _ask(files: list[Path], judges: str, told: Path, at_once: int) -> None:
    files = _of_every_kind_first(files)
    command = [PYTHON.expanduser(), Path(__file__).with_name("judge_batch.py"), KIT, judges]
    batches = [[*command, *files[at : at + BATCH]] for at in range(0, len(files), BATCH)]
    with ThreadPoolExecutor(at_once) as pool, told.open("ab", buffering=0) as lines:
        for done, said in enumerate(pool.map(_said, batches), 1):
            lines.write(said)
            say(f"{min(done * BATCH, len(files))} of {len(files)} judged by {judges}")


def _said(command: list[str | Path]) -> bytes:
    return subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout


def _of_every_kind_first(files: list[Path]) -> list[Path]:
    """Files of one test, its parameters aside, come one by one, so that the alike come last."""
    before: Counter[str] = Counter()
    place: dict[Path, int] = {}
    for file in files:
        kind = re.sub(r"-[0-9a-f]{10}\.\w+$|\d", "", file.name)
        place[file] = before[kind]
        before[kind] += 1
    return sorted(files, key=lambda file: place[file])


def read_told(told: Path) -> dict[str, Judged]:
    """What was written down, file by file."""
    known: dict[str, Judged] = {}
    for line in told.read_text(encoding="utf-8").splitlines() if told.exists() else []:
        one = json.loads(line)
        judged = known.setdefault(one["file"], Judged(set(), []))
        judged.asked.update(one["judges"])
        judged.findings.extend(one["findings"])
    return known


def faults(file: str, judged: Judged) -> Iterator[Fault]:
    """The faults of a file; what a schema alone says, and no witness, is none."""
    wrong = [one for one in judged.findings if one["severity"] in FAULTS]
    seen = not judged.asked >= {*WITNESSES} or any(one["judge"] in WITNESSES for one in wrong)
    for found in wrong:
        if seen or found["judge"] not in NEED_A_WITNESS:
            yield Fault(file, f"{found['judge']}:{found['code']}", found["message"])


def _tell(
    meant: list[Meant], files: list[Path], judges: list[str], known: dict[str, Judged]
) -> int:
    """Print what was not meant, and what was meant and not found; 1 when there is a fault."""
    met: set[Meant] = set()
    wrong = 0
    found = (one for file in files for one in faults(file.name, known[file.name]))
    for fault in (one for one in found if _judge_of(one.code) in judges):
        listed = [one for one in meant if _is_meant(fault, one)]
        met.update(listed)
        if not listed:
            wrong += 1
            say(f"{fault.file}\n    {fault.code} {fault.text[:200]}")
    sought = [one for one in meant if _judge_of(one.code) in judges]
    for one in sought:
        if one not in met:
            say(f"not found: {one.code} in {one.files}")
    say(f"{len(files)} files judged by {', '.join(judges)}: not meant: {wrong};")
    say(f"meant and found: {len(met)} of {len(sought)} kinds")
    return 1 if wrong else 0


def _judge_of(code: str) -> str:
    """Who finds a code; ``a11y`` looks at what fits and at what is left of a template, too."""
    judge = code.partition(":")[0]
    return "a11y" if judge in ("layout", "residue") else judge


def _is_meant(fault: Fault, one: Meant) -> bool:
    said = f"{fault.code} {fault.text}" if " " in one.code else fault.code
    return fnmatchcase(fault.file, one.files) and fnmatchcase(said, one.code)


def say(text: str) -> None:
    """A line for the terminal."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
