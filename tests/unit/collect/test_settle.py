"""Conflicts settled by a strategy; rounds of one unit kept apart."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from stored_files import cell, combined, file_of, said_by

from toolkit.collect.known import Known
from toolkit.store.records import File

PLAN = {("benefit_plan", "b01"): {"measured_by": "ro05", "target": 0.6}}


def says(name: str, day: int, unit: str = "", period: str = "", **values: object) -> File:
    said = {("benefit_plan", "b01"): values}
    file = file_of("d.03", name, said, sent=PLAN, day=date(2027, 3, day), unit=unit)  # type: ignore[arg-type]
    return replace(file, period=period, identity={**file.identity, "period": period})


COPIES = (
    says("a.xlsx", 3, "un01", measured_by="ro01"),
    says("b.xlsx", 1, "un02", measured_by="ro02"),
    says("c.xlsx", 2, "un03", measured_by="ro03"),
)


@pytest.mark.parametrize(
    ("strategy", "stands"), [("list", "ro05"), ("prefilled", "ro05"), ("newest", "ro01")]
)
def test_what_stands_is_chosen_and_every_answer_is_kept(strategy: str, stands: str) -> None:
    results = combined(*COPIES, known=Known(on_conflict=strategy))
    merged = cell(results, "benefit_plan", "b01", "measured_by")
    assert (merged.value, merged.conflict, merged.n) == (stands, True, 3)
    assert sorted(value for value, _ in said_by(merged)) == ["ro01", "ro02", "ro03"]  # type: ignore[type-var]


def test_of_a_tie_the_newest_of_those_that_tie_stands() -> None:
    sent = {("risks", "ri01"): {"strategy": "accept"}}
    options = ("avoid", "reduce", "avoid", "reduce", "transfer")
    files = [
        file_of("d.23", f"{n}.xlsx", {("risks", "ri01"): {"strategy": key}}, sent=sent,
                day=date(2027, 3, n + 1))
        for n, key in enumerate(options)
    ]  # fmt: skip
    known = Known(on_conflict="newest")
    merged = cell(combined(*files, known=known), "risks", "ri01", "strategy")
    assert (merged.value, merged.conflict) == ("reduce", True)
    assert cell(combined(*files), "risks", "ri01", "strategy").value == "accept"


def test_a_later_round_of_a_unit_stands_and_the_earlier_is_history_whenever_it_came() -> None:
    june = says("juni.xlsx", 9, "un01", "2027-06", target=0.7)
    may = says("mai, sent.xlsx", 20, "un01", "2027-05", target=0.8)
    merged = cell(combined(june, may), "benefit_plan", "b01", "target")
    assert (merged.value, merged.conflict) == (0.7, False)
    assert [(s.value, s.standing) for s in merged.sources] == [(0.7, True), (0.8, False)]


def test_rounds_of_different_units_still_contradict() -> None:
    files = (
        says("a.xlsx", 9, "un01", "2027-06", target=0.7),
        says("b.xlsx", 9, "un02", "2027-06", target=0.8),
    )
    assert cell(combined(*files), "benefit_plan", "b01", "target").conflict


def test_what_a_later_round_leaves_blank_stays_as_the_earlier_said() -> None:
    june = says("juni.xlsx", 9, "un01", "2027-06", measured_by="ro01")
    may = says("mai.xlsx", 2, "un01", "2027-05", target=0.8)
    assert cell(combined(june, may), "benefit_plan", "b01", "target").value == 0.8
