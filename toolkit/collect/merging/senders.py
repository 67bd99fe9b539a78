"""Senders: which returned files are one copy, which are several answers, which count twice.

In: the files of one document that were read. Out: Senders in order of arrival, each with its files,
and what became of every file: read, duplicate, superseded (specification 2.2, rulings 15, 18, 19).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from toolkit.collect.merging.questions import Asked, neutral
from toolkit.document import Copies
from toolkit.field import Origin
from toolkit.fillable import INFO
from toolkit.store.packing import Told, mark_of, told_of
from toolkit.store.records import (
    DUPLICATE,
    READ,
    SUPERSEDED,
    File,
    Spot,
    Standing,
    Value,
    blank,
    spaced,
)
from toolkit.store.streams import Head, Streams

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


@dataclass(frozen=True)
class Post:
    """The senders of a document, and what became of each file, by its number in the store."""

    senders: tuple[Sender, ...]
    statuses: Mapping[int, Standing]


def senders_of(streams: Streams, asked: Asked) -> Post:
    """Who sent what: the files of one document as copies, in order of arrival."""
    return Sorting(streams, asked).post()


class Sorting:
    """The files of one document on their way to senders."""

    def __init__(self, streams: Streams, asked: Asked) -> None:
        self.streams, self.asked = streams, asked
        self.heads = list(streams.heads(asked.doc))
        self.order = {head.number: rank for rank, head in enumerate(self.heads)}
        numbers = dict.fromkeys(head.sent for head in self.heads if head.sent is not None)
        self.sent = {number: streams.sent(number) for number in numbers}
        self.common = {s: v for number in reversed(numbers) for s, v in self.sent[number].items()}
        self.said = {field: self._said_in(field) for field in ("f.unit", "f.respondent_role")}

    def _said_in(self, field: str) -> dict[int, str]:
        """What files say in one field of the first page, where it was understood."""
        found: dict[int, str] = {}
        for key, spot in self.streams.spots(self.asked.doc, INFO, ""):
            for file, _, answer in self.streams.answers(spot) if key == field else ():
                said = self.streams.said(answer)
                if said.usable and not blank(said.value):
                    found[file] = f"{said.value}"
        return found

    def post(self) -> Post:
        """Every sender, and what became of every file."""
        first: dict[str, Head] = {}
        statuses: dict[int, Standing] = {}
        for head in self.heads:
            if first.setdefault(head.sha256, head) is not head:
                statuses[head.number] = (DUPLICATE, "file-duplicate")
        groups: dict[str, list[Head]] = {}
        for head in first.values():
            groups.setdefault(_copy_of(first.get(head.mends, head)), []).append(head)
        senders: list[Sender] = []
        for key, group in groups.items():
            told, made = self._sorted(key, group)
            statuses |= told
            senders += made
        senders.sort(key=lambda sender: self.order[sender.newest.number])
        return Post(tuple(senders), statuses)

    def _sorted(self, key: str, files: list[Head]) -> tuple[dict[int, Standing], list[Sender]]:
        slips = [file for file in files if file.mends]
        files = [file for file in files if not file.mends] or files
        if not self._many(files[0]):
            sender = self._sender(key, files, slips)
            stands = {files[-1].number: (READ, "" if sender.touched else UNTOUCHED)}
            older = {f.number: (SUPERSEDED, "file-superseded") for f in files}
            return older | stands | {slip.number: (READ, SLIP) for slip in slips}, [sender]
        first: dict[str, Head] = {}
        for file in files:
            first.setdefault(file.content, file)
        told = {f.number: (DUPLICATE, "file-duplicate") for f in files}
        made = [
            self._sender(
                key if not n else f"{key}#{n + 1}",
                [file],
                [slip for slip in slips if slip.mends == file.sha256],
            )
            for n, file in enumerate(first.values())
        ]
        reason = SHARED if sum(sender.touched for sender in made) > 1 else ""
        for sender in made:
            told[sender.newest.number] = (READ, reason if sender.touched else UNTOUCHED)
        return told | {slip.number: (READ, SLIP) for slip in slips}, made

    def _many(self, file: Head) -> bool:
        """Whether one mailed file may serve many: workshops and respondents (ruling 18)."""
        document = self.asked.document(file.kind)
        kinds = document.copies if document else ()
        return any(kind in MANY for kind in kinds) and not file.unit_id

    def _sender(self, key: str, files: list[Head], slips: Sequence[Head] = ()) -> Sender:
        """One copy; its correction slips say nothing but what they mend."""
        newest = files[-1]
        document = self.asked.document(newest.kind)
        role = self._said(files, "f.respondent_role") or newest.role or newest.filled_role
        return Sender(
            key=key,
            document=document.id if document else "",
            files=(*(slip for slip in slips if slip not in files), *files),
            unit=self._said(files, "f.unit") or newest.unit,
            role=role,
            touched=any(self._touched(file) for file in files),
            sent=self._sent(newest),
        )

    def _sent(self, file: Head) -> Sent:
        return self.common if file.sent is None else self.sent[file.sent]

    def _said(self, files: Sequence[Head], field: str) -> str:
        """The unit or role written on the first page, the newest that was understood."""
        said = (self.said[field].get(file.number, "") for file in reversed(files))
        return next(filter(None, said), "")

    def _touched(self, file: Head) -> bool:
        """As it was judged when it was read; else by what the others were sent."""
        if file.touched is not None:
            return bool(file.touched)
        said = ((spot, said.value) for spot, said in self.streams.cells(file.number))
        return touched(said, self.asked, self.common)


def _copy_of(head: Head) -> str:
    """The copy a file is of; one without identity is a copy by itself."""
    return head.copy or f"unidentified-{head.sha256[:8]}"


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
