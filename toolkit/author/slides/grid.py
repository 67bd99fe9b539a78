"""The grid of a slide: where things stand, in centimetres.

In: the 16:9 slide, 33.87 × 19.05 cm. Out: boxes that split into columns, rows and cells. All
slides share the margins, the title's place and the footer line; nothing is placed by eye.
"""

from __future__ import annotations

from dataclasses import dataclass

EMU = 360_000
"""English metric units in a centimetre."""

WIDTH, HEIGHT = 12_192_000, 6_858_000
MARGIN = 1.9
GAP = 0.7


@dataclass(frozen=True)
class Box:
    """A rectangle: left, top, width and height in centimetres."""

    x: float
    y: float
    w: float
    h: float

    @property
    def right(self) -> float:
        """The x of its right edge."""
        return self.x + self.w

    @property
    def bottom(self) -> float:
        """The y of its lower edge."""
        return self.y + self.h

    def inset(self, across: float, down: float | None = None) -> Box:
        """The box that leaves a margin of ``across`` and ``down`` on both sides."""
        down = across if down is None else down
        return Box(self.x + across, self.y + down, self.w - 2 * across, self.h - 2 * down)

    def part(self, x: float, y: float, w: float, h: float) -> Box:
        """A box placed in this one, measured from its upper left corner."""
        return Box(self.x + x, self.y + y, w, h)

    def moved(self, frame: Box) -> Box:
        """This box, its place measured from the corner of another."""
        return frame.part(self.x, self.y, self.w, self.h)

    def top(self, height: float) -> Box:
        """Its uppermost ``height``."""
        return Box(self.x, self.y, self.w, height)

    def below(self, height: float) -> Box:
        """What is left under its uppermost ``height``."""
        return Box(self.x, self.y + height, self.w, self.h - height)

    def columns(self, count: int, gap: float = GAP) -> tuple[Box, ...]:
        """``count`` equally wide boxes side by side."""
        width = (self.w - gap * (count - 1)) / count
        return tuple(Box(self.x + i * (width + gap), self.y, width, self.h) for i in range(count))

    def rows(self, count: int, gap: float = GAP) -> tuple[Box, ...]:
        """``count`` equally high boxes under each other."""
        height = (self.h - gap * (count - 1)) / count
        return tuple(Box(self.x, self.y + i * (height + gap), self.w, height) for i in range(count))

    def cells(self, across: int, down: int, gap: float = GAP) -> tuple[Box, ...]:
        """``across`` × ``down`` equal boxes, row by row."""
        return tuple(cell for row in self.rows(down, gap) for cell in row.columns(across, gap))

    def split(self, *shares: float, gap: float = GAP) -> tuple[Box, ...]:
        """Columns whose widths stand in the proportion of ``shares``."""
        room = self.w - gap * (len(shares) - 1)
        widths = [room * share / sum(shares) for share in shares]
        lefts = [self.x + sum(widths[:i]) + gap * i for i in range(len(shares))]
        return tuple(Box(x, self.y, w, self.h) for x, w in zip(lefts, widths, strict=True))


SLIDE = Box(0, 0, WIDTH / EMU, HEIGHT / EMU)
_INNER = SLIDE.w - 2 * MARGIN
MARK = Box(MARGIN, 1.0, 1.2, 0.14)
KICKER = Box(MARGIN, 1.2, _INNER, 0.95)
TITLE = Box(MARGIN, 2.15, _INNER, 2.65)
BODY = Box(MARGIN, 4.8, _INNER, 12.4)
LOWER = Box(MARGIN, 5.4, _INNER, 11.8)
"""The body under a title of two lines."""
FOOTER = Box(MARGIN, 17.65, 22.0, 0.8)
DATE = Box(SLIDE.w - MARGIN - 7.0, 17.65, 5.4, 0.8)
NUMBER = Box(SLIDE.w - MARGIN - 1.4, 17.65, 1.4, 0.8)


def shape_of(count: int) -> tuple[int, int]:
    """How many cards across and down for ``count``: one row to three, four as 2 × 2, then 3 × 2."""
    return {1: (1, 1), 2: (2, 1), 3: (3, 1), 4: (2, 2)}.get(count, (3, 2))
