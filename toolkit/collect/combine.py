"""Combine: every file of the store as one set of results.

In: the files, the documents, what is known of the project, the copies that were sent out. Out:
Results: consolidated rows and values, who answered, what is missing, how the pilot was rated, and
what became of every file. The order of the files makes no difference.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from toolkit.collect.answered import copies_of
from toolkit.collect.complete import AllCopies, needs
from toolkit.collect.evaluation import DOC, TABLE, forms_of, rated, responses
from toolkit.collect.joining import Joined, lookalikes
from toolkit.collect.known import Known
from toolkit.collect.merge import MergedTable, merge_document, merged_of
from toolkit.collect.questions import NAMED, Asked, asked_by
from toolkit.collect.recompute import computed, judged, matrix_of
from toolkit.collect.senders import Sender, senders_of
from toolkit.collect.sent_out import SentOut
from toolkit.document import Copies, Document
from toolkit.field import FieldType
from toolkit.store.records import (
    REJECTED,
    SUPERSEDED,
    Entry,
    File,
    FileKey,
    Lookalike,
    Missing,
    Results,
    Row,
    Standing,
    Value,
    blank,
)

READ_LATER = "read-later"


@dataclass(frozen=True)
class Combined:
    """One document on its way to results."""

    asked: Asked
    senders: tuple[Sender, ...]
    tables: Mapping[str, MergedTable]
    known: Known


def combine(
    files: Sequence[File], documents: Sequence[Document], known: Known, sent: Sequence[SentOut]
) -> Results:
    """The results of some files."""
    titles = _titles(files, known)
    known = replace(known, titles=titles)
    statuses = _rejected(files)
    parts = []
    for asked in asked_by(documents).values():
        post = senders_of([f for f in files if f.doc == asked.doc and f.status != REJECTED], asked)
        statuses |= post.statuses
        merged = judged(merge_document(asked, post.senders), known)
        own = replace(known, matrix=matrix_of(merged, known))
        parts.append(_results(Combined(asked, post.senders, merged, own), sent))
    return replace(_joined(parts), titles=titles, statuses=statuses)


def _titles(files: Iterable[File], known: Known) -> dict[Entry, str]:
    """What people call things: as the project says, else as the files do, the oldest first."""
    found = dict(known.titles)
    for file in files:
        for entry, title in file.names.items():
            found.setdefault(entry, title)
    return found


def _rejected(files: Sequence[File]) -> dict[FileKey, Standing]:
    """The rejected files; one of a name that was read later is superseded."""
    read = {file.name for file in files if file.status != REJECTED}
    later = {f.key: (SUPERSEDED, READ_LATER) for f in files if f.name in read}
    rejected = [file for file in files if file.status == REJECTED]
    return {f.key: later.get(f.key, (REJECTED, f.reason)) for f in rejected}


def _results(part: Combined, sent: Sequence[SentOut]) -> Results:
    asked, doc = part.asked, part.asked.doc
    forms = forms_of(part.tables[TABLE], part.senders) if doc == DOC else ()
    merged = [m for table in part.tables.values() for m in merged_of(doc, table, asked)]
    return Results(
        rows=tuple(row for table in part.tables.values() for row in _rows(part, table)),
        merged=(*merged, *computed(doc, part.tables, part.known)) if part.senders else (),
        lookalikes=tuple(_lookalikes(part)),
        copies=copies_of(sent, part.senders, asked, part.known),
        missing=tuple(_missing(part)) if part.senders else (),
        ratings=tuple(rated(forms)) if forms else (),
        responses=responses(forms, part.known) if doc == DOC else (),
        anonymous=(doc,) if _anonymous(asked) else (),
    )


def _anonymous(asked: Asked) -> bool:
    """Whether answers are never shown one by one: each copy is a respondent's (ruling 21)."""
    return any(Copies.RESPONDENT in document.copies for document in asked.documents)


def _missing(part: Combined) -> Iterator[Missing]:
    if part.asked.doc == DOC:  # every form is judged by itself
        return
    said = AllCopies(part.tables)
    for need in needs(part.asked, said, part.known):
        if not need.there:
            yield Missing(part.asked.doc, need.table, need.row, need.field)


def _lookalikes(part: Combined) -> Iterator[Lookalike]:
    for key, table in part.tables.items():
        for newer, older, likeness in lookalikes(table.rows, part.asked.tables[key]):
            yield Lookalike(part.asked.doc, key, newer, older, likeness)


def _rows(part: Combined, table: MergedTable) -> Iterator[Row]:
    for position, joined in enumerate(table.rows):
        files = dict.fromkeys(member.file.name for member in joined.members)
        yield Row(
            part.asked.doc,
            table.key,
            joined.row,
            position,
            _title(part, table, joined),
            joined.new,
            tuple(files),
        )


def _title(part: Combined, table: MergedTable, joined: Joined) -> str:
    """What people call a row: the words of its key; without a key the first text in it."""
    asked = part.asked.tables[table.key]
    if asked.row_key:
        key = (_shown(part, table, joined.row, field) for field in asked.row_key)
        return ", ".join(filter(None, key))
    texts = sorted(asked.fields, key=lambda key: asked.fields[key].type not in NAMED)
    first = (_shown(part, table, joined.row, key) for key in texts)
    return next(filter(None, first), "")


def _shown(part: Combined, table: MergedTable, row: str, key: str) -> str:
    field = part.asked.tables[table.key].field(key)
    value: Value = table.value(row, key)
    if blank(value) and _sent(part, table.key, row, key) is not None:
        value = _sent(part, table.key, row, key)
    if field and field.type is FieldType.REF:
        return part.known.titles.get((field.ref, f"{value}"), "" if value is None else f"{value}")
    return "" if blank(value) else f"{value}"


def _sent(part: Combined, table: str, row: str, key: str) -> Value:
    """What any copy was sent with in a cell nobody merges."""
    values = (sender.sent.get((table, row, key)) for sender in part.senders)
    return next((value for value in values if value is not None), None)


def _joined(parts: Sequence[Results]) -> Results:
    return Results(
        rows=tuple(row for part in parts for row in part.rows),
        merged=tuple(merged for part in parts for merged in part.merged),
        lookalikes=tuple(pair for part in parts for pair in part.lookalikes),
        copies=tuple(copy for part in parts for copy in part.copies),
        missing=tuple(missing for part in parts for missing in part.missing),
        ratings=tuple(rating for part in parts for rating in part.ratings),
        responses=tuple(response for part in parts for response in part.responses),
        anonymous=tuple(doc for part in parts for doc in part.anonymous),
    )
