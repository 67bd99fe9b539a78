"""What Microsoft Forms exports: one row a respondent, one column a question by its text."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import datetime

import pytest
import xlsxwriter
from returned_files import READER, codes, places, reason, values

from toolkit.collect.read import Given
from toolkit.collect.returned import Returned
from toolkit.finding import LANGUAGES
from toolkit.language import Labels

ABOUT = {
    "nb": ("ID", "Starttidspunkt", "Fullføringstidspunkt", "E-postadresse", "Navn"),
    "da": ("ID", "Starttidspunkt", "Fuldførelsestidspunkt", "Mail", "Navn"),
    "sv": ("ID", "Starttid", "Slutförandetid", "E-post", "Namn"),
    "fi": ("Tunnus", "Aloitusaika", "Valmistumisaika", "Sähköposti", "Nimi"),
    "en": ("ID", "Start time", "Completion time", "Email", "Name"),
}
QUESTIONS = ("f.respondent_role", "qe.people.1", "qe.technology.1", "qe.overall.1", "f.works_well")
WHEN = datetime(2026, 12, 3, 9, 30)


def export(headings: Sequence[str], *rows: Sequence[object]) -> bytes:
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"default_date_format": "dd.mm.yyyy"}) as book:
        sheet = book.add_worksheet("Form1")
        for number, row in enumerate((headings, *rows)):
            sheet.write_row(number, 0, row)
    return stream.getvalue()


def read(data: bytes) -> tuple[Returned, ...]:
    return READER.read_all(Given("Svar.xlsx", data))


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_row_is_a_respondent(language: str) -> None:
    labels = Labels.load(language)
    headings = (*ABOUT[language], *map(labels.t, QUESTIONS))
    about = (1, WHEN, WHEN, "anonymous", "Kari Nordmann")
    data = export(
        headings,
        (*about, "", labels.label("likert", "4"), labels.label("likert", "na"), "5", "Alt"),
        (*about, labels.label("respondent_role", "user"), labels.label("likert", "1"), "", "", ""),
    )
    first, second = read(data)
    assert values(first) == {
        ("evaluation", "qe.people.1", "f.answer"): "4",
        ("evaluation", "qe.technology.1", "f.answer"): "na",
        ("evaluation", "qe.overall.1", "f.answer"): "5",
        ("form", "", "f.works_well"): "Alt",
    }
    assert values(second)["evaluation", "qe.people.1", "f.answer"] == "1"
    assert second.role == "user"
    assert (codes(first), codes(second)) == (["unidentified"], [])
    assert (first.file, second.file) == ("Svar.xlsx", "Svar.xlsx (3)")
    assert first.sha256 != second.sha256
    assert "Kari" not in f"{first}{second}"


def test_near_and_unknown_questions_are_told() -> None:
    labels = Labels.load("nb")
    texts = [labels.t(key) for key in QUESTIONS]
    texts[1] = "Tjenesten er god for de som bruker den"
    data = export(
        (*ABOUT["nb"], *texts, "Hva heter hunden din?"), (*[""] * 6, "4", "5", "5", "", "Rex")
    )
    (found,) = read(data)
    assert values(found)["evaluation", "qe.people.1", "f.answer"] == "4"
    assert places(found, "column-near") == ["Form1!G1"]
    assert places(found, "column-extra") == ["Form1!K1"]
    near = next(f for f in found.findings if f.code == "column-near")
    assert int(dict(near.params)["likeness"]) > 85


def test_an_export_of_something_else_is_rejected() -> None:
    data = export((*ABOUT["nb"], "Hva heter hunden din?"), (*[""] * 5, "Rex"))
    assert reason(data) == "file-foreign"
