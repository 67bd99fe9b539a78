"""Formulas in loops, rewritten once and then only numbered.

In: a formula in a repeating row. Out: its x:f element for each repetition: what is the same in
all of them is worked out for the first and held against the second; from then on only the rows of
the repetition itself are put in.
"""

from __future__ import annotations

from toolkit.office.record import Record
from toolkit.office.references.areas import Area, End
from toolkit.office.references.axis import Scope
from toolkit.office.references.follow import Follower
from toolkit.office.references.formula import Part, Reference, formula_text
from toolkit.office.references.grid import Spot
from toolkit.office.values import escape
from toolkit.office.workbook.cells import CellFormula

ABOVE = 0  # stands for the line above the repetition
Key = tuple[int, int, int]  # formula, column, and the repetition around
Pieces = list[str | int]  # texts, and template rows whose output row stands there
Pattern = tuple[str, tuple[int, ...]]  # the same as a text with %d for each row, and the rows


class Patterns:
    """The patterns of one sheet's formulas."""

    def __init__(self, follower: Follower) -> None:
        self._follower = follower
        self._known: dict[Key, Pattern] = {}
        self._tried: dict[Key, Pattern | None] = {}

    def again(self, formula: CellFormula, rows: Scope, columns: Scope) -> str | None:
        """The formula in one more repetition; None when it was not worked out before."""
        if rows.bands:
            return None
        pattern = self._known.get((id(formula), id(columns), id(rows.inside)))
        return None if pattern is None else _numbered(pattern, rows)

    def xml(self, formula: CellFormula, spot: Spot) -> str:
        """The formula seen from the spot it stands in."""
        scope = spot.rows
        if formula.kind or scope is None or scope.band is None or scope.bands:
            return self.once(formula, spot)
        moved, lists = self._follower.values(formula.parts, spot)
        key = (id(formula), id(spot.columns), id(scope.inside))
        made = _element(formula, spot, moved, lists)
        if key not in self._tried:
            self._tried[key] = None if lists else self._pattern(formula, moved, spot)
        elif (tried := self._tried[key]) is not None:
            if _numbered(tried, scope) == made:
                self._known[key] = tried
            else:  # a reference that goes its own way: into another loop, into a line of tags
                self._tried[key] = None
        return made

    def _pattern(self, formula: CellFormula, moved: list[Part], spot: Spot) -> Pattern:
        """The formula with the rows of the repetition left open; the next one shows if it holds."""
        pieces: Pieces = [f"<f{formula.rest}>"]
        for part, new in zip(formula.parts, moved, strict=True):
            pieces += self._pieces(part, new, spot)
        return _pattern([*pieces, "</f>"])

    def once(self, formula: CellFormula, spot: Spot) -> str:
        """The same for a formula that is worked out here only."""
        if formula.kind:
            return self._block(formula, spot)
        return _element(formula, spot, *self._follower.values(formula.parts, spot))

    def _block(self, formula: CellFormula, spot: Spot) -> str:
        """A formula that fills an area: an array, a table of values."""
        area = spot.grid.area(formula.ref, spot) if spot.grid and formula.ref else None
        ref = area.text() if area else _place(spot)
        inputs = "".join(f' {n}="{self._follower.value(p, spot)}"' for n, p in formula.inputs)
        text = escape(formula_text(self._follower.cells(formula.parts, spot)))
        return f'<f t="{formula.kind}" ref="{ref}"{inputs}{formula.rest}>{text}</f>'

    def _pieces(self, old: Part, new: Part, spot: Spot) -> Pieces:
        """A rewritten part in pieces; of another sheet it is the same for all repetitions."""
        scope = spot.rows
        follows = isinstance(old, Reference) and self._follower.grid(old, spot) is spot.grid
        if not (follows and isinstance(old, Reference) and isinstance(new, Reference) and scope):
            return [escape(new if isinstance(new, str) else new.text())]
        ends = [(old.area.start, new.area.start), (old.area.last, new.area.last)]
        pieces: Pieces = [escape(new.sheets.text() if new.sheets else "")]
        pieces += _Corner(*ends[0]).pieces(scope, spot.row)
        if new.area.end is not None:
            pieces += [":", *_Corner(*ends[1]).pieces(scope, spot.row)]
        return pieces


def _element(formula: CellFormula, spot: Spot, moved: list[Part], lists: bool) -> str:
    kind = f' t="array" ref="{_place(spot)}"' if lists else ""
    return f"<f{kind}{formula.rest}>{escape(formula_text(moved))}</f>"


def _place(spot: Spot) -> str:
    """The output cell of a spot."""
    own = Area(End(spot.column, spot.row))
    found = spot.grid.area(own, spot._replace(one=True)) if spot.grid else None
    return (found or own).text()


def _pattern(pieces: Pieces) -> Pattern:
    texts = [piece.replace("%", "%%") if isinstance(piece, str) else "%d" for piece in pieces]
    return "".join(texts), tuple([piece for piece in pieces if isinstance(piece, int)])


def _numbered(pattern: Pattern, scope: Scope) -> str:
    text, rows = pattern
    lines, above = scope.lines, scope.first - 1
    return text % tuple([lines[row] if row else above for row in rows])


class _Corner(Record):
    """A corner of a reference, before and after."""

    old: End
    new: End

    def pieces(self, scope: Scope, number: int) -> Pieces:
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
