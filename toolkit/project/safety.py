"""What it demands and what can go wrong: technology, procurement, privacy, risks, contingency."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar

from pydantic import ConfigDict, Field, model_validator

from toolkit.project.facts import Entry, Facts
from toolkit.project.values import (
    Checked,
    Day,
    Flag,
    Length,
    Number,
    OneOf,
    Percent,
    RoleId,
    RoleIds,
    Scale5,
    Text,
    Texts,
    YesNo,
    between,
    whole,
)

RiskLevel = Annotated[str, OneOf("risk_level")]
CriterionNumber = Annotated[int, Checked(between(1, 9, whole), (("type", "integer"),))]
_ROWS = (
    ("green", "green", "green", "yellow", "orange"),
    ("green", "green", "yellow", "orange", "orange"),
    ("green", "yellow", "orange", "orange", "red"),
    ("yellow", "orange", "orange", "red", "red"),
    ("orange", "orange", "red", "red", "red"),
)


class Requirement(Entry):
    """A demand on the technology."""

    naming: ClassVar[str] = "text"
    text: Text
    area: Annotated[str, OneOf("tech_area")] = ""
    level: Annotated[str, OneOf("requirement_level")] = ""
    weight: Scale5 | None = None


class Technology(Facts):
    """The technology and the alternatives."""

    name: Text = ""
    description: Text = ""
    alternatives: Texts = ()
    requirements: tuple[Requirement, ...] = ()
    storage: Text = ""
    support: Text = ""


class Criterion(Entry):
    """An award criterion with its weight in percent."""

    naming: ClassVar[str] = "criterion"
    criterion: Annotated[str, OneOf("criterion")]
    weight: Percent | None = None
    description: Text = ""


class Procurement(Facts):
    """How the solution is bought."""

    procedure: Annotated[str, OneOf("procedure")] = ""
    joint: Flag | None = None
    estimated_value: Number | None = None
    need: Text = ""
    market_dialogue: Text = ""
    criteria: tuple[Criterion, ...] = ()
    contract_follow_up: Text = ""


class Privacy(Facts):
    """What the privacy screening needs; ``criteria`` are the nine of WP248, by number."""

    on_authority_list: YesNo = ""
    criteria: dict[CriterionNumber, YesNo] = Field(default_factory=dict)
    purpose: Text = ""
    data_types: Texts = ()
    data_subjects: Texts = ()
    legal_basis: Text = ""
    processor: Text = ""
    retention: Text = ""


class Definitions(Facts):
    """What the five steps of probability and consequence mean in this organisation."""

    probability: dict[Scale5, Text] = Field(default_factory=dict)
    consequence: dict[Scale5, Text] = Field(default_factory=dict)


class RiskAcceptance(Facts):
    """Which risks are acceptable: the first row is probability 1, columns consequence 1–5.

    The word ``default`` stands for the whole.
    """

    model_config = ConfigDict(json_schema_extra={"type": ["object", "string"]})

    matrix: Annotated[tuple[Annotated[tuple[RiskLevel, ...], Length(5, 5)], ...], Length(5, 5)] = (
        _ROWS
    )
    definitions: Definitions = Field(default_factory=Definitions)

    @model_validator(mode="before")
    @classmethod
    def _default(cls, facts: Any) -> Any:
        return {} if facts == "default" else facts

    def level(self, probability: int, consequence: int) -> str:
        """The level of a risk: green, yellow, orange or red."""
        return self.matrix[probability - 1][consequence - 1]


class Risk(Entry):
    """An unwanted event, how bad it is and what is done about it."""

    naming: ClassVar[str] = "hazard"
    hazard: Text
    category: Annotated[str, OneOf("risk_category")] = ""
    cia: Annotated[str, OneOf("cia")] = ""
    cause: Text = ""
    effect: Text = ""
    existing: Text = ""
    probability: Scale5
    consequence: Scale5
    measure: Text = ""
    responsible: RoleId = ""
    deadline: Day | None = None
    probability_after: Scale5 | None = None
    consequence_after: Scale5 | None = None
    strategy: Annotated[str, OneOf("strategy")] = ""
    status: Annotated[str, OneOf("status")] = ""


class Scenario(Entry):
    """Something that fails, and what to do then."""

    naming: ClassVar[str] = "event"
    event: Text
    type: Annotated[str, OneOf("scenario")] = ""
    detection: Text = ""
    immediate: Text = ""
    fallback: Text = ""
    notify: RoleIds = ()
    max_downtime: Text = ""
    back: Text = ""
    responsible: RoleId = ""


class Contingency(Facts):
    """Whom to call and what to do."""

    contacts: Texts = ()
    scenarios: tuple[Scenario, ...] = ()
