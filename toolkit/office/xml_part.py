"""A part whose tags are compiled: rendered as text, checked, written.

In: the pieces of a part (``Marks.cut``) and an engine. Out: the part's bytes in a filled package.
"""

from __future__ import annotations

import pyexpat as expat
from collections.abc import Mapping
from typing import Any

from toolkit.finding import Place
from toolkit.office.engine import Engine
from toolkit.office.package.package import Package
from toolkit.office.record import Record
from toolkit.office.rich import NESTED, OPEN
from toolkit.office.run import Run
from toolkit.office.tags.pieces import Fill, settle
from toolkit.office.tags.stream import Stream


class XmlPart(Record):
    """One part of a template with tags in it."""

    name: str
    stream: Stream
    place: Place

    def render(
        self, engine: Engine, fill: Fill, extra: Mapping[str, Any] | None = None
    ) -> bytes | None:
        """The filled part; None, with findings in the run, when it could not be made."""
        pieces = engine.render(self.stream, fill.run, extra)
        if not pieces:
            return None
        text = settle(pieces, fill)
        if "notes" in fill.memory:
            from toolkit.office.word.notes import write_notes  # few documents have notes

            write_notes(fill)
        if "lists" in fill.memory:
            from toolkit.office.word.lists import write_lists  # few documents have lists in loops

            write_lists(fill)
        if NESTED in text:
            from toolkit.office.nested import lifted  # few templates gather paragraphs

            text = lifted(text)
        if OPEN in text:
            from toolkit.office.word.rich import expand  # few fills print Markdown

            text = expand(text, fill)
        data = text.encode("utf-8", "xmlcharrefreplace")
        if not well_formed(data):
            fill.run.add("result-broken", self.place, part=self.name)
            return None
        return data

    def write(self, engine: Engine, run: Run, package: Package) -> None:
        """Render the part into a package."""
        data = self.render(engine, Fill(run, package, self.name))
        if data is not None:
            package.write(self.name, data)


def well_formed(data: bytes) -> bool:
    """Whether bytes are XML that Office can open."""
    parser = expat.ParserCreate()
    try:
        parser.Parse(data, True)
    except expat.ExpatError:
        return False
    return True
