"""The returned files of the example, together: consolidated values as worked out by hand."""

from __future__ import annotations

import pytest

from toolkit.store.records import Merged, Results

Spot = tuple[str, str, str]

MERGED: dict[tuple[str, Spot], tuple[object, int]] = {
    # doc, table, row, field: value, number of answers it rests on
    ("d.02", ("stakeholders", "st01", "f.influence")): ((4 + 2 + 4 + 3 + 3) / 5, 5),
    ("d.02", ("stakeholders", "st13", "f.influence")): ((1 + 3 + 2 + 3 + 2) / 5, 5),
    ("d.02", ("stakeholders", "st11", "f.influence")): ((3 + 3 + 3 + 3 + 4) / 5, 5),
    ("d.02", ("stakeholders", "st10", "f.affected_degree")): ((3 + 3 + 3 + 4 + 3) / 5, 5),
    ("d.02", ("stakeholders", "st03", "f.attitude_now")): (-1, 5),  # median of -1 -1 -2 -1 -1
    ("d.02", ("stakeholders", "st08", "f.involvement")): ("involve", 5),  # four against one
    ("d.02", ("stakeholders", "st01", "f.priority_score")): (3.2 * 4, 5),
    ("d.02", ("actions", "st08", "f.status")): ("done", 1),
    ("d.03", ("benefit_calc", "b01", "f.volume_per_year")): (7300 + 5475 + 3650, 3),
    ("d.03", ("benefit_calc", "b01", "f.value_low")): (520_000, 3),
    ("d.03", ("benefit_calc", "b01", "f.value_high")): (1_150_000, 3),
    ("d.03", ("benefit_calc", "b01", "f.annual_hours")): (1916.25, 3),
    ("d.03", ("benefit_calc", "b01", "f.value_adjusted")): (885_880, 3),
    ("d.03", ("benefit_plan", "b02", "f.action")): ("Prøve felles nattpatrulje i to uker", 1),
    ("d.03", ("benefit_plan", "b10", "f.measured_by")): ("ro05", 2),  # as sent: a conflict
    ("d.03", ("follow_up", "b01", "f.measured_value")): (0.96, 3),
    ("d.12", ("huki", "h07", "ro08")): ("H/U", 3),  # as sent: a conflict
    ("d.12", ("huki", "h07", "ro04")): ("I", 3),  # as sent: a conflict
    ("d.12", ("huki", "h13", "ro02")): ("H/U", 3),
    ("d.12", ("huki", "h13", "f.check_status")): ("ok", 3),
    ("d.23", ("risks", "ri05", "f.probability")): ("4", 4),
    ("d.23", ("risks", "ri05", "f.consequence")): ("5", 4),
    ("d.23", ("risks", "ri05", "f.risk_level")): ("red", 4),
    ("d.23", ("risks", "ri03", "f.risk_value")): (5 * 4, 4),
    ("d.23", ("risks", "ri12", "f.probability")): ("2", 3),  # one of four deleted the row
}
FOLLOW_UP = {
    # benefit: achievement, traffic light
    "b01": ((0.96 - 2.4) / (0.6 - 2.4) * 100, "green"),  # 80.0 %
    "b02": (None, "grey"),  # measured in one unit of three
    "b04": (3 / 12 * 100, "yellow"),
    "b05": ((77 - 96) / (40 - 96) * 100, "yellow"),
    "b06": ((52 - 38) / (75 - 38) * 100, "red"),  # 37.8 %
    "b07": (((11 * 3.8 + 7 * 3.7 + 5 * 3.6) / 23 - 3.1) / (4.2 - 3.1) * 100, "yellow"),
    "b08": (((14 * 3.6 + 11 * 3.5 + 9 * 3.5) / 34 - 2.9) / (3.9 - 2.9) * 100, "green"),
    "b09": (100, "reached"),
    "b10": ((22 - 35) / (15 - 35) * 100, "green"),
}
CONFLICTS = {
    ("d.03", "b10", "f.measured_by"): {("un01", "ro04"), ("un03", "ro06")},
    ("d.12", "h07", "ro08"): {("un01", "H/U"), ("un02", "U"), ("un03", "H/U")},
    ("d.12", "h07", "ro04"): {("un01", "I"), ("un02", "H"), ("un03", "I")},
}
DISAGREEMENTS = {
    ("d.02", "st01", "f.influence"),
    ("d.02", "st13", "f.influence"),
    ("d.23", "ri05", "f.probability"),
}


def merged(results: Results) -> dict[tuple[str, Spot], Merged]:
    return {(value.doc, value.spot): value for value in results.merged}


@pytest.mark.parametrize("where", MERGED, ids=lambda where: f"{where[0]} {where[1][1:]}")
def test_consolidated_values_are_those_worked_out_by_hand(
    results: Results, where: tuple[str, Spot]
) -> None:
    value, count = MERGED[where]
    found = merged(results)[where]
    assert found.value == (pytest.approx(value) if isinstance(value, int | float) else value)
    assert found.n == count


@pytest.mark.parametrize("benefit", FOLLOW_UP)
def test_achievement_and_traffic_light(results: Results, benefit: str) -> None:
    achievement, light = FOLLOW_UP[benefit]
    found = merged(results)
    share = found.get(("d.03", ("follow_up", benefit, "f.achievement")))
    wanted = None if achievement is None else pytest.approx(achievement)
    assert (share.value if share else None) == wanted
    assert found["d.03", ("follow_up", benefit, "f.traffic_light")].value == light


def test_conflicts_list_every_sender(results: Results) -> None:
    found = {
        (value.doc, value.row, value.field): {(s.unit, s.value) for s in value.standing}
        for value in results.merged
        if value.conflict
    }
    assert found == CONFLICTS


def test_disagreements_are_told(results: Results) -> None:
    found = {(v.doc, v.row, v.field) for v in results.merged if v.disagreement}
    found = {where for where in found if where[0] != "d.16"}  # opinions may differ
    assert found == DISAGREEMENTS


def test_two_spellings_are_one_row_and_two_names_are_not(results: Results) -> None:
    titles = {row.row: row.title for row in results.rows if row.table == "stakeholders" and row.new}
    assert sorted(titles.values()) == ["Drift av bygg", "Drift av bygget", "Renholdere"]
    cleaners = next(row for row in results.rows if row.title == "Renholdere")
    assert len(cleaners.files) == 2
    alike = [{titles[pair.row], titles[pair.other]} for pair in results.lookalikes]
    assert alike == [{"Drift av bygg", "Drift av bygget"}]


def test_small_groups_are_not_shown(results: Results) -> None:
    ratings = [rating for rating in results.ratings if rating.family == "role"]
    small = {rating.group for rating in ratings if rating.n < 5}
    assert {"relative", "manager", "it", "supplier"} <= small
    assert all(r.hidden and r.mean is None for r in ratings if r.n < 5)
    overall = {r.group: r.mean for r in ratings if r.key == "qe.overall.1" and not r.hidden}
    assert overall == {"user": pytest.approx(21 / 5), "employee": pytest.approx(27 / 6)}
