"""The pilot evaluation: means, agreement, response rates, and groups that must not be shown."""

from __future__ import annotations

import pytest
from stored_files import Said, cell, combined, file_of

from toolkit.collect.known import Known
from toolkit.store.ratings import Rating, Response
from toolkit.store.records import File, Results

FORM: Said = {
    ("evaluation", statement): {"statement": f"Påstand {statement}"}
    for statement in ("qe.people.1", "qe.people.2", "qe.technology.1", "qe.overall.1", "x.1")
}


def form(name: str, role: str, answers: dict[str, str], unit: str = "", text: str = "") -> File:
    says: Said = {("evaluation", s): {"answer": answer} for s, answer in answers.items()}
    said = {**says, ("form", ""): {"works_well": text}} if text else says
    sent = {**FORM, ("info", ""): {"respondent_role": role, "unit": unit or None}}
    return file_of(
        "d.16", f"{name}.xlsx", said, sent=sent, role=role, copy=f"copy for {role}", by=name
    )


def rating(results: Results, key: str, family: str = "all", group: str = "") -> Rating:
    return next(r for r in results.ratings if (r.key, r.family, r.group) == (key, family, group))


def answered(role: str, *answers: str, statement: str = "qe.people.1") -> list[File]:
    return [form(f"{role}{n}", role, {statement: answer}) for n, answer in enumerate(answers)]


def test_a_statement_by_hand() -> None:
    """5, 4, 4, 2, 1 and one that does not apply: mean 3.2, three of five agree."""
    results = combined(*answered("user", "5", "4", "4", "2", "1", "na"))
    got = rating(results, "qe.people.1")
    assert (got.n, got.mean, got.agree, got.colour) == (5, pytest.approx(3.2), 60.0, "yellow")
    assert got.distribution == {"5": 1, "4": 2, "2": 1, "1": 1, "na": 1}
    merged = cell(results, "evaluation", "qe.people.1", "answer")
    assert (merged.value, merged.n, merged.operator) == (pytest.approx(3.2), 5, "mean")
    assert cell(results, "evaluation", "qe.people.1", "agree_share").value == 60.0


def test_a_dimension_is_the_mean_of_its_statements_and_the_whole_leaves_the_overall_out() -> None:
    answers = {"qe.people.1": "5", "qe.people.2": "2", "qe.technology.1": "4", "qe.overall.1": "1"}
    results = combined(*(form(f"{n}", "employee", answers) for n in range(3)))
    assert rating(results, "people").mean == 3.5
    assert rating(results, "technology").mean == 4
    overall = [r for r in results.ratings if r.key == "overall" and r.family == "all"]
    means = {r.level: r.mean for r in overall}
    assert means == {"dimension": 1, "overall": pytest.approx((5 + 2 + 4) / 3)}


def test_the_projects_own_statements_belong_to_the_overall_one() -> None:
    results = combined(*answered("user", "3", "5", "4", statement="x.1"))
    dimensions = [r for r in results.ratings if r.level == "dimension" and r.family == "all"]
    assert [(r.key, r.mean) for r in dimensions] == [("overall", 4)]


def test_groups_under_five_are_hidden_and_never_one_alone() -> None:
    results = combined(
        *answered("user", *"555555"),
        *answered("relative", *"44444"),
        *answered("it", *"111"),
    )
    shown = {g: rating(results, "qe.people.1", "role", g) for g in ("user", "relative", "it")}
    assert {g: r.hidden for g, r in shown.items()} == {"user": False, "relative": True, "it": True}
    assert (shown["it"].mean, shown["it"].distribution, shown["relative"].mean) == (None, {}, None)
    assert rating(results, "qe.people.1").mean == pytest.approx((30 + 20 + 3) / 14)
    assert rating(results, "people", "role", "it").hidden


def test_superusers_are_employees() -> None:
    results = combined(*answered("employee", *"555"), *answered("superuser", *"33"))
    got = rating(results, "qe.people.1", "role", "employee")
    assert (got.n, got.mean, got.hidden) == (5, pytest.approx(4.2), False)


def test_units_are_a_family_of_their_own() -> None:
    files = [form(f"{n}", "user", {"qe.people.1": "4"}, unit="un01") for n in range(5)]
    files += [form(f"x{n}", "user", {"qe.people.1": "2"}, unit="un02") for n in range(6)]
    results = combined(*files)
    assert rating(results, "qe.people.1", "unit", "un01").mean == 4
    assert rating(results, "qe.people.1", "role", "user").n == 11


def test_the_response_rate_counts_forms_with_anything_in_them() -> None:
    files = [*answered("user", "5", "4"), form("untouched", "user", {})]
    files.append(form("text", "it", {}, text="Det virker"))
    results = combined(*files, known=Known(forms={"user": 25, "employee": 41}))
    assert results.responses == (
        Response("d.16", "employee", 41, 0),
        Response("d.16", "it", None, 1),
        Response("d.16", "user", 25, 2),
        Response("d.16", "all", 66, 3),
    )
    assert [response.rate for response in results.responses] == [
        0,
        None,
        8,
        pytest.approx(4.545, abs=0.01),
    ]


def test_one_mailed_form_serves_many_and_is_counted_by_person() -> None:
    results = combined(*answered("user", "5", "4", "5"))
    assert cell(results, "evaluation", "qe.people.1", "answer").n == 3
    assert results.anonymous == ("d.16",)


def test_texts_are_kept_with_every_sender() -> None:
    files = [form(f"{n}", "user", {}, text=text) for n, text in enumerate(("Bra", "bra ", "Ro"))]
    got = cell(combined(*files), "form", "", "works_well")
    assert got.value == "Bra\nRo"
    assert [text[:2] for text in got.texts] == [("Bra", "user"), ("bra ", "user"), ("Ro", "user")]
