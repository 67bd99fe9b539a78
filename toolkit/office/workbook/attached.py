"""Things that lie on cells and carry texts of their own: links, comments, pictures, charts.

In: the cell they lie on and the TextPlaces in them. Out: the texts of each of their copies.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property

from toolkit.office.references.areas import Area
from toolkit.office.references.axis import Scope
from toolkit.office.references.grid import Grid, Spot
from toolkit.office.workbook.fill import Filled, Line
from toolkit.office.workbook.slots import Slot
from toolkit.office.workbook.texts import TextPlace

Values = Mapping[Slot, Sequence[Filled]]


class Attached:
    """Something that lies on ``area`` of a template sheet, with the texts in it.

    ``still``: nothing in its texts comes from the row or column it lies on.
    """

    __slots__ = ("area", "places", "still")

    def __init__(self, area: Area, places: list[TextPlace]) -> None:
        self.area = area
        self.places = places
        self.still = False

    @property
    def slots(self) -> list[tuple[int, Slot]]:
        """Its slots, with the column they repeat with."""
        return [(self.area.start.column, place.slot) for place in self.places]


class Texts:
    """What the slots of one output sheet became, by the spot they are asked from.

    ``whole`` holds those of the sheet as a whole.
    """

    def __init__(self, grid: Grid, lines: Sequence[Line], whole: Values) -> None:
        self._grid = grid
        self._whole = whole
        self._every = lines

    @cached_property
    def _lines(self) -> dict[tuple[int, int], Line]:
        """The line of each template row in each scope."""
        found: dict[tuple[int, int], Line] = {}
        for line in self._every:
            number = line.strip.row.number
            scope: Scope | None = line.scope
            while scope is not None:
                found.setdefault((number, id(scope)), line)
                scope = scope.inside
        return found

    def of(self, thing: Attached, spot: Spot) -> tuple[Values, int]:
        """The values of something that lies at a spot."""
        return (self._whole, 0) if thing.still else self.at(spot)

    def at(self, spot: Spot) -> tuple[Values, int]:
        """The values of a spot's row, and which repetition of its column counts."""
        scopes = self._grid.columns.copies((spot.column, spot.column))
        nth = scopes.index(spot.columns) if spot.columns in scopes else 0
        line = self._lines.get((spot.row, id(spot.rows or self._grid.rows.root)))
        return (line.values, nth) if line else ({}, nth)
