"""Document sheets: read, overlaid, wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from toolkit.document import (
    Copies,
    Document,
    check_document,
    load_document,
    load_documents,
    shipped_templates,
)
from toolkit.field import FieldType, Origin
from toolkit.finding import TemplateError

SHEET = """\
doc: d.23
title: d.23
phases: [p3, p4]
copies: workshop
sheets:
  s.info: {part: info}
  s.risks:
    rows: risks
    key: [f.hazard]
    options: {wide: true, most: 3, share: 2.5, version: "1.0", words: [a, 2], inner: {on: false}}
    columns:
      - {field: f.hazard, type: text, origin: P/F, required: true, merge: "one, list", width: 30}
      - {field: f.no, type: choice, choices: yesno}
  s.lists:
"""


def sheet(folder: Path, text: str = SHEET, name: str = "ros", format: str = "xlsx") -> Path:
    path = folder / format / f"{name}.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def wrong(folder: Path, text: str) -> list[tuple[str, str]]:
    path = sheet(folder, text)
    _, findings = check_document(path)
    return [(f.code, f.place.text().removeprefix(str(path)).lstrip(":")) for f in findings]


def test_a_sheet_becomes_a_document(tmp_path: Path) -> None:
    document = load_document(sheet(tmp_path))
    assert (document.id, document.format, document.doc) == ("ros", "xlsx", "d.23")
    assert document.template == tmp_path / "xlsx" / "ros.xlsx"
    assert document.copies == (Copies.WORKSHOP,)
    assert list(document.sections) == ["s.info", "s.risks", "s.lists"]
    hazard = document.sections["s.risks"].columns[0]
    assert (hazard.type, hazard.origin, hazard.required) == (
        FieldType.TEXT,
        Origin.EDITABLE,
        True,
    )
    assert hazard.merge == ("one", "list")
    assert hazard.width == 30
    assert hazard.name == "hazard"


def test_options_keep_the_types_of_yaml(tmp_path: Path) -> None:
    options = load_document(sheet(tmp_path)).sections["s.risks"].options
    assert options == {
        "wide": True,
        "most": 3,
        "share": 2.5,
        "version": "1.0",
        "words": ["a", 2],
        "inner": {"on": False},
    }


@pytest.mark.parametrize("word", ["sections", "sheets", "slides"])
def test_sections_go_by_the_formats_own_name(tmp_path: Path, word: str) -> None:
    document = load_document(sheet(tmp_path, SHEET.replace("sheets:", f"{word}:")))
    assert "s.risks" in document.sections


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("copies: workshop", "copys: workshop", [("unknown-sheet-key", "4:1 > copys")]),
        ("rows: risks", "rowz: risks",
         [("unknown-sheet-key", "8:5 > sheets.s.risks.rowz")]),
        ("type: choice", "type: choise",
         [("bad-option", "13:29 > sheets.s.risks.columns[2].type")]),
        ("type: choice", "typ: choice",
         [("unknown-sheet-key", "13:23 > sheets.s.risks.columns[2].typ")]),
        ("width: 30", "width: wide",
         [("not-a-number", "12:95 > sheets.s.risks.columns[1].width")]),
        ("doc: d.23\n", "", [("missing-key", "1:1 > doc")]),
        ("copies: workshop", "copies: everyone", [("bad-option", "4:9 > copies[1]")]),
    ],
)  # fmt: skip
def test_faults_have_a_line_and_the_nearest_key(
    tmp_path: Path, old: str, new: str, expected: list[tuple[str, str]]
) -> None:
    assert wrong(tmp_path, SHEET.replace(old, new)) == expected


def test_the_nearest_key_is_named(tmp_path: Path) -> None:
    _, findings = check_document(sheet(tmp_path, SHEET.replace("rows: risks", "rowz: risks")))
    assert findings[0].hint("en") == "did you mean “rows”?"


def test_documents_come_by_number_then_format(tmp_path: Path) -> None:
    for number, format in (("d.12", "xlsx"), ("d.02", "docx"), ("d.02", "xlsx"), ("00", "docx")):
        sheet(tmp_path, SHEET.replace("d.23", number), f"n{number[-2:]}", format)
    told = [(d.doc, d.format) for d in load_documents(tmp_path)]
    assert told == [("00", "docx"), ("d.02", "xlsx"), ("d.02", "docx"), ("d.12", "xlsx")]


def test_a_later_folder_replaces_file_by_file(tmp_path: Path) -> None:
    ours, theirs = tmp_path / "ours", tmp_path / "theirs"
    sheet(ours)
    sheet(ours, SHEET.replace("d.23", "d.12"), "huki")
    sheet(theirs, SHEET.replace("phases: [p3, p4]", "phases: [p1]"))
    documents = {d.id: d for d in load_documents(ours, theirs)}
    assert documents["ros"].phases == ("p1",)
    assert documents["ros"].folder == theirs / "xlsx"
    assert documents["huki"].folder == ours / "xlsx"


def test_the_faults_of_every_sheet_are_told_at_once(tmp_path: Path) -> None:
    sheet(tmp_path, SHEET.replace("copies", "copys"))
    sheet(tmp_path, SHEET.replace("rows", "rowz"), "huki")
    with pytest.raises(TemplateError) as caught:
        load_documents(tmp_path, tmp_path / "none")
    codes = sorted(f.code for f in caught.value.findings)
    assert codes == ["folder-not-found", "unknown-sheet-key", "unknown-sheet-key"]


def test_one_broken_sheet_raises(tmp_path: Path) -> None:
    with pytest.raises(TemplateError):
        load_document(sheet(tmp_path, "- nothing\n"))


def test_the_shipped_templates_are_found_and_sound() -> None:
    documents = load_documents(shipped_templates())
    assert len({(document.format, document.id) for document in documents}) == len(documents)
    assert all(isinstance(document, Document) for document in documents)
