"""Findings: places, lines, the catalogue in five languages."""

from __future__ import annotations

import csv
from pathlib import Path
from string import Formatter

import pytest

import toolkit
from toolkit.finding import (
    LANGUAGES,
    Finding,
    Place,
    ProjectError,
    Severity,
    catalogue,
    finding,
    has_errors,
    near,
)

FOLDER = Path(toolkit.__file__).parent / "data" / "findings"


def rows() -> list[tuple[str, dict[str, str]]]:
    return [
        (file.name, row)
        for file in sorted(FOLDER.glob("*.tsv"))
        for row in csv.DictReader(
            file.read_text(encoding="utf-8").splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE
        )
    ]


def names(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        (Place("a.yaml"), "a.yaml"),
        (Place("a.yaml").at(("line", 14), ("column", 9)), "a.yaml:14:9"),
        (
            Place("a.yaml", (("line", 2), ("column", 1), ("path", "risks[ri01]"))),
            "a.yaml:2:1 > risks[ri01]",
        ),
        (Place("a.xlsx", (("sheet", "Risks"), ("at", "C7"))), "a.xlsx > Risks!C7"),
        (Place("a.docx", (("table", 2), ("row", 3))), "a.docx > table 2, row 3"),
    ],
)
def test_places_read_as_their_programs_write_them(place: Place, expected: str) -> None:
    assert place.text() == expected


def test_a_place_speaks_the_readers_language() -> None:
    assert Place("a.docx", (("table", 2), ("row", 3))).text("fi") == "a.docx > taulukko 2, rivi 3"


def test_a_line_is_place_message_hint() -> None:
    found = finding("bad-option", Place("p.yaml"), value="x", options="a, b", near="a")
    assert found.line("en") == "p.yaml: “x” is none of a, b; did you mean “a”?"
    assert found.line("sv").endswith("menade du ”a”?")


def test_a_hint_without_its_word_is_left_out() -> None:
    found = finding("reference-unknown", Place("p.xlsx"), value="x", near="")
    assert found.hint("nb") == ""
    assert found.line("nb").endswith("dokumentet kjenner")


def test_another_hint_stands_in_where_the_first_lacks_its_word() -> None:
    found = finding("bad-option", Place("p.yaml"), value="x", options="a, b", near="")
    assert found.line("nb").endswith("valgene a, b; skriv et av dem")


def test_findings_as_data() -> None:
    found = finding("not-utf8", Place("p.yaml", (("line", 1), ("column", 8))))
    assert found.as_dict("da") == {
        "code": "not-utf8",
        "severity": "error",
        "place": "p.yaml:1:8",
        "message": "filen er ikke gemt som UTF-8",
        "hint": "vælg UTF-8, når du gemmer filen",
    }


def test_an_unknown_code_is_a_bug() -> None:
    with pytest.raises(KeyError):
        finding("no-such-code", Place("x"))


def test_errors_stop_and_warnings_do_not() -> None:
    error = finding("file-empty", Place("x"))
    warning = finding("huki-no-u", Place("x"))
    assert error.severity is Severity.ERROR
    assert has_errors([warning, error])
    assert not has_errors([warning])


def test_an_error_carries_its_findings() -> None:
    found = finding("file-empty", Place("p.yaml"))
    error = ProjectError([found])
    assert error.findings == (found,)
    assert str(error).startswith("p.yaml: the file is empty")


def test_near_words() -> None:
    assert near("Probabilty", ["probability", "consequence"]) == "probability"
    assert near("zzz", ["probability"]) == ""


def test_every_code_stands_in_one_file() -> None:
    homes: dict[str, set[str]] = {}
    for file, row in rows():
        homes.setdefault(row["code"], set()).add(file)
    assert {code: files for code, files in homes.items() if len(files) > 1} == {}


def test_every_text_stands_in_five_languages_with_the_same_words_to_fill_in() -> None:
    for file, row in rows():
        if row["kind"] == "meaning":
            continue
        wanted = names(row["en"])
        for language in LANGUAGES:
            assert row[language].strip(), (file, row["code"], row["kind"], language)
            assert names(row[language]) == wanted, (file, row["code"], language)


def test_every_message_can_be_filled_in() -> None:
    for code, entry in catalogue().items():
        wanted = names(entry.message["en"]) | names(entry.hint.get("en", ""))
        wanted |= names(entry.otherwise.get("en", ""))
        found = Finding(code, Place("f"), tuple((name, "x") for name in wanted))
        for language in LANGUAGES:
            assert found.line(language).startswith("f: "), (code, language)
