"""The deck: a document sheet becomes a presentation full of tags.

In: a Document whose slides name their parts. Out: the bytes of the template. A part draws one
slide for every number of items it can show; the unused ones fall away when the deck is filled.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO

from pptx import Presentation

from toolkit.author.slides.base import base
from toolkit.author.slides.canvas import Canvas
from toolkit.author.slides.layouts import LAYOUTS
from toolkit.author.slides.text import LANGUAGE, Para, each, para
from toolkit.author.wording import Wording
from toolkit.brand import DEFAULT
from toolkit.document import Section


class Deck:
    """A presentation being drawn."""

    def __init__(self, wording: Wording, title: str) -> None:
        self._file = Presentation(BytesIO(base(DEFAULT.theme, wording)))
        self._file.core_properties.title = title
        self._file.core_properties.language = LANGUAGE
        pairs = zip(LAYOUTS, self._file.slide_layouts, strict=True)
        self._layouts = {one.key.removeprefix("layout."): (one, other) for one, other in pairs}

    def slide(self, layout: str, when: str = "", loop: str = "") -> Canvas:
        """A new slide at the end; it stays where ``when`` holds, once for each of ``loop``."""
        controls = [f"if {when}"] if when else []
        controls += [f"for {loop}"] if loop else []
        known, drawn = self._layouts[layout]
        return Canvas(self._file.slides.add_slide(drawn), known, *controls)

    def save(self) -> bytes:
        """The bytes of the file."""
        out = BytesIO()
        self._file.save(out)
        return out.getvalue()


@dataclass(frozen=True)
class Topic:
    """What one section of the sheet is about: its title, its rows and its options."""

    key: str
    section: Section
    wording: Wording

    @property
    def rows(self) -> str:
        """The list the slide shows, as an expression."""
        return self.section.rows

    @property
    def label(self) -> str:
        """The heading as the template writes it."""
        return self.wording(self.section.title or self.key)

    def option(self, name: str, default: str = "") -> str:
        """An option of the sheet: an expression or a label key."""
        return str(self.section.options.get(name, default))

    def of(self, number: int, name: str) -> str:
        """The expression of an item's value: ``quotes[1].text`` for the option ``text: text``."""
        return f"{self.rows}[{number}].{self.option(name, name)}"

    def tag(self, number: int, name: str) -> str:
        """The same as a tag."""
        return f"{{{{ {self.of(number, name)} }}}}"

    def longest(self, name: str) -> str:
        """The length of the longest of a value, so that all of a slide are written alike."""
        return f"{self.rows} | map(attribute='{self.option(name, name)}') | map('length') | max"

    def when(self, *conditions: str) -> str:
        """The section's own condition and these, all of which must hold."""
        found = [c for c in (self.section.when, *conditions) if c]
        return " and ".join(f"({c})" if len(found) > 1 else c for c in found)

    def counted(self, number: int, most: int) -> str:
        """That the slide of ``number`` is the one to show; the last shows longer lists too."""
        least = number - 1 if number == 6 else number
        return f"{self.rows}|length {'>=' if number == most else '=='} {least}"

    def beyond(self, number: int, count: int) -> str:
        """The condition of the place an odd count leaves empty: the sixth of six."""
        return f"{self.rows}|length > {number}" if count == 6 and number == 5 else ""


def speaker(topic: Topic, canvas: Canvas) -> None:
    """The notes of a slide, from the option ``notes``: where its numbers come from.

    Each is a label key, a text with tags, or ``{rows, text}``: the text for every ``item``.
    """
    for note in topic.section.options.get("notes", ()):
        canvas.notes(*_noted(topic, note))


def _noted(topic: Topic, note: str | Mapping[str, str]) -> tuple[Para, ...]:
    if not isinstance(note, str):
        return each(f"item in {note['rows']}", para(note["text"]))
    return (para(topic.wording(note) if topic.wording.labels.has(note) else note),)
