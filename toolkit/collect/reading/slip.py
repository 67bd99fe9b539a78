"""Reading a correction slip: what somebody wrote in place of cells that could not be read.

In: the book of a slip, what of its document comes back, the pairs of its hidden sheet. Out: a
Reading: one cell for each answer, at the place in the document the slip names for it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from toolkit.collect.opening.gate import Kind
from toolkit.collect.opening.package import rejected
from toolkit.collect.reading.book import Book, Page
from toolkit.collect.reading.cells import Reading, Task, filled, read_cell
from toolkit.collect.reading.singles import read_singles
from toolkit.collect.returned import Spot
from toolkit.field import Field
from toolkit.fillable import Fillable
from toolkit.finding import finding
from toolkit.sent import NOT_HERE, Pair

MENDS, KIND, CELL = "mends", "mend_kind", "mend:"
OF_SLIP = frozenset({MENDS, "filled_by", "filled_role", "filled_date"})
"""What a slip carries of the file it mends beside its identity."""
FILLED = ("f.filled_by", "f.filled_role", "f.filled_date")
RIGHT, ID = "sl.right", "f.id"


def slip_kind(pairs: Iterable[Pair]) -> Kind | None:
    """The kind of file a slip mends: a form or a workbook; None where a file is no slip."""
    told = dict(pairs)
    if not told.get(MENDS):
        return None
    return Kind.FORM if told.get(KIND) == Kind.FORM else Kind.WORKBOOK


def read_slip(book: Book, shape: Fillable, pairs: Iterable[Pair], task: Task) -> Reading:
    """Every answer of a slip, and who filled it in; GateError where there is none."""
    own = read_singles(book, shape, task)
    read = Reading([cell for cell in own.cells if cell.field in FILLED and cell.raw])
    spots = dict(_spots(pairs))
    answered = 0
    for page, row, column, number in _rows(book):
        spot = spots.get(number)
        field = field_at(shape, spot) if spot else None
        if not spot and f"{page.value((row, column)) or NOT_HERE}".strip() != NOT_HERE:
            read.findings.append(finding("text-beside", page.place(task.place, (row, column))))
        if spot and field and filled(page.value((row, column))):
            said = read_cell(page, (row, column), field, task.words)
            read.note(said, spot, page.place(task.place, (row, column)), task)
            answered += 1
    if not answered:
        raise rejected("slip-empty", task.place)
    return read


def _spots(pairs: Iterable[Pair]) -> Iterator[tuple[str, Spot]]:
    for key, value in pairs:
        if key.startswith(CELL):
            table, row, field = json.loads(value)
            yield key.removeprefix(CELL), (table, row, field)


def _rows(book: Book) -> Iterator[tuple[Page, int, int, str]]:
    """The rows below the hidden keys: page, row, column of the answer, number of the cell."""
    for page in book.pages:
        for at, row in enumerate(page.rows):
            keys = [f"{value}" for value in row]
            if RIGHT in keys and ID in keys:
                column, id = keys.index(RIGHT), keys.index(ID)
                for below in range(at + 1, len(page.rows)):
                    yield page, below, column, _number(page.value((below, id)))
                break


def _number(value: object) -> str:
    return f"{value:.0f}" if isinstance(value, float) else f"{value or ''}"


def field_at(shape: Fillable, spot: Spot) -> Field | None:
    """The field that answers a place of a document."""
    table, _, key = spot
    start = key.partition(":")[0]
    own = shape.table(table)
    columns = [*(own.fields if own else ()), *(f for name, f in shape.facts if name == table)]
    columns += [grid.field for grid in shape.grids if grid.table == table]
    exact = next((f for f in columns if f.field in (key, start)), None)
    return exact or next((f for f in columns if f.each and not key.startswith("f.")), None)
