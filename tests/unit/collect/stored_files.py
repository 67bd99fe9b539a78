"""Returned files as the store holds them, said in a few words: what was sent, what came back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path

from toolkit.collect.known import Known
from toolkit.collect.merging.combine import combine
from toolkit.collect.merging.questions import Asked, asked_by
from toolkit.collect.merging.senders import judged
from toolkit.collect.sent_out import SentOut
from toolkit.document import Document, load_documents, shipped_templates
from toolkit.store import Store, open_store
from toolkit.store.packing import pack
from toolkit.store.records import Cell, File, Merged, Results, Spot, Value

Said = Mapping[tuple[str, str], Mapping[str, Value]]  # (table, row) -> field -> value
GONE = "gone"


@cache
def documents() -> tuple[Document, ...]:
    return load_documents(shipped_templates())


@cache
def asked(doc: str) -> Asked:
    return asked_by(documents())[doc]


def spots(said: Said) -> dict[Spot, Value]:
    return {
        (*at, field if "." in field or field.startswith("ro") else f"f.{field}"): value
        for at, own in said.items()
        for field, value in own.items()
    }


def file_of(
    doc: str,
    name: str,
    says: Said | None = None,
    *,
    sent: Said | None = None,
    copy: str = "",
    unit: str = "",
    role: str = "",
    day: date | None = date(2027, 3, 1),
    by: str = "",
    kind: str = "xlsx",
    modified: datetime = datetime(2027, 3, 1, tzinfo=UTC),
    project: str = "trygg-natt",
    deleted: Sequence[str] = (),
) -> File:
    """A file that was read: every value sent, changed where ``says`` says so."""
    sent_spots = spots(sent or {})
    kept = {spot: value for spot, value in sent_spots.items() if spot[1] not in deleted}
    standing = kept | spots(says or {})
    cells = tuple(
        Cell(*spot, "" if value is None else f"{value}", value, (("at", f"C{n}"),))
        for n, (spot, value) in enumerate(standing.items(), 5)
    )
    copy = copy or f"copy of {name}"
    identity = {"project_id": project, "doc": doc, "copy_id": copy, "unit_id": unit}
    return File(
        name=name,
        sha256=f"sha of {name}",
        size=1000,
        modified=modified,
        kind=kind,
        doc=doc,
        lang="nb",
        identity=identity,
        copy=copy,
        unit=unit,
        role=role,
        filled_by=by,
        filled_date=day,
        cells=cells,
        sent=sent_spots,
    )


def stored(store: Store, files: Sequence[File]) -> None:
    """Files as they are kept when they are read."""
    known = asked_by(documents())
    store.keep([pack(judged(file, known.get(file.doc)) for file in files)])


def combined(*files: File, known: Known | None = None, sent: Sequence[SentOut] = ()) -> Results:
    with open_store(Path("nowhere"), rehearse=True) as store:
        stored(store, files)
        combine(store, documents(), known or Known(), sent)
        return store.results()


def cell(results: Results, table: str, row: str, field: str) -> Merged:
    key = field if "." in field or field.startswith("ro") else f"f.{field}"
    return next(m for m in results.merged if m.spot == (table, row, key))


def value(results: Results, table: str, row: str, field: str) -> Value:
    """What stands in a cell; None where nothing does."""
    key = field if "." in field or field.startswith("ro") else f"f.{field}"
    return next((m.value for m in results.merged if m.spot == (table, row, key)), None)


def said_by(merged: Merged) -> list[tuple[Value, str]]:
    """Every answer that counts, with its file."""
    return [(source.value, source.file) for source in merged.standing]
