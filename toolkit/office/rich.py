"""Printed values that are more than text: Markdown, other documents.

In: such a value, met where text is written. Out: a stretch of text between two marks that no data
can hold; the format module turns it into runs, paragraphs and lists once the part is complete.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from toolkit.office.record import Record
from toolkit.office.values import Markdown, clean, escape

OPEN, CLOSE = "\ufdd3", "\ufdd4"
NESTED = "\ufdd6"  # stands before paragraphs that a macro or a block gathered
MARKDOWN, DOCUMENT = "m", "d"


class Rich(Record):
    """A stretch: ``kind`` is MARKDOWN, DOCUMENT or, for plain text, empty."""

    kind: str
    text: str


def marked(kind: str, text: str) -> str:
    """The XML text of a stretch."""
    return OPEN + kind + escape(clean(text)) + CLOSE


def emit_markdown(value: Any) -> str | None:
    """A Markdown value as XML text; None of any other value."""
    if type(value) is not Markdown:
        return None
    from toolkit.office.markdown import blocks  # few templates print Markdown

    source = clean(value.source)
    return marked(MARKDOWN, source) if blocks(source) else ""


def stretches(text: str) -> Iterator[Rich]:
    """The stretches of a text, those without text left out."""
    first, *rest = text.split(OPEN)
    if first:
        yield Rich("", first)
    for part in rest:
        inner, _, after = part.partition(CLOSE)
        yield Rich(inner[:1], inner[1:])
        if after:
            yield Rich("", after)


def without(text: str) -> str:
    """A text whose stretches cannot be shown: Markdown without its marks."""
    shown = (str(Markdown(r.text)) if r.kind == MARKDOWN else r.text for r in stretches(text))
    return "".join(shown)
