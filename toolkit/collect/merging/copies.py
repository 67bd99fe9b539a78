"""Copies: the files of one document that count, in order of arrival, and what they were sent with.

In: senders and the streams of the store. Out: for one row of a table, its fields, the cells of
every file that answer them, and the names of the files that hold it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from heapq import nsmallest
from operator import itemgetter
from typing import NamedTuple

from toolkit.collect.merging.answers import Origin
from toolkit.collect.merging.senders import Sender, Sent
from toolkit.store.streams import Streams

NAMED = 20
"""Files a row names: the first that hold it. The views of the store tell all of them."""
PROBED = 200

Files = Mapping[str, set[int] | None]  # row -> the files in which it is meant; None: in all


class Standing(NamedTuple):
    """A file that counts: its place in the order of arrival, and who sent it."""

    rank: int
    sender: Sender
    origin: Origin


class Where(NamedTuple):
    """Where answers are: the id of a spot, its row, and the files in which it is meant."""

    spot: int
    row: str
    files: set[int] | None


Found = tuple[int, int, int, int, str, Sender, Origin]
"""One cell of one file that counts: the file's place in the order of arrival, the cell's number
there, the file, the answer, the row, who sent it, where it comes from."""


class Copies:
    """The senders of a document, and the files that count by their number in the store."""

    def __init__(self, doc: str, senders: Sequence[Sender], streams: Streams) -> None:
        self.doc, self.senders, self.streams = doc, senders, streams
        files = [(head, sender) for sender in senders for head in sender.files]
        self.heads = [head for head, _ in files]
        self.standing = {
            head.number: Standing(n, own, Origin(own.key, own.unit, head.number))
            for n, (head, own) in enumerate(files)
        }
        self.sets = different(senders)
        self.sent_fields = [_by_row(sent) for sent, _ in self.sets]

    def fields_sent(self, table: str, row: str) -> Iterator[str]:
        """The fields of a row that were sent out filled."""
        return (field for own in self.sent_fields for field in own.get((table, row), ()))

    def where(self, table: str, rows: Files) -> dict[str, list[Where]]:
        """Where the answers to every field of some rows are, by field."""
        found: dict[str, list[Where]] = {}
        for row, files in rows.items():
            for field, spot in self.streams.spots(self.doc, table, row):
                found.setdefault(field, []).append(Where(spot, row, files))
        return found

    def found(self, places: Iterable[Where]) -> list[Found]:
        """The cells at some places, of files that count, in order of arrival."""
        standing = self.standing
        found = [
            (known[0], number, file, answer, row, known[1], known[2])
            for spot, row, files in places
            for file, number, answer in self.streams.answers(spot)
            if (known := standing.get(file)) and (files is None or file in files)
        ]
        found.sort(key=itemgetter(0, 1))
        return found

    def names(self, places: Sequence[Where]) -> tuple[str, ...]:
        """The names of the first files that have a cell at any of some places."""
        ranks: list[int] = []
        for rank, head in enumerate(self.heads):
            if rank == PROBED and not ranks:  # few hold it: look from the other side
                ranks = sorted({found[0] for found in self.found(places)})
            if len(ranks) >= NAMED or rank >= PROBED:
                break
            if self._holds(head.number, places):
                ranks.append(rank)
        return self.named(ranks)

    def named(self, ranks: Iterable[int]) -> tuple[str, ...]:
        """The names of the first of some files, by their place in the order of arrival."""
        first = nsmallest(NAMED, set(ranks))
        return tuple(dict.fromkeys(self.heads[rank].name for rank in first))

    def _holds(self, file: int, places: Sequence[Where]) -> bool:
        spots = [spot for spot, _, files in places if files is None or file in files]
        return self.streams.holds(file, spots)


def different(senders: Iterable[Sender]) -> list[tuple[Sent, Sender]]:
    """What was sent out, each once, with the first sender it was sent to."""
    found: dict[int, tuple[Sent, Sender]] = {}
    for sender in senders:
        found.setdefault(id(sender.sent), (sender.sent, sender))
    return list(found.values())


def _by_row(sent: Sent) -> dict[tuple[str, str], list[str]]:
    rows: dict[tuple[str, str], list[str]] = {}
    for table, row, field in sent:
        rows.setdefault((table, row), []).append(field)
    return rows
