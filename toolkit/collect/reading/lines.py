"""Lines: the rows of the net table, which are fixed and each of a kind of its own.

In: the table as it was found, on one sheet or on copies of it. Out: a Reading: the share of full
effect, the rate of discount, comments. A line is known by its id, else by what it is called in any
language; a comment beside neither is told.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from functools import cache

from toolkit.collect.reading.cells import Reading, Task, filled, read_cell
from toolkit.collect.reading.heads import ID
from toolkit.collect.reading.rows import add_copy, repeated
from toolkit.collect.reading.scan import At
from toolkit.collect.reading.spelling import folded
from toolkit.collect.reading.tables import Found
from toolkit.collect.returned import Spot
from toolkit.content.views.economy import LINES
from toolkit.field import Field
from toolkit.fillable import DISCOUNT_RATE, RAMP_UP
from toolkit.finding import LANGUAGES, finding
from toolkit.language import Labels

RAMP_UP_ROW, COMMENT = "f.ramp_up", "f.comment"
KEYS = (RAMP_UP_ROW, *(f"f.{line}" for line in LINES), DISCOUNT_RATE.field)


def read_lines(founds: Sequence[Found], task: Task) -> Reading:
    """What people wrote in the lines; a copied sheet adds only what the first one does not say."""
    read = _read(founds[0], task)
    for copy in founds[1:]:
        read.findings.append(repeated(copy, founds[0], task))
        add_copy(read, _read(copy, task), task.place.file)
    return read


def _read(found: Found, task: Task) -> Reading:
    read, met = Reading(), set[str]()
    for number in range(found.first, found.end):
        line, by_name = _line(found, number, met)
        met.add(line)
        if by_name:
            place = found.page.place(task.place, (number, found.column(ID) or 0))
            read.findings.append(finding("row-by-key", place, id=line))
        for at, spot, field in _open(found, line):
            _note(read, found, ((number, at), spot, field), task)
    return read


def _line(found: Found, number: int, met: Set[str]) -> tuple[str, bool]:
    """Which line a row is, and whether it is only called so; '' where it is none, or one again."""
    at = found.column(ID)
    id = f"{found.page.value((number, at)) or ''}".strip() if at is not None else ""
    if id in KEYS and id not in met:
        return id, False
    texts = (cell for cell in found.page.rows[number] if isinstance(cell, str))
    line = next(filter(None, (_names().get(folded(text), "") for text in texts)), "")
    return (line, True) if line and line not in met else ("", False)


@cache
def _names() -> Mapping[str, str]:
    """What the lines are called in five languages -> their ids."""
    loaded = [Labels.load(language) for language in LANGUAGES]
    return {folded(labels.t(key)): key for labels in loaded for key in KEYS}


def _open(found: Found, line: str) -> Iterator[tuple[int, Spot, Field]]:
    """The cells of a line that people write in: column, what it answers, its field."""
    table = found.table.key
    for at, column in found.columns.items():
        if line == RAMP_UP_ROW and column.field.each:
            yield at, (table, line, column.key), RAMP_UP
        elif line == DISCOUNT_RATE.field and column.key == "f.total":
            yield at, (table, "", line), DISCOUNT_RATE
        elif column.key == COMMENT:
            yield at, (table, line, column.key), column.field


def _note(read: Reading, found: Found, cell: tuple[At, Spot, Field], task: Task) -> None:
    """One cell; what stands beside no line is told."""
    at, spot, field = cell
    if not filled(found.page.value(at)):
        return
    place = found.page.place(task.place, at)
    if not spot[1] and spot[2] == COMMENT:
        read.findings.append(finding("text-beside", place))
    else:
        read.note(read_cell(found.page, at, field, task.words), spot, place, task)
