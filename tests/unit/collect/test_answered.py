"""Who answered, who did not, what is missing: specification 6, by the kit or by the project."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from stored_benefits import unit_copy
from stored_files import Said, combined, documents, file_of
from stored_risks import RISKS

from toolkit.collect.known import Known, known_of
from toolkit.collect.sent_out import KitError, SentOut, sent_by_project, sent_with_kit
from toolkit.project import read_project
from toolkit.store.records import ABSENT, ANSWERED, PARTLY, UNTOUCHED, Copy, Missing, Results

EXAMPLE = Path(__file__).parents[3] / "examples" / "trygg-natt" / "project.yaml"


def state(copy: Copy) -> tuple[str, str, bool]:
    return copy.unit or copy.copy, copy.state, copy.expected


def missing(results: Results) -> list[tuple[str, str]]:
    return [(m.row, m.field) for m in results.missing]


def test_copies_are_answered_partly_untouched_or_absent() -> None:
    sent = [
        SentOut("d.03", "benefits", unit, copies=frozenset({f"for {unit}"}), due=date(2027, 7, 1))
        for unit in ("un01", "un02", "un03")
    ]
    says: Said = {("measurements", "b01-un01-01"): {"measured_value": 1}}
    owner: Said = {**says, ("benefit_plan", "b01"): {"benefit_owner": "ro03"}}
    partly = unit_copy("b.xlsx", {("benefit_plan", "b01"): {"action": "Kurs"}}, "un02")
    results = combined(unit_copy("a.xlsx", owner, "un01"), partly, sent=sent)
    assert [state(copy) for copy in results.copies] == [
        ("un01", ANSWERED, True),
        ("un02", PARTLY, True),
        ("un03", ABSENT, True),
    ]
    assert [(c.required, c.filled) for c in results.copies] == [(4, 4), (4, 2), (0, 0)]
    assert [c.due for c in results.copies] == [date(2027, 7, 1)] * 3


def test_an_untouched_copy_has_not_answered() -> None:
    sent = [SentOut("d.03", "benefits", "un01", copies=frozenset({"for un01"}))]
    results = combined(unit_copy("a.xlsx", {}, "un01"), sent=sent)
    assert [state(copy) for copy in results.copies] == [("un01", UNTOUCHED, True)]


def test_of_many_answers_on_one_copy_one_stands_for_it() -> None:
    sent = [SentOut("d.23", "ros", copies=frozenset({"c"}))]
    files = [
        file_of("d.23", f"{n}.xlsx", says, sent=RISKS, copy="c", by=f"{n}")
        for n, says in enumerate(({}, {("risks", "ri02"): {"new_measure": "Batteri"}}))
    ]
    results = combined(*files, sent=sent)
    assert Counter((c.state, c.expected) for c in results.copies) == {
        (UNTOUCHED, False): 1,
        (PARTLY, True): 1,
    }


def test_a_copy_of_an_older_kit_is_matched_by_whom_it_is_for() -> None:
    sent = [SentOut("d.03", "benefits", unit) for unit in ("un01", "un02")]
    results = combined(
        unit_copy("a.xlsx", {("benefit_plan", "b01"): {"target": 1}}, "un02"), sent=sent
    )
    assert {(c.unit, c.state) for c in results.copies} == {("un02", PARTLY), ("un01", ABSENT)}


def test_a_copy_nobody_expected_is_there_too() -> None:
    results = combined(unit_copy("a.xlsx", {("benefit_plan", "b01"): {"target": 1}}, "un09"))
    assert [state(copy) for copy in results.copies] == [("un09", PARTLY, False)]


def test_a_risk_needs_scores_and_a_measure_from_orange_on() -> None:
    says: Said = {("risks", "new-a-1"): {"hazard": "Lyn"}}
    results = combined(*(file_of("d.23", f"{n}.xlsx", says, sent=RISKS) for n in range(3)))
    assert missing(results) == [
        ("new-a-1", "f.probability"),
        ("new-a-1", "f.consequence"),
        ("ri01", "f.new_measure"),
    ]


def test_a_benefit_needs_baseline_target_owner_and_one_measurement_after_the_start() -> None:
    baseline: Said = {
        ("measurements", "b01-un01-00"): {
            "benefit": "b01",
            "measure_point": "baseline",
            "measured_value": 2.4,
        }
    }
    results = combined(unit_copy("a.xlsx", baseline, "un01"))
    assert results.missing == (
        Missing("d.03", "benefit_plan", "b01", "f.benefit_owner"),
        Missing("d.03", "measurements", "b01", "f.measured_value"),
    )


def test_an_activity_needs_one_h_and_a_u() -> None:
    sent: Said = {
        ("huki", "h01"): {"activity": "Varsle", "ro04": "H", "ro08": "U"},
        ("huki", "h02"): {"activity": "Rykke ut", "ro04": "H/U", "ro08": "H"},
    }
    results = combined(file_of("d.12", "a.xlsx", {("huki", "h01"): {"ro05": "I"}}, sent=sent))
    assert missing(results) == [("h02", "f.check_status")]
    assert [(c.required, c.filled) for c in results.copies] == [(2, 1)]


@pytest.mark.parametrize(("answers", "expected"), [(3, PARTLY), (4, ANSWERED), (5, ANSWERED)])
def test_a_form_needs_its_role_and_four_of_five_statements(answers: int, expected: str) -> None:
    sent: Said = {
        **{("evaluation", f"qe.people.{n}"): {"statement": "…"} for n in range(1, 6)},
        ("info", ""): {"respondent_role": "user"},
    }
    says: Said = {("evaluation", f"qe.people.{n}"): {"answer": "4"} for n in range(1, answers + 1)}
    results = combined(file_of("d.16", "a.xlsx", says, sent=sent))
    assert [copy.state for copy in results.copies] == [expected]


def test_a_kit_tells_every_copy_once_whatever_its_languages_and_formats(tmp_path: Path) -> None:
    facts = {"unit_id": "", "role": "", "period": "", "sha256": "", "template_sha256": ""}

    def entry(doc: str, document: str, format: str, lang: str, id: str, **more: str) -> object:
        path = f"fase-4/{document}_{lang}_{id}.{format}"
        own = {"doc": doc, "document": document, "format": format, "lang": lang, "copy_id": id}
        return {**facts, **own, "path": path, **more}

    files = [
        entry("d.16", "evaluation", "docx", "nb", "1", role="user"),
        entry("d.16", "evaluation", "xlsx", "nb", "2", role="user"),
        entry("d.16", "evaluation", "xlsx", "fi", "3", role="user"),
        entry("d.23", "ros", "xlsx", "nb", "4"),
        entry("d.23", "ros", "xlsx", "nb", "5"),
        entry("d.01", "presentation", "pptx", "nb", "6"),
    ]
    (tmp_path / "answers.json").write_text(json.dumps({"files": files}))
    got = sent_with_kit(tmp_path, documents(), Known(due={"d.16": date(2027, 1, 1)}))
    assert [(c.doc, c.role, c.number, sorted(c.copies), c.due) for c in got] == [
        ("d.16", "user", 1, ["1", "2", "3"], date(2027, 1, 1)),
        ("d.23", "", 1, ["4"], None),
        ("d.23", "", 2, ["5"], None),
    ]


@pytest.mark.parametrize("content", [None, "{", "[]", '{"files": [{"doc": "d.23"}]}'])
def test_a_folder_that_is_no_kit_is_told(tmp_path: Path, content: str | None) -> None:
    if content is not None:
        (tmp_path / "answers.json").write_text(content)
    with pytest.raises(KitError) as caught:
        sent_with_kit(tmp_path, documents(), Known())
    assert [found.code for found in caught.value.findings] == ["kit-not-read"]


def test_a_project_tells_who_was_asked() -> None:
    project = read_project(EXAMPLE)
    known = known_of(project)
    copies = sent_by_project(project, documents(), known)
    counted = Counter((copy.doc, copy.document) for copy in copies)
    assert counted["d.03", "benefits"] == 1 + 3
    assert counted["d.16", "evaluation"] == 6
    assert {c.unit for c in copies if c.doc == "d.03"} == {"", "un01", "un02", "un03"}
    assert known.forms == {
        "user": 25,
        "relative": 25,
        "employee": 38,
        "manager": 3,
        "it": 2,
        "supplier": 2,
    }
    assert known.units == ("un01", "un02", "un03")
    assert (known.shares[2026], known.shares[2031]) == (0, 1)
