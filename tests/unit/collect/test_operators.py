"""Every operator of consolidation, each with at least three copies."""

from __future__ import annotations

import itertools
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.collect.merging.answers import Answer, Outcome, Question
from toolkit.collect.merging.operators import OPERATORS, merge_cell
from toolkit.store.records import Value

LEVEL4 = Question("f.influence", "level4", ("none", "small", "medium", "large"))
LEVEL3_RISK = Question("f.risk_profile", "level3", ("low", "medium", "high"))
RELIABILITY = Question("f.reliability", "level3", ("low", "medium", "high"))
YESNO = Question("f.accessibility", "yesno", ("yes", "partly", "no", "unsure"))
LIKERT = Question("f.answer", "likert", ("1", "2", "3", "4", "5", "na"))
BARRIER = Question("f.barrier_score", "barrier", ("m2", "m1", "z0", "p1", "p2"), tolerance=3)
PLAIN = Question("f.value")
BY_UNIT = Question("f.value", by_unit=True)
ROLES = Question("f.actors", several=True)


def copies(
    *values: Value, sent: Value = None, touched: bool = True, units: tuple[str, ...] = ()
) -> list[Answer]:
    """One answer a copy, in order of arrival."""
    return [
        Answer(value, sent, touched, copy=n + 1, file=n, unit=(*units, *[""] * 9)[n])
        for n, value in enumerate(values)
    ]


def merged(
    operator: str, *values: Value, question: Question = PLAIN, sent: Value = None
) -> Outcome:
    return merge_cell(operator, copies(*values, sent=sent), question)


def files(answers: tuple[Answer, ...]) -> list[int]:
    return [answer.file for answer in answers]


@pytest.mark.parametrize("operator", ["one", "key"])
def test_one_takes_what_the_changed_copies_agree_on(operator: str) -> None:
    got = merged(operator, "A", "B", " b", sent="A")
    assert (got.value, got.n, got.conflict) == ("B", 2, False)
    assert files(got.readings) == [1, 2]


def test_one_keeps_the_sent_value_and_lists_every_sender_on_conflict() -> None:
    got = merged("one", "A", "B", "C", sent="A")
    assert (got.value, got.conflict) == ("A", True)
    assert [(a.value, a.file) for a in got.readings] == [("B", 1), ("C", 2)]


def test_one_sees_no_change_in_blanks_and_no_answer_in_a_cleared_cell() -> None:
    got = merged("one", "To  ord ", None, "", sent="To ord")
    assert (got.value, got.n, got.conflict) == ("To ord", 0, False)


def test_several_values_in_a_cell_are_one_answer_in_any_order() -> None:
    got = merged("one", "ro01; ro02", "ro02;ro01", "ro01; ro02", question=ROLES)
    assert (got.value, got.conflict) == ("ro01; ro02", False)


def test_agree_wants_all_filled_copies_alike() -> None:
    assert merged("agree", "U", "U", "U", sent="U").conflict is False
    got = merged("agree", "U", "H/U", "U", sent="U")
    assert (got.value, got.conflict, len(got.readings)) == ("U", True, 3)


def test_mode_takes_the_most_frequent_and_a_tie_is_a_conflict() -> None:
    assert merged("mode", "a", "b", "b").value == "b"
    tie = merged("mode", "a", "b", "a", "b", sent="a")
    assert (tie.value, tie.conflict, tie.distribution) == ("a", True, {"a": 2, "b": 2})


def test_mean_counts_options_by_their_scale_and_flags_disagreement() -> None:
    got = merged("mean", "small", "large", "medium", question=LEVEL4)
    assert (got.value, got.n, got.spread, got.disagreement) == (3.0, 3, 2.0, True)
    assert got.distribution == {"small": 1, "large": 1, "medium": 1}
    assert merged("mean", "medium", "large", "medium", question=LEVEL4).disagreement is False


def test_disagreement_is_told_on_short_scales_only_and_of_barriers_from_three() -> None:
    assert merged("mean", 1, 100, 3).disagreement is False
    assert merged("mean", "low", "high", "low", question=LEVEL3_RISK).disagreement is False
    assert merged("mean", "m1", "p1", "z0", question=BARRIER).disagreement is False
    assert merged("mean", "m1", "p2", "z0", question=BARRIER).disagreement is True


def test_mean_leaves_not_applicable_out_and_is_not_rounded() -> None:
    got = merged("mean", "4", "5", "na", question=LIKERT)
    assert (got.value, got.n) == (4.5, 2)
    assert merged("mean", 1, 1, 2).value == pytest.approx(4 / 3)


def test_mean_of_an_untouched_scale_is_the_number_of_what_was_sent() -> None:
    got = merge_cell("mean", copies("large", "large", sent="large", touched=False), LEVEL4)
    assert (got.value, got.n) == (4, 0)


def test_median_of_an_even_number_is_the_mean_of_the_middle_two() -> None:
    assert merged("median", 1, 9, 3, 5).value == 4
    assert merged("median", 1, 9, 3).value == 3


def test_min_max_and_count() -> None:
    assert [merged(op, 3, 1, 2).value for op in ("min", "max", "count")] == [1, 3, 3]


def test_sum_takes_the_latest_copy_of_each_unit() -> None:
    answers = copies(5, 7, 11, units=("un01", "un01", "un02"))
    got = merge_cell("sum", answers, BY_UNIT)
    assert (got.value, got.n) == (18, 2)
    assert [a.value for a in got.older] == [5]


def test_sum_lets_the_total_of_the_project_stand_where_no_unit_answered() -> None:
    untouched = copies(40, 40, 40, sent=40, touched=False)
    assert merge_cell("sum", untouched, BY_UNIT).value == 40
    own = copies(45, None, None, sent=40, units=("", "un01", "un02"))
    assert merge_cell("sum", own, BY_UNIT).value == 45


def test_sum_of_units_does_not_count_the_project_once_more() -> None:
    got = merge_cell("sum", copies(40, 12, 9, units=("", "un01", "un02")), BY_UNIT)
    assert (got.value, got.n, files(got.older)) == (21, 2, [0])


def test_sum_runs_over_copies_where_the_document_has_no_units() -> None:
    answers = copies(1, 2, 4, units=("un01", "un01", "un02"))
    assert merge_cell("sum", answers, PLAIN).value == 7


@pytest.mark.parametrize(
    ("question", "values", "expected"),
    [
        (LEVEL3_RISK, ("low", "high", "medium"), "high"),
        (RELIABILITY, ("low", "high", "medium"), "low"),
        (YESNO, ("yes", "unsure", "partly"), "unsure"),
        (YESNO, ("yes", "no", "unsure"), "no"),
    ],
)
def test_worst_follows_the_bad_end_of_the_list(
    question: Question, values: tuple[str, ...], expected: str
) -> None:
    got = merged("worst", *values, question=question)
    assert (got.value, got.n) == (expected, 3)


def test_worst_shows_the_mean_beside_it() -> None:
    assert merged("worst", "low", "high", "high", question=LEVEL3_RISK).mean == pytest.approx(7 / 3)


def test_dist_counts_each_option() -> None:
    assert merged("dist", "4", "5", "4", question=LIKERT).distribution == {"4": 2, "5": 1}


def test_agree_share_is_of_those_who_answered_one_to_five() -> None:
    got = merged("agree_share", "4", "5", "2", "na", "1", question=LIKERT)
    assert (got.value, got.n) == (50.0, 4)


def test_latest_keeps_the_older_as_history_and_blank_never_overwrites() -> None:
    assert merged("latest", "draft", "tested", "", sent="draft").value == "tested"
    days = (date(2027, 1, 1), date(2027, 3, 1), date(2027, 2, 1))
    got = merged("latest", *days)
    assert (got.value, [a.value for a in got.older]) == (date(2027, 2, 1), list(days[:2]))


def test_max_status_of_several_units_is_a_distribution() -> None:
    order = ("delayed", "in_progress", "not_started")
    assert merged("max_status", *order).value == "in_progress"
    answers = copies(*order, units=("un01", "un02", "un03"))
    got = merge_cell("max_status", answers, PLAIN)
    assert got.value is None
    assert got.distribution == {"delayed": 1, "in_progress": 1, "not_started": 1}


def test_per_unit_keeps_the_newest_of_each_unit_apart() -> None:
    answers = copies("not_started", "done", "delayed", units=("un01", "un01", "un02"))
    got = merge_cell("per_unit", answers, PLAIN)
    assert (got.value, got.n, got.distribution) == (None, 2, {"done": 1, "delayed": 1})
    assert files(got.older) == [0]


def test_list_keeps_distinct_texts_in_order_of_arrival_with_every_sender() -> None:
    got = merged("list", "Uro", "uro ", "Fall")
    assert got.value == "Uro\nFall"
    assert files(got.readings) == [0, 1, 2]


def test_union_takes_cells_apart_where_they_hold_several() -> None:
    assert merged("union", "A; B", "b; C", "D", question=ROLES).value == "A; B; C; D"
    assert merged("union", "Lys; uro", "lys;  uro", "Fall").value == "Lys; uro\nFall"


def test_append_takes_the_newest_and_different_senders_conflict() -> None:
    got = merged("append", 0.96, 0.96, 1.1)
    assert (got.value, got.conflict, got.n) == (1.1, True, 3)
    assert merged("append", 0.96, None, 0.96).conflict is False


@pytest.mark.parametrize(
    "operator", ["mean", "mode", "worst", "list", "union", "median", "agree", "dist", "count"]
)
def test_an_untouched_copy_counts_for_nothing(operator: str) -> None:
    answers = [
        *copies("small", "small", sent="small", touched=False),
        *copies("large", sent="small"),
    ]
    assert merge_cell(operator, answers, LEVEL4).n == 1


@pytest.mark.parametrize("operator", ["mean", "mode", "worst", "list", "median"])
def test_a_copy_somebody_worked_in_confirms_what_it_leaves(operator: str) -> None:
    answers = copies("small", "small", "large", sent="small")
    assert merge_cell(operator, answers, LEVEL4).n == 3


@pytest.mark.parametrize("operator", ["one", "latest", "sum", "append"])
def test_an_untouched_value_is_no_answer_where_one_must_be_given(operator: str) -> None:
    assert merge_cell(operator, copies(3, 3, 4, sent=3), PLAIN).n == 1


@pytest.mark.parametrize("operator", sorted(OPERATORS))
def test_every_operator_stands_where_nobody_answered(operator: str) -> None:
    got = merge_cell(operator, copies(None, "", None), LEVEL4)
    assert (got.n, got.conflict, got.readings) == (0, False, ())


ORDERLESS = sorted(
    set(OPERATORS)
    - {"latest", "list", "append", "union", "one", "key", "mode", "agree", "max_status", "per_unit"}
)


@given(
    st.sampled_from(ORDERLESS),
    st.lists(st.integers(min_value=1, max_value=5), min_size=3, max_size=5),
)
def test_the_order_of_files_does_not_change_the_value(operator: str, values: list[int]) -> None:
    answers = copies(*values)
    results = {
        repr(merge_cell(operator, list(order), PLAIN).value)
        for order in itertools.islice(itertools.permutations(answers), 24)
    }
    assert len(results) == 1
