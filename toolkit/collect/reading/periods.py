"""Periods people write where a day is asked: uke 12 2027 · mai 2027 · Q2 2027 · 1. halvår 2027.

In: the words and numbers of a text. Out: a Period that knows its last day; None for anything else.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from toolkit.collect.reading.spelling import words

WEEK, MONTH, QUARTER, HALF = "week", "month", "quarter", "half"
MONTHS_IN = {MONTH: 1, QUARTER: 3, HALF: 6}
MOST = {WEEK: 53, MONTH: 12, QUARTER: 4, HALF: 2}
YEARS = range(1990, 2100)


@dataclass(frozen=True)
class Period:
    """A week, month, quarter or half-year by its number; ``year`` is 0 where none is said."""

    kind: str
    number: int
    year: int = 0

    def in_year(self, year: int) -> date | None:
        """Its last day in a year (a Sunday of a week); None where the year has no such week."""
        if self.kind == WEEK:
            try:
                return date.fromisocalendar(year, self.number, 7)
            except ValueError:
                return None
        last = self.number * MONTHS_IN[self.kind]
        return date(year, last, monthrange(year, last)[1])


def period_of(parts: Sequence[str], month_of: Callable[[str], int]) -> Period | None:
    """The period that words and numbers name; ``month_of`` tells the month of a name."""
    names = [part for part in parts if not part.isdecimal()]
    numbers = [int(part) for part in parts if part.isdecimal()]
    years = [number for number in numbers if number in YEARS]
    others = [number for number in numbers if number not in YEARS]
    if len(years) > 1 or len(names) > 1:
        return None
    year = years[0] if years else 0
    if names:
        return _named(names[0], others, year, month_of)
    plain = bool(year) and len(others) == 1 and len(parts) == 2  # 05.2027
    return _valid(MONTH, others[0], year) if plain else None


def _named(
    name: str, numbers: Sequence[int], year: int, month_of: Callable[[str], int]
) -> Period | None:
    kind = next((own for own in (WEEK, QUARTER, HALF) if _is(name, own)), "")
    if kind and len(numbers) == 1:
        return _valid(kind, numbers[0], year)
    if not kind and not numbers and month_of(name):
        return Period(MONTH, month_of(name), year)
    return None


def _is(name: str, kind: str) -> bool:
    """Whether a word means a kind of period; cases of Finnish begin like the word."""
    return any(name == word or (len(word) > 3 and name.startswith(word)) for word in words(kind))


def _valid(kind: str, number: int, year: int) -> Period | None:
    return Period(kind, number, year) if 1 <= number <= MOST[kind] else None
