"""The dates on which benefits are measured (ruling 26)."""

from __future__ import annotations

from datetime import date

import pytest

from toolkit.method.calendar import measure_dates, measure_points, period_end

START, END = date(2026, 11, 9), date(2027, 12, 31)


@pytest.mark.parametrize(
    ("months", "expected"),
    [
        (1, date(2028, 2, 29)),
        (3, date(2028, 3, 31)),
        (6, date(2028, 6, 30)),
        (12, date(2028, 12, 31)),
    ],
)
def test_period_end(months: int, expected: date) -> None:
    assert period_end(date(2028, 2, 1), months) == expected


def test_monthly_runs_from_pilot_start_to_target_date() -> None:
    dates = measure_dates("monthly", START, END)
    assert (dates[0], dates[-1], len(dates)) == (date(2026, 11, 30), END, 14)


def test_halfyear_stops_before_a_target_date_inside_a_period() -> None:
    dates = measure_dates("halfyear", START, date(2028, 11, 30))
    assert dates == (date(2026, 12, 31), date(2027, 6, 30), END, date(2028, 6, 30))


def test_weekly_ends_on_sundays_and_stops_at_24() -> None:
    dates = measure_dates("weekly", START, END)
    assert len(dates) == 24
    assert {day.isoweekday() for day in dates} == {7}


def test_once_and_unknown_measure_on_the_target_date() -> None:
    assert measure_dates("once", START, END) == (END,)
    assert measure_dates(None, START, END) == (END,)
    assert measure_dates("once", END, START) == (START,)


def test_phase_end_uses_the_phases() -> None:
    ends = (date(2026, 3, 13), date(2027, 11, 26), date(2027, 4, 23), date(2028, 11, 30))
    assert measure_dates("phase_end", START, END, ends) == (date(2027, 4, 23), date(2027, 11, 26))


def test_a_target_before_the_pilot_gives_no_dates() -> None:
    assert measure_dates("monthly", END, START) == ()


def test_the_pilot_ends_at_the_first_date_on_or_after_its_end() -> None:
    dates = measure_dates("quarterly", START, END)
    assert measure_points(dates, date(2027, 3, 19)) == (
        "midway",
        "end",
        "operation",
        "operation",
        "operation",
    )
    assert measure_points(dates, None) == ("operation",) * 5
    assert measure_points(dates[:1], date(2027, 3, 19)) == ("midway",)
