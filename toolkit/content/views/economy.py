"""Costs and net benefit year by year (specification 4.3, rulings 1-4).

In: a Reading. Out: rows with one value a year, and the series of the net chart.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from toolkit.content.reading import Reading, Row
from toolkit.content.views.benefits import benefits, budget_total
from toolkit.finding import Finding, Place, finding
from toolkit.method import net
from toolkit.method.benefits import total

LINES = (
    *("gross_benefit", "gross_budget", "one_time_cost", "hump_cost", "recurring_cost"),
    *("net_benefit", "cumulative", "budget_net", "budget_cumulative"),
    *("discounted_net", "discounted_cumulative"),
)


def horizon(reading: Reading) -> range:
    """The years the net table shows."""
    project = reading.project
    named = {year for cost in project.costs for year in cost.amounts}
    first = min(phase.start for phase in project.phases).year
    economy = project.economy
    return net.horizon(economy.price_year, economy.horizon_years, named or {first})


def table(reading: Reading) -> tuple[net.NetYear, ...]:
    """The net table: one entry a year."""
    rows = benefits(reading)
    economy = net.Economy(
        total(row["value_adjusted"] for row in rows),
        budget_total(rows),
        _costs_by_kind(reading),
        reading.project.economy.ramp_up,
        reading.project.economy.discount_rate,
    )
    return net.net_table(economy, horizon(reading))


def _costs_by_kind(reading: Reading) -> dict[str, dict[int, float]]:
    """Amounts a year by kind of cost; a cost without a kind counts as one-time."""
    sums: dict[str, dict[int, float]] = defaultdict(lambda: defaultdict(float))
    for cost in reading.project.costs:
        for year, amount in cost.amounts.items():
            sums[cost.kind or net.COST_KINDS[0]][year] += amount
    return sums


def years(reading: Reading) -> list[Row]:
    """One row per year (one column of the net table): ``id`` the year, ``title`` as text."""
    return [_year(year) for year in table(reading)]


def _year(year: net.NetYear) -> Row:
    return {
        "id": year.year,
        "title": str(year.year),
        "year": year.year,
        "ramp_up": year.ramp_up,
        "discount_factor": year.discount_factor,
        "gross_benefit": year.gross,
        "gross_budget": year.gross_budget,
        "one_time_cost": year.one_time,
        "hump_cost": year.hump,
        "recurring_cost": year.recurring,
        "net_benefit": year.all.net,
        "cumulative": year.all.cumulative,
        "budget_net": year.budget.net,
        "budget_cumulative": year.budget.cumulative,
        "discounted_net": year.all.discounted,
        "discounted_cumulative": year.all.discounted_cumulative,
        "discounted_budget_net": year.budget.discounted,
        "discounted_budget_cumulative": year.budget.discounted_cumulative,
    }


def costs(reading: Reading) -> list[Row]:
    """One row per cost; ``amount`` maps each year of the horizon to its amount or None."""
    span = horizon(reading)
    return [
        row
        | {
            "cost": row["name"],
            "cost_kind": row["kind"],
            "cost_category": row["category"],
            "amount": {year: row["amounts"].get(year) for year in span},
        }
        for row in reading.facts["costs"]
    ]


def warnings(reading: Reading, place: Place) -> list[Finding]:
    """A finding for each cost with amounts outside the horizon."""
    span = horizon(reading)
    outside = ((cost, net.outside(cost.amounts, span)) for cost in reading.project.costs)
    return [
        finding(
            "amount-outside",
            place.at(("path", f"costs.{cost.id}.amounts")),
            years=", ".join(map(str, missed)),
            first=span.start,
            last=span.stop - 1,
        )
        for cost, missed in outside
        if missed
    ]


def view(reading: Reading) -> Row:
    """The net table as lines, its chart, and when the money is back."""
    shown = years(reading)
    result = net.break_even_of(table(reading))
    return {
        "years": shown,
        "lines": lines(reading),
        "chart": _chart(reading, shown),
        "discounted": bool(reading.project.economy.discount_rate),
        "break_even": result.year,
        "break_even_text": break_even_text(reading, result),
        "has_costs": bool(reading.project.costs),
    }


def lines(reading: Reading) -> list[Row]:
    """One row per line of the net table; ``values`` maps each year to its amount."""
    shown = years(reading)
    return [
        {
            "id": key,
            "title": reading.labels.t(f"f.{key}"),
            "values": {row["id"]: row[key] for row in shown},
        }
        for key in LINES
    ]


def break_even_text(reading: Reading, result: net.BreakEven) -> str:
    """The year as text, *from the start*, or *not within the horizon*."""
    if result.year is None:
        return reading.labels.t("ui.not_in_horizon")
    return reading.labels.t("ui.from_start") if result.from_start else str(result.year)


def _chart(reading: Reading, shown: Sequence[Row]) -> Row:
    """Benefits up, costs down, the cumulative line; the alt text says when it turns."""
    label = reading.labels.t
    down = ("one_time_cost", "hump_cost", "recurring_cost")
    series = [
        {"name": label("f.gross_benefit"), "values": [row["gross_benefit"] for row in shown]},
        *({"name": label(f"f.{key}"), "values": [-row[key] for row in shown]} for key in down),
        {"name": label("f.cumulative"), "values": [row["cumulative"] for row in shown]},
    ]
    return {"categories": [row["title"] for row in shown], "series": series}
