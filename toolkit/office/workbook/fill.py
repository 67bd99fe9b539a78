"""One fill of a sheet: which rows came out, with which values, and where they stand.

In: the pieces a Stream gave for one sheet. Out: a Sheet with its Grid, its lines in output order
and the values of its texts.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from toolkit.office.references.axis import Band, Scope
from toolkit.office.references.grid import Grid
from toolkit.office.references.layout import blank, lay_out
from toolkit.office.workbook.marks import Enter, Several, Strip, Structure
from toolkit.office.workbook.slots import Drawn, Rich, Slot, Value, read_rich

Filled = Value | Rich | Drawn  # what a slot became: a typed value, or text in runs

Values = dict[Slot, Sequence[Filled]]


class Line:
    """A strip of a template row in one repetition, with what its slots became.

    ``values`` has for each slot one entry, or one for each repetition of its column.
    """

    __slots__ = ("strip", "scope", "values", "blank")

    def __init__(self, strip: Strip, scope: Scope, blank: bool = False) -> None:
        self.strip = strip
        self.scope = scope
        self.values: Values = {}
        self.blank = blank


class Pieces:
    """The pieces of one output sheet, read one by one."""

    def __init__(self, structure: Structure) -> None:
        self.structure = structure
        self.rows = Scope()
        self.columns = Scope()
        self.lines: list[Line] = []
        self.values: Values = {}
        self._row = self.rows
        self._column = self.columns
        self._current = self.values

    def read(self, pieces: Iterator[Any], stop: type) -> Any:
        """Take pieces up to a mark of type ``stop``; gives that mark, or None at the end."""
        for piece in pieces:
            kind = type(piece)
            if kind is Several:
                self._several(piece, pieces)
            elif kind is Slot:
                self._keep(piece, next(pieces) if piece.lone else read_rich(pieces, piece.guard))
            elif kind is Strip:
                self._line(piece)
            elif kind is Enter:
                self._enter(piece)
            elif kind is stop:
                return piece
        return None

    def _several(self, mark: Several, pieces: Iterator[Any]) -> None:
        if self._current:
            for slot, value in zip(mark.slots, pieces, strict=False):
                self._keep(slot, value)
        else:  # the values of a row of a long table, one each
            self._current.update(zip(mark.slots, zip(pieces, strict=True), strict=False))

    def _keep(self, slot: Slot, value: Filled) -> None:
        """One more value of a slot. One alone is a tuple: Python's collector passes those over."""
        before = self._current.get(slot)
        if isinstance(before, list):
            before.append(value)
        else:
            self._current[slot] = (value,) if before is None else [*before, value]

    def _line(self, strip: Strip) -> None:
        self._row = scope = _climb(self._row, strip.band)
        scope.lines[strip.row.number] = 0
        line = Line(strip, scope)
        self._current = line.values
        self.lines.append(line)

    def _enter(self, mark: Enter) -> None:
        if mark.columns:
            self._column = _entered(self._column, mark.band)
            self._column.lines = dict.fromkeys(mark.columns, 0)
        else:
            self._row = _entered(self._row, mark.band)

    def let_go(self) -> None:
        """Take the scopes apart once all is written: they would wait for Python to find them."""
        self.rows.let_go()
        self.columns.let_go()

    def grid(self) -> Grid:
        """Where everything went."""
        structure = self.structure
        rows = lay_out(structure.bands, structure.removed, self.rows)
        return Grid(rows, lay_out([loop.band for loop in structure.loops], (), self.columns))

    @property
    def has_empty(self) -> bool:
        """Whether some band has no repetition, in some repetition of the band around it."""
        structure = self.structure
        return _has_empty(self.rows, structure.bands) or _has_empty(
            self.columns, [loop.band for loop in structure.loops]
        )

    def keep_blank(self, band: Band, inside: Scope) -> None:
        """Give a band without repetitions one blank row (or column), kept for its references."""
        scope = blank(band, inside)
        for strip in self.structure.strips.get(band.content, ()):
            if any(band is loop.band for loop in self.structure.loops):
                return
            if strip.band is band or _lies_in(strip.band, band):
                self.lines.append(Line(strip, scope, blank=True))
                return


def _climb(scope: Scope, band: Band | None) -> Scope:
    """The scope of ``band`` that ``scope`` lies in."""
    while scope.band is not band and scope.inside is not None:
        scope = scope.inside
    return scope


def _entered(scope: Scope, band: Band) -> Scope:
    outer = _climb(scope, band.inside)
    inner = Scope(band, outer)
    outer.bands.setdefault(band, []).append(inner)
    return inner


def _lies_in(band: Band | None, outer: Band) -> bool:
    while band is not None and band is not outer:
        band = band.inside
    return band is outer


def _has_empty(scope: Scope, bands: Sequence[Band]) -> bool:
    inner = [band for band in bands if band.inside is scope.band]
    return any(
        not scope.extent(band)
        or (len(inner) < len(bands) and any(_has_empty(s, bands) for s in scope.bands[band]))
        for band in inner
    )
