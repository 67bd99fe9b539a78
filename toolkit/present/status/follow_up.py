"""How each benefit is doing: its latest value against baseline, target and what to expect by now.

In: Told and what was measured. Out: one Followed per benefit of the project as answered
(specification 4.3, rulings 7-9).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from toolkit.content.views.benefits import measured as worded
from toolkit.method.measured import Goal, Period, Progress, Series, progress, series
from toolkit.present.status.measures import TABLE, Measured, after_baseline, course, within
from toolkit.present.told import Told
from toolkit.project.benefits import Benefit

GOOD = ("reached", "green")
DECIMALS = 2


@dataclass(frozen=True)
class Followed:
    """One benefit and what was measured of it after its baseline."""

    benefit: Benefit
    own: tuple[Measured, ...]
    series: Series

    @property
    def periods(self) -> tuple[Period, ...]:
        """Every period, the incomplete ones too."""
        return course(self.benefit, list(self.own))

    @property
    def now(self) -> Period | None:
        """The latest value."""
        return self.series.latest

    @cached_property
    def progress(self) -> Progress:
        """How far it has come, 0-100 and up, and whether that will do."""
        return progress(goal(self.benefit), self.series)

    @property
    def achievement(self) -> float | None:
        """Percent of the way from baseline to target."""
        return self.progress.achievement

    @property
    def on_track(self) -> bool:
        """Whether the target is reached, or as near as can be expected by now."""
        return self.progress.light in GOOD

    def behind(self, period: Period | None) -> list[Measured]:
        """The measurements a period's value rests on."""
        return within(self.benefit, self.own, period.day if period else None)


def follow_up(told: Told, all_: tuple[Measured, ...]) -> tuple[Followed, ...]:
    """Every benefit, in the order of the description."""
    return tuple(_followed(told, benefit, all_) for benefit in told.reading.project.benefits)


def _followed(told: Told, benefit: Benefit, all_: tuple[Measured, ...]) -> Followed:
    own = after_baseline(all_, benefit.id)
    values = [one.measurement for one in own]
    expected = expected_units(told, benefit.id)
    found = series(values, benefit.frequency, benefit.aggregate, expected)
    return Followed(benefit, tuple(own), found)


def goal(benefit: Benefit) -> Goal:
    """Where a benefit starts from and is going."""
    dates = benefit.baseline_date, benefit.target_date
    return Goal(benefit.baseline, benefit.target, *dates)


def expected_units(told: Told, benefit: str) -> frozenset[str]:
    """The units that have a row to measure a benefit in."""
    rows = (row.row for row in told.rows(TABLE))
    own = [row for row in rows if told.text(TABLE, row, "f.benefit") == benefit]
    return frozenset(told.text(TABLE, row, "f.unit") for row in own)


def shown(told: Told, benefit: Benefit, value: float | None) -> str:
    """A value of a benefit with its unit's sign, at most two decimals."""
    rounded = None if value is None else round(value, DECIMALS)
    return worded(told.reading, rounded, benefit.unit)
