"""What a presentation template is once it is read: its slides, and where values stand in them.

In: what the parts of a template hold. Out: a Plan, which compiling makes and every fill reads.
"""

from __future__ import annotations

from collections import Counter
from typing import Any

from toolkit.finding import Place
from toolkit.office.package.markup import Element, q
from toolkit.office.record import Record
from toolkit.office.slides.deck import Entry
from toolkit.office.slides.room import Room
from toolkit.office.xml_part import XmlPart

ALT = "alt"
"""The sink of tags in alt texts: pictures and charts may stand there."""
NAME = "name"
"""The sink of tags in other attributes: text alone may stand there."""
PICTURE = "picture"
"""The sink of alt texts that ask for a picture: no value means no picture."""


class SlideBegins(Record):
    """In the rendered list: what follows is one showing of this slide of the template."""

    slide: int


class PartBegins(Record):
    """In the rendered list: what follows is the text of this part, or of one of its links."""

    name: str
    link: str = ""


class Slide:
    """One slide of the template. ``steered``: tags in its notes may repeat or drop it."""

    def __init__(self, entry: Entry, place: Place) -> None:
        self.entry = entry
        self.place = place
        self.steered = False
        self.room: Room | None = None


class Plan:
    """What a template is: its slides, and the sequence of tags and pieces to compile.

    ``properties`` are the document's properties with tags; ``media`` says how many relationships
    point to each picture, where pictures may go.
    """

    def __init__(self) -> None:
        self.slides: list[Slide] = []
        self.items: list[Any] = []
        self.properties: list[XmlPart] = []
        self.media: Counter[str] = Counter()


def title(root: Element) -> str:
    """The name of a layout; empty for most masters."""
    named = root.find(q("p:cSld"))
    return "" if named is None else named.get("name", "")
