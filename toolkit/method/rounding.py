"""Rounding for display. In: a number. Out: the number as a person would round it."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal


def rounded(value: float, digits: int = 0) -> float:
    """Half away from zero: 2.5 -> 3, -2.5 -> -3, 0.125 at two digits -> 0.13."""
    step = Decimal(1).scaleb(-digits)
    return float(Decimal(repr(value)).quantize(step, rounding=ROUND_HALF_UP))
