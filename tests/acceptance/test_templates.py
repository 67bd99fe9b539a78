"""``toolkit templates``: list, build and check, through the command line."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from docx import Document

from toolkit.cli import toolkit
from toolkit.document import load_documents, shipped_templates

ROOT = Path(__file__).parents[2]
MINIMAL = ROOT / "examples" / "minimal" / "project.yaml"
SHEET = """
doc: d.15
title: d.15
phases: [p4]
sections:
  h.pilot.goal: {}
"""


def templates(*arguments: object) -> Result:
    return CliRunner().invoke(toolkit, ["templates", *map(str, arguments)])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "docx").mkdir()
    (tmp_path / "docx" / "pilot-plan.yaml").write_text(SHEET, encoding="utf-8")
    return tmp_path


def write(folder: Path, *paragraphs: str) -> None:
    document = Document()
    document.core_properties.comments = ""
    document.core_properties.title = "{{ t('d.15') }}"
    for text in paragraphs:
        document.add_paragraph(text)
    document.save(str(folder / "docx" / "pilot-plan.docx"))


def test_the_list_tells_every_document() -> None:
    result = templates("list", "--lang", "nb", "--json")
    assert result.exit_code == 0, result.stderr
    rows = json.loads(result.stdout)["documents"]
    assert len(rows) == len(load_documents(shipped_templates()))
    assert {"doc": "d.23", "format": "xlsx", "id": "ros", "title": "ROS-analyse"} in rows
    assert "d.23  xlsx  ros" in templates("list", "--lang", "nb").stdout


def test_building_gives_the_committed_bytes(tmp_path: Path) -> None:
    sheets = tmp_path / "templates"
    for path in shipped_templates().rglob("*.yaml"):
        (sheets / path.parent.name).mkdir(parents=True, exist_ok=True)
        shutil.copy(path, sheets / path.parent.name)
    result = templates("build", "--templates", sheets)
    assert result.exit_code == 0, result.stderr
    assert len(result.stdout.splitlines()) == len(load_documents(sheets))
    for document in load_documents(shipped_templates()):
        built = sheets / document.format / document.template.name
        assert built.read_bytes() == document.template.read_bytes(), built


def test_the_shipped_templates_are_clean() -> None:
    result = templates("check", "--project", MINIMAL)
    assert (result.exit_code, result.stderr) == (0, "")


def test_what_is_wrong_in_an_own_template_is_told(folder: Path) -> None:
    write(folder, "Middels", "Hemmelig tekst", "Pilotplan", "{{ t('d.15') }}", "{{ x | nofilter }}")
    result = templates("check", "--templates", folder, "--lang", "en")
    assert result.exit_code == 3
    told = result.stderr.splitlines()
    assert len(told) == 3
    assert "several translations" in told[1]
    assert "no translation: “Hemmelig tekst”" in told[2]
    assert "nofilter" in told[0]


def test_a_sheet_without_its_template_is_told(folder: Path) -> None:
    for command in (
        ("check", "--templates", folder, "--lang", "en"),
        ("check", "--templates", folder, "--lang", "en", "--project", MINIMAL),
    ):
        result = templates(*command)
        assert result.exit_code == 3
        assert "the template of pilot-plan is missing" in result.stderr
    options = ["generate", str(MINIMAL), "-o", str(folder / "kit"), "--templates", str(folder)]
    result = CliRunner().invoke(toolkit, options)
    assert result.exit_code == 3
    assert "pilot-plan" in result.stderr


def test_an_own_document_joins_the_kit(folder: Path) -> None:
    write(folder, "Pilotplan", "{{ project.name }}")
    options = ["generate", str(MINIMAL), "-o", str(folder / "kit"), "--templates", str(folder)]
    result = CliRunner().invoke(toolkit, [*options, "--only", "d.15", "--lang", "sv"])
    assert result.exit_code == 0, result.stderr
    assert "15_pilotplan_sv.docx" in result.stdout
