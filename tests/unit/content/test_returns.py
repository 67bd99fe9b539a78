"""What is told of the files that came back, in words people use, in five languages."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache

import pytest
from stored_benefits import unit_copy
from stored_files import Said, combined, documents, file_of
from stored_risks import RISKS

from toolkit.collect.known import Known
from toolkit.collect.sent_out import SentOut
from toolkit.content.page import Line, Section, copies_of, page_of
from toolkit.content.returns import findings_of
from toolkit.content.shown import Shown
from toolkit.finding import LANGUAGES, Finding
from toolkit.language import Labels
from toolkit.store.records import REJECTED, File, Results

TITLES = {
    ("role", "ro04"): "Avdelingsleder",
    ("role", "ro05"): "Superbruker",
    ("unit", "un01"): "Sone Nord",
    ("benefit", "b01"): "Færre tilsyn",
}


def shown(language: str = "nb") -> Shown:
    return Shown(Labels.load(language), documents(), TITLES)


def told(*files: File, language: str = "nb", sent: tuple[SentOut, ...] = ()) -> list[Finding]:
    results = combined(*files, known=Known(titles=TITLES), sent=sent)
    return list(findings_of(results, judged(results, files), shown(language)))


def judged(results: Results, files: tuple[File, ...]) -> list[File]:
    """The files as the store tells them once they are put together."""
    told = ((file, *results.statuses[file.key]) for file in files)
    return [replace(file, status=status, reason=reason) for file, status, reason in told]


def the(findings: list[Finding], code: str) -> Finding:
    (found,) = (f for f in findings if f.code == code)
    return found


def risk(name: str, says: Said, **more: str) -> File:
    return file_of("d.23", name, says, sent=RISKS, **more)  # type: ignore[arg-type]


def two_in_conflict() -> tuple[File, File]:
    return (
        risk("a.xlsx", {("risks", "ri01"): {"responsible": "ro05"}}),
        risk("b.xlsx", {("risks", "ri01"): {"responsible": "ro99"}}, unit="un01"),
    )


def test_a_conflict_names_the_field_the_row_and_every_answer() -> None:
    found = the(told(*two_in_conflict()), "answers-conflict")
    assert found.place.text("nb") == "23 ROS-analyse > Risikoer, rad ri01"
    assert found.message("nb") == (
        "Ansvarlig, Sensoren svikter: svarene strider mot hverandre: "
        "Superbruker (a.xlsx > C9); ro99 (Sone Nord, b.xlsx > C9)"
    )
    assert found.hint("nb") == "avklar hva som gjelder; inntil da står Avdelingsleder"


def test_a_wide_spread_counts_the_answers() -> None:
    files = [risk(f"{p}.xlsx", {("risks", "ri01"): {"probability": f"{p}"}}) for p in (1, 5, 5)]
    files[2] = risk("again.xlsx", {("risks", "ri01"): {"probability": "5"}})
    found = the(told(*files), "answers-disagree")
    assert "1 – Meget liten: 1, 5 – Svært stor: 2" in found.message("nb")


def test_rows_that_look_alike_and_rows_without_a_name() -> None:
    says: Said = {
        ("risks", "new-a-1"): {"hazard": "Strømbruddd"},
        ("risks", "new-a-2"): {"consequence": "5"},
    }
    findings = told(risk("a.xlsx", says))
    similar = the(findings, "row-similar").message("nb")
    assert similar.startswith("«Strømbruddd» ligner «Strømbrudd»")
    unnamed = the(findings, "row-without-key")
    assert unnamed.message("nb").startswith("en ny rad har ikke noe i Uønsket hendelse")
    assert unnamed.place.text() == "23 ROS-analyse > Risikoer, row new-a-2"


def test_what_is_missing_is_told_by_field_and_who_is_missing_by_name() -> None:
    sent = (
        SentOut("d.03", "benefits", "un01", copies=frozenset({"for un01"})),
        SentOut("d.03", "benefits", "un02", path="fase-1/03_b.xlsx"),
    )
    file = unit_copy("a.xlsx", {("benefit_plan", "b01"): {"target": 1}}, "un01")
    findings = told(file, sent=sent)
    absent = [f.message("nb") for f in findings if f.code == "values-absent"]
    assert absent == [
        "Gevinsteier mangler (1): Færre tilsyn",
        "Målt verdi mangler (1): Færre tilsyn",
    ]
    assert the(findings, "copy-absent").message("nb") == "ikke returnert: un02, fase-1/03_b.xlsx"


def test_a_copy_that_is_for_no_unit_is_that_of_the_whole_project() -> None:
    sent = (SentOut("d.03", "benefits"), SentOut("d.02", "anchoring-plan"))
    absent = [f.message("nb") for f in told(*two_in_conflict(), sent=sent) if "absent" in f.code]
    assert absent[:2] == ["ikke returnert: docx", "ikke returnert: Hele prosjektet, xlsx"]


def test_files_that_count_once_or_not_at_all_say_which_one_stands() -> None:
    status: Said = {("benefit_plan", "b01"): {"status": "done"}}
    old = unit_copy("old.xlsx", status, "un01")
    new = unit_copy("new.xlsx", status, "un01", day=9)
    again = File(**{**new.__dict__, "name": "new (2).xlsx"})
    findings = told(old, new, again)
    assert the(findings, "file-superseded").place.file == "old.xlsx"
    assert "(new (2).xlsx)" in the(findings, "file-superseded").message()
    duplicate = the(findings, "file-duplicate")
    assert (duplicate.place.file, duplicate.params) == ("new.xlsx", (("other", "new (2).xlsx"),))


def test_shared_copies_units_that_answer_twice_and_copies_nobody_touched() -> None:
    shared = [
        risk(f"{by}.xlsx", {("risks", "ri01"): {"status": status}}, copy="c", by=by)
        for by, status in (("Kari", "done"), ("Ola", "delayed"))
    ]
    assert the(told(*shared), "copy-shared").params == (("n", "2"),)
    twice = [
        unit_copy(f"{copy}.xlsx", {("benefit_plan", "b01"): {"action": copy}}, "un01", copy=copy)
        for copy in ("nb", "fi")
    ]
    assert (
        the(told(*twice), "unit-twice").message("nb").startswith("Sone Nord har svart i 2 kopier")
    )
    sent = (SentOut("d.03", "benefits", "un01", copies=frozenset({"for un01"})),)
    untouched = told(unit_copy("a.xlsx", {}, "un01"), sent=sent)
    assert the(untouched, "copy-untouched").place.file == "a.xlsx"


def test_nothing_is_told_of_single_answers_of_anonymous_forms() -> None:
    sent: Said = {("evaluation", "qe.people.1"): {"statement": "Bra"}}
    files = [
        file_of("d.16", f"{n}.xlsx", {("evaluation", "qe.people.1"): {"answer": n}}, sent=sent)
        for n in ("1", "5", "5")
    ]
    assert told(*files) == []


def test_values_read_as_people_write_them() -> None:
    words = shown("nb")
    assert words.value("d.23", "risks", "f.probability", "3") == "3 – Moderat"
    assert words.value("d.23", "risks", "f.deadline", date(2027, 2, 1)) == "01.02.2027"
    assert words.value("d.03", "benefit_plan", "f.target", 0.6) == "0,6"
    assert words.value("d.03", "follow_up", "f.achievement", 80.0) == "80,0\xa0%"
    assert words.value("d.23", "risks", "f.responsible", None) == "ingenting"
    assert words.value("d.23", "risks", "f.cause", "a\n b " + "x" * 80).endswith("xx…")
    assert words.field("d.12", "huki", "ro04") == "Avdelingsleder"
    assert words.field("d.03", "costs", "f.amount:2028").endswith(" 2028")
    assert words.table("h.an.levels") == words.labels.t("h.an.levels")


@cache
def example() -> tuple[Results, tuple[File, ...]]:
    sent = (
        SentOut("d.23", "ros", copies=frozenset({"copy of a.xlsx"})),
        SentOut("d.03", "benefits", "un01", due=date(2027, 5, 1)),
    )
    files = two_in_conflict()
    return combined(*files, sent=sent), files


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_speaks_five_languages(language: str) -> None:
    results, files = example()
    words = shown(language)
    page = page_of(results, files, words)
    lines = list(page.text())
    titles = [line for line in lines if line and not line.startswith(" ")]
    assert len(titles) == 8
    assert all("{" not in line and not line.startswith("pg.") for line in lines)
    assert any("Sone Nord" in line and words.labels.t("pg.absent") in line for line in lines)
    assert any(words.labels.date(date(2027, 5, 1)) in line for line in lines)


def test_the_page_says_first_what_to_do_and_last_what_is_in_order() -> None:
    results, files = example()
    words = shown("en")
    page = page_of(results, files, words)
    assert [section.title for section in page.sections] == [
        "Do this first",
        "What contradicts (1)",
        "Who has not answered (1)",
        "What is missing (1)",
        "Who has answered (1 of 2)",
        "What was rejected (0)",
        "What to look at in the files (0)",
        "Where answers differ (0)",
    ]
    first, conflict, waiting, missing, answered, rejected, *_ = page.sections
    assert [line.text for line in first.lines] == [
        "Resolve answers that contradict: 1",
        "Remind those who have not answered: 1",
        "Ask for values that are missing: 1",
    ]
    assert conflict.lines[0].text == (
        "23 Risk and vulnerability analysis > Risks, row ri01: Responsible, Sensoren svikter"
    )
    assert conflict.lines[0].below[:2] == (
        "Superbruker (a.xlsx > C9)",
        "ro99 (Sone Nord, b.xlsx > C9)",
    )
    assert [line.text for line in waiting.lines] == [
        "03 Benefits realisation: Sone Nord, xlsx, not returned, due 01/05/2027"
    ]
    assert [line.text for line in answered.lines] == [
        "23 Risk and vulnerability analysis: a.xlsx, partly filled in, 4 of 5 fields, 01/03/2027; "
        "Sone Nord, partly filled in, 4 of 5 fields, 01/03/2027"
    ]
    assert len(missing.lines) == 1
    assert list(rejected.text(0, "", 80)) == ["What was rejected (0): nothing"]
    assert REJECTED not in {status for status, _ in results.statuses.values()}


def test_long_lists_are_cut_and_long_lines_wrapped() -> None:
    line = Line("word " * 40, ("other " * 30,))
    section = Section("Title", (line, line, line))
    told = list(section.text(2, "and {n} more", 80))
    assert max(map(len, told)) <= 80
    assert [text for text in told if text.startswith("  word") or text.startswith("    other")]
    assert told[-1] == "  and 1 more"
    assert f"{line}".splitlines() == ["word " * 40, "other " * 30]


def test_without_a_description_nobody_knows_who_was_asked() -> None:
    files = two_in_conflict()
    results = combined(*files)
    words = shown("en")
    page = page_of(results, files, words)
    told = [line for section in page.sections for line in section.text(0, "", 200)]
    assert any(line.startswith("Who has not answered (0): unknown who was asked") for line in told)


def test_copies_as_data_name_nobody_of_an_anonymous_document() -> None:
    results, _ = example()
    (first, *_) = copies_of(results)
    assert {"document", "unit", "role", "state", "due", "filled", "required"} <= first.keys()
    hidden = list(copies_of(replace(results, anonymous=frozenset({"d.23", "d.03"}))))
    assert {frozenset(told) for told in hidden} == {
        frozenset({"document", "role", "state", "count"})
    }


def test_letters_of_responsibility_are_those_of_the_language() -> None:
    for language, letters in {"nb": "H/U", "fi": "A/R", "en": "A/R"}.items():
        assert shown(language).value("d.12", "huki", "ro08", "H/U") == letters


def test_a_table_of_more_rows_than_are_compared_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    new: Said = {("risks", "new-1"): {"hazard": "Sensoren svikter helt"}}
    again: Said = {("risks", "new-2"): {"hazard": "Sensoren svikter helt."}}
    both = risk("a.xlsx", new), risk("b.xlsx", again, unit="un01")
    codes = [found.code for found in told(*both)]
    assert (codes.count("row-similar"), codes.count("rows-not-compared")) == (1, 0)
    monkeypatch.setattr("toolkit.content.returns.MOST_COMPARED", 3)  # two were sent
    found = told(*both)
    assert "row-similar" not in {one.code for one in found}
    assert the(found, "rows-not-compared").message("en") == (
        "the table has 4 rows; similar names were looked for among the first 3"
    )


def test_of_very_many_who_answered_the_first_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    files = two_in_conflict()
    results = combined(*files, known=Known(titles=TITLES))
    monkeypatch.setattr("toolkit.content.page.MOST_NAMED", 1)
    page = page_of(results, judged(results, files), shown("en"))
    (line,) = next(own for own in page.sections if "has answered" in own.title).lines
    assert line.text.endswith("01/03/2027; … and 1 more, see the report")
    assert "a.xlsx" in line.text
    assert "Sone Nord" not in line.text
