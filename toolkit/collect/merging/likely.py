"""Likely: which names of very many may be nearly the same, found without comparing every two.

In: names by number, and which of them are new. Out: every pair that is alike by ``ALIKE``, and few
others. Two names are alike where ``2 M / T`` reaches ALIKE: M letters that match in blocks, T all
letters of both. At most ``(1 - ALIKE) T`` letters match nothing, so there is at most one block more
than that; and a block of n letters holds n - 2 runs of three. Together two such names share at
least ``T (5 ALIKE - 4) / 2 - 2`` runs of three letters, or they are equal.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Iterator, Mapping

ALIKE = 0.9
RUN = 3  # letters
TINY = 1e-9
Gram = tuple[str, int]


def likely(
    names: Mapping[int, str], group: Collection[int], new: Collection[int]
) -> Iterator[tuple[int, int]]:
    """Pairs of numbers of a group, one of them new at least, the smaller number first."""
    grams = {at: grams_of(names[at]) for at in group}
    holders: dict[Gram, list[int]] = {}
    for at, own in grams.items():
        for gram in own:
            holders.setdefault(gram, []).append(at)
    for at in group:
        if at in new:
            shared = Counter(other for gram in grams[at] for other in holders[gram])
            for other, count in shared.items():
                once = other < at or (other > at and other not in new)
                if once and count >= least(len(names[at]) + len(names[other])):
                    yield min(at, other), max(at, other)


def grams_of(name: str) -> frozenset[Gram]:
    """The runs of three letters of a name, a repeated one by its number; and the name itself."""
    seen = Counter[str]()
    found: list[Gram] = [(name, -1)]
    for start in range(len(name) - RUN + 1):
        run = name[start : start + RUN]
        found.append((run, seen[run]))
        seen[run] += 1
    return frozenset(found)


def least(letters: int) -> int:
    """How many runs two names of so many letters together share where they are alike."""
    return max(1, math.ceil(letters * (5 * ALIKE - 4) / 2 - 2 - TINY))
