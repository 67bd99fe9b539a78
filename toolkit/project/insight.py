"""What we learnt and what we want: insight, service journeys, ideas, solutions, touchpoints."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Field

from toolkit.project.facts import Entry, Facts
from toolkit.project.values import (
    BenefitIds,
    Count,
    Many,
    Number,
    OneOf,
    Ref,
    RoleId,
    RoleIds,
    Scale5,
    StakeholderGroup,
    StepId,
    Text,
    Texts,
    UnitId,
)

FindingIds = Annotated[tuple[Annotated[str, Ref("finding")], ...], Many]


class Interview(Facts):
    """Whom to talk to, how many of them and where."""

    who: Text
    group: StakeholderGroup = ""
    planned: Count | None = None
    unit: UnitId = ""


class Discovery(Entry):
    """Something the insight work found."""

    naming: ClassVar[str] = "text"
    text: Text
    type: Annotated[str, OneOf("finding_type")] = ""
    theme: Text = ""
    how_often: Scale5 | None = None
    severity: Scale5 | None = None
    dimension: Annotated[str, OneOf("analysis_dim")] = ""
    evidence: Text = ""


class Insight(Facts):
    """Interviews, observations, questions and findings."""

    interviews: tuple[Interview, ...] = ()
    observations: Texts = ()
    extra_questions: Texts = ()
    open_questions: Texts = ()
    findings: tuple[Discovery, ...] = ()


class Persona(Facts):
    """An invented person who stands for a target group."""

    name: Text = ""
    target_group: Annotated[str, Ref("target_group")] = ""
    situation: Text = ""
    needs: Text = ""


class Step(Entry):
    """A step of a service journey, today's or the new one."""

    naming: ClassVar[str] = "step"
    step: Text
    phase: Annotated[str, OneOf("j", prefix="j.")] = ""
    user_action: Text = ""
    user_experience: Text = ""
    employee_action: Text = ""
    touchpoint: Text = ""
    channel: Annotated[str, OneOf("channel")] = ""
    system: Text = ""
    actors: RoleIds = ()
    responsible: RoleId = ""
    minutes: Number | None = None
    volume_per_year: Number | None = None
    emotion: Annotated[str, OneOf("emotion")] = ""
    pain_point: Text = ""
    gap: Text = ""
    uncertainty: Text = ""
    opportunity: Text = ""
    change: Text = ""
    routine: Text = ""
    information_need: Text = ""
    training_need: Text = ""
    requirement: Text = ""
    benefits: BenefitIds = ()
    risks: Annotated[tuple[Annotated[str, Ref("risk")], ...], Many] = ()


class Journey(Facts):
    """The service as it is and as it shall be."""

    persona: Persona = Field(default_factory=Persona)
    current: tuple[Step, ...] = ()
    new: tuple[Step, ...] = ()


class Idea(Entry):
    """An idea with its two scores."""

    name: Text
    description: Text = ""
    findings: FindingIds = ()
    feasibility: Scale5 | None = None
    benefit: Scale5 | None = None
    decision: Annotated[str, OneOf("idea_decision")] = ""


class Solution(Entry):
    """A proposal, told as a story."""

    name: Text
    ideas: Annotated[tuple[Annotated[str, Ref("idea")], ...], Many] = ()
    story: Text = ""
    value_users: Text = ""
    value_staff: Text = ""
    value_org: Text = ""
    benefits: BenefitIds = ()
    assumptions: Texts = ()
    cost_estimate: Number | None = None


class Touchpoint(Entry):
    """Where the service and its users meet."""

    name: Text
    type: Annotated[str, OneOf("touchpoint_type")] = ""
    change: Annotated[str, OneOf("touchpoint_change")] = ""
    step: StepId = ""
    owner: RoleId = ""
    content: Text = ""
    test_status: Annotated[str, OneOf("test_status")] = ""
