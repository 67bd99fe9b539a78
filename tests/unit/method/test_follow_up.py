"""Achievement, expected progress, traffic light and trend (specification 4.3 and 5, ruling 8)."""

from __future__ import annotations

from datetime import date

import pytest

from toolkit.method.follow_up import (
    achievement,
    attainment,
    expected_progress,
    goal_attainment,
    traffic_light,
    trend,
)

MEASURED = date(2027, 6, 30)


def test_golden_b01_is_green() -> None:
    achieved = achievement(2.4, 0.6, 0.96)
    expected = expected_progress(date(2026, 2, 6), date(2027, 12, 31), MEASURED)
    assert achieved == pytest.approx(80.0)
    assert expected == pytest.approx(509 / 693 * 100)
    assert traffic_light(achieved, expected) == "green"


def test_golden_b06_is_red() -> None:
    achieved = achievement(38, 75, 52)
    expected = expected_progress(date(2026, 2, 20), date(2027, 12, 31), MEASURED)
    assert achieved == pytest.approx(37.8, abs=0.05)
    assert expected == pytest.approx(495 / 679 * 100)
    assert traffic_light(achieved, expected) == "red"


@pytest.mark.parametrize(
    ("achieved", "expected", "light"),
    [
        (100, 100, "reached"),
        (99.99, 100, "green"),
        (90, 100, "green"),
        (89.9, 100, "yellow"),
        (75, 100, "yellow"),
        (74.9, 100, "red"),
        (None, 50, "grey"),
        (120, None, "grey"),
    ],
)
def test_traffic_light(achieved: float | None, expected: float | None, light: str) -> None:
    assert traffic_light(achieved, expected) == light


def test_undefined_achievement_and_progress() -> None:
    assert achievement(5, 5, 5) is None
    assert achievement(None, 5, 5) is None
    assert expected_progress(MEASURED, MEASURED, MEASURED) is None
    assert expected_progress(MEASURED, None, MEASURED) is None


def test_expected_progress_is_clamped() -> None:
    start, end = date(2026, 1, 1), date(2026, 12, 31)
    assert expected_progress(start, end, date(2025, 1, 1)) == 0
    assert expected_progress(start, end, date(2028, 1, 1)) == 100


def test_trend_knows_which_way_the_target_lies() -> None:
    assert trend(2.4, 0.6, 2.4, 1.0) == "better"
    assert trend(2.4, 0.6, 1.0, 1.1) == "worse"
    assert trend(38, 75, 52, 52) == "same"


def test_attainment_is_judged_unrounded() -> None:
    assert [attainment(a) for a in (100, 99.99, 50, 49.99, None)] == [
        "full",
        "partial",
        "partial",
        "none",
        "too_early",
    ]


def test_goal_attainment_clamps_each_benefit() -> None:
    assert goal_attainment([150, -20, 50]) == pytest.approx(50)
    assert goal_attainment([]) is None
