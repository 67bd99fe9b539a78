"""What a template needs of its data: a tree of names, and that tree as JSON Schema.

In: uses of names, one by one. Out: Needs, each knowing its members, its entries and how its value
is used; ``schema`` gives JSON Schema (draft 2020-12) that data must meet to fill the template.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from toolkit.finding import Place

_DRAFT = "https://json-schema.org/draft/2020-12/schema"
_SHOWN_PLACES = 3
_TEXT = {"type": ["string", "null"]}
_PRINTED = {"type": ["string", "number", "boolean", "null"]}
_KINDS: tuple[tuple[str, Mapping[str, Any]], ...] = (
    ("picture", {"$ref": "#/$defs/picture"}),
    ("chart", {"$ref": "#/$defs/chart"}),
    ("choices", {"$ref": "#/$defs/choices"}),
    ("date", {"type": ["string", "null"], "format": "date"}),
    ("number", {"type": ["number", "null"]}),
    ("text", _TEXT),
    ("printed", _PRINTED),
    ("tested", {"type": ["boolean", "null"]}),
)
_DEFINITIONS: Mapping[str, Mapping[str, Any]] = {
    "picture": {
        "description": "the path of a picture, counted from the folder of the data",
        "anyOf": [
            _TEXT,
            {
                "type": "object",
                "properties": {"path": {"type": "string"}, "alt": {"type": "string"}},
                "required": ["path"],
            },
        ],
    },
    "chart": {
        "type": "object",
        "properties": {
            "categories": {"type": "array", "items": _PRINTED},
            "series": {
                "type": "array",
                "items": {
                    "type": "object",
                    "properties": {
                        "name": _TEXT,
                        "values": {"type": "array", "items": {"type": ["number", "null"]}},
                    },
                    "required": ["name", "values"],
                },
            },
            "alt": _TEXT,
        },
        "required": ["categories", "series"],
    },
    "choices": {
        "type": ["array", "null"],
        "items": {
            "anyOf": [
                _PRINTED,
                {
                    "type": "object",
                    "properties": {"value": _PRINTED, "label": _PRINTED},
                    "required": ["value"],
                },
            ]
        },
    },
}


@dataclass(eq=False)
class Need:
    """One value a template asks for.

    ``members`` are its names; ``entry`` is any one entry when it is a list, ``value`` any one
    value when it is a mapping whose keys the template does not know; ``kinds`` are words of
    ``_KINDS``; an ``optional`` one may be missing.
    """

    members: dict[str, Need] = field(default_factory=dict)
    entry: Need | None = None
    value: Need | None = None
    kinds: set[str] = field(default_factory=set)
    places: dict[Place, None] = field(default_factory=dict)
    optional: bool = False

    def member(self, name: str) -> Need:
        """The value under a name."""
        return self.members.setdefault(name, Need())

    def entries(self) -> Need:
        """Any one entry of the list."""
        self.entry = self.entry or Need()
        return self.entry

    def values(self) -> Need:
        """Any one value of the mapping."""
        self.value = self.value or Need()
        return self.value

    def used(self, *kinds: str) -> None:
        """Note how the value is used."""
        self.kinds.update(kinds)


def schema(root: Need, title: str) -> dict[str, Any]:
    """The JSON Schema of the data a template needs."""
    used = {kind for need in _all(root) for kind in need.kinds}
    out: dict[str, Any] = {"$schema": _DRAFT, "title": title, **_object(root)}
    defined = {name: dict(shape) for name, shape in _DEFINITIONS.items() if name in used}
    return {**out, "$defs": defined} if defined else out


def _all(need: Need) -> list[Need]:
    inner = [*need.members.values(), need.entry, need.value]
    return [need, *(below for n in inner if n is not None for below in _all(n))]


def _schema(need: Need) -> dict[str, Any]:
    told = "; ".join(place.text().partition(" > ")[2] for place in _first_places(need))
    return {**_shape(need), **({"description": told} if told else {})}


def _first_places(need: Need) -> list[Place]:
    return [place for place in need.places if place.steps][:_SHOWN_PLACES]


def _shape(need: Need) -> dict[str, Any]:
    if need.members and need.entry is None:
        return _object(need)
    if need.entry is not None:
        return {"type": ["array", "null"], "items": _schema(need.entry)}
    if need.value is not None:
        return {"type": "object", "additionalProperties": _schema(need.value)}
    return dict(next((shape for kind, shape in _KINDS if kind in need.kinds), {}))


def _object(need: Need) -> dict[str, Any]:
    out: dict[str, Any] = {
        "type": "object",
        "properties": {name: _schema(inner) for name, inner in need.members.items()},
    }
    required = [name for name, inner in need.members.items() if not inner.optional]
    return {**out, "required": required} if required else out


def paths(need: Need, head: str = "") -> list[tuple[str, str]]:
    """Every value as a person reads it: its path (``risks[].level``) and its kind in one word."""
    found: list[tuple[str, str]] = []
    for name, inner in need.members.items():
        path = f"{head}.{name}" if head else name
        found += _path(inner, path)
    return found


def _path(need: Need, path: str) -> list[tuple[str, str]]:
    if need.entry is not None:
        entry = need.entry
        return _path(entry, path + "[]") if _is_tree(entry) else [(path + "[]", _word(entry))]
    if need.members:
        return paths(need, path)
    if need.value is not None:
        return _path(need.value, path + ".*")
    return [(path, _word(need))]


def _is_tree(need: Need) -> bool:
    return bool(need.members or need.entry or need.value)


def _word(need: Need) -> str:
    return next((kind for kind, _ in _KINDS if kind in need.kinds), "printed")
