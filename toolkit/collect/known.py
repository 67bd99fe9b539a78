"""Known: what the project says beside the returned files, as far as somebody gave it.

In: a Project, or nothing. Out: a Known: the units that measure, how many forms each role was sent,
which risks are acceptable, how fast benefits come, due dates, what people call units and roles.
Without a project the returned files speak for themselves.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as default
from datetime import date

from toolkit.content.views.people import pilot_units
from toolkit.method.net import horizon, ramp_up
from toolkit.method.risks import Matrix
from toolkit.project import Project
from toolkit.project.safety import RiskAcceptance
from toolkit.store.records import LISTED

COUNTED_AS = {"superuser": "employee"}  # ruling 21


@dataclass(frozen=True)
class Known:
    """What is known: ``titles`` by kind and id, ``forms`` by role, ``shares`` by year."""

    project_id: str = ""
    units: tuple[str, ...] = ()
    forms: Mapping[str, int] = default(default_factory=dict)
    matrix: Matrix = RiskAcceptance().matrix
    shares: Mapping[int, float] = default(default_factory=dict)
    rate: float = 0.0
    due: Mapping[str, date] = default(default_factory=dict)
    titles: Mapping[tuple[str, str], str] = default(default_factory=dict)
    on_conflict: str = LISTED


def known_of(project: Project | None) -> Known:
    """What a description says; little without one."""
    if project is None:
        return Known()
    return Known(
        project.project.id,
        pilot_units(project),
        _forms(project.pilot.evaluation_sent),
        project.risk_acceptance.matrix,
        _shares(project),
        project.economy.discount_rate,
        project.kit.due,
        {(kind, entry.id): entry.label for kind, own in project.kinds.items() for entry in own},
    )


def _shares(project: Project) -> dict[int, float]:
    """The share of full effect in every year of the net table."""
    economy = project.economy
    named = {year for cost in project.costs for year in cost.amounts}
    first = min(phase.start for phase in project.phases).year
    years = horizon(economy.price_year, economy.horizon_years, named or {first})
    return {year: ramp_up(economy.ramp_up, year) for year in years}


def group_of(role: str) -> str:
    """The group a role's answers count in: superusers are employees."""
    return COUNTED_AS.get(role, role)


def _forms(sent: Mapping[str, int]) -> dict[str, int]:
    forms: Counter[str] = Counter()
    for role, count in sent.items():
        forms[group_of(role)] += count
    return dict(forms)
