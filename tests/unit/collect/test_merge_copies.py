"""Which files are one copy, which are several answers, which count once."""

from __future__ import annotations

from datetime import UTC, date, datetime

from stored_benefits import unit_copy
from stored_files import Said, cell, combined, file_of, said_by, value
from stored_risks import RISKS

from toolkit.store.records import DUPLICATE, READ, SUPERSEDED, File


def test_two_files_of_one_copy_are_one_and_the_newest_value_of_each_field_stands() -> None:
    old = unit_copy(
        "old.xlsx", {("benefit_plan", "b01"): {"action": "Kurs", "status": "in_progress"}}, "un01"
    )
    new = unit_copy("new.xlsx", {("benefit_plan", "b01"): {"status": "done"}}, "un01", day=9)
    results = combined(old, new)
    assert results.statuses == {
        old.key: (SUPERSEDED, "file-superseded"),
        new.key: (READ, ""),
    }
    status = cell(results, "benefit_plan", "b01", "status")
    assert (status.value, said_by(status)) == ("done", [("done", "new.xlsx")])
    assert [s.file for s in status.sources if not s.standing] == ["old.xlsx"]
    assert value(results, "benefit_plan", "b01", "action") == "Kurs"


def test_a_newer_file_that_left_a_prefilled_value_does_not_undo_a_change() -> None:
    old = unit_copy("old.xlsx", {("benefit_plan", "b01"): {"target": 0.5}}, "un01")
    new = unit_copy("new.xlsx", {("benefit_plan", "b01"): {"action": "Kurs"}}, "un01", day=9)
    assert value(combined(old, new), "benefit_plan", "b01", "target") == 0.5


def test_one_mailed_workshop_file_serves_many() -> None:
    files = [
        file_of("d.23", f"{by}.xlsx", says, sent=RISKS, copy="one", by=by)
        for by, says in (
            ("Kari", {("risks", "ri01"): {"probability": "5"}}),
            ("Ola", {("risks", "ri01"): {"probability": "4"}}),
            ("Liv", {("risks", "ri01"): {"probability": "4"}}),
        )
    ]
    results = combined(*files)
    assert cell(results, "risks", "ri01", "probability").n == 3
    assert set(results.statuses.values()) == {(READ, "copy-shared")}


def test_the_same_answers_sent_twice_count_once() -> None:
    first, again = (
        file_of(
            "d.23", f"{n}.xlsx", {("risks", "ri01"): {"probability": "5"}}, sent=RISKS, copy="c"
        )
        for n in "ab"
    )
    results = combined(first, again)
    assert results.statuses == {
        first.key: (READ, ""),
        again.key: (DUPLICATE, "file-duplicate"),
    }
    assert cell(results, "risks", "ri01", "probability").n == 1


def test_the_same_content_under_two_names_counts_once() -> None:
    first = unit_copy("a.xlsx", {("benefit_plan", "b01"): {"target": 0.5}}, "un01")
    again = File(**{**first.__dict__, "name": "b.xlsx"})
    results = combined(first, again)
    assert results.statuses[again.key] == (DUPLICATE, "file-duplicate")
    assert cell(results, "benefit_plan", "b01", "target").n == 1


def test_without_a_filled_date_the_time_of_the_file_decides() -> None:
    def at(name: str, hour: int, status: str) -> File:
        time = datetime(2027, 7, 1, hour, tzinfo=UTC)
        says: Said = {("risks", "ri01"): {"deadline": date(2027, 8, hour), "status": status}}
        return file_of("d.23", name, says, sent=RISKS, day=None, modified=time)

    results = combined(at("late.xlsx", 20, "done"), at("early.xlsx", 8, "done"))
    assert value(results, "risks", "ri01", "deadline") == date(2027, 8, 20)


def test_a_file_without_identity_is_judged_by_what_the_others_were_sent() -> None:
    stray = file_of("d.23", "stray.xlsx", RISKS, copy="")
    stray = File(**{**stray.__dict__, "identity": {}, "copy": "", "sent": {}})
    results = combined(
        stray, file_of("d.23", "a.xlsx", {("risks", "ri01"): {"responsible": "ro05"}}, sent=RISKS)
    )
    got = cell(results, "risks", "ri01", "responsible")
    assert (got.value, got.conflict) == ("ro05", False)
    assert results.statuses[stray.key] == (READ, "copy-untouched")


def test_a_rejected_file_gives_way_to_one_of_its_name_that_was_read() -> None:
    cut, other = (
        File(
            name, f"cut {name}", 9, datetime(2027, 1, 1, tzinfo=UTC), status="rejected", reason="x"
        )
        for name in ("a.xlsx", "b.xlsx")
    )
    whole = file_of("d.23", "a.xlsx", {("risks", "ri01"): {"status": "done"}}, sent=RISKS)
    assert combined(cut, other, whole).statuses == {
        cut.key: (SUPERSEDED, "read-later"),
        other.key: ("rejected", "x"),
        whole.key: (READ, ""),
    }
