"""Merge: what all copies of a document say, as one value a cell.

In: what the document asks, and its copies. Out: the rows of a table, and cell by cell a Weighed
with the answers, the outcome and the Merged it becomes (specification 2.7, rulings 15-20). No more
than the answers to one cell are held at once.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain, islice
from operator import itemgetter
from typing import Any

from toolkit.collect.merging.answers import Answer, Outcome, Question, changing
from toolkit.collect.merging.copies import Copies, Found
from toolkit.collect.merging.joining import Joined, joined_rows
from toolkit.collect.merging.operators import merge_cell
from toolkit.collect.merging.questions import Asked, neutral
from toolkit.store.consolidated import Refs
from toolkit.store.records import Merged, Spot, Value, blank

AGREE_SHARE = "f.agree_share"
CELL = itemgetter(*map(Answer._fields.index, ("file", "number")))

At = tuple[str, str]  # row, field


@dataclass(frozen=True)
class Weighed:
    """One consolidated cell on its way: what was asked, every copy's answer, what comes of it."""

    question: Question
    operator: str
    answers: tuple[Answer, ...]
    outcome: Outcome

    def alone(self, kept: Sequence[Answer] = ()) -> Weighed:
        """What is worth knowing once it is stored: the outcome without its answers."""
        outcome = replace(self.outcome, readings=(), older=())
        return Weighed(self.question, self.operator, tuple(kept), outcome)


@dataclass(frozen=True)
class MergedTable:
    """One consolidated table: its rows in order, and its cells by row and field.

    The cells no longer hold what they rest on: that is stored.
    """

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


class Merging:
    """One document on its way: what it asks and what its copies say, one cell at a time."""

    def __init__(self, asked: Asked, copies: Copies) -> None:
        self.asked, self.copies, self.streams = asked, copies, copies.streams

    def rows(self, table: str) -> tuple[Joined, ...]:
        """The rows of a table."""
        return joined_rows(self.copies, self.asked.tables[table])

    def files(self, table: str, row: Joined) -> tuple[str, ...]:
        """The names of the first files that hold a row."""
        copies = self.copies
        if row.new:
            return copies.named(place for place, _, _ in copies.desk.members(table, row.row))
        where = copies.where(table, copies.rows(table, row.row, new=False))
        return copies.names([place for own in where.values() for place in own])

    def cells(self, table: str, row: Joined) -> Iterator[tuple[str, Weighed]]:
        """The cells of one row that are merged, each weighed by itself, with its field."""
        copies = self.copies
        where = copies.where(table, copies.rows(table, row.row, new=row.new))
        for field in dict.fromkeys((*copies.fields_sent(table, row.row), *where)):
            question = self.asked.question(table, field)
            if question and question[1] != "recompute":
                found = copies.found(where.get(field, ()))
                answers = self._answers(found, (table, row.row, field))
                yield field, _weighed(*question, answers, rounds=copies.rounds)

    def _answers(self, found: Iterable[Found], spot: Spot) -> list[Answer]:
        """What every file says in one cell, in order of arrival, and what others were sent."""
        answers = list(_Reading(self.copies, self.asked, spot).answers(found))
        if all(map(blank, {answer.sent for answer in answers})):
            answers += self._silent({answer.copy for answer in answers}, spot)
        return answers

    def _silent(self, heard: Collection[int], spot: Spot) -> Iterator[Answer]:
        """What copies that say nothing here were sent: each different one once."""
        for sent in self.copies.sets:
            value = self._neutral(self.copies.sent(sent).get(spot), spot)
            if value is not None:
                posted = self.copies.desk.sent_with(sent)
                silent = (own for own in posted if own.sender not in heard)
                for own in islice(silent, 1):
                    of = bool(own.touched), "", own.whom, own.period
                    yield Answer(None, value, *of, copy=own.sender)

    def _neutral(self, value: Value, spot: Spot) -> Value:
        own = self.asked.tables[spot[0]].field(spot[2])
        return neutral(value, own) if own else value


class _Reading:
    """The cells of one question as answers; what many files share is worked out once."""

    def __init__(self, copies: Copies, asked: Asked, spot: Spot) -> None:
        self.copies = copies
        self.table, _, self.field = spot
        self.own = asked.tables[self.table].field(self.field)
        self.known: dict[tuple[int, int, str], tuple[Any, ...]] = {}

    def answers(self, found: Iterable[Found]) -> Iterator[Answer]:
        """Each cell as an answer."""
        known, made = self.known, tuple.__new__  # calling the class takes three times as long
        for row, answered in found:
            key = (answered[1], answered[2], row)
            shared = known.get(key)
            if shared is None:
                shared = known[key] = self._shared(*key)
            yield made(Answer, shared + answered[3:])

    def _shared(self, answer: int, number: int, row: str) -> tuple[Any, ...]:
        """What answers have in common: all but where each stands."""
        said, kind = self.copies.streams.said(answer), self.copies.desk.kinds[number]
        sent = self.copies.sent(kind.sent).get((self.table, row, self.field))
        pair = self._neutral(said.value if said.usable else None), self._neutral(sent)
        return *pair, *kind[1:]

    def _neutral(self, value: Value) -> Value:
        return neutral(value, self.own) if self.own else value


def _weighed(
    question: Question, operator: str, answers: Sequence[Answer], *, rounds: bool
) -> Weighed:
    """The outcome of one cell; what a copy's own newer file or round replaced is history."""
    if not rounds and len({answer.copy for answer in answers}) == len(answers):
        return Weighed(question, operator, tuple(answers), merge_cell(operator, answers, question))
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
    """The answers of each sender, those of an earlier round first, whenever they came.

    The copies one unit was sent round after round are one sender's.
    """
    own: dict[int | str, list[Answer]] = {}
    for answer in answers:
        own.setdefault(answer.whom or answer.copy, []).append(answer)
    for told in own.values():
        yield sorted(told, key=lambda answer: answer.period)


def _newest(answers: list[Answer]) -> tuple[list[Answer], tuple[Answer, ...]]:
    """The answers of one copy that stand: those of its newest file that says something itself.

    A value staff wrote goes before a prefilled one that a newer file left, and blank never
    overwrites (ruling 18). A file that says two things in one cell keeps both.
    """
    said = changing(answers) or [a for a in answers if not blank(a.value)] or answers
    newest = said[-1].file
    kept = [a for a in said if a.file == newest]
    return kept, tuple(a for a in changing(answers) if a not in kept)


def merged_of(asked: Asked, spot: Spot, weighed: Weighed) -> Iterator[tuple[Merged, Refs]]:
    """A cell as it is stored, and the share that agrees beside it; nothing where it is blank."""
    outcome, (table, row, field) = weighed.outcome, spot
    if blank(outcome.value) and not outcome.n:
        return
    yield _merged((asked.doc, *spot), weighed.operator, outcome)
    if asked.shares_agreement(table, field) and outcome.n:
        shared = merge_cell("agree_share", weighed.answers, weighed.question)
        yield _merged((asked.doc, table, row, AGREE_SHARE), "agree_share", shared)


def _merged(
    spot: tuple[str, str, str, str], operator: str, outcome: Outcome
) -> tuple[Merged, Refs]:
    merged = Merged(
        *spot,
        operator,
        outcome.value,
        outcome.n,
        outcome.spread,
        outcome.mean,
        outcome.conflict,
        outcome.disagreement,
        outcome.distribution,
    )
    return merged, ((True, _cells(outcome.readings)), (False, _cells(outcome.older)))


def _cells(answers: Iterable[Answer]) -> Sequence[int]:
    """The cells of answers, each by its file and its number there."""
    return list(chain.from_iterable(map(CELL, answers)))
