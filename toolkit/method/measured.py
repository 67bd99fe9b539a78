"""Measurements as they add up: what units reported, period by period (ruling 9).

In: measured values of one benefit with their unit, day and sample size. Out: one Period for each
month, quarter, half-year or year that anything was measured in, oldest first.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from toolkit.method.calendar import MONTHS

SUM = "sum"


@dataclass(frozen=True)
class Measured:
    """One measured value; ``sample`` is how many it rests on, None where nobody says."""

    unit: str
    day: date
    value: float
    sample: float | None = None


@dataclass(frozen=True)
class Period:
    """What a period shows: its latest day, its value over all units, how many units reported."""

    number: int
    day: date
    value: float
    units: int


def periods(
    measured: Iterable[Measured], frequency: str | None, aggregate: str
) -> tuple[Period, ...]:
    """The periods of a benefit measured ``frequency``; ``aggregate`` is ``mean`` or ``sum``."""
    groups: dict[int, list[Measured]] = defaultdict(list)
    for one in measured:
        groups[_number(one.day, frequency)].append(one)
    return tuple(_period(number, groups[number], aggregate) for number in sorted(groups))


def latest(found: Sequence[Period], expected: int) -> Period | None:
    """The newest period in which all expected units reported; None where there is none."""
    return next((period for period in reversed(found) if period.units >= expected), None)


def _number(day: date, frequency: str | None) -> int:
    months = MONTHS.get(frequency or "")
    return (day.year * 12 + day.month - 1) // months if months else day.toordinal()


def _period(number: int, own: Sequence[Measured], aggregate: str) -> Period:
    units = len({one.unit for one in own})
    return Period(number, max(one.day for one in own), _value(own, aggregate), units)


def _value(own: Sequence[Measured], aggregate: str) -> float:
    """The sum; else the mean weighted by sample size, unweighted where any size is blank."""
    if aggregate == SUM:
        return sum(one.value for one in own)
    weights = [one.sample or 0 for one in own]
    if not all(weights):
        weights = [1.0] * len(own)
    return sum(w * one.value for w, one in zip(weights, own, strict=True)) / sum(weights)
