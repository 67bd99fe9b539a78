"""Measurements as they add up: what units reported, period by period, and what it amounts to.

In: the measurements of one benefit with unit, day and sample size, and its goal. Out: one Period
for each month, quarter, half-year or year measured in, oldest first; the latest that every
expected unit reported in; how far that is towards the goal (rulings 8 and 9).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from toolkit.method.calendar import MONTHS
from toolkit.method.follow_up import achievement, expected_progress, traffic_light, trend

MEAN, SUM = "mean", "sum"


@dataclass(frozen=True)
class Measurement:
    """One measured value; ``sample`` is how many it rests on, None where nobody says."""

    unit: str
    day: date
    value: float
    sample: float | None = None


@dataclass(frozen=True)
class Period:
    """What a period shows: its value over all units, its latest day, which units reported."""

    value: float
    day: date
    units: frozenset[str]


@dataclass(frozen=True)
class Goal:
    """Where a benefit starts from and is going, and when."""

    baseline: float | None = None
    target: float | None = None
    start: date | None = None
    end: date | None = None


@dataclass(frozen=True)
class Series:
    """The latest complete period, the complete one before it, and a newer incomplete one.

    ``expected`` is how many units should report.
    """

    latest: Period | None = None
    before: Period | None = None
    preliminary: Period | None = None
    expected: int = 1


@dataclass(frozen=True)
class Progress:
    """Achievement and expected progress in percent, an option of ``traffic``, one of ``trend``."""

    achievement: float | None
    expected: float | None
    light: str
    trend: str | None


def period_of(day: date, frequency: str | None) -> int:
    """The number of the period a day is in; days that are no period of months stand alone."""
    months = MONTHS.get(frequency or "")
    return (day.year * 12 + day.month - 1) // months if months else day.toordinal()


def periods(
    measured: Iterable[Measurement], frequency: str | None, aggregation: str = MEAN
) -> tuple[Period, ...]:
    """The periods of a benefit; ``aggregation`` is ``mean`` or ``sum`` over the units."""
    groups: dict[int, list[Measurement]] = defaultdict(list)
    for one in measured:
        groups[period_of(one.day, frequency)].append(one)
    return tuple(_period(groups[number], aggregation) for number in sorted(groups))


def _period(own: Sequence[Measurement], aggregation: str) -> Period:
    units = frozenset(one.unit for one in own)
    return Period(_value(own, aggregation), max(one.day for one in own), units)


def _value(own: Sequence[Measurement], aggregation: str) -> float:
    """The sum; else the mean weighted by sample size, unweighted where any size is blank."""
    if aggregation == SUM:
        return sum(one.value for one in own)
    weights = [one.sample or 0.0 for one in own]
    if not all(weights):
        weights = [1.0] * len(own)
    return sum(w * one.value for w, one in zip(weights, own, strict=True)) / sum(weights)


def series(
    measured: Iterable[Measurement],
    frequency: str | None,
    aggregation: str = MEAN,
    expected: Collection[str] = (),
) -> Series:
    """What the measurements come to; without ``expected`` any unit completes a period."""
    found = periods(measured, frequency, aggregation)
    wanted = frozenset(expected)
    whole = [period for period in found if period.units >= wanted]
    newer = found[-1] if found and found[-1] not in whole else None
    latest = whole[-1] if whole else None
    before = whole[-2] if len(whole) > 1 else None
    return Series(latest, before, newer, max(1, len(wanted)))


def progress(goal: Goal, measured: Series) -> Progress:
    """How far the latest value is towards the goal, and whether that will do."""
    latest = measured.latest
    achieved = achievement(goal.baseline, goal.target, latest.value if latest else None)
    expected = expected_progress(goal.start, goal.end, latest.day if latest else None)
    moved = _trend(goal, measured.before, latest)
    return Progress(achieved, expected, traffic_light(achieved, expected), moved)


def _trend(goal: Goal, before: Period | None, latest: Period | None) -> str | None:
    if latest is None or goal.baseline is None or goal.target is None:
        return None
    previous = before.value if before else goal.baseline
    return trend(goal.baseline, goal.target, previous, latest.value)
