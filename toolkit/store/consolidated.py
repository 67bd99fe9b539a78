"""Results in the store: written as a whole, and only where they changed; read back as a whole.

In: an open connection and Results. Out: the rows of the result tables, or the Results they hold.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import astuple, fields, replace
from datetime import date
from typing import Any

from toolkit.store.records import (
    Copy,
    FileKey,
    Lookalike,
    Merged,
    Missing,
    Rating,
    Response,
    Results,
    Row,
    Source,
    Standing,
)
from toolkit.store.typed import columns, counts, day_of, file_id, packed, place, value

Line = tuple[Any, ...]

TABLES = (
    *("merged_row", "merged", "source", "lookalike", "copy", "missing"),
    *("rating", "response", "anonymous", "title"),
)
_SOURCES = """
SELECT s.doc, s.table_key, s.row_id, s.field, s.copy, s.unit, s.role, s.standing, s.cell_no,
  f.name, f.sha256, f.filled_by, COALESCE(f.filled_date, substr(f.modified, 1, 10)),
  v.type, v.number, v.day, v.flag, v.text, v.raw, v.place
FROM source s
JOIN file f ON f.file_id = s.file_id
JOIN value v ON v.file_id = s.file_id AND v.cell_no = s.cell_no
ORDER BY s.doc, s.table_key, s.row_id, s.field, s.source_no
"""


def save(connection: sqlite3.Connection, results: Results) -> bool:
    """Replace the results the store holds; False where they are the same and nothing is written."""
    lines = {table: tuple(rows) for table, rows in _tables(results)}
    statuses = sorted(_statuses(results))
    mark = hashlib.sha256(repr((lines, statuses)).encode("utf-8", "surrogatepass")).hexdigest()
    if _about(connection, "results") == mark:
        return False
    for table in TABLES:
        connection.execute(f"DELETE FROM {table}")
    for table, rows in lines.items():
        _insert(connection, table, rows)
    connection.executemany("UPDATE file SET status = ?, reason = ? WHERE file_id = ?", statuses)
    connection.execute("INSERT OR REPLACE INTO about VALUES ('results', ?)", (mark,))
    return True


def _about(connection: sqlite3.Connection, key: str) -> str:
    found = connection.execute("SELECT value FROM about WHERE key = ?", (key,)).fetchone()
    return str(found[0]) if found else ""


def _insert(connection: sqlite3.Connection, table: str, rows: Iterable[Line]) -> None:
    lines = list(rows)
    if lines:
        marks = ", ".join("?" * len(lines[0]))
        connection.executemany(f"INSERT INTO {table} VALUES ({marks})", lines)


def _statuses(results: Results) -> Iterator[tuple[str, str, int]]:
    for key, (status, reason) in results.statuses.items():
        yield status, reason, file_id(key)


def _tables(results: Results) -> Iterator[tuple[str, Iterable[Line]]]:
    yield "merged_row", (_flat(row) for row in results.rows)
    yield "merged", (_merged(merged) for merged in results.merged)
    yield "source", (line for merged in results.merged for line in _sources(merged))
    yield "lookalike", (astuple(pair) for pair in results.lookalikes)
    yield "copy", (_flat(copy) for copy in results.copies)
    yield "missing", (astuple(missing) for missing in results.missing)
    yield "rating", (_rating(rating) for rating in results.ratings)
    yield "response", (astuple(response) for response in results.responses)
    yield "anonymous", ((doc,) for doc in results.anonymous)
    yield "title", ((*key, title) for key, title in sorted(results.titles.items()))


def _flat(record: Row | Copy) -> Line:
    return tuple(_plain(getattr(record, field.name)) for field in fields(record))


def _plain(held: Any) -> Any:
    if isinstance(held, tuple):
        return packed(list(held))
    return held.isoformat() if isinstance(held, date) else held


def _merged(merged: Merged) -> Line:
    shown = columns(merged.value)
    marks = merged.conflict, merged.disagreement, counts(merged.distribution)
    about = merged.operator, *shown, merged.n, merged.spread, merged.mean, *marks
    return merged.doc, *merged.spot, *about


def _sources(merged: Merged) -> Iterator[Line]:
    for n, source in enumerate(merged.sources):
        cell = file_id((source.sha256, source.file)), source.number
        sender = source.copy, source.unit, source.role, source.standing
        yield merged.doc, *merged.spot, n, *cell, *sender


def _rating(rating: Rating) -> Line:
    group = rating.doc, rating.level, rating.key, rating.family, rating.group
    numbers = rating.n, rating.mean, rating.agree, rating.colour, counts(rating.distribution)
    return *group, *numbers, rating.hidden


def load(connection: sqlite3.Connection) -> Results:
    """The results the store holds."""

    def lines(table: str) -> Iterator[Any]:
        yield from connection.execute(f"SELECT * FROM {table}")

    rows = sorted((_read_row(line) for line in lines("merged_row")), key=_in_order)
    return Results(
        rows=tuple(rows),
        merged=tuple(_read_merged(connection, lines("merged"))),
        lookalikes=tuple(Lookalike(*line) for line in lines("lookalike")),
        copies=tuple(_read_copy(line) for line in lines("copy")),
        missing=tuple(Missing(*line) for line in lines("missing")),
        ratings=tuple(_read_rating(line) for line in lines("rating")),
        responses=tuple(Response(*line) for line in lines("response")),
        anonymous=tuple(line[0] for line in lines("anonymous")),
        titles={(kind, id): title for kind, id, title in lines("title")},
        statuses=_read_statuses(connection),
    )


def _in_order(row: Row) -> tuple[str, str, int]:
    return row.doc, row.table, row.position


def _read_statuses(connection: sqlite3.Connection) -> dict[FileKey, Standing]:
    found = connection.execute("SELECT sha256, name, status, reason FROM file")
    return {(sha256, name): (status, reason) for sha256, name, status, reason in found}


def _read_row(line: Any) -> Row:
    doc, table, row, position, title, new, files = line
    return Row(doc, table, row, position, title, bool(new), tuple(json.loads(files)))


def _read_merged(connection: sqlite3.Connection, lines: Iterable[Any]) -> Iterator[Merged]:
    sources: dict[Line, list[Source]] = defaultdict(list)
    for line in connection.execute(_SOURCES):
        sources[line[:4]].append(_read_source(line[4:]))
    for doc, table, row, field, operator, *shown in lines:
        typed, (n, spread, mean, conflict, disagreement, distribution) = shown[:5], shown[5:]
        yield Merged(
            *(doc, table, row, field, operator, value(*typed), n, spread, mean),
            conflict=bool(conflict),
            disagreement=bool(disagreement),
            distribution=json.loads(distribution),
            sources=tuple(sources[doc, table, row, field]),
        )


def _read_source(line: Any) -> Source:
    copy, unit, role, standing, number, file, sha256, filled_by, day, *typed, raw, steps = line
    return Source(
        file=file,
        copy=copy,
        unit=unit,
        role=role,
        filled_by=filled_by,
        day=day_of(day),
        value=value(*typed),
        raw=raw,
        place=place(file, steps),
        sha256=sha256,
        number=number,
        standing=bool(standing),
    )


def _read_copy(line: Any) -> Copy:
    copy = Copy(*line)
    return replace(
        copy,
        due=day_of(line[7]),
        expected=bool(copy.expected),
        files=tuple(json.loads(line[10])),
        day=day_of(line[11]),
    )


def _read_rating(line: Any) -> Rating:
    rating = Rating(*line)
    return replace(rating, distribution=json.loads(line[9]), hidden=bool(rating.hidden))
