"""Update: what staff entered goes into the description, once, and only where it is undisputed."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from returned_example import EXAMPLE
from stored_files import Said, documents, file_of, stored

from toolkit.collect.known import Known
from toolkit.collect.merging.combine import combine
from toolkit.finding import LANGUAGES, OutputError, ProjectError, ToolkitError, WouldOverwrite
from toolkit.present.update import Update, update, write_update
from toolkit.project import Project, check_description
from toolkit.store import FILE, open_store
from toolkit.store.records import File

RISK: Said = {
    ("risks", "ri01"): {
        "hazard": "Varsel når ikke fram",
        "probability": "3",
        "consequence": "5",
        "existing_measures": "Trygghetsalarm beholdes",
        "responsible": "ro09",
        "deadline": date(2026, 11, 6),
        "status": "in_progress",
    }
}
NEW = {"hazard": "Vikarer mangler pålogging", "probability": "4", "consequence": "3"}


def made(folder: Path, *files: File, description: Path = EXAMPLE, lang: str = "en") -> Update:
    with open_store(folder / FILE) as store:
        store.belong("trygg-natt")
        stored(store, files)
        combine(store, documents(), Known(), [])
    return update(folder, description, lang)


def risks(name: str, *says: Said) -> File:
    return file_of("d.23", name, {key: own for one in says for key, own in one.items()}, sent=RISK)


def described(made: Update) -> Project:
    """The project the new text describes."""
    project, told = check_description(made.description, made.text)
    assert project, told
    return project


def told(made: Update) -> list[tuple[str, str]]:
    return [(found.code, found.place.text("en")) for found in made.entered.findings]


def paths(made: Update) -> dict[str, Any]:
    return {line["path"]: (line["before"], line["after"]) for line in made.entered.lines}


def test_what_was_entered_is_written_and_what_was_left_alone_is_not(tmp_path: Path) -> None:
    entered = {"probability": "5", "status": "done", "deadline": date(2027, 1, 9), "cause": "Nett"}
    found = made(tmp_path, risks("a.xlsx", {("risks", "ri01"): entered}), risks("b.xlsx"))
    risk = described(found).risks[0]
    assert (risk.probability, risk.status, risk.deadline) == (5, "done", date(2027, 1, 9))
    assert (risk.consequence, risk.responsible) == (5, "ro09")
    assert paths(found)["risks.ri01.probability"] == ("3", "5")
    assert not told(found)
    old, new = (text.splitlines() for text in (EXAMPLE.read_text("utf-8"), found.text))
    assert [a for a, b in zip(old, new, strict=True) if a != b] == [
        line for line in old if "{id: ri01," in line
    ]


def test_of_texts_only_what_no_other_holds_is_written(tmp_path: Path) -> None:
    texts = ("Trygghetsalarm beholdes, og vakttelefon", "Nøkkelboks")
    files = [
        risks(f"{n}.xlsx", {("risks", "ri01"): {"existing_measures": text}})
        for n, text in enumerate(texts)
    ]
    assert described(made(tmp_path, *files)).risks[0].existing == "\n".join(texts)


def test_answers_that_contradict_are_told_and_not_written(tmp_path: Path) -> None:
    files = [
        risks(f"{role}.xlsx", {("risks", "ri01"): {"responsible": role}})
        for role in ("ro04", "ro10")
    ]
    found = made(tmp_path, *files)
    assert told(found) == [
        ("update-conflict", "23 Risk and vulnerability analysis > Risks, row ri01")
    ]
    assert "risks.ri01.responsible" not in paths(found)
    assert found.text == EXAMPLE.read_text("utf-8")


def test_a_value_changed_since_in_the_description_stands(tmp_path: Path) -> None:
    text = EXAMPLE.read_text("utf-8").replace(
        'consequence: 5, measure: "To', 'consequence: 4, measure: "To'
    )
    (tmp_path / "project.yaml").write_text(text, "utf-8")
    say: Said = {("risks", "ri01"): {"consequence": "3", "probability": "5"}}
    found = made(tmp_path, risks("a.xlsx", say), description=tmp_path / "project.yaml")
    assert told(found) == [("update-since", "23 Risk and vulnerability analysis > Risks, row ri01")]
    assert list(paths(found)) == ["risks.ri01.probability"]


def test_rows_staff_added_come_last_with_the_next_id(tmp_path: Path) -> None:
    say: Said = {("risks", "new-1"): {**NEW, "responsible": "ro09"}}
    found = made(tmp_path, risks("a.xlsx", say))
    assert {line["kind"] for line in found.entered.lines} == {"added"}
    risk = described(found).risks[-1]
    assert (risk.id, risk.hazard, risk.probability) == ("ri15", "Vikarer mangler pålogging", 4)
    assert risk.responsible == "ro09"
    (tmp_path / "project.yaml").write_text(found.text, "utf-8")
    again = update(tmp_path, tmp_path / "project.yaml", "en")
    assert again.text == found.text


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ({"hazard": "Uten tall"}, "update-incomplete"),
        ({**NEW, "hazard": "Vikarer mangler pålogging."}, "update-similar"),
        ({**NEW, "hazard": "Ring", "cause": "Ring 912 34 567"}, "update-personal"),
    ],
)
def test_a_row_that_needs_a_person_is_told(tmp_path: Path, row: Any, code: str) -> None:
    found = made(
        tmp_path,
        risks("a.xlsx", {("risks", "new-1"): NEW}),
        risks("b.xlsx", {("risks", "new-2"): row}),
    )
    assert told(found) == [(code, "23 Risk and vulnerability analysis > Risks")]
    assert "912 34 567" not in f"{found.text}{found.entered}"


def test_values_by_themselves_have_their_places(tmp_path: Path) -> None:
    sent: Said = {
        ("net", "f.ramp_up"): {"year:2027": 0.35},
        ("net", ""): {"discount_rate": 0.0},
        ("benefit_calc", "b01"): {"volume_per_year": 1000, "hourly_cost": 480},
        ("roles", "ro02"): {"person": ""},
    }
    says: Said = {
        ("net", "f.ramp_up"): {"year:2027": 0.5},
        ("net", ""): {"discount_rate": 0.04},
        ("benefit_calc", "b01"): {"volume_per_year": 900, "hourly_cost": 480},
    }
    person: Said = {("roles", "ro02"): {"person": "Prosjektleder A"}}
    criteria: Said = {("risk_criteria", "probability.2"): {"description": "Hvert femte år"}}
    message: Said = {("form", ""): {"f.msg.why": "Roligere netter"}}
    found = made(
        tmp_path,
        file_of("d.03", "a.xlsx", says, sent=sent, unit="un01"),
        file_of("d.12", "b.xlsx", person, sent=sent),
        file_of("d.23", "c.xlsx", criteria, sent=RISK),
        file_of("d.02", "d.docx", message, kind="docx"),
    )
    project = described(found)
    assert project.economy.ramp_up[2027] == 0.5
    assert project.economy.discount_rate == 0.04
    assert project.roles[1].person == "Prosjektleder A"
    assert project.risk_acceptance.definitions.probability[2] == "Hvert femte år"
    assert project.communication.messages.why == "Roligere netter"
    assert told(found) == [("update-sum", "03 Benefits realisation > Calculation, row b01")]


def test_the_new_description_is_a_file_of_its_own(tmp_path: Path) -> None:
    found = made(tmp_path, risks("a.xlsx", {("risks", "ri01"): {"probability": "5"}}))
    with pytest.raises(OutputError, match="itself"):
        write_update(found, EXAMPLE)
    out = tmp_path / "next.yaml"
    warnings = {warning.code for warning in write_update(found, out)}
    assert warnings == {"picture-not-found"}  # the pictures do not lie beside it
    assert out.read_text("utf-8") == found.text
    write_update(found, out)
    out.write_text("mine", "utf-8")
    with pytest.raises(WouldOverwrite):
        write_update(found, out)
    assert out.read_text("utf-8") == "mine"


def test_a_description_that_could_not_be_used_is_not_written(tmp_path: Path) -> None:
    found = made(tmp_path, risks("a.xlsx", {("risks", "ri01"): {"responsible": "ro77"}}))
    with pytest.raises(ProjectError, match="ro77"):
        write_update(found, tmp_path / "next.yaml")
    assert not (tmp_path / "next.yaml").exists()


def test_the_description_of_another_project_is_told(tmp_path: Path) -> None:
    other = EXAMPLE.parents[1] / "minimal" / "project.yaml"
    with pytest.raises(ToolkitError) as raised:
        made(tmp_path, risks("a.xlsx"), description=other)
    assert [found.code for found in raised.value.findings] == ["results-other-project"]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_nothing_entered_is_nothing_to_write(tmp_path: Path, lang: str) -> None:
    found = made(tmp_path, risks("a.xlsx"), lang=lang)
    assert (found.entered.lines, found.entered.findings) == ([], [])
    assert found.text == EXAMPLE.read_text("utf-8")
