"""The pieces a workbook's Stream carries between its tags.

In: nothing. Out: marks that say, in what the Stream gives, which sheet, repetition, row and text
what follows belongs to.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from toolkit.office.references.axis import Band
from toolkit.office.tags.text import Kind, Tag
from toolkit.office.workbook.cells import Cell, Row
from toolkit.office.workbook.slots import Slot


@dataclass(eq=False, slots=True)
class Enter:
    """A repetition begins. ``columns``: the columns it repeats, where it is one of columns."""

    band: Band
    columns: tuple[int, ...] = ()


@dataclass(eq=False, slots=True)
class Several:
    """The values of several slots follow, one each and nothing between them."""

    slots: list[Slot]


@dataclass(eq=False, slots=True)
class Strip:
    """A row, or the part of it that belongs to one side-by-side loop."""

    row: Row
    cells: list[Cell]
    band: Band | None = None
    slots: list[tuple[int, Slot]] = field(default_factory=list)

    def items(self, loops: Sequence[ColumnLoop]) -> list[object]:
        """The strip's part of a Stream; texts in repeating columns repeat with them."""
        slots = sorted(self.slots, key=lambda pair: pair[0])
        outer = [loop for loop in loops if not loop.band.inside]
        return [self, *_together(_repeated(slots, outer, loops))]


@dataclass(eq=False)
class Structure:
    """What repeats in one sheet; ``items`` is its part of the Stream."""

    bands: list[Band] = field(default_factory=list)
    removed: set[int] = field(default_factory=set)
    loops: list[ColumnLoop] = field(default_factory=list)
    strips: dict[int, list[Strip]] = field(default_factory=dict)
    items: list[object] = field(default_factory=list)
    sheet: Tag | None = None


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


@dataclass(eq=False, slots=True)
class ColumnLoop:
    """A ``{%tc %}`` pair: the columns it repeats and its two tags."""

    band: Band
    opener: Tag
    closer: Tag

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
