"""Ratings of the pilot evaluation: means, shares that agree, and who must not be shown.

In: answers 1-5 by group. Out: ratings, and the groups too small to be shown (specification 2.10 and
4.16, ruling 21).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from statistics import fmean

LEAST = 5
AGREES_FROM = 4
GOOD, FAIR = 4.0, 3.0


def agree_share(answers: Sequence[int]) -> float | None:
    """The share in percent that answered 4 or 5."""
    if not answers:
        return None
    return 100 * sum(answer >= AGREES_FROM for answer in answers) / len(answers)


def colour(mean: float | None) -> str:
    """The level of a mean: green from 4, yellow from 3, else red; '' where there is none."""
    if mean is None:
        return ""
    return "green" if mean >= GOOD else "yellow" if mean >= FAIR else "red"


def mean_of(values: Sequence[float | None]) -> float | None:
    """The mean of what is known."""
    known = [value for value in values if value is not None]
    return fmean(known) if known else None


def hidden(sizes: Mapping[str, int], least: int = LEAST) -> frozenset[str]:
    """The groups that are not shown: those under five answers.

    When exactly one is hidden, the smallest shown group is hidden too, so that the hidden one
    cannot be worked out from the total. Groups nobody answered in are no groups.
    """
    answered = {group: n for group, n in sizes.items() if n}
    small = {group for group, n in answered.items() if n < least}
    shown = sorted((n, group) for group, n in answered.items() if group not in small)
    if len(small) == 1 and shown:
        small.add(shown[0][1])
    return frozenset(small)
