"""What the kit shows of the example, held against the golden values of the specification."""

from __future__ import annotations

from collections import Counter
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from toolkit.content.reading import Reading, read
from toolkit.content.tables import SOURCES, sources
from toolkit.content.views import (
    benefits,
    economy,
    evaluation,
    huki,
    measurements,
    people,
    plan,
    presentation,
    risks,
    stakeholders,
)
from toolkit.finding import LANGUAGES, Place
from toolkit.language import Labels
from toolkit.method.follow_up import achievement, expected_progress, traffic_light
from toolkit.method.ideas import finding_score, idea_quadrant, idea_score
from toolkit.method.journey import total_minutes
from toolkit.method.screening import CRITERIA, criteria_met, dpia_result
from toolkit.project import Project, read_project

EXAMPLES = Path(__file__).parents[3] / "examples"
DAY = date(2026, 1, 12)


@cache
def project(name: str) -> Project:
    return read_project(EXAMPLES / name / "project.yaml")


def reading(name: str = "trygg-natt", language: str = "nb") -> Reading:
    return read(project(name), Labels.load(language))


# --- golden values (specification 5) ----------------------------------------------------


def test_benefits() -> None:
    rows = {row["id"]: row for row in benefits.priced_benefits(reading())}
    assert list(rows) == ["b01", "b02", "b03", "b04", "b05", "b10"]
    assert rows["b01"]["annual_hours"] == pytest.approx(1916.25)
    assert rows["b03"]["value_likely"] == pytest.approx(142_897.5)
    assert rows["b04"]["value_adjusted"] == pytest.approx(675_600)
    view = benefits.view(reading())
    assert view["hours"] == pytest.approx(2859.17, abs=0.01)
    assert view["likely"] == pytest.approx(2_498_497.5)
    assert view["adjusted"] == pytest.approx(2_459_098.5)


def test_net_and_break_even() -> None:
    years = economy.years(reading())
    assert [row["year"] for row in years] == list(range(2026, 2032))
    assert [round(row["cumulative"]) for row in years] == pytest.approx(
        [-1_020_000, -2_174_316, -719_037, 1_228_062, 3_175_160, 5_122_259], abs=1
    )
    assert economy.view(reading())["break_even_text"] == "2029"


def test_risks() -> None:
    view = risks.view(reading())
    assert view["before"]["count"] == {"red": 3, "orange": 8, "yellow": 3, "green": 0}
    assert view["after"]["count"] == {"red": 0, "orange": 3, "yellow": 5, "green": 6}
    assert [row["id"] for row in view["worst"]] == ["ri02", "ri03", "ri01", "ri04", "ri06"]
    assert [row["id"] for row in view["moved"]] == ["ri03", "ri13", "ri02", "ri01", "ri05"]
    after = [r["id"] for r in risks.risks(reading()) if r["residual_level_key"] == "orange"]
    assert after == ["ri01", "ri02", "ri04"]


def test_stakeholders() -> None:
    rows = stakeholders.stakeholders(reading())
    quadrants = Counter(row["quadrant_key"] for row in rows)
    assert quadrants == {"engage": 7, "inform": 4, "satisfy": 3, "monitor": 1}
    assert [r["id"] for r in rows if r["priority_score"] == 16] == ["st03", "st05", "st08"]
    assert [r["id"] for r in rows if r["attitude_gap"] == 2] == ["st03", "st08", "st09", "st10"]


def test_huki() -> None:
    view = huki.view(reading())
    assert [(row["id"], row["check_status_key"]) for row in view["faults"]] == [("h13", "no_h")]
    assert len(view["rows"]) == 13


def test_what_later_documents_will_show() -> None:
    told = project("trygg-natt")
    kinds = [idea_quadrant(i.feasibility or 0, i.benefit or 0) for i in told.ideas]
    assert Counter(kinds) == {"do_now": 3, "quick_win": 2, "explore": 2, "drop": 1}
    assert idea_score(told.ideas[0].feasibility or 0, told.ideas[0].benefit or 0) == 20
    scores = [finding_score(f.how_often or 0, f.severity or 0) for f in told.insight.findings]
    assert scores == [20, 10, 16, 12, 15, 12, 9]
    answers = [told.privacy.criteria.get(number) for number in CRITERIA]
    assert criteria_met(answers) == 4
    assert dpia_result(told.privacy.on_authority_list, answers) == "required"
    assert total_minutes(step.minutes for step in told.journey.current) == 267
    assert total_minutes(step.minutes for step in told.journey.new) == 222
    assert sum(criterion.weight or 0 for criterion in told.procurement.criteria) == 100
    assert evaluation.view(reading())["sent_total"] == 95


def test_follow_up_of_a_measurement() -> None:
    told = {benefit.id: benefit for benefit in project("trygg-natt").benefits}
    for name, value, light in (("b01", 0.96, "green"), ("b06", 52, "red")):
        benefit = told[name]
        achieved = achievement(benefit.baseline, benefit.target, value)
        day = date(2027, 6, 30)
        expected = expected_progress(benefit.baseline_date, benefit.target_date, day)
        assert traffic_light(achieved, expected) == light


# --- rows ---------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["trygg-natt", "minimal"])
def test_every_source_gives_rows_with_ids(name: str, language: str) -> None:
    found = sources(reading(name, language))
    assert found.keys() == SOURCES.keys()
    for rows in found.values():
        ids = [row["id"] for row in rows]
        assert len(set(ids)) == len(ids)


def test_labels_are_in_the_language_and_keys_beside_them() -> None:
    row = risks.risks(reading(language="fi"))[0]
    assert (row["risk_level_key"], row["category_key"]) == ("red", "patient_safety")
    assert row["risk_level"] == Labels.load("fi").t("o.risk_level.red")


def test_points_on_one_spot_stand_beside_each_other() -> None:
    rows = stakeholders.stakeholders(reading())
    spots = [(row["x"], row["y"]) for row in rows]
    assert len(set(spots)) == len(spots)
    for row in rows:
        assert abs(row["x"] - row["interest_value"]) <= 0.121
        assert abs(row["y"] - row["influence_value"]) <= 0.121


def test_key_stakeholders_come_by_score_and_mark_the_gap() -> None:
    rows = stakeholders.key_stakeholders(reading())
    scores = [row["priority_score"] for row in rows]
    assert scores == sorted(scores, reverse=True)
    assert [row["id"] for row in rows if not row["marked"]] == ["st11", "st12"]


def test_levels_hold_everybody_once() -> None:
    rows = stakeholders.levels(reading())
    assert [row["id"] for row in rows] == [
        "political",
        "top",
        "middle",
        "staff",
        "users",
        "partners",
    ]
    assert sum(len(row["stakeholders"]) for row in rows) == 15


def test_measurements_are_seeded_per_benefit_and_pilot_unit() -> None:
    rows = measurements.measurements(reading())
    own = [r for r in rows if (r["benefit_id"], r["unit_id"]) == ("b06", "un01")]
    assert [(row["measure_date"], row["measure_point_key"]) for row in own] == [
        (date(2026, 2, 20), "baseline"),
        (date(2026, 12, 31), "midway"),
        (date(2027, 6, 30), "end"),
        (date(2027, 12, 31), "operation"),
    ]
    assert {row["unit_id"] for row in rows} == {"un01", "un02", "un03"}
    assert {row["measured_value"] for row in rows} == {None}


def test_a_project_without_units_measures_as_a_whole() -> None:
    rows = measurements.measurements(reading("minimal"))
    assert [(row["id"], row["unit"], row["measure_point_key"]) for row in rows] == [
        ("b01-00", "", "baseline")
    ]


def test_unit_copies_leave_the_totals_of_the_project_blank() -> None:
    whole = reading()
    unit = whole.for_unit("un01")
    row = benefits.benefits(unit)[0]
    assert [row[name] for name in benefits.SUMMED] == [None, None, None]
    assert (row["annual_hours"], row["value_adjusted"]) == (None, None)
    assert "16\xa0425" in row["note"]
    assert benefits.benefits(whole)[0]["note"] is None
    assert {row["unit_id"] for row in measurements.measurements(unit)} == {"un01"}
    assert [year["gross_benefit"] for year in economy.years(unit)] == [0] * 6


def test_costs_have_a_place_for_every_year() -> None:
    row = economy.costs(reading())[0]
    assert row["amount"] == {2026: 180_000, 2027: 440_000} | dict.fromkeys(range(2028, 2032))


def test_amounts_outside_the_horizon_are_told() -> None:
    economy_of = project("trygg-natt").economy
    shorter = project("trygg-natt").model_copy(
        update={"economy": economy_of.model_copy(update={"horizon_years": 2})}
    )
    found = economy.warnings(read(shorter, Labels.load("nb")), Place("project.yaml"))
    assert [f.place.text() for f in found] == [
        "project.yaml > costs.k08.amounts",
        "project.yaml > costs.k09.amounts",
        "project.yaml > costs.k10.amounts",
    ]
    assert "2028, 2029, 2030, 2031" in found[0].message("nb")


def test_the_letters_are_those_of_the_language() -> None:
    finnish = huki.huki(reading(language="fi"))[0]["letters"]
    assert (finnish["ro02"], finnish["ro04"], finnish["ro07"]) == ("I", "C", "A/R")
    assert finnish["ro01"] is None
    assert huki.cell_choices(reading()) == ["H", "U", "K", "I", "H/U"]


def test_roles_with_one_title_are_two_columns() -> None:
    told = project("trygg-natt")
    same = told.roles[0].model_copy(update={"id": "ro99"})
    twice = told.model_copy(update={"roles": (*told.roles, same)})
    titles = [row["title"] for row in huki.huki_roles(read(twice, Labels.load("nb")))]
    assert titles[-1] == f"{titles[0]} (2)"


def test_a_role_gets_its_own_statements_and_questions() -> None:
    user = evaluation.view(reading(), "user")
    assert len(user["statements"]) == 6
    assert [group["key"] for group in user["dimensions"]] == [
        "people",
        "technology",
        "effects",
        "overall",
    ]
    assert [row["key"] for row in user["open_questions"]] == ["new_effects"]
    assert len(evaluation.view(reading())["statements"]) == 13


def test_own_statements_are_asked_of_everybody() -> None:
    told = project("trygg-natt")
    pilot = told.pilot.model_copy(update={"extra_statements": ("Jeg sov bedre.",)})
    own = read(told.model_copy(update={"pilot": pilot}), Labels.load("nb"))
    assert evaluation.statements(own, "user")[-1]["id"] == "x.1"


def test_gates_stand_in_where_there_are_no_milestones() -> None:
    rows = plan.milestones(reading("minimal"))
    assert [row["id"] for row in rows] == [f"ms.p{n}" for n in range(1, 7)]
    assert rows[0]["date"] == date(2027, 2, 26)


def test_asks_are_the_decisions_of_six_months() -> None:
    assert [row["id"] for row in plan.asks(reading(), DAY)] == ["m01"]
    assert plan.asks(reading(), date(2030, 1, 1)) == []
    assert plan.months_after(date(2026, 8, 31), 6) == date(2027, 2, 28)


def test_the_presentation_shows_pains_worst_first() -> None:
    view = presentation.view(reading(), DAY)
    assert [row["id"] for row in view["today"]] == ["c4", "c5", "c2"]
    assert [row["id"] for row in view["tomorrow"]] == ["n4", "n6", "n1"]
    assert view["risk_count"] == 11
    assert view["benefits"]["quality"][0]["change"] == "38\xa0% → 75\xa0%"
    assert [row["chart"] is None for row in view["statistics"]] == [1, 0, 0, 1, 0, 0]


def test_a_poor_description_gives_an_empty_presentation() -> None:
    view = presentation.view(reading("minimal"), DAY)
    assert (view["pilot"], view["picture"], view["logo"]) == (None, None, None)
    assert view["statistics"] == view["today"] == view["risks"] == []
    assert len(view["phases"]) == 6


def test_quotes_need_consent() -> None:
    told = project("trygg-natt")
    real = told.quotes[0].model_copy(update={"fictional": False})
    some = told.model_copy(update={"quotes": (real, *told.quotes[1:])})
    assert "q01" not in [q["id"] for q in presentation.quotes(read(some, Labels.load("nb")))]


def test_pilot_units_are_those_marked_or_all() -> None:
    assert people.pilot_units(project("trygg-natt")) == ("un01", "un02", "un03")
    told = project("trygg-natt")
    unmarked = tuple(unit.model_copy(update={"in_pilot": False}) for unit in told.units)
    pilot = told.pilot.model_copy(update={"units": ()})
    whole = told.model_copy(update={"units": unmarked, "pilot": pilot})
    assert len(people.pilot_units(whole)) == 5
    assert people.pilot_units(project("minimal")) == ()


def test_roles_are_called_what_the_project_calls_them() -> None:
    assert people.role_named(reading(), "r.it") == "IT-ansvarlig"
    assert people.role_named(reading(), "r.project_manager") == "Prosjektleder velferdsteknologi"
    assert people.role_named(reading("minimal"), "r.project_manager") == "Prosjektleder"


def test_entries_without_ids_are_known_by_their_names() -> None:
    names = ["Driftsmøte natt", "driftsmøte – natt", "★", "☆", "Driftsmøte natt 2"]
    ids = plan.ids_of(names)
    assert ids == ["driftsmote-natt", "driftsmote-natt-2", "row", "row-2", "driftsmote-natt-2-2"]
