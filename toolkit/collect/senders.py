"""Senders: which returned files are one copy, which are several answers, which count twice.

In: the files of one document that were read. Out: Senders in order of arrival, each with its files,
and what became of every file: read, duplicate, superseded (specification 2.2, rulings 15, 18, 19).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as default
from datetime import date

from toolkit.collect.answers import spaced
from toolkit.collect.questions import Asked, neutral
from toolkit.document import Copies
from toolkit.field import Origin
from toolkit.fillable import INFO
from toolkit.store.records import (
    DUPLICATE,
    READ,
    SUPERSEDED,
    Cell,
    File,
    FileKey,
    Spot,
    Standing,
    Value,
    blank,
)

MANY = (Copies.WORKSHOP, Copies.RESPONDENT)
SHARED, UNTOUCHED = "copy-shared", "copy-untouched"
Sent = Mapping[Spot, Value]


@dataclass(frozen=True)
class Sender:
    """One copy that came back: its files, oldest first, who it is from, whether anybody wrote.

    ``sent`` are the values it was sent out with. ``role`` is the respondent's, else the one that
    was filled in.
    """

    key: str
    document: str
    files: tuple[File, ...]
    unit: str = ""
    role: str = ""
    touched: bool = True
    sent: Sent = default(default_factory=dict)

    @property
    def newest(self) -> File:
        """The file that stands."""
        return self.files[-1]

    @property
    def day(self) -> date:
        """The day of the newest answers."""
        return self.newest.day


@dataclass(frozen=True)
class Post:
    """The senders of a document, and what became of each file."""

    senders: tuple[Sender, ...] = ()
    statuses: Mapping[FileKey, Standing] = default(default_factory=dict)


def senders_of(files: Sequence[File], asked: Asked) -> Post:
    """Who sent what: the files of one document as copies, in order of arrival."""
    ordered = sorted(files, key=lambda file: file.arrival)
    first = {file.sha256: file for file in reversed(ordered)}
    statuses = {f.key: (DUPLICATE, "file-duplicate") for f in ordered if first[f.sha256] is not f}
    groups: dict[str, list[File]] = {}
    for file in first.values():
        groups.setdefault(file.copy or f"unidentified-{file.sha256[:8]}", []).append(file)
    common = _common(ordered)
    senders: list[Sender] = []
    for key, group in groups.items():
        told, made = _sorted(key, sorted(group, key=lambda file: file.arrival), asked, common)
        statuses |= told
        senders += made
    senders.sort(key=lambda sender: sender.newest.arrival)
    return Post(tuple(senders), statuses)


def _common(files: Sequence[File]) -> dict[Spot, Value]:
    """What was sent out, for files that no longer know it themselves."""
    return {spot: value for file in reversed(files) for spot, value in file.sent.items()}


def _sorted(
    key: str, files: list[File], asked: Asked, common: Sent
) -> tuple[dict[FileKey, Standing], list[Sender]]:
    if not _many(files[0], asked):
        sender = _sender(key, files, asked, common)
        stands = {files[-1].key: (READ, "" if sender.touched else UNTOUCHED)}
        return {f.key: (SUPERSEDED, "file-superseded") for f in files} | stands, [sender]
    first: dict[object, File] = {}
    for file in files:
        first.setdefault(_content(file), file)
    told = {f.key: (DUPLICATE, "file-duplicate") for f in files}
    made = [
        _sender(key if not n else f"{key}#{n + 1}", [file], asked, common)
        for n, file in enumerate(first.values())
    ]
    reason = SHARED if sum(sender.touched for sender in made) > 1 else ""
    for sender in made:
        told[sender.newest.key] = (READ, reason if sender.touched else UNTOUCHED)
    return told, made


def _many(file: File, asked: Asked) -> bool:
    """Whether one mailed file may serve many: copies of workshops and respondents (ruling 18)."""
    document = asked.document(file.kind)
    kinds = document.copies if document else ()
    return any(kind in MANY for kind in kinds) and not file.identity.get("unit_id")


def _content(file: File) -> object:
    """Who answered and everything they said: equal ones are the same answer sent twice."""
    said = frozenset((cell.spot, spaced(cell.value)) for cell in file.cells if cell.raw)
    return file.filled_by, file.filled_role, file.filled_date, said


def _sender(key: str, files: list[File], asked: Asked, common: Sent) -> Sender:
    document = asked.document(files[-1].kind)
    return Sender(
        key=key,
        document=document.id if document else "",
        files=tuple(files),
        unit=_said(files, "f.unit") or files[-1].unit,
        role=_said(files, "f.respondent_role") or files[-1].role or files[-1].filled_role,
        touched=any(touched(file, asked, file.sent or common) for file in files),
        sent=files[-1].sent or common,
    )


def _said(files: Sequence[File], field: str) -> str:
    """The unit or role written on the first page, the newest that was understood."""
    said = [
        cell.value
        for file in files
        for cell in file.cells
        if cell.table == INFO and cell.field == field and cell.usable and not blank(cell.value)
    ]
    return str(said[-1]) if said else ""


def touched(file: File, asked: Asked, sent: Sent) -> bool:
    """Whether staff changed or filled anything: what makes the rest of a copy a confirmation."""
    return any(True for _ in _changes(file, asked, sent))


def _changes(file: File, asked: Asked, sent: Sent) -> Iterator[Cell]:
    for cell in file.cells:
        table = asked.tables.get(cell.table)
        field = table.field(cell.field) if table else None
        known = cell.spot in sent
        if field is None or (field.origin is Origin.PREFILLED and not known):
            continue
        if not _same(neutral(cell.value, field), neutral(sent.get(cell.spot), field)):
            yield cell


def _same(value: Value, was: Value) -> bool:
    return (blank(value) and blank(was)) or spaced(value) == spaced(was)
