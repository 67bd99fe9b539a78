"""Files in the store: returned files written, and read back.

In: an open connection and Packed files. Out: their rows in ``file``, ``cell``, ``finding`` and in
the tables of what files share; or Files, whole or without their cells, in order of arrival.
"""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from datetime import date, datetime
from pathlib import Path
from typing import Any

from toolkit.finding import Finding
from toolkit.store.many import Numbered, insert_numbered
from toolkit.store.opening import readable, told
from toolkit.store.packing import OWN, SHARED, Packed
from toolkit.store.records import READ, REJECTED, Cell, File, FileKey, Spot, Value
from toolkit.store.typed import day_of, file_id, place, steps_of, value

Rows = dict[int, list[Any]]
MOST_ALIKE = 5_000
DOC = 8  # the column of the document in a row of ``file``
_PARTS = {
    "value": "SELECT * FROM value WHERE {0} ORDER BY 1, 2",
    "sent": "SELECT * FROM sent WHERE {0} ORDER BY 1, 2",
    "name": "SELECT * FROM name WHERE {0} ORDER BY 1, 2, 3",
}
_CELLS = Numbered("cell", "?1, ?2 + {n}, ?, ?, ?", 3)
_HAS_FINDINGS = "EXISTS (SELECT 1 FROM finding WHERE finding.file_id = file.file_id)"
_ASIDE = f"status <> '{READ}' OR reason <> ''"
_FINDINGS = "SELECT * FROM finding WHERE file_id = ? ORDER BY finding_no"
_DAY = "COALESCE(filled_date, substr(modified, 1, 10))"
_ARRIVAL = f"ORDER BY {_DAY}, modified, copy, sha256, name"


_PROJECT = "json_extract(identity_json, '$.project_id')"
_OF_PROJECT = f"FROM file WHERE status <> '{REJECTED}' AND COALESCE({_PROJECT}, '') <> ''"


def keys(connection: sqlite3.Connection) -> Mapping[FileKey, str]:
    """Every file the store knows, with its status."""
    rows = connection.execute("SELECT sha256, name, status FROM file")
    return {(sha256, name): status for sha256, name, status in rows}


def numbers(connection: sqlite3.Connection) -> Iterator[int]:
    """The ids of every file."""
    return (number for (number,) in connection.execute("SELECT file_id FROM file"))


def count(connection: sqlite3.Connection) -> int:
    """How many files there are."""
    return int(connection.execute("SELECT count(*) FROM file").fetchone()[0])


def projects(connection: sqlite3.Connection) -> Mapping[str, int]:
    """How many files that were read belong to each project."""
    return dict(connection.execute(f"SELECT {_PROJECT}, count(*) {_OF_PROJECT} GROUP BY 1"))


def of_others(connection: sqlite3.Connection, project: str, most: int) -> list[File]:
    """The first files that were read and belong to another project."""
    query = f"SELECT file_id {_OF_PROJECT} AND {_PROJECT} <> ? ORDER BY 1 LIMIT ?"
    found = connection.execute(query, (project, most)).fetchall()
    return [file for (id,) in found for file in heads(connection, f"file_id = {id}")]


def put(connection: sqlite3.Connection, files: Packed) -> None:
    """Write files and everything in them; what was known of the same files goes."""
    rows = files.rows("file")
    connection.executemany("DELETE FROM file WHERE file_id = ?", [(row[0],) for row in rows])
    opened = [(name,) for sha256, name in files.keys if sha256]  # what was closed was this file
    connection.executemany("DELETE FROM file WHERE sha256 = '' AND name = ?", opened)
    for table in SHARED:
        _insert(connection, "INSERT OR IGNORE", table, files.rows(table))
    for table in OWN:
        _insert(connection, "INSERT", table, files.rows(table))
    for number, ids in files.ids_of_cells():
        insert_numbered(connection, _CELLS, (number,), ids)
    marks = {(f"results:{row[DOC]}",) for row in rows}  # their results are to be made anew
    connection.executemany("DELETE FROM about WHERE key = ?", sorted(marks))


def _insert(connection: sqlite3.Connection, how: str, table: str, rows: list[Any]) -> None:
    if rows:
        marks = ", ".join("?" * len(rows[0]))
        connection.executemany(f"{how} INTO {table} VALUES ({marks})", rows)


def known_just_so(connection: sqlite3.Connection, files: Packed) -> bool:
    """Whether files that hold no cells are known with the same reasons, whatever their time."""
    if files.cells:
        return False
    known = {row[0]: _timeless(row) for row in _of(connection, "file", files)}
    told = sorted(_of(connection, "finding", files))
    same = all(known.get(row[0]) == _timeless(row) for row in files.rows("file"))
    return same and told == sorted(files.rows("finding"))


def _of(connection: sqlite3.Connection, table: str, files: Packed) -> Iterator[Any]:
    for row in files.rows("file"):
        yield from connection.execute(f"SELECT * FROM {table} WHERE file_id = ?", (row[0],))


def _timeless(row: Any) -> Any:
    return (*row[:4], *row[5:])


def sweep(connection: sqlite3.Connection) -> None:
    """Remove what no file holds any more: answers, places, what was sent, names."""
    for table, column, held in (
        ("answer", "answer_id", "cell"),
        ("place", "place_id", "cell"),
        ("spot", "spot_id", "cell"),
        ("sent_value", "sent_id", "file"),
        ("named", "names_id", "file"),
    ):
        known = f"SELECT {column} FROM {held} WHERE {column} IS NOT NULL"
        connection.execute(f"DELETE FROM {table} WHERE {column} NOT IN ({known})")


def everything(connection: sqlite3.Connection) -> tuple[File, ...]:
    """Every file with all that is in it, in order of arrival."""
    parts = {name: _grouped(connection, query, "1") for name, query in _PARTS.items()}
    return tuple(_whole(file, parts) for file in heads(connection))


def one(connection: sqlite3.Connection, key: FileKey) -> File | None:
    """One file with all that is in it; None where it is not known."""
    where = f"file_id = {file_id(key)}"
    for head in heads(connection, where):
        parts = {name: _grouped(connection, query, where) for name, query in _PARTS.items()}
        return _whole(head, parts)
    return None


def heads(connection: sqlite3.Connection, where: str = "1") -> Iterator[File]:
    """Files with their findings and without their cells, in order of arrival."""
    same = Same()
    query = f"SELECT {_HAS_FINDINGS}, file.* FROM file WHERE {where} {_ARRIVAL}"
    for has_findings, *row in connection.execute(query):
        found = connection.execute(_FINDINGS, row[:1]) if has_findings else ()
        yield _head(row, found, same)


class Heads(Iterable[File]):
    """The files of a store without their cells, read anew whenever they are gone through.

    There may be more of them than anybody should hold. ``which`` are they, in SQL.
    """

    def __init__(self, path: Path, which: str = "1") -> None:
        self.path, self.which = path, which

    def __iter__(self) -> Iterator[File]:
        with told(self.path), closing(readable(self.path)) as connection:
            yield from heads(connection, self.which)

    @property
    def newest(self) -> date | None:
        """The day of the newest answers; None where there are none."""
        with told(self.path), closing(readable(self.path)) as connection:
            return day_of(connection.execute(f"SELECT max({_DAY}) FROM file").fetchone()[0])

    @property
    def noted(self) -> Heads:
        """Those there is anything to tell of: not simply read, or with a finding."""
        return Heads(self.path, f"{_ASIDE} OR {_HAS_FINDINGS}")

    @property
    def set_aside(self) -> Heads:
        """Those that were not simply read."""
        return Heads(self.path, _ASIDE)


def _grouped(connection: sqlite3.Connection, query: str, where: str) -> Rows:
    grouped: Rows = defaultdict(list)
    for row in connection.execute(query.format(where)):
        grouped[row[0]].append(row[1:])
    return grouped


class Same(dict[Any, Any]):
    """What many files say alike, held once; of very much that differs all is let go."""

    def __missing__(self, said: Any) -> Any:
        if len(self) >= MOST_ALIKE:
            self.clear()
        self[said] = said
        return said


def _head(row: Any, findings: Any, same: Same) -> File:
    name, sha256, size, modified, *said = row[1:]
    kind, status, reason, doc, lang, copy, *sender = (same[one] for one in said[:-5])
    unit, role, period, filled_by, filled_role, filled_date = sender
    identity, *judged = said[-5:]
    _, _, touched, content = judged
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
        identity={key: same[told] for key, told in json.loads(identity).items()},
        copy=copy,
        unit=unit,
        role=role,
        period=period,
        filled_by=filled_by,
        filled_role=filled_role,
        filled_date=day_of(filled_date),
        findings=tuple(_read_finding(found) for found in findings),
        touched=None if touched is None else bool(touched),
        content=content,
    )


def _whole(head: File, parts: Mapping[str, Rows]) -> File:
    number = file_id(head.key)
    cells, sent, names = (parts[name][number] for name in _PARTS)
    return File(
        **head.__dict__
        | {
            "cells": tuple(_read_cell(cell) for cell in cells),
            "sent": dict(_read_sent(entry) for entry in sent),
            "names": {(kind, id): title for kind, id, title in names},
        }
    )


def _read_cell(row: Any) -> Cell:
    _, table, row_id, field, *typed, raw, state, usable, _, _, steps = row
    return Cell(table, row_id, field, raw, value(*typed), steps_of(steps), state, bool(usable))


def _read_sent(row: Any) -> tuple[Spot, Value]:
    _, table, row_id, field, *typed = row
    return (table, row_id, field), value(*typed)


def _read_finding(row: Any) -> Finding:
    _, _, code, _, file, steps, params = row
    return Finding(code, place(file, steps), tuple((k, v) for k, v in json.loads(params)))
