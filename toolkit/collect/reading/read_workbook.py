"""Reading a workbook: every value a person could have written, wherever it stands now.

In: a Book, what of its document comes back, and the Task. Out: a Reading. What stands in the file
and is not read is told: columns of their own, overwritten formulas, comments, merged cells.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from toolkit.collect.reading.book import Book
from toolkit.collect.reading.cells import Reading, Task, filled, spots_of
from toolkit.collect.reading.headings import headings
from toolkit.collect.reading.lines import read_lines
from toolkit.collect.reading.rows import read_table
from toolkit.collect.reading.scan import cell_name
from toolkit.collect.reading.singles import read_singles
from toolkit.collect.reading.spelling import folded, shown
from toolkit.collect.reading.strays import strays
from toolkit.collect.reading.tables import META, Found, find_tables, is_of_kit
from toolkit.field import Field
from toolkit.fillable import CLOSED, Fillable, Table
from toolkit.finding import Finding, finding


def read_workbook(book: Book, shape: Fillable, task: Task) -> Reading:
    """The whole workbook."""
    read = read_singles(book, shape, task)
    sheets = {f"{cell.steps[0][1]}" for cell in read.cells}
    found = find_tables(book, shape.tables, task)
    for table in shape.tables:
        founds = _own_first([one for one in found if one.table is table], task)
        if founds:
            read.add(_table(founds, task))
        elif _matters(table, task) and not (book.of_text and found):
            read.findings.append(finding("table-missing", task.place, table=_title(table, task)))
    read.findings += strays(book, found, read, sheets, task)
    known = sheets | {one.page.name for one in found}
    read.findings += [*_beside(book, task), *_extra_sheets(book, known, task)]
    return read


def _own_first(founds: list[Found], task: Task) -> list[Found]:
    """The tables of one key, the one on the sheet of its own name first."""
    return sorted(founds, key=lambda found: found.page.name != _title(found.table, task))


def _matters(table: Table, task: Task) -> bool:
    """Whether a table is missed: people write in it, and more than comments."""
    return any(own.field != "f.comment" and own.origin.value != "P" for own in table.open)


def _title(table: Table, task: Task) -> str:
    labels = task.words.labels
    key = table.block.title or table.section
    return labels.t(key) if labels.has(key) else key


def _table(founds: Sequence[Found], task: Task) -> Reading:
    read = Reading()
    if founds[0].table.of_lines:
        read.add(read_lines(founds, task))
    else:
        read.add(read_table(founds, task))
    for found in founds:
        read.findings += found.findings
        for told in (_missing_columns, _extra_columns, _overwritten, _merged, _hidden):
            read.findings += told(found, task)
    return read


# --- what is told of one table ----------------------------------------------------------------


def _missing_columns(found: Found, task: Task) -> Iterator[Finding]:
    there = {column.key for column in found.columns.values()}
    sent = set().union(*spots_of(task, found.table.key).values(), ())
    lost = [own for own in found.table.open if not own.each and own.field not in there]
    several = [
        key for key in sorted(sent - there) if key and not key.startswith("f.") or ":" in key
    ]
    titles = {own.field: _heading(own, task) for own in lost}
    titles |= {key: key.rpartition(":")[2] for key in several}
    place = task.place.at(("sheet", found.page.name))
    for title in titles.values():
        yield finding("column-missing", place, column=title)


def _heading(own: Field, task: Task) -> str:
    key, labels = own.label or own.field, task.words.labels
    return labels.t(key) if labels.has(key) else key


def _extra_columns(found: Found, task: Task) -> Iterator[Finding]:
    page = found.page
    rows = range(found.first, found.end)
    width = max((len(row) for row in page.rows), default=0)
    for at in range(width):
        if at in found.columns or at in found.beside:
            continue
        cells = [n for n in rows if filled(page.value((n, at)))]
        own = [n for n in cells if (n, at) not in page.marks.formulas]
        if own and not found.table.of_lines:
            heading = page.value((found.first - 1, at))
            place = page.place(task.place, (own[0], at))
            told = {"heading": shown(f"{heading or cell_name((0, at))[:-1]}"), "count": len(own)}
            yield finding("column-extra", place, **told)


def _overwritten(found: Found, task: Task) -> Iterator[Finding]:
    formulas = found.page.marks.formulas
    computed = [
        (at, c) for at, c in found.columns.items() if c.field.formula and c.field.origin in CLOSED
    ]
    rows = range(found.first, found.end) if formulas and not found.table.of_lines else ()
    for at, column in computed:
        without = [n for n in rows if at not in formulas.row(n)]
        for n in without if len(without) < len(rows) else ():
            content = found.page.value((n, at))
            heading = isinstance(content, str) and folded(content) in headings(found.table)
            if filled(content) and not heading:
                place = found.page.place(task.place, (n, at))
                title = _heading(column.field, task)
                yield finding("formula-overwritten", place, column=title)


def _merged(found: Found, task: Task) -> Iterator[Finding]:
    columns = [at for at, _ in found.opened]
    for top, left, bottom, right in found.page.marks.merged:
        rows = top < found.end and bottom >= found.first
        if rows and any(left <= at <= right for at in columns):
            area = f"{cell_name((top, left))}:{cell_name((bottom, right))}"
            yield finding("cells-merged", found.page.place(task.place, (top, left)), area=area)


def _hidden(found: Found, task: Task) -> Iterator[Finding]:
    columns = [at for at, _ in found.opened]
    hidden = [
        number
        for number in range(found.first, found.end)
        if number in found.page.marks.hidden
        and any(filled(found.page.value((number, at))) for at in columns)
    ]
    if hidden:
        place = found.page.place(task.place, (hidden[0], 0))
        yield finding("rows-hidden", place, count=len(hidden))


# --- what is told of the whole book -----------------------------------------------------------


def _beside(book: Book, task: Task) -> Iterator[Finding]:
    """Comments people wrote, and sheets hidden so well that nobody sees them."""
    for page in book.pages:
        for at in sorted(page.marks.comments):
            yield finding("comment-found", page.place(task.place, at))
        for at in sorted(page.marks.twice):
            yield finding("cell-twice", page.place(task.place, at))
        if page.very_hidden and page.name.casefold() != META:
            yield finding("has-hidden-sheet", task.place.at(("sheet", page.name)))


def _extra_sheets(book: Book, known: Collection[str], task: Task) -> Iterator[Finding]:
    """Sheets that somebody added, with what they hold."""
    for page in book.pages:
        if page.name in known or is_of_kit(page.name):
            continue
        cells = [
            (r, c) for r, row in enumerate(page.rows) for c, cell in enumerate(row) if filled(cell)
        ]
        if cells:
            place = page.place(task.place, cells[0])
            yield finding("sheet-extra", place, count=len(cells))
