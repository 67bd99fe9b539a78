"""Merge: what all copies of a document say, as one value a cell.

In: what the document asks and who sent what. Out: for every table its rows and, by row and field, a
Cell with the answers, the outcome and the Merged it becomes (specification 2.7, rulings 15-20).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from toolkit.collect.answers import Answer, Outcome, Question, changing
from toolkit.collect.joining import Joined, Member, joined_rows
from toolkit.collect.operators import merge_cell
from toolkit.collect.questions import Asked, neutral
from toolkit.collect.senders import Sender
from toolkit.store.records import Cell, Merged, Source, Value, blank

AGREE_SHARE = "f.agree_share"

At = tuple[str, str]  # row, field


@dataclass(frozen=True)
class Weighed:
    """One consolidated cell on its way: what was asked, every copy's answer, what comes of it."""

    question: Question
    operator: str
    answers: tuple[Answer, ...]
    outcome: Outcome


@dataclass(frozen=True)
class MergedTable:
    """One consolidated table: its rows in order, and its cells by row and field."""

    key: str
    rows: tuple[Joined, ...]
    cells: Mapping[At, Weighed]

    def value(self, row: str, field: str) -> Value:
        """What stands in a cell; None where there is nothing."""
        weighed = self.cells.get((row, field))
        return weighed.outcome.value if weighed else None

    def number(self, row: str, field: str) -> float | None:
        """What stands in a cell as a number: an option as its place on the scale."""
        weighed = self.cells.get((row, field))
        return weighed.question.number(weighed.outcome.value) if weighed else None

    def text(self, row: str, field: str) -> str:
        """What stands in a cell as a text; '' where there is nothing."""
        value = self.value(row, field)
        return "" if value is None else f"{value}"

    def having(self, outcomes: Mapping[At, Outcome]) -> MergedTable:
        """The same table with other outcomes in some cells."""
        changed = {
            at: replace(self.cells[at], outcome=outcome)
            for at, outcome in outcomes.items()
            if at in self.cells
        }
        return replace(self, cells={**self.cells, **changed})


def merge_document(asked: Asked, senders: Sequence[Sender]) -> dict[str, MergedTable]:
    """Every table of a document, merged field by field."""
    return {key: _merge_table(asked, key, senders) for key in asked.tables}


def _merge_table(asked: Asked, key: str, senders: Sequence[Sender]) -> MergedTable:
    table = asked.tables[key]
    sent = _fields_sent(senders, key)
    rows = joined_rows(senders, table)
    cells: dict[At, Weighed] = {}
    for row in rows:
        there = (field for member in row.members for field in member.cells)
        for field in dict.fromkeys((*sent.get(row.row, ()), *there)):
            question = asked.question(key, field)
            if question and question[1] != "recompute":
                answers = _answers(row, field, asked, key, senders)
                cells[row.row, field] = _weighed(*question, answers)
    return MergedTable(key, rows, cells)


def _fields_sent(senders: Sequence[Sender], table: str) -> dict[str, dict[str, None]]:
    """The fields that were sent out filled, by row."""
    fields: dict[str, dict[str, None]] = {}
    for sender in senders:
        for name, row, field in sender.sent:
            if name == table:
                fields.setdefault(row, {})[field] = None
    return fields


def _weighed(question: Question, operator: str, answers: Sequence[Answer]) -> Weighed:
    """The outcome of one cell; what a copy's own newer file replaced is history."""
    standing: list[Answer] = []
    older: list[Answer] = []
    for own in _by_sender(answers):
        kept, replaced = _newest(own)
        standing += kept
        older += replaced
    outcome = merge_cell(operator, standing, question)
    return Weighed(
        question, operator, tuple(standing), replace(outcome, older=(*older, *outcome.older))
    )


def _by_sender(answers: Sequence[Answer]) -> Iterator[list[Answer]]:
    own: dict[str, list[Answer]] = {}
    for answer in answers:
        own.setdefault(answer.source.copy, []).append(answer)
    yield from own.values()


def _newest(answers: list[Answer]) -> tuple[list[Answer], tuple[Answer, ...]]:
    """The answers of one copy that stand: those of its newest file that says something itself.

    A value staff wrote goes before a prefilled one that a newer file left, and blank never
    overwrites (ruling 18). A file that says two things in one cell keeps both.
    """
    said = changing(answers) or [a for a in answers if not blank(a.value)] or answers
    newest = said[-1].source.sha256, said[-1].source.file
    kept = [a for a in said if (a.source.sha256, a.source.file) == newest]
    return kept, tuple(a for a in changing(answers) if a not in kept)


def _answers(
    row: Joined, field: str, asked: Asked, table: str, senders: Sequence[Sender]
) -> list[Answer]:
    """What every file says in one cell, in order of arrival, and what others were sent."""
    answers = [a for member in row.members for a in _member_answers(member, field, asked, table)]
    heard = {answer.source.copy for answer in answers}
    for sender in senders:
        sent = sender.sent.get((table, row.row, field))
        if sender.key not in heard and sent is not None:
            known = _neutral(sent, field, asked, table)
            answers.append(Answer(None, known, sender.touched, Source("", sender.key)))
    return answers


def _member_answers(member: Member, field: str, asked: Asked, table: str) -> Iterator[Answer]:
    sent = _neutral(member.sender.sent.get((table, member.row, field)), field, asked, table)
    for number, cell in member.cells.get(field, ()):
        value = _neutral(cell.value, field, asked, table) if cell.usable else None
        yield Answer(value, sent, member.sender.touched, _source(member, number, cell, value))


def _neutral(value: Value, field: str, asked: Asked, table: str) -> Value:
    own = asked.tables[table].field(field)
    return neutral(value, own) if own else value


def _source(member: Member, number: int, cell: Cell, value: Value) -> Source:
    file, sender = member.file, member.sender
    return Source(
        file=file.name,
        copy=sender.key,
        unit=sender.unit,
        role=sender.role,
        filled_by=file.filled_by,
        day=file.day,
        value=value,
        raw=cell.raw,
        place=cell.place,
        sha256=file.sha256,
        number=number,
    )


def merged_of(doc: str, table: MergedTable, asked: Asked) -> Iterator[Merged]:
    """The cells of a table that hold something, as they are stored."""
    for (row, field), weighed in table.cells.items():
        if blank(weighed.outcome.value) and not weighed.outcome.n:
            continue
        yield _merged((doc, table.key, row, field), weighed.operator, weighed.outcome)
        if asked.shares_agreement(table.key, field) and weighed.outcome.n:
            shared = merge_cell("agree_share", weighed.answers, weighed.question)
            yield _merged((doc, table.key, row, AGREE_SHARE), "agree_share", shared)


def _merged(spot: tuple[str, str, str, str], operator: str, outcome: Outcome) -> Merged:
    return Merged(
        *spot,
        operator,
        outcome.value,
        outcome.n,
        outcome.spread,
        outcome.mean,
        outcome.conflict,
        outcome.disagreement,
        outcome.distribution,
        (*_sources(outcome.readings, True), *_sources(outcome.older, False)),
    )


def _sources(answers: Sequence[Answer], standing: bool) -> Iterator[Source]:
    for answer in answers:
        yield replace(answer.source, standing=standing)
