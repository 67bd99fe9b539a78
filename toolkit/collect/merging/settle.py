"""Settle: what stands where answers contradict, by the strategy the collector chose.

In: the merged cells of a row and a strategy. Out: the same cells, contradicting ones settled.
``list`` and ``prefilled`` let stand what was sent out, the first as an open question, the second as
decided; ``newest`` lets the newest of the contradicting answers stand. Every conflict stays one:
all its answers are listed, whatever stands.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace

from toolkit.collect.merging.answers import Answer, Outcome, Question
from toolkit.collect.merging.merge import Weighed
from toolkit.store.records import NEWEST


def settled(cells: Iterable[tuple[str, Weighed]], strategy: str) -> Iterator[tuple[str, Weighed]]:
    """The cells of a row by field, settled."""
    for field, weighed in cells:
        if strategy == NEWEST and weighed.outcome.conflict:
            weighed = replace(weighed, outcome=_newest(weighed))
        yield field, weighed


def _newest(weighed: Weighed) -> Outcome:
    """The outcome with the newest answer; of a tie the newest of those that tie."""
    outcome = weighed.outcome
    answers = outcome.readings
    if weighed.operator == "mode":
        answers = _tied(answers, weighed.question)
    return replace(outcome, value=answers[-1].value) if answers else outcome


def _tied(answers: tuple[Answer, ...], question: Question) -> tuple[Answer, ...]:
    """The answers given most often, in order of arrival."""
    counted = Counter(question.alike(answer.value) for answer in answers)
    most = max(counted.values(), default=0)
    return tuple(answer for answer in answers if counted[question.alike(answer.value)] == most)
