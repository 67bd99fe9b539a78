"""Evaluation, plan, screening, ideas, journey and rounding (specification 4, 5 and rulings)."""

from __future__ import annotations

from datetime import date

import pytest

from toolkit.method.evaluation import (
    DIMENSIONS,
    ROLES,
    STATEMENTS,
    dimension,
    open_questions,
    statements,
)
from toolkit.method.ideas import finding_score, idea_quadrant, idea_score, ranks
from toolkit.method.journey import handovers, total_minutes
from toolkit.method.plan import (
    activity_status,
    duration_weeks,
    slack_weeks,
    spread,
    too_tight,
)
from toolkit.method.screening import criteria_met, dpia_result

EXAMPLE_ANSWERS = ["no", "no", "yes", "yes", "no", "no", "yes", "yes", "unsure"]


@pytest.mark.parametrize(
    ("role", "count"),
    [
        ("user", 6),
        ("relative", 6),
        ("employee", 12),
        ("superuser", 12),
        ("manager", 13),
        ("it", 8),
        ("supplier", 5),
        (None, 13),
    ],
)
def test_each_role_gets_its_own_statements(role: str | None, count: int) -> None:
    assert len(statements(role)) == count


def test_open_questions_by_role() -> None:
    assert [len(open_questions(role)) for role in ROLES] == [4, 4, 5, 5, 6, 5, 5]


def test_every_statement_has_a_known_dimension() -> None:
    assert {dimension(key) for key in STATEMENTS} == set(DIMENSIONS)


def test_golden_ideas() -> None:
    example = {"i01": (4, 5), "i02": (4, 4), "i03": (3, 4), "i04": (5, 4), "i05": (3, 4)}
    example |= {"i06": (4, 2), "i07": (4, 3), "i08": (1, 2)}
    found = {name: (idea_quadrant(*pair), idea_score(*pair)) for name, pair in example.items()}
    assert found == {
        "i01": ("do_now", 20),
        "i02": ("do_now", 16),
        "i03": ("explore", 12),
        "i04": ("do_now", 20),
        "i05": ("explore", 12),
        "i06": ("quick_win", 8),
        "i07": ("quick_win", 12),
        "i08": ("drop", 2),
    }


def test_golden_findings() -> None:
    pairs = [(5, 4), (2, 5), (4, 4), (4, 3), (5, 3), (4, 3), (3, 3)]
    assert [finding_score(*pair) for pair in pairs] == [20, 10, 16, 12, 15, 12, 9]


def test_equal_scores_share_a_rank_and_the_next_is_skipped() -> None:
    assert ranks([20, 16, 20, 8]) == (1, 3, 1, 4)


def test_golden_screening() -> None:
    assert criteria_met(EXAMPLE_ANSWERS) == 4
    assert dpia_result("unsure", EXAMPLE_ANSWERS) == "required"


@pytest.mark.parametrize(
    ("on_list", "answers", "result"),
    [
        ("yes", [None] * 9, "required"),
        (None, ["yes", "yes"] + [None] * 7, "required"),
        (None, ["no"] * 9, "incomplete"),
        ("no", ["yes"] + ["no"] * 7 + [None], "incomplete"),
        ("no", ["no"] * 8, "incomplete"),
        ("no", ["yes"] + ["no"] * 8, "recommended"),
        ("no", ["partly"] + ["no"] * 8, "recommended"),
        ("unsure", ["no"] * 9, "recommended"),
        ("no", ["no"] * 9, "not_required"),
    ],
)
def test_screening(on_list: str | None, answers: list[str | None], result: str) -> None:
    assert dpia_result(on_list, answers) == result


def test_golden_journey_minutes() -> None:
    assert total_minutes([120, 45, 7, 0, 55, 40]) == 267
    assert total_minutes([90, 60, 2, 25, 15, 30, None]) == 222


def test_handovers_are_consecutive_steps_with_other_actors() -> None:
    assert handovers([["a"], ["a"], ["b", "a"], ["a", "b"], []]) == 2


def test_default_steps_leave_a_tenth_of_the_phase() -> None:
    steps = spread(date(2026, 1, 1), date(2026, 4, 10), 3)
    assert steps[0] == (date(2026, 1, 1), date(2026, 1, 30))
    assert [(b[0] - a[1]).days for a, b in zip(steps, steps[1:], strict=False)] == [1, 1]
    assert steps[-1][1] == date(2026, 3, 31)


def test_a_short_phase_gives_every_step_a_day() -> None:
    steps = spread(date(2026, 1, 1), date(2026, 1, 2), 5)
    assert all(start <= end for start, end in steps)


def test_plan_weeks_and_status() -> None:
    assert duration_weeks(date(2026, 1, 1), date(2026, 1, 14)) == 2
    assert slack_weeks(date(2026, 1, 15), date(2026, 1, 1)) == -2
    assert too_tight(date(2026, 4, 9), date(2026, 1, 1), date(2026, 4, 10))
    assert not too_tight(date(2026, 3, 31), date(2026, 1, 1), date(2026, 4, 10))
    start, end, today = date(2026, 1, 1), date(2026, 2, 1), date(2026, 1, 15)
    assert activity_status(start, end, 100, today) == "done"
    assert activity_status(start, end, 0, date(2026, 3, 1)) == "delayed"
    assert activity_status(start, end, 0, today) == "in_progress"
    assert activity_status(end, end, 5, today) == "in_progress"
    assert activity_status(end, end, 0, today) == "not_started"
