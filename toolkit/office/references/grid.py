"""Where the areas of a template sheet went: two axes make a grid.

In: an Area of the template, and the Spot it is seen from. Out: the Area of the output sheet, or
all the areas something that lies on cells now lies on.
"""

from __future__ import annotations

from collections.abc import Iterator

from toolkit.office.record import Record
from toolkit.office.references.areas import MAX_COLUMN, MAX_ROW, Area, End, box
from toolkit.office.references.axis import Axis, Band, Run, Scope


class Spot(Record):
    """From where a reference is seen: a template cell in one repetition of its row and column.

    ``row`` and ``column`` are template lines, 0 where the reference stands in no cell. ``pinned``
    says that the cell stands for all repetitions at once (a rule laid over them), so that a
    relative reference out of the band must not move along. ``one`` says that a single value is
    wanted, so that a reference to one cell stays one.
    """

    grid: Grid | None = None
    rows: Scope | None = None
    columns: Scope | None = None
    row: int = 0
    column: int = 0
    pinned: bool = False
    one: bool = False


NOWHERE = Spot()


class Grid:
    """One output sheet, seen from its template."""

    def __init__(self, rows: Axis, columns: Axis) -> None:
        self.rows = rows
        self.columns = columns

    @property
    def plain(self) -> bool:
        """Whether every cell stays where it is."""
        return self.rows.plain and self.columns.plain

    def whole(self, row: int = 0, column: int = 0) -> Spot:
        """The sheet itself as a place to look from."""
        return Spot(self, self.rows.root, self.columns.root, row, column)

    def area(self, area: Area, spot: Spot = NOWHERE) -> Area | None:
        """The area a reference means now; None when nothing of it is left."""
        if self.plain and not spot.pinned:
            return area
        rows = self._line(self.rows, _row_ends(area), spot)
        columns = self._line(self.columns, _column_ends(area), spot)
        if rows is None or columns is None:
            return None
        start = End(columns[0].line, rows[0].line, columns[0].fixed, rows[0].fixed)
        if start.row > MAX_ROW or start.column > MAX_COLUMN:
            return None
        last = min(columns[1].line, MAX_COLUMN), min(rows[1].line, MAX_ROW)
        end = End(*last, columns[1].fixed, rows[1].fixed)
        return Area(start, None if area.end is None and start == end else end)

    def _line(self, axis: Axis, ends: _Ends, spot: Spot) -> tuple[_Mark, _Mark] | None:
        if not ends.start or (axis.plain and not spot.pinned):
            return _Mark(ends.start, ends.fixed[0]), _Mark(ends.end, ends.fixed[1])
        host, home = _side(axis, self, spot)
        pinned = spot.pinned and host.band is not None
        near = host if spot.one else None
        if spot.grid is not self:
            host, home = axis.root, 0
        return _Look(axis, host, home, pinned, near).ends(ends)

    def spread(self, area: Area, spot: Spot = NOWHERE) -> list[Area]:
        """All cells that the cells of a template area became, as few areas as rows allow."""
        if self.plain:
            return [area]
        spot = spot if spot.grid is self else self.whole()
        rows_scope, columns_scope = spot.rows or self.rows.root, spot.columns or self.columns.root
        found: list[Area] = []
        for strip in self._strips(area.rows, area.columns):
            columns = self.columns.runs(strip, columns_scope)
            runs = self.rows.runs(area.rows, rows_scope, strip[0])
            found += [_shaped(area, run, column) for run in runs for column in columns]
        return _stacked(found)

    def copies(self, area: Area) -> Iterator[Spot]:
        """One spot for each repetition of the band that holds the whole area."""
        start = area.start
        for rows in self.rows.copies(area.rows, area.columns[0]):
            for columns in self.columns.copies(area.columns):
                yield Spot(self, rows, columns, start.row, start.column)

    def _strips(self, rows: Run, columns: Run) -> Iterator[Run]:
        """The columns in pieces, cut where side-by-side loops begin and end."""
        cuts = {columns[0], columns[1] + 1}
        for band in self.rows.bands:
            if band.across and band.first <= rows[1] and rows[0] <= band.last:
                cuts |= {band.across[0], band.across[1] + 1}
        kept = sorted(cut for cut in cuts if columns[0] <= cut <= columns[1] + 1)
        yield from ((a, b - 1) for a, b in zip(kept, kept[1:], strict=False))


class _Ends(Record):
    """The two ends of an area on one axis; ``cross`` are its ends on the other."""

    start: int
    end: int
    fixed: tuple[bool, bool]
    cross: tuple[int | None, int | None]
    single: bool


class _Mark(Record):
    line: int
    fixed: bool


class _Look(Record):
    """One look along an axis from a host; the rules stand at the top of the package.

    ``near`` is the host on whichever sheet where a single value is wanted, else None.
    """

    axis: Axis
    scope: Scope
    home: int
    pinned: bool
    near: Scope | None

    def ends(self, ends: _Ends) -> tuple[_Mark, _Mark] | None:
        if ends.single:
            run = self.single(ends.start, ends.fixed[0], ends.cross[0])
            fixed = ends.fixed[0] or self.pins(ends.start, ends.cross[0])
            return (_Mark(run[0], fixed), _Mark(run[1], fixed)) if run else None
        first = self.edge(ends, 0)
        last = self.edge(ends, 1)
        if first is None or last is None or last < first:
            return None
        marks = [
            _Mark(line, ends.fixed[i] or self.pins((ends.start, ends.end)[i], ends.cross[i]))
            for i, line in enumerate((first, last))
        ]
        return marks[0], marks[1]

    def single(self, line: int, fixed: bool, cross: int | None) -> Run | None:
        if fixed and self.is_own(line, cross):
            runs = self.axis.runs((line, line), self.around, cross)
            return (runs[0][0], runs[0][0]) if runs else None
        if self.near is None or (not fixed and self.leads(line)):
            return self.span(line, fixed, cross)
        return self.axis.cell(line, self.scope, cross, None if fixed else self.near)

    def edge(self, ends: _Ends, side: int) -> int | None:
        """Where the start (side 0) or end (side 1) of a range went, over lines that are gone."""
        line, other = (ends.start, ends.end) if side == 0 else (ends.end, ends.start)
        step = 1 if side == 0 else -1
        fixed = ends.fixed[side] and (side == 0 or all(ends.fixed))
        while True:
            runs = [self.span(line, fixed, cross) for cross in ends.cross]
            found = [run[side] for run in runs if run]
            if found:
                return min(found) if side == 0 else max(found)
            if line == other:
                return None
            line += step

    def span(self, line: int, fixed: bool, cross: int | None) -> Run | None:
        if not fixed and self.leads(line):
            out = self.scope.first - 1
            return (out, out) if out else None
        own = fixed and self.is_own(line, cross)
        return self.axis.span(line, self.around if own else self.scope, cross)

    @property
    def around(self) -> Scope:
        """What the host's repetition lies in."""
        return self.scope.inside or self.axis.root

    def leads(self, line: int) -> bool:
        """Whether the line is the one just above the host's band: the copy above, then."""
        band = self.scope.band
        if band is None or self.pinned or self.home != band.content:
            return False
        return band.first - 1 <= line < band.content

    def is_own(self, line: int, cross: int | None) -> bool:
        """Whether the line repeats together with the host: a dollar then means all of them."""
        bands = self.axis.chain(line, cross)
        return bool(bands) and bands[-1] is self.scope.band

    def pins(self, line: int, cross: int | None) -> bool:
        """Whether a rule over all repetitions must hold this line fast."""
        if not self.pinned:
            return False
        chain = self.axis.chain(line, cross)
        return self.scope.band not in chain and not any(map(self.follows, chain))

    def follows(self, band: Band) -> bool:
        """Whether a single value out of this band comes from the repetition of the same number."""
        if self.near is None or self.scope.within(band) is not None:
            return False
        return self.near.alike(band.over) is not None


def _side(axis: Axis, grid: Grid, spot: Spot) -> tuple[Scope, int]:
    if axis is grid.rows:
        return spot.rows or axis.root, spot.row
    return spot.columns or axis.root, spot.column


def _row_ends(area: Area) -> _Ends:
    start, end = area.start, area.last
    cross = (start.column or None, end.column or None)
    return _Ends(start.row, end.row, (start.fixed_row, end.fixed_row), cross, area.end is None)


def _column_ends(area: Area) -> _Ends:
    start, end = area.start, area.last
    fixed = (start.fixed_column, end.fixed_column)
    return _Ends(start.column, end.column, fixed, (None, None), area.end is None)


def _shaped(area: Area, rows: Run, columns: Run) -> Area:
    """The area of these lines; whole rows and columns stay whole."""
    if not area.start.row:
        return Area(End(columns[0], 0), End(columns[1], 0))
    if not area.start.column:
        return Area(End(0, rows[0]), End(0, rows[1]))
    return box((rows[0], min(rows[1], MAX_ROW)), (columns[0], min(columns[1], MAX_COLUMN)))


def _stacked(areas: list[Area]) -> list[Area]:
    """Areas side by side over the same rows made one; each once."""
    joined: list[Area] = []
    for area in areas:
        before = joined[-1] if joined else None
        if before and before.rows == area.rows and before.columns[1] + 1 == area.columns[0]:
            joined[-1] = _shaped(area, area.rows, (before.columns[0], area.columns[1]))
        elif area not in joined[-1:]:
            joined.append(area)
    return joined
