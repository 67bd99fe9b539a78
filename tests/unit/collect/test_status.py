"""Status: who has answered, who is late, what is partly filled, round by round."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from toolkit.collect.status import Status, status_of
from toolkit.collect.status_text import WIDTH, lines_of
from toolkit.content.shown import Shown
from toolkit.document import load_documents, shipped_templates
from toolkit.finding import LANGUAGES
from toolkit.language import Labels
from toolkit.store.ratings import Response
from toolkit.store.records import Copy, Results, Row

DUE, TODAY = date(2027, 6, 15), date(2027, 6, 20)


def copy(number: int, state: str, **more: Any) -> Copy:
    given = {"doc": "d.03", "document": "benefits", "expected": True, "due": DUE} | more
    return Copy(copy=f"c{number}", state=state, **given)


def told(language: str = "nb") -> Status:
    results = Results(
        copies=(
            copy(1, "answered", unit="un01", day=date(2027, 6, 10), required=40, filled=40),
            copy(2, "partly", unit="un02", day=date(2027, 6, 12), required=40, filled=38),
            copy(3, "absent", unit="un03"),
            copy(4, "answered", unit="un04", day=date(2027, 6, 18), required=40, filled=40),
            copy(5, "absent", unit="un01", period="2027-07", due=date(2027, 7, 15)),
            copy(6, "answered", doc="d.16", role="user", unit="un01", files=("hemmelig.docx",)),
            copy(7, "absent", doc="d.16", role="manager"),
        ),
        rows=(Row("d.03", "measurements", "b01", 0, "Færre planlagte tilsyn"),),
        responses=(Response("d.16", "user", 25, 1), Response("d.16", "all", 28, 1)),
        titles={("unit", "un01"): "Hjemmetjenesten sone Nord", ("unit", "un02"): "Bryggen"},
        anonymous=("d.16",),
    )
    lacks = {("d.03", "c2"): (("measurements", "b01", "f.measured_value"),)}
    shown = Shown(Labels.load(language), load_documents(shipped_templates()), results.titles)
    return status_of(results, shown, lacks, TODAY)


def test_every_document_and_round_is_counted_by_itself() -> None:
    counts = [
        (
            one["document"],
            one["round"],
            one["expected"],
            one["answered"],
            one["partly"],
            one["late"],
        )
        for one in told().as_data()["rounds"]
    ]
    assert counts == [
        ("d.03", "", 4, 2, 1, 2),
        ("d.03", "2027-07", 1, 0, 0, 0),
        ("d.16", "", 1, 0, 0, 1),
    ]


def test_who_is_late_and_by_how_much() -> None:
    lines = {line["unit"]: line for line in told().as_data()["rounds"][0]["copies"]}
    assert {unit: (line["late"], line["days_over"]) for unit, line in lines.items()} == {
        "un01": (False, 0),
        "un02": (True, 5),  # filled in partly, and the day has passed
        "un03": (True, 5),
        "un04": (True, 3),  # answered, three days after it was due
    }


def test_what_is_partly_filled_tells_its_share_and_what_it_lacks() -> None:
    lines = {line["unit"]: line for line in told().as_data()["rounds"][0]["copies"]}
    assert (lines["un02"]["share"], lines["un02"]["missing"]) == (
        *(95.0, [{"table": "measurements", "row": "b01", "field": "f.measured_value"}]),
    )
    assert lines["un03"]["share"] is None
    text = "\n".join(lines_of(told()))
    assert "38 av 40 felt (95 %)".replace(" %", "\u00a0%") in text
    assert "mangler: Målinger, Målt verdi: Færre planlagte tilsyn" in text


def test_those_waited_for_stand_first() -> None:
    units = [line["unit"] for line in told().as_data()["rounds"][0]["copies"]]
    assert units == ["un03", "un02", "un04", "un01"]


def test_an_anonymous_document_is_counted_by_role_only() -> None:
    data = told().as_data()["rounds"][-1]
    assert data["forms"] == [{"role": "user", "returned": 1, "sent": 25}]
    assert [line["role"] for line in data["copies"]] == ["manager"]
    text = "\n".join(lines_of(told()))
    assert "Bruker: 1 av 25 skjemaer" in text
    assert "hemmelig" not in f"{data}{text}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_table_is_80_columns_wide_in_every_language(language: str) -> None:
    lines = list(lines_of(told(language)))
    assert max(map(len, lines)) <= WIDTH
    due = Labels.load(language).date(DUE)
    assert sum(due in line for line in lines) >= 2
    assert any(line.startswith("  ! ") for line in lines)


def test_nothing_sent_and_nothing_returned() -> None:
    shown = Shown(Labels.load("en"), (), {})
    assert list(lines_of(status_of(Results(), shown, {}, TODAY))) == [
        "No copies were sent out or came back yet"
    ]
