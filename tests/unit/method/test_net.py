"""The net table of the specification, chapter 5, and the rules of break-even."""

from __future__ import annotations

import pytest

from toolkit.method.net import (
    BreakEven,
    Economy,
    break_even,
    break_even_of,
    horizon,
    net_table,
    outside,
    ramp_up,
)

RAMP_UP = {2026: 0.0, 2027: 0.35, 2028: 0.8, 2029: 1.0, 2030: 1.0, 2031: 1.0}
COSTS = {
    "one_time": {2026: 760_000.0, 2027: 1_320_000.0},
    "hump": {2026: 260_000.0, 2027: 420_000.0},
    "recurring": {2027: 275_000.0, **dict.fromkeys(range(2028, 2032), 512_000.0)},
}
EXAMPLE = Economy(2_459_098.5, 464_058.5, COSTS, RAMP_UP)
GOLDEN = """
2026 0    0         760000  260000 0      -1020000 -1020000
2027 0.35 860684    1320000 420000 275000 -1154316 -2174316
2028 0.8  1967279   0       0      512000 1455279  -719037
2029 1.0  2459098   0       0      512000 1947098  1228062
2030 1.0  2459098   0       0      512000 1947098  3175160
2031 1.0  2459098   0       0      512000 1947098  5122259
"""


def test_golden_net_table() -> None:
    table = net_table(EXAMPLE, horizon(2026, 6, ()))
    shown = [
        (y.year, y.ramp_up, y.gross, y.one_time, y.hump, y.recurring, y.all.net, y.all.cumulative)
        for y in table
    ]
    golden = [tuple(map(float, line.split())) for line in GOLDEN.strip().splitlines()]
    assert len(shown) == len(golden)
    for row, expected in zip(shown, golden, strict=True):
        assert row == pytest.approx(expected, abs=1)


def test_golden_break_even() -> None:
    assert break_even_of(net_table(EXAMPLE, horizon(2026, 6, ()))) == BreakEven(2029)


def test_of_which_budget_reduction_has_its_own_net_and_cumulative() -> None:
    table = net_table(EXAMPLE, horizon(2026, 6, ()))
    assert table[1].gross_budget == pytest.approx(162_420.475)
    assert table[1].budget.net == pytest.approx(162_420.475 - 2_015_000)
    assert table[1].budget.cumulative == pytest.approx(162_420.475 - 2_015_000 - 1_020_000)
    assert table[-1].budget.cumulative < 0


def test_discounting_divides_year_t_and_leaves_the_first_year() -> None:
    table = net_table(Economy(100, 0, {"recurring": {2027: 10.0}}, {}, 0.1), range(2026, 2029))
    assert [y.discount_factor for y in table] == pytest.approx([1, 1 / 1.1, 1 / 1.21])
    assert [y.all.net for y in table] == pytest.approx([100, 90, 100])
    assert [y.all.discounted for y in table] == pytest.approx([100, 90 / 1.1, 100 / 1.21])
    assert table[2].all.discounted_cumulative == pytest.approx(100 + 90 / 1.1 + 100 / 1.21)


def test_break_even_is_discounted_when_a_rate_is_given() -> None:
    costs = {"one_time": {2026: 100.0}}
    years = range(2026, 2030)
    assert break_even_of(net_table(Economy(50, 0, costs, {}, 0.0), years)).year == 2027
    assert break_even_of(net_table(Economy(50, 0, costs, {}, 0.2), years)).year == 2028


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([0, 5, 9], BreakEven(1, from_start=True)),
        ([-5, 1, -1, 2], BreakEven(4)),
        ([-5, -1], BreakEven()),
        ([-5, 0], BreakEven(2)),
        ([], BreakEven()),
    ],
)
def test_break_even_stays_to_the_end(values: list[float], expected: BreakEven) -> None:
    assert break_even(list(enumerate(values, start=1))) == expected


def test_ramp_up_between_and_around_the_years_named() -> None:
    shares = {2027: 0.35, 2029: 1.0}
    assert [ramp_up(shares, year) for year in range(2026, 2031)] == [0, 0.35, 0.35, 1, 1]
    assert ramp_up({}, 2026) == 1


def test_horizon_starts_at_the_price_year_or_the_first_year_named() -> None:
    assert horizon(2026, 6, (2024, 2040)) == range(2026, 2032)
    assert horizon(None, 3, (2028, 2027)) == range(2027, 2030)
    assert horizon(2026, None, ()) == range(2026, 2031)
    assert horizon(2026, None, (2033,)) == range(2026, 2034)


def test_amounts_outside_the_horizon_are_listed() -> None:
    assert outside({2025: 1.0, 2026: 2.0, 2032: 3.0}, range(2026, 2032)) == (2025, 2032)
