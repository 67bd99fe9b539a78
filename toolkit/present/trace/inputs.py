"""Inputs: the values a computed value is made of.

In: a computed value and its formula. Out: Parts: the consolidated values that go into it, each with
its weight where it has one, and the workings in a line.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as default
from datetime import date
from typing import Any

from toolkit.method.measured import SUM, Measurement, Period, period_of, series
from toolkit.present.trace.formulas import Formula, spot_of
from toolkit.present.trace.held import Held
from toolkit.store.records import Merged, Value, blank

BASELINE = "baseline"
KINDS: Mapping[str, tuple[str, ...]] = {
    "f.one_time_cost": ("one_time", ""),
    "f.hump_cost": ("hump",),
    "f.recurring_cost": ("recurring",),
}
BUDGET = "budget_reduction"


@dataclass(frozen=True)
class Part:
    """One value that goes into another; ``more`` is what is to be told of it there."""

    merged: Merged
    more: Mapping[str, Any] = default(default_factory=dict)


@dataclass(frozen=True)
class Parts:
    """All values that go into one, and how they add up in a line."""

    merged: tuple[Part, ...]
    workings: str = ""


def parts_of(merged: Merged, formula: Formula, held: Held) -> Parts:
    """What a computed value is made of."""
    special = _SPECIAL.get((merged.table, merged.row if merged.table == "net" else merged.field))
    if special:
        return special(merged, held)
    named = (input_of(merged, name, held) for name in formula.fields)
    return Parts(tuple(Part(one) for one in named if one and not blank(one.value)))


def input_of(merged: Merged, name: str, held: Held) -> Merged | None:
    """The value a name in a formula stands for."""
    if merged.table == "net":
        return _line(merged, name, held)
    table, field = spot_of(name, merged.table)
    return held.by_spot.get((merged.doc, (table, merged.row, field)))


def _line(merged: Merged, name: str, held: Held) -> Merged | None:
    """A line of the net table in the same year, or the year before."""
    row, _, before = name.partition("@")
    start, _, year = merged.field.partition(":")
    own = f"{start}:{int(year) - 1}" if before else merged.field
    found = held.by_spot.get((merged.doc, ("net", row, own)))
    nothing = Merged(merged.doc, "net", row, own, "recompute", 0)  # before the first year
    return found or (nothing if before else None)


# --- measurements -------------------------------------------------------------------------------


@dataclass(frozen=True)
class Measured:
    """One measurement of a benefit: its row, and what was measured."""

    row: str
    merged: Merged
    measurement: Measurement


def _measured(merged: Merged, held: Held) -> Iterator[Measured]:
    """The measurements of a benefit after its baseline."""
    for (doc, table, row), own in held.by_row.items():
        if (doc, table) == (merged.doc, "measurements"):
            said = {one.field: one for one in own}
            if _of(said, "f.benefit") == merged.row and _of(said, "f.measure_point") != BASELINE:
                yield from _measurement(row, said)


def _measurement(row: str, said: Mapping[str, Merged]) -> Iterator[Measured]:
    value, day, sample = (_of(said, f"f.{n}") for n in VALUES)
    if isinstance(value, int | float) and isinstance(day, date):
        weight = sample if isinstance(sample, int | float) else None
        unit = f"{_of(said, 'f.unit') or ''}"
        yield Measured(row, said["f.measured_value"], Measurement(unit, day, value, weight))


VALUES = ("measured_value", "measure_date", "sample_size")


def _of(said: Mapping[str, Merged], field: str) -> Value:
    return said[field].value if field in said else None


def _latest(merged: Merged, held: Held) -> Parts:
    return _period(merged, held, preliminary=False)


def _newer(merged: Merged, held: Held) -> Parts:
    return _period(merged, held, preliminary=True)


def _period(merged: Merged, held: Held, *, preliminary: bool) -> Parts:
    """The measurements of the latest whole period, or of a newer one that is not whole."""
    own, plan = list(_measured(merged, held)), _plan(merged, held)
    found = series([one.measurement for one in own], *plan, _expected(merged, held))
    period = found.preliminary if preliminary else found.latest
    if period is None:
        return Parts(())
    frequency, aggregation = plan
    number = period_of(period.day, frequency)
    within = [one for one in own if period_of(one.measurement.day, frequency) == number]
    return Parts(_weighed(within, aggregation), _added(within, aggregation, period, held))


def _plan(merged: Merged, held: Held) -> tuple[str, str]:
    """How often a benefit is measured, and how its units are put together."""
    frequency, aggregation = (
        f"{held.value(merged.doc, 'benefit_plan', merged.row, f'f.{name}') or ''}"
        for name in ("frequency", "aggregation")
    )
    return frequency, aggregation


def _expected(merged: Merged, held: Held) -> frozenset[str]:
    """The units that reported in the newest whole period; the store tells no more of them.

    ``f.measure_date`` is the day of that period, so its units are those that must have reported.
    """
    day = held.value(merged.doc, merged.table, merged.row, "f.measure_date")
    own = [one.measurement for one in _measured(merged, held)]
    frequency, _ = _plan(merged, held)
    if not isinstance(day, date):
        return frozenset(one.unit for one in own) | {"?"}  # no period is whole
    then = period_of(day, frequency)
    return frozenset(one.unit for one in own if period_of(one.day, frequency) == then)


def _weights(own: Sequence[Measured], aggregation: str) -> list[float]:
    """How much each counts: its sample; all alike in a sum, or where one has none."""
    samples = [one.measurement.sample or 0.0 for one in own]
    return samples if all(samples) and aggregation != SUM else [1.0] * len(own)


def _weighed(own: Sequence[Measured], aggregation: str) -> tuple[Part, ...]:
    weights = _weights(own, aggregation)
    return tuple(
        Part(one.merged, {"weight": weight}) for one, weight in zip(own, weights, strict=True)
    )


def _added(own: Sequence[Measured], aggregation: str, period: Period, held: Held) -> str:
    """How the period adds up: ``(0,9 × 14 + 1 × 10) / 24 = 0,94``."""
    number = held.shown.labels.number
    values = [number(one.measurement.value) for one in own]
    weights = _weights(own, aggregation)
    if aggregation == SUM:
        return f"{' + '.join(values)} = {number(period.value)}"
    if len(set(weights)) == 1:
        return f"({' + '.join(values)}) / {len(values)} = {number(period.value)}"
    terms = (f"{v} × {number(w)}" for v, w in zip(values, weights, strict=True))
    return f"({' + '.join(terms)}) / {number(sum(weights))} = {number(period.value)}"


# --- responsibilities and money -----------------------------------------------------------------


def _letters(merged: Merged, held: Held) -> Parts:
    """The letters of an activity."""
    own = held.by_row[merged.doc, merged.table, merged.row]
    letters = tuple(one for one in own if one.operator == "agree" and not blank(one.value))
    counted = {code: sum(code in f"{one.value}".split("/") for one in letters) for code in "HU"}
    return Parts(
        tuple(Part(one) for one in letters), ", ".join(f"{k}: {n}" for k, n in counted.items())
    )


def _gross(merged: Merged, held: Held) -> Parts:
    """The adjusted value of every benefit, and the share of full effect in the year."""
    budget = merged.row == "f.gross_budget"
    own = [
        one
        for (doc, (table, row, field)), one in held.by_spot.items()
        if (doc, table, field) == (merged.doc, "benefit_calc", "f.value_adjusted")
        if not budget or held.value(doc, "benefit_map", row, "f.benefit_use") == BUDGET
    ]
    share = _line(merged, "f.ramp_up", held)
    number = held.shown.labels.number
    values = [one.value for one in own if isinstance(one.value, int | float)]
    effect = share.value if share and isinstance(share.value, int | float) else None
    added = " + ".join(map(number, values)) or "0"
    workings = f"({added}) × {number(effect)}" if effect is not None else f"({added})"
    return Parts(tuple(Part(one) for one in (*own, *([share] if share else []))), workings)


def _costs(merged: Merged, held: Held) -> Parts:
    """The amounts of the year, of one kind of cost."""
    year = merged.field.partition(":")[2]
    own = [
        one
        for (doc, (table, row, field)), one in held.by_spot.items()
        if (doc, table, field) == (merged.doc, "costs", f"f.amount:{year}")
        and f"{held.value(doc, 'costs', row, 'f.cost_kind') or ''}" in KINDS[merged.row]
    ]
    numbers = [one.value for one in own if isinstance(one.value, int | float)]
    return Parts(
        tuple(Part(one) for one in own), " + ".join(map(held.shown.labels.number, numbers))
    )


_SPECIAL: Mapping[tuple[str, str], Callable[[Merged, Held], Parts]] = {
    ("follow_up", "f.measured_value"): _latest,
    ("follow_up", "f.measure_date"): _latest,
    ("follow_up", "f.preliminary"): _newer,
    ("huki", "f.check_status"): _letters,
    ("net", "f.gross_benefit"): _gross,
    ("net", "f.gross_budget"): _gross,
    ("net", "f.one_time_cost"): _costs,
    ("net", "f.hump_cost"): _costs,
    ("net", "f.recurring_cost"): _costs,
}
