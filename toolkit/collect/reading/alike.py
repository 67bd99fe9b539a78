"""Alike: the cells of a table, each made once for all files that say the same in the same place.

In: a table as it was found, the Task of its file. Out: a Made for what stands in a cell of a row.
The files of a kit differ in few cells, and those in few words. Columns with marks on their cells
are read anew in each file.
"""

from __future__ import annotations

from typing import NamedTuple

from toolkit.collect.reading.cells import Task, read_cell
from toolkit.collect.reading.heads import Column
from toolkit.collect.reading.tables import Found
from toolkit.collect.reading.values import Content, Read
from toolkit.collect.returned import OK, UNREAD, Cell, Spot

MOST, MOST_TABLES = 20_000, 64  # cells of one table, tables of one kind of file
NEW = "new-"  # how the ids of rows begin that staff added: no other file has them
Key = tuple[int, int, str, str, type, Content]


class Made(NamedTuple):
    """A cell, what it answers, and what it reads as where that is told."""

    cell: Cell
    spot: Spot
    odd: Read | None


class Alike:
    """The cells of one table on one sheet."""

    def __init__(self, found: Found, task: Task) -> None:
        self.found, self.task = found, task
        known, key = task.words.made, (id(found.table), found.page.name)
        if key not in known and len(known) >= MOST_TABLES:
            known.clear()
        _, self.known = known.setdefault(key, (found.table, {}))  # kept, and so its id
        self.odd = found.page.odd.intersection(at for at, _ in found.opened)

    def cell(self, number: int, id: str, at: int, column: Column, content: Content) -> Made:
        """What stands in a row's cell."""
        key = number, at, id, column.key, content.__class__, content  # True is not 1
        made = None if at in self.odd else self.known.get(key)
        return made or self._made(key, column)

    def _made(self, key: Key, column: Column) -> Made:
        number, at, id, *_ = key
        page, task = self.found.page, self.task
        read = read_cell(page, (number, at), column.field, task.words)
        spot = self.found.table.key, id, column.key
        steps = page.place(task.place, (number, at)).steps
        cell = Cell(*spot, read.raw, read.value, steps, read.state, read.state not in UNREAD)
        made = Made(cell, spot, read if read.state != OK else None)
        if at not in self.odd and not id.startswith(NEW):
            if len(self.known) >= MOST:
                self.known.clear()
            self.known[key] = made
        return made
