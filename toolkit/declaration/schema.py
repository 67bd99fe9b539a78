"""The JSON Schema of what people declare, for editors that complete and check YAML.

In: the model of a description or a document sheet, a language. Out: JSON Schema (2020-12) with
the labels of fields as titles and the labels of options beside their keys.
"""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel

from toolkit.language import Labels

_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def json_schema(model: type[BaseModel], language: str) -> dict[str, Any]:
    """The schema of a model; options carry their labels in the language."""
    schema = model.model_json_schema(by_alias=True, mode="validation")
    _labelled(schema, Labels.load(language))
    return {"$schema": _DIALECT, **schema}


def _labelled(node: Any, labels: Labels) -> None:
    if isinstance(node, list):
        for inner in node:
            _labelled(inner, labels)
    elif isinstance(node, dict):
        _options(node, labels)
        _titles(node, labels)
        for inner in list(node.values()):
            _labelled(inner, labels)


def _options(node: dict[str, Any], labels: Labels) -> None:
    name = node.pop("x-options", None)
    if name:
        node["enumDescriptions"] = [label for _, label in labels.options(name)]


def _titles(node: dict[str, Any], labels: Labels) -> None:
    """Titles are the labels of fields; what is not required may be null."""
    properties = node.get("properties")
    if not isinstance(properties, dict):
        return
    for key, told in properties.items():
        told.pop("title", None)
        if labels.has(f"f.{key}"):
            told["title"] = labels.t(f"f.{key}")
        if key not in node.get("required", ()):
            _nullable(told)


def _nullable(told: dict[str, Any]) -> None:
    if "enum" in told:
        told["enum"] = [*told["enum"], None]
    elif isinstance(told.get("type"), str):
        told["type"] = [told["type"], "null"]
