"""``toolkit purge``: what people wrote is gone from the file; what it says together stays."""

from __future__ import annotations

import json
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from toolkit.cli import toolkit
from toolkit.collect.known import known_of
from toolkit.collect.merging.combine import up_to_date
from toolkit.store import FILE, read_store

EXAMPLE = Path(__file__).parents[2] / "examples" / "trygg-natt"
RISKS = "ROS IT.xlsx"
LIST = "report_nb_filene.csv"  # beside a report that is too small for all files


def run(*arguments: object) -> Result:
    return CliRunner().invoke(toolkit, [f"{argument}" for argument in arguments])


def ask(out: Path, query: str) -> list[Any]:
    with closing(sqlite3.connect(out / FILE)) as store:
        return store.execute(query).fetchall()


@pytest.fixture(scope="module")
def collected(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The risk analyses of the example, one of them from long ago."""
    made = tmp_path_factory.mktemp("purged")
    inbox = made / "inbox"
    inbox.mkdir()
    for path in (EXAMPLE / "returned").glob("*ROS*"):
        shutil.copy2(path, inbox)
    for path in (EXAMPLE / "returned").glob("23_*"):
        shutil.copy2(path, inbox)
    collect(made)
    with closing(sqlite3.connect(made / "results" / FILE)) as store:
        store.execute("UPDATE file SET filled_date = '2020-05-01' WHERE name = ?", (RISKS,))
        store.commit()
    return made


@pytest.fixture
def folder(collected: Path, tmp_path: Path) -> Path:
    """A copy of them, to purge."""
    return Path(shutil.copytree(collected, tmp_path / "project"))


def collect(folder: Path) -> Any:
    options = ("--project", EXAMPLE / "project.yaml", "--lang", "nb", "--json")
    result = run("collect", folder / "inbox", "-o", folder / "results", *options)
    assert result.exit_code in (0, 3), result.output
    assert result.stdout, result.stderr
    return json.loads(result.stdout)


LEVELS = "SELECT row_id, field, text, number FROM merged WHERE table_key = 'risks' AND operator IN "
NUMBERS = LEVELS + "('worst', 'recompute') ORDER BY 1, 2"


def test_a_dry_run_tells_and_removes_nothing(folder: Path) -> None:
    out = folder / "results"
    before = (out / FILE).read_bytes()
    result = run("purge", out, "--older-than", "12m", "--dry-run", "--lang", "nb")
    assert result.exit_code == 0, result.output
    assert "1 filer" in result.stdout
    assert "ingenting er skrevet" in result.stderr
    assert (out / FILE).read_bytes() == before
    assert list(out.glob("report_*.xlsx"))


def test_without_a_terminal_it_asks_nothing_and_removes_nothing(folder: Path) -> None:
    before = (folder / "results" / FILE).read_bytes()
    result = run("purge", folder / "results", "--older-than", "12m")
    assert result.exit_code == 2
    assert "--yes" in result.stderr
    assert (folder / "results" / FILE).read_bytes() == before


def test_raw_texts_senders_and_values_are_gone_from_the_bytes(folder: Path) -> None:
    out = folder / "results"
    own = ask(out, f"SELECT DISTINCT raw FROM value v JOIN file f USING (file_id) "
                   f"WHERE f.name = '{RISKS}' AND raw LIKE '%det an litt%'")  # fmt: skip
    assert own
    copy, by = ask(out, f"SELECT copy, filled_by FROM file WHERE name = '{RISKS}'")[0]
    numbers = ask(out, NUMBERS)
    (out / LIST).write_text(RISKS, encoding="utf-8")
    result = run("purge", out, "--older-than", "12m", "--yes", "--json")
    assert result.exit_code == 0, result.output
    told = json.loads(result.stdout)
    assert (told["files"], told["documents"], told["removed"]) == (1, {"d.23": 1}, True)
    assert told["values"] > 100
    store = (out / FILE).read_bytes()
    assert not (out / LIST).exists()
    with read_store(out / FILE) as kept:  # its values are not what is left in the files
        assert not up_to_date(kept, (), known_of(None))
    assert LIST in told["outputs"]
    assert RISKS.encode() not in store
    assert own[0][0].encode() not in store
    assert by.encode() in store or by
    assert ask(out, "SELECT count(*) FROM value v JOIN file f USING (file_id) "
                    "WHERE f.filled_date < '2021'") == [(0,)]  # fmt: skip
    assert ask(out, "SELECT copy, filled_by, filled_role, unit FROM file "
                    "WHERE filled_date < '2021'") == [("", "", "", "")]  # fmt: skip
    assert copy
    assert ask(out, NUMBERS) == numbers
    assert not list(out.glob("report_*.xlsx"))
    assert "report_nb.xlsx" in told["outputs"]
    assert run("purge", out, "--older-than", "12m", "--yes", "--lang", "en").stdout.startswith(
        "Nothing is older than"
    )


def test_collecting_again_brings_nothing_back_and_keeps_who_answered(folder: Path) -> None:
    out = folder / "results"
    run("purge", out, "--older-than", "12m", "--yes")
    told = collect(folder)
    assert RISKS not in {entry["name"] for entry in told["files"]}
    assert RISKS.encode() not in (out / FILE).read_bytes()
    assert ask(out, "SELECT count(*) FROM file") == [(5,)]
    before = (out / FILE).read_bytes()
    collect(folder)
    assert (out / FILE).read_bytes() == before


def test_what_only_purged_files_knew_stays_when_a_file_is_added(tmp_path: Path) -> None:
    inbox, out = tmp_path / "inbox", tmp_path / "results"
    inbox.mkdir()
    shutil.copy2(EXAMPLE / "returned" / RISKS, inbox)
    collect(tmp_path)
    numbers = ask(out, NUMBERS)
    run("purge", out, "--older-than", "0d", "--yes")
    with closing(sqlite3.connect(out / FILE)) as store:
        store.execute("UPDATE file SET filled_date = '2020-05-01'")
        store.commit()
    run("purge", out, "--older-than", "0d", "--yes")
    (inbox / RISKS).unlink()
    shutil.copy2(EXAMPLE / "returned" / "12_HUKI_Solsiden.xlsx", inbox)
    collect(tmp_path)
    assert ask(out, NUMBERS) == numbers
    with read_store(out / FILE) as store:
        states = {copy.doc: copy.state for copy in store.results().copies if copy.expected}
    assert states["d.23"] == "answered"


@pytest.mark.parametrize("age", ["soon", "12", "m12", "-1m", ""])
def test_an_age_that_cannot_be_read(folder: Path, age: str) -> None:
    result = run("purge", folder / "results", f"--older-than={age}", "--yes", "--lang", "en")
    assert result.exit_code == 3
    assert "is no age; write for example 12m" in result.stderr


def test_no_results(tmp_path: Path) -> None:
    result = run("purge", tmp_path, "--older-than", "1y", "--yes", "--lang", "en")
    assert result.exit_code == 3
    assert "there are no results here" in result.stderr
    assert list(tmp_path.iterdir()) == []
