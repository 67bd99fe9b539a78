"""Reading: a project as it reads in one language.

In: a Project and the labels of a language. Out: plain data under the description's own keys, with
options and references resolved. An option stands as its label and, under ``<key>_key``, as its
key; a reference as what people call the entry and, under ``<key>_id``, as its id. Lists of them
have ``<key>_keys`` and ``<key>_ids``. Absent text is '', an absent list [], else None.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from toolkit.language import Labels
from toolkit.project import Project
from toolkit.project.facts import Facts, key_of, marks
from toolkit.project.values import OneOf, Ref

Row = dict[str, Any]
Mark = OneOf | Ref


@dataclass(frozen=True)
class Reading:
    """One project in one language; ``unit`` is the id of the unit a copy is for, if any."""

    project: Project
    labels: Labels
    facts: Mapping[str, Any]
    unit: str = ""

    def for_unit(self, unit: str) -> Reading:
        """The same reading for a unit's copy."""
        return replace(self, unit=unit)

    def option(self, name: str, key: str | None) -> str | None:
        """The label of an option; None where there is no key."""
        return self.labels.label(name, key) if key else None

    def title(self, kind: str, id: str) -> str:
        """What people call an entry of the description."""
        return self.project.title(kind, id)


def read(project: Project, labels: Labels) -> Reading:
    """The whole description as plain data."""
    return Reading(project, labels, _Reader(project, labels).facts(project))


@dataclass(frozen=True)
class _Reader:
    project: Project
    labels: Labels

    def facts(self, block: Facts) -> Row:
        told: Row = {}
        for name, key, mark in _shape(type(block)):
            told |= self._told(key, getattr(block, name), mark)
        return told | {key: self._plain(value) for key, value in _extra(block).items()}

    def _told(self, key: str, value: Any, mark: Mark | None) -> Row:
        if mark is None or key == "id" or not _words(value):
            return {key: self._plain(value)}
        suffix = "key" if isinstance(mark, OneOf) else "id"
        if isinstance(value, str):
            return {key: self._word(mark, value), f"{key}_{suffix}": value}
        return {key: [self._word(mark, v) for v in value], f"{key}_{suffix}s": list(value)}

    def _word(self, mark: Mark, value: str) -> str:
        if not value:
            return ""
        if isinstance(mark, Ref):
            return self.project.title(mark.kind, value)
        return self.labels.label(mark.list, value.removeprefix(mark.prefix))

    def _plain(self, value: Any) -> Any:
        if isinstance(value, Facts):
            return self.facts(value)
        if isinstance(value, tuple | list):
            return [self._plain(item) for item in value]
        if isinstance(value, dict):
            return {key: self._plain(item) for key, item in value.items()}
        return value


def _words(value: Any) -> bool:
    return isinstance(value, str) or (
        isinstance(value, tuple) and all(isinstance(item, str) for item in value)
    )


def _extra(block: Facts) -> Mapping[str, Any]:
    return block.model_extra or {}


@cache
def _shape(kind: type[Facts]) -> tuple[tuple[str, str, Mark | None], ...]:
    fields = kind.model_fields.items()
    return tuple((name, key_of(name, info), next(marks(info), None)) for name, info in fields)
