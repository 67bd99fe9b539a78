"""``outline``, ``templates check TEMPLATE`` and ``fill`` as people meet them."""

from __future__ import annotations

import json
from pathlib import Path

import docx
import pytest
from click.testing import CliRunner, Result

from toolkit.cli import toolkit


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(toolkit, [str(argument) for argument in arguments])


def letter(folder: Path, *paragraphs: str) -> Path:
    new = docx.Document()
    for text in paragraphs:
        new.add_paragraph(text)
    new.save(str(folder / "letter.docx"))
    return folder / "letter.docx"


def data(folder: Path, text: str) -> Path:
    path = folder / "data.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_outline_tells_text_and_places(tmp_path: Path) -> None:
    result = run("outline", letter(tmp_path, "One", "Two"), "--lang", "en")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.splitlines()[:2] == ["paragraph 1\tOne", "paragraph 2\tTwo"]


def test_outline_as_data(tmp_path: Path) -> None:
    told = json.loads(run("outline", letter(tmp_path, "One"), "--json", "--lang", "fi").stdout)
    assert told["lines"][0] == {"place": "kappale 1", "text": "One"}


def test_a_clean_template_tells_the_data_it_needs(tmp_path: Path) -> None:
    result = run("templates", "check", letter(tmp_path, "{{ a.b }} {{ day | date }}"))
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == "a.b  value\nday  date\n"


def test_every_fault_of_template_and_data_in_one_run(tmp_path: Path) -> None:
    template = letter(tmp_path, "{{ a.nme }}", "{{ bad. }}", "{{ b }}")
    result = run("templates", "check", template, data(tmp_path, "a: {name: x}"), "--lang", "en")
    assert result.exit_code == 3
    lines = result.stderr.splitlines()
    assert [line.split(": ")[0] for line in lines] == [
        f"letter.docx > paragraph {number}" for number in (1, 2, 3)
    ]
    assert "did you mean 'a.name'?" in lines[0]


def test_the_schema_is_json_schema(tmp_path: Path) -> None:
    result = run("templates", "check", letter(tmp_path, "{{ a }}"), "--schema")
    told = json.loads(result.stdout)
    assert told["required"] == ["a"]
    assert told["$schema"].startswith("https://json-schema.org/")


def test_findings_and_schema_as_data(tmp_path: Path) -> None:
    told = json.loads(run("templates", "check", letter(tmp_path, "{{ a. }}"), "--json").stdout)
    assert [found["code"] for found in told["findings"]] == ["tag-syntax"]
    assert told["schema"]["type"] == "object"


def test_an_annotated_copy(tmp_path: Path) -> None:
    out = tmp_path / "told.docx"
    result = run("templates", "check", letter(tmp_path, "{{ a. }}"), "--annotate", out)
    assert result.exit_code == 3
    assert len(docx.Document(str(out)).comments) == 1


@pytest.mark.parametrize("command", [["templates", "check"], ["outline"]])
def test_a_missing_file_is_a_finding(tmp_path: Path, command: list[str]) -> None:
    result = run(*command, tmp_path / "none.docx", "--lang", "en")
    assert (result.exit_code, result.stdout) == (3, "")
    assert (
        result.stderr == "none.docx: there is no such file; check the spelling of the file name\n"
    )


def test_fill_writes_and_tells(tmp_path: Path) -> None:
    template = letter(tmp_path, "Dear {{ name }}")
    out = tmp_path / "{{ name }}.docx"
    result = run("fill", template, data(tmp_path, "- name: A\n- name: B\n"), "-o", out)
    assert result.exit_code == 0
    assert docx.Document(str(tmp_path / "B.docx")).paragraphs[0].text == "Dear B"


def test_what_is_wrong_with_a_fill_as_data(tmp_path: Path) -> None:
    template = letter(tmp_path, "Dear {{ nam }}")
    out = tmp_path / "out.docx"
    result = run("fill", template, data(tmp_path, "name: A\n"), "-o", out, "--json")
    told = json.loads(result.stdout)
    assert (result.exit_code, result.stderr) == (3, "")
    assert (told["written"], [f["code"] for f in told["findings"]]) == ([], ["name-unknown"])
