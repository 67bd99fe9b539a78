"""A declaration against its model: the typed value, and every problem where it stands.

In: a YAML file and a pydantic model. Out: the value (None when an error stands in the way) and
findings with line, column and path; unknown keys bring the nearest known one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from toolkit.declaration.nodes import Node, compose, located
from toolkit.declaration.reading import read_text
from toolkit.declaration.walk import Location, blocks, keys_of
from toolkit.finding import Finding, Place, catalogue, finding, has_errors, near

M = TypeVar("M", bound=BaseModel)


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
        place = located(self.place_of_file, at)
        return place.at(("path", named.lstrip("."))) if named else place

    def key_place(self, location: Location) -> Place:
        """Where the key of a value stands; the path is that of the value."""
        parent = self.value(location[:-1])
        at = parent.keys.get(str(location[-1])) if parent else None
        steps = self.place(location).steps
        return located(self.place_of_file, at).at(*steps[2:]) if at else self.place(location)

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


def _step(node: Node, step: int | str) -> Node | None:
    if isinstance(node.value, tuple):
        index = step if isinstance(step, int) else -1
        return node.value[index] if 0 <= index < len(node.value) else None
    if isinstance(node.value, Mapping):
        return node.value.get(str(step))
    return None


def _path_step(step: int | str, node: Node | None) -> str:
    if isinstance(step, str):
        return f".{step}"
    id = node.value.get("id") if node and isinstance(node.value, Mapping) else None
    return f"[{id.value}]" if id and isinstance(id.value, str) else f"[{step + 1}]"


def read_declaration(
    path: Path,
    model: type[M],
    given: Mapping[str, Any] | None = None,
    text: str | None = None,
) -> tuple[M | None, Declaration | None, tuple[Finding, ...]]:
    """A file as a value of ``model``: the value, where everything stands, all findings.

    ``given`` are values of the model that the file does not decide, ``text`` what the file is to
    hold once it is written. The value is None when a finding is an error.
    """
    declaration, findings = read_untyped(path, text)
    if declaration is None:
        return None, None, findings
    value, wrong = typed(declaration, model, given or {})
    told = (*findings, *wrong)
    return (None if has_errors(told) else value), declaration, _sorted(told)


def read_untyped(
    path: Path, text: str | None = None
) -> tuple[Declaration | None, tuple[Finding, ...]]:
    """A file, or the text it is to hold, as a declaration; or None and why."""
    place = Place(str(path))
    text, stopped = read_text(path) if text is None else (text, None)
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
    told = list(_unknown(declaration, model))
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
    params.setdefault("count", "")
    params["reason"] = error["msg"]
    if location[-1:] == ("[key]",):
        return finding(code, declaration.key_place(location[:-1]), **params)
    return finding(code, declaration.place(location), **params)


def _shown(value: object) -> str:
    text = value if isinstance(value, str) else ""
    return text if len(text) <= 60 else text[:57] + "…"


# --- keys nobody reads -----------------------------------------------------------------------


def _unknown(declaration: Declaration, root: type[BaseModel]) -> Iterator[Finding]:
    for location, model, node in blocks(root, declaration.root):
        known = keys_of(model)
        claims = getattr(model, "claims", lambda key: False)
        for key in node.keys:
            if key not in known and not claims(key):
                strict = model.model_config.get("extra") == "forbid"
                code = "unknown-sheet-key" if strict else "unknown-key"
                place = declaration.key_place((*location, key))
                yield finding(code, place, key=key, near=near(key, known))


def _sorted(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    def order(found: Finding) -> tuple[int, int]:
        steps = dict(found.place.steps)
        return int(steps.get("line", 0)), int(steps.get("column", 0))

    return tuple(sorted(findings, key=order))
