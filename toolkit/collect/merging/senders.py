"""Senders: which returned files are one copy, which are several answers, which count twice.

In: the files of one document that were read. Out: Senders in order of arrival, each with its files,
and what became of every file: read, duplicate, superseded (specification 2.2, rulings 15, 18, 19).
They are laid out on a desk on the disk; no more than the files of one copy are held at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain

from toolkit.collect.merging.questions import Asked, neutral
from toolkit.document import Copies
from toolkit.field import Origin
from toolkit.fillable import INFO
from toolkit.store.desk import Arrived, Desk, Posted
from toolkit.store.head import Head
from toolkit.store.packing import Told, mark_of, told_of
from toolkit.store.records import (
    DUPLICATE,
    READ,
    SUPERSEDED,
    File,
    Spot,
    Value,
    blank,
    spaced,
)
from toolkit.store.streams import Streams

MANY = (Copies.WORKSHOP, Copies.RESPONDENT)
SHARED, UNTOUCHED, SLIP = "copy-shared", "copy-untouched", "slip"
Sent = Mapping[Spot, Value]


@dataclass(frozen=True, slots=True)
class Sender:
    """One copy that came back: its files, oldest first, who it is from, whether anybody wrote.

    ``sent`` are the values it was sent out with, one mapping for all that were sent the same.
    ``role`` is the respondent's, else the one that was filled in.
    """

    key: str
    document: str
    files: tuple[Head, ...]
    unit: str
    role: str
    touched: bool
    sent: Sent

    @property
    def newest(self) -> Head:
        """The file that stands."""
        return self.files[-1]

    @property
    def day(self) -> date:
        """The day of the newest answers."""
        return self.newest.day


class Post:
    """The copies of a document that came back, laid out on a desk, and what became of each file."""

    def __init__(self, desk: Desk, sent: Mapping[int, Sent], common: Sent) -> None:
        self.desk, self.common = desk, common
        self._sent = sent

    def sent(self, number: int | None) -> Sent:
        """What copies were sent out with, by its number; what all were where nobody knows."""
        return self.common if number is None else self._sent[number]

    def senders(self) -> Iterator[Sender]:
        """Every copy, in order of arrival."""
        for one, files in self.desk.senders():
            about = one.document, files, one.unit, one.role, bool(one.touched)
            yield Sender(one.key, *about, self.sent(one.sent))


def senders_of(streams: Streams, asked: Asked) -> Post:
    """Who sent what: the files of one document as copies, in order of arrival."""
    return Sorting(streams, asked).post()


class Sorting:
    """The files of one document on their way to senders, one copy after the other."""

    def __init__(self, streams: Streams, asked: Asked) -> None:
        self.streams, self.asked = streams, asked
        self.desk = streams.desk(asked.doc)
        numbers = self.desk.sent()
        self.sent = {number: streams.sent(number) for number in numbers}
        self.common = {s: v for number in reversed(numbers) for s, v in self.sent[number].items()}
        self.spots = dict(streams.spots(asked.doc, INFO, ""))

    def post(self) -> Post:
        """Every sender, and what became of every file."""
        for number in self.desk.same():
            self.desk.tell(number, (DUPLICATE, "file-duplicate"))
        for key, came in self.desk.groups():
            first = next(came)
            if self._many(first.head):
                self._each(key, chain((first,), came), mending=bool(first.head.mends))
            else:
                self._one(key, [first, *came])
        self.desk.settled(SHARED)
        return Post(self.desk, self.sent, self.common)

    def _one(self, key: str, came: Sequence[Arrived]) -> None:
        """The files of one copy are one answer; the newest stands."""
        slips = [own.head for own in came if own.head.mends]
        files = [own for own in came if not own.head.mends] or came
        for own in files:
            self.desk.tell(own.head.number, (SUPERSEDED, "file-superseded"))
        self._post(key, key, files, slips)

    def _each(self, key: str, came: Iterable[Arrived], *, mending: bool) -> None:
        """The files of one copy are an answer each, but where two say the same."""
        slips, n = self.desk.slips(key), 0
        for own in came:
            if bool(own.head.mends) is mending:
                self.desk.tell(own.head.number, (DUPLICATE, "file-duplicate"))
                n += not own.again
            if bool(own.head.mends) is mending and not own.again:
                mended = [slip for slip in slips if slip.mends == own.head.sha256]
                self._post(key, f"{key}#{n}" if n > 1 else key, [own], mended)
        self._told_of(slips)

    def _told_of(self, slips: Iterable[Head]) -> None:
        for slip in slips:
            self.desk.tell(slip.number, (READ, SLIP))

    def _many(self, file: Head) -> bool:
        """Whether one mailed file may serve many: workshops and respondents (ruling 18)."""
        document = self.asked.document(file.kind)
        kinds = document.copies if document else ()
        return any(kind in MANY for kind in kinds) and not file.unit_id

    def _post(self, copy: str, key: str, came: Sequence[Arrived], slips: Sequence[Head]) -> None:
        """One copy; its correction slips say nothing but what they mend."""
        files = [own.head for own in came]
        newest = files[-1]
        document = self.asked.document(newest.kind)
        named = document.id if document else ""
        unit = self._said(files, "f.unit") or newest.unit
        touched = any(self._touched(file) for file in files)
        posted = Posted(
            sender=came[-1].rank,
            key=key,
            document=named,
            unit=unit,
            role=self._said(files, "f.respondent_role") or newest.role or newest.filled_role,
            touched=touched,
            sent=newest.sent,
            whom=f"{named}/{unit}" if unit and newest.period else "",
            period=newest.period if unit else "",
            copy=copy,
            newest=newest.number,
        )
        self.desk.post(posted, (*(slip for slip in slips if slip not in files), *files))
        self.desk.tell(newest.number, (READ, "" if touched else UNTOUCHED))
        self._told_of(slips)

    def _said(self, files: Sequence[Head], field: str) -> str:
        """The unit or role written on the first page, the newest that was understood."""
        spot = self.spots.get(field)
        said = (self._said_in(file, spot) for file in reversed(files) if spot is not None)
        return next(filter(None, said), "")

    def _said_in(self, file: Head, spot: int) -> str:
        """What a file says in one field of the first page, where it was understood."""
        said = map(self.streams.said, self.streams.answers(file.number, spot))
        usable = [one.value for one in said if one.usable and not blank(one.value)]
        return f"{usable[-1]}" if usable else ""

    def _touched(self, file: Head) -> bool:
        """As it was judged when it was read; else by what the others were sent."""
        if file.touched is not None:
            return bool(file.touched)
        said = ((spot, said.value) for spot, said in self.streams.cells(file.number))
        return touched(said, self.asked, self.common)


# --- what one file tells of itself --------------------------------------------------------------


def judged(file: File, asked: Asked | None) -> File:
    """The file with what it alone tells: whether anybody wrote in it, and a mark of what it says.

    The mark is the same where the same people said the same, in whatever order of rows.
    """
    if asked is None:
        return file
    said = ((cell.spot, cell.value) for cell in file.cells)
    own = touched(said, asked, file.sent) if file.sent else None
    told = told_of(file.doc, file.cells)
    return replace(file, touched=own, content=_content(file, told), told=told)


def _content(file: File, told: Iterable[Told]) -> str:
    """Who answered and everything they said."""
    who = mark_of((file.filled_by, file.filled_role, f"{file.filled_date}"), None)
    return f"{sum({one.mark for one in told}) + who:x}"


def touched(said: Iterable[tuple[Spot, Value]], asked: Asked, sent: Sent) -> bool:
    """Whether staff changed or filled anything: what makes the rest of a copy a confirmation."""
    return any(True for _ in _changes(said, asked, sent))


def _changes(said: Iterable[tuple[Spot, Value]], asked: Asked, sent: Sent) -> Iterator[Spot]:
    for spot, value in said:
        was = sent.get(spot)
        if value == was and value.__class__ is was.__class__:
            continue
        table = asked.tables.get(spot[0])
        field = table.field(spot[2]) if table else None
        if field is None or (field.origin is Origin.PREFILLED and spot not in sent):
            continue
        if not _same(neutral(value, field), neutral(was, field)):
            yield spot


def _same(value: Value, was: Value) -> bool:
    return (blank(value) and blank(was)) or spaced(value) == spaced(was)
