"""Contents: columns known by what they hold, where neither keys nor headings tell.

In: a sheet, the tables not found otherwise, and what the file was sent with. Out: Heads whose
columns hold, in the rows that were sent, mostly the values they were sent with; each is told. A
column that was sent empty cannot be known this way, and is missed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from toolkit.collect.reading.book import Page
from toolkit.collect.reading.cells import Task, filled, read_cell, spots_of
from toolkit.collect.reading.heads import ID, Column, Head, column_of
from toolkit.collect.returned import Value
from toolkit.fillable import Table
from toolkit.finding import Finding, finding

LEAST_ROWS = 2
LEAST_SHARE = 0.6


class Match(NamedTuple):
    """How many rows of a column hold what a field was sent with there."""

    rows: int
    share: float
    at: int
    key: str


def known_by_content(page: Page, lost: Sequence[Table], task: Task) -> list[Head]:
    """The table whose ids stand in a column of a sheet without keys and headings."""
    found = [head for table in lost if (head := _by_ids(page, table, task))]
    return sorted(found, key=lambda head: -len(head.columns))[:1]


def _by_ids(page: Page, table: Table, task: Task) -> Head | None:
    sent = spots_of(task, table.key)
    for at in range(max(map(len, page.rows), default=0)):
        rows = [n for n in range(len(page.rows)) if f"{page.value((n, at)) or ''}".strip() in sent]
        own = column_of(ID, table)
        if len(rows) >= LEAST_ROWS and own:
            head = completed(page, Head(rows[0] - 1, table, {at: own}, False), task)
            return head if len(head.columns) > LEAST_ROWS else None
    return None


def completed(page: Page, head: Head, task: Task) -> Head:
    """A head with the columns whose headings say nothing, where their content does."""
    rows = dict(_rows_sent(page, head, task))
    if len(rows) < LEAST_ROWS:
        return head
    columns = dict(head.columns)
    told: dict[int, Finding] = {}
    for match in sorted(_matches(page, head, rows, task), reverse=True):
        known = {column.key for column in columns.values()}
        column = column_of(match.key, head.table)
        if column and match.at not in columns and match.key not in known:
            columns[match.at] = column
            place = page.place(task.place, (max(head.row, 0), match.at))
            told[match.at] = finding("column-by-content", place, column=_title(column, task))
    ordered = dict(sorted(columns.items()))
    return replace(
        head,
        columns=ordered,
        findings=(*head.findings, *(told[at] for at in ordered if at in told)),
    )


def _rows_sent(page: Page, head: Head, task: Task) -> Iterator[tuple[int, dict[str, Value]]]:
    """The rows below that carry an id of the kit, with the values each was sent with."""
    at = next((at for at, column in head.columns.items() if column.key == ID), -1)
    sent = spots_of(task, head.table.key)
    for number in range(head.row + 1, len(page.rows)):
        id = f"{page.value((number, at)) or ''}".strip()
        if id in sent:
            spots = ((key, task.sent.get((head.table.key, id, key))) for key in sent[id])
            yield number, {key: value for key, value in spots if value is not None}


def _matches(
    page: Page, head: Head, rows: Mapping[int, Mapping[str, Value]], task: Task
) -> Iterator[Match]:
    known = {column.key for column in head.columns.values()}
    keys = {key for sent in rows.values() for key in sent if key and key not in known}
    for at in range(max(map(len, page.rows), default=0)):
        for key in keys if at not in head.columns else ():
            column = column_of(key, head.table)
            match = _match(page, at, column, rows, task) if column else None
            if match:
                yield match


def _match(
    page: Page, at: int, column: Column, rows: Mapping[int, Mapping[str, Value]], task: Task
) -> Match | None:
    asked = [n for n, sent in rows.items() if column.key in sent and filled(page.value((n, at)))]
    alike = sum(
        read_cell(page, (n, at), column.field, task.words).value == rows[n][column.key]
        for n in asked
    )
    enough = alike >= LEAST_ROWS and alike >= LEAST_SHARE * len(asked)
    return Match(alike, alike / len(asked), at, column.key) if enough else None


def _title(column: Column, task: Task) -> str:
    key, labels = column.field.label or column.field.field, task.words.labels
    return labels.t(key) if labels.has(key) else column.key
