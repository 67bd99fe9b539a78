"""Consolidated workbooks: the layout of the document, and what stands beside the answers."""

from __future__ import annotations

from functools import cache
from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook
from returned_example import presented

from toolkit.document import load_documents, shipped_templates
from toolkit.finding import LANGUAGES
from toolkit.language import Labels
from toolkit.present.workbook import workbooks

pytestmark = pytest.mark.filterwarnings(
    "ignore:.*extension is not supported"
)  # data bars, to openpyxl
KEYS, FIRST = 3, 5


@cache
def made(language: str = "nb") -> dict[str, Any]:
    books = workbooks(presented(), load_documents(shipped_templates()), language)
    return {book.name: load_workbook(BytesIO(book.data)) for book in books}


def rows(book: Any, sheet: str) -> dict[str, dict[str, Any]]:
    page = book[sheet]
    keys = [cell.value for cell in page[KEYS]]
    values = ([cell.value for cell in row] for row in page.iter_rows(min_row=FIRST))
    return {f"{row[0]}": dict(zip(keys, row, strict=True)) for row in values if row[0]}


def test_every_document_that_came_back_has_one() -> None:
    assert list(made()) == ["03_gevinstrealisering_nb.xlsx", "23_ros-analyse_nb.xlsx"]
    assert "23_riski-ja-haavoittuvuusanalyysi_fi.xlsx" in made("fi")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_conflict_lists_both_answers_with_their_senders(language: str) -> None:
    book = next(iter(made(language).values()))
    plan = rows(book, book.sheetnames[6])["b01"]
    told = plan["f.conflicts"]
    assert "nord.xlsx" in told
    assert "solsiden.xlsx" in told
    assert plan["f.marks"] == "|!f.benefit_owner|"


def test_a_conflict_keeps_what_was_sent_out() -> None:
    plan = rows(made()["03_gevinstrealisering_nb.xlsx"], "Gevinstplan")
    assert plan["b01"]["f.benefit_owner"] == plan["b02"]["f.benefit_owner"]


def test_risks_stand_as_judged_with_means_and_spread() -> None:
    risk = rows(made()["23_ros-analyse_nb.xlsx"], "Risikoer")["ri05"]
    assert risk["f.probability"] == "5 – Svært stor"
    assert risk["f.probability_mean"] == 3.7
    assert risk["f.responses"] == 3
    assert risk["f.spread"] == "Sannsynlighet (S): 2\nKonsekvens (K): 2"
    assert risk["f.risk_level"].startswith("=")


def test_a_row_staff_added_stands_last_and_is_text() -> None:
    risks = rows(made()["23_ros-analyse_nb.xlsx"], "Risikoer")
    assert list(risks)[-1] == "new-7f3a-1"
    assert risks["new-7f3a-1"]["f.sources"].startswith("Ny rad fra mottaker")
    page = made()["23_ros-analyse_nb.xlsx"]["Risikoer"]
    cell = next(c for row in page.iter_rows(min_row=FIRST) for c in row if _dangerous(c.value))
    assert cell.data_type == "s"


def _dangerous(value: object) -> bool:
    return isinstance(value, str) and value.startswith("=HYPERLINK")


def test_computed_cells_carry_what_the_answers_come_to() -> None:
    books = workbooks(presented(), load_documents(shipped_templates()), "nb")
    data = {book.name: book.data for book in books}["23_ros-analyse_nb.xlsx"]
    risks = rows(load_workbook(BytesIO(data), data_only=True), "Risikoer")
    assert risks["ri05"]["f.risk_value"] == 20
    assert risks["ri05"]["f.risk_level"] == "Kritisk – ikke akseptabel"
    assert risks["new-7f3a-1"]["f.risk_value"] == 8


def test_the_workbook_says_that_it_is_no_answer() -> None:
    pairs = {row[0].value: row[1].value for row in made()["23_ros-analyse_nb.xlsx"]["_meta"].rows}
    assert pairs["answered"] == "1"
    assert not pairs["copy_id"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_first_sheet_says_how_many_answered_and_what_is_contested(language: str) -> None:
    page = next(iter(made(language).values())).worksheets[0]
    told = {row[0].value: row[1].value for row in page.iter_rows(min_row=4) if row[0].value}
    labels = Labels.load(language)
    assert told[labels.t("wb.contested")] == "1"
    assert told[labels.t("wb.differing")] == "0"
    assert labels.t("wb.answers") in told
    assert labels.t("ui.legend_fill") not in {c.value for row in page.iter_rows() for c in row}
