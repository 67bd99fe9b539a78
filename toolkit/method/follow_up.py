"""How a benefit is doing. In: baseline, target, measured values and dates. Out: percent and keys.

Percent is 0-100 and above, not rounded. Traffic lights are options of ``traffic``.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

TREND_SYMBOLS = {"better": "▲", "same": "►", "worse": "▼"}
TRAFFIC_SYMBOLS = {"green": "●", "yellow": "◆", "red": "■", "reached": "★", "grey": "○"}


def achievement(baseline: float | None, target: float | None, value: float | None) -> float | None:
    """Percent of the way from baseline to target: (value - baseline) / (target - baseline)."""
    if baseline is None or target is None or value is None or target == baseline:
        return None
    return (value - baseline) / (target - baseline) * 100


def expected_progress(start: date | None, end: date | None, on: date | None) -> float | None:
    """Percent of the time from baseline date to target date that has gone on a date, 0-100."""
    if start is None or end is None or on is None or end <= start:
        return None
    return min(max((on - start).days / (end - start).days, 0.0), 1.0) * 100


def traffic_light(achieved: float | None, expected: float | None) -> str:
    """``reached``, ``green``, ``yellow``, ``red``, or ``grey`` where nothing can be said."""
    if achieved is None or expected is None:
        return "grey"
    if achieved >= 100:
        return "reached"
    if achieved >= expected - 10:
        return "green"
    return "yellow" if achieved >= expected - 25 else "red"


def trend(baseline: float, target: float, previous: float, latest: float) -> str:
    """``better`` when the value moves towards the target, ``worse`` away, else ``same``."""
    moved = (latest - previous) * (target - baseline)
    if moved == 0:
        return "same"
    return "better" if moved > 0 else "worse"


def attainment(achieved: float | None) -> str:
    """The option of ``attainment``: full from 100, partial from 50, none below, too early."""
    if achieved is None:
        return "too_early"
    if achieved >= 100:
        return "full"
    return "partial" if achieved >= 50 else "none"


def goal_attainment(achieved: Iterable[float]) -> float | None:
    """A goal's percent: the mean of its benefits' achievements, each clamped to 0-100."""
    clamped = [min(max(value, 0.0), 100.0) for value in achieved]
    return sum(clamped) / len(clamped) if clamped else None
