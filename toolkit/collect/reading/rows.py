"""Rows: the rows of one table, each known by its id, by its key, or as new.

In: the table as it was found, on one sheet or on copies of it. Out: a Cell for every value a person
could have written, and findings for rows that are new, deleted, copied or have lost their id.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from operator import itemgetter

from toolkit.collect.reading.alike import Alike
from toolkit.collect.reading.book import Row
from toolkit.collect.reading.cells import Reading, Task, filled, read_cell, spots_of
from toolkit.collect.reading.form_values import labels_known
from toolkit.collect.reading.headings import heading_texts, is_headings_again
from toolkit.collect.reading.heads import ID, Column
from toolkit.collect.reading.spelling import bare, folded, shown, words
from toolkit.collect.reading.tables import Found
from toolkit.collect.reading.values import NUMBERS, Content
from toolkit.collect.returned import Cell
from toolkit.finding import Finding, Place, finding
from toolkit.store.records import Steps

TWICE = "read-twice"
CELL, ODD = itemgetter(0), itemgetter(1)  # of a Made
BLANK: frozenset[Content] = frozenset({"", None})


def read_table(founds: Sequence[Found], task: Task) -> Reading:
    """The rows of a table; a copied sheet adds only what the first one does not say."""
    rows = Rows(founds, task)
    read = rows.read(founds[0])
    for copy in founds[1:]:
        if copy.page is founds[0].page:  # the same table goes on under headings pasted again
            read.add(rows.read(copy))
            continue
        read.findings.append(repeated(copy, founds[0], task))
        rows.used.clear()
        add_copy(read, rows.read(copy), task.place.file)
    read.findings += rows.missing()
    return read


class Rows:
    """Which rows of a table are met so far."""

    def __init__(self, founds: Sequence[Found], task: Task) -> None:
        self.table = founds[0].table
        self.task = task
        self.sent = spots_of(task, self.table.key)
        self.place = task.place.at(("sheet", founds[0].page.name))
        self.used: dict[str, int] = {}  # id -> the row that has it
        self.met: set[str] = set()
        self.new = 0
        present = {text for found in founds for number, text in found.ids if number >= found.first}
        self.by_key = self._keys(present)

    def _keys(self, present: set[str]) -> Mapping[tuple[str, ...], str]:
        """The keys of the rows sent whose ids stand nowhere: key -> id, unique ones."""
        found: dict[tuple[str, ...], list[str]] = {}
        for row in self.sent if not present.issuperset(self.sent) else ():
            key = self._key_sent(row) if row not in present else ()
            if any(key):
                found.setdefault(key, []).append(row)
        return {key: rows[0] for key, rows in found.items() if len(rows) == 1}

    def _key_sent(self, row: str) -> tuple[str, ...]:
        values = (self.task.sent.get((self.table.key, row, key)) for key in self.table.block.key)
        return tuple(folded(f"{value}") if value is not None else "" for value in values)

    def read(self, found: Found) -> Reading:
        """Every row of one sheet."""
        read = Reading()
        alike = Alike(found, self.task)
        labels, ids = found.page.passing(heading_texts(found.table)), dict(found.ids)
        rows = found.page.rows
        for number in self._numbers(found):
            row, id = rows[number], ids.get(number, "")
            plain = labels.isdisjoint(row)
            if plain and id in self.sent and id not in self.used:
                self._cells(number, self._take(id, number), alike, read)
            elif not self._says_something(row, found):
                read.findings += self._stray(number, found)
            elif plain or not is_headings_again(row, found.columns, found.table):
                self._row(number, alike, read)
        return read

    def _row(self, number: int, alike: Alike, read: Reading) -> None:
        """One row that says something."""
        found = alike.found
        if unread := self._unread(number, found):
            read.findings.append(unread)
            return
        id, told = self._identified(number, found)
        read.findings += told
        self._cells(number, id, alike, read)

    def _unread(self, number: int, found: Found) -> Finding | None:
        """Why a row is no answer: a total somebody added, a row pasted twice."""
        id = _id(number, found)
        if id in self.sent and id not in self.used:
            return None
        place = found.page.place(self.task.place, (number, found.column(ID) or 0))
        texts = [cell for cell in found.page.rows[number] if isinstance(cell, str) and cell.strip()]
        if id not in self.sent and texts and bare(texts[0]) in _totals():
            return finding("row-total", place, title=shown(texts[0]))
        if id and id in self.used and _alike(found, self.used[id], number):
            return finding("row-repeated", place, id=id)
        return None

    def _stray(self, number: int, found: Found) -> Iterator[Finding]:
        """Words in the column of ids and nowhere else in the row are no answer."""
        at = (number, found.column(ID) or 0)
        text = found.page.value(at)
        if not text:
            return
        merged = any(area[:2] == at for area in found.page.marks.merged)  # told as such
        words = isinstance(text, str) and text.strip() and not text.strip().isdecimal()
        if words and folded(f"{text}") in labels_known():  # the title of the next table
            return
        if words and not merged and found.column(ID) is not None:
            yield finding("id-alone", found.page.place(self.task.place, at))

    def _numbers(self, found: Found) -> Iterator[int]:
        """The rows below the headings, and rows sorted above them that carry an id of the kit."""
        for number, text in found.ids:
            if number < found.head and text in self.sent and number not in found.others:
                yield number
        yield from range(found.first, found.end)

    def _says_something(self, row: Row, found: Found) -> bool:
        if BLANK.issuperset(row):
            return False
        own = found.column(ID)
        known = own is not None and own < len(row) and f"{row[own]}".strip() in self.sent
        return known or any(_says(row[at], c) for at, c in found.opened if at < len(row))

    # --- which row ----------------------------------------------------------------------

    def _identified(self, number: int, found: Found) -> tuple[str, list[Finding]]:
        """The id of a row, and what is odd about it."""
        at = found.column(ID)
        text = _id(number, found)
        if text and (text in self.sent or not self.task.sent) and text not in self.used:
            return self._take(text, number), []
        place = found.page.place(self.task.place, (number, at or 0))
        if text not in self.sent and (known := self._known_by_key(number, found)):
            return self._take(known, number), [finding("row-by-key", place, id=known)]
        new = self._new()
        if not text:
            return new, [finding("row-new", place, id=new)]
        code = "row-id-repeated" if text in self.used else "row-id-unknown"
        return new, [finding(code, place, id=shown(text), new=new)]

    def _take(self, id: str, number: int) -> str:
        self.used[id] = number
        self.met.add(id)
        return id

    def _new(self) -> str:
        self.new += 1
        return f"new-{self.task.short}-{self.new}"

    def _known_by_key(self, number: int, found: Found) -> str:
        if not self.by_key:
            return ""
        columns = {column.key: (at, column) for at, column in found.opened}
        values = []
        for key in self.table.block.key:
            at, column = columns.get(key, (-1, None))
            read = column and read_cell(found.page, (number, at), column.field, self.task.words)
            values.append(folded(f"{read.value}") if read and read.value is not None else "")
        known = self.by_key.get(tuple(values), "")
        return "" if known in self.used else known

    # --- what it says -------------------------------------------------------------------

    def _cells(self, number: int, id: str, alike: Alike, read: Reading) -> None:
        row = alike.row(number, id)
        read.cells += filter(None, map(CELL, row))
        for steps, odd in filter(None, map(ODD, row)):
            place = Place(self.task.place.file, steps)
            read.findings.append(finding(odd.state, place, **odd.params))
        page = alike.found.page
        for column in sorted(page.marks.formulas.row(number) & alike.asked):
            place = page.place(self.task.place, (number, column))
            read.findings.append(finding("formula-answer", place))

    def missing(self) -> list[Finding]:
        """A finding for each row that was sent and is no longer there."""
        gone = [row for row in self.sent if row not in self.met]
        return [
            finding("row-missing", self.place, id=row, title=shown(self._title(row)))
            for row in gone
        ]

    def _title(self, row: str) -> str:
        fields = (*self.table.block.key, *(own.field for own in self.table.open))
        values = (self.task.sent.get((self.table.key, row, key)) for key in fields)
        return next((f"{value}" for value in values if value is not None), row)


def _says(content: Content, column: Column) -> bool:
    """Whether a cell alone makes a row; a zero where no number belongs is an old file's formula."""
    return filled(content) and (content != 0 or column.field.type in NUMBERS)


def _id(number: int, found: Found) -> str:
    """What stands in the column of ids, a whole number without its decimals."""
    at = found.column(ID)
    content = found.page.value((number, at)) if at is not None else None
    return f"{content:g}" if isinstance(content, float) else f"{content or ''}".strip()


def _alike(found: Found, one: int, other: int) -> bool:
    """Whether two rows of a sheet say the same in every open column."""
    page = found.page
    return all(page.value((one, at)) == page.value((other, at)) for at, _ in found.opened)


@cache
def _totals() -> frozenset[str]:
    return frozenset(bare(word) for word in words("total"))


# --- two sheets that say the same table -------------------------------------------------------


def repeated(copy: Found, first: Found, task: Task) -> Finding:
    """That a table stands on one more sheet."""
    place = task.place.at(("sheet", copy.page.name))
    return finding("table-repeated", place, table=copy.table.key, first=first.page.name)


def add_copy(first: Reading, copy: Reading, file: str) -> None:
    """Adds to the first reading what a copied sheet says beyond it; two sayings are told."""
    known = {cell.spot: number for number, cell in enumerate(first.cells)}
    rows = {_content(first.cells, row) for row in _new_rows(first.cells)}
    repeated = {row for row in _new_rows(copy.cells) if _content(copy.cells, row) in rows}
    for cell in copy.cells:
        if cell.row in repeated or not cell.raw:
            continue
        at = known.get(cell.spot)
        if at is None:
            first.cells.append(cell)
        elif not first.cells[at].raw:
            first.cells[at] = cell
        elif first.cells[at].value != cell.value:
            first.findings += _differ(first.cells[at], cell, file)
            first.cells[at] = first.cells[at]._replace(state=TWICE)
            first.cells.append(cell._replace(state=TWICE))
    kept = {cell.steps for cell in first.cells}
    first.findings += [told for told in copy.findings if told.place.steps in kept]


def _differ(one: Cell, other: Cell, file: str) -> list[Finding]:
    def told(here: Steps, elsewhere: Steps) -> Finding:
        other = Place("", elsewhere).text().removeprefix(" > ")
        return finding(TWICE, Place(file, here), other=other)

    return [told(one.steps, other.steps), told(other.steps, one.steps)]


def _new_rows(cells: Sequence[Cell]) -> list[str]:
    return list(dict.fromkeys(cell.row for cell in cells if cell.row.startswith("new-")))


def _content(cells: Sequence[Cell], row: str) -> frozenset[tuple[str, str]]:
    return frozenset((cell.field, folded(cell.raw)) for cell in cells if cell.row == row)
