"""The status deck: d.27, filled with what came back (specification 4.27).

In: Presented, a language and an audience. Out: the bytes of a pptx, and the warnings of filling it.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from toolkit.content.compiling import compiled
from toolkit.content.reading import Row
from toolkit.document import Document, load_document, shipped_templates
from toolkit.finding import Finding
from toolkit.present.presented import Presented, context_of, presented
from toolkit.present.putting import put
from toolkit.present.status import status
from toolkit.present.told import Told
from toolkit.project import read_description

SHEET = "pptx/status.yaml"


@dataclass(frozen=True)
class Made:
    """A file that shows results: its bytes and the warnings of its filling."""

    data: bytes
    findings: tuple[Finding, ...] = ()


def write_deck(results: Path, description: Path, out: Path, language: str, audience: str) -> Made:
    """Write the status deck of a results folder; ToolkitError where anything cannot be read."""
    given = read_description(description)
    made = deck(presented(given.project, results, given.folder), language, audience)
    put(out, made.data)
    return made


def deck(known: Presented, language: str, audience: str = "management") -> Made:
    """The status deck in a language, for ``management``, ``staff`` or ``supplier``."""
    document = load_document(shipped_templates() / SHEET)
    told = known.told(language)
    context = context_of(known, told, document)
    shown = context | {"status": status(told, context, audience)}
    return filled(known, told, document, shown)


def filled(known: Presented, told: Told, document: Document, context: Row) -> Made:
    """A document filled with a context, in a language and the brand of the project."""
    source = document.template.read_bytes()
    template = compiled(told.reading, source, document.template.name, known.cache)
    return Made(template.render(context, base=known.base), tuple(template.findings))
