"""Formulas in loops, rewritten once and then only numbered.

In: a formula in a repeating row. Out: its text for each repetition: what is the same in all of
them is worked out for the first, only the rows of the repetition itself are put in.
"""

from __future__ import annotations

from typing import NamedTuple

from toolkit.office.references.areas import End
from toolkit.office.references.axis import Scope
from toolkit.office.references.follow import Follower
from toolkit.office.references.formula import Reference
from toolkit.office.references.grid import Spot
from toolkit.office.values import escape
from toolkit.office.workbook.cells import CellFormula

ABOVE = 0  # stands for the line above the repetition
Pattern = list[str | int]  # texts, and template rows whose output row stands there


class Patterns:
    """The patterns of one sheet's formulas."""

    def __init__(self, follower: Follower) -> None:
        self._follower = follower
        self._known: dict[tuple[int, int, int], Pattern] = {}

    def again(self, formula: CellFormula, rows: Scope, columns: Scope) -> str | None:
        """The formula in one more repetition, escaped; None when it was not worked out before."""
        if rows.bands:
            return None
        pattern = self._known.get((id(formula), id(columns), id(rows.inside)))
        return None if pattern is None else _numbered(pattern, rows)

    def text(self, formula: CellFormula, spot: Spot) -> str:
        """The formula seen from a spot, escaped."""
        scope = spot.rows
        if scope is None or scope.band is None or scope.bands:
            return escape(self._follower.parts(formula.parts, spot))
        key = (id(formula), id(spot.columns), id(scope.inside))
        pattern = self._known.get(key)
        if pattern is None:
            pattern = self._known[key] = self._pattern(formula, spot, scope)
        return _numbered(pattern, scope)

    def _pattern(self, formula: CellFormula, spot: Spot, scope: Scope) -> Pattern:
        pattern: Pattern = []
        for part in formula.parts:
            moved = self._follower.part(part, spot)
            if isinstance(part, Reference) and isinstance(moved, Reference):
                pattern += _pieces(part, moved, spot, scope)
            else:
                pattern.append(escape(moved if isinstance(moved, str) else moved.text()))
        return pattern


def _numbered(pattern: Pattern, scope: Scope) -> str:
    lines, above = scope.lines, scope.first - 1
    return "".join(
        [p if type(p) is str else str(lines[p] if p else above) for p in pattern]  # type: ignore[index]
    )


class _Corner(NamedTuple):
    """A corner of a reference, before and after."""

    old: End
    new: End

    def pieces(self, scope: Scope, number: int) -> Pattern:
        """Its text, with the row left open where it is the repetition's own."""
        row = self._own(scope, number)
        if row is None:
            return [self.new.text()]
        column = End(self.new.column, 0, self.new.fixed_column).text() if self.new.column else ""
        return [column, row]

    def _own(self, scope: Scope, number: int) -> int | None:
        if self.old.fixed_row or not self.old.row or self.new.fixed_row:
            return None
        if self.old.row in scope.lines:
            return self.old.row if scope.lines[self.old.row] == self.new.row else None
        band = scope.band
        leads = band is not None and band.first - 1 <= self.old.row < band.content == number
        return ABOVE if leads and self.new.row == scope.first - 1 else None


def _pieces(old: Reference, new: Reference, spot: Spot, scope: Scope) -> Pattern:
    """A rewritten reference in pieces; on another sheet it is the same for all repetitions."""
    prefix = new.sheets.text() if new.sheets else ""
    if old.area.end is None and new.area.end is not None:
        return [escape(new.text())]
    pieces: Pattern = [
        escape(prefix),
        *_Corner(old.area.start, new.area.start).pieces(scope, spot.row),
    ]
    if new.area.end is not None:
        pieces += [":", *_Corner(old.area.last, new.area.end).pieces(scope, spot.row)]
    return pieces
