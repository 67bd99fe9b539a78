"""Folder B: hundreds of hostile and damaged files, collected in one run.

None may hang, crash or reach out; every one is listed with the outcome expected of it; the sound
ones among them are read with the right values. The files are made at test time by
``tests/hostile``; ``tests/hostile/expected.tsv`` lists them all. Those that take seconds are made
with ``--thorough`` only.
"""

from __future__ import annotations

import csv
import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from hostile_case import READ, Case
from hostile_files import LIST, cases, listed, make
from openpyxl import load_workbook

from toolkit.store import FILE, read_store
from toolkit.store.records import REJECTED, File

ASIDE = {"skipped-lock", "skipped-hidden"}
"""What is told of things nobody returned; the store does not list them as files."""

WATCH = """
import os, sys
told = os.environ["WATCH_TOLD"]
lines = os.open(told, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
def watch(event, args):
    if event.startswith("socket."):
        if event == "socket.__new__" and len(args) > 1 and args[1] == 1:
            return  # a pipe between processes of this machine
        os.write(lines, f"{event} {args!r}\\n".encode("utf-8", "backslashreplace"))
    elif event == "open" and isinstance(args[0], int):
        return  # what is open already
    elif event == "open" and isinstance(args[2], int) and args[2] & (os.O_WRONLY | os.O_RDWR):
        os.write(lines, f"open {args[0]!s}\\n".encode("utf-8", "backslashreplace"))
    elif event in ("os.remove", "os.rename", "os.mkdir", "os.rmdir", "os.chmod", "os.truncate"):
        os.write(lines, f"open {args[0]!s}\\n".encode("utf-8", "backslashreplace"))
    elif event in ("os.system", "subprocess.Popen", "os.exec", "os.posix_spawn"):
        os.write(lines, f"start {args[0]!s}\\n".encode("utf-8", "backslashreplace"))
sys.addaudithook(watch)
def told():
    os.write(lines, f"watched {os.getpid()}\\n".encode())
told()
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=told)
"""


class Told(NamedTuple):
    """The run: exit code, both outputs, what the hook saw, the folders before and after."""

    code: int
    out: dict[str, Any]
    err: str
    seen: Sequence[str]
    results: Path
    passing: Path
    before: Mapping[str, str]
    after: Mapping[str, str]


def expected() -> list[dict[str, str]]:
    lines = LIST.read_text(encoding="utf-8").splitlines()
    return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE, restval=""))


def wanted(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption("--thorough"))


def state(folder: Path) -> dict[str, str]:
    """What every file of a folder holds; links and other things by their kind."""
    found = {}
    for root, _, names in os.walk(folder):
        for name in names:
            path = Path(root) / name
            regular = path.is_file() and not path.is_symlink()
            content = hashlib.sha256(path.read_bytes()).hexdigest() if regular else "no file"
            found[str(path)] = f"{content} {path.lstat().st_mtime_ns}"
    return found


def alone() -> list[str]:
    """What starts a program without any network, where this machine allows it."""
    command = ["unshare", "-n"]
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        return []
    try:
        allowed = subprocess.run([*command, "true"], capture_output=True, check=False)
    except OSError:
        return []
    return command if allowed.returncode == 0 else []


@pytest.fixture(scope="module")
def told(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Told:
    folder = tmp_path_factory.mktemp("folder-b")
    watch = tmp_path_factory.mktemp("watch")
    passing = tmp_path_factory.mktemp("passing")
    results = tmp_path_factory.mktemp("results") / "results"
    make(folder, cases(heavy=wanted(request)))
    (watch / "sitecustomize.py").write_text(WATCH, encoding="utf-8")
    before = state(folder)
    command = [sys.executable, "-m", "toolkit", "collect", str(folder), "-o", str(results)]
    done = subprocess.run(
        # this machine may be busy: a slow file is another matter, and tested elsewhere
        [*alone(), *command, "--json", "--lang", "nb", "--limit", "seconds=100"],
        capture_output=True,
        check=False,
        timeout=900,
        env={
            **os.environ,
            **{"PYTHONPATH": str(watch), "WATCH_TOLD": str(watch / "told")},
            "TMPDIR": str(passing),
        },
    )
    seen = (watch / "told").read_text(encoding="utf-8").splitlines()
    said = json.loads(done.stdout or b"{}")
    err = done.stderr.decode("utf-8")
    return Told(done.returncode, said, err, seen, results, passing, before, state(folder))


@pytest.fixture(scope="module")
def files(told: Told) -> Mapping[str, list[File]]:
    found: dict[str, list[File]] = {}
    with read_store(told.results / FILE) as store:
        for file in store.files():
            found.setdefault(file.name, []).append(file)
    return found


@pytest.fixture(scope="module")
def made(request: pytest.FixtureRequest) -> Mapping[str, Case]:
    return {case.shown: case for case in cases(heavy=wanted(request))}


def test_the_list_is_that_of_the_files() -> None:
    assert LIST.read_text(encoding="utf-8") == listed()
    assert len(expected()) >= 500


@pytest.mark.parametrize("line", expected(), ids=lambda line: line["listed as"])
def test_every_file_comes_out_as_expected(
    line: dict[str, str],
    told: Told,
    files: Mapping[str, list[File]],
    made: Mapping[str, Case],
) -> None:
    case = made.get(line["listed as"])
    if case is None:
        pytest.skip("takes seconds: --thorough, or not on this platform")
    if case.reason in ASIDE:
        aside = [f["code"] for f in told.out["findings"] if f["place"] == case.shown]
        assert aside == [case.reason]
        return
    found = files[case.shown]
    reasons = {file.reason if file.status == REJECTED else READ for file in found}
    assert reasons == {case.reason}
    codes = {finding.code for file in found for finding in file.findings}
    assert case.told <= codes
    for spot, value in case.values.items():
        read = [cell.value for file in found for cell in file.cells if cell.spot == spot]
        assert (set(read) if isinstance(value, set) else read) == (
            value if isinstance(value, set) else [value]
        )


def test_the_run_ends_as_it_should(told: Told) -> None:
    """A limit was hit, so 6; nothing but the one document on standard output, no traceback."""
    assert told.code == 6, told.err
    assert "Traceback" not in told.err
    assert "panicked" not in told.err
    assert told.err == ""


def test_every_file_is_listed_once(told: Told, made: Mapping[str, Case]) -> None:
    names = [file["name"] for file in told.out["files"]]
    aside = {name for name, case in made.items() if case.reason in ASIDE}
    assert set(names) == set(made) - aside
    assert len(names) == len(made) - len(aside) + 1  # two files of one zip share a name
    assert told.out["summary"]["read"] + told.out["summary"]["rejected"] == len(names)


def test_every_rejection_says_what_to_do(told: Told) -> None:
    for finding in told.out["findings"]:
        if finding["severity"] == "error":
            assert finding["hint"], finding


def test_no_process_reaches_out_or_starts_anything(told: Told) -> None:
    """The hook was there in every process; it saw no socket and no program but our readers."""
    watched = [line for line in told.seen if line.startswith("watched")]
    assert len(watched) >= 2
    assert [line for line in told.seen if line.startswith("socket.")] == []
    started = {line for line in told.seen if line.startswith("start ")}
    assert all(Path(sys.executable).name in line for line in started), started


def test_nothing_is_written_but_results(told: Told) -> None:
    assert told.after == told.before
    opened = {line.removeprefix("open ") for line in told.seen if line.startswith("open ")}
    known = (str(told.results), str(told.passing), os.devnull)
    outside = {path for path in opened if not path.startswith(known)}
    assert list(told.passing.iterdir()) == []
    assert {path for path in outside if "__pycache__" not in path} == set()


def test_what_came_out_is_text(told: Told) -> None:
    """Nobody's text became a formula or a link in the workbooks of results."""
    written = list(told.results.glob("*.xlsx"))
    assert written
    for path in written:
        book = load_workbook(path)
        for sheet in book.worksheets:
            for cell in _cells(sheet):
                assert cell.data_type != "f" or _ours(str(cell.value)), (path.name, cell.coordinate)
                assert cell.hyperlink is None or not cell.hyperlink.target
        book.close()


def _cells(sheet: Any) -> Iterator[Any]:
    for row in sheet.iter_rows():
        yield from (cell for cell in row if cell.value is not None)


def _ours(formula: str) -> bool:
    """Whether a formula is one that we write: none of the words that were sent in."""
    sent = ("cmd", "HYPERLINK", "WEBSERVICE", "DDE", "calc", "1+1", "jndi")
    return not any(word in formula for word in sent)
