"""Streams: what merging reads of the store, a little at a time.

In: an open connection, the number of a document, a table, a row. Out: the files of a document
without their cells, the cells of one file, the answers to one question: never all of it at once.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from typing import NamedTuple, TypeVar

from toolkit.store.desk import Desk
from toolkit.store.head import ARRIVAL
from toolkit.store.records import REJECTED, Entry, Spot, Value, blank
from toolkit.store.typed import value

Worth = TypeVar("Worth")

NEW, AFTER_NEW = "new-", "new."
MOST = 8192  # answers and spots remembered; many files share one


class Said(NamedTuple):
    """What a cell says, whichever it is; ``usable`` whether it counts, ``blank`` if it is none."""

    value: Value
    raw: str
    usable: bool
    blank: bool


class At(NamedTuple):
    """One cell: the id of its file, its number there, the id of what it says."""

    file: int
    number: int
    answer: int


class _Known(dict[int, Worth]):
    """What is read once for many files; of very many all is let go, to be read again."""

    def __init__(self, read: Callable[[int], Worth]) -> None:
        super().__init__()
        self.read = read

    def __missing__(self, number: int) -> Worth:
        if len(self) >= MOST:
            self.clear()
        self[number] = found = self.read(number)
        return found


class Streams:
    """What one merge reads; answers many files share are read once."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection
        self._said = _Known(self._read_said)
        self._spots = _Known(self._read_spot)

    def desk(self, doc: str) -> Desk:
        """The files of a document, laid out to be merged."""
        return Desk(self.connection, doc)

    def numbers(self, doc: str) -> Iterator[int]:
        """The files of a document that were read."""
        query = f"SELECT file_id FROM file WHERE doc = ? AND status <> '{REJECTED}' ORDER BY 1"
        return (number for (number,) in self.connection.execute(query, (doc,)))

    def aside(self) -> list[tuple[int, str, bool]]:
        """The files that were not read: number, reason, whether one of its name was read later."""
        query = """
SELECT file_id, reason, name IN (SELECT name FROM file WHERE doc <> '') FROM file WHERE doc = ''"""
        return self.connection.execute(query).fetchall()

    def titles(self) -> dict[Entry, str]:
        """What files call entries, the oldest file first."""
        query = f"SELECT names_id, {ARRIVAL} FROM file WHERE names_id IS NOT NULL"
        first: dict[int, tuple[str, ...]] = {}
        for number, *arrival in self.connection.execute(query):  # sorting would hold them all
            first[number] = min(first.get(number, (*arrival,)), (*arrival,))
        named = "SELECT kind, id, title FROM named WHERE names_id = ? ORDER BY kind, id"
        found: dict[Entry, str] = {}
        for number in sorted(first, key=first.__getitem__):
            for kind, id, title in self.connection.execute(named, (number,)):
                found.setdefault((kind, id), title)
        return found

    def sent(self, number: int) -> dict[Spot, Value]:
        """What a file was sent out with."""
        query = "SELECT * FROM sent_value WHERE sent_id = ? ORDER BY sent_no"
        rows = self.connection.execute(query, (number,))
        return {(table, row, field): value(*typed) for _, _, table, row, field, *typed in rows}

    def said(self, answer: int) -> Said:
        """What an answer says."""
        return self._said[answer]

    def _read_said(self, answer: int) -> Said:
        query = "SELECT * FROM answer WHERE answer_id = ?"
        _, *typed, raw, _, usable = self.connection.execute(query, (answer,)).fetchone()
        told = value(*typed)
        return Said(told, raw, bool(usable), blank(told))

    def cells(self, file: int) -> list[tuple[Spot, Said]]:
        """The cells of one file, in order."""
        query = "SELECT spot_id, answer_id FROM cell WHERE file_id = ? ORDER BY cell_no"
        spots, said = self._spots, self._said
        rows = self.connection.execute(query, (file,))
        return [(spots[spot], said[answer]) for spot, answer in rows]

    def pairs(self, file: int) -> list[tuple[int, int]]:
        """The cells of one file, in order: the number of the spot, the answer."""
        query = "SELECT spot_id, answer_id FROM cell WHERE file_id = ? ORDER BY cell_no"
        return self.connection.execute(query, (file,)).fetchall()

    def spot(self, number: int) -> Spot:
        """The table, row and field of a spot."""
        return self._spots[number]

    def _read_spot(self, spot: int) -> Spot:
        query = "SELECT table_key, row_id, field FROM spot WHERE spot_id = ?"
        found: Spot = self.connection.execute(query, (spot,)).fetchone()
        return found

    def spots(self, doc: str, table: str, row: str) -> list[tuple[str, int]]:
        """The fields of a row that any file holds, with the id of each."""
        query = """
SELECT field, spot_id FROM spot WHERE table_key = ? AND row_id = ? AND doc = ? ORDER BY field"""
        return self.connection.execute(query, (table, row, doc)).fetchall()

    def rows(self, doc: str, table: str) -> list[str]:
        """The rows of a table that files hold and staff did not add."""
        query = """
SELECT DISTINCT row_id FROM spot WHERE table_key = ? AND doc = ?
AND NOT (row_id >= ? AND row_id < ?) ORDER BY row_id"""
        found = self.connection.execute(query, (table, doc, NEW, AFTER_NEW))
        return [row for (row,) in found.fetchall()]

    def added(self, doc: str, table: str) -> Iterator[tuple[str, str, At]]:
        """The cells of rows staff added: row, field, cell; row by row."""
        query = """
SELECT s.row_id, s.field, c.file_id, c.cell_no, c.answer_id FROM spot s
JOIN cell c USING (spot_id) WHERE s.table_key = ? AND s.doc = ?
AND s.row_id >= ? AND s.row_id < ? ORDER BY s.row_id, c.file_id, c.cell_no"""
        for row, field, *at in self.connection.execute(query, (table, doc, NEW, AFTER_NEW)):
            yield row, field, At(*at)

    def answers(self, file: int, spot: int) -> list[int]:
        """The answers of one file to one question, in order."""
        query = "SELECT answer_id FROM cell WHERE spot_id = ? AND file_id = ? ORDER BY cell_no"
        return [answer for (answer,) in self.connection.execute(query, (spot, file))]

    def holds(self, file: int, spots: list[int]) -> bool:
        """Whether a file has a cell at any of some spots."""
        marks = ", ".join("?" * len(spots))
        query = f"SELECT 1 FROM cell WHERE spot_id IN ({marks}) AND file_id = ? LIMIT 1"
        return self.connection.execute(query, (*spots, file)).fetchone() is not None
