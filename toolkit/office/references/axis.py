"""Where the rows (or columns) of a template went: the one mapping all references follow.

In: the bands of a template sheet, and how often each was repeated. Out: for any template line,
the output lines it became, seen from any place. "Line" is a row or a column; rows and columns
use the same code. A Scope is one repetition of a band, or the whole sheet.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator

Run = tuple[int, int]


class Band:
    """Template lines that repeat together, from ``first`` to ``last``, tag lines included.

    ``content`` is the first line that stays, ``ending`` the last; ``across`` limits a
    side-by-side loop to some lines of the other direction; ``inside`` is the band around it.
    ``beside`` marks the band round side-by-side loops, which itself stands there once. ``over``
    is what the loop runs over as its tag says it; empty for a condition.
    """

    __slots__ = ("first", "last", "content", "ending", "across", "inside", "beside", "over")

    def __init__(
        self,
        first: int,
        last: int,
        content: int,
        ending: int,
        across: Run | None = None,
        inside: Band | None = None,
        *,
        beside: bool = False,
        over: str = "",
    ) -> None:
        self.first, self.last, self.content, self.ending = first, last, content, ending
        self.across, self.inside, self.beside, self.over = across, inside, beside, over

    def holds(self, cross: int | None) -> bool:
        """Whether the band reaches this line of the other direction."""
        if self.across is None:
            return True
        return cross is not None and self.across[0] <= cross <= self.across[1]


class Scope:
    """One repetition of a band (the sheet itself: band None), with its output lines.

    ``nth`` counts the repetitions of the band from 0 within the scope around it.
    """

    __slots__ = ("band", "inside", "lines", "bands", "first", "last", "nth")

    def __init__(
        self,
        band: Band | None = None,
        inside: Scope | None = None,
        lines: dict[int, int] | None = None,
    ) -> None:
        self.band = band
        self.inside = inside
        self.lines = {} if lines is None else lines
        self.bands: dict[Band, list[Scope]] = {}
        self.first = self.last = self.nth = 0

    def within(self, band: Band) -> Scope | None:
        """The repetition of ``band`` that this scope lies in, or is."""
        scope: Scope | None = self
        while scope is not None and scope.band is not band:
            scope = scope.inside
        return scope

    def alike(self, over: str) -> Scope | None:
        """The innermost repetition round this one of a loop over this."""
        scope: Scope | None = self if over else None
        while scope is not None and (scope.band is None or scope.band.over != over):
            scope = scope.inside
        return scope

    def extent(self, band: Band) -> Run | None:
        """First and last output line of all repetitions of a band; None when there is none."""
        scopes = self.bands.get(band)
        if not scopes or scopes[-1].last < scopes[0].first:
            return None
        return scopes[0].first, scopes[-1].last

    def let_go(self) -> None:
        """Let go of what lies inside, which knows this scope too: both go at once then."""
        for scope in (scope for scopes in self.bands.values() for scope in scopes):
            if scope.bands:
                scope.let_go()
        self.bands.clear()

    def lies_in(self, outer: Scope) -> bool:
        """Whether this scope is ``outer`` or lies inside it."""
        scope: Scope | None = self
        while scope is not None and scope is not outer:
            scope = scope.inside
        return scope is outer


class Axis:
    """All rows, or all columns, of one output sheet."""

    def __init__(self, bands: Iterable[Band], removed: Iterable[int], root: Scope) -> None:
        """``root.bands`` holds the numbered scopes; lines in no band keep their distance."""
        self.root = root
        self.bands = tuple(bands)
        self._at: dict[int, list[Band]] = {}
        for band in self.bands:
            for line in range(band.first, band.last + 1):
                self._at.setdefault(line, []).append(band)
        self._removed = sorted(set(removed) - set(self._at))
        self._starts, self._shifts = _shifts(self, self._removed)

    @property
    def plain(self) -> bool:
        """Whether every line stays where it is."""
        return not self.bands and not self._removed

    def moved(self, line: int) -> int:
        """The output line of a template line in no band; its place where it is gone."""
        return line + self._shifts[bisect_right(self._starts, line) - 1]

    def chain(self, line: int, cross: int | None = None) -> list[Band]:
        """The bands round a line, outermost first."""
        return [band for band in self._at.get(line, ()) if band.holds(cross)]

    def span(self, line: int, host: Scope, cross: int | None = None) -> Run | None:
        """First and last output line that ``line`` means for something in ``host``.

        Inside a repetition shared with the host it is that repetition's own line; a band the
        host is not in counts whole. None: nothing is left of it.
        """
        scope = self.root
        for band in self._at.get(line, ()):
            if not band.holds(cross):
                continue
            own = host.within(band)
            if own is None and band.beside and cross is not None:
                own = next(iter(scope.bands.get(band, ())), None)
            if own is None:
                return scope.extent(band)
            scope = own
        return self._own(line, scope)

    def cell(
        self, line: int, host: Scope, cross: int | None = None, near: Scope | None = None
    ) -> Run | None:
        """The one output line that ``line`` means where a single value is wanted, twice.

        Of a band the host is not in it is the first repetition there is; or, where ``near`` (the
        host, on whichever sheet) lies in a loop over the same things, the one of the same number.
        """
        scope = self.root
        for band in self.chain(line, cross):
            own = host.within(band) or _counterpart(scope, band, near)
            if own is None and near is host and _neighbours(host, band, line):
                return host.lines[line], host.lines[line]
            if own is None:
                break
            scope = own
        return self._own(line, scope) or self._first(line, scope, cross)

    def _first(self, line: int, scope: Scope, cross: int | None) -> Run | None:
        """The first line in ``scope`` that ``line`` became; a tag's line means its loop's."""
        innermost = self.chain(line, cross)[-1:]
        for lines in [(line, line), *((band.first, band.last) for band in innermost)]:
            found = min(self._runs(lines, scope, cross), default=None)
            if found:
                return found[0], found[0]
        return None

    def first_line(self, line: int, cross: int | None = None) -> int | None:
        """The first output line of ``line`` itself."""
        return next((run[0] for run in self.runs((line, line), self.root, cross)), None)

    def runs(self, lines: Run, scope: Scope, cross: int | None = None) -> list[Run]:
        """Every output line that one of these template lines became, as runs in order."""
        return _coalesced(sorted(self._runs(lines, scope, cross)))

    def copies(self, lines: Run, cross: int | None = None) -> list[Scope]:
        """The repetitions of the innermost band that holds all these lines."""
        last = self.chain(lines[1], cross)
        scopes = [self.root]
        for band in self.chain(lines[0], cross):
            if band not in last:
                break
            scopes = [inner for scope in scopes for inner in scope.bands.get(band, ())]
        return scopes

    def _own(self, line: int, scope: Scope) -> Run | None:
        if scope is not self.root:
            out = scope.lines.get(line)
        elif line in self._removed or line in self._at:
            out = None
        else:
            out = self.moved(line)
        return None if out is None else (out, out)

    def _runs(self, lines: Run, scope: Scope, cross: int | None) -> Iterator[Run]:
        if scope is self.root:
            yield from self._still_runs(lines)
        else:
            yield from ((o, o) for t, o in scope.lines.items() if lines[0] <= t <= lines[1])
        for band, scopes in scope.bands.items():
            if not band.holds(cross) or band.last < lines[0] or lines[1] < band.first:
                continue
            extent = scope.extent(band)
            whole = lines[0] <= band.content and band.ending <= lines[1]
            if extent and whole and not (band.beside and cross):
                yield extent
                continue
            for inner in scopes:
                yield from self._runs(lines, inner, cross)

    def _still_runs(self, lines: Run) -> Iterator[Run]:
        """The runs of lines in no band, between the bands and removed lines."""
        start = lines[0]
        for line in [*sorted({*self._at, *self._removed}), lines[1] + 1]:
            if line > lines[1]:
                break
            if line >= start:
                if line > start:
                    yield self.moved(start), self.moved(line - 1)
                start = line + 1
        if start <= lines[1]:
            yield self.moved(start), self.moved(lines[1])


def _counterpart(scope: Scope, band: Band, near: Scope | None) -> Scope | None:
    """The repetition of ``band`` that goes with ``near``; the only one of side-by-side loops."""
    scopes = scope.bands.get(band, ())
    if band.beside:
        return scopes[0] if scopes else None
    twin = near.alike(band.over) if near is not None else None
    return scopes[twin.nth] if twin is not None and twin.nth < len(scopes) else None


def _neighbours(host: Scope, band: Band, line: int) -> bool:
    """Whether ``band`` repeats beside the host's own: their rows stand side by side."""
    group = band.inside
    if group is None or not group.beside or host.within(group) is None:
        return False
    return line in host.lines


def _shifts(axis: Axis, removed: list[int]) -> tuple[list[int], list[int]]:
    """Template lines at which the distance to the output changes, and the distances."""
    changes = [(line + 1, -1) for line in removed]
    for band in axis.bands:
        if band.inside is None:
            extent = axis.root.extent(band)
            size = extent[1] - extent[0] + 1 if extent else 0
            changes.append((band.last + 1, size - (band.last - band.first + 1)))
    starts, shifts = [0], [0]
    for start, change in sorted(changes):
        starts.append(start)
        shifts.append(shifts[-1] + change)
    return starts, shifts


def _coalesced(runs: Iterable[Run]) -> list[Run]:
    joined: list[Run] = []
    for first, last in runs:
        if joined and first <= joined[-1][1] + 1:
            joined[-1] = (joined[-1][0], max(last, joined[-1][1]))
        else:
            joined.append((first, last))
    return joined
