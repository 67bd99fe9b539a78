"""The report on returned files: who, what is missing, what contradicts, every finding and file."""

from __future__ import annotations

from functools import cache
from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook
from returned_example import presented

from toolkit.content.shown import Shown
from toolkit.document import load_documents, shipped_templates
from toolkit.finding import LANGUAGES
from toolkit.language import Labels
from toolkit.present.output import report
from toolkit.present.report import Report
from toolkit.store.records import Results

Rows = list[dict[str, Any]]


@cache
def drawn(language: str = "nb") -> Any:
    known = presented()
    documents = load_documents(shipped_templates())
    shown = Shown(Labels.load(language), documents, known.results.titles)
    made = report(Report(known.results, known.files, shown, known.day), known)
    return load_workbook(BytesIO(made.data))


def rows(sheet: str) -> Rows:
    page = drawn()[sheet]
    keys = [cell.value for cell in page[3]]
    values = ([cell.value for cell in row] for row in page.iter_rows(min_row=5))
    return [dict(zip(keys, row, strict=True)) for row in values]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_report_has_its_six_sheets_in_every_language(language: str) -> None:
    labels = Labels.load(language)
    keys = ("page", "who_answered", "values_missing", "conflicts", "all_findings", "files")
    assert drawn(language).sheetnames[:6] == [labels.t(f"s.{key}") for key in keys]


def test_who_answered_when_and_how_much() -> None:
    told = {row["rp.recipient"]: row for row in rows("Hvem har svart")}
    bryggen = next(row for name, row in told.items() if "un02" in name or "Bryggen" in name)
    assert (bryggen["rp.state"], round(bryggen["rp.complete"])) == ("Delvis utfylt", 58)
    late = [row["rp.late"] for row in told.values()]
    assert late.count("For sent") == 1
    assert late.count("Venter") == 1


def test_a_conflict_is_one_line_for_each_answer() -> None:
    first, second, *others = rows("Hva må avklares")
    assert {first["rp.file"], second["rp.file"]} == {"nord.xlsx", "solsiden.xlsx"}
    assert first["rp.cell"] == "Gevinstplan!C5"
    assert {row["rp.kind"] for row in others} == {"Svar som spriker"}


def test_every_file_is_there_with_what_became_of_it() -> None:
    told = {row["rp.file"]: row for row in rows("Filene")}
    assert len(told) == len(presented().files)
    assert (told["tom.xlsx"]["rp.status"], told["tom.xlsx"]["rp.reason"]) == (
        "Avvist",
        "filen er tom (0 byte)",
    )
    assert told["nord (1).xlsx"]["rp.status"] == "Sendt to ganger"


def test_every_finding_has_place_message_and_advice() -> None:
    told = {row["rp.code"]: row for row in rows("Alle funn")}
    assert told["returned-empty"]["rp.severity"] == "Må rettes"
    assert told["returned-empty"]["rp.place"] == "tom.xlsx"
    assert told["returned-empty"]["rp.hint"]
    assert "answers-conflict" in told


def test_nothing_collected_is_a_report_too() -> None:
    shown = Shown(Labels.load("en"), (), {})
    made = report(Report(Results(), (), shown), None)
    book = load_workbook(BytesIO(made.data))
    assert made.name == "report_en.xlsx"
    assert book["In short"]["B5"].value


def test_of_very_many_lines_the_first_are_shown_and_the_others_counted(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    known = presented()
    shown = Shown(Labels.load("en"), load_documents(shipped_templates()), known.results.titles)
    page = Report(known.results, known.files, shown, known.day)
    whole = page.tables()["files"]
    monkeypatch.setattr("toolkit.present.report.MOST_LINES", 2)
    first, second, more = page.tables()["files"]
    assert [first, second] == whole[:2]
    assert more["file"] == f"{len(whole) - 2} more lines are in results.sqlite (file)"
    assert set(more) == set(first)
    assert [value for name, value in more.items() if name != "file" and value] == []
