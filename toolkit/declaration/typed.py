"""A declaration against its model: the typed value, and every problem where it stands.

In: a YAML file and a pydantic model. Out: the value (None when an error stands in the way) and
findings with line, column and path; unknown keys bring the nearest known one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar, get_args

from pydantic import AliasChoices, BaseModel, ValidationError
from pydantic.fields import FieldInfo

from toolkit.declaration.nodes import Node, compose, located
from toolkit.declaration.reading import read_text
from toolkit.finding import Finding, Place, catalogue, finding, has_errors, near

M = TypeVar("M", bound=BaseModel)
Location = tuple[int | str, ...]


@dataclass(frozen=True)
class Declaration:
    """What a file says, untyped, and where it says it."""

    place_of_file: Place
    root: Node

    def place(self, location: Location) -> Place:
        """Where a value stands: ``("risks", 0, "probability")`` -> file, line, column, path.

        Steps the file does not have (a missing key) lead to what surrounds them.
        """
        node, at, named = self.root, self.root.at, ""
        for number, step in enumerate(location, 1):
            inner = _step(node, step)
            at = node.keys.get(str(step), at)
            if inner is not None:
                node, at = inner, inner.at
            if inner is not None or number == len(location) or str(step) in node.keys:
                named += _path_step(step, inner)
        if location[-1:] == ("[key]",):
            at = self.key_at(location[:-1])
        place = located(self.place_of_file, at)
        return place.at(("path", named.lstrip("."))) if named else place

    def is_blank(self, location: Location) -> bool:
        """Whether a key stands in the file without a value."""
        there = str(location[-1]) in self.keys(location[:-1])
        return there and self.value(location) is None

    def value(self, location: Location) -> Node | None:
        """The node at a location, None where the file has nothing."""
        node: Node | None = self.root
        for step in location:
            node = _step(node, step) if node else None
        return node

    def keys(self, location: Location) -> tuple[str, ...]:
        """The keys of the mapping at a location, blank ones too; none where there is none."""
        node = self.value(location)
        return tuple(node.keys) if node else ()

    def key_at(self, location: Location) -> tuple[int, int]:
        """Where the key of a value stands."""
        node = self.root
        for step in location[:-1]:
            node = _step(node, step) or node
        return node.keys.get(str(location[-1]), node.at)


def _step(node: Node, step: int | str) -> Node | None:
    if isinstance(node.value, tuple):
        index = step if isinstance(step, int) else -1
        return node.value[index] if 0 <= index < len(node.value) else None
    if isinstance(node.value, Mapping):
        return node.value.get(str(step))
    return None


def _path_step(step: int | str, node: Node | None) -> str:
    if step == "[key]":
        return ""
    if isinstance(step, str):
        return f".{step}"
    id = node.value.get("id") if node and isinstance(node.value, Mapping) else None
    return f"[{id.value}]" if id and isinstance(id.value, str) else f"[{step + 1}]"


def read_declaration(
    path: Path, model: type[M], given: Mapping[str, Any] | None = None
) -> tuple[M | None, Declaration | None, tuple[Finding, ...]]:
    """A file as a value of ``model``: the value, where everything stands, all findings.

    ``given`` are values of the model that the file does not decide. The value is None when a
    finding is an error.
    """
    declaration, findings = read_untyped(path)
    if declaration is None:
        return None, None, findings
    value, wrong = typed(declaration, model, given or {})
    told = (*findings, *wrong)
    return (None if has_errors(told) else value), declaration, _sorted(told)


def read_untyped(path: Path) -> tuple[Declaration | None, tuple[Finding, ...]]:
    """A file as a declaration, or None and why."""
    place = Place(str(path))
    text, stopped = read_text(path)
    if stopped:
        return None, (stopped,)
    root, findings = compose(text, place)
    if root is None or root.value in (None, ""):
        return None, findings or (finding("file-empty", place),)
    if not isinstance(root.value, Mapping):
        return None, (*findings, finding("not-a-mapping", located(place, root.at), value=""))
    return Declaration(place, root), findings


def typed(
    declaration: Declaration, model: type[M], given: Mapping[str, Any]
) -> tuple[M | None, tuple[Finding, ...]]:
    """The typed value of a declaration and every problem in it."""
    told = list(_unknown(declaration, model, declaration.root, ()))
    try:
        value = model.model_validate({**declaration.root.data(), **given})
    except ValidationError as error:
        errors = error.errors(include_url=False)
        told += [_told(declaration, dict(e)) for e in errors if e["type"] != "extra_forbidden"]
        return None, tuple(told)
    return value, tuple(told)


# --- what pydantic says, in the words of the catalogue -------------------------------------

_CODES = {
    "missing": "missing-key",
    "string_type": "not-a-text",
    "too_short": "too-few",
    "too_long": "too-many",
    "enum": "bad-option",
    "literal_error": "bad-option",
}
_FAMILIES = (
    ("model_", "not-a-mapping"),
    ("dict_", "not-a-mapping"),
    ("tuple_", "not-a-list"),
    ("list_", "not-a-list"),
    ("int_", "not-whole"),
    ("float_", "not-a-number"),
    ("bool_", "not-yes-or-no"),
)


def _told(declaration: Declaration, error: dict[str, Any]) -> Finding:
    kind, location = str(error["type"]), tuple(error["loc"])
    families = (code for family, code in _FAMILIES if kind.startswith(family))
    code = kind if kind in catalogue() else _CODES.get(kind) or next(families, "bad-value")
    params = {"near": "", "value": _shown(error.get("input")), **error.get("ctx", {})}
    params["key"] = location[-1] if location else ""
    params["options"] = params.get("options") or params.get("expected", "")
    params["count"] = params.get("min_length") or params.get("max_length", "")
    params["reason"] = error["msg"]
    return finding(code, declaration.place(location), **params)


def _shown(value: object) -> str:
    text = value if isinstance(value, str) else ""
    return text if len(text) <= 60 else text[:57] + "…"


# --- keys nobody reads -----------------------------------------------------------------------


def _unknown(
    declaration: Declaration, model: type[BaseModel], node: Node, location: Location
) -> Iterator[Finding]:
    if not isinstance(node.value, Mapping):
        return
    known = dict(_known(model))
    claims = getattr(model, "claims", lambda key: False)
    for key in node.keys:
        if key in known:
            child = node.value.get(key)
            inner, mapped = _model_in(known[key].annotation)
            if child is not None and inner is not None:
                yield from _inside(declaration, inner, mapped, child, (*location, key))
        elif not claims(key):
            yield _unread(declaration, model, key, location, known)


def _inside(
    declaration: Declaration, model: type[BaseModel], mapped: bool, node: Node, location: Location
) -> Iterator[Finding]:
    if isinstance(node.value, tuple):
        for index, child in enumerate(node.value):
            yield from _unknown(declaration, model, child, (*location, index))
    elif mapped and isinstance(node.value, Mapping):
        for key, child in node.value.items():
            yield from _unknown(declaration, model, child, (*location, key))
    else:
        yield from _unknown(declaration, model, node, location)


def _unread(
    declaration: Declaration,
    model: type[BaseModel],
    key: str,
    location: Location,
    known: Mapping[str, FieldInfo],
) -> Finding:
    code = "unknown-sheet-key" if model.model_config.get("extra") == "forbid" else "unknown-key"
    place = located(declaration.place_of_file, declaration.key_at((*location, key)))
    path = declaration.place((*location, key)).steps[-1]
    return finding(code, place.at(path), key=key, near=near(key, known))


def _known(model: type[BaseModel]) -> Iterator[tuple[str, FieldInfo]]:
    for name, info in model.model_fields.items():
        choices = info.validation_alias
        if isinstance(choices, AliasChoices):
            yield from ((str(choice), info) for choice in choices.choices)
        else:
            yield (info.alias or name), info


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


def _sorted(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    def order(found: Finding) -> tuple[int, int]:
        steps = dict(found.place.steps)
        return int(steps.get("line", 0)), int(steps.get("column", 0))

    return tuple(sorted(findings, key=order))
