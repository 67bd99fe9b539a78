"""Facts: the base of every block and list entry of a project description.

In: a mapping. Out: a frozen value; unknown keys are kept in ``model_extra``. ``marks`` tells
which options and references an attribute holds, for checks, schema and context alike.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Annotated, Any, ClassVar, get_args

from pydantic import BaseModel, ConfigDict
from pydantic.fields import FieldInfo

from toolkit.project.values import Checked, OneOf, Ref, wrong

ID_PATTERN = r"^[a-z]{1,3}[0-9]{1,3}$"


def is_id(text: str) -> bool:
    """Whether a text is an id: one to three small letters, then one to three digits."""
    return re.fullmatch(ID_PATTERN, text) is not None


def _id(value: Any) -> str:
    text = str(value).strip()
    if not is_id(text):
        raise wrong("bad-id", value)
    return text


Id = Annotated[str, Checked(_id, (("type", "string"), ("pattern", ID_PATTERN)))]


class Facts(BaseModel):
    """A block of the description; what is absent is '', (), {} or None."""

    model_config = ConfigDict(
        frozen=True,
        extra="allow",
        str_strip_whitespace=True,
        populate_by_name=True,
        defer_build=True,
    )

    @classmethod
    def claims(cls, key: str) -> bool:
        """Whether the block reads a key that is not one of its own attributes."""
        return False

    claimed: ClassVar[str] = ""
    """The kind of entry whose ids the claimed keys are."""


class Entry(Facts):
    """An entry of a list with ids; ``naming`` is the attribute that names it to people."""

    naming: ClassVar[str] = "name"
    id: Id

    @property
    def label(self) -> str:
        """What people call the entry: its name, title or text."""
        return str(getattr(self, self.naming))


def marks(info: FieldInfo) -> Iterator[OneOf | Ref]:
    """The options and references an attribute holds, also inside a list or mapping."""
    for mark in (*info.metadata, *_within(info.annotation)):
        if isinstance(mark, OneOf | Ref):
            yield mark


def _within(annotation: Any) -> Iterator[Any]:
    yield from getattr(annotation, "__metadata__", ())
    for inner in get_args(annotation):
        yield from _within(inner)


def key_of(name: str, info: FieldInfo) -> str:
    """The key an attribute has in the description: ``for_`` -> ``for``."""
    return info.alias or name
