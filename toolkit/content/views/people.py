"""Roles, teams and units. In: a Reading. Out: rows and team cards with role titles, no names."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from toolkit.content.reading import Reading, Row
from toolkit.project import Project


def roles(reading: Reading) -> list[Row]:
    """One row per role."""
    return [
        row
        | {
            "role": row["title"],
            "name": row["title"],
            "org_level": row["level"],
            "description": None,
        }
        for row in reading.facts["roles"]
    ]


def pilot_units(project: Project) -> tuple[str, ...]:
    """The ids of the units in the pilot; all units where none is marked."""
    marked = [u.id for u in project.units if u.in_pilot or u.id in project.pilot.units]
    return tuple(marked or [unit.id for unit in project.units])


def group(reading: Reading, ids: Sequence[str]) -> list[Row]:
    """The rows of some roles, in their order."""
    known = {row["id"]: row for row in roles(reading)}
    return [known[id] for id in ids]


def advisory_group(reading: Reading) -> list[Row]:
    """One row per role of the advisory group."""
    return group(reading, reading.project.governance.advisory_group)


def leaders(reading: Reading) -> list[Row]:
    """Sponsor, project leader and benefits manager: ``label`` and ``name``."""
    named = {
        "f.sponsor": "sponsor",
        "f.project_leader": "leader",
        "f.benefit_responsible": "benefits_manager",
    }
    governance = reading.facts["governance"]
    return [
        {"id": governance[f"{key}_id"], "label": reading.labels.t(label), "name": governance[key]}
        for label, key in named.items()
        if governance[key]
    ]


def role_named(reading: Reading, key: str) -> str:
    """What this project calls a role of the roadmap (``r.project_manager``), else its label."""
    kind = key.removeprefix("r.")
    own = [row["title"] for row in reading.facts["roles"] if row["key_key"] == kind]
    return own[0] if own else reading.labels.t(key)


def joined(texts: Iterable[str]) -> str:
    """Several values in one cell, each once."""
    return "; ".join(dict.fromkeys(filter(None, texts)))
