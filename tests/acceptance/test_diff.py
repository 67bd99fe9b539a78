"""``toolkit diff``: what the newest files changed, by run, by month and by day."""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Collection
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from toolkit.cli import toolkit
from toolkit.collect.difference import Merging
from toolkit.collect.known import known_of
from toolkit.collect.merging.combine import combine, up_to_date
from toolkit.finding import LANGUAGES
from toolkit.project import documents_of, read_project
from toolkit.store import FILE, aside, read_store
from toolkit.store.records import LISTED, NEWEST, Results

EXAMPLE = Path(__file__).parents[2] / "examples" / "trygg-natt"
MAY, AUGUST = "nord (mai).xlsx", "sone-nord.xlsx"


def run(*arguments: object) -> Result:
    return CliRunner().invoke(toolkit, [f"{argument}" for argument in arguments])


def collect(folder: Path, *patterns: str) -> None:
    inbox = folder / "inbox"
    inbox.mkdir(exist_ok=True)
    for pattern in patterns:
        for path in (EXAMPLE / "returned").glob(pattern):
            shutil.copy2(path, inbox)
    result = run("collect", inbox, "-o", folder / "results", "--project", EXAMPLE / "project.yaml")
    assert result.exit_code in (0, 3), result.output


def diff(folder: Path, *options: object) -> Any:
    project = ("--project", EXAMPLE / "project.yaml")
    result = run("diff", folder / "results", *project, "--lang", "en", "--json", *options)
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The risks of two people, then those of a third and the benefits of two units."""
    folder = tmp_path_factory.mktemp("diff")
    collect(folder, "23_ros-analyse_nb prosjektleder.xlsx", "ROS personvernombud*")
    collect(folder, "ROS IT.xlsx", "Gevinster Bryggen*", "03_*nord.xlsx", "03_*.ods")
    return folder


def test_the_last_run_is_told_by_default(folder: Path) -> None:
    data = diff(folder)
    assert data["since"].startswith("2 (")
    assert len(data["files"]) == 4
    assert {line["document"] for line in data["values"]} == {"d.03", "d.23"}
    assert data["counts"]["new"] > 50
    (changed,) = (
        line for line in data["values"] if (line["row"], line["field"]) == ("ri05", "f.probability")
    )
    assert (changed["kind"], changed["before"], changed["after"]) == (
        *("changed", "2 – Low", "4 – High"),
    )
    conflicts = [line for line in data["values"] if line["kind"] == "conflict"]
    assert ("b10", "f.measured_by") in {(line["row"], line["field"]) for line in conflicts}


def test_since_the_first_run_everything_is_new(folder: Path) -> None:
    data = diff(folder, "--since", "1")
    assert len(data["files"]) == 6
    assert {line["kind"] for line in data["values"]} <= {"new", "conflict", "changed"}
    assert all(not line["before"] for line in data["values"] if line["kind"] == "new")


def test_since_a_month_goes_by_the_day_of_the_answers(folder: Path) -> None:
    data = diff(folder, "--since", "2027-01")
    assert data["since"] == "2027-01-01"
    assert {line["document"] for line in data["values"]} == {"d.03"}
    assert len(data["files"]) == 3
    assert diff(folder, "--since", "2030-01-01")["values"] == []


def test_a_run_that_brings_nothing_is_none(folder: Path) -> None:
    before = {path.name: path.read_bytes() for path in (folder / "results").iterdir()}
    collect(folder)
    assert {path.name: path.read_bytes() for path in (folder / "results").iterdir()} == before
    assert diff(folder)["since"].startswith("2 (")


def test_what_is_now_is_read_where_it_stands_so_in_the_store(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    merged: list[int] = []
    anew = Merging.without

    def counted(self: Merging, files: Collection[int]) -> Results:
        merged.append(len(files))
        return anew(self, files)

    monkeypatch.setattr(Merging, "without", counted)
    read = diff(folder)
    assert merged == [4]  # what was before the last run, and nothing else
    assert diff(folder, "--since", "2030-01-01")["values"] == []
    assert merged == [4]
    monkeypatch.setattr("toolkit.collect.difference.up_to_date", lambda *_: False)
    assert diff(folder) == read
    assert merged == [4, 0, 4]


def test_where_more_is_known_now_both_sides_are_merged(folder: Path) -> None:
    documents = documents_of(None, None)
    project = replace(known_of(read_project(EXAMPLE / "project.yaml")), on_conflict=LISTED)
    with read_store(folder / "results" / FILE) as store:
        assert up_to_date(store, {"d.03", "d.23"}, project)
        assert not up_to_date(store, {"d.03"}, replace(project, on_conflict=NEWEST))
        assert not up_to_date(store, {"d.03"}, known_of(None))
    with aside(folder / "results" / FILE, ()) as store:
        assert not up_to_date(store, {"d.23"}, project)
        combine(store, documents, project, (), {"d.23"})
        assert up_to_date(store, {"d.23"}, project)
        assert not up_to_date(store, {"d.03", "d.23"}, project)


@pytest.mark.parametrize("language", LANGUAGES)
def test_as_text_within_80_columns(folder: Path, language: str) -> None:
    result = run("diff", folder / "results", "--lang", language)
    assert result.exit_code == 0, result.stderr
    lines = result.stdout.splitlines()
    assert max(map(len, lines)) <= 80
    assert any(" → " in line for line in lines)


@pytest.mark.parametrize(
    ("since", "told"), [("9", "there is no run number 9; the last one is 2"),
                        ("soon", "is no month"), ("2027-13", "is no month")]
)  # fmt: skip
def test_since_when_nobody_knows(folder: Path, since: str, told: str) -> None:
    result = run("diff", folder / "results", "--since", since, "--lang", "en")
    assert result.exit_code == 3
    assert told in result.stderr


def test_anonymous_documents_are_left_out(example: Any) -> None:
    data = json.loads(run("diff", example.store.parent, "--since", "1", "--json").stdout)
    assert data["values"]
    assert "d.16" not in {line["document"] for line in data["values"]}


def test_others_may_write_to_the_store_meanwhile(folder: Path) -> None:
    before = diff(folder, "--since", 1)
    store = folder / "results" / FILE
    with closing(sqlite3.connect(store, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert diff(folder, "--since", 1) == before
        other.execute("ROLLBACK")
    with aside(store, ()) as read, closing(sqlite3.connect(store, timeout=0)) as other:
        with read.renewing("d.23", "new"):
            other.execute("INSERT INTO about VALUES ('meanwhile', '')")
        other.rollback()


def test_a_store_is_only_read(folder: Path, tmp_path: Path) -> None:
    store = folder / "results" / FILE
    with aside(store, ()) as read, pytest.raises(sqlite3.OperationalError, match="readonly"):
        read._connection.execute("DELETE FROM kept.cell")
    results = tmp_path / "100 % æ? #1" / "results"
    shutil.copytree(store.parent, results)
    for path in (*results.iterdir(), results):
        path.chmod(0o500 if path == results else 0o400)
    try:
        assert diff(results.parent, "--since", 1) == diff(folder, "--since", 1)
    finally:
        results.chmod(0o700)
