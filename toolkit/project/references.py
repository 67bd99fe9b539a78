"""Ids and references: what points to nothing, what is named twice.

In: an untyped declaration of a project, so that these faults are told together with faults of
type. Out: findings.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from toolkit.declaration import Declaration, Location
from toolkit.declaration.nodes import Node, Position
from toolkit.declaration.walk import blocks, keys_of
from toolkit.finding import Finding, finding, near
from toolkit.project.facts import Entry, Facts, marks
from toolkit.project.model import KINDS, Project
from toolkit.project.plan import Phase
from toolkit.project.values import Ref

Entries = Mapping[str, Mapping[str, str]]


def reference_checks(declaration: Declaration) -> Iterator[Finding]:
    """Every id given twice and every reference to an id that is not there."""
    yield from _twice(declaration)
    entries = {kind: dict(_titles(declaration, kind)) for kind in KINDS}
    for location, model, node in blocks(Project, declaration.root):
        if issubclass(model, Facts):
            yield from _dangling(declaration, entries, _pointing(model, node, location))


def _twice(declaration: Declaration) -> Iterator[Finding]:
    seen: dict[Location, Position] = {}
    for location, model, node in blocks(Project, declaration.root):
        id = node.value.get("id") if isinstance(node.value, Mapping) else None
        if id is None or not issubclass(model, Entry | Phase):
            continue
        among = ("journey",) if location[0] == "journey" else location[:-1]
        first = seen.setdefault((*among, str(id.value)), id.at)
        if first != id.at:
            place = declaration.place((*location, "id"))
            yield finding("duplicate-id", place, id=id.value, line=first[0])


def _titles(declaration: Declaration, kind: str) -> Iterator[tuple[str, str]]:
    """The (id, title) pairs of a kind, as far as they are written."""
    for path, naming in KINDS[kind]:
        listed = declaration.value(path)
        entries = listed.value if listed and isinstance(listed.value, tuple) else ()
        for entry in entries:
            facts = entry.value if isinstance(entry.value, Mapping) else {}
            if "id" in facts:
                yield str(facts["id"].value), str(facts[naming].value) if naming in facts else ""


def _pointing(
    model: type[Facts], node: Node, location: Location
) -> Iterator[tuple[Location, str, str]]:
    """(location, kind, id) of every reference in one block."""
    known = keys_of(model)
    children = node.value.items() if isinstance(node.value, Mapping) else ()
    for key, child in children:
        here = (*location, key)
        if key in known:
            kinds = [mark.kind for mark in marks(known[key]) if isinstance(mark, Ref)]
            yield from ((place, kind, id) for kind in kinds[:1] for place, id in _ids(child, here))
        elif model.claims(key):
            yield here, model.claimed, key


def _ids(node: Node, location: Location) -> Iterator[tuple[Location, str]]:
    if isinstance(node.value, str):
        yield location, node.value
    elif isinstance(node.value, tuple):
        texts = ((index, child.value) for index, child in enumerate(node.value))
        yield from (((*location, n), text) for n, text in texts if isinstance(text, str))


def _dangling(
    declaration: Declaration, entries: Entries, pointing: Iterator[tuple[Location, str, str]]
) -> Iterator[Finding]:
    for location, kind, text in pointing:
        id = text.strip()
        if id in entries[kind]:
            continue
        claimed = location[-1] == text
        place = declaration.key_place(location) if claimed else declaration.place(location)
        told = {"near": _near(id, entries[kind]), "list": _lists(kind)}
        yield finding("dangling-reference", place, id=id, **told)


def _lists(kind: str) -> str:
    return ", ".join(".".join(map(str, path)) for path, _ in KINDS[kind])


def _near(text: str, titles: Mapping[str, str]) -> str:
    by_title = {title: id for id, title in titles.items()}
    return near(text, titles) or by_title.get(near(text, by_title), "")
