"""What a file is sent out with stands in its hidden stamp, neutral, in every language."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from toolkit.content.fan_out import Audience, Copy
from toolkit.content.reading import read
from toolkit.document import Document, load_documents, shipped_templates
from toolkit.fillable import fillable
from toolkit.finding import LANGUAGES
from toolkit.language import Labels
from toolkit.produce.context import context
from toolkit.produce.edition import Edition
from toolkit.produce.identity import Source
from toolkit.project import read_project
from toolkit.sent import LONGEST, read_names, read_sent, sent_pairs

EXAMPLE = Path(__file__).parents[3] / "examples" / "trygg-natt" / "project.yaml"
DOCUMENTS = load_documents(shipped_templates())


def document(id: str, format: str) -> Document:
    return next(d for d in DOCUMENTS if (d.id, d.format) == (id, format))


@cache
def edition(language: str) -> Edition:
    reading = read(read_project(EXAMPLE), Labels.load(language))
    source = Source("trygg-natt", "hash", date(2026, 5, 1))
    return Edition(reading, source, DOCUMENTS, Audience(("un01",), ("user",)))


def pairs(id: str, format: str, language: str = "nb", **copy: Any) -> list[tuple[str, str]]:
    whole = edition(language)
    told = context(whole, Copy(document(id, format), **copy))
    return [(pair["key"].strip(), pair["value"]) for pair in told["meta"]]


def sent(id: str, format: str, language: str = "nb", **copy: Any) -> dict[Any, Any]:
    shape = fillable(document(id, format), DOCUMENTS)
    keys = ("info", "form", *(table.key for table in shape.tables), *(g.table for g in shape.grids))
    return read_sent(pairs(id, format, language, **copy), keys)


@pytest.mark.parametrize("language", LANGUAGES)
def test_options_references_and_days_are_neutral(language: str) -> None:
    noted = sent("ros", "xlsx", language)
    assert noted["risks", "ri01", "f.risk_category"] == "patient_safety"
    assert noted["risks", "ri01", "f.probability"] == "3"
    assert noted["risks", "ri01", "f.responsible"] == "ro09"
    assert noted["risks", "ri01", "f.deadline"] == "2026-11-06"
    assert noted["info", "", "f.sponsor"] == "ro01"
    assert noted["risk_criteria", "matrix.5", "f.risk_level:1"] == "orange"


def test_computed_values_are_not_sent() -> None:
    fields = {field for table, _, field in sent("ros", "xlsx") if table == "risks"}
    assert "f.risk_value" not in fields
    assert "f.hazard" in fields


def test_columns_of_several_stand_under_their_own_keys() -> None:
    noted = sent("benefits", "xlsx")
    assert noted["costs", "k01", "f.amount:2027"] > 0
    assert noted["net", "f.ramp_up", "f.year:2027"] == 0.35
    letters = sent("huki", "xlsx", "fi")
    assert letters["huki", "h01", "ro07"] == "H/U"


def test_a_form_says_what_stood_in_its_tables_and_places() -> None:
    noted = sent("anchoring-plan", "docx", "sv")
    assert noted["form", "", "f.msg.me"].startswith("Du går færre runder")
    assert noted["h.an.key", "st03", "f.stakeholder"] == "Nattevakter"
    frequencies = {v for (t, _, f), v in noted.items() if (t, f) == ("h.an.levels", "f.frequency")}
    assert frequencies & {"monthly", "quarterly", "weekly"}


def test_a_form_and_a_workbook_that_ask_the_same_say_it_in_one_table() -> None:
    form, book = sent("evaluation", "docx", role="user"), sent("evaluation", "xlsx", role="user")
    spot = ("evaluation", "qe.people.1", "f.statement")
    assert form[spot] == book[spot]
    assert ("evaluation", "qe.people.2", "f.statement") not in form


def test_the_entries_that_references_name_go_along() -> None:
    names = read_names(pairs("ros", "xlsx"))
    assert names["role"]["ro06"] == "Nattevakt"


def test_documents_that_nobody_returns_carry_nothing_but_their_identity() -> None:
    assert len(pairs("overview", "docx")) == 11


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda d: f"{d.id}.{d.format}")
def test_no_pair_is_longer_than_a_cell_holds(document: Document, language: str) -> None:
    told = context(edition(language), Copy(document))
    assert all(len(pair["value"]) <= LONGEST for pair in told["meta"])


def test_long_texts_go_on_in_the_next_pair() -> None:
    long = "å" * 70_000
    written = list(sent_pairs({("risks", "ri.1"): {"f.hazard": long, "f.date": date(2026, 1, 2)}}))
    assert len(written) == 3
    noted = read_sent(written, ["risks"])
    assert noted["risks", "ri.1", "f.hazard"] == long
    assert noted["risks", "ri.1", "f.date"] == "2026-01-02"


def test_what_is_broken_in_the_stamp_is_left_out() -> None:
    broken = [("sent.risks.ri01", '{"f.haz'), ("sent.other.x", "{}"), ("names.role", "[1]")]
    assert read_sent(broken, ["risks"]) == {("risks", "ri01", ""): None}
    assert read_names(broken) == {"role": {}}
