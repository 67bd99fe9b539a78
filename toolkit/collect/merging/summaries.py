"""Summaries: the operators that make one number, or one worst option, of many answers.

In: the answers to one cell and its Question. Out: an Outcome, unrounded, with n and spread
(specification 2.7, rulings 5, 12, 13, 15, 17).
"""

from __future__ import annotations

import statistics
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace

from toolkit.collect.merging.answers import Answer, Outcome, Question, changing, counting, prefilled
from toolkit.method.ratings import AGREES_FROM
from toolkit.scale import badness
from toolkit.store.records import Value

PROJECT = ""  # the copy of the project itself has no unit


def mean(answers: Sequence[Answer], question: Question) -> Outcome:
    """The arithmetic mean of numbers or option numbers."""
    return _summary(answers, question, statistics.fmean)


def median(answers: Sequence[Answer], question: Question) -> Outcome:
    """The middle number; of an even count the mean of the middle two."""
    return _summary(answers, question, statistics.median)


def minimum(answers: Sequence[Answer], question: Question) -> Outcome:
    """The smallest number."""
    return _summary(answers, question, min)


def maximum(answers: Sequence[Answer], question: Question) -> Outcome:
    """The largest number."""
    return _summary(answers, question, max)


def count(answers: Sequence[Answer], question: Question) -> Outcome:
    """How many copies answered."""
    filled = counting(answers)
    return Outcome(len(filled), len(filled), readings=filled)


def total(answers: Sequence[Answer], question: Question) -> Outcome:
    """The sum over units, the latest copy of each; over copies where the document has no units.

    A sent value nobody changed is no answer, and where no unit answered, the project's total
    stands: what was sent, or what the project's own copy says.
    """
    filled = changing(answers)
    if not filled:
        return Outcome(prefilled(answers))
    latest = {_summand(a, question): a for a in filled}
    if len(latest) > 1:
        latest.pop(PROJECT, None)
    kept = tuple(a for a in filled if latest.get(_summand(a, question)) is a)
    numbers = [number for a in kept if (number := question.number(a.value)) is not None]
    older = tuple(a for a in filled if latest.get(_summand(a, question)) is not a)
    return Outcome(sum(numbers) if numbers else None, len(numbers), readings=kept, older=older)


def _summand(answer: Answer, question: Question) -> int | str:
    if question.by_unit:
        return answer.unit
    return answer.copy or f"{answer.file}"


def worst(answers: Sequence[Answer], question: Question) -> Outcome:
    """The option nearest its list's bad end, the mean beside it; risks are judged as pairs."""
    filled = counting(answers)
    if not filled:
        return Outcome(prefilled(answers))
    shown = _summary(answers, question, statistics.fmean)
    distinct = dict.fromkeys(a.value for a in filled)  # the first of the same keeps its place
    chosen = max(distinct, key=lambda value: _badness(value, question))
    return replace(
        shown,
        value=chosen,
        n=len(filled),
        mean=shown.value if isinstance(shown.value, float) else None,
        readings=filled,
    )


def _badness(value: Value, question: Question) -> tuple[int, float]:
    rank = badness(question.options, question.field, question.keys, str(value))
    return rank, question.number(value) or 0.0


def agree_share(answers: Sequence[Answer], question: Question) -> Outcome:
    """The share in percent that answered 4 or 5 of those that answered 1 to 5."""
    pairs = _numbers(answers, question)
    if not pairs:
        return Outcome()
    high = sum(number >= AGREES_FROM for number, _ in pairs)
    return Outcome(100 * high / len(pairs), len(pairs), readings=tuple(a for _, a in pairs))


def _numbers(answers: Sequence[Answer], question: Question) -> list[tuple[float, Answer]]:
    pairs = ((question.number(a.value), a) for a in counting(answers))
    return [(number, a) for number, a in pairs if number is not None]


def _summary(
    answers: Sequence[Answer], question: Question, of: Callable[[list[float]], float]
) -> Outcome:
    pairs = _numbers(answers, question)
    if not pairs:
        return Outcome(question.number(prefilled(answers)))
    numbers = [number for number, _ in pairs]
    spread = max(numbers) - min(numbers)
    counted = distribution(counting(answers)) if question.options else {}
    return Outcome(
        of(numbers),
        len(numbers),
        spread,
        disagreement=question.short_scale and spread >= question.tolerance,
        readings=tuple(a for _, a in pairs),
        distribution=counted,
    )


def distribution(answers: Sequence[Answer]) -> dict[str, int]:
    """How often each value was given."""
    return dict(Counter(str(a.value) for a in answers))
