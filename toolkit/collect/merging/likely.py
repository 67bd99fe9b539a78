"""Likely: which names of very many may be nearly the same, found without comparing every two.

In: names by number, and which of them are new. Out: every pair that is alike by ``ALIKE``, and few
others. Two names are alike where ``2 M / T`` reaches ALIKE: M letters that match in blocks, T all
letters of both. At most ``(1 - ALIKE) T`` letters match nothing, so there is at most one block more
than that; and a block of n letters holds n - 2 runs of three. Together two such names share at
least ``T (5 ALIKE - 4) / 2 - 2`` runs of three letters, or they are equal.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

ALIKE = 0.9
RUN = 3  # letters
TINY = 1e-9
Gram = tuple[str, int]


def likely(
    names: Mapping[int, str], group: Collection[int], new: Collection[int]
) -> Iterator[tuple[int, int]]:
    """Pairs of numbers of a group, one of them new at least, the smaller number first."""
    order = sorted(group, key=lambda at: (len(names[at]), at))
    lengths = [len(names[at]) for at in order]
    grams = [grams_of(names[at]) for at in order]
    holders = _holders(grams)
    old = _mask(rank for rank, at in enumerate(order) if at not in new)
    for rank, at in enumerate(order):
        if at in new:
            letters = lengths[rank]
            first, end = _as_long(letters, lengths)
            others = (old | (-2 << rank)) & ((1 << end) - 1)  # a pair of new ones is met once
            masks = ((holders[gram] & others) >> first for gram in grams[rank])
            shared = _added(mask for mask in masks if mask)
            for other in _ranks(_at_least(shared, least(letters + lengths[first])), first):
                count = len(grams[rank] & grams[other])
                if other != rank and count >= least(letters + lengths[other]):
                    yield min(at, order[other]), max(at, order[other])


def _as_long(letters: int, lengths: Sequence[int]) -> tuple[int, int]:
    """The first and the last but one rank of names long enough, and short enough, to be alike."""
    share = ALIKE / (2 - ALIKE)
    first = bisect_left(lengths, letters * share - TINY)
    return first, bisect_right(lengths, letters / share + TINY)


# --- sets of names as bits of a number: one addition counts for all names at once -------------


def _holders(grams: Sequence[Collection[Gram]]) -> dict[Gram, int]:
    """Which names hold each run: bit n is the name of rank n."""
    ranks: dict[Gram, list[int]] = {}
    for rank, own in enumerate(grams):
        for gram in own:
            ranks.setdefault(gram, []).append(rank)
    return {gram: _mask(own) for gram, own in ranks.items()}


def _mask(ranks: Iterable[int]) -> int:
    """The number whose bits are some ranks."""
    bits = bytearray()
    for rank in ranks:  # ascending
        bits.extend(bytes(rank // 8 + 1 - len(bits)))
        bits[rank // 8] |= 1 << rank % 8
    return int.from_bytes(bits, "little")


def _added(masks: Iterable[int]) -> list[int]:
    """How many of some masks hold each bit: the ones of all counts, then the twos, the fours."""
    places: list[int] = []
    for mask in masks:
        carry = mask
        for n, place in enumerate(places):
            places[n], carry = place ^ carry, place & carry
            if not carry:
                break
        else:
            places.append(carry)
    return places


def _at_least(places: Sequence[int], least: int) -> int:
    """The bits whose count is at least ``least``, one or more."""
    more, same = 0, -1
    for n in range(max(len(places), least.bit_length()) - 1, -1, -1):
        place = places[n] if n < len(places) else 0
        if least >> n & 1:
            same &= place
        else:
            more |= same & place
            same &= ~place
    return more | same


def _ranks(mask: int, first: int) -> Iterator[int]:
    """The bits of a number, counted from ``first``."""
    bits = f"{mask:b}"[::-1]
    at = bits.find("1")
    while at >= 0:
        yield first + at
        at = bits.find("1", at + 1)


def grams_of(name: str) -> frozenset[Gram]:
    """The runs of three letters of a name, a repeated one by its number; and the name itself."""
    seen = Counter[str]()
    found: list[Gram] = [(name, -1)]
    for start in range(len(name) - RUN + 1):
        run = name[start : start + RUN]
        found.append((run, seen[run]))
        seen[run] += 1
    return frozenset(found)


@lru_cache(maxsize=4096)
def least(letters: int) -> int:
    """How many runs two names of so many letters together share where they are alike."""
    return max(1, math.ceil(letters * (5 * ALIKE - 4) / 2 - 2 - TINY))
