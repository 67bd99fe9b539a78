"""Measurements of several units: periods, weights, what is complete and what is preliminary."""

from __future__ import annotations

from datetime import date

import pytest

from toolkit.method.measured import (
    Goal,
    Measurement,
    Period,
    Progress,
    Series,
    periods,
    progress,
    series,
)

JUNE, MAY = date(2027, 6, 30), date(2027, 5, 31)


def measured(*values: tuple[str, date, float, float | None]) -> list[Measurement]:
    return [Measurement(*value) for value in values]


def test_units_are_weighted_by_their_samples() -> None:
    (june,) = periods(measured(("a", JUNE, 1.0, 30), ("b", JUNE, 2.0, 10)), "monthly")
    assert june == Period(1.25, JUNE, frozenset({"a", "b"}))


def test_one_blank_sample_makes_all_weights_equal() -> None:
    (june,) = periods(measured(("a", JUNE, 1.0, 30), ("b", JUNE, 2.0, None)), "monthly")
    assert june.value == 1.5


def test_totals_are_added() -> None:
    (june,) = periods(measured(("a", JUNE, 120, None), ("b", JUNE, 80, 5)), "monthly", "sum")
    assert june.value == 200


@pytest.mark.parametrize(
    ("frequency", "count"),
    [("weekly", 4), ("monthly", 3), ("quarterly", 2), ("halfyear", 2), ("yearly", 1), ("once", 4)],
)
def test_a_period_is_that_of_the_frequency(frequency: str, count: int) -> None:
    days = (date(2027, 1, 3), date(2027, 1, 31), date(2027, 3, 1), date(2027, 8, 1))
    own = [Measurement("a", day, 1.0) for day in days]
    assert len(periods(own, frequency)) == count


def test_the_latest_value_waits_for_every_expected_unit() -> None:
    own = measured(("a", MAY, 2.0, None), ("b", MAY, 4.0, None), ("a", JUNE, 1.0, None))
    got = series(own, "monthly", expected=("a", "b"))
    assert got.latest == Period(3.0, MAY, frozenset({"a", "b"}))
    assert got.preliminary == Period(1.0, JUNE, frozenset({"a"}))
    assert (got.before, got.expected) == (None, 2)


def test_nothing_measured_is_nothing_told() -> None:
    assert series([], "monthly", expected=("a",)) == Series(expected=1)
    assert progress(Goal(2.4, 0.6), Series()) == Progress(None, None, "grey", None)


@pytest.mark.parametrize(
    ("goal", "value", "achieved", "expected", "light"),
    [
        (Goal(2.4, 0.6, date(2026, 2, 6), date(2027, 12, 31)), 0.96, 80.0, 509 / 693, "green"),
        (Goal(38, 75, date(2026, 2, 20), date(2027, 12, 31)), 52, 37.8378, 495 / 679, "red"),
    ],
)
def test_the_golden_values(
    goal: Goal, value: float, achieved: float, expected: float, light: str
) -> None:
    got = progress(goal, series(measured(("a", JUNE, value, None)), "monthly"))
    assert got.achievement == pytest.approx(achieved, abs=1e-4)
    assert got.expected == pytest.approx(100 * expected)
    assert (got.light, got.trend) == (light, "better")


def test_the_trend_is_against_the_complete_period_before() -> None:
    own = measured(("a", MAY, 0.9, None), ("a", JUNE, 1.1, None))
    assert progress(Goal(2.4, 0.6), series(own, "monthly")).trend == "worse"
    assert progress(Goal(2.4, None), series(own, "monthly")).trend is None
