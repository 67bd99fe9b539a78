"""Formulas: how every computed value comes about, and what it is made of.

In: the table and field of a computed value. Out: a Formula: its text with fields in brackets, or
the key of a sentence where it is no sum, and the values that go into it. The arithmetic itself is
the method's; a test holds each text against it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

FIELD = re.compile(r"\[([^\]]+)\]")
ROW = "benefit_plan."


@dataclass(frozen=True)
class Formula:
    """How a value is computed: ``text`` has fields in brackets, ``said`` is a label.

    A field of another table stands with it: ``[benefit_plan.f.baseline]``. ``inputs`` are fields
    the text does not name.
    """

    text: str = ""
    said: str = ""
    inputs: tuple[str, ...] = ()

    @property
    def fields(self) -> tuple[str, ...]:
        """Every field it is made of, in order."""
        return tuple(dict.fromkeys((*FIELD.findall(self.text), *self.inputs)))


def spot_of(name: str, table: str) -> tuple[str, str]:
    """The table and field of a name in a formula: of the same table unless it says another."""
    other, found, field = name.partition(".f.")
    return (other, f"f.{field}") if found else (table, name)


PAIR, AFTER = (
    ("f.probability", "f.consequence"),
    ("f.probability_after", "f.consequence_after"),
)
SPENT = "[f.one_time_cost] − [f.hump_cost] − [f.recurring_cost]"
FORMULAS: Mapping[tuple[str, str], Formula] = {
    ("stakeholders", "f.priority_score"): Formula("[f.influence] × [f.interest]"),
    ("stakeholders", "f.attitude_gap"): Formula("[f.attitude_wanted] − [f.attitude_now]"),
    ("stakeholders", "f.quadrant"): Formula(
        said="tr.how.quadrant", inputs=("f.influence", "f.interest")
    ),
    ("risks", "f.risk_value"): Formula("[f.probability] × [f.consequence]"),
    ("risks", "f.risk_level"): Formula(said="tr.how.matrix", inputs=PAIR),
    ("risks", "f.residual_value"): Formula("[f.probability_after] × [f.consequence_after]"),
    ("risks", "f.residual_level"): Formula(said="tr.how.matrix", inputs=AFTER),
    ("huki", "f.check_status"): Formula(said="tr.how.huki"),
    ("benefit_calc", "f.annual_hours"): Formula("[f.volume_per_year] × [f.minutes_saved] / 60"),
    ("benefit_calc", "f.annual_value"): Formula(
        said="tr.how.value",
        inputs=("f.annual_hours", "f.hourly_cost", "f.volume_per_year", "f.saving_per_unit"),
    ),
    ("benefit_calc", "f.value_likely"): Formula("[f.annual_value]"),
    ("benefit_calc", "f.value_adjusted"): Formula(
        "([f.value_low] + 3 × [f.value_likely] + [f.value_high]) / 5", "tr.how.adjusted"
    ),
    ("follow_up", "f.baseline"): Formula("[benefit_plan.f.baseline]"),
    ("follow_up", "f.target"): Formula("[benefit_plan.f.target]"),
    ("follow_up", "f.measured_value"): Formula(said="tr.how.latest"),
    ("follow_up", "f.measure_date"): Formula(said="tr.how.latest_day"),
    ("follow_up", "f.preliminary"): Formula(said="tr.how.preliminary"),
    ("follow_up", "f.achievement"): Formula(
        "([f.measured_value] − [f.baseline]) / ([f.target] − [f.baseline]) × 100"
    ),
    ("follow_up", "f.expected_progress"): Formula(
        "([f.measure_date] − [benefit_plan.f.baseline_date])"
        " / ([benefit_plan.f.target_date] − [benefit_plan.f.baseline_date]) × 100",
        "tr.how.expected",
    ),
    ("follow_up", "f.trend"): Formula(
        said="tr.how.trend", inputs=("f.measured_value", "f.baseline", "f.target")
    ),
    ("follow_up", "f.traffic_light"): Formula(
        said="tr.how.light", inputs=("f.achievement", "f.expected_progress")
    ),
}
NET: Mapping[str, Formula] = {
    "f.gross_benefit": Formula(said="tr.how.gross"),
    "f.gross_budget": Formula(said="tr.how.gross_budget"),
    "f.one_time_cost": Formula(said="tr.how.costs"),
    "f.hump_cost": Formula(said="tr.how.costs"),
    "f.recurring_cost": Formula(said="tr.how.costs"),
    "f.net_benefit": Formula(f"[f.gross_benefit] − {SPENT}"),
    "f.budget_net": Formula(f"[f.gross_budget] − {SPENT}"),
    "f.cumulative": Formula("[f.cumulative@before] + [f.net_benefit]"),
    "f.budget_cumulative": Formula("[f.budget_cumulative@before] + [f.budget_net]"),
    "f.discounted_net": Formula(said="tr.how.discounted", inputs=("f.net_benefit",)),
    "f.discounted_cumulative": Formula("[f.discounted_cumulative@before] + [f.discounted_net]"),
}
"""The lines of the net table, one formula a line, the same in every year."""


def formula_of(table: str, row: str, field: str) -> Formula | None:
    """The formula of a computed value; None where the value is nobody's sum."""
    return NET.get(row) if table == "net" else FORMULAS.get((table, field))


def terms(formula: Formula) -> Iterator[str]:
    """The text in pieces: every second one is a field."""
    yield from FIELD.split(formula.text)
