"""What a Stream rendered of a deck, sorted into showings of slides and the parts of each.

In: the rendered list of pieces. Out: Showings: the text of each part, and what its alt texts
asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from toolkit.office.engine import Engine
from toolkit.office.record import Record
from toolkit.office.rich import emit_markdown
from toolkit.office.slides.pictures import Specials
from toolkit.office.slides.plan import ALT, NAME, PICTURE, PartBegins, SlideBegins
from toolkit.office.slides.tidy import BREAK
from toolkit.office.tags.emit import attribute_emitter, emitter
from toolkit.office.values import Chart, Picture, QrCode

Shown = Picture | QrCode | Chart

AROUND = -1
"""The index of the showing that holds what is around the slides: masters and layouts."""


class Wanted(Record):
    """A printed picture or chart; None is a picture that is not wanted."""

    value: Shown | None


class Showing:
    """One showing of a slide: the pieces of each of its parts and links."""

    def __init__(self, index: int = AROUND) -> None:
        self.index = index
        self.texts: dict[PartBegins, list[str]] = {}
        self.specials = Specials()
        self._target: list[str] = []

    def take(self, piece: Any) -> None:
        """The next piece."""
        if type(piece) is PartBegins:
            self._target = self.texts[piece] = []
        else:
            self._target.append(self.specials.mark(piece.value))

    def say(self, text: str) -> None:
        """The next piece of text."""
        self._target.append(text)


def emitters(engine: Engine) -> dict[str, Callable[[Any], Any]]:
    """What becomes of a printed value in text, an attribute, an alt text, a picture's alt text."""
    text, attribute = (
        emitter(engine, {"\n": BREAK}, emit_markdown, "<a:p"),
        attribute_emitter(engine),
    )

    def alt(value: Any) -> Any:
        return Wanted(value) if isinstance(value, Shown) else attribute(value)

    def picture(value: Any) -> Any:
        return Wanted(None) if value is None or value == "" else alt(value)

    return {"": text, NAME: attribute, ALT: alt, PICTURE: picture}


def sort_showings(pieces: Iterable[Any]) -> list[Showing]:
    """The showings in order; what is around the slides comes first."""
    showings = [Showing()]
    for piece in pieces:
        if isinstance(piece, str):
            showings[-1].say(piece)
        elif type(piece) is SlideBegins:
            showings.append(Showing(piece.slide))
        else:
            showings[-1].take(piece)
    return showings
