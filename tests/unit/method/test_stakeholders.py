"""Quadrants, scores and attitude gaps (specification 4.2 and 5)."""

from __future__ import annotations

from collections import Counter

from toolkit.method.stakeholders import (
    attitude,
    attitude_gap,
    degree,
    priority_score,
    quadrant,
    resists,
)

EXAMPLE = """
st01 large  medium neutral   positive
st02 large  small  positive  positive
st03 large  large  sceptical positive
st04 medium small  neutral   positive
st05 large  large  positive  driver
st06 small  large  positive  driver
st07 small  large  neutral   positive
st08 large  large  sceptical positive
st09 medium large  neutral   driver
st10 small  large  sceptical positive
st11 large  medium positive  positive
st12 large  medium driver    driver
st13 small  small  neutral   positive
st14 large  small  positive  driver
st15 medium small  positive  positive
"""
STAKEHOLDERS = {name: facts for name, *facts in map(str.split, EXAMPLE.strip().splitlines())}


def test_golden_quadrants() -> None:
    found = {
        name: quadrant(degree(influence), degree(interest))
        for name, (interest, influence, _, _) in STAKEHOLDERS.items()
    }
    assert Counter(found.values()) == {"engage": 7, "inform": 4, "satisfy": 3, "monitor": 1}
    assert [n for n, q in found.items() if q == "inform"] == ["st02", "st04", "st14", "st15"]
    assert [n for n, q in found.items() if q == "satisfy"] == ["st06", "st07", "st10"]
    assert [n for n, q in found.items() if q == "monitor"] == ["st13"]


def test_golden_highest_scores() -> None:
    scores = {
        name: priority_score(degree(influence), degree(interest))
        for name, (interest, influence, _, _) in STAKEHOLDERS.items()
    }
    assert [name for name, score in scores.items() if score == 16] == ["st03", "st05", "st08"]


def test_golden_attitude_gaps() -> None:
    gaps = {
        name: attitude_gap(attitude(now), attitude(wanted))
        for name, (_, _, now, wanted) in STAKEHOLDERS.items()
    }
    assert [name for name, gap in gaps.items() if gap == 2] == ["st03", "st08", "st09", "st10"]


def test_means_are_judged_like_single_degrees() -> None:
    assert quadrant(2.9, 3.0) == "inform"


def test_what_is_blank_stays_unknown() -> None:
    assert degree(None) is attitude(None) is None
    assert priority_score(None, 3) is quadrant(3, None) is attitude_gap(None, 1) is None


def test_resistance_starts_at_sceptical() -> None:
    assert resists(attitude("sceptical"))
    assert not resists(attitude("neutral"))
    assert not resists(None)
