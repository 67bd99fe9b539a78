"""Homes: where in the description a value lives that people filled in.

In: the place of a consolidated value. Out: the list and the attribute of its entries that it stands
for, and the value as the description writes it (``HOMES``, for every table whose rows are entries);
or the keys that lead to a value that stands by itself (``home_of``).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from toolkit.language import option_keys
from toolkit.project import Project
from toolkit.project.benefits import Benefit, Cost
from toolkit.project.facts import Entry, marks
from toolkit.project.people import Role, Stakeholder
from toolkit.project.plan import HukiRow
from toolkit.project.safety import Risk
from toolkit.project.values import OneOf
from toolkit.scale import OFFSETS
from toolkit.store.records import Spot, Value

Names = Mapping[str, str]


class Told(NamedTuple):
    """What a value says of an entry: an attribute, the key within it ('' where none), the value."""

    name: str
    item: str | int
    value: Any


@dataclass(frozen=True)
class Home:
    """Where a table's rows live in the description: a list, its entries, field -> attribute."""

    path: str
    entry: type[Entry]
    names: Names
    adds: bool = False
    prefix: str = ""
    """What the ids of its entries begin with: ``ri`` of ``ri01``."""

    def name(self, field: str) -> str:
        """The attribute of a field; '' where the description has none."""
        key = field.removeprefix("f.")
        named = self.names.get(key, key)
        return named if named in self.entry.model_fields else ""

    def field(self, name: str) -> str:
        """The field an attribute stands in."""
        return next((f"f.{key}" for key, own in self.names.items() if own == name), f"f.{name}")

    def told(self, field: str, value: Value) -> Told | None:
        """What a value of a column says; None where the description has no place for it."""
        start, _, item = field.partition(":")
        if start == "f.amount" and item.isdecimal():
            return Told(YEARS, int(item), value)
        if self.entry is HukiRow and not start.startswith("f."):
            return Told(LETTERS, start, value)
        name = self.name(start)
        return Told(name, "", _typed(value, self.entry, name)) if name else None


STAKEHOLDERS = {
    "stakeholder": "name",
    "stakeholder_group": "group",
    "org_level": "level",
    "affected_how": "affected",
}
BENEFITS = {
    "benefit": "name",
    "benefit_type": "type",
    "benefit_for": "for_",
    "benefit_use": "use",
    "unit_of_measure": "unit",
    "measure_method": "method",
    "benefit_owner": "owner",
    "aggregation": "aggregate",
    "action": "",
    "sub_goal": "",
}
NAMED = {**BENEFITS, "benefit": ""}  # these tables refer to a benefit and do not name it
COSTS = {"cost": "name", "cost_kind": "kind", "cost_category": "category"}
RISKS = {"risk_category": "category", "existing_measures": "existing", "new_measure": "measure"}
HOMES: Mapping[str, Home] = {
    "stakeholders": Home("stakeholders", Stakeholder, STAKEHOLDERS, adds=True, prefix="st"),
    "actions": Home("stakeholders", Stakeholder, {"stakeholder": ""}),
    "benefit_map": Home("benefits", Benefit, BENEFITS, adds=True, prefix="b"),
    "benefit_calc": Home("benefits", Benefit, NAMED),
    "benefit_plan": Home("benefits", Benefit, NAMED),
    "costs": Home("costs", Cost, COSTS, adds=True, prefix="c"),
    "huki": Home("huki", HukiRow, {}, adds=True, prefix="h"),
    "risks": Home("risks", Risk, RISKS, adds=True, prefix="ri"),
    "roles": Home("roles", Role, {"role": ""}),
}
YEARS, LETTERS = "amounts", "cells"


def _typed(value: Value, entry: type[Entry], name: str) -> Any:
    """A mean of options as the nearest option, of whole steps as the nearest whole one."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return _scale(value, entry, name)
    lists = [m.list for m in marks(entry.model_fields[name]) if isinstance(m, OneOf)]
    if not lists:
        return value
    keys = option_keys(lists[0])
    place = int(value + 0.5) - 1 - OFFSETS.get(lists[0], 0)
    return keys[min(max(place, 0), len(keys) - 1)]


def _scale(value: Value, entry: type[Entry], name: str) -> Any:
    """Probability and consequence are numbers in the description, options in the workbook."""
    scored = entry is Risk and name.partition("_")[0] in ("probability", "consequence")
    return int(value) if scored and isinstance(value, str) and value.isdecimal() else value


def home_of(spot: Spot, source: str) -> tuple[str, ...]:
    """The keys that lead to a value by itself; () where the description has no place for it.

    ``source`` is where a form takes its value from: ``communication.messages.why``.
    """
    table, row, field = spot
    start, _, item = field.partition(":")
    if table == "net":
        ramp_up = row == "f.ramp_up" and start == "f.year"
        return ("economy", "ramp_up", item) if ramp_up else _OF_NET.get(field, ())
    if table == "risk_criteria" and field == "f.description":
        scale, _, score = row.partition(".")
        return "risk_acceptance", "definitions", scale, score
    keys = tuple(source.split("."))
    return keys if keys[0] in Project.model_fields else ()


_OF_NET = {"f.discount_rate": ("economy", "discount_rate")}
