"""Sendings: one file somebody returns, as data: what was written, what was done, what to expect.

In: nothing. Out: the shapes the stories are told in. A value is what a reader must recover: an
option's key, an entry's id, a number, a day, a text; its face is what stands in the cell.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

Neutral = str | float | int | date | None


@dataclass(frozen=True)
class Choice:
    """An option of a list, known by its key; its face is the label in the file's language."""

    options: str
    key: str


@dataclass(frozen=True)
class Entry:
    """Something of the description, known by its id; its face is its title."""

    kind: str
    id: str


@dataclass(frozen=True)
class Typed:
    """What somebody typed, and what it means: ``Typed("1,74", 1.74)``."""

    face: str | float
    value: Neutral


Value = Choice | Entry | Typed | Neutral


@dataclass(frozen=True)
class Put:
    """A value written into a cell of a table; ``mark`` names the cell for what is told of it."""

    table: str
    row: str
    field: str
    value: Value
    mark: str = ""


@dataclass(frozen=True)
class Say:
    """The answer to an open question, or another single place of a form."""

    field: str
    value: Value


@dataclass(frozen=True)
class Add:
    """A row somebody added; ``number`` counts the new rows of a table from the top."""

    table: str
    values: Mapping[str, Value]
    before: str = ""
    number: int = 1
    mark: str = ""


@dataclass(frozen=True)
class Do:
    """Something done to the workbook that writes no value; ``act`` as the client wants it."""

    act: Mapping[str, Any]


Step = Put | Say | Add | Do


@dataclass(frozen=True)
class Told:
    """A finding a reader must tell: its code, the mark of its cell, a word it must contain.

    ``until``: the day from which it is told no more.
    """

    code: str
    mark: str = ""
    until: date | None = None


@dataclass(frozen=True)
class Source:
    """A file of the kit: document, for whom (unit or role), format, language, which project."""

    doc: str
    copy: str = ""
    format: str = "xlsx"
    lang: str = "nb"
    project: str = "trygg-natt"


@dataclass(frozen=True)
class Sending:
    """One returned file.

    ``done`` and ``expect`` are told in the table for readers. ``status`` is what becomes of the
    file and ``reason`` why it is not simply read. ``client`` is who saves it: ``calc``, ``writer``
    (both LibreOffice) or ``word`` (content controls filled as Word saves them). ``spoil`` is what
    happens to it on the way; ``twin`` the file it is a copy of.
    """

    name: str
    source: Source | None
    done: str
    expect: str
    by: str = ""
    role: str = ""
    day: date | None = None
    steps: tuple[Step, ...] = ()
    told: tuple[Told, ...] = ()
    status: str = "read"
    reason: str = ""
    client: str = "calc"
    password: str = ""
    spoil: str = ""
    twin: str = ""
    stamped: bool = True
    facts: Mapping[str, Any] = field(default_factory=dict)


def do(name: str, **told: Any) -> Do:
    """Something done: ``do("delete", table="risks", row="ri12")``."""
    return Do({"do": name, **told})


def puts(table: str, row: str, values: Mapping[str, Value]) -> tuple[Put, ...]:
    """Several values of one row, ``f.`` before their fields left out."""
    return tuple(Put(table, row, keyed(name), value) for name, value in values.items())


def added(values: Mapping[str, Value]) -> dict[str, Value]:
    """The values of a new row by field, ``f.`` left out before."""
    return {keyed(name): value for name, value in values.items()}


def keyed(name: str) -> str:
    """``hazard`` -> ``f.hazard``; a role's id (a column of the matrix) stays."""
    own = name.startswith("f.") or name.removeprefix("ro").isdecimal()
    return name if own else f"f.{name}"


def level(key: str) -> Choice:
    """A degree: none, small, medium, large."""
    return Choice("level4", key)


def status(key: str) -> Choice:
    """How far something is."""
    return Choice("status", key)


def role(id: str) -> Entry:
    """A role of the description."""
    return Entry("role", id)
