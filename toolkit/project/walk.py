"""Every block of a project with its location, and every reference in it.

In: a Project. Out: (location, value) pairs in the order of the description.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from toolkit.project.facts import Facts, key_of, marks
from toolkit.project.values import Ref

Location = tuple[int | str, ...]


def blocks(facts: Facts, location: Location = ()) -> Iterator[tuple[Location, Facts]]:
    """The block itself and every block within it, outermost first."""
    yield location, facts
    for name, info in type(facts).model_fields.items():
        yield from _inner(getattr(facts, name), (*location, key_of(name, info)))


def _inner(value: Any, location: Location) -> Iterator[tuple[Location, Facts]]:
    if isinstance(value, Facts):
        yield from blocks(value, location)
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from _inner(item, (*location, index))


def references(facts: Facts) -> Iterator[tuple[Location, str, str]]:
    """Every reference in a project: where it is, the kind it points to, the id it gives."""
    for location, block in blocks(facts):
        for name, info in type(block).model_fields.items():
            kinds = [mark.kind for mark in marks(info) if isinstance(mark, Ref)]
            for kind in kinds[:1]:
                here = (*location, key_of(name, info))
                for place, id in _ids(getattr(block, name), here):
                    yield place, kind, id


def _ids(value: Any, location: Location) -> Iterator[tuple[Location, str]]:
    if isinstance(value, str):
        if value:
            yield location, value
    elif isinstance(value, Mapping):
        yield from (((*location, key, "[key]"), key) for key in value)
    else:
        yield from (((*location, index), id) for index, id in enumerate(value))
