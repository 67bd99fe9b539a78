"""The data of ``toolkit fill``, and where its results go."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import docx
import pytest

from toolkit.finding import LimitError, TemplateError, ToolkitError
from toolkit.office.package.package import Package
from toolkit.produce.data_file import LIMITS, read_rows
from toolkit.produce.mass import Task, fill_rows, out_paths


def rows(folder: Path, name: str, text: str | bytes) -> list[dict[str, Any]]:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_rows(path)


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        (
            "a.yaml",
            "name: Fjordvik\ncountry: NO\nn: 3\n",
            [{"name": "Fjordvik", "country": "NO", "n": 3}],
        ),
        ("a.yml", "day: 2026-01-12\nnone:\n", [{"day": date(2026, 1, 12), "none": None}]),
        ("a.yaml", "- {id: 1}\n- {id: 2}\n", [{"id": 1}, {"id": 2}]),
        ("a.yaml", "", [{}]),
        ("a.json", '\ufeff{"x": [1, null, 2.5]}', [{"x": [1, None, 2.5]}]),
        ("a.json", '[{"id": 1}, {"id": 2}]', [{"id": 1}, {"id": 2}]),
        ("a.jsonl", '{"id": 1}\r\n\r\n{"id": 2}\r\n', [{"id": 1}, {"id": 2}]),
    ],
)
def test_data_of_every_kind(
    tmp_path: Path, name: str, text: str, expected: list[dict[str, Any]]
) -> None:
    assert rows(tmp_path, name, text) == expected


@pytest.mark.parametrize(
    ("name", "text", "place"),
    [
        ("a.json", '{"x": 1\n"y"}', "a.json:2:1"),
        ("a.jsonl", '{"x": 1}\n{"x"', "a.jsonl:2:5"),
        ("a.json", '{"x": NaN}', "a.json:1"),
        ("a.json", "[1, 2]", "a.json:1"),
        ("a.json", '"text"', "a.json:1"),
        ("a.json", "[" * 100_000, "a.json:1"),
    ],
)
def test_data_that_cannot_be_read_is_told_where(
    tmp_path: Path, name: str, text: str, place: str
) -> None:
    with pytest.raises(TemplateError) as caught:
        rows(tmp_path, name, text)
    assert [f.code for f in caught.value.findings] == ["data-unreadable"]
    assert caught.value.findings[0].place.text() == f"{tmp_path / place}"


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("a.json", b'{"x": "\xe6"}', "not-utf8"),
        ("a.yaml", b"x: \xe6\n", "not-utf8"),
        ("a.yaml", b"x: [1\n", "yaml-bracket"),
        ("a.yaml", b"x: 1\nx: 2\n", "duplicate-key"),
        ("a.yaml", b"a: &a [1]\nb: [" + b"*a, " * 200 + b"*a]\n", "yaml-aliases"),
        ("a.yaml", b"x: 1\n" * 300_000, "file-too-large"),
    ],
)
def test_yaml_keeps_its_limits(tmp_path: Path, name: str, data: bytes, code: str) -> None:
    with pytest.raises(ToolkitError) as caught:
        rows(tmp_path, name, data)
    assert caught.value.findings[0].code == code
    assert isinstance(caught.value, LimitError) == (code in LIMITS)


def test_a_missing_data_file_is_told(tmp_path: Path) -> None:
    for name in ("a.json", "a.yaml", "a.jsonl"):
        with pytest.raises(TemplateError):
            read_rows(tmp_path / name)


def test_each_row_names_its_own_file() -> None:
    paths = out_paths("letters/{{ id }}-{{ name }}.docx", [{"id": 1, "name": "Åse"}])
    assert paths == [Path("letters/1-Åse.docx")]


def test_a_name_from_data_leads_to_no_other_folder() -> None:
    rows = [{"x": "../../etc/passwd"}, {"x": 'C:\\a:*?"<>|'}, {"x": " name. "}]
    names = [path.name for path in out_paths("out/{{ x }}.docx", rows)]
    assert names == ["-..-etc-passwd.docx", "C--a-------.docx", "name.docx"]
    assert {path.parent for path in out_paths("out/{{ x }}.docx", rows)} == {Path("out")}


@pytest.mark.parametrize("out", ["{{ y }}.docx", "{{ x", "{{ x.__class__.mro() }}.docx"])
def test_a_name_that_cannot_be_made(out: str) -> None:
    with pytest.raises(TemplateError) as caught:
        out_paths(out, [{"x": 1}])
    assert [f.code for f in caught.value.findings] == ["out-name"]


def test_two_rows_never_share_a_file() -> None:
    with pytest.raises(TemplateError) as caught:
        out_paths("{{ x }}.docx", [{"x": "a"}, {"x": "b"}, {"x": "A"}])
    assert [f.code for f in caught.value.findings] == ["out-name-repeats"] * 2
    with pytest.raises(TemplateError):
        out_paths("same.docx", [{}, {}])


def letter(folder: Path, suffix: str = ".docx", kind: str = "") -> Path:
    new = docx.Document()
    new.add_paragraph("Dear {{ name }}")
    path = folder / f"letter{suffix}"
    new.save(str(path))
    if kind:
        package = Package.open(path)
        package.set_content_type(package.main, kind)
        path.write_bytes(package.save())
    return path


_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml"
_MACRO = "application/vnd.ms-word.template.macroEnabledTemplate.main+xml"


@pytest.mark.parametrize(
    ("kind", "out", "suffix"),
    [
        ("", "a.pdf", ".docx"), ("", "a.dotx", ".docx"), ("", "a", ".docx"),
        (_WORD, "a.dotx", ".docx"), (_MACRO, "a.docx", ".docm"),
    ],
)  # fmt: skip
def test_a_name_office_would_not_open_is_told(
    tmp_path: Path, kind: str, out: str, suffix: str
) -> None:
    task = Task(letter(tmp_path, ".dotx", kind), str(tmp_path / out), tmp_path)
    with pytest.raises(TemplateError) as caught:
        list(fill_rows(task, [{"name": "A"}]))
    assert [(f.code, dict(f.params)) for f in caught.value.findings] == [
        ("out-suffix", {"suffix": suffix})
    ]
    assert not (tmp_path / out).exists()


def test_the_template_is_never_overwritten(tmp_path: Path) -> None:
    template = letter(tmp_path)
    before = template.read_bytes()
    out = tmp_path / "x" / ".." / "letter.docx"
    with pytest.raises(TemplateError) as caught:
        list(fill_rows(Task(template, str(out), tmp_path), [{"name": "A"}]))
    assert [f.code for f in caught.value.findings] == ["out-is-template"]
    assert template.read_bytes() == before
