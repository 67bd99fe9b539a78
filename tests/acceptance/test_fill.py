"""``toolkit fill``: one template and some data, through the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from docx import Document

from toolkit.cli import toolkit
from toolkit.office import outline

ROWS = '{"id": 1, "name": "Åse"}\n{"id": 2, "name": "Bo"}\n'


def fill(*arguments: object) -> Result:
    return CliRunner().invoke(toolkit, ["fill", *map(str, arguments)])


@pytest.fixture
def letter(tmp_path: Path) -> Path:
    document = Document()
    document.add_paragraph("Hei {{ name }}, du er nummer {{ id }}.")
    path = tmp_path / "letter.docx"
    document.save(str(path))
    return path


def data(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def body(path: Path) -> str:
    return outline(path)[0].text


def test_one_letter(letter: Path, tmp_path: Path) -> None:
    out = tmp_path / "new" / "out.docx"
    result = fill(letter, data(tmp_path, "a.yaml", "name: Åse & Co\nid: 3\n"), "-o", out)
    assert (result.exit_code, result.stdout, result.stderr) == (0, f"{out}\n", "")
    assert body(out) == "Hei Åse & Co, du er nummer 3."


def test_many_letters(letter: Path, tmp_path: Path) -> None:
    rows = data(tmp_path, "rows.jsonl", ROWS)
    result = fill(letter, rows, "-o", tmp_path / "out" / "{{ id }}-{{ name }}.docx")
    assert result.exit_code == 0, result.stderr
    paths = [Path(line) for line in result.stdout.splitlines()]
    assert [path.name for path in paths] == ["1-Åse.docx", "2-Bo.docx"]
    assert [body(path) for path in paths] == [
        "Hei Åse, du er nummer 1.",
        "Hei Bo, du er nummer 2.",
    ]


def test_every_unknown_name_is_told_with_its_place(letter: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.docx"
    result = fill(letter, data(tmp_path, "a.json", '{"nam": "x"}'), "-o", out, "--lang", "en")
    assert result.exit_code == 3
    assert len(result.stderr.splitlines()) == 2
    assert "letter.docx > paragraph 1: unknown name 'name'" in result.stderr
    assert "did you mean 'nam'?" in result.stderr
    assert not out.exists()


def test_lenient_leaves_them_empty(letter: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.docx"
    source = data(tmp_path, "a.json", '{"id": 1}')
    result = fill(letter, source, "-o", out, "--lenient", "--json")
    assert result.exit_code == 0, result.stderr
    told = json.loads(result.stdout)
    assert told["written"] == [str(out)]
    assert [finding["code"] for finding in told["findings"]] == ["name-left-empty"]
    assert body(out) == "Hei , du er nummer 1."


def test_rows_that_cannot_be_filled_are_told_and_the_others_written(
    letter: Path, tmp_path: Path
) -> None:
    rows = data(tmp_path, "rows.jsonl", '{"id": 1}\n' + ROWS.splitlines()[1])
    result = fill(letter, rows, "-o", tmp_path / "{{ id }}.docx", "--lang", "en")
    assert result.exit_code == 3
    assert "letter.docx → 1.docx > paragraph 1" in result.stderr
    assert not (tmp_path / "1.docx").exists()
    assert body(tmp_path / "2.docx") == "Hei Bo, du er nummer 2."


@pytest.mark.parametrize(
    "text",
    [
        "{{ ''.__class__.__mro__ }}",
        "{{ 'A' * 500000000 }}",
        "{{ 10 ** 9999999 }}",
        "{% for x in range(10) %}",
        "{{ self.__init__ }}",
    ],
)
def test_hostile_templates_are_stopped(text: str, tmp_path: Path) -> None:
    document = Document()
    document.add_paragraph(text)
    document.save(str(tmp_path / "hostile.docx"))
    out = tmp_path / "out.docx"
    result = fill(tmp_path / "hostile.docx", data(tmp_path, "a.json", "{}"), "-o", out)
    assert result.exit_code in (3, 6)
    assert "hostile.docx" in result.stderr
    assert not out.exists()


def test_what_is_not_there_or_not_a_template(letter: Path, tmp_path: Path) -> None:
    source = data(tmp_path, "a.json", "{}")
    for template in (tmp_path / "missing.docx", source, tmp_path):
        result = fill(template, source, "-o", tmp_path / "out.docx")
        assert result.exit_code == 3
        assert len(result.stderr.splitlines()) == 1
    result = fill(letter, tmp_path / "missing.yaml", "-o", tmp_path / "out.docx")
    assert result.exit_code == 3


def test_a_place_that_cannot_be_written(letter: Path, tmp_path: Path) -> None:
    source = data(tmp_path, "a.json", '{"id": 1, "name": "x"}')
    result = fill(letter, source, "-o", source / "out.docx")
    assert result.exit_code == 3
    assert "Traceback" not in result.output
