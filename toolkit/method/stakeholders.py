"""Where a stakeholder stands. In: option keys of ``level4`` and ``attitude``. Out: scores and keys.

Degrees count none = 1 to large = 4, attitudes strongly negative = -2 to driver = +2.
"""

from __future__ import annotations

DEGREES = {"none": 1, "small": 2, "medium": 3, "large": 4}
ATTITUDES = {"strongly_negative": -2, "sceptical": -1, "neutral": 0, "positive": 1, "driver": 2}
HIGH = 3


def degree(key: str | None) -> int | None:
    """The number of a degree, 1-4."""
    return DEGREES.get(key) if key else None


def attitude(key: str | None) -> int | None:
    """The number of an attitude, -2 to +2."""
    return ATTITUDES.get(key) if key else None


def priority_score(influence: float | None, interest: float | None) -> float | None:
    """Influence x interest, 1-16."""
    return None if influence is None or interest is None else influence * interest


def quadrant(influence: float | None, interest: float | None) -> str | None:
    """The option of ``quadrant``: both high engage, influence satisfy, interest inform."""
    if influence is None or interest is None:
        return None
    if influence >= HIGH:
        return "engage" if interest >= HIGH else "satisfy"
    return "inform" if interest >= HIGH else "monitor"


def attitude_gap(now: float | None, wanted: float | None) -> float | None:
    """Steps from the attitude of today to the one wanted."""
    return None if now is None or wanted is None else wanted - now


def resists(now: float | None) -> bool:
    """Whether the attitude is sceptical or worse."""
    return now is not None and now <= -1
