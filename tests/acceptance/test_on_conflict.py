"""``--on-conflict``: what stands where answers contradict; every answer is listed all the same."""

from __future__ import annotations

import json
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from openpyxl import load_workbook

from toolkit.cli import toolkit
from toolkit.store import FILE

EXAMPLE = Path(__file__).parents[2] / "examples" / "trygg-natt"
STANDS = "SELECT row_id, field, text, conflict FROM merged WHERE conflict ORDER BY 1, 2"
SENT, NEWEST = "I", "Avdelingsleder"


@pytest.fixture(scope="module")
def inbox(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The responsibilities and benefits of the example, in which two roles are contested."""
    folder = tmp_path_factory.mktemp("inbox")
    for pattern in ("12_*", "Gevinster*", "03_*nord.xlsx", "03_*.ods"):
        for path in (EXAMPLE / "returned").glob(pattern):
            shutil.copy2(path, folder)
    return folder


def collect(inbox: Path, out: Path, *options: str) -> Any:
    shared = ("--project", EXAMPLE / "project.yaml", "--lang", "nb", "--json")
    result = CliRunner().invoke(
        toolkit, [f"{part}" for part in ("collect", inbox, "-o", out, *shared, *options)]
    )
    assert result.exit_code in (0, 3), result.output
    return json.loads(result.stdout)


def stands(out: Path) -> dict[tuple[str, str], str]:
    with closing(sqlite3.connect(out / FILE)) as store:
        return {(row, field): text for row, field, text, _ in store.execute(STANDS)}


def told(data: Any, code: str) -> list[str]:
    return [f"{f['message']} {f['hint']}" for f in data["findings"] if f["code"] == code]


def page(out: Path) -> list[tuple[Any, ...]]:
    book = load_workbook(out / "report_nb.xlsx")
    sheet = book["Hva må avklares"]
    return [tuple(cell.value for cell in row) for row in sheet.iter_rows(min_row=4)]


def test_listed_what_was_sent_stands_and_every_answer_is_told(inbox: Path, tmp_path: Path) -> None:
    data = collect(inbox, tmp_path)
    assert len(told(data, "answers-conflict")) == len(stands(tmp_path)) == 3
    assert stands(tmp_path)["b10", "f.measured_by"] == "ro05"
    assert any("Ikke avgjort ennå" in row for row in page(tmp_path))


def test_newest_the_newest_answer_stands_and_every_answer_is_told(
    inbox: Path, tmp_path: Path
) -> None:
    data = collect(inbox, tmp_path, "--on-conflict", "newest")
    settled = told(data, "answers-settled-newest")
    assert told(data, "answers-conflict") == []
    assert len(settled) == len(stands(tmp_path)) == 3
    measured = next(text for text in settled if "Mindre tid til rapport" in text)
    assert "Nattevakt (" in measured
    assert "Avdelingsleder (" in measured  # both are listed
    assert "det nyeste gjelder, Avdelingsleder" in measured
    assert stands(tmp_path)["b10", "f.measured_by"] != "ro05"
    assert any("Det nyeste svaret gjelder" in row for row in page(tmp_path))
    consolidated = load_workbook(next(tmp_path.glob("12_*.xlsx")))
    cells = [c.value for sheet in consolidated for row in sheet.iter_rows() for c in row]
    assert any("det nyeste gjelder" in f"{value}" for value in cells)


def test_prefilled_is_settled_too(inbox: Path, tmp_path: Path) -> None:
    data = collect(inbox, tmp_path, "--on-conflict", "prefilled")
    assert len(told(data, "answers-settled-sent")) == 3
    assert stands(tmp_path)["b10", "f.measured_by"] == "ro05"
    assert any("Det som ble sendt ut, gjelder" in row for row in page(tmp_path))


def test_the_strategy_is_kept_until_another_is_chosen(inbox: Path, tmp_path: Path) -> None:
    collect(inbox, tmp_path, "--on-conflict", "newest")
    newest = stands(tmp_path)
    before = (tmp_path / FILE).read_bytes()
    collect(inbox, tmp_path)
    assert (tmp_path / FILE).read_bytes() == before
    collect(inbox, tmp_path, "--on-conflict", "list")
    assert stands(tmp_path) != newest
    collect(inbox, tmp_path, "--on-conflict", "newest")
    assert stands(tmp_path) == newest
