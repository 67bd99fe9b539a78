"""Ideas and findings in order. In: scores 1-5. Out: products, quadrants and ranks."""

from __future__ import annotations

from collections.abc import Sequence

MIDDLE = 3


def idea_score(feasibility: float, benefit: float) -> float:
    """Feasibility x expected benefit, 1-25."""
    return feasibility * benefit


def idea_quadrant(feasibility: float, benefit: float) -> str:
    """The option of ``idea_quadrant``: above three on both do now, on one quick win or explore."""
    if feasibility > MIDDLE:
        return "do_now" if benefit > MIDDLE else "quick_win"
    return "explore" if benefit > MIDDLE else "drop"


def finding_score(how_often: float, severity: float) -> float:
    """How often x how severe, 1-25."""
    return how_often * severity


def ranks(scores: Sequence[float]) -> tuple[int, ...]:
    """Highest first; equal scores share a rank and the next is skipped: 1, 1, 3."""
    return tuple(1 + sum(other > score for other in scores) for score in scores)
