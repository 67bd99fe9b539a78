"""Names that look alike are found without comparing every two: the same pairs, all of them."""

from __future__ import annotations

import random
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit.collect.merging.joining import alike
from toolkit.collect.merging.likely import ALIKE, likely

WORDS = st.sampled_from(["natt", "ansatte", "opplæring", "mangler", "nett", "svikt", "aaaa", "a"])
SPOILT = st.tuples(st.lists(WORDS, max_size=6), st.integers(0, 40), st.sampled_from("abn eæ"))


def spoilt(made: tuple[list[str], int, str]) -> str:
    """A name with one letter put in, as people misspell."""
    words, at, letter = made
    name = " ".join(words)
    return name[:at] + letter + name[at:] if at <= len(name) else name


NAMES = st.lists(SPOILT.map(spoilt) | st.text("abæ ", max_size=25), max_size=12)


def plainly(names: list[str], new: set[int]) -> set[tuple[int, int]]:
    every = combinations(range(len(names)), 2)
    return {
        (one, other)
        for one, other in every
        if (one in new or other in new) and alike(names[one], names[other]) >= ALIKE
    }


@settings(max_examples=400, deadline=None)
@given(NAMES, st.sets(st.integers(0, 11)))
def test_no_pair_is_missed(names: list[str], new: set[int]) -> None:
    found = list(likely(dict(enumerate(names)), range(len(names)), new))
    assert len(found) == len(set(found))
    kept = {pair for pair in found if alike(names[pair[0]], names[pair[1]]) >= ALIKE}
    assert kept == plainly(names, new)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Renholdere", "Rensholdere"), ("Natttilsyn svikter", "Nattilsyn svikter"), ("ab", "ab")],
)
def test_pairs_people_write(one: str, other: str) -> None:
    assert list(likely({0: one, 1: other}, [0, 1], {1})) == [(0, 1)]


def test_few_of_very_many_are_compared() -> None:
    chosen = random.Random(1)
    names = {n: "".join(chosen.choices("abdefgiklmnorst ", k=24)) for n in range(500)}
    names |= {500: names[0] + "a"}
    assert list(likely(names, names, set(names))) == [(0, 500)]
