"""Alike: the cells of a table, each made once for all files that say the same in the same place.

In: a table as it was found, the Task of its file, a row. Out: a Made for what stands in each of the
row's cells. The files of a kit differ in few cells, and those in few words, so a whole row is
looked up at once. Cells with marks are read anew in each file.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from operator import itemgetter
from typing import Any, NamedTuple

from toolkit.collect.reading.cells import Task, read_cell, says
from toolkit.collect.reading.tables import Found
from toolkit.collect.reading.values import Content, Read
from toolkit.collect.returned import OK, UNREAD, Cell
from toolkit.store.records import Steps

MOST, MOST_TABLES = 20_000, 64  # cells of one table, tables of one kind of file
NEW = "new-"  # how the ids of rows begin that staff added: no other file has them
EQUAL = frozenset({bool, int})  # True is 1, and 1 is 1.0: rows that hold one are read anew


class Made(NamedTuple):
    """A cell where it says anything; where that is told, the steps to it and what it reads as."""

    cell: Cell | None
    odd: tuple[Steps, Read] | None


Cells = tuple[dict[Content, Made], ...]  # of one row: for each column what its contents say


class Remembered:
    """The cells of a table so far, by row and id."""

    def __init__(self, found: Found) -> None:
        self.table = found.table  # kept, and so its id
        self.rows: dict[tuple[int, str], Cells] = {}
        self.count = 0

    def add(self, column: dict[Content, Made], content: Content, made: Made) -> None:
        """One more cell."""
        self.count += 1
        if self.count > MOST:
            self.count = 0
            self.rows.clear()
        column[content] = made


class Alike:
    """The cells of one table on one sheet."""

    def __init__(self, found: Found, task: Task) -> None:
        self.found, self.task = found, task
        self.places = [at for at, _ in found.opened]
        self.asked = frozenset(at for at, one in found.opened if not one.field.formula)
        self.odd = self._marked() if found.page.marked else {}
        self.end = max(self.places, default=-1) + 1
        self.taken = _taking(tuple(self.places))
        keys = tuple((at, column.key) for at, column in found.opened)
        known, key = task.words.made, (id(found.table), found.page.name, keys)
        if key not in known and len(known) >= MOST_TABLES:
            known.clear()
        self.known: Remembered = known.setdefault(key, Remembered(found))

    def row(self, number: int, id: str) -> list[Made]:
        """What stands in the cells of a row that people could write in."""
        row = self.found.page.rows[number]
        if len(row) < self.end:
            row = (*row, *(None for _ in range(self.end - len(row))))
        contents = self.taken(row)
        if id.startswith(NEW) or not EQUAL.isdisjoint(map(type, contents)):
            return [self._made(number, id, n) for n in range(len(contents))]
        known = self._known(number, id)
        there: list[Any] = list(map(dict.get, known, contents))
        for n in self.odd.get(number, ()):
            there[n] = self._made(number, id, n)
        if not all(there):
            there = [made or self._new(number, id, n, known) for n, made in enumerate(there)]
        return there

    def _marked(self) -> dict[int, list[int]]:
        """Which of the columns have a mark in a row that changes what they say, by row."""
        found: dict[int, list[int]] = {}
        for row, column in self.found.page.marked:
            if column in self.places:
                found.setdefault(row, []).append(self.places.index(column))
        return found

    def _known(self, number: int, id: str) -> Cells:
        known = self.known.rows.get((number, id))
        if known is None:
            known = self.known.rows[number, id] = tuple({} for _ in self.places)
        return known

    def _new(self, number: int, id: str, n: int, known: Cells) -> Made:
        """The cell of a content that no file had there before."""
        made = self._made(number, id, n)
        self.known.add(known[n], self.found.page.value((number, self.places[n])), made)
        return made

    def _made(self, number: int, id: str, n: int) -> Made:
        page, task = self.found.page, self.task
        place, column = self.found.opened[n]
        at = number, place
        read = read_cell(page, at, column.field, task.words)
        spot = self.found.table.key, id, column.key
        steps = page.place(task.place, at).steps if task.place.steps else page.steps(at)
        cell = Cell(*spot, read.raw, read.value, steps, read.state, read.state not in UNREAD)
        said = cell if says(read, spot, task) else None
        return Made(said, (steps, read) if read.state != OK else None)


@lru_cache(maxsize=MOST_TABLES)
def _taking(places: tuple[int, ...]) -> Callable[[Sequence[Content]], Sequence[Content]]:
    """What takes the contents of some columns out of a row."""
    return itemgetter(*places) if len(places) > 1 else lambda row: [row[at] for at in places]
