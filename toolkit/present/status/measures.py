"""What was measured: every value of every benefit, and how it went period by period.

In: Told. Out: measurements by benefit, with the consolidated values they stand in.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from toolkit.method import measured as method
from toolkit.present.told import Told
from toolkit.project.benefits import Benefit
from toolkit.store.records import Merged

TABLE = "measurements"
BASELINE = "baseline"


@dataclass(frozen=True)
class Measured:
    """One measured value of a benefit in a unit, and where it stands."""

    benefit: str
    measurement: method.Measurement
    point: str
    merged: Merged

    @property
    def day(self) -> date:
        """The day it was measured."""
        return self.measurement.day

    @property
    def unit(self) -> str:
        """The unit it was measured in."""
        return self.measurement.unit


def measurements(told: Told) -> tuple[Measured, ...]:
    """Every measured value that has a benefit and a day."""
    found = (_measurement(told, row.row) for row in told.rows(TABLE))
    return tuple(one for one in found if one)


def _measurement(told: Told, row: str) -> Measured | None:
    merged = told.merged(TABLE, row, "f.measured_value")
    value = told.number(TABLE, row, "f.measured_value")
    day = told.day(TABLE, row, "f.measure_date")
    benefit = told.text(TABLE, row, "f.benefit")
    if merged is None or value is None or day is None or not benefit:
        return None
    unit = told.text(TABLE, row, "f.unit")
    sample = told.number(TABLE, row, "f.sample_size")
    point = told.text(TABLE, row, "f.measure_point")
    return Measured(benefit, method.Measurement(unit, day, value, sample), point, merged)


def after_baseline(all_: tuple[Measured, ...], benefit: str, unit: str = "") -> list[Measured]:
    """The measurements of a benefit after its baseline, of one unit or of all."""
    return [
        one
        for one in all_
        if one.benefit == benefit and one.point != BASELINE and unit in ("", one.unit)
    ]


def course(benefit: Benefit, own: list[Measured]) -> tuple[method.Period, ...]:
    """How a benefit went, period by period."""
    values = [one.measurement for one in own]
    return method.periods(values, benefit.frequency, benefit.aggregate)


def within(benefit: Benefit, own: Iterable[Measured], day: date | None) -> list[Measured]:
    """The measurements of the period a day is in."""
    if day is None:
        return []
    then = method.Measurement("", day, 0.0)
    return [
        one for one in own if len(method.periods([one.measurement, then], benefit.frequency)) == 1
    ]


def newest_day(all_: tuple[Measured, ...]) -> date | None:
    """The day of the newest measurement."""
    return max((one.day for one in all_), default=None)
