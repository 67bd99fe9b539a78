"""What Microsoft Forms exports: one row a respondent, one column a question by its text."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import pytest
import xlsxwriter
from returned_files import READER, RETURNED, codes, places, reason, values

from toolkit.collect.read import Given, Reader, Settings
from toolkit.collect.reading.values import Words, read_value
from toolkit.collect.returned import Returned
from toolkit.document import load_document
from toolkit.field import Field, FieldType
from toolkit.finding import LANGUAGES
from toolkit.language import Labels
from toolkit.method.evaluation import FACTORS, OPEN_QUESTIONS, STATEMENTS

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


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_question_of_the_evaluation_is_known(language: str) -> None:
    labels = Labels.load(language)
    keys = [*STATEMENTS, *OPEN_QUESTIONS, "f.respondent_role"]
    answers = [*[labels.label("likert", "2")] * len(STATEMENTS), *["Ord"] * len(OPEN_QUESTIONS)]
    role = labels.label("respondent_role", "it")
    (found,) = read(export([*ABOUT[language], *map(labels.t, keys)], [*[""] * 5, *answers, role]))
    said = values(found)
    assert {row: value for (table, row, _), value in said.items() if table == "evaluation"} == (
        dict.fromkeys(STATEMENTS, "2")
    )
    assert {field for table, _, field in said if table == "form"} == set(OPEN_QUESTIONS)
    assert found.role == "it"
    assert codes(found) == ["unidentified"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("heading", ["{group}.{own}", "{group} [{own}]", "{group}. {own}", "{own}"])
def test_statements_of_a_likert_question(language: str, heading: str) -> None:
    labels = Labels.load(language)
    group = labels.t("ui.evaluation_intro")
    heads = [heading.format(group=group, own=labels.t(key)) for key in STATEMENTS]
    (found,) = read(export(heads, [labels.label("likert", "5")] * len(heads)))
    assert set(values(found).values()) == {"5"}
    assert len(values(found)) == len(STATEMENTS)
    assert codes(found) == ["unidentified"]


SHEET = """\
doc: d.28
title: d.28
phases: [p4]
copies: respondent
sheets:
  s.info:
    part: info
    options: {anonymous: true}
    columns:
      - {field: f.respondent_role, type: choice, choices: respondent_role, origin: P/F}
  s.factors:
    part: table
    key: [f.factor]
    columns:
      - {field: f.factor, origin: P, merge: key}
      - {field: f.phase, type: choice, choices: phase, origin: P/F}
      - {field: f.barrier_score, type: choice, choices: barrier, required: true, merge: mean}
"""


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_holds_back_or_helps(language: str, tmp_path: Path) -> None:
    """The questions of d.28, read by whatever document of that number asks them."""
    labels = Labels.load(language)
    path = tmp_path / "xlsx" / "factors.yaml"
    path.parent.mkdir()
    path.write_text(SHEET, "utf-8")
    reader = Reader(Settings((*RETURNED, load_document(path))))
    answers = [labels.label("barrier", key) for key in ("m2", "m1", "z0", "p1", "p2")]
    rows = [[answers[n % 5] for n, _ in enumerate(FACTORS)]]
    data = export([*ABOUT[language], *map(labels.t, FACTORS)], [*[""] * 5, *rows[0]])
    (found,) = reader.read_all(Given("svar.xlsx", data))
    assert found.doc == "d.28"
    keys = ("m2", "m1", "z0", "p1", "p2")
    assert values(found) == {
        ("factors", key, "f.barrier_score"): keys[n % 5] for n, key in enumerate(FACTORS)
    }
    assert codes(found) == ["unidentified"]


def test_several_choices_in_one_cell() -> None:
    """Microsoft Forms ends every one of several choices with a semicolon."""
    field = Field(field="f.dimension", type=FieldType.MULTI, choices="likert")
    words = Words(Labels.load("nb"), {})
    labels = words.labels
    raw = "".join(f"{labels.label('likert', key)};" for key in ("2", "4"))
    assert read_value(raw, field, words).value == "2; 4"


def test_answers_are_searched_for_personal_data() -> None:
    labels = Labels.load("nb")
    heads = [*ABOUT["nb"], *map(labels.t, QUESTIONS)]
    data = export(heads, [*[""] * 6, *["4 – Ganske enig"] * 3, "Ring meg på +47 912 34 567"])
    (found,) = read(data)
    assert places(found, "personal-phone") == ["Form1!J2"]


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
