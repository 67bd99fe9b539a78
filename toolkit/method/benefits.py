"""What a benefit is worth a year. In: volumes, minutes and prices. Out: hours and money.

Money is in whole currency units a year at full effect, hours in hours a year.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

SAVED_TIME = "saved_time"
AVOIDED_COST = "avoided_cost"
BUDGET_REDUCTION = "budget_reduction"


def annual_hours(volume: float | None, minutes: float | None) -> float | None:
    """Hours freed a year: times a year x minutes saved each time / 60."""
    return None if volume is None or minutes is None else volume * minutes / 60


def adjusted(low: float | None, likely: float | None, high: float | None) -> float | None:
    """The value adjusted for uncertainty, (low + 3 x likely + high) / 5; likely without a span."""
    if low is None or high is None or likely is None:
        return likely
    return (low + 3 * likely + high) / 5


@dataclass(frozen=True)
class Price:
    """How one benefit is priced; ``kind`` is an option of ``benefit_type``."""

    kind: str
    volume: float | None = None
    minutes: float | None = None
    hourly_cost: float | None = None
    saving: float | None = None
    low: float | None = None
    high: float | None = None

    @property
    def priced(self) -> bool:
        """Whether the benefit is of a type that has a price at all."""
        return self.kind in (SAVED_TIME, AVOIDED_COST)

    @property
    def hours(self) -> float | None:
        """Hours freed a year, for saved time only."""
        return annual_hours(self.volume, self.minutes) if self.kind == SAVED_TIME else None

    @property
    def likely(self) -> float | None:
        """The most likely value a year: hours x hourly cost, or volume x saving a time."""
        if self.kind == SAVED_TIME:
            return _product(self.hours, self.hourly_cost)
        return _product(self.volume, self.saving) if self.kind == AVOIDED_COST else None

    @property
    def adjusted(self) -> float | None:
        """The value a year adjusted for uncertainty."""
        return adjusted(self.low, self.likely, self.high) if self.priced else None


def total(values: Iterable[float | None]) -> float:
    """The sum of what is known."""
    return sum(value for value in values if value is not None)


def _product(left: float | None, right: float | None) -> float | None:
    return None if left is None or right is None else left * right
