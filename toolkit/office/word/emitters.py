"""Printed values on their way into a Word document.

In: a value of the data, and what its tag stands in: text, an attribute, a drop-down, a date
control, a drawing. Out: XML text, or what the guard of a control or drawing looks for.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Any

from jinja2 import Undefined

from toolkit.office.engine import Engine
from toolkit.office.record import Record
from toolkit.office.tags.emit import attribute_emitter, emitter
from toolkit.office.values import Chart, Choices, Picture, QrCode, escape
from toolkit.office.word.include import emit_rich

_BREAKS = {
    "\n": '</w:t><w:br/><w:t xml:space="preserve">',
    "\t": '</w:t><w:tab/><w:t xml:space="preserve">',
}


_COLOUR = "[0-9a-fA-F]{6}|auto"


class _Empty:
    """What a tag of a control prints when its value is empty."""


EMPTY = _Empty()


class Special(Record):
    """What the tag of a drawing printed."""

    value: Any


def emit_special(value: Any) -> Any:
    """A picture or chart on its way to its drawing."""
    if isinstance(value, Undefined):
        value = str(value) or None
    if value is not None and value != "" and not isinstance(value, Picture | QrCode | Chart):
        raise TypeError("image(…), qr(…) or chart(…) is wanted here")
    return Special(value or None)


def emit_choices(value: Any) -> str:
    """The entries of a drop-down list; equal ones and empty ones once or not at all."""
    if not isinstance(value, Choices):
        raise TypeError("choices(…) is wanted here")
    entries = {given: label or given for given, label in value.entries if given}
    unique = {label: given for given, label in reversed(entries.items())}
    return "".join(
        f'<w:listItem w:displayText="{escape(label)}" w:value="{escape(given)}"/>'
        for label, given in reversed(unique.items())
    )


def emit_date(value: Any) -> str:
    """The w:fullDate attribute of a date control; nothing when the value is no date."""
    if isinstance(value, datetime):
        return f' w:fullDate="{value:%Y-%m-%dT%H:%M:%SZ}"'
    if isinstance(value, date):
        return f' w:fullDate="{value.isoformat()}T00:00:00Z"'
    return ""


def emit_colour(value: Any) -> str:
    """The fill of a cell: red, green and blue as six hexadecimal digits, or ``auto`` for none."""
    found = str(value or "").strip().removeprefix("#")
    if found and not re.fullmatch(_COLOUR, found):
        raise TypeError("a colour such as FFCC00 is wanted here")
    return found.upper() if found and found != "auto" else "auto"


def emit_span(value: Any) -> str:
    """How many columns a cell goes over."""
    if not str(value).isdecimal() or int(value) < 1:
        raise TypeError("a whole number from 1 up is wanted here")
    return str(value)


def emitters(engine: Engine) -> dict[str, Any]:
    """What becomes of a printed value, by what its tag stands in."""
    text = emitter(engine, _BREAKS, emit_rich(engine), "<w:p")
    return {
        "": text,
        "attribute": attribute_emitter(engine),
        "control": lambda value: text(value) or EMPTY,
        "choices": emit_choices,
        "date": emit_date,
        "colour": emit_colour,
        "span": emit_span,
        "special": emit_special,
    }
