"""``toolkit collect`` on the example: what came back is read, kept, merged and told."""

from __future__ import annotations

import json
import random
import sqlite3
import subprocess
import sys
import time
import zipfile
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from returned_files import EXAMPLE, Value, read_back, unpacked, written

from toolkit.cli import toolkit
from toolkit.store import FILE, opening, read_store

LETTERS = {
    "measurements": {"value": "F", "size": "G"},
    "benefit_plan": {"target": "H", "action": "O", "status": "R"},
    "risks": {"probability": "H", "consequence": "I", "responsible": "M"},
    "info": {"by": "B13", "day": "B15"},
}


def run(*arguments: object) -> Result:
    return CliRunner().invoke(toolkit, [f"{argument}" for argument in arguments])


def collect(*arguments: object) -> Result:
    return run("collect", *arguments, "--project", EXAMPLE, "--lang", "en")


def as_json(*arguments: object) -> Any:
    result = collect(*arguments, "--json")
    assert result.exit_code in (0, 3), result.output
    return json.loads(result.stdout)


def content(out: Path) -> list[str]:
    """All that a store holds."""
    with closing(sqlite3.connect(out / FILE)) as connection:
        return list(connection.iterdump())


def said(data: bytes, table: str, row: str, **values: Value) -> bytes:
    """The workbook with values written in a row of a table."""
    steps = dict(next(c.steps for c in read_back(data).cells if (c.table, c.row) == (table, row)))
    number = "".join(letter for letter in f"{steps['at']}" if letter.isdecimal())
    cells = {f"{LETTERS[table][name]}{number}": value for name, value in values.items()}
    return written(data, f"{steps['sheet']}", cells)


def signed(data: bytes, by: str, day: date) -> bytes:
    return written(data, "Om dokumentet", {"B13": by, "B15": day})


@pytest.fixture(scope="session")
def kit(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("collect") / "kit"
    assert run("generate", EXAMPLE, "-o", out, "--lang", "nb").exit_code == 0
    return out


def the(kit: Path, pattern: str) -> bytes:
    return next(kit.rglob(pattern)).read_bytes()


def unit_copy(kit: Path, name: str, unit: str, b01: float, b06: float) -> bytes:
    """A unit's benefits workbook with both golden benefits measured at the end of June 2027."""
    data = the(kit, f"03_*{name}*.xlsx")
    sent = read_back(data).sent
    rows = [row for (_, row, _), day in sent.items() if day == date(2027, 6, 30)]
    for benefit, value in (("b01", b01), ("b06", b06)):
        (row,) = (row for row in rows if row.startswith(f"{benefit}-{unit}"))
        data = said(data, "measurements", row, value=value, size=10)
    return data


@pytest.fixture(scope="session")
def inbox(kit: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Seven good files and eight that are not."""
    folder = tmp_path_factory.mktemp("inbox")
    nord = unit_copy(kit, "nord", "un01", 0.9, 50)
    ros = the(kit, "23_*.xlsx")
    files = {
        "nord.xlsx": signed(nord, "Kari", date(2025, 7, 1)),
        "Kopi av nord (2).xlsx": signed(
            said(nord, "benefit_plan", "b01", action="Kurs"), "Kari", date(2025, 7, 9)
        ),
        "bryggen.xlsx": unit_copy(kit, "bryggen", "un02", 1.0, 52),
        "solsiden.xlsx": unit_copy(kit, "solsiden", "un03", 0.98, 54),
        "ros-a.xlsx": signed(
            said(ros, "risks", "ri02", responsible="Avdelingsleder"), "Kari", date(2025, 7, 2)
        ),
        "ros-b.xlsx": signed(
            said(ros, "risks", "ri02", responsible="Nattevakt"), "Ola", date(2025, 7, 3)
        ),
        "ros-b igjen.xlsx": signed(
            said(ros, "risks", "ri02", responsible="Nattevakt"), "Ola", date(2025, 7, 3)
        ),
        "cut.xlsx": ros[: len(ros) // 2],
        "empty.xlsx": b"",
        "picture.xlsx": b"\x89PNG\r\n\x1a\n" + bytes(2000),
        "notes.txt": b"Hei!",
        "~$ros.xlsx": b"\x04Kari",
    }
    for name, data in files.items():
        (folder / name).write_bytes(data)
    with zipfile.ZipFile(folder / "more.zip", "w") as archive:
        archive.writestr("inner.zip", b"PK")
        archive.writestr("huki.xlsx", the(kit, "12_*huki_nb.xlsx"))
    (folder / "other.xlsx").write_bytes(of_another_project(ros))
    return folder


def of_another_project(data: bytes) -> bytes:
    """The same file as another project would have sent it."""
    from returned_files import packed

    parts = unpacked(data)
    return packed({name: part.replace(b"trygg-natt", b"other-one") for name, part in parts.items()})


@pytest.fixture(scope="session")
def results(inbox: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Any]:
    out = tmp_path_factory.mktemp("collected") / "results"
    return out, as_json(inbox, "-o", out)


def test_files_in_are_files_read_and_files_rejected(results: tuple[Path, Any]) -> None:
    told = results[1]
    assert told["schema_version"] == 1
    assert {entry["name"]: (entry["status"], entry["reason"]) for entry in told["files"]} == {
        "nord.xlsx": ("superseded", "file-superseded"),
        "Kopi av nord (2).xlsx": ("read", ""),
        "bryggen.xlsx": ("read", ""),
        "solsiden.xlsx": ("read", ""),
        "ros-a.xlsx": ("read", "copy-shared"),
        "ros-b.xlsx": ("read", "copy-shared"),
        "ros-b igjen.xlsx": ("duplicate", "file-duplicate"),
        "more.zip/huki.xlsx": ("read", "copy-untouched"),
        "cut.xlsx": ("rejected", "file-damaged"),
        "empty.xlsx": ("rejected", "returned-empty"),
        "picture.xlsx": ("rejected", "other-format"),
        "notes.txt": ("rejected", "skipped-other"),
        "more.zip/inner.zip": ("rejected", "archive-inside"),
        "other.xlsx": ("rejected", "file-other-project"),
    }
    summary = told["summary"]
    assert (summary["read"], summary["rejected"], summary["duplicates"]) == (8, 6, 1)
    codes = {found["code"] for found in told["findings"]}
    assert codes >= {"skipped-lock", "file-superseded", "file-duplicate", "copy-shared"}
    assert set(told["findings"][0]) == {"code", "severity", "place", "message", "hint"}
    severities = [found["severity"] for found in told["findings"]]
    assert summary["findings"] == {s: severities.count(s) for s in ("error", "warning", "note")}


def test_a_conflict_is_told_with_both_senders_and_their_cells(results: tuple[Path, Any]) -> None:
    (conflict,) = (f for f in results[1]["findings"] if f["code"] == "answers-conflict")
    assert "Avdelingsleder (ros-a.xlsx > Risikoer!M6)" in conflict["message"]
    assert "Nattevakt (ros-b.xlsx > Risikoer!M6)" in conflict["message"]
    assert conflict["hint"].endswith("until then Superbruker natt stands")


def test_the_golden_values_come_out_of_the_store(results: tuple[Path, Any]) -> None:
    with closing(sqlite3.connect(results[0] / FILE)) as store:
        rows = store.execute(
            "SELECT row_id, round(achievement, 1), round(expected_progress, 1), traffic_light "
            "FROM follow_up WHERE achievement IS NOT NULL"
        ).fetchall()
        cells = store.execute(
            "SELECT file, sheet, cell, unit FROM sources WHERE row_id = 'b01' "
            "AND table_key = 'follow_up' AND field = 'f.achievement' ORDER BY file"
        ).fetchall()
    assert rows == [("b01", 80.0, 73.4, "green"), ("b06", 37.8, 72.9, "red")]
    assert cells == [
        ("Kopi av nord (2).xlsx", "Målinger", "F13", "Hjemmetjenesten sone Nord"),
        ("bryggen.xlsx", "Målinger", "F13", "Bryggen omsorgsboliger"),
        ("solsiden.xlsx", "Målinger", "F13", "Solsiden bofellesskap"),
    ]


def test_who_has_answered_and_who_has_not(results: tuple[Path, Any]) -> None:
    with read_store(results[0] / FILE) as store:
        copies = [c for c in store.results().copies if c.doc == "d.03"]
        project = store.project
    assert project == "trygg-natt"
    assert {(c.unit, c.state, c.expected) for c in copies} == {
        ("un01", "partly", True),
        ("un02", "partly", True),
        ("un03", "partly", True),
        ("", "absent", True),
    }
    assert [c.files for c in copies if c.unit == "un01"] == [("nord.xlsx", "Kopi av nord (2).xlsx")]


def test_running_twice_changes_nothing(results: tuple[Path, Any], inbox: Path) -> None:
    out, told = results
    before = {path.name: path.read_bytes() for path in out.iterdir()}
    assert as_json(inbox, "-o", out) == told
    assert {path.name: path.read_bytes() for path in out.iterdir()} == before
    assert before.keys() >= {FILE, "report_en.xlsx", "03_benefits-realisation_en.xlsx"}


def test_order_does_not_matter_and_a_file_added_later_adds_only_itself(
    results: tuple[Path, Any], inbox: Path, tmp_path: Path
) -> None:
    files = [path for path in inbox.iterdir() if not path.name.startswith("~$")]
    random.Random(7).shuffle(files)
    out = tmp_path / "results"
    last, rest = files[0], files[1:]
    collect(*rest, "-o", out)
    with read_store(out / FILE) as store:
        before = store.known
    told = as_json(last, "-o", out)
    with read_store(out / FILE) as store:
        added = store.known.keys() - before.keys()
    assert {name for _, name in added} == {entry["name"] for entry in told["files"]}
    assert content(out) == content(results[0])


def test_a_page_a_controller_can_act_on(results: tuple[Path, Any], inbox: Path) -> None:
    result = collect(inbox, "-o", results[0])
    assert result.exit_code == 3
    counts, same, *lines = filter(None, result.stdout.splitlines())
    assert counts == "Read: 8. Rejected: 6. Sent twice: 1."
    assert same == "Nothing is new since last time."
    assert max(len(line) for line in lines if " > " not in line) <= 120
    titles = [line for line in lines if not line.startswith(" ")]
    assert [Path(title).name for title in titles[8:9]] == ["report_en.xlsx"]
    assert titles[:8] == [
        "Do this first",
        "What contradicts (1)",
        "What was rejected (6)",
        "Who has not answered (13)",
        "What is missing (2)",
        "Who has answered (4 of 17)",
        "What to look at in the files (0): nothing",
        "Where answers differ (0): nothing",
    ]
    assert lines[1] == "  Resolve answers that contradict: 1"
    assert "  empty.xlsx: the file is empty (0 bytes)" in result.stdout
    assert "Files to read: 12" in result.stderr
    assert "~$ros.xlsx: lock file" in result.stderr


def test_a_rehearsal_tells_the_same_and_writes_nothing(inbox: Path, tmp_path: Path) -> None:
    out = tmp_path / "results"
    result = collect(inbox / "ros-a.xlsx", "-o", out, "--dry-run")
    assert result.stdout.startswith("Read: 1. Rejected: 0.")
    assert "Dry run: nothing was written" in result.stderr
    assert not out.exists()


def test_a_whole_kit_handed_over_tells_that_nobody_has_answered(kit: Path, tmp_path: Path) -> None:
    result = run("collect", kit, "-o", tmp_path / "results", "--lang", "nb")
    assert result.exit_code == 0, result.output
    assert "Hvem har svart (0 av 17)" in result.stdout
    assert "returnert uten svar" in result.stdout


def test_a_run_that_is_killed_is_taken_up_by_the_next(
    results: tuple[Path, Any], inbox: Path, tmp_path: Path
) -> None:
    out = tmp_path / "results"
    command = [sys.executable, "-m", "toolkit", "collect", str(inbox), "-o", str(out)]
    with subprocess.Popen(
        [*command, "--project", str(EXAMPLE)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as process:
        for _ in range(600):
            if process.poll() is not None or _begun(out):
                break
            time.sleep(0.02)
        process.kill()
    collect(inbox, "-o", out)
    assert content(out) == content(results[0])


def _begun(out: Path) -> bool:
    if not (out / FILE).exists():
        return False
    with closing(sqlite3.connect(out / FILE)) as store:
        tables = store.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
        return bool(tables and store.execute("SELECT count(*) FROM value").fetchone()[0])


# --- bad input --------------------------------------------------------------------------------


def told(result: Result) -> str:
    assert result.exit_code == 3, result.output
    assert not result.stdout
    (line,) = (line for line in result.stderr.splitlines() if not line.startswith("Reading"))
    return line


def test_no_files_and_no_folder(tmp_path: Path) -> None:
    out = tmp_path / "results"
    (tmp_path / "empty").mkdir()
    assert "there are no workbooks or Word documents here" in told(
        collect(tmp_path / "empty", "-o", out)
    )
    result = collect(tmp_path / "nowhere", "-o", out)
    assert result.exit_code == 3
    assert "nowhere: " in result.stderr
    assert not out.exists()


def test_a_folder_of_other_files(tmp_path: Path) -> None:
    (tmp_path / "inbox").mkdir()
    (tmp_path / "inbox" / "notes.txt").write_text("Hei")
    result = collect(tmp_path / "inbox", "-o", tmp_path / "results")
    assert result.exit_code == 3
    assert [line.partition(":")[0] for line in result.stderr.splitlines()][0] == "notes.txt"


def test_a_store_of_another_version(inbox: Path, tmp_path: Path) -> None:
    collect(inbox / "cut.xlsx", "-o", tmp_path)
    with closing(sqlite3.connect(tmp_path / FILE)) as store:
        store.execute("PRAGMA user_version = 99")
    before = (tmp_path / FILE).read_bytes()
    assert "newer edition of the toolkit (version 99" in told(collect(inbox, "-o", tmp_path))
    assert (tmp_path / FILE).read_bytes() == before


def test_a_store_open_elsewhere(
    inbox: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opening, "PATIENCE", 0.05)
    collect(inbox / "cut.xlsx", "-o", tmp_path)
    with closing(sqlite3.connect(tmp_path / FILE, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert "open in another program" in told(collect(inbox, "-o", tmp_path))


def test_a_store_of_another_project(inbox: Path, tmp_path: Path) -> None:
    run("collect", inbox / "other.xlsx", "-o", tmp_path)
    line = told(collect(inbox, "-o", tmp_path))
    assert "belong to the project “other-one”, not “trygg-natt”" in line


def test_two_projects_mixed_go_by_the_most_files(inbox: Path, tmp_path: Path) -> None:
    files = [inbox / name for name in ("other.xlsx", "bryggen.xlsx", "solsiden.xlsx")]
    first = run("collect", *files, "-o", tmp_path, "--json", "--lang", "en")
    told = json.loads(first.stdout)
    assert {f["name"]: f["status"] for f in told["files"]} == {
        "other.xlsx": "rejected",
        "bryggen.xlsx": "read",
        "solsiden.xlsx": "read",
    }
    before = (tmp_path / FILE).read_bytes()
    again = run("collect", *files, "-o", tmp_path, "--json", "--lang", "en")
    assert json.loads(again.stdout) == told
    assert (tmp_path / FILE).read_bytes() == before


def test_a_file_beyond_the_limits_has_an_exit_code_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "huge.xlsx").write_bytes(b"PK\x03\x04" + bytes(26 * 1024 * 1024))
    result = collect(tmp_path / "huge.xlsx", "-o", tmp_path / "results")
    assert result.exit_code == 6
    assert "huge.xlsx: the file is larger than 25 MB" in result.stdout


def test_a_kit_that_is_none_and_results_that_are_a_file(inbox: Path, tmp_path: Path) -> None:
    line = told(collect(inbox, "-o", tmp_path / "results", "--kit", tmp_path))
    assert "there is no kit here (answers.json is missing or damaged)" in line
    (tmp_path / "file").write_text("")
    assert "this is a file" in told(collect(inbox, "-o", tmp_path / "file"))
