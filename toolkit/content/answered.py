"""The project as answered: its description with what came back in place of what was sent out.

In: a Project and Results. Out: the Project in which every consolidated value that has a home in
the description stands there, and the entries staff added stand last. Conflicts keep what was
sent. Views and arithmetic then say what the answers say.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from toolkit.language import option_keys
from toolkit.project import Project
from toolkit.project.benefits import Benefit, Cost
from toolkit.project.facts import Entry, marks
from toolkit.project.people import Stakeholder
from toolkit.project.plan import HukiRow
from toolkit.project.safety import Risk
from toolkit.project.values import OneOf
from toolkit.scale import OFFSETS
from toolkit.store.records import NEWEST, Merged, Results, Value, blank

Names = Mapping[str, str]


@dataclass(frozen=True)
class Home:
    """Where a table's rows live in the description: a list, its entries, field -> attribute."""

    path: str
    entry: type[Entry]
    names: Names
    adds: bool = False

    def name(self, field: str) -> str:
        """The attribute of a field; '' where the description has none."""
        key = field.removeprefix("f.")
        named = self.names.get(key, key)
        return named if named in self.entry.model_fields else ""


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
    "stakeholders": Home("stakeholders", Stakeholder, STAKEHOLDERS, adds=True),
    "benefit_map": Home("benefits", Benefit, BENEFITS, adds=True),
    "benefit_calc": Home("benefits", Benefit, NAMED),
    "benefit_plan": Home("benefits", Benefit, NAMED),
    "costs": Home("costs", Cost, COSTS, adds=True),
    "huki": Home("huki", HukiRow, {}, adds=True),
    "risks": Home("risks", Risk, RISKS, adds=True),
}
YEARS, LETTERS = "amounts", "cells"


def answered(project: Project, results: Results) -> Project:
    """The project with what came back."""
    rows: dict[str, dict[str, dict[str, Any]]] = {}
    known = {home.path: {e.id for e in getattr(project, home.path)} for home in HOMES.values()}
    for merged in results.merged:
        home = HOMES.get(merged.table)
        open_ = merged.conflict and results.on_conflict != NEWEST
        if home is None or open_ or blank(merged.value):
            continue
        if merged.row in known[home.path] or home.adds:
            own = rows.setdefault(home.path, {}).setdefault(merged.row, {})
            _put(own, home, merged)
    kinds = {home.path: home.entry for home in HOMES.values()}
    changed = {
        path: tuple(_entries(getattr(project, path), kinds[path], own))
        for path, own in rows.items()
    }
    return project.model_copy(update=changed)


def _put(own: dict[str, Any], home: Home, merged: Merged) -> None:
    field, _, item = merged.field.partition(":")
    if field == "f.amount" and item.isdecimal():
        own.setdefault(YEARS, {})[int(item)] = merged.value
    elif home.entry is HukiRow and not field.startswith("f."):
        own.setdefault(LETTERS, {})[field] = merged.value
    elif name := home.name(field):
        own[name] = _typed(merged.value, home.entry, name)


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


def _entries(
    entries: Iterable[Entry], kind: type[Entry], own: Mapping[str, dict[str, Any]]
) -> Iterator[Entry]:
    described = {entry.id: entry for entry in entries}
    for id, entry in described.items():
        yield _changed(entry, own.get(id, {}))
    for id, values in own.items():
        if id not in described and values.get(kind.naming):
            yield _changed(kind.model_construct(**{**_defaults(kind), "id": id}), values)


def _changed(entry: Entry, values: Mapping[str, Any]) -> Entry:
    """The entry with other values; amounts and letters are laid over those it has."""
    laid = {
        name: {**(getattr(entry, name) or {}), **value} if isinstance(value, dict) else value
        for name, value in values.items()
    }
    return entry.model_copy(update=laid)


def _defaults(kind: type[Entry]) -> dict[str, Any]:
    """What an entry holds that nobody has said anything about."""
    fields = kind.model_fields.items()
    return {
        name: None if info.is_required() else info.get_default(call_default_factory=True)
        for name, info in fields
    }
