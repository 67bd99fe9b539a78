"""Risk levels before and after measures (specification 2.6 and 5)."""

from __future__ import annotations

from toolkit.method.risks import level_counts, risk_level, risk_value, severity
from toolkit.project.safety import RiskAcceptance

DEFAULT_MATRIX = RiskAcceptance().matrix

EXAMPLE = """
ri01 3 5 2 4
ri02 4 4 2 4
ri03 4 4 2 3
ri04 3 4 2 4
ri05 2 5 1 4
ri06 3 4 2 3
ri07 2 3 1 3
ri08 2 4 2 3
ri09 3 4 2 3
ri10 4 2 2 2
ri11 3 3 2 2
ri12 2 3 2 2
ri13 4 3 1 3
ri14 3 2 2 2
"""
RISKS = {
    name: tuple(map(int, scores))
    for name, *scores in (line.split() for line in EXAMPLE.strip().splitlines())
}


def levels(first: int) -> dict[str, str | None]:
    return {
        name: risk_level(DEFAULT_MATRIX, scores[first], scores[first + 1])
        for name, scores in RISKS.items()
    }


def test_golden_levels_before() -> None:
    before = levels(0)
    assert level_counts(before.values()) == {"red": 3, "orange": 8, "yellow": 3, "green": 0}
    assert [name for name, level in before.items() if level == "red"] == ["ri01", "ri02", "ri03"]


def test_golden_levels_after() -> None:
    after = levels(2)
    assert level_counts(after.values()) == {"red": 0, "orange": 3, "yellow": 5, "green": 6}
    assert [name for name, level in after.items() if level == "orange"] == ["ri01", "ri02", "ri04"]


def test_one_times_five_is_not_green() -> None:
    assert risk_value(1, 5) == risk_value(5, 1) == 5
    assert risk_level(DEFAULT_MATRIX, 1, 5) == "orange"
    assert risk_level(DEFAULT_MATRIX, 1, 1) == "green"


def test_a_missing_score_has_no_value_and_no_level() -> None:
    assert risk_value(3, None) is None
    assert risk_level(DEFAULT_MATRIX, None, 3) is None
    assert severity(DEFAULT_MATRIX, None, 3) < severity(DEFAULT_MATRIX, 1, 1)


def test_severity_sorts_by_level_then_product_then_consequence() -> None:
    pairs = [(5, 1), (1, 5), (3, 3), (2, 4), (4, 2), (3, 5)]
    ordered = sorted(pairs, key=lambda pair: severity(DEFAULT_MATRIX, *pair), reverse=True)
    assert ordered == [(3, 5), (3, 3), (2, 4), (4, 2), (1, 5), (5, 1)]


def test_a_municipality_may_bring_its_own_matrix() -> None:
    strict = [["red"] * 5] * 5
    assert risk_level(strict, 1, 1) == "red"
