"""Which copies there are, what they are called, who they are, and what is kept of them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from toolkit.content.fan_out import Audience, Copy, fan_out
from toolkit.content.naming import distinct, file_name, phase_folder, shortened
from toolkit.document import Copies, Document
from toolkit.language import Labels
from toolkit.produce.answers import FILE, Answers, Entry, joined, read_answers
from toolkit.produce.identity import Source, copy_id, generation_day, identity

NB, FI = Labels.load("nb"), Labels.load("fi")
SOURCE = Source("trygg-natt", "abc", date(2026, 1, 12))


def document(*copies: str, doc: str = "d.02", format: str = "xlsx") -> Document:
    return Document(
        id="x", format=format, doc=doc, title=doc, copies=copies or ("one",), phases=("p1",)
    )


def made(audience: Audience, *copies: str) -> list[tuple[str, str, str, int]]:
    found = fan_out(document(*copies), audience)
    return [(copy.unit, copy.role, copy.period, copy.number) for copy in found]


UNITS = Audience(units=("un01", "un02"), roles=("user", "it"), numbers={"d.02": 3})
MONTH = Audience(units=("un01", "un02"), period="2027-06")


@pytest.mark.parametrize(
    ("audience", "copies", "expected"),
    [
        (UNITS, ("one",), [("", "", "", 1)]),
        (UNITS, ("unit",), [("un01", "", "", 1), ("un02", "", "", 1)]),
        (UNITS, ("one", "unit"), [("", "", "", 1), ("un01", "", "", 1), ("un02", "", "", 1)]),
        (Audience(), ("one", "unit"), [("", "", "", 1)]),
        (UNITS, ("respondent",), [("", "user", "", 1), ("", "it", "", 1)]),
        (Audience(), ("respondent",), [("", "", "", 1)]),
        (UNITS, ("workshop",), [("", "", "", n) for n in (1, 2, 3)]),
        (Audience(), ("workshop",), [("", "", "", 1)]),
        (UNITS, ("one", "period"), [("", "", "", 1)]),
        (UNITS, ("period",), [("", "", "", 1)]),
        (MONTH, ("one", "period"), [("", "", "", 1), ("", "", "2027-06", 1)]),
        (MONTH, ("period",), [("", "", "2027-06", 1)]),
    ],
)
def test_fan_out(
    audience: Audience, copies: tuple[str, ...], expected: list[tuple[str, str, str, int]]
) -> None:
    assert made(audience, *copies) == expected


def test_a_document_of_units_and_periods_has_one_a_unit_and_period() -> None:
    assert made(MONTH, "unit", "period")[2:] == [
        ("un01", "", "2027-06", 1),
        ("un02", "", "2027-06", 1),
    ]


def test_every_kind_of_copies_can_be_made() -> None:
    assert all(fan_out(document(kind.value), Audience()) for kind in Copies)


def test_names_and_folders_follow_the_specification() -> None:
    assert file_name(document(), NB) == "02_interessentanalyse-og-forankringsplan_nb.xlsx"
    assert file_name(document(), NB, ["Hjemmetjenesten sone Sør"]) == (
        "02_interessentanalyse-og-forankringsplan_nb_hjemmetjenesten-sone-sor.xlsx"
    )
    assert phase_folder(NB, "p1") == "fase-1-forankring"


def test_names_stay_short_and_break_between_words() -> None:
    assert shortened("en-lang-tittel", 10) == "en-lang"
    assert shortened("enlangtittel", 5) == "enlan"
    assert shortened("kort", 5) == "kort"
    for labels in (NB, FI):
        for number in range(1, 31):
            name = file_name(document(doc=f"d.{number:02}"), labels, ["x" * 80])
            assert len(name) <= 110
            assert name.isascii()


def test_equal_names_are_numbered() -> None:
    given = ["a/x.docx", "a/x.docx", "b/x.docx", "a/x.docx", "a/x_2.docx"]
    assert distinct(given) == ("a/x.docx", "a/x_2.docx", "b/x.docx", "a/x_3.docx", "a/x_2_2.docx")


def test_identity_holds_the_system_fields_in_order() -> None:
    told = identity(Copy(document(), unit="un01"), "nb", SOURCE)
    assert list(told) == [
        "kit_id",
        "project_id",
        "doc",
        "lang",
        "schema_version",
        "generated_at",
        "copy_id",
        "unit_id",
        "respondent_role",
        "period",
        "source_hash",
    ]
    assert (told["unit_id"], told["respondent_role"]) == ("un01", "")
    assert told["generated_at"] == "2026-01-12"


def test_ids_are_the_same_again_and_differ_between_copies() -> None:
    copies = [
        Copy(document()),
        Copy(document(), unit="un01"),
        Copy(document(), role="user"),
        Copy(document(), period="2027-06"),
        Copy(document(), number=2),
        Copy(document(format="docx")),
    ]
    ids = [copy_id(copy, "nb", SOURCE) for copy in copies]
    assert len(set(ids)) == len(ids)
    assert ids == [copy_id(copy, "nb", SOURCE) for copy in copies]
    assert copy_id(copies[0], "sv", SOURCE) != ids[0]
    changed = Source("trygg-natt", "abd", SOURCE.generated_at)
    assert copy_id(copies[0], "nb", changed) != ids[0]


def test_the_day_of_generation(monkeypatch: pytest.MonkeyPatch) -> None:
    today, before = date(2026, 5, 1), Answers(source_hash="abc", generated_at="2026-01-12")
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    assert generation_day("abc", before, today) == date(2026, 1, 12)
    assert generation_day("changed", before, today) == today
    assert generation_day("abc", Answers(), today) == today
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86400")
    assert generation_day("abc", before, today) == date(1970, 1, 2)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "99999999999999")
    assert generation_day("abc", Answers(), today) == today


def kept(path: str, sha256: str = "0") -> Entry:
    return Entry(path, "d.02", "x", "xlsx", "nb", sha256, "t", "c")


def test_answers_are_read_back_as_written(tmp_path: Path) -> None:
    answers = Answers("0.1.0", "p", "project.yaml", "h", "2026-01-12", (kept("a"), kept("b")))
    (tmp_path / FILE).write_text(answers.text(), encoding="utf-8")
    assert read_answers(tmp_path) == answers
    assert answers.known == {"a": "0", "b": "0"}


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"files": 3}', '{"files": [{"x": 1}]}', "\x00\xff", "null"]
)
def test_answers_of_somebody_else_are_no_answers(tmp_path: Path, text: str) -> None:
    (tmp_path / FILE).write_text(text, encoding="utf-8")
    assert read_answers(tmp_path) == Answers()


def test_no_kit_has_no_answers(tmp_path: Path) -> None:
    assert read_answers(tmp_path / "missing") == Answers()


def test_a_run_replaces_its_own_files_and_leaves_the_others() -> None:
    files = joined([kept("a"), kept("b"), kept("c")], [kept("b", "1"), kept("d")], ["c"])
    assert [(entry.path, entry.sha256) for entry in files] == [("a", "0"), ("b", "1"), ("d", "0")]
