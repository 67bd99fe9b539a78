"""The pieces a workbook's Stream carries between its tags.

In: nothing. Out: marks that say, in what the Stream gives, which sheet, repetition, row and text
what follows belongs to.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from toolkit.office.references.axis import Band
from toolkit.office.tags.text import Kind, Tag
from toolkit.office.workbook.cells import Cell, Row
from toolkit.office.workbook.slots import Slot


class Enter:
    """A repetition begins. ``columns``: the columns it repeats, where it is one of columns."""

    __slots__ = ("band", "columns")

    def __init__(self, band: Band, columns: tuple[int, ...] = ()) -> None:
        self.band = band
        self.columns = columns


class Several:
    """The values of several slots follow, one each and nothing between them."""

    __slots__ = ("slots",)

    def __init__(self, slots: list[Slot]) -> None:
        self.slots = slots


class Strip:
    """A row, or the part of it that belongs to one side-by-side loop."""

    __slots__ = ("row", "cells", "band", "slots")

    def __init__(self, row: Row, cells: list[Cell], band: Band | None) -> None:
        self.row = row
        self.cells = cells
        self.band = band
        self.slots = [(cell.column, slot) for cell in cells for slot in cell.slots]

    def items(self, loops: Sequence[ColumnLoop]) -> list[object]:
        """The strip's part of a Stream; texts in repeating columns repeat with them."""
        slots = sorted(self.slots, key=lambda pair: pair[0])
        outer = [loop for loop in loops if not loop.band.inside]
        return [self, *_together(_repeated(slots, outer, loops))]


class Structure:
    """What repeats in one sheet; ``items`` is its part of the Stream."""

    def __init__(self) -> None:
        self.bands: list[Band] = []
        self.removed: set[int] = set()
        self.loops: list[ColumnLoop] = []
        self.strips: dict[int, list[Strip]] = {}
        self.items: list[object] = []
        self.sheet: Tag | None = None


def _together(items: Sequence[object]) -> Iterator[object]:
    """The items with slots that hold one value each told together, before their values."""
    several, values = Several([]), list[object]()
    rest = iter(items)
    for item in rest:
        if isinstance(item, Slot) and item.lone:
            several.slots.append(item)
            values.append(next(rest))
            continue
        if values:
            yield from (several, *values)
            several, values = Several([]), []
        yield item
    if values:
        yield from (several, *values)


class ColumnLoop:
    """A ``{%tc %}`` pair: the columns it repeats and its two tags."""

    __slots__ = ("band", "opener", "closer")

    def __init__(self, band: Band, opener: Tag, closer: Tag) -> None:
        self.band = band
        self.opener = opener
        self.closer = closer

    def within(self, loops: Sequence[ColumnLoop]) -> list[ColumnLoop]:
        """The loops directly inside this one."""
        return [loop for loop in loops if loop.band.inside is self.band]


def counting(loops: Sequence[ColumnLoop]) -> list[object]:
    """The part of a Stream that tells how often each column loop goes round."""
    return [item for loop in loops if not loop.band.inside for item in _counted(loop, loops)]


def closing(opener: Tag, word: str) -> Tag:
    """The tag that closes one which has no closer of its own in the template."""
    source = "{% " + word + " %}"
    return Tag(source, opener.shown, Kind.STATEMENT, opener.letter, place=opener.place,
               level=opener.level)  # fmt: skip


def _counted(loop: ColumnLoop, loops: Sequence[ColumnLoop]) -> list[object]:
    inner = loop.within(loops)
    taken = {c for i in inner for c in range(i.band.first, i.band.last + 1)}
    own = range(loop.band.content, loop.band.ending + 1)
    mark = Enter(loop.band, tuple(c for c in own if c not in taken))
    return [loop.opener, mark, *(i for n in inner for i in _counted(n, loops)), loop.closer]


def _repeated(
    slots: Sequence[tuple[int, Slot]], here: Sequence[ColumnLoop], loops: Sequence[ColumnLoop]
) -> list[object]:
    items: list[object] = []
    done: set[int] = set()
    for column, slot in slots:
        loop = next((n for n in here if n.band.first <= column <= n.band.last), None)
        if loop is None:
            items += slot.items
        elif id(loop) not in done:
            done.add(id(loop))
            own = [p for p in slots if loop.band.first <= p[0] <= loop.band.last]
            items += [loop.opener, *_repeated(own, loop.within(loops), loops), loop.closer]
    return items
