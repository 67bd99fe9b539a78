"""A service journey in numbers. In: minutes and actors a step. Out: totals."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from itertools import pairwise

EMOTIONS = {"m2": -2, "m1": -1, "z0": 0, "p1": 1, "p2": 2}


def emotion(key: str | None) -> int | None:
    """The number of an emotion, -2 to +2."""
    return EMOTIONS.get(key) if key else None


def total_minutes(minutes: Iterable[float | None]) -> float:
    """Minutes through the whole journey; a blank step counts for nothing."""
    return sum(step for step in minutes if step is not None)


def handovers(actors: Sequence[Collection[str]]) -> int:
    """How often two consecutive steps have different actors."""
    return sum(set(left) != set(right) for left, right in pairwise(actors))
