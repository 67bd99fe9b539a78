"""Trace: words in any order and language find a value, and every step down to its cells is told."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from toolkit.content.shown import Shown
from toolkit.document import load_documents, shipped_templates
from toolkit.finding import LANGUAGES, Place
from toolkit.language import Labels
from toolkit.present.trace import traced_in
from toolkit.present.trace.arithmetic import same, worked_out
from toolkit.present.trace.held import Held
from toolkit.present.trace.text import WIDTH, lines_of
from toolkit.present.trace.words import day_of
from toolkit.store.behind import Sources
from toolkit.store.records import FileKey, Merged, Results, Row, Source, Spot, Standing, Value
from toolkit.store.spots import Stood

NORD, SØR = "Hjemmetjenesten sone Nord", "Bryggen"
DAY = date(2027, 6, 30)


def source(file: str, unit: str, value: Value, raw: str = "", **more: Any) -> Source:
    place = Place(file, (("sheet", "Målinger"), ("at", more.pop("at", "F13"))))
    given = {"role": "ro01", "filled_by": "Avdelingsleder", "day": DAY, "sha256": file} | more
    return Source(file=file, copy=file, unit=unit, value=value, raw=raw, place=place, **given)


def measured(row: str, unit: str, value: float, size: int) -> list[Merged]:
    facts: dict[str, Value] = {"benefit": "b01", "unit": unit, "measure_date": DAY}
    cells = [Merged("d.03", "measurements", row, f"f.{k}", "key", v) for k, v in facts.items()]
    own = source(f"{unit}.xlsx", unit, value, f"{value}".replace(".", ","))
    older = source(f"{unit}.xlsx", unit, 9.0, "9", standing=False, at="F12")
    size_of = source(f"{unit}.xlsx", unit, size, f"{size}", at="G13", number=1)
    return [
        *cells,
        Merged("d.03", "measurements", row, "f.measured_value", "append", value, 1,
               sources=(own, older)),
        Merged("d.03", "measurements", row, "f.sample_size", "sum", size, 1, sources=(size_of,)),
    ]  # fmt: skip


def results() -> Results:
    north, south = measured("m1", "un01", 0.9, 14), measured("m2", "un02", 1.2, 10)
    plan = {"baseline": 2.4, "target": 0.9, "frequency": "monthly", "aggregation": "mean"}
    latest = (0.9 * 14 + 1.2 * 10) / 24
    behind = (north[3].sources[0], south[3].sources[0])
    follow = {"baseline": 2.4, "target": 0.9, "measured_value": latest, "measure_date": DAY}
    follow["achievement"] = (latest - 2.4) / (0.9 - 2.4) * 100
    score = [source(f"{n}.xlsx", "", key, key, at="H5", number=2) for n, key in
             enumerate(("small", "large"))]  # fmt: skip
    return Results(
        rows=(
            Row("d.03", "benefit_plan", "b01", 0, "Færre planlagte tilsyn"),
            Row("d.03", "follow_up", "b01", 0, "Færre planlagte tilsyn"),
            Row("d.03", "measurements", "m1", 0, f"Færre tilsyn, {NORD}"),
            Row("d.03", "measurements", "m2", 1, f"Færre tilsyn, {SØR}"),
            Row("d.02", "stakeholders", "st01", 0, "Brukere"),
            Row("d.16", "evaluation", "q1", 0, "Tjenesten er god"),
            Row("d.16", "evaluation", "q2", 1, "Rutinene er tydelige"),
        ),
        merged=(
            *north,
            *south,
            *(Merged("d.03", "benefit_plan", "b01", f"f.{k}", "one", v) for k, v in plan.items()),
            *(
                Merged("d.03", "follow_up", "b01", f"f.{k}", "recompute", v, 2, sources=behind)
                for k, v in follow.items()
            ),
            Merged("d.02", "stakeholders", "st01", "f.influence", "mean", 3.0, 2, 2.0,
                   disagreement=True, sources=tuple(score)),
            Merged("d.16", "evaluation", "q1", "f.answer", "dist", None, 6,
                   distribution={"5": 6}, sources=(source("a.xlsx", "un01", "5", "5"),)),
            Merged("d.16", "evaluation", "q2", "f.answer", "dist", None, 3,
                   distribution={"1": 3}, sources=(source("a.xlsx", "un01", "1", "1"),)),
        ),
        titles={("unit", "un01"): NORD, ("unit", "un02"): SØR, ("benefit", "b01"): "Tilsyn",
                ("role", "ro01"): "Leder"},
        anonymous=("d.16",),
        statuses={("un01.xlsx", "un01.xlsx"): ("read", "")},
    )  # fmt: skip


class Kept:
    """What a store says of the values above."""

    def __init__(self, told: Results) -> None:
        self.told = told
        self.by_spot = {(merged.doc, merged.spot): merged for merged in told.merged}

    def sources(self, value: tuple[str, Spot], most: int) -> Sources:
        every = self.by_spot[value].sources
        return Sources(every[:most], len(every[most:]))

    def sent(self, value: tuple[str, Spot], by: str, key: str) -> bool:
        own = (getattr(source, by) for source in self.by_spot[value].sources)
        return any(f"{said}".startswith(key) if by == "day" else said == key for said in own)

    def uncounted(self, value: tuple[str, Spot], most: int) -> tuple[Stood, ...]:
        if value != ("d.03", ("measurements", "m1", "f.measured_value")):
            return ()
        place = Place("rot.xlsx", (("sheet", "Målinger"), ("at", "F13")))
        key = "s", "rot.xlsx"
        stood = Stood(key, "d.03", "c", "un01", "", "", DAY, 7, "vet ikke", "vet ikke",
                      "number-unread", False, place)  # fmt: skip
        return (stood,)

    def resting(self, value: tuple[str, Spot]) -> tuple[tuple[str, Spot], ...]:
        own = {(s.file, s.number) for s in self.by_spot[value].standing}
        computed = (m for m in self.told.merged if m.operator == "recompute")
        return tuple(
            (m.doc, m.spot) for m in computed if own & {(s.file, s.number) for s in m.sources}
        )

    def standing(self, key: FileKey) -> Standing:
        return self.told.statuses.get(key, ("read", ""))


def held(language: str = "nb") -> Held:
    documents = load_documents(shipped_templates())
    told = results()
    return Held(told, Shown(Labels.load(language), documents, told.titles), Kept(told))


def found(query: str, language: str = "nb") -> list[dict[str, Any]]:
    steps: list[dict[str, Any]] = traced_in(held(language), query).data["found"]
    return steps


MEASURED = [("m1", "f.measured_value"), ("m1", "f.sample_size")]


@pytest.mark.parametrize(
    "query",
    [
        "d.03 b01 2027-06 un01",
        "un01 2027-06 d03 b01",
        f'"{NORD}" 03 juni 2027 Tilsyn målinger',
        "Nord kesäkuu 2027",  # a part of the unit's name, a month in Finnish
        "sone Nord 30.06.2027",
        "m1",
    ],
)
def test_words_in_any_order_and_language_find_the_same_measurement(query: str) -> None:
    assert [(step["row"], step["field"]) for step in found(query)] == MEASURED


@pytest.mark.parametrize("language", LANGUAGES)
def test_labels_of_every_language_name_the_field(language: str) -> None:
    label = Labels.load(language).t("f.achievement")
    (step,) = found(f"b01 {label}")
    assert (step["table"], step["field"]) == ("follow_up", "f.achievement")


def test_an_answer_is_told_with_file_cell_sender_day_raw_text_and_value() -> None:
    step = found("m1 f.measured_value")[0]
    (answer,) = step["answers"]
    expected = {
        "value": 0.9, "raw": "0,9", "file": "un01.xlsx", "sheet": "Målinger", "cell": "F13",
        "unit": "un01", "role": "ro01", "filled_by": "Avdelingsleder",
        "filled_date": "2027-06-30", "stands": True, "file_status": "read",
    }  # fmt: skip
    assert expected.items() <= answer.items()
    (older,) = step["history"]
    assert (older["cell"], older["stands"]) == ("F12", False)
    (left,) = step["not_counted"]
    assert (left["raw"], left["state"], left["why"]) == (
        *("vet ikke", "number-unread"),
        Labels.load("nb").t("tr.why.unread"),
    )
    assert {used["field"] for used in step["used_by"]} == {
        *("f.baseline", "f.target", "f.measured_value", "f.measure_date", "f.achievement"),
    }


def test_a_computed_number_is_followed_down_to_the_cells_with_its_weights() -> None:
    (step,) = found("b01 achievement")
    assert step["numbers"] == "(1,025 − 2,4) / (0,9 − 2,4) × 100"
    latest = next(one for one in step["inputs"] if one["field"] == "f.measured_value")
    assert latest["workings"] == "(0,9 × 14 + 1,2 × 10) / 24 = 1,025"
    cells = [(one["weight"], one["answers"][0]["cell"]) for one in latest["inputs"]]
    assert cells == [(14, "F13"), (10, "F13")]


def test_a_mean_of_options_shows_the_numbers_behind_them() -> None:
    (step,) = found("st01 influence")
    assert (step["value"], step["numbers"], step["spread"]) == (3.0, "(2 + 4) / 2", 2.0)
    assert step["disagreement"]


def test_several_values_are_candidates_each_with_words_that_single_it_out() -> None:
    data = traced_in(held(), "d.03 measured_value").data
    assert data["found"] == []
    queries = [one["query"] for one in data["candidates"]]
    assert queries == [
        "d.03 measurements m1 f.measured_value",
        "d.03 measurements m2 f.measured_value",
        "d.03 follow_up b01 f.measured_value",
    ]
    assert all(len(found(query)) == 1 for query in queries)


def test_what_is_not_there_is_told_with_near_names() -> None:
    traced = traced_in(held(), "b01 achievment måloppnåelsen blorf")
    assert traced.data["read_as"] == {
        "achievment": "achievement",
        "måloppnåelsen": "Måloppnåelse",
    }
    (told,) = traced.findings
    assert (told.code, dict(told.params)["word"]) == ("trace-unknown", "blorf")
    near = traced_in(held(), "b0l").findings[0]
    assert near.code == "trace-unknown"
    assert "b01" in dict(near.params)["near"]
    (nothing,) = traced_in(held(), "d.02 b01").findings
    assert nothing.code == "trace-nothing"


def test_anonymous_answers_are_never_shown_one_by_one() -> None:
    (enough,), (few,) = found("d.16 q1"), found("d.16 q2")
    for step in (enough, few):
        assert step["answers"] == step["history"] == step["not_counted"] == []
        assert "a.xlsx" not in f"{step}"
    assert enough["distribution"]
    assert not few["distribution"]
    assert few["hidden"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_text_is_80_columns_wide_and_holds_every_cell(language: str) -> None:
    lines = list(lines_of(traced_in(held(language), "b01 achievement").data, Labels.load(language)))
    assert max(map(len, lines)) <= WIDTH
    text = "\n".join(lines)
    assert "un01.xlsx > Målinger!F13" in text
    assert "un02.xlsx > Målinger!F13" in text
    assert " × 14 + " in text


@pytest.mark.parametrize(
    ("text", "day"),
    [("2027", "2027"), ("2027-6", "2027-06"), ("2027-06-30", "2027-06-30"), ("1.6.2027",
     "2027-06-01"), ("juni 2027", "2027-06"), ("June 2027", "2027-06"), ("b01", ""), ("juni", "")],
)  # fmt: skip
def test_days_and_periods(text: str, day: str) -> None:
    assert day_of(text) == day


def test_a_formula_is_worked_out_from_its_own_text() -> None:
    pieces = ["(", "", " − ", "", ") / ", "", " × 100"]
    assert worked_out(pieces, [1.5, 2.0, 0.5]) == -100
    assert worked_out(["", "", " / ", "", ""], [1, 0]) is None
    assert same(0.1 + 0.2, 0.3)
    assert not same(None, 1.0)
