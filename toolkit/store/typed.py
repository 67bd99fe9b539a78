"""Typed columns: a neutral value as the columns that hold it, and back.

In: a value, a place, the parameters of a finding. Out: plain column values; JSON where a column
holds a list. Whole numbers come back whole.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from toolkit.finding import Place
from toolkit.store.records import FileKey, Steps, Value

_COMPACT = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
Columns = tuple[str, float | None, str | None, int | None, str | None]


def columns(value: Value) -> Columns:
    """A value as (type, number, day, flag, text)."""
    if value is None:
        return "blank", None, None, None, None
    if isinstance(value, bool):
        return "flag", None, None, int(value), None
    if isinstance(value, int | float):
        return "number", float(value), None, None, None
    if isinstance(value, date):
        return "day", None, value.isoformat(), None, None
    return "text", None, None, None, value


def value(type: str, number: float | None, day: str | None, flag: int | None, text: Any) -> Value:
    """The value of typed columns."""
    if type == "number" and number is not None:
        return int(number) if number.is_integer() else number
    if type == "day" and day is not None:
        return date.fromisoformat(day)
    if type == "flag":
        return bool(flag)
    return str(text) if type == "text" else None


def file_id(key: FileKey) -> int:
    """The id of a file: the first 48 bits of a hash of its content's hash and its name."""
    digest = hashlib.sha256("\0".join(key).encode("utf-8", "surrogatepass")).hexdigest()
    return int(digest[:12], 16)


def steps_text(steps: Steps) -> str:
    """The steps of a place as JSON."""
    return packed([list(step) for step in steps])


def steps_of(text: str) -> Steps:
    """The steps of a JSON text."""
    return tuple((word, at) for word, at in json.loads(text))


def place(file: str, steps: str) -> Place:
    """The place of a file and steps."""
    return Place(file, steps_of(steps))


def step(steps: Steps, word: str) -> str:
    """The value of one step of a place; empty where it has none."""
    return next((f"{at}" for name, at in steps if name == word), "")


def packed(data: object) -> str:
    """Plain data as compact JSON, the same for the same data."""
    return _COMPACT.encode(data)


def counts(distribution: Mapping[str, int]) -> str:
    """A distribution as JSON in the order of its keys."""
    return packed(dict(sorted(distribution.items())))


def day_text(day: date | None) -> str | None:
    """A day as ISO text."""
    return day.isoformat() if day else None


def day_of(text: str | None) -> date | None:
    """The day of an ISO text."""
    return date.fromisoformat(text) if text else None
