"""Project: the whole description as one frozen value.

In: the mapping of a description (SPEC 3). Out: ``Project``; what was absent is '', (), {} or
None, so that readers need ask for nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from operator import attrgetter
from typing import Annotated

from pydantic import Field

from toolkit.project.benefits import Benefit, Cost, Economy
from toolkit.project.facts import Entry, Facts
from toolkit.project.insight import Idea, Insight, Journey, Solution, Touchpoint
from toolkit.project.people import (
    Branding,
    Governance,
    Identity,
    Kit,
    Organisation,
    OrganisationUnit,
    RelatedProject,
    Role,
    Stakeholder,
)
from toolkit.project.plan import Activities, HukiRow, Milestone, Phase
from toolkit.project.purpose import Goals, Image, Problem, Quote, Statistic, TargetGroup
from toolkit.project.rollout import (
    Communication,
    Handover,
    Implementation,
    Pilot,
    QuickGuide,
    Training,
)
from toolkit.project.safety import (
    Contingency,
    Privacy,
    Procurement,
    Risk,
    RiskAcceptance,
    Technology,
)
from toolkit.project.values import Checked, Length, between, whole

Version = Annotated[int, Checked(between(1, 1, whole), (("const", 1),))]

KINDS: Mapping[str, tuple[tuple[tuple[str, ...], str], ...]] = {
    "role": ((("roles",), "title"),),
    "unit": ((("units",), "name"),),
    "benefit": ((("benefits",), "name"),),
    "sub_goal": ((("goals", "sub_goals"), "text"),),
    "target_group": ((("target_groups",), "name"),),
    "stakeholder": ((("stakeholders",), "name"),),
    "milestone": ((("milestones",), "name"),),
    "activity": ((("activities", "items"), "name"),),
    "step": ((("journey", "new"), "step"), (("journey", "current"), "step")),
    "finding": ((("insight", "findings"), "text"),),
    "idea": ((("ideas",), "name"),),
    "solution": ((("solutions",), "name"),),
    "touchpoint": ((("touchpoints",), "name"),),
    "requirement": ((("technology", "requirements"), "text"),),
    "risk": ((("risks",), "hazard"),),
}
"""Kind of reference -> the lists it may point into, each with the key that names its entries."""


class Project(Facts):
    """One project, as its description tells it."""

    schema_version: Version
    project: Identity
    organisation: Organisation
    branding: Branding = Field(default_factory=Branding)
    kit: Kit = Field(default_factory=Kit)
    roles: Annotated[tuple[Role, ...], Length(2)]
    governance: Governance
    units: tuple[OrganisationUnit, ...] = ()
    problem: Problem
    goals: Goals
    target_groups: tuple[TargetGroup, ...] = ()
    quotes: tuple[Quote, ...] = ()
    statistics: tuple[Statistic, ...] = ()
    images: tuple[Image, ...] = ()
    related_projects: tuple[RelatedProject, ...] = ()
    stakeholders: tuple[Stakeholder, ...] = ()
    economy: Economy = Field(default_factory=Economy)
    benefits: Annotated[tuple[Benefit, ...], Length(1)]
    costs: tuple[Cost, ...] = ()
    phases: tuple[Phase, ...]
    milestones: tuple[Milestone, ...] = ()
    activities: Activities = Field(default_factory=Activities)
    huki: tuple[HukiRow, ...] = ()
    insight: Insight = Field(default_factory=Insight)
    journey: Journey = Field(default_factory=Journey)
    ideas: tuple[Idea, ...] = ()
    solutions: tuple[Solution, ...] = ()
    touchpoints: tuple[Touchpoint, ...] = ()
    technology: Technology = Field(default_factory=Technology)
    procurement: Procurement = Field(default_factory=Procurement)
    privacy: Privacy = Field(default_factory=Privacy)
    risk_acceptance: RiskAcceptance = Field(default_factory=RiskAcceptance)
    risks: tuple[Risk, ...] = ()
    pilot: Pilot = Field(default_factory=Pilot)
    implementation: Implementation = Field(default_factory=Implementation)
    communication: Communication = Field(default_factory=Communication)
    training: Training = Field(default_factory=Training)
    contingency: Contingency = Field(default_factory=Contingency)
    quick_guides: tuple[QuickGuide, ...] = ()
    handover: Handover = Field(default_factory=Handover)

    @cached_property
    def kinds(self) -> Mapping[str, tuple[Entry, ...]]:
        """Every list a reference may point into, by the name ``Ref`` and ``Field.ref`` use."""
        return {
            kind: tuple(entry for path, _ in lists for entry in attrgetter(".".join(path))(self))
            for kind, lists in KINDS.items()
        }

    @cached_property
    def entries(self) -> Mapping[str, Mapping[str, Entry]]:
        """Kind -> id -> entry."""
        return {kind: {entry.id: entry for entry in many} for kind, many in self.kinds.items()}

    def title(self, kind: str, id: str) -> str:
        """What people call the entry an id points to; empty where nothing has that id."""
        found = self.entries[kind].get(id)
        return found.label if found else ""
