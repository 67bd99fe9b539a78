"""The plan's arithmetic. In: dates and percent done. Out: weeks, dates and ``status`` keys."""

from __future__ import annotations

from datetime import date, timedelta

STEPS_SHARE = 0.9
LEAST_SLACK = 0.1


def duration_weeks(start: date, end: date) -> float:
    """The length of an activity in weeks, both days included."""
    return ((end - start).days + 1) / 7


def slack_weeks(end: date, phase_end: date) -> float:
    """Weeks from the end of an activity to the end of its phase; negative when it runs over."""
    return (phase_end - end).days / 7


def too_tight(last_end: date, phase_start: date, phase_end: date) -> bool:
    """Whether the last activity of a phase leaves less than a tenth of the phase free."""
    return (phase_end - last_end).days < LEAST_SLACK * ((phase_end - phase_start).days + 1)


def spread(start: date, end: date, count: int) -> tuple[tuple[date, date], ...]:
    """Equal spans back to back for ``count`` steps; the last tenth of the phase stays free.

    A phase too short for a day each gives every step at least one day.
    """
    days = ((end - start).days + 1) * STEPS_SHARE
    edges = [start + timedelta(days=int(days * i / count)) for i in range(count + 1)]
    return tuple(
        (first, max(first, following - timedelta(days=1)))
        for first, following in zip(edges, edges[1:], strict=False)
    )


def activity_status(start: date, end: date, percent_done: float, today: date) -> str:
    """Done at 100 percent, delayed after its end, in progress once begun, else not started."""
    if percent_done >= 100:
        return "done"
    if end < today:
        return "delayed"
    return "in_progress" if start <= today or percent_done > 0 else "not_started"
