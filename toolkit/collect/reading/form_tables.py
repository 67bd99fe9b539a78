"""The tables of a Word form.

In: the root of the document. Out: the tables that come back, each with the row of headings and its
columns, and what stands in their rows. A table may be drawn several times (once a group); rows are
known by their marks, and where those are gone by what their first cell says.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from toolkit.collect.reading.cells import Reading, Task, spots_of
from toolkit.collect.reading.form_parts import (
    TABLE,
    cells_of,
    controls,
    mark_of,
    rows_of,
    text_of,
)
from toolkit.collect.reading.form_values import (
    control_value,
    labels_of,
    statement_of,
    text_value,
)
from toolkit.collect.reading.spelling import folded, shown
from toolkit.collect.reading.values import Read
from toolkit.field import Field
from toolkit.fillable import Fillable, Table
from toolkit.finding import Place, finding
from toolkit.office.package.markup import Element

Marked = tuple[str, Sequence[str]]  # a row: the id it carries, what its cells say


@dataclass(frozen=True)
class FormTable:
    """A table found: its number in the document, its row of headings, its columns."""

    table: Table
    element: Element
    number: int
    head: int
    columns: Mapping[int, Field]

    @property
    def rows(self) -> list[tuple[int, Element]]:
        """The rows under the headings, with their numbers from 1."""
        return list(enumerate(rows_of(self.element), 1))[self.head + 1 :]

    def place(self, task: Task, row: int, cell: int) -> Place:
        """The place of a cell; numbers from 1."""
        return task.place.at(("table", self.number), ("row", row), ("cell", cell))


def find_form_tables(root: Element, shape: Fillable, task: Task | None = None) -> list[FormTable]:
    """Every table that comes back, in order; by hidden keys, else by headings, else by its rows."""
    found = (
        _recognised(element, number, shape) or _by_rows(element, number, shape, task)
        for number, element in enumerate(root.iter(TABLE), 1)
    )
    return [one for one in found if one]


def _by_rows(element: Element, number: int, shape: Fillable, task: Task | None) -> FormTable | None:
    """A table whose rows carry marks, or whose first cells are known.

    Known are cells it was sent with, and statements of the method. Of several tables that may be
    meant it is the one most of whose rows stand here.
    """
    rows = [(mark_of(r), [text_of(cell) for cell in cells_of(r)]) for r in rows_of(element)]
    known = {table.key: _rows_known(rows, table, task) for table in shape.tables}
    meant = [table for table in shape.tables if _are_rows(rows, known[table.key], table)]
    if not meant:
        return None
    best = max(meant, key=lambda table: _share(known[table.key], table, task))
    first = known[best.key][0] - 1
    return FormTable(best, element, number, first, dict(enumerate(best.fields)))


def _are_rows(rows: Sequence[Marked], known: Sequence[int], table: Table) -> bool:
    """Whether enough rows are a table's, and as wide as it is."""
    wide = all(len(rows[n][1]) == len(table.fields) for n in known)
    return bool(known) and wide and len(rows) > 1 and 2 * len(known) >= len(rows) - 1


def _share(known: Sequence[int], table: Table, task: Task | None) -> float:
    """The share of the rows a table was sent with that are known."""
    return len(known) / max(len(spots_of(task, table.key)) if task else 0, len(known))


def _rows_known(rows: Sequence[Marked], table: Table, task: Task | None) -> list[int]:
    """The rows that are a table's: by their marks, else by what their first cells say."""
    sent = _first_cells(table, task) if task else frozenset()
    ids = spots_of(task, table.key) if task else {}
    return [
        number
        for number, (mark, cells) in enumerate(rows)
        if cells and (mark in ids or _first_known(mark or cells[0], table, sent))
    ]


def _first_cells(table: Table, task: Task) -> frozenset[str]:
    """What the first cells of a table were sent with."""
    first = table.fields[0].field
    spots = ((spot, value) for spot, value in task.sent.items() if value is not None)
    own = (f"{value}" for (key, _, field), value in spots if (key, field) == (table.key, first))
    return frozenset(map(folded, own))


def _first_known(text: str, table: Table, sent: Collection[str]) -> bool:
    return folded(text) in sent or bool(statement_of(text, table))


def _recognised(element: Element, number: int, shape: Fillable) -> FormTable | None:
    for head, row in enumerate(rows_of(element)[:3]):
        cells = cells_of(row)
        keys = [_key(cell) for cell in cells]
        texts = [folded(text_of(cell)) for cell in cells]
        best = max(shape.tables, key=lambda t: (_fit(keys, t), _headed(texts, t)), default=None)
        if best and _fit(keys, best):
            fields = {own.field: own for own in best.fields}
            columns = {at: fields[key] for at, key in enumerate(keys) if key in fields}
            return FormTable(best, element, number, head, columns)
        if best and _headed(texts, best) > len(best.fields) // 2:
            return FormTable(best, element, number, head, dict(_by_label(texts, best)))
    return None


def _key(cell: Element) -> str:
    """The hidden key of a heading; some programs show what was hidden."""
    hidden = text_of(cell, hidden=True).strip()
    first = text_of(cell).strip().partition("\n")[0]
    return hidden or (first if first.startswith("f.") else "")


def _fit(keys: Sequence[str], table: Table) -> float:
    own = {field.field for field in table.fields}
    there = {key for key in keys if key}
    return len(own & there) / (len(own | there) or 1)


def _headed(texts: Sequence[str], table: Table) -> int:
    return sum(1 for _ in _by_label(texts, table))


def _by_label(texts: Sequence[str], table: Table) -> Iterator[tuple[int, Field]]:
    for at, text in enumerate(texts):
        for own in table.fields:
            if text in labels_of(own.label or own.field):
                yield at, own
                break


def read_form_table(founds: Sequence[FormTable], task: Task, *, several: bool = False) -> Reading:
    """The rows of a table, of every time it is drawn; of the first form where there are several."""
    rows = FormRows(founds[0].table, task, several)
    for found in founds:
        for number, row in found.rows:
            rows.take(found, number, row)
    rows.missing()
    return rows.read


class FormRows:
    """The rows of one table met so far."""

    def __init__(self, table: Table, task: Task, several: bool) -> None:
        self.table = table
        self.task = task
        self.several = several
        self.read = Reading()
        self.sent = spots_of(task, table.key)
        self.used: set[str] = set()
        self.said: dict[str, tuple[str, ...]] = {}
        self.new = 0

    def take(self, found: FormTable, number: int, row: Element) -> None:
        """Reads one row, unless it is an empty one."""
        values = _values(found, row, self.task)
        id = self._id(row, values)
        if not id and not any(value.raw for _, value in values.values()):
            return
        if self.several and id in self.used:
            return
        if id in self.said and self.said[id] == _said(values):
            place = found.place(self.task, number, 1)
            self.read.findings.append(finding("row-repeated", place, id=id))
            return
        if id:
            self.said.setdefault(id, _said(values))
        if not id or id in self.used:
            self.new += 1
            id = f"new-{self.task.short}-{self.new}"
            place = found.place(self.task, number, 1)
            self.read.findings.append(finding("row-new", place, id=id))
        self.used.add(id)
        for at, (own, value) in values.items():
            place = found.place(self.task, number, at + 1)
            self.read.note(value, (self.table.key, id, own.field), place, self.task)

    def _id(self, row: Element, values: Mapping[int, tuple[Field, Read]]) -> str:
        """The id a row is marked with, else that of the row sent with the same first cell."""
        if mark := mark_of(row):
            return mark
        first = self.table.fields[0].field
        said = next((value.raw for own, value in values.values() if own.field == first), "")
        text = folded(said or next(map(text_of, cells_of(row)), ""))
        free = [id for id in self.sent if id not in self.used]
        alike = [id for id in free if text and folded(self._first(id)) == text]
        if len(alike) == 1:
            return alike[0]
        own = statement_of(text, self.table)
        return own if own not in self.used and not self.sent else ""

    def _first(self, id: str) -> str:
        value = self.task.sent.get((self.table.key, id, self.table.fields[0].field))
        return "" if value is None else f"{value}"

    def missing(self) -> None:
        """A finding for each row that was sent and is no longer there."""
        for id in self.sent:
            if id not in self.used:
                told = {"id": id, "title": shown(self._first(id) or id)}
                self.read.findings.append(finding("row-missing", self.task.place, **told))


def _said(values: Mapping[int, tuple[Field, Read]]) -> tuple[str, ...]:
    return tuple(folded(value.raw) for _, value in values.values())


def _values(found: FormTable, row: Element, task: Task) -> dict[int, tuple[Field, Read]]:
    """What the open cells of a row say, by column."""
    cells = cells_of(row)
    opened = {at: own for at, own in found.columns.items() if own in found.table.open}
    return {
        at: (own, _value(cells[at], own, task)) for at, own in opened.items() if at < len(cells)
    }


def _value(cell: Element, own: Field, task: Task) -> Read:
    inside = [control for control in controls(cell) if not control.tag.startswith("row:")]
    if len(inside) == 1 and folded(inside[0].text) == folded(text_of(cell)):
        return control_value(inside[0], own, task)
    return text_value(text_of(cell), own, task)
