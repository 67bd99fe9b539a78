"""A sheet saved as .csv: what it says is read by keys and headings, and whose it is, is asked."""

from __future__ import annotations

import codecs
import csv
import io

import pytest
from python_calamine import CalamineWorkbook
from returned_files import READER, RETURNED, codes, read_back, reason, ros, values, written

from toolkit.collect.limits import Limits
from toolkit.collect.read import Given, Reader, Settings
from toolkit.finding import LANGUAGES
from toolkit.language import Labels
from toolkit.method.evaluation import STATEMENTS

ANSWERS = {"H5": "4", "N5": "31.12.2026", "P5": 'Sa "nei"; og så ja,\nto linjer'}
WAYS = [("utf-8-sig", ";"), ("utf-8", ","), ("cp1252", ";"), ("utf-16", "\t"), ("utf-8", "\t")]


def rows_of(language: str = "nb") -> list[list[str]]:
    """The sheet of risks with three answers, as a spreadsheet shows it."""
    sheet = Labels.load(language).t("s.risks")
    book = CalamineWorkbook.from_filelike(io.BytesIO(written(ros(language), sheet, ANSWERS)))
    read = book.get_sheet_by_name(sheet).to_python(skip_empty_area=False)
    return [[_shown(cell) for cell in row] for row in read]


def _shown(cell: object) -> str:
    return f"{cell:g}".replace(".", ",") if isinstance(cell, float) else f"{cell}"


def text_of(rows: list[list[str]], separator: str = ";") -> str:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=separator).writerows(rows)
    return out.getvalue()


def told(name: str, data: bytes) -> tuple[str, dict[tuple[str, str, str], object], list[str]]:
    returned = read_back(data, name)
    return returned.doc, values(returned), codes(returned)


EXPECTED = {"f.probability": "4", "f.deadline": "2026-12-31"}


def answered(said: dict[tuple[str, str, str], object]) -> dict[str, str]:
    return {field: f"{said['risks', 'ri01', field]}" for field in EXPECTED}


@pytest.mark.parametrize(("encoding", "separator"), WAYS)
@pytest.mark.parametrize("keys", [True, False], ids=["keys", "headings"])
def test_every_coding_and_separator(encoding: str, separator: str, keys: bool) -> None:
    rows = [row for row in rows_of() if keys or "f.hazard" not in row]
    text = text_of(rows, separator).replace("–", "-") if encoding == "cp1252" else ""
    data = (text or text_of(rows, separator)).encode(encoding, "replace")
    doc, said, found = told("risikoer.csv", data)
    assert doc == "d.23"
    assert answered(said) == EXPECTED
    assert "text-unidentified" in found
    assert "unidentified" not in found
    assert ("keys-missing" in found) is not keys
    assert not {"table-missing", "place-missing"} & set(found)  # told as what a text is


@pytest.mark.parametrize("language", LANGUAGES)
def test_headings_of_every_language(language: str) -> None:
    rows = [row for row in rows_of(language) if "f.hazard" not in row]
    doc, said, _ = told("x.csv", text_of(rows).encode())
    assert doc == "d.23"
    assert answered(said) == EXPECTED


def test_a_text_with_excels_line_on_its_separator_and_the_wrong_name() -> None:
    data = ("sep=;\r\n" + text_of(rows_of())).encode("utf-8-sig")
    doc, said, found = told("risikoer.xlsx", data)
    assert (doc, answered(said)) == ("d.23", EXPECTED)
    assert "name-differs" in found


def test_a_survey_exported_as_text_has_a_respondent_a_row() -> None:
    labels = Labels.load("fi")
    questions = [f"{labels.t(key)}" for key in STATEMENTS]
    answers = [labels.label("likert", "4")] * len(questions)
    text = text_of([["Aikaleima", *questions], ["1", *answers], ["2", *answers]], ",")
    found = READER.read_all(Given("vastaukset.csv", text.encode()))
    assert [len(one.cells) for one in found] == [len(STATEMENTS)] * 2
    assert {cell.value for one in found for cell in one.cells} == {"4"}


def test_it_is_a_copy_of_its_own_and_nobodys() -> None:
    returned = read_back(text_of(rows_of()).encode(), "23_ros_nb_it-leder.csv")
    assert (returned.copy_id, returned.role, returned.unit_id, returned.kind) == ("", "", "", "csv")
    assert {cell.steps[0] for cell in returned.cells} == {("sheet", "23_ros_nb_it-leder")}


def test_a_text_that_is_no_table_of_the_kit() -> None:
    assert reason(b"Navn;Antall\r\nNatt;12\r\n", "x.csv") == "text-foreign"
    assert reason(b'f.id;"f.hazard\r\nri01;"x', "x.csv") == "file-damaged"  # a quote left open


def test_a_table_of_two_documents_is_not_guessed() -> None:
    own = next(d for d in RETURNED if (d.id, d.format) == ("ros", "xlsx"))
    twin = own.model_copy(update={"id": "twin", "doc": "d.99"})
    reader = Reader(Settings((*RETURNED, twin)))
    data = text_of(rows_of()).encode()
    assert reason(data, "x.csv", reader) == "text-ambiguous"
    assert reason(data, "x.csv", READER) == ""


@pytest.mark.parametrize(
    ("limits", "code"),
    [
        (Limits(rows=10), "sheet-too-large"),
        (Limits(columns=5), "sheet-too-large"),
        (Limits(cells=50), "sheet-too-large"),
        (Limits(area=100), "sheet-too-spread"),
    ],
)
def test_its_limits(limits: Limits, code: str) -> None:
    reader = Reader(Settings(RETURNED, limits))
    assert reason(text_of(rows_of()).encode(), "x.csv", reader) == code


def test_bytes_that_are_no_letters() -> None:
    data = codecs.BOM_UTF16_LE + ("a;b\n" * 500).encode("utf-16-le") + b"\x00\xd8"
    assert reason(data, "x.csv") == "file-damaged"
