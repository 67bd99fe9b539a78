"""Cells: one cell of a sheet as one value that answers one place of the document.

In: where it stands and which field it answers. Out: a Cell, or nothing where it is blank and was
sent blank; and the finding its state calls for.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from dataclasses import field as default
from datetime import date
from functools import cached_property, lru_cache

from toolkit.collect.reading.book import Page
from toolkit.collect.reading.choices import option_of
from toolkit.collect.reading.scan import At
from toolkit.collect.reading.values import Content, Read, Words, cleaned, read_value
from toolkit.collect.returned import OK, UNREAD, Cell, Spot, Value
from toolkit.field import Field
from toolkit.finding import Finding, Place, finding

MOST = 50_000  # values remembered for one kind of file
MOST_CELLS = 16_384  # cells remembered that stand in no table
ERROR, UNCOMPUTED, STRUCK = "cell-error", "cell-uncomputed", "text-struck"


SentRows = Mapping[str, Mapping[str, set[str]]]  # table -> row id -> its fields


@dataclass(frozen=True)
class Task:
    """What reading one file needs to know; ``short`` is the copy's short id for new rows."""

    place: Place
    words: Words
    sent: Mapping[Spot, Value]
    short: str

    known_rows: SentRows | None = None

    @cached_property
    def rows(self) -> SentRows:
        """The rows every table was sent with."""
        return rows_of(self.sent) if self.known_rows is None else self.known_rows


@dataclass
class Reading:
    """What is read so far."""

    cells: list[Cell] = default(default_factory=list)
    findings: list[Finding] = default(default_factory=list)

    def add(self, other: Reading) -> None:
        """Appends what another part read."""
        self.cells += other.cells
        self.findings += other.findings

    def note(self, read: Read, spot: Spot, place: Place, task: Task) -> None:
        """Keeps a value that answers a place; a blank one only where something was sent."""
        if says(read, spot, task):
            usable = read.state not in UNREAD
            self.cells.append(cell_of(*spot, read.raw, read.value, place.steps, read.state, usable))
        if read.state != OK:
            self.findings.append(finding(read.state, place, **read.params))


cell_of = lru_cache(MOST_CELLS, typed=True)(Cell)
"""One cell for all files that say the same in the same place; True is not 1, nor 1 1.0."""


def says(read: Read, spot: Spot, task: Task) -> bool:
    """Whether a place says anything: a blank one does only where something was sent."""
    return bool(read.raw) or read.state != OK or task.sent.get(spot) is not None


def read_cell(page: Page, at: At, field: Field, words: Words) -> Read:
    """What a cell of a sheet says."""
    content = page.value(at)
    odd = _odd(page, at, content, field, words) if at in page.marked else None
    return odd or _remembered(content, field, words)


def _remembered(content: Content, field: Field, words: Words) -> Read:
    """What a value says to a field: worked out once for all cells that hold it."""
    key = (id(field), content.__class__, content)
    known = words.known.get(key)
    if known is None:
        if len(words.known) >= MOST:
            words.known.clear()
        read = known_role(read_value(content, field, words), field, words)
        known = words.known[key] = (read, field)  # kept, so that no other field gets its id
    return known[0]


def _odd(page: Page, at: At, content: Content, field: Field, words: Words) -> Read | None:
    """What a cell with a mark says; None where it has none."""
    if page.marks.struck and at in page.marks.struck and filled(content):
        return _beside_struck(f"{content}", page.marks.struck[at], field, words)
    if at in page.marks.errors:
        return Read(f"{content}" if filled(content) else "", None, ERROR)
    if at in page.marks.uncomputed and not filled(content):
        return Read("", None, UNCOMPUTED)
    if at in page.marks.percents:
        return known_role(read_value(content, field, words, percent=True), field, words)
    return None


def _beside_struck(raw: str, left: str, field: Field, words: Words) -> Read:
    """What is left of a cell whose text is partly, or all, struck out."""
    read = known_role(read_value(left, field, words), field, words)
    return replace(read, raw=raw, state=STRUCK if read.state == OK else read.state)


def known_role(read: Read, field: Field, words: Words) -> Read:
    """Who filled in a file may say so in words of their own, or as the role of a respondent."""
    if field.field != "f.filled_role" or read.state == OK:
        return read
    role = option_of(read.raw, "respondent_role", words.labels.lang)
    return Read(read.raw, role.value if role.state == OK else cleaned(read.raw))


def filled(content: Content) -> bool:
    """Whether a cell holds anything."""
    return content is not None and (not isinstance(content, str) or bool(content.strip()))


def typed(sent: Mapping[Spot, Value], days: Collection[tuple[str, str]]) -> dict[Spot, Value]:
    """What was sent, its days as days; ``days`` are the tables and fields that hold some."""
    return {
        spot: _day(value) if (spot[0], spot[2].partition(":")[0]) in days else value
        for spot, value in sent.items()
    }


def _day(value: Value) -> Value:
    try:
        return date.fromisoformat(value) if isinstance(value, str) else value
    except ValueError:
        return value


def rows_of(sent: Iterable[Spot]) -> SentRows:
    """The rows of every table that were sent."""
    tables: dict[str, dict[str, set[str]]] = {}
    for table, row, key in sent:
        if row:
            tables.setdefault(table, {}).setdefault(row, set()).add(key)
    return tables


def spots_of(task: Task, table: str) -> Mapping[str, set[str]]:
    """The rows a table was sent with: row id -> its fields."""
    return task.rows.get(table, {})
