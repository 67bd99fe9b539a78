"""Alike: the cells of a table, each made once for all files that say the same in the same place.

In: a table as it was found, the Task of its file, a row. Out: a Made for what stands in each of the
row's cells. The files of a kit differ in few cells, and those in few words. Columns with marks on
their cells are read anew in each file.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from toolkit.collect.reading.cells import Task, read_cell
from toolkit.collect.reading.heads import Column
from toolkit.collect.reading.tables import Found
from toolkit.collect.reading.values import Content, Read
from toolkit.collect.returned import OK, UNREAD, Cell, Spot

MOST, MOST_TABLES = 20_000, 64  # cells of one table, tables of one kind of file
NEW = "new-"  # how the ids of rows begin that staff added: no other file has them


class Made(NamedTuple):
    """A cell, what it answers, what it reads as where that is told, the class of its content.

    The class, because True is 1, and 1 is 1.0.
    """

    cell: Cell
    spot: Spot
    odd: Read | None
    of: type


Cells = dict[tuple[int, Content], Made]  # by column and content


class Remembered:
    """The cells of a table so far, by row and id."""

    def __init__(self, found: Found) -> None:
        self.table = found.table  # kept, and so its id
        self.rows: dict[tuple[int, str], Cells] = {}
        self.count = 0

    def add(self, row: Cells, key: tuple[int, Content], made: Made) -> None:
        """One more cell."""
        self.count += 1
        if self.count > MOST:
            self.count = 0
            self.rows.clear()
        row[key] = made


class Alike:
    """The cells of one table on one sheet."""

    def __init__(self, found: Found, task: Task) -> None:
        self.found, self.task = found, task
        odd = found.page.odd
        self.columns = [(at, column, at in odd) for at, column in found.opened]
        keys = tuple((at, column.key) for at, column in found.opened)
        known, key = task.words.made, (id(found.table), found.page.name, keys)
        if key not in known and len(known) >= MOST_TABLES:
            known.clear()
        self.known: Remembered = known.setdefault(key, Remembered(found))

    def row(self, number: int, id: str) -> Iterator[Made]:
        """What stands in the cells of a row that people could write in."""
        row, own = self.found.page.rows[number], id.startswith(NEW)
        known = {} if own else self.known.rows.setdefault((number, id), {})
        width = len(row)
        for at, column, odd in self.columns:
            content = row[at] if at < width else None
            made = None if odd else known.get((at, content))
            if made is None or made.of is not content.__class__:
                made = self._made(number, id, at, column)
                if not own and not odd:
                    self.known.add(known, (at, content), made)
            yield made

    def _made(self, number: int, id: str, at: int, column: Column) -> Made:
        page, task = self.found.page, self.task
        read = read_cell(page, (number, at), column.field, task.words)
        spot = self.found.table.key, id, column.key
        steps = page.place(task.place, (number, at)).steps
        cell = Cell(*spot, read.raw, read.value, steps, read.state, read.state not in UNREAD)
        of = page.value((number, at)).__class__
        return Made(cell, spot, read if read.state != OK else None, of)
