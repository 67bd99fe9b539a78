"""What a kit starts with where the description says nothing (SPEC 3, RULINGS 26).

In: a Project and the labels of the kit's language. Out: the roadmap's 29 steps as activities,
six gates as milestones, four journey steps. The project itself is not changed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from toolkit.language import Labels, option_keys
from toolkit.project.insight import Step
from toolkit.project.model import Project
from toolkit.project.plan import Activity, Milestone, Phase

SLACK = 0.1


@dataclass(frozen=True)
class DefaultStep:
    """A step of the roadmap in time: the key of its label, its phase, first and last day."""

    key: str
    phase: str
    start: date
    end: date


def default_steps(phases: Sequence[Phase]) -> tuple[DefaultStep, ...]:
    """The roadmap's steps, evenly over each phase, back to back, the last tenth left free."""
    return tuple(step for phase in phases for step in _spread(phase))


def _spread(phase: Phase) -> Iterator[DefaultStep]:
    keys = [f"a.{key}" for key in option_keys("a") if key.startswith(f"{phase.id}.")]
    days = int(((phase.end - phase.start).days + 1) * (1 - SLACK))
    for number, key in enumerate(keys):
        start, after = (days * n // len(keys) for n in (number, number + 1))
        last = max(start, after - 1)
        yield DefaultStep(
            key, phase.id, phase.start + timedelta(start), phase.start + timedelta(last)
        )


def activities_of(project: Project, labels: Labels) -> tuple[Activity, ...]:
    """The project's activities and, if it wants them, the roadmap's; by phase, then start.

    A roadmap step has its label's key as id (``a.p1.1``).
    """
    own = project.activities.items
    added = default_steps(project.phases) if project.activities.include_default else ()
    steps = tuple(
        Activity.model_construct(
            id=step.key,
            name=labels.t(step.key),
            phase=step.phase,
            start=step.start,
            end=step.end,
            responsible="",
            after=(),
        )
        for step in added
    )
    return tuple(sorted(own + steps, key=_when))


def _when(activity: Activity) -> tuple[str, date]:
    return activity.phase, activity.start or date.max


def milestones_of(project: Project, labels: Labels) -> tuple[Milestone, ...]:
    """The project's milestones, else a gate at the end of each phase (``ms.p1``)."""
    return project.milestones or tuple(
        Milestone.model_construct(
            id=f"ms.{phase.id}",
            name=labels.t(f"ms.{phase.id}"),
            phase=phase.id,
            date=phase.end,
            decision=True,
            decided_by=project.governance.sponsor,
        )
        for phase in project.phases
    )


def steps_of(steps: tuple[Step, ...], labels: Labels) -> tuple[Step, ...]:
    """A journey's steps, else the four parts of a service (``j.1``–``j.4``)."""
    return steps or tuple(
        Step.model_construct(id=f"j.{key}", step=label, phase=f"j.{key}")
        for key, label in labels.options("j")
    )
