"""The report on returned files: who, what is missing, what contradicts, every finding and file."""

from __future__ import annotations

import csv
from dataclasses import replace
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from returned_example import presented

from toolkit.content.shown import Shown
from toolkit.document import load_documents, shipped_templates
from toolkit.finding import LANGUAGES
from toolkit.language import Labels
from toolkit.present.output import lists_beside, report
from toolkit.present.report import Report
from toolkit.store.records import Results

Rows = list[dict[str, Any]]
SHEETS = ("To be resolved", "The files", "Who answered", "What is missing", "All findings")


@cache
def drawn(language: str = "nb") -> Any:
    known = presented()
    documents = load_documents(shipped_templates())
    shown = Shown(Labels.load(language), documents, known.results.titles)
    page = Report(known.results, known.files, shown, known.day)
    made = report(page, known, lists_beside(Path("nowhere"), language))
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
    late = [row["rp.late"] for row in rows("Hvem har svart")]
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
    made = report(Report(Results(), (), shown), None, lists_beside(Path("nowhere"), "en"))
    book = load_workbook(BytesIO(made.data))
    assert made.name == "report_en.xlsx"
    assert book["In short"]["B5"].value


def test_what_must_be_acted_on_stands_first() -> None:
    assert rows("Hvem har svart")[0]["rp.state"] == "Ikke returnert"
    assert [row["rp.status"] for row in rows("Filene")][-1] == "Lest"
    assert rows("Filene")[0]["rp.status"] == "Avvist"


def test_of_very_many_lines_the_sheet_has_the_most_urgent_and_a_file_has_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = presented()
    shown = Shown(Labels.load("en"), load_documents(shipped_templates()), known.results.titles)
    page = Report(known.results, known.files, shown, known.day)
    whole = page.tables(lists_beside(tmp_path, "en"))["files"]
    monkeypatch.setattr("toolkit.present.report.MOST_LINES", 2)
    beside = lists_beside(tmp_path, "en")
    more, first, second = page.tables(beside)["files"]
    assert [first, second] == whole[:2]
    assert (
        more["file"] == f"{len(whole) - 2} more lines; all of them are in report_en_the-files.csv"
    )
    assert set(more) == set(first)
    assert [value for name, value in more.items() if name != "file" and value] == []
    with (tmp_path / "report_en_the-files.csv").open(encoding="utf-8-sig", newline="") as stream:
        titles, *lines = csv.reader(stream)
    assert titles[:2] == ["File", "What happened"]
    assert [line[0] for line in lines] == [file.name for file in known.files]
    assert {(line[0], line[1], line[2]) for line in lines} == {
        (row["file"], row["status"], row["reason"] or "") for row in whole
    }
    assert set(beside.paths) >= {tmp_path / "report_en_the-files.csv"}


def test_answers_beyond_those_shown_are_counted_in_the_sheet(tmp_path: Path) -> None:
    known = presented()
    shown = Shown(Labels.load("en"), load_documents(shipped_templates()), known.results.titles)
    contested = next(m for m in known.results.merged if m.conflict)
    many = replace(contested, n=len(contested.standing) + 1200)
    page = Report(Results(merged=(many,)), (), shown)
    *answers, more = page.tables(lists_beside(tmp_path, "en"))["conflicts"]
    assert [row["file"] for row in answers] == [source.file for source in many.standing]
    assert more["answer"] == "1,200 more lines are in results.sqlite (sources)"
    assert (more["field"], more["stands"]) == (answers[0]["field"], answers[0]["stands"])
    assert more["file"] is None


def test_a_list_that_is_short_again_stands_beside_no_more(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = presented()
    shown = Shown(Labels.load("en"), load_documents(shipped_templates()), known.results.titles)
    page = Report(known.results, known.files, shown, known.day)
    with monkeypatch.context() as few:
        few.setattr("toolkit.present.report.MOST_LINES", 2)
        page.tables(lists_beside(tmp_path, "en"))
    other = tmp_path / "report_nb_filene.csv"
    other.touch()
    assert (tmp_path / "report_en_the-files.csv").is_file()
    beside = lists_beside(tmp_path, "en")
    page.tables(beside)
    beside.tidied()
    assert list(tmp_path.iterdir()) == [other]


def test_a_section_of_the_page_that_is_cut_says_which_sheet_has_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = presented()
    shown = Shown(Labels.load("en"), load_documents(shipped_templates()), known.results.titles)
    page = Report(known.results, known.files, shown, known.day)
    whole = [row["line"] for row in page.tables(lists_beside(tmp_path, "en"))["page"]]
    monkeypatch.setattr("toolkit.content.page.MOST_HELD", 1)
    cut = page.tables(lists_beside(tmp_path, "en"))["page"]
    told = [row["line"] for row in cut if row["line"].startswith("…")]
    assert told
    assert set(told) <= {
        f"… and {n} more, see the sheet “{s}”" for n in range(1, 20) for s in SHEETS
    }
    assert len(cut) < len(whole)
