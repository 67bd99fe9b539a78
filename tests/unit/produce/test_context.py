"""The names templates may use, for every kind of copy."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from toolkit.content.fan_out import Audience, Copy
from toolkit.content.reading import read
from toolkit.content.tables import sheets
from toolkit.content.views import overview
from toolkit.content.wording import wording
from toolkit.document import Document, Section, load_documents, shipped_templates
from toolkit.field import Field
from toolkit.finding import LANGUAGES, TemplateError
from toolkit.language import Labels
from toolkit.produce.context import context
from toolkit.produce.edition import Edition
from toolkit.produce.identity import Source
from toolkit.produce.request import Request, chosen, documents_of, unknown_labels
from toolkit.project import Project, read_project

EXAMPLES = Path(__file__).parents[3] / "examples"
EVERYBODY = Audience(units=("un01", "un02"), roles=("user", "it"), period="2027-06")


@cache
def project(name: str) -> Project:
    return read_project(EXAMPLES / name / "project.yaml")


def document(*copies: str, doc: str = "d.03", **more: Any) -> Document:
    given = {"id": "benefits", "format": "xlsx", "title": doc, "phases": ("p1",)}
    return Document(**(given | {"doc": doc, "copies": copies or ("one",)} | more))


def edition(name: str = "trygg-natt", language: str = "nb", *documents: Document) -> Edition:
    source = Source(name, "hash", date(2026, 5, 1))
    reading = read(project(name), Labels.load(language))
    return Edition(reading, source, documents or (document(),), EVERYBODY)


def made(name: str = "trygg-natt", language: str = "nb", **copy: Any) -> dict[str, Any]:
    whole = edition(name, language)
    return context(whole, Copy(whole.documents[0], **copy))


def values(data: Any) -> Iterator[Any]:
    if isinstance(data, dict):
        for key, value in data.items():
            yield key
            yield from values(value)
    elif isinstance(data, list):
        for value in data:
            yield from values(value)
    else:
        yield data


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["trygg-natt", "minimal"])
def test_the_context_is_plain_data(name: str, language: str) -> None:
    kinds = {type(value) for value in values(made(name, language))}
    assert kinds <= {str, int, float, bool, date, type(None)}


def test_example_and_smallest_description_have_the_same_names() -> None:
    rich, poor = made(), made("minimal")
    assert rich.keys() == poor.keys()
    assert rich["tables"].keys() == poor["tables"].keys()
    assert rich["view"].keys() == poor["view"].keys()
    assert rich["info"].keys() == poor["info"].keys()


def test_the_description_stands_under_its_own_keys() -> None:
    told = made()
    assert told["project"]["name"] == "Trygg natt – digitalt tilsyn i Fjordvik kommune"
    assert told["goals"]["sub_goals"][0]["target_date"] == date(2027, 12, 31)
    assert told["risks"][0]["responsible"] == "IT-ansvarlig"
    assert told["risks"][0]["responsible_id"] == "ro09"
    assert told["governance"]["team_ids"][0] == "ro02"
    assert told["organisation"]["type_key"] == "municipality"
    assert made("minimal")["project"]["tagline"] == ""
    assert made("minimal")["pilot"]["units"] == []


def test_info_says_none_where_there_is_nothing_to_say() -> None:
    told = made("minimal")["info"]
    assert told["document"] == "Gevinstrealisering"
    assert told["phase"] == "Forankring"
    assert told["date"] == date(2026, 5, 1)
    assert (told["unit"], told["return_to"], told["return_by"], told["version"]) == (None,) * 4
    assert told["footer"] == "Lillevik kommune"


def test_a_units_copy() -> None:
    told = made(unit="un02")
    assert told["copy"]["unit"] == told["info"]["unit"] == "Bryggen omsorgsboliger"
    assert told["identity"]["unit_id"] == "un02"
    assert {row["unit_id"] for row in told["tables"]["measurements"]} == {"un02"}
    assert told["benefits"][0]["volume_per_year"] is None
    assert told["view"]["net"]["years"][-1]["gross_benefit"] == 0
    assert made()["view"]["net"]["years"][-1]["gross_benefit"] > 0


def test_a_respondents_copy() -> None:
    told = made(role="supplier")
    assert told["copy"]["role"] == told["info"]["filled_role"] == "Leverandør"
    assert len(told["tables"]["statements"]) == 5
    assert len(told["view"]["evaluation"]["statements"]) == 5
    assert len(made()["tables"]["statements"]) == 13


def test_a_copy_for_a_period_asks_for_that_period_only() -> None:
    rows = made(unit="un01", period="2027-06")["tables"]["measurements"]
    assert {row["measure_date"] for row in rows} == {date(2027, 6, 30)}


def test_lists_hold_labels_and_titles() -> None:
    lists = made()["lists"]
    assert lists["probability"][0] == "1 – Meget liten"
    assert lists["unit"][0] == "Hjemmetjenesten sone Nord"
    assert lists["role"][5] == "Nattevakt"
    assert lists["huki_cell"] == ["H", "U", "K", "I", "H/U"]
    assert all(len(set(texts)) == len(texts) for texts in lists.values())


def test_identity_stands_as_pairs_too() -> None:
    told = made()
    assert told["meta"][0] == {"key": "kit_id", "value": told["identity"]["kit_id"]}
    pairs = {pair["key"]: pair["value"] for pair in told["meta"][:11]}
    assert pairs == told["identity"]


def test_sheets_have_an_entry_for_every_column() -> None:
    columns = (
        Field(field="f.probability", type="choice", choices="probability"),
        Field(field="f.risk_category", source="category"),
        Field(field="f.goals", source="ids"),
        Field(field="f.nothing"),
    )
    sheet = Section(rows="tables.own", columns=columns)
    made_of = document(sections={"s.own": sheet, "s.empty": Section(columns=columns)})
    rows = {"own": [{"id": "a", "probability": 3, "category": "", "ids": ["x", "y"]}]}
    assert sheets(made_of, rows, read(project("minimal"), Labels.load("nb"))) == {
        "own": [
            {
                "id": "a",
                "probability": "3 – Moderat",
                "category": None,
                "ids": "x; y",
                "nothing": None,
                "comment": None,
            }
        ],
        "empty": [],
    }


def test_a_sheet_may_name_a_list_of_the_description() -> None:
    column = (Field(field="f.name"),)
    for path, count in (
        ("project.related_projects", 2),
        ("technology.requirements", 10),
        ("x.y", 0),
    ):
        told = document(sections={"s.x": Section(rows=path, columns=column)})
        assert len(sheets(told, {}, edition().reading)["x"]) == count


# --- the overview ---------------------------------------------------------------------------


def test_the_overview_knows_every_file() -> None:
    benefits = document("one", "unit", filled_by=("r.it", "o.respondent_role.user"))
    whole = edition(
        "trygg-natt", "nb", benefits, document(doc="00", id="overview", title="Alt i ett")
    )
    (row,) = whole.overview
    assert row["title"] == "Gevinstrealisering"
    assert row["filled_by"] == "IT-ansvarlig; Bruker"
    assert row["copies"] == 3
    assert row["folder"] == "fase-1-forankring"
    assert row["files"][1] == "03_gevinstrealisering_nb_hjemmetjenesten-sone-nord.xlsx"
    assert whole.files[-1].path == "00_alt-i-ett_nb.xlsx"


@pytest.mark.parametrize(
    ("due", "returned", "told"),
    [
        ({"d.03": date(2026, 2, 1)}, True, "01.02.2026"),
        ({}, True, "Fasen slutter 13.03.2026"),
        ({}, False, ""),
    ],
)
def test_a_document_without_a_day_is_due_when_its_phase_ends(due, returned, told) -> None:
    kit = project("trygg-natt").kit.model_copy(update={"due": due})
    reading = read(project("trygg-natt").model_copy(update={"kit": kit}), Labels.load("nb"))
    files = {("benefits", "xlsx"): ["fase-1-forankring/03.xlsx"]}
    (row,) = overview.documents(reading, [document("one", returned=returned)], files)
    assert row["due"] == told


# --- what is asked for --------------------------------------------------------------------


def test_documents_are_named_by_number_or_id() -> None:
    told = load_documents(shipped_templates())
    for name in ("d.23", "d23", "23", "ros", "D.23"):
        request = Request(Path("p"), Path("kit"), only=(name,))
        assert [d.id for d in chosen(told, request)] == ["ros"]
    request = Request(Path("p"), Path("kit"), only=("d.02",))
    assert {d.format for d in chosen(told, request)} == {"xlsx", "docx"}


def test_what_is_left_out_cannot_be_asked_for() -> None:
    kit = project("minimal").kit.model_copy(update={"exclude": ("d.23",)})
    told = project("minimal").model_copy(update={"kit": kit})
    request = Request(Path("p"), Path("kit"), only=("d.23", "d.32"))
    kept = documents_of(told, request)
    assert "ros" not in [document.id for document in kept]
    with pytest.raises(TemplateError) as caught:
        chosen(kept, request)
    assert [f.code for f in caught.value.findings] == ["document-unknown"] * 2


def test_keys_of_a_sheet_that_are_no_labels_are_told() -> None:
    told = document(filled_by=("r.finance", "r.it"), phases=("p1", "p9"), title="d.99")
    found = unknown_labels(told)
    assert [f.code for f in found] == ["label-unknown"] * 3
    assert [dict(f.params)["given"] for f in found] == ["o.phase.p9", "r.finance", "d.99"]
    assert unknown_labels(document(title="Vår egen plan")) == []


# --- words ----------------------------------------------------------------------------------


def test_filters_give_nothing_for_nothing() -> None:
    for language in LANGUAGES:
        for name, function in wording(Labels.load(language), "NOK").filters.items():
            assert function(None) == function("") == "", name


def test_filters_write_the_languages_way() -> None:
    words = wording(Labels.load("sv"), "SEK")
    assert words.filters["date"](date(2026, 1, 12)) == "2026-01-12"
    assert words.filters["number"](1234.5, 1) == "1\xa0234,5"
    assert words.filters["money"](520_000) == "520\xa0000\xa0kr"
    assert words.filters["percent"](97.2) == "97,2\xa0%"
    assert words.filters["label"]("done", "status") == "Klar"
    assert words.filters["join_and"](["a", "b"]) == "a och b"
    assert words.globals["t"]("ui.consolidated", n=3) == "Sammanställt från 3 filer"
