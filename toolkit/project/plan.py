"""When and who: phases, milestones, activities, and the matrix of responsibility (HUKI/RACI)."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar

from pydantic import Field, model_validator

from toolkit.project.facts import Entry, Facts, is_id
from toolkit.project.values import Day, Flag, Huki, Many, PhaseKey, Ref, RoleId, StepId, Text


class Phase(Facts):
    """One of the six phases of the roadmap."""

    id: PhaseKey
    start: Day
    end: Day


class Milestone(Entry):
    """A point in time, a decision where ``decision`` says so."""

    name: Text
    phase: PhaseKey = ""
    date: Day | None = None
    decision: Flag = False
    decided_by: RoleId = ""


class Activity(Entry):
    """Something to be done; ``after`` lists what must be done first."""

    name: Text
    phase: PhaseKey = ""
    responsible: RoleId = ""
    start: Day | None = None
    end: Day | None = None
    after: Annotated[tuple[Annotated[str, Ref("activity")], ...], Many] = ()


class Activities(Facts):
    """The plan; with ``include_default`` the roadmap's 29 steps come on top."""

    include_default: Flag = True
    items: tuple[Activity, ...] = ()


class HukiRow(Entry):
    """An activity and who does what in it: role id -> codes such as ``H`` or ``H/U``.

    In the description the role ids are keys of the row itself.
    """

    naming: ClassVar[str] = "activity"
    claimed: ClassVar[str] = "role"
    activity: Text
    step: StepId = ""
    cells: dict[str, Huki] = Field(default_factory=dict)

    @classmethod
    def claims(cls, key: str) -> bool:
        """Anything that looks like an id is a role's column."""
        return is_id(key)

    @model_validator(mode="before")
    @classmethod
    def _columns(cls, facts: Any) -> Any:
        if not isinstance(facts, dict):
            return facts
        cells = {key: value for key, value in facts.items() if cls.claims(key)}
        rest = {key: value for key, value in facts.items() if key not in cells}
        return {**rest, "cells": {**facts.get("cells", {}), **cells}}
