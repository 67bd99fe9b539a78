"""What it is worth: benefits, costs and the figures to calculate with."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from toolkit.project.facts import Entry, Facts
from toolkit.project.values import (
    Count,
    Day,
    Frequency,
    Level3,
    Many,
    Number,
    OneOf,
    Ref,
    RoleId,
    Share,
    Text,
    Unit,
    Year,
)


class Economy(Facts):
    """Price level, horizon and how fast benefits come; shares are 0–1."""

    price_year: Year | None = None
    hourly_cost: Number | None = None
    horizon_years: Count = 6
    discount_rate: Share = 0
    ramp_up: dict[Year, Share] = Field(default_factory=dict)


class Benefit(Entry):
    """A benefit, how it is measured and what it is worth a year at full effect."""

    name: Text
    type: Annotated[str, OneOf("benefit_type")]
    for_: Annotated[str, OneOf("benefit_for")] = Field("", alias="for")
    use: Annotated[str, OneOf("benefit_use")] = ""
    goals: Annotated[tuple[Annotated[str, Ref("sub_goal")], ...], Many] = ()
    indicator: Text = ""
    unit: Unit = ""
    baseline: Number | None = None
    baseline_date: Day | None = None
    target: Number | None = None
    target_date: Day | None = None
    method: Text = ""
    data_source: Text = ""
    frequency: Frequency = ""
    owner: RoleId = ""
    measured_by: RoleId = ""
    volume_per_year: Number | None = None
    minutes_saved: Number | None = None
    saving_per_unit: Number | None = None
    hourly_cost: Number | None = None
    value_low: Number | None = None
    value_high: Number | None = None
    importance: Level3 = ""
    risk_profile: Level3 = ""
    prerequisite: Text = ""
    change_needed: Text = ""
    aggregate: Annotated[str, OneOf("aggregation")] = "mean"


class Cost(Entry):
    """A cost with its amount per year."""

    name: Text
    kind: Annotated[str, OneOf("cost_kind")] = ""
    category: Annotated[str, OneOf("cost_category")] = ""
    amounts: dict[Year, Number] = Field(default_factory=dict)
