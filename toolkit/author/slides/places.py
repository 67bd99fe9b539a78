"""Places: the placeholders of a layout as data.

In: type, index, box and the look of its text. Out: a Place, which layouts list and slides fill.
"""

from __future__ import annotations

from dataclasses import dataclass

from toolkit.author.slides.grid import Box


@dataclass(frozen=True)
class Place:
    """A placeholder of a layout: type, index, box and the look of its text."""

    kind: str
    index: int
    box: Box
    size: float = 0
    bold: bool = False
    color: str = ""
    anchor: str = "t"
    align: str = "l"
    inset: float = 0

    @property
    def styled(self) -> bool:
        """Whether its text differs from the master's."""
        return bool(self.size or self.bold or self.color or self.align != "l")
