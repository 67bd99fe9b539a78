"""A tree of nodes walked along its model, whether or not the nodes fit it.

In: a model and the root of a declaration. Out: every mapping with its model and location.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, get_args

from pydantic import AliasChoices, BaseModel
from pydantic.fields import FieldInfo

from toolkit.declaration.nodes import Node

Location = tuple[int | str, ...]


def blocks(
    model: type[BaseModel], node: Node, location: Location = ()
) -> Iterator[tuple[Location, type[BaseModel], Node]]:
    """The mapping itself and every mapping in it that a model describes, outermost first."""
    if not isinstance(node.value, Mapping):
        return
    yield location, model, node
    known = keys_of(model)
    for key, child in node.value.items():
        inner, mapped = _model_in(known[key].annotation) if key in known else (None, False)
        if inner is not None:
            yield from _inside(inner, mapped, child, (*location, key))


def _inside(
    model: type[BaseModel], mapped: bool, node: Node, location: Location
) -> Iterator[tuple[Location, type[BaseModel], Node]]:
    if isinstance(node.value, tuple):
        for index, child in enumerate(node.value):
            yield from blocks(model, child, (*location, index))
    elif mapped and isinstance(node.value, Mapping):
        for key, child in node.value.items():
            yield from blocks(model, child, (*location, key))
    else:
        yield from blocks(model, node, location)


def keys_of(model: type[BaseModel]) -> Mapping[str, FieldInfo]:
    """The keys a model reads."""
    return {key: info for name, info in model.model_fields.items() for key in _keys(name, info)}


def _keys(name: str, info: FieldInfo) -> tuple[str, ...]:
    choices = info.validation_alias
    if isinstance(choices, AliasChoices):
        return tuple(str(choice) for choice in choices.choices)
    return (info.alias or name,)


def _model_in(annotation: Any) -> tuple[type[BaseModel] | None, bool]:
    """The model an annotation holds, and whether it holds it as the values of a mapping."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation, False
    mapped = getattr(annotation, "__origin__", None) is dict
    for inner in get_args(annotation):
        found, deeper = _model_in(inner)
        if found:
            return found, mapped or deeper
    return None, False
