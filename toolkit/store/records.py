"""Records: what the store holds, as frozen values.

In: nothing. Out: the shapes that collect writes and present reads: files with their values, merged
rows and values with their sources, copies, what is missing. A value is neutral: an
option's key, an entry's id, a number, a day, a yes or no, a text; None is blank.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as default
from datetime import date, datetime
from functools import cached_property, lru_cache
from typing import Any, NamedTuple
from unicodedata import normalize

from toolkit.finding import Finding, Place, Step
from toolkit.store.ratings import Rating, Response

Value = str | float | int | date | bool | None
Spot = tuple[str, str, str]  # table, row, field
Steps = tuple[Step, ...]  # into a file, see Place
FileKey = tuple[str, str]  # sha256, name
Entry = tuple[str, str]  # kind of reference, id
Standing = tuple[str, str]  # status, reason

READ, REJECTED, DUPLICATE, SUPERSEDED = "read", "rejected", "duplicate", "superseded"
STATUSES = (READ, REJECTED, DUPLICATE, SUPERSEDED)

LISTED, NEWEST, SENT_OUT = "list", "newest", "prefilled"
STRATEGIES = (LISTED, NEWEST, SENT_OUT)
"""What stands where answers contradict: what was sent, still open; the newest; what was sent."""

MOST = 65_536  # values remembered

ANSWERED, PARTLY, UNTOUCHED, ABSENT = "answered", "partly", "untouched", "absent"


def blank(value: Value) -> bool:
    """Whether a cell holds no answer."""
    return value is None or (isinstance(value, str) and not value.strip())


@lru_cache(maxsize=MOST, typed=True)  # True is not 1
def spaced(value: Value) -> Value:
    """A text without outer blanks and with single inner ones, composed the same way."""
    if not isinstance(value, str):
        return value
    return " ".join(normalize("NFC", value).split())


class Cell(NamedTuple):
    """One value of a returned file: where it answers, how it stood, the steps to where it stood.

    ``table`` is the sheet's key without ``s.`` (``risks``), ``info`` for the facts of the first
    sheet, ``form`` for single answers, and for a table of a Word form its section (``h.an.key``),
    or the table of the workbook of the same number that has the same key. ``row`` is the id of the
    description, ``new-<copy>-<n>`` for a row staff added, '' for a single fact. ``field`` is
    ``f.hazard``, ``f.amount:2028`` for one column of several, a role's id in a responsibility
    matrix. ``value`` is neutral: an option's key, an entry's id, a number, a day; several ids are
    joined by ``; ``. What could not be read as its type stays a text, and ``state`` (a code of the
    catalogue) says so; other states than ``ok`` name what was assumed. ``usable`` is whether the
    value is of its field's type (a blank is) and counts in a merge. Files that say the same in the
    same place may share a cell.
    """

    table: str
    row: str
    field: str
    raw: str
    value: Value
    steps: Steps
    state: str = "ok"
    usable: bool = True

    @property
    def spot(self) -> Spot:
        """What the value answers: table, row and field."""
        return self.table, self.row, self.field


@dataclass(frozen=True)
class File:
    """One file that came back: who sent it, for which copy, and what became of it.

    ``identity`` are the system fields of specification 2.2, empty where the file has none.
    ``status`` is one of STATUSES and ``reason`` a code of the catalogue. ``sent`` are the values
    the file was sent out with, in the order of the kit, ``names`` what it calls what its references
    point to. ``touched`` is whether staff changed or filled anything, None where the file alone
    does not tell; ``content`` is the same for files in which the same people said the same.
    ``told`` are its cells as rows (see ``packing``), where they are known already.
    """

    name: str
    sha256: str
    size: int
    modified: datetime
    kind: str = ""
    status: str = READ
    reason: str = ""
    doc: str = ""
    lang: str = ""
    identity: Mapping[str, str] = default(default_factory=dict)
    copy: str = ""
    unit: str = ""
    role: str = ""
    period: str = ""
    filled_by: str = ""
    filled_role: str = ""
    filled_date: date | None = None
    cells: tuple[Cell, ...] = ()
    sent: Mapping[Spot, Value] = default(default_factory=dict)
    names: Mapping[Entry, str] = default(default_factory=dict)
    findings: tuple[Finding, ...] = ()
    touched: bool | None = None
    content: str = ""
    told: Sequence[Any] = default(default=(), compare=False, repr=False)

    @property
    def key(self) -> FileKey:
        """What makes it this file: its content and its name."""
        return self.sha256, self.name

    @property
    def project(self) -> str:
        """The id of the project the file belongs to; empty for one without identity."""
        return self.identity.get("project_id", "")

    @property
    def day(self) -> date:
        """The day the answers are from: as filled in, else the file's own."""
        return self.filled_date or self.modified.date()

    @cached_property
    def arrival(self) -> tuple[date, datetime, str, str, str]:
        """The order of arrival: filled date, file time, copy (ruling 19), then content, name."""
        return self.day, self.modified, self.copy, self.sha256, self.name


@dataclass(frozen=True)
class Source:
    """One cell a merged value rests on, and who sent it; ``standing`` is false for history."""

    file: str
    copy: str = ""
    unit: str = ""
    role: str = ""
    filled_by: str = ""
    day: date | None = None
    value: Value = None
    raw: str = ""
    place: Place = Place("")
    sha256: str = ""
    number: int = 0
    standing: bool = True


@dataclass(frozen=True)
class Merged:
    """One consolidated value.

    ``operator`` is the rule of specification 2.7, ``n`` how many answers it rests on, ``spread``
    largest less smallest, ``mean`` the mean beside ``worst``. In a conflict ``value`` is what was
    sent out and ``sources`` list every answer. ``distribution`` counts answers by option key.
    ``more`` are sources that stand and were not asked for.
    """

    doc: str
    table: str
    row: str
    field: str
    operator: str
    value: Value = None
    n: int = 0
    spread: float | None = None
    mean: float | None = None
    conflict: bool = False
    disagreement: bool = False
    distribution: Mapping[str, int] = default(default_factory=dict)
    sources: tuple[Source, ...] = ()
    more: int = 0

    @property
    def spot(self) -> Spot:
        """Table, row and field."""
        return self.table, self.row, self.field

    @property
    def standing(self) -> tuple[Source, ...]:
        """The sources that count, in order of arrival; the others are history."""
        return tuple(source for source in self.sources if source.standing)

    @property
    def texts(self) -> tuple[tuple[str, str, str], ...]:
        """Every text that counts with its sender's role, else unit, and the file."""
        return tuple((str(s.value), s.role or s.unit, s.file) for s in self.standing)


@dataclass(frozen=True)
class Row:
    """One consolidated row: its place in the table and what people call it.

    ``new`` marks a row staff added; ``files`` are those that hold the row.
    """

    doc: str
    table: str
    row: str
    position: int
    title: str = ""
    new: bool = False
    files: tuple[str, ...] = ()


@dataclass(frozen=True)
class Lookalike:
    """Two rows that may be one: ``row`` was added by staff, ``other`` stands before it."""

    doc: str
    table: str
    row: str
    other: str
    likeness: float


@dataclass(frozen=True, slots=True)
class Copy:
    """One copy of a document: expected or not, and what came back for it.

    ``state`` is ``answered``, ``partly``, ``untouched`` or ``absent``; ``filled`` of ``required``
    are the cells that must hold something for the copy to be complete (specification 6).
    ``path`` is its place in the kit, where the kit is known.
    """

    doc: str
    document: str
    copy: str
    unit: str = ""
    role: str = ""
    period: str = ""
    path: str = ""
    due: date | None = None
    expected: bool = False
    state: str = ABSENT
    files: tuple[str, ...] = ()
    day: date | None = None
    required: int = 0
    filled: int = 0


@dataclass(frozen=True)
class Missing:
    """A consolidated value that is needed for complete and is not there (specification 6)."""

    doc: str
    table: str
    row: str
    field: str


@dataclass(frozen=True)
class Results:
    """Everything consolidation finds out, as one value.

    ``anonymous`` are the documents whose answers are never shown one by one; ``titles`` what
    people call an entry, by (kind, id); ``statuses`` what became of each file; ``on_conflict`` the
    strategy by which contradicting answers were settled.
    """

    rows: tuple[Row, ...] = ()
    merged: tuple[Merged, ...] = ()
    lookalikes: tuple[Lookalike, ...] = ()
    copies: Iterable[Copy] = ()
    missing: tuple[Missing, ...] = ()
    ratings: tuple[Rating, ...] = ()
    responses: tuple[Response, ...] = ()
    anonymous: tuple[str, ...] = ()
    titles: Mapping[Entry, str] = default(default_factory=dict)
    statuses: Mapping[FileKey, Standing] = default(default_factory=dict)
    on_conflict: str = LISTED
