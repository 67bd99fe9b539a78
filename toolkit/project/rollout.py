"""How it comes into use: pilot, implementation, communication, training, guides, handover."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Field

from toolkit.project.facts import Entry, Facts
from toolkit.project.values import (
    BenefitIds,
    Channel,
    Count,
    Day,
    Frequency,
    Number,
    OneOf,
    PhaseKey,
    Ref,
    RoleId,
    RoleIds,
    StakeholderGroup,
    Text,
    Texts,
    UnitIds,
)


class PilotGoal(Facts):
    """What the pilot is for."""

    main: Text = ""
    sub: Texts = ()
    learning: Texts = ()


class PilotScope(Facts):
    """What the pilot holds, and how it grows."""

    included: Texts = ()
    excluded: Texts = ()
    growth: Text = ""


class Period(Facts):
    """From the first day to the last."""

    start: Day | None = None
    end: Day | None = None


class Participants(Facts):
    """Who takes part in the pilot."""

    group: StakeholderGroup
    planned: Count | None = None
    recruitment: Text = ""


class Information(Facts):
    """What the pilot tells whom."""

    to: Text
    content: Text = ""
    channel: Channel = ""
    when: Day | None = None


class ErrorHandling(Facts):
    """What to do when something fails in the pilot."""

    type: Text
    handling: Text = ""
    report_to: RoleId = ""
    response_time: Text = ""


class Pilot(Facts):
    """The pilot: ten things to have clear before it starts."""

    owner: RoleId = ""
    units: UnitIds = ()
    goal: PilotGoal = Field(default_factory=PilotGoal)
    scope: PilotScope = Field(default_factory=PilotScope)
    time: Period = Field(default_factory=Period)
    participants: tuple[Participants, ...] = ()
    information: tuple[Information, ...] = ()
    competence: Texts = ()
    errors: tuple[ErrorHandling, ...] = ()
    stop_criteria: Texts = ()
    measurement: BenefitIds = ()
    observation: Texts = ()
    documentation: Texts = ()
    evaluation_sent: dict[Annotated[str, OneOf("respondent_role")], Count] = Field(
        default_factory=dict
    )
    extra_statements: Texts = ()


class ImplementationGoal(Facts):
    """A goal of the implementation."""

    text: Text
    measurable: Text = ""
    target_date: Day | None = None


class Network(Facts):
    """People who meet across units."""

    name: Text
    purpose: Text = ""
    members: RoleIds = ()
    rhythm: Text = ""


class Implementation(Facts):
    """How the new service is taken into use."""

    goals: tuple[ImplementationGoal, ...] = ()
    impact: Texts = ()
    collisions: Texts = ()
    supplier_role: Text = ""
    networks: tuple[Network, ...] = ()
    tools: Texts = ()


class Messages(Facts):
    """The five core messages."""

    why: Text = ""
    me: Text = ""
    what: Text = ""
    before_after: Text = ""
    ask: Text = ""


class CommunicationItem(Entry):
    """One thing to tell one group."""

    naming: ClassVar[str] = "message"
    message: Text = ""
    audience: Annotated[str, Ref("stakeholder")] = ""
    purpose: Annotated[str, OneOf("comm_purpose")] = ""
    channel: Channel = ""
    when: Day | None = None
    frequency: Frequency = ""
    sender: RoleId = ""
    responsible: RoleId = ""
    feedback_channel: Text = ""
    phase: PhaseKey = ""


class Communication(Facts):
    """What is said to whom."""

    messages: Messages = Field(default_factory=Messages)
    items: tuple[CommunicationItem, ...] = ()


class TrainingItem(Entry):
    """A course for one group."""

    naming: ClassVar[str] = "competence_goal"
    competence_goal: Text
    audience: Annotated[str, OneOf("audience")] = ""
    content: Text = ""
    method: Annotated[str, OneOf("training_method")] = ""
    hours: Number | None = None
    trainer: RoleId = ""
    planned: Count | None = None
    when: Day | None = None
    repeat: Frequency = ""


class Training(Facts):
    """The courses."""

    items: tuple[TrainingItem, ...] = ()


class QuickGuide(Entry):
    """A poster for one device."""

    naming: ClassVar[str] = "device"
    device: Text
    url: Text = ""
    steps: Texts = ()
    help: Text = ""


class Handover(Facts):
    """The meeting in which the line takes over."""

    meeting_date: Day | None = None
    receiver: RoleId = ""
    attendees: RoleIds = ()
    operation_kpis: BenefitIds = ()
