"""Why: the problem, the goals, the target groups, and the quotes, figures and pictures of it."""

from __future__ import annotations

from typing import Annotated, ClassVar

from toolkit.project.facts import Entry, Facts
from toolkit.project.values import (
    BenefitId,
    BenefitIds,
    Count,
    Day,
    DocumentKey,
    Flag,
    Length,
    Level3,
    Number,
    OneOf,
    Text,
    Texts,
    Unit,
    UnitId,
)


class Problem(Facts):
    """What is wrong today."""

    statement: Text
    background: Text = ""
    consequences: Texts = ()
    causes: Texts = ()
    strategy_links: Texts = ()


class SubGoal(Entry):
    """A goal that can be checked."""

    naming: ClassVar[str] = "text"
    text: Text
    benefits: BenefitIds = ()
    target_date: Day | None = None


class Goals(Facts):
    """What the project wants."""

    main: Text
    sub_goals: Annotated[tuple[SubGoal, ...], Length(1)]
    out_of_scope: Texts = ()


class TargetGroup(Entry):
    """Whom the service is for."""

    name: Text
    description: Text = ""
    size: Count | None = None
    needs: Texts = ()
    eligibility: Text = ""


class Quote(Entry):
    """What somebody said, with a role instead of a name."""

    naming: ClassVar[str] = "text"
    text: Text
    who: Text = ""
    role: Annotated[str, OneOf("respondent_role")] = ""
    unit: UnitId = ""
    consent: Flag = False
    fictional: Flag = False


class Statistic(Entry):
    """A figure with its source."""

    name: Text
    value: Number | None = None
    unit: Unit = ""
    period: Text = ""
    comparison: Text = ""
    comparison_value: Number | None = None
    source: Text = ""
    source_level: Annotated[str, OneOf("source_level")] = ""
    reliability: Level3 = ""
    baseline_for: BenefitId = ""
    url: Text = ""
    fictional: Flag = False


class Image(Entry):
    """A picture beside the description: its path, what it shows and where it is used."""

    naming: ClassVar[str] = "alt"
    path: Text
    alt: Text = ""
    use: tuple[DocumentKey, ...] = ()
    required: Flag = False
