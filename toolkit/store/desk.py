"""Desk: where the files of one document are laid out while they are merged, beside the store.

In: an open connection, a document, who sent what as it is found out. Out: the files copy by copy,
the copies in order of arrival, and what all of them say in one place. Everything lies in temporary
tables, which are on the disk and gone with the connection: there may be very many files.
"""

from __future__ import annotations

import pickle
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple

from toolkit.store import laid_out as sql
from toolkit.store.head import Head
from toolkit.store.opening import sorting_little
from toolkit.store.records import Standing

AT_ONCE = 100  # lines written together


class Posted(NamedTuple):
    """One copy that came back; ``sender`` is the place of its newest file in order of arrival.

    ``sent`` is what it was sent out with, by the number of the store; where there are rounds,
    ``whom`` is who it is of over all of them and ``period`` its own; ``copy`` is the copy it shares
    with others, ``newest`` the number of its newest file.
    """

    sender: int
    key: str
    document: str
    unit: str
    role: str
    touched: bool
    sent: int | None
    whom: str
    period: str
    copy: str
    newest: int


class Arrived(NamedTuple):
    """A file of a copy, its place in order of arrival, and whether another said just the same."""

    rank: int
    again: bool
    head: Head


class Kind(NamedTuple):
    """What many files have in common: what their copy was sent out with, whether anybody wrote in
    it, its unit; where there are rounds, who it is of over all of them, and its own.
    """

    sent: int | None
    touched: bool
    unit: str
    whom: str
    period: str


Answered = tuple[int, int, int, int, int, int]
"""One cell of one file that counts: the place of the file in order of arrival, the answer, the kind
of file; the number of the cell, the copy, the file."""


class Desk:
    """The files of one document on their way to results."""

    def __init__(self, connection: sqlite3.Connection, doc: str) -> None:
        self._connection = connection
        self._waiting: dict[str, list[Sequence[Any]]] = {}
        self._kinds: dict[Kind, int] = {}
        for statement in filter(str.strip, sql.MADE.split(";")):
            connection.execute(statement)
        for table in sql.TABLES:
            connection.execute(f"DELETE FROM temp.{table}")
        with sorting_little(connection):
            connection.execute(sql.ARRIVED, (doc,))

    def _ask(self, query: str, *parameters: Any) -> Iterator[Any]:
        return self._connection.execute(query, parameters)

    def _any(self, query: str) -> bool:
        return self._connection.execute(f"{query} LIMIT 1").fetchone() is not None

    def _add(self, table: str, line: Sequence[Any]) -> None:
        waiting = self._waiting.setdefault(table, [])
        waiting.append(line)
        if len(waiting) >= AT_ONCE:
            self._write(table)

    def _write(self, table: str) -> None:
        lines = self._waiting.pop(table, None)
        if lines:
            marks = ", ".join("?" * len(lines[0]))
            query = f"INSERT OR REPLACE INTO temp.{table} VALUES ({marks})"
            self._connection.executemany(query, lines)

    # --- which files are one copy ---------------------------------------------------------------

    def groups(self) -> Iterator[tuple[str, Iterator[Arrived]]]:
        """The files copy by copy, correction slips last, each content once."""
        lines = self._ask(sql.GROUPS.format("IS NOT NULL"))
        for copy, own in groupby(lines, itemgetter(0)):
            yield copy, map(_arrived, own)

    def slips(self, copy: str) -> list[Head]:
        """The correction slips of a copy."""
        if not self._slips:
            return []
        own = map(_arrived, self._ask(sql.GROUPS.format("= ? AND a.slip"), copy))
        return [arrived.head for arrived in own]

    @cached_property
    def _slips(self) -> bool:
        return self._any("SELECT 1 FROM temp.arrived WHERE slip")

    def sent(self) -> list[int]:
        """What the files were sent out with, each once, by its number, in order of arrival."""
        return [number for (number,) in self._ask(sql.SENT)]

    def same(self) -> Iterator[int]:
        """The files that are another to the byte."""
        return (number for (number,) in self._ask("SELECT file_id FROM temp.arrived WHERE same"))

    def post(self, posted: Posted, files: Iterable[Head]) -> None:
        """One copy that came back, and its files, oldest first."""
        about = Kind(posted.sent, posted.touched, posted.unit, posted.whom, posted.period)
        kind = self._kinds.setdefault(about, len(self._kinds))
        self._add("posted", posted)
        for no, head in enumerate(files):
            self._add("stood", (posted.sender, no, head.number, kind))

    def tell(self, file: int, standing: Standing) -> None:
        """What became of a file; what is told last stands."""
        self._add("became", (file, *standing))

    def settled(self, shared: str) -> None:
        """All copies are here; ``shared`` is told of those that several people answered."""
        for table in ("posted", "stood", "became"):
            self._write(table)
        with sorting_little(self._connection):
            self._connection.execute(sql.STANDING)
        self._connection.execute(sql.SHARED, (shared,))

    # --- the copies and their files -------------------------------------------------------------

    def statuses(self) -> Iterator[tuple[int, Standing]]:
        """What became of every file."""
        for number, *standing in self._ask("SELECT * FROM temp.became"):
            yield number, (standing[0], standing[1])

    @property
    def empty(self) -> bool:
        """Whether no copy came back."""
        return not self._any("SELECT 1 FROM temp.posted")

    @property
    def rounds(self) -> bool:
        """Whether units were sent copies round after round."""
        return any(kind.period for kind in self._kinds)

    @cached_property
    def kinds(self) -> Sequence[Kind]:
        """The kinds of files, by number."""
        return tuple(self._kinds)

    def senders(self) -> Iterator[tuple[Posted, tuple[Head, ...]]]:
        """Every copy with its files, in order of arrival."""
        for _, lines in groupby(self._ask(sql.SENDERS), itemgetter(0)):
            own = list(lines)
            heads = (Head._make(line[len(Posted._fields) :]) for line in own)
            yield Posted._make(own[0][: len(Posted._fields)]), tuple(heads)

    def posted(self, order: str = "sender") -> Iterator[Posted]:
        """Every copy without its files, in order of arrival or of some columns."""
        return map(Posted._make, self._ask(f"SELECT * FROM temp.posted ORDER BY {order}"))

    def sent_with(self, sent: int | None) -> Iterator[Posted]:
        """The copies that were sent out with the same, in order of arrival."""
        query = "SELECT * FROM temp.posted WHERE sent IS ? ORDER BY sender"
        return map(Posted._make, self._ask(query, sent))

    def sent_by(self) -> Iterator[tuple[int, str, str, str]]:
        """Who sent each file that counts: its number, the copy, unit and role."""
        query = """
SELECT s.file_id, p.key, p.unit, p.role FROM temp.stood s JOIN temp.posted p USING (sender)"""
        return self._ask(query)

    def files(self) -> Iterator[int]:
        """The files that count, in order of arrival."""
        return (
            number for (number,) in self._ask("SELECT file_id FROM temp.standing ORDER BY place")
        )

    def names(self, places: Iterable[int]) -> Iterator[str]:
        """What the files in some places of the order of arrival are called."""
        query = "SELECT name FROM temp.standing JOIN file USING (file_id) WHERE place = ?"
        return (self._connection.execute(query, (place,)).fetchone()[0] for place in places)

    # --- what they say --------------------------------------------------------------------------

    def answers(self, spot: int) -> Iterator[Answered]:
        """The cells of files that count in one place, in order of arrival."""
        return self._ask(sql.FOUND, spot)

    def add(self, members: Iterable[tuple[int, int, str, Any]]) -> None:
        """Rows staff added: the number of the first cell, the file, the row, its key."""
        self._connection.execute("DELETE FROM temp.added")
        place = "SELECT place FROM temp.standing WHERE file_id = ?"
        for first, file, row, key in members:
            standing = self._connection.execute(place, (file,)).fetchone()
            if standing:
                self._add("added", (standing[0], first, file, row, pickle.dumps(key)))
        self._write("added")

    def added(self) -> Iterator[tuple[int, int, str, Any]]:
        """The rows that were added: place of the file, the file, the row, its key; in order."""
        query = (
            "SELECT place, file_id, row, key FROM temp.added ORDER BY place, first, file_id, row"
        )
        for place, file, row, key in self._ask(query):
            yield place, file, row, pickle.loads(key)  # our own, from our own process

    def join(self, member: tuple[str, str, int, int, int, str]) -> None:
        """A row is part of another: table, the other, number, place, file, the row."""
        self._add("member", member)

    def members(self, table: str, target: str) -> Iterator[tuple[int, int, str]]:
        """The rows that are part of one: place, file, row."""
        self._write("member")
        query = """
SELECT place, file_id, row FROM temp.member WHERE table_key = ? AND target = ? ORDER BY no"""
        return self._ask(query, table, target)

    def hear(self, lines: Iterable[tuple[int, int, str, str]]) -> None:
        """What copies answer: the copy, the number of the statement, the statement, the answer."""
        for line in lines:
            self._add("heard", line)

    def forms(self) -> Iterator[tuple[str, str, list[tuple[str, str]]]]:
        """The role and unit of every copy anybody wrote in, and its answers by statement."""
        self._write("heard")
        for _, lines in groupby(self._ask(sql.FORMS), itemgetter(0)):
            own = list(lines)
            said = [(statement, answer) for *_, statement, answer in own if statement is not None]
            yield own[0][1], own[0][2], said


def _arrived(line: Any) -> Arrived:
    _, rank, again, *head = line
    return Arrived(rank, bool(again), Head._make(head))
