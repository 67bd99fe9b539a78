"""Slides: the presentations of the kit, drawn from their sheets.

In: a Document of format pptx and the labels. Out: the bytes of its template.
"""

from __future__ import annotations

from toolkit.author.slides.deck import Deck, Topic
from toolkit.author.slides.parts import PARTS
from toolkit.author.wording import Wording
from toolkit.document import Document
from toolkit.language import Labels


def build(document: Document, labels: Labels) -> bytes:
    """The template of a presentation; KeyError where a slide names an unknown part."""
    wording = Wording(labels)
    deck = Deck(wording, wording(document.title))
    for key, section in document.sections.items():
        PARTS[section.part](deck, Topic(key, section, wording))
    return deck.save()
