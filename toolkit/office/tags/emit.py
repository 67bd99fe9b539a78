"""Printed values on their way into XML.

In: a value of the data. Out: escaped text; line breaks as the format writes them; control
characters dropped with a finding.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from toolkit.office.engine import Engine
from toolkit.office.rich import NESTED
from toolkit.office.tags.stream import Fragment
from toolkit.office.values import clean, escape, plain

Rich = Callable[[Any], str | None]


def emitter(
    engine: Engine, breaks: Mapping[str, str], rich: Rich | None = None, paragraph: str = ""
) -> Callable[[Any], str]:
    """A function from value to XML text; ``breaks`` maps ``\\n`` and ``\\t`` to markup.

    ``rich`` gives the XML text of values that are more than text, None of all others;
    ``paragraph`` is how a paragraph begins, which gathered text may hold.
    """

    def emit(value: Any) -> str:
        if type(value) is str:
            text = value
        elif type(value) is Fragment:
            return NESTED + value if paragraph and paragraph in value else value
        elif rich and (markup := rich(value)) is not None:
            return markup
        else:
            text = plain(value)
        if text.isprintable() and _is_plain(text):
            return text
        return _escaped(text, engine, breaks)

    return emit


def _is_plain(text: str) -> bool:
    """Whether a text is the same as XML."""
    return not ("&" in text or "<" in text or ">" in text or '"' in text)


def _escaped(text: str, engine: Engine, breaks: Mapping[str, str]) -> str:
    whole, text = text, clean(text)
    if len(text) < len(whole):
        run = engine.environment.run
        tag = run.tag()
        run.add("control-dropped", tag.place, tag=tag.shown)
    text = escape(text.replace("\r\n", "\n").replace("\r", "\n"))
    for char, markup in breaks.items():
        if char in text:
            text = text.replace(char, markup)
    return text


def attribute_emitter(engine: Engine) -> Callable[[Any], str]:
    """The emitter for attribute values: a line break stays one."""
    return emitter(engine, {"\n": "&#10;", "\t": "&#9;"})
