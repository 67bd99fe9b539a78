"""Loading: the results of a store read back.

In: an open connection, which sources of the values are wanted. Out: Results. Of very many sources
a value holds the first, and the number of the others.
"""

from __future__ import annotations

import json
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from toolkit.store.copies import copies
from toolkit.store.opening import about_of
from toolkit.store.ratings import Rating, Response
from toolkit.store.records import (
    LISTED,
    FileKey,
    Lookalike,
    Merged,
    Missing,
    Results,
    Row,
    Source,
    Standing,
)
from toolkit.store.typed import day_of, place, value

Line = tuple[Any, ...]
_OWN = "JOIN merged_source s ON s.merged_id = m.merged_id"
_RESTING = """
JOIN rest r ON r.merged_id = m.merged_id
JOIN merged_source s ON s.merged_id = r.on_id AND s.standing"""
_SOURCES = """
SELECT o.doc, o.table_key, o.row_id, o.field, w.copy, w.unit, w.role, o.standing, o.cell_no,
  f.name, f.sha256, f.filled_by, COALESCE(f.filled_date, substr(f.modified, 1, 10)),
  a.type, a.number, a.day, a.flag, a.text, a.raw, p.steps
FROM (
  SELECT m.doc, m.table_key, m.row_id, m.field, s.source_no AS no, s.file_id, s.cell_no, s.standing
  FROM merged m {own} WHERE {which}
  UNION ALL
  SELECT m.doc, m.table_key, m.row_id, m.field, r.rest_no * 1000000000 + s.source_no, s.file_id,
    s.cell_no, s.standing
  FROM merged m {resting} WHERE {which}
) o
JOIN sender w ON w.file_id = o.file_id JOIN file f ON f.file_id = o.file_id
JOIN cell c ON c.file_id = o.file_id AND c.cell_no = o.cell_no
JOIN answer a ON a.answer_id = c.answer_id JOIN place p ON p.place_id = c.place_id
ORDER BY o.doc, o.table_key, o.row_id, o.field, o.no{limit}
"""
_MORE = "SELECT merged_id, sum(standing AND source_no >= ?) FROM merged_source GROUP BY 1"
_JOINS = {"own": _OWN, "resting": _RESTING}
ALL, NONE = "1", "0"


def contested(most: int) -> str:
    """The first sources of what is contested, and of nothing else."""
    return f"(m.conflict OR m.disagreement) AND s.source_no < {most}"


CONTESTED = contested(50)


def sources_query(which: str, most: int | None = None) -> str:
    """The sources of some values, in SQL; ``most`` of all of them together."""
    limit = "" if most is None else f" LIMIT {most}"
    return _SOURCES.format(**_JOINS, which=which, limit=limit)


def load(
    connection: sqlite3.Connection, which: str = ALL, most: int | None = None, *, held: bool = True
) -> Results:
    """The results the store holds; of the sources those asked for.

    ``which`` are the sources, in SQL; with ``most`` the first of every value, the others counted.
    ``held`` is whether the copies are wanted.
    What became of the files is told with all sources only: the files tell it themselves.
    """
    query = sources_query(which if most is None else f"s.source_no < {most}")
    sources: Iterable[Any] = () if which == NONE else connection.execute(query)
    more = {} if most is None else _more(connection, most)

    def lines(table: str) -> Iterator[Any]:
        yield from connection.execute(f"SELECT * FROM {table}")

    def ordered(table: str) -> Iterator[Any]:
        query = f"SELECT * FROM {table} ORDER BY doc, position"
        return (line[:-1] for line in connection.execute(query))

    rows = sorted((_read_row(line) for line in lines("merged_row")), key=_in_order)
    return Results(
        rows=tuple(rows),
        merged=tuple(_read_merged(sources, lines("merged"), more)),
        lookalikes=tuple(Lookalike(*line) for line in ordered("lookalike")),
        copies=tuple(copies(connection)) if held else (),
        missing=tuple(Missing(*line) for line in ordered("missing")),
        ratings=tuple(_read_rating(line) for line in ordered("rating")),
        responses=tuple(Response(*line) for line in ordered("response")),
        anonymous=tuple(line[0] for line in lines("anonymous")),
        titles={(kind, id): title for kind, id, title in lines("title")},
        statuses=_read_statuses(connection) if which == ALL and most is None else {},
        on_conflict=about_of(connection, "on_conflict") or LISTED,
    )


def _more(connection: sqlite3.Connection, most: int) -> Counter[int]:
    """How many sources that stand every value has beyond the first ones."""
    own = Counter(dict(connection.execute(_MORE, (most,))))  # all are gone through once
    more = own.copy()
    for merged, on in connection.execute("SELECT merged_id, on_id FROM rest"):
        more[merged] += own[on]
    return more


def _in_order(row: Row) -> tuple[str, str, int]:
    return row.doc, row.table, row.position


def _read_statuses(connection: sqlite3.Connection) -> dict[FileKey, Standing]:
    found = connection.execute("SELECT sha256, name, status, reason FROM file")
    same: dict[Standing, Standing] = {}
    told = (((sha256, name), (status, reason)) for sha256, name, status, reason in found)
    return {key: same.setdefault(standing, standing) for key, standing in told}


def _read_row(line: Any) -> Row:
    doc, table, row, position, title, new, files = line
    return Row(doc, table, row, position, title, bool(new), tuple(json.loads(files)))


def _read_merged(
    told: Iterable[Any], lines: Iterable[Any], more: Mapping[int, int]
) -> Iterator[Merged]:
    sources: dict[Line, list[Source]] = defaultdict(list)
    for line in told:
        sources[line[:4]].append(source_of(line[4:]))
    for doc, table, row, field, operator, *shown, number in lines:
        typed, (n, spread, mean, conflict, disagreement, distribution) = shown[:5], shown[5:]
        yield Merged(
            *(doc, table, row, field, operator, value(*typed), n, spread, mean),
            conflict=bool(conflict),
            disagreement=bool(disagreement),
            distribution=json.loads(distribution),
            sources=tuple(sources.pop((doc, table, row, field), ())),
            more=more.get(number, 0),
        )


def source_of(line: Any) -> Source:
    """A source as the query tells it, after the four columns of its value."""
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


def _read_rating(line: Any) -> Rating:
    rating = Rating(*line)
    return replace(rating, distribution=json.loads(line[9]), hidden=bool(rating.hidden))
