"""What a typed description still may have wrong (SPEC 3, RULINGS 23).

In: a Project, a function from location to Place. Out: findings.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from itertools import pairwise

from toolkit.declaration import Location
from toolkit.finding import Finding, Place, finding
from toolkit.language import option_keys
from toolkit.project.model import Project
from toolkit.project.plan import Activity, HukiRow, Phase

Locate = Callable[[Location], Place]


def project_checks(project: Project, place: Locate) -> tuple[Finding, ...]:
    """Everything that is wrong or odd in a description whose types are right."""
    return (
        *_currency(project, place),
        *_periods(project, place),
        *_phases(project, place),
        *_activities(project, place),
        *_huki(project, place),
        *_benefits(project, place),
        *_weights(project, place),
    )


def _currency(project: Project, place: Locate) -> Iterator[Finding]:
    if not project.organisation.currency:
        yield finding("missing-key", place(("organisation", "currency")), key="currency")


# --- time ----------------------------------------------------------------------------------


def _periods(project: Project, place: Locate) -> Iterator[Finding]:
    for location, start, end in _spans(project):
        if start and end and end < start:
            yield finding("end-before-start", place((*location, "end")), start=start, end=end)


def _spans(project: Project) -> Iterator[tuple[Location, date | None, date | None]]:
    for index, phase in enumerate(project.phases):
        yield ("phases", index), phase.start, phase.end
    for index, activity in enumerate(project.activities.items):
        yield ("activities", "items", index), activity.start, activity.end
    yield ("pilot", "time"), project.pilot.time.start, project.pilot.time.end


def _phases(project: Project, place: Locate) -> Iterator[Finding]:
    given = {phase.id: phase for phase in project.phases}
    for key in option_keys("phase"):
        if key not in given:
            yield finding("phase-missing", place(("phases",)), phase=key)
    where = {phase.id: index for index, phase in enumerate(project.phases)}
    for before, after in pairwise(given[key] for key in sorted(given)):
        here = place(("phases", where[after.id]))
        if after.start < before.start or after.end < before.end:
            yield finding("phases-out-of-order", here, phase=after.id, before=before.id)
        elif overlap(before, after) > 0.5:
            yield finding("phases-overlap", here, phase=after.id, before=before.id)


def overlap(a: Phase, b: Phase) -> float:
    """The days two phases share, as a share of the shorter one (RULINGS 10)."""
    shared = (min(a.end, b.end) - max(a.start, b.start)).days + 1
    shorter = min((phase.end - phase.start).days + 1 for phase in (a, b))
    return max(shared, 0) / shorter if shorter > 0 else 0.0


def _activities(project: Project, place: Locate) -> Iterator[Finding]:
    phases = {phase.id: phase for phase in project.phases}
    for index, activity in enumerate(project.activities.items):
        phase = phases.get(activity.phase)
        if phase and _outside(activity, phase):
            here = place(("activities", "items", index))
            yield finding("activity-outside-phase", here, phase=phase.id)


def _outside(activity: Activity, phase: Phase) -> bool:
    early = activity.start is not None and activity.start < phase.start
    return early or (activity.end is not None and activity.end > phase.end)


# --- responsibility ------------------------------------------------------------------------


def _huki(project: Project, place: Locate) -> Iterator[Finding]:
    outside = {role.id for role in project.roles if not role.in_huki}
    for index, row in enumerate(project.huki):
        here = ("huki", index)
        yield from (finding(code, place(here)) for code in huki_faults(row))
        for role in outside & set(row.cells):
            yield finding("huki-outside", place((*here, "cells", role)), role=role)


def huki_faults(row: HukiRow) -> list[str]:
    """What is wrong with a row: not exactly one H, or no U."""
    letters = [letter for cell in row.cells.values() for letter in cell.split("/")]
    heads = letters.count("H")
    faults = {0: ["huki-no-h"], 1: []}.get(heads, ["huki-many-h"])
    return faults + ([] if "U" in letters else ["huki-no-u"])


# --- benefits, weights --------------------------------------------------------------------


def _benefits(project: Project, place: Locate) -> Iterator[Finding]:
    for index, benefit in enumerate(project.benefits):
        here = ("benefits", index)
        if benefit.target is not None and benefit.target == benefit.baseline:
            yield finding("target-is-baseline", place((*here, "target")), value=benefit.target)
        volumes = benefit.volume_per_year, benefit.minutes_saved
        if benefit.type == "saved_time" and None in volumes:
            yield finding("benefit-without-volume", place(here))


def _weights(project: Project, place: Locate) -> Iterator[Finding]:
    weights = [criterion.weight or 0 for criterion in project.procurement.criteria]
    if weights and abs(sum(weights) - 100) > 1e-9:
        total = f"{sum(weights):g}"
        yield finding("weights-not-100", place(("procurement", "criteria")), total=total)
