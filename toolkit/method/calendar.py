"""When a benefit is measured. In: a frequency and two dates. Out: the dates, oldest first."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import islice, takewhile

MOST_MEASUREMENTS = 24
_PERIOD = re.compile(r"([12]\d{3})(?:-(?:(0[1-9]|1[0-2])|Q([1-4])|H([12])))?")
MONTHS = {"continuous": 1, "monthly": 1, "quarterly": 3, "halfyear": 6, "yearly": 12}


def period_end(day: date, months: int) -> date:
    """The last day of the calendar period of 1, 3, 6 or 12 months that holds ``day``."""
    last = ((day.month - 1) // months + 1) * months
    following = date(day.year + last // 12, last % 12 + 1, 1)
    return following - timedelta(days=1)


def period_ends(day: date, months: int) -> Iterator[date]:
    """The period ends from ``day`` on, without end."""
    while True:
        day = period_end(day, months)
        yield day
        day += timedelta(days=1)


def week_ends(day: date) -> Iterator[date]:
    """The Sundays from ``day`` on, without end (weeks as in ISO 8601)."""
    day += timedelta(days=6 - day.weekday())
    while True:
        yield day
        day += timedelta(days=7)


def measure_dates(
    frequency: str | None, start: date, end: date, phase_ends: Sequence[date] = ()
) -> tuple[date, ...]:
    """The dates to measure on from start to end, at most 24; ``end`` itself where it is once."""
    if frequency in MONTHS:
        dates = period_ends(start, MONTHS[frequency])
    elif frequency == "weekly":
        dates = week_ends(start)
    elif frequency == "phase_end":
        dates = iter(sorted(day for day in phase_ends if day >= start))
    else:
        dates = iter([end])
    return tuple(islice(takewhile(lambda day: day <= end, dates), MOST_MEASUREMENTS))


def measure_points(dates: Sequence[date], pilot_end: date | None) -> tuple[str, ...]:
    """Midway before the pilot's end, end at the first date on or after it, then operation."""
    if pilot_end is None:
        return ("operation",) * len(dates)
    midway = sum(day < pilot_end for day in dates)
    points = ["midway"] * midway + ["end"] + ["operation"] * len(dates)
    return tuple(points[: len(dates)])


def period_span(period: str) -> tuple[date, date] | None:
    """The first and last day of ``2027``, ``2027-H1``, ``2027-Q2`` or ``2027-06``; else None."""
    match = _PERIOD.fullmatch(period)
    if match is None:
        return None
    year, month, quarter, half = match.groups()
    months = 1 if month else 3 if quarter else 6 if half else 12
    start = date(int(year), (int(month or quarter or half or 1) - 1) * months + 1, 1)
    return start, period_end(start, months)
