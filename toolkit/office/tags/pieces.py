"""Pieces of a rendered part that need a second look once what they enclose is known.

In: the list a Stream rendered: XML text, Made pieces, and stretches between Start and End. Out:
XML text only. So an empty cell gets its paragraph, a picture its file, a repeated id its number,
without ever building a tree of the result.
"""

from __future__ import annotations

from collections import Counter
from typing import Any, Protocol

from toolkit.office.package.package import Package
from toolkit.office.record import Record
from toolkit.office.run import Run


class Fill:
    """What pieces may need: the run, the package being filled, the part, counters."""

    def __init__(self, run: Run, package: Package, part: str) -> None:
        self.run = run
        self.package = package
        self.part = part
        self.counters: Counter[str] = Counter()
        self.memory: dict[Any, Any] = {}


class Made(Protocol):
    """A piece whose text is made when its turn comes."""

    def text(self, fill: Fill) -> str:
        """The XML that stands here."""


class Guard(Protocol):
    """Looks at a stretch when it is complete."""

    def close(self, stretch: list[Any], fill: Fill) -> list[Any]:
        """What shall stand instead of the stretch."""


class Start(Record):
    """A guarded stretch begins."""

    guard: Guard


class End(Record):
    """A guarded stretch ends; it began with the innermost open Start."""


END = End()


def settle(pieces: list[Any], fill: Fill) -> str:
    """The XML of a rendered list."""
    try:
        return "".join(pieces)
    except TypeError:
        return "".join(_settled(pieces, fill))


def _settled(pieces: list[Any], fill: Fill) -> list[Any]:
    out: list[Any] = []
    open_: list[tuple[Guard, int]] = []
    for piece in pieces:
        if type(piece) is str:
            out.append(piece)
        elif type(piece) is Start:
            open_.append((piece.guard, len(out)))
        elif type(piece) is End:
            guard, start = open_.pop()
            out[start:] = guard.close(out[start:], fill)
        else:
            out.append(piece.text(fill) if hasattr(piece, "text") else piece)
    return out


class Needs(Record):
    """A stretch that must hold an element: what stands in where it does not.

    ``needles`` are openings such as ``<w:p>`` and ``<w:p ``.
    """

    needles: tuple[str, ...]
    instead: str

    def close(self, stretch: list[Any], fill: Fill) -> list[Any]:
        """The stretch, or the stand-in."""
        held = any(n in piece for piece in stretch if isinstance(piece, str) for n in self.needles)
        return stretch if held else [self.instead] if self.instead else []
