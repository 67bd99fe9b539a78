"""Worth: what the benefits come to, from what the units sent back (specification 4.3).

In: the merged tables of d.03. Out: hours and money a year, the net table, and how each benefit is
doing. Values that units gave are computed unit by unit and added (rulings 9 and 17).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date

from toolkit.collect.known import Known
from toolkit.collect.merging.answers import changing, counting
from toolkit.collect.merging.merge import MergedTable
from toolkit.method import benefits as method
from toolkit.method import net as net_method
from toolkit.method.measured import Goal, Measurement, Series, progress, series
from toolkit.store.records import Spot, Value

Tables = Mapping[str, MergedTable]
Computed = Iterator[tuple[str, str, Value]]
Numbers = dict[str, float]  # by unit

CONFIRMED = ("minutes_saved", "saving_per_unit")
OWN = ("volume_per_year", *CONFIRMED, "value_low", "value_high")
NET_LINES = {
    "ramp_up": "ramp_up",
    "gross": "gross_benefit",
    "gross_budget": "gross_budget",
    "one_time": "one_time_cost",
    "hump": "hump_cost",
    "recurring": "recurring_cost",
}
YEAR = "f.year:"


# --- what a benefit is worth a year ---------------------------------------------------------


def calculation(tables: Tables, known: Known) -> Computed:
    """Hours and money a year of every priced benefit, added over the units that answered."""
    for joined in tables["benefit_calc"].rows:
        prices = _prices(tables, joined.row)
        likely = _sum(price.likely for price in prices)
        yield joined.row, "f.annual_hours", _sum(price.hours for price in prices)
        yield joined.row, "f.annual_value", likely
        yield joined.row, "f.value_likely", likely
        yield joined.row, "f.value_adjusted", _adjusted(tables, joined.row, prices)


def _adjusted(tables: Tables, row: str, prices: list[method.Price]) -> float | None:
    """Each unit's own value adjusted, added; else their sum between the project's low and high."""
    if len(prices) == 1 or any(price.low is not None for price in prices):
        return _sum(price.adjusted for price in prices)
    table = tables["benefit_calc"]
    low, high = table.number(row, "f.value_low"), table.number(row, "f.value_high")
    return method.adjusted(low, _sum(price.likely for price in prices), high)


def _prices(tables: Tables, row: str) -> list[method.Price]:
    """How the benefit is priced: once for the project, or once for each unit that gave a volume."""
    table = tables["benefit_calc"]
    whole = {name: table.number(row, f"f.{name}") for name in OWN}
    units = {name: _of_units(table, row, f"f.{name}") for name in OWN}
    if len(units["volume_per_year"]) < 2:
        return [_price(tables, row, whole)]
    return [_price(tables, row, _of_unit(unit, units, whole)) for unit in units["volume_per_year"]]


def _of_unit(
    unit: str, units: Mapping[str, Numbers], whole: Mapping[str, float | None]
) -> dict[str, float | None]:
    """A unit's own figures; minutes and prices it says nothing of are those of all."""
    return {name: units[name].get(unit, whole[name] if name in CONFIRMED else None) for name in OWN}


def _of_units(table: MergedTable, row: str, field: str) -> Numbers:
    """The newest figure of every unit that gave one, or left one that leaving confirms."""
    cell = table.cells.get((row, field))
    said = counting if field.removeprefix("f.") in CONFIRMED else changing
    answers = said(cell.answers) if cell else ()
    numbers = ((a.unit, cell.question.number(a.value)) for a in answers if cell)
    return {unit: number for unit, number in numbers if unit and number is not None}


def _price(tables: Tables, row: str, own: Mapping[str, float | None]) -> method.Price:
    return method.Price(
        kind=_said(tables, "benefit_map", row, "f.benefit_type"),
        volume=own["volume_per_year"],
        minutes=own["minutes_saved"],
        hourly_cost=tables["benefit_calc"].number(row, "f.hourly_cost"),
        saving=own["saving_per_unit"],
        low=own["value_low"],
        high=own["value_high"],
    )


def _sum(values: Iterator[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return sum(known) if known else None


def _said(tables: Tables, table: str, row: str, field: str) -> str:
    return tables[table].text(row, field) if table in tables else ""


def of_calculation(row: str, field: str, tables: Tables) -> Iterator[Spot]:
    """The cells the worth of a benefit rests on."""
    yield from (("benefit_calc", row, f"f.{name}") for name in (*OWN, "hourly_cost"))


# --- the net table ----------------------------------------------------------------------------


def net(tables: Tables, known: Known) -> Computed:
    """The net table, one row a line, one field a year; nothing where no year is known."""
    shares = _by_year(tables["net"], "f.ramp_up", YEAR) or known.shares
    rate = tables["net"].number("", "f.discount_rate")
    gross, budget = _gross(tables)
    economy = net_method.Economy(
        gross, budget, _costs(tables), shares, known.rate if rate is None else rate
    )
    for year in net_method.net_table(economy, sorted(shares)):
        for line, value in _lines(year).items():
            yield f"f.{line}", f"{YEAR}{year.year}", value


def _lines(year: net_method.NetYear) -> dict[str, float]:
    own = {line: getattr(year, name) for name, line in NET_LINES.items() if name != "ramp_up"}
    return own | {
        "net_benefit": year.all.net,
        "cumulative": year.all.cumulative,
        "budget_net": year.budget.net,
        "budget_cumulative": year.budget.cumulative,
        "discounted_net": year.all.discounted,
        "discounted_cumulative": year.all.discounted_cumulative,
    }


def _gross(tables: Tables) -> tuple[float, float]:
    """The adjusted value a year at full effect: of all benefits, and of budget reductions."""
    values: dict[str, float] = {}
    for row, field, value in calculation(tables, Known()) if "benefit_calc" in tables else ():
        if field == "f.value_adjusted" and isinstance(value, int | float):
            values[row] = value
    budget = [
        row
        for row in values
        if _said(tables, "benefit_map", row, "f.benefit_use") == method.BUDGET_REDUCTION
    ]
    return sum(values.values()), sum(values[row] for row in budget)


def _costs(tables: Tables) -> dict[str, dict[int, float]]:
    """Amounts a year by kind of cost; a cost without a kind counts as one-time."""
    sums: dict[str, dict[int, float]] = defaultdict(lambda: defaultdict(float))
    table = tables.get("costs")
    for joined in table.rows if table else ():
        kind = _said(tables, "costs", joined.row, "f.cost_kind") or net_method.COST_KINDS[0]
        for year, amount in _by_year(tables["costs"], joined.row, "f.amount:").items():
            sums[kind][year] += amount
    return sums


def _by_year(table: MergedTable, row: str, start: str) -> dict[int, float]:
    """The numbers of a row's year columns."""
    numbers = {
        int(field.removeprefix(start)): table.number(own, field)
        for own, field in table.cells
        if own == row and field.startswith(start) and field.removeprefix(start).isdecimal()
    }
    return {year: number for year, number in numbers.items() if number is not None}


# --- how a benefit is doing -------------------------------------------------------------------


def follow_up(tables: Tables, known: Known) -> Computed:
    """Latest value, achievement, what was to be expected, trend and traffic light."""
    for joined in tables["follow_up"].rows:
        measured = _series(tables, joined.row, known)
        yield from _followed(joined.row, _goal(tables, joined.row), measured)


def _followed(row: str, goal: Goal, measured: Series) -> Computed:
    got, latest, newer = progress(goal, measured), measured.latest, measured.preliminary
    yield row, "f.baseline", goal.baseline
    yield row, "f.target", goal.target
    yield row, "f.measured_value", latest.value if latest else None
    yield row, "f.measure_date", latest.day if latest else None
    yield row, "f.achievement", got.achievement
    yield row, "f.expected_progress", got.expected
    yield row, "f.trend", got.trend
    yield row, "f.traffic_light", got.light
    if newer:
        reported = f"({len(newer.units)}/{measured.expected})"
        yield row, "f.preliminary", f"{round(newer.value, 2):g} {reported}"


def of_follow_up(row: str, field: str, tables: Tables) -> Iterator[Spot]:
    """The cells the follow-up of a benefit rests on: what was measured, and its goal."""
    for table, own in _measured_rows(tables):
        if table.text(own, "f.benefit") == row and field not in ("f.baseline", "f.target"):
            yield "measurements", own, "f.measured_value"
    goal = ("baseline", "target", "baseline_date", "target_date")
    yield from (("benefit_plan", row, f"f.{name}") for name in goal)


def _goal(tables: Tables, row: str) -> Goal:
    plan = tables.get("benefit_plan")
    if plan is None:
        return Goal()
    return Goal(
        plan.number(row, "f.baseline"),
        plan.number(row, "f.target"),
        _day(plan.value(row, "f.baseline_date")),
        _day(plan.value(row, "f.target_date")),
    )


def _series(tables: Tables, benefit: str, known: Known) -> Series:
    measured = measurements(tables).get(benefit, [])
    frequency, aggregation = (
        _said(tables, "benefit_plan", benefit, f"f.{name}") for name in ("frequency", "aggregation")
    )
    return series(measured, frequency, aggregation, known.units or units_of(tables, benefit))


def measurements(tables: Tables) -> dict[str, list[Measurement]]:
    """What was measured of every benefit after its baseline."""
    found: dict[str, list[Measurement]] = defaultdict(list)
    for table, row in _measured_rows(tables):
        value, day = table.number(row, "f.measured_value"), table.value(row, "f.measure_date")
        baseline = table.text(row, "f.measure_point") == "baseline"
        if value is not None and isinstance(day, date) and not baseline:
            unit, size = table.text(row, "f.unit"), table.number(row, "f.sample_size")
            found[table.text(row, "f.benefit")].append(Measurement(unit, day, value, size))
    return found


def units_of(tables: Tables, benefit: str) -> frozenset[str]:
    """The units that have a row to measure a benefit in."""
    rows = _measured_rows(tables)
    own = (row for table, row in rows if table.text(row, "f.benefit") == benefit)
    return frozenset(tables["measurements"].text(row, "f.unit") for row in own)


def _measured_rows(tables: Tables) -> Iterator[tuple[MergedTable, str]]:
    if "measurements" in tables:
        table = tables["measurements"]
        yield from ((table, joined.row) for joined in table.rows)


def _day(value: Value) -> date | None:
    return value if isinstance(value, date) else None
