"""Pen: writes the results of one document while they are made, in one transaction.

In: results a little at a time. Out: rows of the store; all of them or, where anything ends the
block, none.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from toolkit.store import consolidated
from toolkit.store.consolidated import Refs
from toolkit.store.records import Entry, Merged, Results, Spot, Standing


class Pen:
    """What writes results into an open transaction."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._written: Counter[str] = Counter()

    def write(self, results: Results) -> None:
        """Some results, all but merged values, titles and statuses."""
        consolidated.write(self._connection, results, self._written)

    def merged(self, merged: Iterable[tuple[Merged, Refs]]) -> None:
        """Merged values, each with the cells it rests on."""
        consolidated.write_merged(self._connection, merged)

    def resting(self, computed: Iterable[tuple[Merged, Sequence[Spot]]]) -> None:
        """Computed values, each with the merged cells it rests on."""
        consolidated.write_resting(self._connection, computed)

    def senders(self, senders: Iterable[tuple[int, str, str, str]]) -> None:
        """Who sent each file that counts: its number, the copy, unit and role."""
        consolidated.write_senders(self._connection, senders)

    def statuses(self, statuses: Iterable[tuple[int, Standing]]) -> bool:
        """What became of files, by their number; whether anything changed."""
        return consolidated.write_statuses(self._connection, statuses)

    def titles(self, titles: Mapping[Entry, str]) -> bool:
        """What entries are called; whether anything changed."""
        return consolidated.write_titles(self._connection, titles)
