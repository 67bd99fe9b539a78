"""Grids: areas of a sheet that are no tables, such as what each score of a risk means.

In: a Book and the grids of its document. Out: a Reading. A grid is found by its name, and where
names are gone (a sheet copied into another workbook) by the labels before its lines and above its
columns, in any language; one that is found by neither is told.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

from toolkit.collect.reading.book import Book, Page
from toolkit.collect.reading.cells import Reading, Task, filled, read_cell, spots_of
from toolkit.collect.reading.named_areas import named
from toolkit.collect.reading.scan import At
from toolkit.collect.reading.spelling import folded
from toolkit.collect.reading.values import Content
from toolkit.collect.returned import OK
from toolkit.fillable import Grid
from toolkit.finding import LANGUAGES, finding
from toolkit.language import Labels, label_keys

Corner = tuple[Page, At]  # the first cell of a grid


def read_grids(book: Book, grids: Sequence[Grid], task: Task) -> Reading:
    """Every grid; a table of which one is lost is told, unless it was sent without any."""
    read, lost = Reading(), set[str]()
    for grid in grids:
        found = _by_name(book, grid) or _by_labels(book, grid, task)
        if found:
            _read(grid, found, task, read)
        else:
            lost.add(grid.table)
    missed = [table for table in sorted(lost) if spots_of(task, table) or not task.sent]
    for table in missed if not book.of_text else ():
        read.findings.append(finding("table-missing", task.place, table=table))
    return read


def _read(grid: Grid, corner: Corner, task: Task, read: Reading) -> None:
    page, (top, left) = corner
    for r, row in enumerate(grid.rows):
        for c, key in enumerate(grid.columns):
            at = (top + r, left + c)
            value = read_cell(page, at, grid.field, task.words)
            read.note(value, (grid.table, row, key), page.place(task.place, at), task)


def _by_name(book: Book, grid: Grid) -> Corner | None:
    """Where the name of a grid is; None where it is gone or its area has another size."""
    found = named(book, grid.name)
    if found is None:
        return None
    page, (top, left, bottom, right) = found
    size = (bottom - top + 1, right - left + 1)
    return (page, (top, left)) if size == (len(grid.rows), len(grid.columns)) else None


def _by_labels(book: Book, grid: Grid, task: Task) -> Corner | None:
    """The first place with the labels of a grid that holds more sound values than anything else."""
    return next((c for c in _labelled(book, grid) if _holds(grid, c, task)), None)


def _labelled(book: Book, grid: Grid) -> Iterator[Corner]:
    """The places with the labels of a grid before its lines and above its columns."""
    first = _score(grid.rows[0])
    for page in book.pages:
        for row, cells in enumerate(page.rows):
            for column, cell in enumerate(cells):
                at = row, column + 1
                if _key(cell, grid.lines) == first and _lined(page, at, grid):
                    yield page, at


def _lined(page: Page, at: At, grid: Grid) -> bool:
    """Whether the labels of all lines and columns stand around a place."""
    top, left = at
    before = [page.value((top + n, left - 1)) for n in range(len(grid.rows))]
    above = [page.value((top - 1, left + n)) for n in range(len(grid.columns))]
    named = [_key(content, grid.lines) for content in before] == [_score(row) for row in grid.rows]
    return named and _headed(above, grid)


def _headed(above: Sequence[Content], grid: Grid) -> bool:
    if grid.heads:
        return [_key(one, grid.heads) for one in above] == [_score(key) for key in grid.columns]
    return all(isinstance(one, str) and folded(one) in _names(grid.field.field) for one in above)


def _score(key: str) -> str:
    """``probability.1`` and ``f.risk_level:1`` -> ``1``."""
    return key.replace(":", ".").rpartition(".")[2]


def _key(content: Content, options: str) -> str:
    """The option a label names, in any language; '' where it names none."""
    return label_keys(options).get(folded(content), "") if isinstance(content, str) else ""


@cache
def _names(field: str) -> frozenset[str]:
    """What a field is called in five languages."""
    return frozenset(folded(Labels.load(language).t(field)) for language in LANGUAGES)


def _holds(grid: Grid, corner: Corner, task: Task) -> bool:
    """Whether more than half of the cells hold what the grid asks for."""
    page, (top, left) = corner
    cells = [(top + r, left + c) for r in range(len(grid.rows)) for c in range(len(grid.columns))]
    sound = [
        at
        for at in cells
        if filled(page.value(at)) and read_cell(page, at, grid.field, task.words).state == OK
    ]
    return 2 * len(sound) > len(cells)
