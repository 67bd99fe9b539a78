"""The returned files of the example: what a reader must recover and report, file by file.

``examples/trygg-natt/returning/expected.yaml`` says what was written into each file and what was
done to it.
"""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from ruamel.yaml import YAML

from toolkit.store import read_store
from toolkit.store.records import Cell, File, blank

EXAMPLE = Path(__file__).parents[2] / "examples" / "trygg-natt"
RETURNED = EXAMPLE / "returned"
EXPECTED: list[dict[str, Any]] = YAML(typ="safe").load(
    (EXAMPLE / "returning" / "expected.yaml").read_text(encoding="utf-8")
)["files"]
READ = [file for file in EXPECTED if file["status"] in ("read", "superseded")]
OF_THE_WHOLE = {"copy-shared", "file-superseded", "file-duplicate"}
"""What is told of a file only when it is held against the others."""

Spot = tuple[str, str, str]


class Run(NamedTuple):
    """One run of ``toolkit collect``: its exit code, what it printed, its store."""

    code: int
    told: dict[str, Any]
    store: Path


@pytest.fixture(scope="module")
def files(example: Run) -> Mapping[str, File]:
    with read_store(example.store) as store:
        return {file.name: file for file in store.files()}


def content(path: Path) -> list[str]:
    """Everything a store holds, in one order."""
    with closing(sqlite3.connect(path)) as connection:
        return sorted(connection.iterdump())


def named(file: dict[str, Any]) -> str:
    return str(file["name"])


# --- every file ---------------------------------------------------------------------------------


def test_files_in_are_files_read_and_files_rejected(example: Run) -> None:
    counted = dict.fromkeys(("read", "superseded", "rejected", "duplicate"), 0)
    for file in EXPECTED:
        if file["status"] != "aside":
            counted[file["status"]] += 1
    summary = example.told["summary"]
    assert summary["rejected"] == counted["rejected"]
    assert summary["duplicates"] == counted["duplicate"]
    assert summary["read"] == sum(counted.values()) - counted["rejected"]
    assert len(example.told["files"]) == sum(counted.values())
    assert example.code == 3


@pytest.mark.parametrize("file", EXPECTED, ids=named)
def test_status(example: Run, file: dict[str, Any]) -> None:
    told = {entry["name"]: entry for entry in example.told["files"]}
    if file["status"] == "aside":
        assert file["name"] not in told
        return
    found = told[file["name"]]
    if file["status"] == "duplicate":  # which of two equal files came first, the disk decides
        pair = {found["status"], told[file["twin"]]["status"]}
        assert pair == {"read", "duplicate"}
    elif not any(other.get("twin") == file["name"] for other in duplicates()):
        assert found["status"] == file["status"]
        assert found["document"] == file.get("document", "")
    if file["status"] == "rejected":
        assert found["reason"] == file["reason"]


def duplicates() -> Iterator[dict[str, Any]]:
    return (file for file in EXPECTED if file["status"] == "duplicate")


@pytest.mark.parametrize("file", EXPECTED, ids=named)
def test_findings(example: Run, file: dict[str, Any]) -> None:
    found = [
        (finding["code"], place[1:])
        for finding in example.told["findings"]
        if (place := finding["place"].split(" > "))[0] == file["name"]
        and finding["code"] not in OF_THE_WHOLE
    ]
    told = [
        (finding["code"], [finding["cell"]] if "cell" in finding else [])
        for finding in file.get("findings", ())
        if still(finding)
    ]
    sheetless = {code for code, place in told if not place}
    found = [(code, [] if code in sheetless else place) for code, place in found]
    assert sorted(found) == sorted(told)


def still(finding: dict[str, Any]) -> bool:
    """Whether a finding that ends on a day is still told: the toolkit warns of days ahead."""
    return "until" not in finding or date.fromisoformat(finding["until"]) > tomorrow()


def tomorrow() -> date:
    return date.today() + timedelta(days=1)


@pytest.mark.parametrize("file", READ, ids=named)
def test_who_sent_it(files: Mapping[str, File], file: dict[str, Any]) -> None:
    found = files[file["name"]]
    day = found.filled_date.isoformat() if found.filled_date else ""
    told = (found.doc, found.lang, found.filled_by, found.filled_role, day)
    keys = ("document", "language", "filled_by", "filled_role", "filled_date")
    assert told == tuple(file.get(key, "") for key in keys)
    assert bool(found.identity) is file["stamped"]


# --- every value --------------------------------------------------------------------------------


def spot(cell: Cell) -> Spot:
    """Where a value belongs; rows staff added are numbered from the top of their table."""
    row = f"new-{cell.row.rpartition('-')[2]}" if cell.row.startswith("new-") else cell.row
    return cell.table, row, cell.field


def plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value


def written(file: dict[str, Any]) -> dict[Spot, object]:
    return {(table, row, field): value for table, row, field, value in file["cells"]}


@pytest.mark.parametrize("file", READ, ids=named)
def test_every_value_written_is_read(files: Mapping[str, File], file: dict[str, Any]) -> None:
    found = {spot(cell): plain(cell.value) for cell in files[file["name"]].cells}
    wanted = written(file)
    assert wanted
    assert {where: found.get(where) for where in wanted} == wanted


@pytest.mark.parametrize("file", [file for file in READ if file["stamped"]], ids=named)
def test_every_other_value_is_as_it_was_sent(
    files: Mapping[str, File], file: dict[str, Any]
) -> None:
    returned = files[file["name"]]
    wanted = written(file)
    facts = {("info", "", f"f.filled_{name}") for name in ("by", "role", "date")}
    others = [cell for cell in returned.cells if spot(cell) not in {*wanted, *facts}]
    changed = [
        cell
        for cell in others
        if not blank(cell.value) and cell.value != returned.sent.get(cell.spot)
    ]
    lost = [
        where
        for where in returned.sent.keys() - {cell.spot for cell in returned.cells}
        if where[1] != "ri12"  # the row that was deleted
    ]
    assert changed == []
    assert lost == []


# --- again, and otherwise -----------------------------------------------------------------------


def test_running_twice_changes_nothing(
    example: Run, collect_example: Callable[..., Run], tmp_path: Path
) -> None:
    out = tmp_path / "results"
    shutil.copytree(example.store.parent, out)
    again = collect_example(out, RETURNED)
    assert again.told == example.told
    assert content(again.store) == content(example.store)


def test_the_order_of_files_does_not_matter(
    example: Run, collect_example: Callable[..., Run], tmp_path: Path
) -> None:
    files = sorted(RETURNED.iterdir())
    first = collect_example(tmp_path, *files[::2])
    both = collect_example(tmp_path, *reversed(files[1::2]))
    assert content(both.store) == content(example.store)
    assert first.told["summary"]["read"] > 0


@pytest.mark.office
def test_the_files_can_be_made_anew(
    example: Run, collect_example: Callable[..., Run], tmp_path: Path
) -> None:
    script = EXAMPLE / "make_returned.py"
    subprocess.run([sys.executable, str(script), str(tmp_path)], check=True, timeout=600)
    told = (tmp_path / "returning" / "expected.yaml").read_text(encoding="utf-8")
    assert told == (EXAMPLE / "returning" / "expected.yaml").read_text(encoding="utf-8")
    anew = collect_example(tmp_path / "results", tmp_path / "returned")
    assert anew.told["summary"] == example.told["summary"]
