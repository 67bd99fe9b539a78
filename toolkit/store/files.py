"""Files in the store: one returned file a transaction, and all of them back.

In: an open connection and a File. Out: its rows in ``file``, ``identity``, ``name``, ``value``,
``sent`` and ``finding``; or every File the store holds, in order of arrival.
"""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from toolkit.finding import Finding
from toolkit.store.records import Cell, File, FileKey, Spot, Value
from toolkit.store.typed import (
    columns,
    day_of,
    day_text,
    file_id,
    packed,
    place,
    step,
    steps_text,
    value,
)

Rows = dict[int, list[Any]]
PARTS = ("identity", "name", "value", "sent", "finding")


def keys(connection: sqlite3.Connection) -> Mapping[FileKey, str]:
    """Every file the store knows, with its status."""
    rows = connection.execute("SELECT sha256, name, status FROM file")
    return {(sha256, name): status for sha256, name, status in rows}


def put(connection: sqlite3.Connection, file: File) -> None:
    """Write one file and everything in it; what was known of the same file goes."""
    number = file_id(file.key)
    connection.execute("DELETE FROM file WHERE file_id = ?", (number,))
    if file.sha256:  # what could not even be opened under this name was this file
        connection.execute("DELETE FROM file WHERE sha256 = '' AND name = ?", (file.name,))
    _insert(connection, "file", [(number, *_facts(file))])
    _insert(connection, "identity", [(number, *pair) for pair in file.identity.items()])
    _insert(connection, "name", [(number, *key, title) for key, title in file.names.items()])
    _insert(connection, "value", [(number, n, *_cell(c)) for n, c in enumerate(file.cells)])
    sent = ((*spot, *columns(value)) for spot, value in file.sent.items())
    _insert(connection, "sent", [(number, n, *row) for n, row in enumerate(sent)])
    told = (_finding(found) for found in file.findings)
    _insert(connection, "finding", [(number, n, *row) for n, row in enumerate(told)])


def _insert(connection: sqlite3.Connection, table: str, rows: Iterable[tuple[Any, ...]]) -> None:
    lines = list(rows)
    if lines:
        marks = ", ".join("?" * len(lines[0]))
        connection.executemany(f"INSERT INTO {table} VALUES ({marks})", lines)


def _facts(file: File) -> tuple[Any, ...]:
    return (
        *(file.name, file.sha256, file.size, file.modified.isoformat(), file.kind),
        *(file.status, file.reason, file.doc, file.lang, file.copy, file.unit, file.role),
        *(file.period, file.filled_by, file.filled_role, day_text(file.filled_date)),
    )


def _cell(cell: Cell) -> tuple[Any, ...]:
    where = step(cell.place, "sheet"), step(cell.place, "at"), steps_text(cell.place)
    return *cell.spot, *columns(cell.value), cell.raw, cell.state, cell.usable, *where


def _finding(found: Finding) -> tuple[str, ...]:
    where = found.place.file, steps_text(found.place)
    return found.code, found.severity.value, *where, packed([list(pair) for pair in found.params])


def everything(connection: sqlite3.Connection) -> tuple[File, ...]:
    """Every file with all that is in it, in order of arrival."""
    return tuple(sorted(_files(connection, "1"), key=lambda file: file.arrival))


def one(connection: sqlite3.Connection, key: FileKey) -> File | None:
    """One file with all that is in it; None where it is not known."""
    return next(_files(connection, f"file_id = {file_id(key)}"), None)


def _files(connection: sqlite3.Connection, where: str) -> Iterator[File]:
    parts = [_grouped(connection, table, where) for table in PARTS]
    for row in connection.execute(f"SELECT * FROM file WHERE {where}"):
        yield _file(row, *(part[row[0]] for part in parts))


def _grouped(connection: sqlite3.Connection, table: str, where: str) -> Rows:
    grouped: Rows = defaultdict(list)
    for row in connection.execute(f"SELECT * FROM {table} WHERE {where} ORDER BY 1, 2"):
        grouped[row[0]].append(row[1:])
    return grouped


def _file(row: Any, *parts: Any) -> File:
    identity, names, cells, sent, findings = parts
    name, sha256, size, modified, kind, status, reason, doc, lang, *sender = row[1:]
    copy, unit, role, period, filled_by, filled_role, filled_date = sender
    return File(
        name=name,
        sha256=sha256,
        size=size,
        modified=datetime.fromisoformat(modified),
        kind=kind,
        status=status,
        reason=reason,
        doc=doc,
        lang=lang,
        identity=dict(identity),
        copy=copy,
        unit=unit,
        role=role,
        period=period,
        filled_by=filled_by,
        filled_role=filled_role,
        filled_date=day_of(filled_date),
        cells=tuple(_read_cell(name, cell) for cell in cells),
        sent=dict(_read_sent(entry) for entry in sent),
        names={(kind, id): title for kind, id, title in names},
        findings=tuple(_read_finding(found) for found in findings),
    )


def _read_cell(file: str, row: Any) -> Cell:
    _, table, row_id, field, *typed, raw, state, usable, _, _, steps = row
    return Cell(table, row_id, field, raw, value(*typed), place(file, steps), state, bool(usable))


def _read_sent(row: Any) -> tuple[Spot, Value]:
    _, table, row_id, field, *typed = row
    return (table, row_id, field), value(*typed)


def _read_finding(row: Any) -> Finding:
    _, code, _, file, steps, params = row
    return Finding(code, place(file, steps), tuple((k, v) for k, v in json.loads(params)))
