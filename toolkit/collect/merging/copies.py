"""Copies: the files of one document that count, in order of arrival, and what they were sent with.

In: the post of a document and the streams of the store. Out: for one row of a table, its fields,
the cells of every file that answer them, and the names of the files that hold it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import islice, repeat
from typing import NamedTuple

from toolkit.collect.merging.senders import Post, Sent
from toolkit.store.desk import Answered
from toolkit.store.streams import Streams

NAMED = 20
"""Files a row names: the first that hold it. The views of the store tell all of them."""
PROBED = 200

CELL, FILE = 3, 5  # columns in what the desk tells
Files = Mapping[str, set[int] | None]  # row -> the files in which it is meant; None: in all


class Where(NamedTuple):
    """Where answers are: the id of a spot, its row, and the files in which it is meant."""

    spot: int
    row: str
    files: set[int] | None


Found = tuple[str, Answered]
"""One cell of one file that counts: its row, and what the desk tells of it."""


class Copies:
    """The copies of a document that came back, and their files by number in the store."""

    def __init__(self, doc: str, post: Post, streams: Streams) -> None:
        self.doc, self.post, self.desk, self.streams = doc, post, post.desk, streams
        self.rounds = self.desk.rounds
        self.sets = dict.fromkeys(posted.sent for posted in self.desk.posted())
        self.sent_fields = [_by_row(self.sent(number)) for number in self.sets]

    def sent(self, number: int | None) -> Sent:
        """What copies were sent out with, by its number."""
        return self.post.sent(number)

    @cached_property
    def sent_by_unit(self) -> list[Sent]:
        """What was sent out, each once, in the order of whom it was sent to."""
        posted = self.desk.posted("unit, key")
        return [self.sent(number) for number in dict.fromkeys(own.sent for own in posted)]

    def fields_sent(self, table: str, row: str) -> Iterator[str]:
        """The fields of a row that were sent out filled."""
        return (field for own in self.sent_fields for field in own.get((table, row), ()))

    def rows(self, table: str, row: str, *, new: bool) -> Files:
        """The rows a row is made of, with the files in which each is meant.

        A row of the description is its own in every file.
        """
        found: dict[str, set[int] | None] = {} if new else {row: None}
        for _, file, own in self.desk.members(table, row):
            files = found.setdefault(own, set())
            if files is not None:
                files.add(file)
        return found

    def where(self, table: str, rows: Files) -> dict[str, list[Where]]:
        """Where the answers to every field of some rows are, by field."""
        found: dict[str, list[Where]] = {}
        for row, files in rows.items():
            for field, spot in self.streams.spots(self.doc, table, row):
                found.setdefault(field, []).append(Where(spot, row, files))
        return found

    def found(self, places: Sequence[Where]) -> Iterable[Found]:
        """The cells at some places, of files that count, in order of arrival."""
        if len(places) == 1:
            return self._at(*places)
        every = (found for place in places for found in self._at(place))
        return sorted(every, key=lambda found: (found[1][0], found[1][CELL]))

    def _at(self, place: Where) -> Iterable[Found]:
        answers = self.desk.answers(place.spot)
        if place.files is not None:
            answers = (answered for answered in answers if answered[FILE] in place.files)
        return zip(repeat(place.row), answers, strict=False)

    def names(self, places: Sequence[Where]) -> tuple[str, ...]:
        """The names of the first files that have a cell at any of some places."""
        ranks: list[int] = []
        for rank, number in enumerate(self._first):
            if len(ranks) < NAMED and self._holds(number, places):
                ranks.append(rank)
        if not ranks and len(self._first) == PROBED:  # few hold it: look from the other side
            ranks = sorted({answered[0] for _, answered in self.found(places)})
        return self.named(ranks)

    def named(self, ranks: Iterable[int]) -> tuple[str, ...]:
        """The names of the first of some files, by their place in the order of arrival."""
        first = islice(dict.fromkeys(ranks), NAMED)
        return tuple(dict.fromkeys(self.desk.names(first)))

    @cached_property
    def _first(self) -> list[int]:
        """The files that came first."""
        return list(islice(self.desk.files(), PROBED))

    def _holds(self, file: int, places: Sequence[Where]) -> bool:
        spots = [spot for spot, _, files in places if files is None or file in files]
        return self.streams.holds(file, spots)


def _by_row(sent: Sent) -> dict[tuple[str, str], list[str]]:
    rows: dict[tuple[str, str], list[str]] = {}
    for table, row, field in sent:
        rows.setdefault((table, row), []).append(field)
    return rows
