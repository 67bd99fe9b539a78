"""The project as answered: its description with what came back in place of what was sent out.

In: a Project and Results. Out: the Project in which every consolidated value that has a home in
the description stands there, and the entries staff added stand last. Conflicts keep what was
sent. Views and arithmetic then say what the answers say.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from toolkit.content.homes import HOMES, Told
from toolkit.project import Project
from toolkit.project.facts import Entry
from toolkit.store.records import NEWEST, Results, blank


def answered(project: Project, results: Results) -> Project:
    """The project with what came back."""
    rows: dict[str, dict[str, dict[str, Any]]] = {}
    known = {home.path: {e.id for e in getattr(project, home.path)} for home in HOMES.values()}
    for merged in results.merged:
        home = HOMES.get(merged.table)
        open_ = merged.conflict and results.on_conflict != NEWEST
        if home is None or open_ or blank(merged.value):
            continue
        if merged.row in known[home.path] or home.adds:
            own = rows.setdefault(home.path, {}).setdefault(merged.row, {})
            _put(own, home.told(merged.field, merged.value))
    kinds = {home.path: home.entry for home in HOMES.values()}
    changed = {
        path: tuple(_entries(getattr(project, path), kinds[path], own))
        for path, own in rows.items()
    }
    return project.model_copy(update=changed)


def _put(own: dict[str, Any], told: Told | None) -> None:
    if told and told.item:
        own.setdefault(told.name, {})[told.item] = told.value
    elif told:
        own[told.name] = told.value


def _entries(
    entries: Iterable[Entry], kind: type[Entry], own: Mapping[str, dict[str, Any]]
) -> Iterator[Entry]:
    described = {entry.id: entry for entry in entries}
    for id, entry in described.items():
        yield _changed(entry, own.get(id, {}))
    for id, values in own.items():
        if id not in described and values.get(kind.naming):
            yield _changed(kind.model_construct(**{**_defaults(kind), "id": id}), values)


def _changed(entry: Entry, values: Mapping[str, Any]) -> Entry:
    """The entry with other values; amounts and letters are laid over those it has."""
    laid = {
        name: {**(getattr(entry, name) or {}), **value} if isinstance(value, dict) else value
        for name, value in values.items()
    }
    return entry.model_copy(update=laid)


def _defaults(kind: type[Entry]) -> dict[str, Any]:
    """What an entry holds that nobody has said anything about."""
    fields = kind.model_fields.items()
    return {
        name: None if info.is_required() else info.get_default(call_default_factory=True)
        for name, info in fields
    }
