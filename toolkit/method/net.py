"""Net benefit year by year. In: yearly gross at full effect, ramp-up and costs. Out: the net table.

Years are calendar years; shares and rates are 0-1; money is in whole currency units.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

COST_KINDS = ("one_time", "hump", "recurring")
DEFAULT_HORIZON = 5

Amounts = Mapping[int, float]


def horizon(price_year: int | None, length: int | None, named: Iterable[int]) -> range:
    """The years of the net table: from the price year, else the earliest year named.

    Without a length it reaches the last year named, at least ``DEFAULT_HORIZON`` years. At least
    one of ``price_year`` and ``named`` must hold a year.
    """
    years = sorted(named)
    first = years[0] if price_year is None else price_year
    last = max([*years, first + DEFAULT_HORIZON - 1])
    return range(first, first + length if length else last + 1)


def outside(amounts: Amounts, years: range) -> tuple[int, ...]:
    """The years of ``amounts`` that the net table does not show."""
    return tuple(sorted(year for year in amounts if year not in years))


def ramp_up(shares: Amounts, year: int) -> float:
    """The share of full effect in a year.

    No shares: full effect in every year. Before the first year named: none. A year not named
    takes the last one named before it.
    """
    if not shares:
        return 1.0
    past = [named for named in shares if named <= year]
    return shares[max(past)] if past else 0.0


@dataclass(frozen=True)
class Money:
    """One line of money through the years: net and what it adds up to, nominal and discounted."""

    net: float
    cumulative: float
    discounted: float
    discounted_cumulative: float


@dataclass(frozen=True)
class NetYear:
    """One year (column) of the net table; ``budget`` counts budget reductions only."""

    year: int
    ramp_up: float
    discount_factor: float
    gross: float
    gross_budget: float
    one_time: float
    hump: float
    recurring: float
    all: Money
    budget: Money


@dataclass(frozen=True)
class Economy:
    """What the net table is made of: gross a year at full effect, ramp-up, costs by kind."""

    gross: float
    gross_budget: float
    costs: Mapping[str, Amounts]
    ramp_up: Amounts
    rate: float = 0.0


def net_table(economy: Economy, years: Sequence[int]) -> tuple[NetYear, ...]:
    """The net table, one entry a year: net = gross - one-time - hump - recurring costs."""
    shares = [ramp_up(economy.ramp_up, year) for year in years]
    factors = [(1 + economy.rate) ** -step for step in range(len(years))]
    one_time, hump, recurring = (_amounts(economy.costs.get(k, {}), years) for k in COST_KINDS)
    spent = [sum(costs) for costs in zip(one_time, hump, recurring, strict=True)]
    every = _money(economy.gross, shares, spent, factors)
    budget = _money(economy.gross_budget, shares, spent, factors)
    return tuple(
        NetYear(
            year=year,
            ramp_up=shares[i],
            discount_factor=factors[i],
            gross=economy.gross * shares[i],
            gross_budget=economy.gross_budget * shares[i],
            one_time=one_time[i],
            hump=hump[i],
            recurring=recurring[i],
            all=every[i],
            budget=budget[i],
        )
        for i, year in enumerate(years)
    )


def _amounts(amounts: Amounts, years: Sequence[int]) -> list[float]:
    return [amounts.get(year, 0.0) for year in years]


def _money(
    full: float, shares: Sequence[float], spent: Sequence[float], factors: Sequence[float]
) -> list[Money]:
    nets = [full * share - cost for share, cost in zip(shares, spent, strict=True)]
    discounted = [net * factor for net, factor in zip(nets, factors, strict=True)]
    columns = zip(nets, accumulate(nets), discounted, accumulate(discounted), strict=True)
    return [Money(*column) for column in columns]


@dataclass(frozen=True)
class BreakEven:
    """When the money is back: a year, ``from_start`` (never negative), or neither."""

    year: int | None = None
    from_start: bool = False


def break_even(cumulative: Sequence[tuple[int, float]]) -> BreakEven:
    """The first year from which the cumulative value stays at or above zero to the end."""
    if cumulative and all(value >= 0 for _, value in cumulative):
        return BreakEven(cumulative[0][0], from_start=True)
    negative = [i for i, (_, value) in enumerate(cumulative) if value < 0]
    after = negative[-1] + 1 if negative else 0
    return BreakEven(cumulative[after][0]) if after < len(cumulative) else BreakEven()


def break_even_of(table: Sequence[NetYear]) -> BreakEven:
    """The break-even of a net table: of the discounted values, equal to nominal at rate 0."""
    return break_even([(row.year, row.all.discounted_cumulative) for row in table])
