"""The thirty-minute path of docs/add-a-document.md works as written, without Python."""

from __future__ import annotations

from pathlib import Path

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


def test_a_sheet_becomes_a_document_of_the_kit(tmp_path: Path) -> None:
    mine = tmp_path / "my-templates"
    (mine / "xlsx").mkdir(parents=True)
    (mine / "xlsx" / "touchpoints.yaml").write_text(_sheet_of_the_guide(), encoding="utf-8")
    _run("templates", "build", "--templates", str(mine))
    _run("templates", "check", "--templates", str(mine), "--project", EXAMPLE)
    kit = tmp_path / "kit"
    _run("generate", EXAMPLE, "-o", str(kit), "--templates", str(mine), "--only", "d.14")
    book = load_workbook(next(kit.rglob("14_kontaktpunkter_nb.xlsx")))
    rows = list(book["Kontaktpunkter"].iter_rows(min_row=4, max_col=4, values_only=True))
    assert rows[1][1] == "Kartleggingsbesøk"
    assert rows[1][2] == "Mellommenneskelig"
