"""Templates of other people: filled and checked in a process that can be ended."""

from __future__ import annotations

import io
import sys
import time
from pathlib import Path
from typing import Any

import docx
import pytest
from click.testing import CliRunner

from toolkit.cli import toolkit
from toolkit.document import shipped_templates
from toolkit.finding import LimitError, TemplateError
from toolkit.office.isolation import Answer, Limits, isolated
from toolkit.produce import rendering
from toolkit.produce.mass import Task, fill_rows
from toolkit.produce.rendering import Job, check, render

SLOW = "{% for i in range(9999) %}{% set x = ('a' * 9000000) | upper %}{% endfor %}"
BIG = "{% for i in range(9999) %}{{ ('a' * 9000000) | upper }}{% endfor %}"
SOON = Limits(seconds=2)


def letter(folder: Path, *paragraphs: str) -> Path:
    new = docx.Document()
    for text in paragraphs:
        new.add_paragraph(text)
    new.save(str(folder / "letter.docx"))
    return folder / "letter.docx"


def first(data: bytes) -> str:
    return str(docx.Document(io.BytesIO(data)).paragraphs[0].text)


def codes(job: Job) -> set[str]:
    """What is found, however it comes."""
    try:
        return {found.code for answer in render(job) for found in answer.findings}
    except LimitError as error:
        return {found.code for found in error.findings}


def test_rows_come_back_in_order_from_one_process(tmp_path: Path) -> None:
    rows: list[dict[str, Any]] = [{"name": f"n{number}"} for number in range(20)]
    answers = list(render(Job(letter(tmp_path, "Dear {{ name }}"), rows)))
    assert [first(answer.data) for answer in answers] == [f"Dear n{n}" for n in range(20)]


def test_findings_come_back_as_they_are(tmp_path: Path) -> None:
    template = letter(tmp_path, "{{ name }}", "{{ nme }}")
    here = list(rendering.render_here(Job(template, [{"name": "x"}, {"nme": "y"}])))
    there = list(render(Job(template, [{"name": "x"}, {"nme": "y"}])))
    assert [a.findings for a in there] == [a.findings for a in here]
    assert [f.code for a in there for f in a.findings] == ["name-unknown", "name-unknown"]


def test_faults_of_the_template_are_raised_here(tmp_path: Path) -> None:
    with pytest.raises(TemplateError) as error:
        list(render(Job(letter(tmp_path, "{{ a. }}"), [{}])))
    assert [f.line() for f in error.value.findings][0].startswith("letter.docx > paragraph 1: ")


@pytest.mark.parametrize("ask", [lambda job: list(render(job)), check])
def test_a_hang_is_one_finding(tmp_path: Path, ask: Any) -> None:
    start = time.monotonic()
    with pytest.raises(LimitError) as error:
        ask(Job(letter(tmp_path, SLOW), [{}], limits=SOON))
    assert [(f.code, f.place.file) for f in error.value.findings] == [
        ("template-limit", "letter.docx")
    ]
    assert time.monotonic() - start < 30


@pytest.mark.skipif(sys.platform == "win32", reason="memory cannot be capped on Windows")
def test_memory_has_an_end(tmp_path: Path) -> None:
    limits = Limits(seconds=60, memory=400)
    assert codes(Job(letter(tmp_path, BIG), [{}], limits=limits)) <= {
        "template-limit", "tag-too-much",
    }  # fmt: skip


def test_output_has_an_end(tmp_path: Path) -> None:
    template = letter(tmp_path, "{{ x }}")
    with pytest.raises(LimitError):
        list(render(Job(template, [{"x": "y"}], limits=Limits(output=0))))


def test_rows_before_a_hang_are_written(tmp_path: Path) -> None:
    template = letter(tmp_path, "{{ x }}{% if x == 'b' %}" + SLOW + "{% endif %}")
    limits = Limits(seconds=4)  # the first row has a process to start as well
    task = Task(template, str(tmp_path / "{{ x }}.docx"), tmp_path, limits=limits)
    with pytest.raises(LimitError):
        list(fill_rows(task, [{"x": "a"}, {"x": "b"}, {"x": "c"}]))
    assert sorted(path.name for path in tmp_path.glob("?.docx")) == ["a.docx"]


def test_shipped_templates_are_filled_here(monkeypatch: pytest.MonkeyPatch) -> None:
    def none(*_: Any) -> Any:
        raise AssertionError("no process is needed")

    monkeypatch.setattr(rendering, "isolated", none)
    template = next(shipped_templates().rglob("*.docx"))
    assert isinstance(check(Job(template)), Answer)


def test_a_bug_in_the_worker_is_not_taken_for_a_limit() -> None:
    with pytest.raises(RuntimeError, match="No module named 'toolkit.nothing'"):
        list(isolated("toolkit.nothing:at_all", None, "x", Limits(seconds=30)))


def test_the_command_ends_with_6(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def soon(target: str, job: Any, name: str, limits: Limits) -> Any:
        return isolated(target, job, name, SOON)

    monkeypatch.setattr(rendering, "isolated", soon)
    data = tmp_path / "data.json"
    data.write_text("{}")
    arguments = ["fill", str(letter(tmp_path, SLOW)), str(data), "-o", str(tmp_path / "out.docx")]
    result = CliRunner().invoke(toolkit, [*arguments, "--lang", "en"])
    assert result.exit_code == 6
    assert result.stderr.startswith("letter.docx: the template was stopped: it took more than 2 s")
    assert not (tmp_path / "out.docx").exists()


def test_pictures_are_found_from_the_folder_of_the_data(tmp_path: Path) -> None:
    template = letter(tmp_path, "{{ include('part.docx') }}")
    other = tmp_path / "data"
    other.mkdir()
    new = docx.Document()
    new.add_paragraph("Part")
    new.save(str(other / "part.docx"))
    answers = list(render(Job(template, [{}], other)))
    assert first(answers[0].data) == "Part"
