"""Results in the store: written document by document as they come.

In: an open connection and Results, or a part of them. Out: the rows of the result tables. A
document's mark says what its results were made from: they are made anew only where that changed.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import astuple, fields, replace
from datetime import date
from itertools import groupby
from operator import attrgetter
from typing import Any

from toolkit.store.many import Numbered, insert, insert_numbered
from toolkit.store.opening import about_of
from toolkit.store.packing import id_of
from toolkit.store.ratings import Rating
from toolkit.store.records import Copy, Entry, Merged, Results, Row, Source, Spot, Standing
from toolkit.store.typed import columns, counts, file_id, packed

Line = tuple[Any, ...]
Refs = Iterable[tuple[bool, Sequence[int]]]
"""Cells by whether they stand: the file of the first, its number there, the file of the next."""

_SOURCES = Numbered("merged_source", "?1, ?3 + {n}, ?, ?, ?2", 2)

_OF_DOC = ("merged_row", "lookalike", "copy", "missing", "rating", "response", "anonymous")
_COPIES = """
SELECT count(DISTINCT w.copy) FROM rest r JOIN merged_source s ON s.merged_id = r.on_id
JOIN sender w ON w.file_id = s.file_id WHERE r.merged_id = ? AND s.standing
"""
_STATUS = """
UPDATE file SET status = ?1, reason = ?2 WHERE file_id = ?3 AND (status <> ?1 OR reason <> ?2)
"""
_CLEAR = (
    "DELETE FROM rest WHERE merged_id IN (SELECT merged_id FROM merged WHERE doc = ?)",
    "DELETE FROM merged_source WHERE merged_id IN (SELECT merged_id FROM merged WHERE doc = ?)",
    "DELETE FROM merged WHERE doc = ?",
    "DELETE FROM sender WHERE file_id IN (SELECT file_id FROM file WHERE doc = ?)",
    *(f"DELETE FROM {table} WHERE doc = ?" for table in _OF_DOC),
)


def mark_of(connection: sqlite3.Connection, part: str) -> str:
    """The mark of what a part of the results was made from; '' where there is none."""
    return about_of(connection, f"results:{part}")


def clear(connection: sqlite3.Connection, doc: str, mark: str) -> None:
    """Forget the results of a document; ``mark`` is what the new ones are made from."""
    for query in _CLEAR:
        connection.execute(query, (doc,))
    about = (f"results:{doc}", mark)
    connection.execute("INSERT OR REPLACE INTO about VALUES (?, ?)", about)


def write(connection: sqlite3.Connection, results: Results, written: Counter[str]) -> None:
    """Add results, all but merged values, titles and statuses; ``written`` counts lines by table.

    What is written later comes later when it is read.
    """
    for table, rows in _tables(results):
        lines = [(*row, written[table] + n) for n, row in enumerate(rows)]
        written[table] += len(lines)
        insert(connection, table, lines)
    insert(connection, "merged_row", (_flat(row) for row in results.rows))
    insert(connection, "anonymous", ((doc,) for doc in results.anonymous))


def write_merged(connection: sqlite3.Connection, merged: Iterable[tuple[Merged, Refs]]) -> None:
    """Add merged values, each with the cells it rests on."""
    for one, refs in merged:
        number = id_of(one.doc, *one.spot)
        insert(connection, "merged", [(*_merged(one), number)])
        n = 0
        for standing, cells in refs:
            n = insert_numbered(connection, _SOURCES, (number, int(standing)), cells, n)


def write_resting(
    connection: sqlite3.Connection, computed: Iterable[tuple[Merged, Sequence[Spot]]]
) -> None:
    """Add computed values, each with the merged cells it rests on; ``n`` are their copies."""
    for merged, cells in computed:
        number = id_of(merged.doc, *merged.spot)
        rests = [(number, n, id_of(merged.doc, *spot)) for n, spot in enumerate(cells)]
        insert(connection, "rest", rests)
        n = connection.execute(_COPIES, (number,)).fetchone()[0]
        insert(connection, "merged", [(*_merged(replace(merged, n=n)), number)])


def write_titles(connection: sqlite3.Connection, titles: Mapping[Entry, str]) -> bool:
    """Replace what entries are called; False where it is the same."""
    rows = sorted((*key, title) for key, title in titles.items())
    if rows == connection.execute("SELECT * FROM title ORDER BY 1, 2").fetchall():
        return False
    connection.execute("DELETE FROM title")
    insert(connection, "title", rows)
    return True


def write_senders(connection: sqlite3.Connection, senders: Iterable[Line]) -> None:
    """Add who sent each file that counts: its id, the copy, unit and role."""
    connection.executemany("INSERT OR REPLACE INTO sender VALUES (?, ?, ?, ?)", senders)


def write_statuses(
    connection: sqlite3.Connection, statuses: Iterable[tuple[int, Standing]]
) -> bool:
    """What became of files, by their id; False where it is known."""
    before = connection.total_changes
    lines = ((status, reason, number) for number, (status, reason) in statuses)
    connection.executemany(_STATUS, lines)
    return connection.total_changes > before


def save(connection: sqlite3.Connection, results: Results) -> bool:
    """Replace all results the store holds; False where they are the same and nothing is written."""
    mark = hashlib.sha256(repr(results).encode("utf-8", "surrogatepass")).hexdigest()
    if mark_of(connection, "") == mark:
        return False
    for (doc,) in connection.execute("SELECT substr(key, 9) FROM about WHERE key LIKE 'results:%'"):
        clear(connection, doc, mark)
    docs = {part.doc for part in results.rows} | {part.doc for part in results.merged}
    for doc in docs | {copy.doc for copy in results.copies}:
        clear(connection, doc, mark)
    clear(connection, "", mark)
    write(connection, results, Counter())
    write_merged(connection, ((merged, _refs(merged)) for merged in results.merged))
    write_titles(connection, results.titles)
    sources = (source for merged in results.merged for source in merged.sources)
    write_senders(connection, {(_file(s), s.copy, s.unit, s.role) for s in sources})
    write_statuses(connection, ((file_id(key), told) for key, told in results.statuses.items()))
    return True


def _file(source: Source) -> int:
    return file_id((source.sha256, source.file))


def _refs(merged: Merged) -> Refs:
    for standing, own in groupby(merged.sources, attrgetter("standing")):
        yield standing, [number for one in own for number in (_file(one), one.number)]


def _tables(results: Results) -> Iterator[tuple[str, Iterable[Line]]]:
    yield "lookalike", (astuple(pair) for pair in results.lookalikes)
    yield "copy", (_flat(copy) for copy in results.copies)
    yield "missing", (astuple(missing) for missing in results.missing)
    yield "rating", (_rating(rating) for rating in results.ratings)
    yield "response", (astuple(response) for response in results.responses)


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


def _rating(rating: Rating) -> Line:
    group = rating.doc, rating.level, rating.key, rating.family, rating.group
    numbers = rating.n, rating.mean, rating.agree, rating.colour, counts(rating.distribution)
    return *group, *numbers, rating.hidden
