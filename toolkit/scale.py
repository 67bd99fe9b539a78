"""Scales: the number behind an option, and how bad an option is.

In: an option list's name, its keys in order, and one key. Out: the number the method counts with,
or a rank. Symmetric scales run from -2 to +2, fit from 0 to 4, all others count from 1
(specification 2.6); what is worst follows the list's own bad end (ruling 12).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

OFFSETS: Mapping[str, int] = {"attitude": -3, "emotion": -3, "barrier": -3, "fit": -1}
WITHOUT_NUMBER = frozenset({("likert", "na")})

BAD_WHEN_LOW = frozenset({"f.reliability"})
BEST_FIRST: Mapping[str, tuple[str, ...]] = {
    "yesno": ("yes", "partly", "unsure", "no"),
    "readiness": ("ready", "ready_actions", "not_ready"),
}


def number(options: str, keys: Sequence[str], key: str) -> int | None:
    """The number of an option; None where it has none (``likert.na``) or is unknown."""
    if key not in keys or (options, key) in WITHOUT_NUMBER:
        return None
    return keys.index(key) + 1 + OFFSETS.get(options, 0)


def badness(options: str, field: str, keys: Sequence[str], key: str) -> int:
    """How bad an option of a field is: higher is worse, -1 for one that is not in the list."""
    order = BEST_FIRST.get(options, tuple(keys))
    if key not in order:
        return -1
    rank = order.index(key)
    return len(order) - 1 - rank if field in BAD_WHEN_LOW else rank
