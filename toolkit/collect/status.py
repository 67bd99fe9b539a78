"""Status: who has answered, who is late, what is partly filled in, round by round.

In: a folder of results, the description where it is known, and today. Out: a Status: for every
document and round how many answered, and a line for each copy with its share and what it lacks.
Nothing is read anew. Copies of anonymous documents are counted by role and never told one by one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import Any

from toolkit.collect.known import Known, known_of
from toolkit.collect.merging.complete import OneCopy, Sheets, needs
from toolkit.collect.merging.questions import Asked, asked_by
from toolkit.collect.merging.senders import senders_of
from toolkit.content.returns import recipient, title
from toolkit.content.shown import Shown
from toolkit.language import Labels
from toolkit.personal import masked
from toolkit.project import documents_of, read_project
from toolkit.store import FILE, NONE, Store, read_store
from toolkit.store.records import (
    ABSENT,
    ANSWERED,
    PARTLY,
    UNTOUCHED,
    Copy,
    Results,
    Spot,
)

SCHEMA_VERSION = 1
WAITING = (ABSENT, UNTOUCHED, PARTLY)
ORDER = (*WAITING, ANSWERED)
CopyOf = tuple[str, str]  # document, copy


@dataclass(frozen=True)
class Line:
    """One copy: for whom, how far it has come, and the cells it lacks."""

    copy: Copy
    recipient: str
    late: bool
    days_over: int = 0
    lacks: tuple[Spot, ...] = ()

    @property
    def share(self) -> float | None:
        """The percentage of required fields that are filled in, 0-100."""
        if not self.copy.required or self.copy.state not in (ANSWERED, PARTLY):
            return None
        return 100 * self.copy.filled / self.copy.required


@dataclass(frozen=True)
class Round:
    """One document in one round; ``period`` is '' where it goes out once.

    ``forms`` are counts by role of an anonymous document: returned and sent (None: not known).
    """

    doc: str
    period: str
    lines: tuple[Line, ...] = ()
    forms: tuple[tuple[str, int, int | None], ...] = ()

    def count(self, *states: str) -> int:
        """How many copies are in one of some states; of those expected, where any are."""
        own = [line for line in self.lines if line.copy.expected] or self.lines
        return sum(line.copy.state in states for line in own)

    @property
    def total(self) -> int:
        """How many copies are expected."""
        return sum(line.copy.expected for line in self.lines)

    @property
    def late(self) -> int:
        """How many are overdue."""
        return sum(line.late and line.copy.state in WAITING for line in self.lines)


@dataclass(frozen=True)
class Status:
    """Every document and round, in order."""

    rounds: tuple[Round, ...]
    results: Results
    shown: Shown
    today: date

    def as_data(self) -> dict[str, Any]:
        """The status as plain data for ``--json``."""
        return {
            "schema_version": SCHEMA_VERSION,
            "today": self.today.isoformat(),
            "rounds": [self._round(one) for one in self.rounds],
        }

    def _round(self, one: Round) -> dict[str, Any]:
        return {
            "document": one.doc,
            "title": self.shown.document(one.doc),
            "round": one.period,
            "expected": one.total,
            **{state: one.count(state) for state in (ANSWERED, PARTLY, UNTOUCHED, ABSENT)},
            "late": one.late,
            "copies": [self._line(line) for line in one.lines],
            "forms": [{"role": r, "returned": n, "sent": sent} for r, n, sent in one.forms],
        }

    def _line(self, line: Line) -> dict[str, Any]:
        copy = line.copy
        return {
            "copy": copy.copy,
            "recipient": line.recipient,
            "unit": copy.unit,
            "role": copy.role,
            "state": copy.state,
            "expected": copy.expected,
            "late": line.late,
            "days_over": line.days_over,
            "due": copy.due.isoformat() if copy.due else None,
            "day": copy.day.isoformat() if copy.day else None,
            "filled": copy.filled,
            "required": copy.required,
            "share": line.share,
            "missing": [dict(zip(("table", "row", "field"), s, strict=True)) for s in line.lacks],
            "files": list(copy.files),
        }

    def row(self, doc: str, table: str, row: str) -> str:
        """What people call a row."""
        rows = {(own.doc, own.table, own.row): own for own in self.results.rows}
        return title((doc, table, row), rows, self.shown)


def status(folder: Path, language: str, description: Path | None, today: date) -> Status:
    """The status of a results folder; StoreError where it holds no results."""
    project = read_project(description) if description else None
    documents, known = documents_of(project, description), known_of(project)
    with read_store(folder / FILE if folder.is_dir() else folder) as store:
        results = store.results(NONE)
        shown = Shown(Labels.load(language), documents, results.titles)
        lacks = _lacking(store, results, asked_by(documents), known)
    return masked(status_of(results, shown, lacks, today))


def status_of(
    results: Results, shown: Shown, lacks: Mapping[CopyOf, tuple[Spot, ...]], today: date
) -> Status:
    """The status of some results; ``lacks`` are the cells that copies filled in partly lack."""
    ordered = sorted(results.copies, key=lambda copy: (copy.doc, copy.period))
    rounds = []
    for (doc, period), group in groupby(ordered, key=lambda copy: (copy.doc, copy.period)):
        copies = list(group)
        if doc in results.anonymous:
            waiting = [copy for copy in copies if copy.expected and copy.state == ABSENT]
            forms = tuple(_forms(results, doc, copies))
            rounds.append(Round(doc, period, _lines(waiting, shown, {}, today), forms))
        else:
            rounds.append(Round(doc, period, _lines(copies, shown, lacks, today)))
    return Status(tuple(rounds), results, shown, today)


def _forms(
    results: Results, doc: str, copies: Sequence[Copy]
) -> Iterator[tuple[str, int, int | None]]:
    """Forms that came back by role, and how many were sent where that is known."""
    told = [own for own in results.responses if own.doc == doc and own.role != "all"]
    if told:
        yield from ((own.role, own.returned, own.sent) for own in told)
        return
    came = sorted(copy.role for copy in copies if copy.state in (ANSWERED, PARTLY))
    for role, own in groupby(came):
        yield role, len(list(own)), None


def _lines(
    copies: Sequence[Copy], shown: Shown, lacks: Mapping[CopyOf, tuple[Spot, ...]], today: date
) -> tuple[Line, ...]:
    """A line a copy: those still waited for first, the latest of them on top."""
    lines = [_line(copy, shown, lacks.get((copy.doc, copy.copy), ()), today) for copy in copies]
    return tuple(sorted(lines, key=lambda line: (ORDER.index(line.copy.state), -line.days_over)))


def _line(copy: Copy, shown: Shown, lacks: tuple[Spot, ...], today: date) -> Line:
    """A copy; it is late from the day after it was due, or where its answers are."""
    day = copy.day if copy.state == ANSWERED and copy.day else today
    over = max(0, (day - copy.due).days) if copy.due else 0
    return Line(copy, recipient(copy, shown), over > 0, over, lacks)


def _lacking(
    store: Store, results: Results, asked: Mapping[str, Asked], known: Known
) -> dict[CopyOf, tuple[Spot, ...]]:
    """The cells that every copy filled in partly lacks; files are read where there is any."""
    partly = {(c.doc, c.copy) for c in results.copies if c.state == PARTLY}
    partly = {own for own in partly if own[0] not in results.anonymous}
    if not partly:
        return {}
    streams = store.streams()
    found: dict[CopyOf, tuple[Spot, ...]] = {}
    for doc in sorted({doc for doc, _ in partly if doc in asked}):
        sheets = Sheets(asked[doc], streams)
        for sender in senders_of(streams, asked[doc]).senders():
            if (doc, sender.key) in partly:
                every = needs(asked[doc], OneCopy(sender, sheets), known)
                found[doc, sender.key] = tuple(
                    (need.table, need.row, need.field) for need in every if not need.there
                )
    return found
