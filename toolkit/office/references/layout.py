"""Numbers the repetitions of bands: from "how often" to "which lines".

In: Scopes that know their template lines and inner repetitions but not yet where they stand.
Out: an Axis whose scopes carry output lines.
"""

from __future__ import annotations

from collections.abc import Iterable

from toolkit.office.references.axis import Axis, Band, Scope


def lay_out(bands: Iterable[Band], removed: Iterable[int], root: Scope) -> Axis:
    """The axis of these bands; ``root.bands`` holds the repetitions, in order.

    A scope's ``lines`` has a key for each template line it repeats; the values are set here.
    Bands limited to some lines across (side-by-side loops) start together in their scope.
    """
    kept = list(bands)
    gone = set(removed)
    shift = 0
    outer = {band.first: band for band in kept if band.inside is None}
    inner = {line for band in outer.values() for line in range(band.first, band.last + 1)}
    for line in sorted({*outer, *(gone - inner)}):
        band = outer.get(line)
        if band is None:
            shift -= 1
            continue
        start = line + shift
        end = _place_all(root.bands.get(band, []), start)
        shift += end - start - (band.last - band.first + 1)
    return Axis(kept, gone, root)


def blank(band: Band, inside: Scope) -> Scope:
    """A repetition of one line that stands for a band without any."""
    scope = Scope(band, inside, {band.content: 0})
    inside.bands[band] = [scope]
    return scope


def _place_all(scopes: list[Scope], at: int) -> int:
    for nth, scope in enumerate(scopes):
        scope.nth = nth
        at = _place(scope, at)
    return at


def _place(scope: Scope, start: int) -> int:
    """Number one scope from ``start``; gives the first line after it."""
    scope.first = start
    if any(band.across for band in scope.bands):
        end = _place_beside(scope, start)
    else:
        end = _place_below(scope, start)
    scope.last = end - 1
    return end


def _place_below(scope: Scope, at: int) -> int:
    inner = {band.content: band for band in scope.bands}
    for line in sorted({*scope.lines, *inner}):
        if line in inner:
            at = _place_all(scope.bands[inner[line]], at)
        else:
            scope.lines[line] = at
            at += 1
    return at


def _place_beside(scope: Scope, start: int) -> int:
    for line in scope.lines:
        scope.lines[line] = start
    ends = [_place_all(scopes, start) for scopes in scope.bands.values()]
    return max([start + len(scope.lines), *ends])
