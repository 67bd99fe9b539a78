"""Status as text: a table for a terminal, 80 columns wide.

In: a Status. Out: lines: a heading for every document and round, and a line for each copy with its
state and its dates; what it lacks stands below it.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from itertools import groupby

from toolkit.collect.status import WAITING, Line, Round, Status
from toolkit.store.records import ABSENT, ANSWERED, PARTLY, UNTOUCHED

WIDTH = 80
NAME, STATE = 32, 24  # columns; the rest is for dates
STEP = "  "
MOST = 6
MARKS = {ANSWERED: "✓", PARTLY: "◐", UNTOUCHED: "○", ABSENT: "·"}


def lines_of(status: Status) -> Iterator[str]:
    """The whole status."""
    if not status.rounds:
        yield status.shown.labels.t("cs.nothing")
    for number, one in enumerate(status.rounds):
        yield from ([""] if number else [])
        yield from _heading(status, one)
        yield from (line for copy in one.lines for line in _copy(status, one, copy))
        yield from _forms(status, one)


def _heading(status: Status, one: Round) -> Iterator[str]:
    labels = status.shown.labels
    period = labels.t("cs.round", period=one.period) if one.period else ""
    name = ", ".join(filter(None, (status.shown.document(one.doc), period)))
    yield from textwrap.wrap(name, WIDTH)
    counts = [labels.t("cs.answered", n=one.count(ANSWERED, PARTLY), total=one.total)]
    if not one.total:
        counts = [labels.t("cs.came", n=one.count(ANSWERED, PARTLY))]
    if one.forms:
        counts = []
    counts += [labels.t("cs.partly", n=n) for n in (one.count(PARTLY),) if n]
    counts += [labels.t("cs.late", n=one.late)] if one.late else []
    if counts:
        yield STEP + ", ".join(counts)


def _copy(status: Status, one: Round, line: Line) -> Iterator[str]:
    mark = "!" if line.late and line.copy.state in WAITING else MARKS[line.copy.state]
    columns = (
        textwrap.wrap(_who(status, line), NAME - 1) or [""],
        textwrap.wrap(_state(status, line), STATE - 1),
        textwrap.wrap(_dates(status, line), WIDTH - NAME - STATE - 4),
    )
    for number in range(max(map(len, columns))):
        name, state, dates = (column[number] if number < len(column) else "" for column in columns)
        text = f"{mark if not number else ' '} {name:<{NAME}}{state:<{STATE}}{dates}"
        yield STEP + text.rstrip()
    yield from _lacks(status, one, line)


def _who(status: Status, line: Line) -> str:
    """For whom a copy is, else the file; the round stands in the heading."""
    copy, shown = line.copy, status.shown
    named = shown.unit(copy.unit) if copy.unit else shown.role(copy.role)
    whole = shown.labels.t("ui.whole_project") if shown.for_units(copy.doc) else ""
    return named or whole or line.recipient


def _state(status: Status, line: Line) -> str:
    labels, copy = status.shown.labels, line.copy
    if copy.state == PARTLY:
        share = labels.percent(line.share or 0.0, 0)
        return labels.t("cs.filled", filled=copy.filled, required=copy.required, share=share)
    keys = {ANSWERED: "pg.complete", UNTOUCHED: "pg.untouched", ABSENT: "pg.absent"}
    return labels.t(keys[copy.state])


def _dates(status: Status, line: Line) -> str:
    """When it came or is due, and by how many days it is late."""
    labels, copy = status.shown.labels, line.copy
    if copy.state == ANSWERED:
        day = labels.date(copy.day) if copy.day else ""
        return labels.t("cs.after_due", date=day) if line.late else day
    if copy.due is None:
        return labels.date(copy.day) if copy.day else ""
    due = labels.date(copy.due)
    if line.late:
        return labels.t("cs.overdue", date=due, n=line.days_over)
    return labels.t("pg.due", date=due)


def _lacks(status: Status, one: Round, line: Line) -> Iterator[str]:
    """What a copy lacks, a line for each field."""
    labels, shown = status.shown.labels, status.shown
    for (table, field), own in groupby(line.lacks, key=lambda spot: (spot[0], spot[2])):
        named = [status.row(one.doc, table, row) for _, row, _ in own]
        rows = "; ".join([*named[:MOST], *(["…"] if len(named) > MOST else [])])
        words = {"field": shown.field(one.doc, table, field), "table": shown.table(table)}
        key = "cs.lacks" if rows else "cs.lacks_fact"
        yield from textwrap.wrap(
            labels.t(key, rows=rows, **words),
            WIDTH - 2,
            initial_indent=STEP * 3,
            subsequent_indent=STEP * 4,
        )


def _forms(status: Status, one: Round) -> Iterator[str]:
    """Forms by role; who sent them is nobody's business."""
    labels = status.shown.labels
    for role, n, total in one.forms:
        key = "cs.forms" if total is None else "cs.forms_of"
        yield STEP * 2 + labels.t(key, role=status.shown.role(role) or "–", n=n, total=total)
