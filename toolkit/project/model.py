"""Project: the whole description as one frozen value.

In: the mapping of a description (SPEC 3). Out: ``Project``; what was absent is '', (), {} or
None, so that readers need ask for nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
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
from toolkit.project.values import Checked, between, whole

Version = Annotated[int, Checked(between(1, 1, whole), (("const", 1),))]


class Project(Facts):
    """One project, as its description tells it."""

    schema_version: Version
    project: Identity
    organisation: Organisation
    branding: Branding = Field(default_factory=Branding)
    kit: Kit = Field(default_factory=Kit)
    roles: Annotated[tuple[Role, ...], Field(min_length=2)]
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
    benefits: Annotated[tuple[Benefit, ...], Field(min_length=1)]
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
            "role": self.roles,
            "unit": self.units,
            "benefit": self.benefits,
            "sub_goal": self.goals.sub_goals,
            "target_group": self.target_groups,
            "stakeholder": self.stakeholders,
            "milestone": self.milestones,
            "activity": self.activities.items,
            "step": self.journey.new + self.journey.current,
            "finding": self.insight.findings,
            "idea": self.ideas,
            "solution": self.solutions,
            "touchpoint": self.touchpoints,
            "requirement": self.technology.requirements,
            "risk": self.risks,
        }

    @cached_property
    def entries(self) -> Mapping[str, Mapping[str, Entry]]:
        """Kind -> id -> entry."""
        return {kind: {entry.id: entry for entry in many} for kind, many in self.kinds.items()}

    def title(self, kind: str, id: str) -> str:
        """What people call the entry an id points to; empty where nothing has that id."""
        found = self.entries[kind].get(id)
        return found.label if found else ""
