"""Merging documents: rows joined, copies sorted, every field by its operator, computed fields anew.

The consolidated values were worked out by hand.
"""

from __future__ import annotations

import random
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stored_benefits import unit_copy
from stored_files import Said, cell, combined, file_of, said_by, value
from stored_risks import RISKS, risk_copies

from toolkit.store.records import File, Value

STAKEHOLDERS: Said = {
    ("stakeholders", "st01"): {
        "stakeholder": "Nattevakter",
        "stakeholder_group": "employees",
        "influence": "medium",
        "interest": "large",
        "attitude_now": "sceptical",
        "attitude_wanted": "positive",
        "involvement": "involve",
    },
    ("stakeholders", "st02"): {"stakeholder": "Pårørende", "influence": "small"},
}


# --- a whole document by hand -----------------------------------------------------------------

COPIES: tuple[Said, ...] = (
    {
        ("stakeholders", "st01"): {"influence": "large", "attitude_now": "neutral"},
        ("stakeholders", "new-a-1"): {"stakeholder": "Renholdere", "influence": "small"},
    },
    {
        ("stakeholders", "st01"): {"influence": "small", "interest": "medium"},
        ("stakeholders", "new-b-1"): {"stakeholder": "renholdere ", "influence": "medium"},
    },
    {("stakeholders", "st01"): {"influence": "large", "stakeholder_group": "unions"}},
    {
        ("stakeholders", "st01"): {"expectation": "Mindre kjøring", "attitude_now": "positive"},
        ("stakeholders", "st02"): {"influence": "large", "expectation": "Ro"},
        ("stakeholders", "new-d-1"): {"stakeholder": "Renholderne", "influence": "small"},
    },
)
BY_HAND: tuple[tuple[str, str, Value, int], ...] = (
    ("st01", "influence", 3.25, 4),  # large, small, large, medium: (4 + 2 + 4 + 3) / 4
    ("st01", "interest", 3.75, 4),  # large three times, medium once
    ("st01", "attitude_now", -0.5, 4),  # 0, -1, -1, 1: the middle two are -1 and 0
    ("st01", "attitude_wanted", 1, 4),
    ("st01", "stakeholder_group", "employees", 4),  # three against one
    ("st01", "involvement", "involve", 4),
    ("st01", "expectation", "Mindre kjøring", 1),
    ("st01", "priority_score", 12.1875, 4),  # 3.25 x 3.75
    ("st01", "quadrant", "engage", 4),
    ("st01", "attitude_gap", 1.5, 4),  # 1 - -0.5
    ("st02", "influence", 2.5, 4),  # small three times, large once
    ("st02", "expectation", "Ro", 1),
    ("new-a-1", "stakeholder", "Renholdere", 2),
    ("new-a-1", "influence", 2.5, 2),  # small and medium
    ("new-d-1", "influence", 2, 1),
)


def stakeholder_copies() -> list[File]:
    return [
        file_of("d.02", f"{n}.xlsx", says, sent=STAKEHOLDERS, day=date(2027, 3, n + 1))
        for n, says in enumerate(COPIES)
    ]


@pytest.mark.parametrize(("row", "field", "expected", "n"), BY_HAND)
def test_the_stakeholders_of_four_copies_come_out_as_by_hand(
    row: str, field: str, expected: Value, n: int
) -> None:
    got = cell(combined(*stakeholder_copies()), "stakeholders", row, field)
    assert (got.value, got.n) == (expected, n)


def test_a_spread_of_two_steps_is_told_as_disagreement() -> None:
    results = combined(*stakeholder_copies())
    wide = {m.spot[1:] for m in results.merged if m.disagreement}
    assert wide == {
        ("st01", "f.influence"),
        ("st01", "f.attitude_now"),
        ("st02", "f.influence"),
    }


# --- rows ------------------------------------------------------------------------------------


def test_staff_rows_of_one_name_are_one_row_and_near_ones_are_told() -> None:
    results = combined(*stakeholder_copies())
    rows = [(row.row, row.title, row.files) for row in results.rows if row.new]
    assert rows == [
        ("new-a-1", "Renholdere", ("0.xlsx", "1.xlsx")),
        ("new-d-1", "Renholderne", ("3.xlsx",)),
    ]
    (pair,) = results.lookalikes
    assert (pair.row, pair.other, pair.likeness) == ("new-d-1", "new-a-1", 0.9524)


def test_a_staff_row_of_the_name_of_a_described_one_joins_it() -> None:
    says: Said = {("risks", "new-a-1"): {"hazard": " strømbrudd", "consequence": "5"}}
    results = risk_copies(says, {("risks", "ri01"): {"status": "done"}})
    assert [row.row for row in results.rows if row.table == "risks"] == ["ri01", "ri02"]
    got = cell(results, "risks", "ri02", "consequence")
    assert said_by(got) == [("5", "0.xlsx"), ("2", "1.xlsx")]


def test_rows_of_different_copies_with_the_same_id_stay_apart() -> None:
    results = risk_copies(
        {("risks", "new-x-1"): {"hazard": "Lyn"}}, {("risks", "new-x-1"): {"hazard": "Flom"}}
    )
    new = [(row.row, row.title) for row in results.rows if row.new]
    assert new == [("new-x-1", "Lyn"), ("new-x-1.2", "Flom")]


def test_a_row_deleted_in_every_copy_keeps_what_was_sent() -> None:
    files = [file_of("d.23", f"{n}.xlsx", sent=RISKS, deleted=("ri02",)) for n in range(3)]
    results = combined(*files)
    assert value(results, "risks", "ri02", "hazard") == "Strømbrudd"
    assert cell(results, "risks", "ri02", "probability").n == 0


def test_logs_are_added_and_equal_rows_become_one_with_every_sender() -> None:
    row = {"date": date(2027, 1, 5), "topic": "Oppstart", "participants": 12}
    says: list[Said] = [
        {("anchor_log", "new-a-1"): row},
        {("anchor_log", "new-b-1"): row, ("anchor_log", "new-b-2"): {**row, "participants": 9}},
        {("anchor_log", "new-c-1"): {**row, "topic": " oppstart"}},
    ]
    results = combined(*(file_of("d.02", f"{n}.xlsx", own) for n, own in enumerate(says)))
    rows = [row for row in results.rows if row.table == "anchor_log"]
    assert [row.files for row in rows] == [("0.xlsx", "1.xlsx", "2.xlsx"), ("1.xlsx",)]
    assert cell(results, "anchor_log", "new-a-1", "participants").n == 3


# --- fields ----------------------------------------------------------------------------------


def test_a_conflict_keeps_what_was_sent_and_lists_every_sender() -> None:
    results = risk_copies(
        {("risks", "ri01"): {"responsible": "ro05"}},
        {("risks", "ri01"): {"responsible": "ro06"}},
        {("risks", "ri01"): {"status": "done"}},
    )
    got = cell(results, "risks", "ri01", "responsible")
    assert (got.value, got.conflict) == ("ro04", True)
    assert said_by(got) == [("ro05", "0.xlsx"), ("ro06", "1.xlsx")]


def test_copies_somebody_worked_in_confirm_and_untouched_ones_do_not() -> None:
    results = risk_copies({}, {}, {("risks", "ri01"): {"risk_category": "privacy"}})
    got = cell(results, "risks", "ri01", "risk_category")
    assert (got.value, got.n) == ("privacy", 1)
    touched = risk_copies(
        {("risks", "ri02"): {"status": "done"}},
        {("risks", "ri02"): {"status": "in_progress"}},
        {("risks", "ri01"): {"risk_category": "privacy"}},
    )
    got = cell(touched, "risks", "ri01", "risk_category")
    assert (got.value, got.n, got.distribution) == (
        "technology",
        3,
        {"technology": 2, "privacy": 1},
    )


def test_a_value_that_could_not_be_read_is_no_answer() -> None:
    results = risk_copies({("risks", "ri01"): {"deadline": date(2027, 9, 1)}})
    assert value(results, "risks", "ri01", "deadline") == date(2027, 9, 1)
    file = file_of("d.23", "a.xlsx", {("risks", "ri01"): {"deadline": "i vår"}}, sent=RISKS)
    unread = tuple(
        type(c)(*c.spot, c.raw, c.value, c.steps, "day-unread", c.value != "i vår")
        for c in file.cells
    )
    results = combined(File(**{**file.__dict__, "cells": unread}))
    assert value(results, "risks", "ri01", "deadline") == date(2027, 1, 1)


def test_a_risk_takes_the_worst_pair_and_shows_the_mean() -> None:
    results = risk_copies(
        {("risks", "ri01"): {"probability": "5", "consequence": "1"}},  # 5 orange
        {("risks", "ri01"): {"probability": "1", "consequence": "5"}},  # 5 orange
        {("risks", "ri01"): {"probability": "2", "consequence": "4"}},  # 8 orange
    )
    probability, consequence = (
        cell(results, "risks", "ri01", f) for f in ("probability", "consequence")
    )
    assert (probability.value, consequence.value) == ("2", "4")
    assert (probability.mean, consequence.mean) == (pytest.approx(8 / 3), pytest.approx(10 / 3))
    assert (probability.spread, probability.disagreement) == (4, True)
    assert value(results, "risks", "ri01", "risk_value") == 8
    assert value(results, "risks", "ri01", "risk_level") == "orange"
    assert said_by(cell(results, "risks", "ri01", "risk_level"))[0] == ("5", "0.xlsx")


def test_equal_products_go_by_the_consequence() -> None:
    results = risk_copies(
        {("risks", "ri01"): {"probability": "4", "consequence": "2"}},  # 8 orange
        {("risks", "ri01"): {"probability": "2", "consequence": "4"}},  # 8 orange
    )
    assert value(results, "risks", "ri01", "consequence") == "4"


def test_the_acceptance_matrix_that_came_back_decides_the_level() -> None:
    criteria: Said = {
        ("risk_criteria", f"matrix.{p}"): {f"risk_level:{c}": "yellow" for c in range(1, 6)}
        for p in range(1, 6)
    }
    own = file_of("d.23", "a.xlsx", sent={**RISKS, **criteria})
    assert value(combined(own), "risks", "ri01", "risk_level") == "yellow"
    assert value(risk_copies({}), "risks", "ri01", "risk_level") == "orange"


def test_letters_that_differ_between_units_are_a_conflict() -> None:
    sent: Said = {
        ("huki", "h01"): {"activity": "Varsle", "ro04": "H", "ro08": "U"},
        ("huki", "h02"): {"activity": "Rykke ut", "ro04": "H", "ro05": "U"},
    }
    changes: tuple[Said, ...] = (
        {("huki", "h01"): {"ro08": "H/U"}},
        {("huki", "h02"): {"ro06": "K"}},
        {("huki", "h02"): {"ro06": "K"}},
    )
    files = [
        file_of("d.12", f"{n}.xlsx", says, sent=sent, unit=f"un0{n}")
        for n, says in enumerate(changes)
    ]
    results = combined(*files)
    got = cell(results, "huki", "h01", "ro08")
    assert (got.value, got.conflict, len(got.standing)) == ("U", True, 3)
    assert (value(results, "huki", "h02", "ro06"), got.operator) == ("K", "agree")
    assert value(results, "huki", "h01", "check_status") == "ok"


# --- laws ------------------------------------------------------------------------------------


@given(st.randoms(use_true_random=False))
@settings(max_examples=15, deadline=None)
def test_the_order_of_files_makes_no_difference(chance: random.Random) -> None:
    files = [
        *stakeholder_copies(),
        unit_copy("old.xlsx", {("benefit_plan", "b01"): {"target": 0.5}}, "un01"),
        unit_copy("new.xlsx", {("measurements", "b01-un01-01"): {"measured_value": 1}}, "un01"),
        unit_copy("un02.xlsx", {("benefit_plan", "b01"): {"target": 0.4}}, "un02"),
    ]
    expected = combined(*files)
    chance.shuffle(files)
    assert combined(*files) == expected
