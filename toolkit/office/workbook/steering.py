"""Tags that steer rows, columns and sheets, taken out of the cells they stand in.

In: the rows of a sheet. Out: the steering tags of each row; every other text with tags becomes
the Slot of its cell.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from toolkit.finding import Place
from toolkit.office.engine import Engine
from toolkit.office.references.areas import cell_name
from toolkit.office.tags.blocks import is_closer, is_opener
from toolkit.office.tags.text import Found, Kind, Tag, find_tags, has_tags
from toolkit.office.workbook.cells import Cell, Row
from toolkit.office.workbook.slots import make_slot
from toolkit.office.workbook.strings import Run, Text

_LETTERS = ("tr", "tc", "sheet")
_BRANCHES = ("else", "elif")


class Steer:
    """A steering tag and the column it stood in."""

    __slots__ = ("tag", "column")

    def __init__(self, tag: Tag, column: int) -> None:
        self.tag = tag
        self.column = column


def take_steers(row: Row, place: Callable[[str], Place], engine: Engine) -> list[Steer]:
    """Take the steering tags of a row out of its cells, in order."""
    tagged = [cell for cell in row.cells.values() if has_tags(cell.said)]
    others = any(c.text or c.value or c.formula for c in row.cells.values() if c not in tagged)
    steers: list[Steer] = []
    for cell in tagged:
        where = place(cell_name(cell.row, cell.column))
        steers += _take(cell, where, engine, alone=len(tagged) == 1 and not others)
    return steers


def balance(steers: Sequence[Steer]) -> list[list[Steer]] | None:
    """The steers in groups that open and close each; None when they do not come out even."""
    groups: list[list[Steer]] = [[]]
    depth = 0
    for steer in steers:
        depth += is_opener(steer.tag) - is_closer(steer.tag)
        if depth < 0:
            return None
        groups[-1].append(steer)
        if not depth:
            groups.append([])
    return None if depth else groups[:-1]


def _take(cell: Cell, place: Place, engine: Engine, *, alone: bool) -> list[Steer]:
    runs = cell.text.runs if cell.text else ()
    found = find_tags(cell.said)
    steering = [item for item in found if item.tag and item.tag.letter in _LETTERS]
    if alone and not steering and _only_steers(found, cell.said):
        steering = found
    left = _without(runs, steering)
    if has_tags("".join(text for _, text in left)):
        cell.slot = make_slot(left, place, engine, typed=True)
    elif steering:
        _leave(cell, left)
    return [
        Steer(item.tag.at(place, item.tag.letter or "tr"), cell.column)
        for item in steering
        if item.tag
    ]


def _only_steers(found: Sequence[Found], text: str) -> bool:
    """Whether a text is nothing but statements that do not come out even in themselves."""
    tags = [item.tag for item in found if item.tag and item.tag.kind is Kind.STATEMENT]
    rest = text
    for item in reversed(found):
        rest = rest[: item.start] + rest[item.end :]
    if rest.strip() or len(tags) != len(found):
        return False
    return balance([Steer(tag, 0) for tag in tags]) is None or all(
        tag.word == "set" for tag in tags
    )


def _without(runs: Sequence[Run], gone: Sequence[Found]) -> tuple[Run, ...]:
    """The runs without these stretches of their joint text."""
    if not gone:
        return tuple(runs)
    left: list[Run] = []
    start = 0
    for look, text in runs:
        kept = text
        for item in reversed(gone):
            first, last = max(item.start - start, 0), min(item.end - start, len(text))
            if first < last:
                kept = kept[:first] + kept[last:]
        left.append((look, kept))
        start += len(text)
    return tuple((look, text) for look, text in left if text)


def _leave(cell: Cell, left: tuple[Run, ...]) -> None:
    """What a cell holds once its steering tags are gone: text without tags, or nothing."""
    cell.text = Text(left) if left else None
    cell.type, cell.value = ("s" if left else "", "")
