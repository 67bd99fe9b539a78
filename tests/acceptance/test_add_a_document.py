"""The thirty-minute path of docs/add-a-document.md works as written, without Python."""

from __future__ import annotations

import json
import shutil
from datetime import datetime
from pathlib import Path

import pytest
from click.testing import CliRunner
from openpyxl import load_workbook

from toolkit.cli import toolkit

ROOT = Path(__file__).parents[2]
EXAMPLE = str(ROOT / "examples" / "trygg-natt" / "project.yaml")


def _sheet_of_the_guide() -> str:
    guide = (ROOT / "docs" / "add-a-document.md").read_text(encoding="utf-8")
    return guide.split("```yaml\n")[1].split("```")[0]


def _run(*arguments: str) -> str:
    done = CliRunner().invoke(toolkit, list(arguments))
    assert done.exit_code == 0, done.output
    return done.output


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    """A folder of one's own with the document of the guide, built."""
    folder = tmp_path / "my-templates"
    (folder / "xlsx").mkdir(parents=True)
    (folder / "xlsx" / "touchpoints.yaml").write_text(_sheet_of_the_guide(), encoding="utf-8")
    _run("templates", "build", "--templates", str(folder))
    return folder


def test_a_sheet_becomes_a_document_of_the_kit(tmp_path: Path, mine: Path) -> None:
    _run("templates", "check", "--templates", str(mine), "--project", EXAMPLE)
    kit = tmp_path / "kit"
    _run("generate", EXAMPLE, "-o", str(kit), "--templates", str(mine), "--only", "d.14")
    book = load_workbook(next(kit.rglob("14_kontaktpunkter_nb.xlsx")))
    rows = list(book["Kontaktpunkter"].iter_rows(min_row=4, max_col=4, values_only=True))
    assert rows[1][1] == "Kartleggingsbesøk"
    assert rows[1][2] == "Mellommenneskelig"


@pytest.mark.filterwarnings("ignore:.*extension is not supported")
def test_a_document_of_ones_own_is_collected(tmp_path: Path, mine: Path) -> None:
    home = shutil.copytree(Path(EXAMPLE).parent, tmp_path / "project") / "project.yaml"
    named = f"\nkit: {{templates: ../{mine.name}}}\n"
    home.write_text(home.read_text(encoding="utf-8") + named, encoding="utf-8")
    kit, returned = tmp_path / "kit", tmp_path / "returned.xlsx"
    _run("generate", str(home), "-o", str(kit), "--only", "d.14")
    book = load_workbook(next(kit.rglob("14_kontaktpunkter_nb.xlsx")))
    keys = [cell.value for cell in book["Kontaktpunkter"][3]]
    book["Kontaktpunkter"].cell(5, keys.index("f.feedback") + 1).value = "Virket godt"
    book["Om dokumentet"][f"B{_row_of(book['Om dokumentet'], 'Utfylt dato')}"] = datetime(
        2026, 5, 4
    )
    book.save(returned)
    results = tmp_path / "results"
    told = _run("collect", str(returned), "-o", str(results), "--project", str(home), "--json")
    assert json.loads(told)["files"][0]["document"] == "d.14"
    merged = load_workbook(results / "14_kontaktpunkter_nb.xlsx")["Kontaktpunkter"]
    assert "Virket godt" in [cell.value for cell in merged[5]]


def _row_of(page, label: str) -> int:
    return next(cell.row for cell in page["A"] if str(cell.value).startswith(label))


def test_a_folder_of_templates_that_is_not_there_is_told(tmp_path: Path) -> None:
    home = tmp_path / "project.yaml"
    text = (ROOT / "examples" / "minimal" / "project.yaml").read_text(encoding="utf-8")
    home.write_text(text + "kit: {templates: nowhere}\n", encoding="utf-8")
    done = CliRunner().invoke(toolkit, ["check", str(home), "--lang", "en"])
    assert done.exit_code == 3
    assert "kit.templates: the folder does not exist; check the name" in done.stderr
