"""Workings: what the hidden columns of d.03 come to, for programs that do not calculate.

In: the rows of the plan, the measurements and the follow-up as the consolidated workbook shows
them. Out: the same rows with day, period, units and value of each period, as its formulas have it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from toolkit.content.reading import Row
from toolkit.language import Labels
from toolkit.method.calendar import MONTHS
from toolkit.method.measured import MEAN, SUM, Measurement, periods

Tables = Mapping[str, Sequence[Row]]
EPOCH = date(1899, 12, 30)  # day 0 of a spreadsheet

Period = tuple[int, int]  # row of the plan, number


def worked_out(tables: Tables, labels: Labels) -> dict[str, list[Row]]:
    """The tables with their workings; those of other documents as they are."""
    kept = {name: list(rows) for name, rows in tables.items()}
    if not {"benefit_plan", "measurements", "follow_up"} <= kept.keys():
        return kept
    book = _Book(kept["benefit_plan"], labels)
    measured = book.measured(kept["measurements"])
    followed = [book.followed(row, measured) for row in kept["follow_up"]]
    return kept | {"measurements": measured, "follow_up": followed}


class _Book:
    """The plan of the benefits: which row each stands in, how often and how it is measured."""

    def __init__(self, plan: Sequence[Row], labels: Labels) -> None:
        self.plan = plan
        self.labels = labels
        self.places = {row["benefit"]: place for place, row in enumerate(plan, 1)}

    def measured(self, rows: Sequence[Row]) -> list[Row]:
        """Every measurement with its day, its period and what the period comes to."""
        dated = [row | self._dated(row) for row in rows]
        groups: dict[Period, list[Row]] = defaultdict(list)
        for row in dated:
            if row["period_no"]:
                groups[row["plan_row"], row["period_no"]].append(row)
        sums = {key: self._summed(key[0], own) for key, own in groups.items()}
        nothing = {"units_reported": 0, "period_value": 0}
        return [row | sums.get((row["plan_row"], row["period_no"]), nothing) for row in dated]

    def _dated(self, row: Row) -> Row:
        place = self.places.get(row["benefit"], 0)
        day, value = row["measure_date"], row["measured_value"]
        baseline = self.labels.label("measure_point", "baseline")
        counts = place and _is_number(value) and isinstance(day, date)
        if not counts or row["measure_point"] == baseline:
            return {"plan_row": place, "day_no": 0, "period_no": 0}
        number = (day - EPOCH).days
        months = MONTHS.get(self._option(place, "frequency"))
        period = (day.year * 12 + day.month - 1) // months if months else number
        return {"plan_row": place, "day_no": number, "period_no": period}

    def _option(self, place: int, name: str) -> str:
        text = self.plan[place - 1][name]
        return (self.labels.key_of(name, text) if isinstance(text, str) else None) or ""

    def _summed(self, place: int, own: Sequence[Row]) -> Row:
        values = [
            Measurement(f"{r['unit']}", r["measure_date"], r["measured_value"], r["sample_size"])
            for r in own
        ]
        aggregation = SUM if self._option(place, "aggregation") == SUM else MEAN
        months = MONTHS.get(self._option(place, "frequency"))
        frequency = self._option(place, "frequency") if months else None
        (period,) = periods(values, frequency, aggregation)
        return {"units_reported": len(period.units), "period_value": period.value}

    def followed(self, row: Row, measured: Sequence[Row]) -> Row:
        """A benefit with the periods its latest value and trend are taken from."""
        place = self.places.get(row["benefit"], 0)
        own = [one for one in measured if place and one["plan_row"] == place]
        expected = max(1, len({one["unit"] for one in own if one["unit"]}))
        whole = {o["period_no"]: o for o in own if o["units_reported"] >= expected}
        latest, before = [*sorted((n for n in whole if n), reverse=True), 0, 0][:2]
        plan = self.plan[place - 1] if place else {}
        earlier = whole[before]["period_value"] if before else row["baseline"]
        return row | {
            "plan_row": place or None,
            "baseline_date": plan.get("baseline_date"),
            "target_date": plan.get("target_date"),
            "units_expected": expected if row["benefit"] else None,
            "period_latest": latest,
            "period_before": before,
            "value_before": earlier if latest else None,
        }


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
