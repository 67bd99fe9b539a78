"""``toolkit trace`` on the example: every computed number is led back to cells, and agrees."""

from __future__ import annotations

import json
from typing import Any

import pytest
from click.testing import CliRunner, Result

from toolkit.cli import toolkit
from toolkit.content.shown import Shown
from toolkit.document import load_documents, shipped_templates
from toolkit.finding import LANGUAGES
from toolkit.language import Labels
from toolkit.present.trace.formulas import formula_of
from toolkit.present.trace.held import Held
from toolkit.present.trace.steps import step_of
from toolkit.store import read_store
from toolkit.store.records import Results

LEAVES = ("answers", "history", "not_counted")


def traced(store: Any, *query: str, lang: str = "en") -> Result:
    return CliRunner().invoke(toolkit, ["trace", f"{store}", *query, "--lang", lang])


def as_json(store: Any, query: str) -> Any:
    result = traced(store, query, "--json")
    return json.loads(result.stdout)


def leaves(step: Any) -> list[Any]:
    """The cells behind a value, however deep."""
    own = [answer for kind in LEAVES for answer in step.get(kind, ())]
    return own + [leaf for one in step.get("inputs", ()) for leaf in leaves(one)]


def test_a_measurement_is_traced_to_file_cell_sender_and_raw_text(example: Any) -> None:
    data = as_json(example.store, "d.03 b01 2027-06 un01")
    value = next(step for step in data["found"] if step["field"] == "f.measured_value")
    (answer,) = value["answers"]
    assert (answer["sheet"], answer["cell"], answer["raw"]) == ("Målinger", "F13", "0.96")
    assert answer["file"] == "03_gevinstrealisering_nb_hjemmetjenesten-sone-nord.xlsx"
    assert answer["filled_date"] == "2027-08-03"
    assert "Hjemmetjenesten sone Nord" in answer["sender"]
    used = {(one["table"], one["field"]) for one in value["used_by"]}
    assert ("follow_up", "f.achievement") in used


def test_the_golden_achievement_is_led_down_to_its_cells(example: Any) -> None:
    (step,) = as_json(example.store, "achievement b01")["found"]
    assert step["numbers"] == "(0.96 − 2.4) / (0.6 − 2.4) × 100"
    assert round(step["value"], 1) == 80.0
    files = {leaf["file"] for leaf in leaves(step) if leaf["stands"]}
    assert len(files) == 3
    latest = next(one for one in step["inputs"] if one["field"] == "f.measured_value")
    assert [one["weight"] for one in latest["inputs"]] == [12, 8, 5]


def test_every_computed_number_of_the_example_has_a_formula_that_gives_it(
    results: Results, example: Any
) -> None:
    shown = Shown(Labels.load("en"), load_documents(shipped_templates()), results.titles)
    computed = [merged for merged in results.merged if merged.operator == "recompute"]
    assert len(computed) > 150
    by_unit = Labels.load("en").t("tr.how.by_unit")
    unexplained, apart = [], []
    with read_store(example.store) as store:
        held = Held(results, shown, store.behind())
        steps = [(merged, step_of(merged, held)) for merged in computed]
    for merged, step in steps:
        told = step["numbers"] or step["workings"] or step["explained"]
        if formula_of(merged.table, merged.row, merged.field) is None or not told:
            unexplained.append((merged.spot, step))
        if step["explained"] == by_unit:
            apart.append(merged.spot)
    assert unexplained == []
    assert {table for table, _, _ in apart} <= {"benefit_calc"}  # priced unit by unit


def test_what_is_ambiguous_gives_candidates_and_what_is_unknown_near_names(example: Any) -> None:
    result = traced(example.store, "d.03", "b01")
    assert result.exit_code == 0
    assert "Add words" in result.stdout
    assert "d.03 benefit_plan b01 f.baseline" in result.stdout
    result = traced(example.store, "d.03", "blorf")
    assert result.exit_code == 3
    assert not result.stdout
    assert "nothing is called “blorf” here" in result.stderr
    result = traced(example.store.parent.parent, "b01")
    assert result.exit_code == 3
    assert "there are no results here" in result.stderr


def test_an_anonymous_answer_has_no_file_and_no_cell(example: Any) -> None:
    result = traced(example.store, "d.16", "qe.people.1", "answer")
    assert result.exit_code == 0
    assert "never shown one by one" in result.stdout
    assert ".xlsx" not in result.stdout
    assert ".docx" not in result.stdout


@pytest.mark.parametrize("language", LANGUAGES)
def test_in_five_languages_within_80_columns(example: Any, language: str) -> None:
    field = Labels.load(language).t("f.risk_value")
    result = traced(example.store, "ri05", field, lang=language)
    assert result.exit_code == 0, result.stderr
    assert max(map(len, result.stdout.splitlines())) <= 80
    assert "Risikoer!H9" in result.stdout
