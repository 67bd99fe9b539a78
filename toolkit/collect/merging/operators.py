"""The operators of consolidation (specification 2.7, rulings 12-20), each a pure function.

In: the answers of all copies to one cell, one a copy, in order of arrival, and the Question. Out:
an Outcome: the value that stands, how many answers it rests on, whether they contradict.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence

from toolkit.collect.merging.answers import (
    SEVERAL,
    Answer,
    Outcome,
    Question,
    changing,
    counting,
    folded,
    parts,
    prefilled,
)
from toolkit.collect.merging.summaries import (
    agree_share,
    count,
    distribution,
    maximum,
    mean,
    median,
    minimum,
    total,
    worst,
)
from toolkit.store.records import Value

STATUS_ORDER = ("not_relevant", "not_started", "delayed", "in_progress", "done")

Operator = Callable[[Sequence[Answer], Question], Outcome]


def one(answers: Sequence[Answer], question: Question) -> Outcome:
    """A single truth: what the changed copies agree on, else a conflict over the sent value."""
    return _alike(answers, changing(answers), question)


def agree(answers: Sequence[Answer], question: Question) -> Outcome:
    """All filled copies alike, else a conflict (responsibility letters, ruling 16)."""
    return _alike(answers, counting(answers), question)


def _alike(answers: Sequence[Answer], filled: tuple[Answer, ...], question: Question) -> Outcome:
    distinct = {question.alike(a.value) for a in filled}
    value = filled[0].value if len(distinct) == 1 else prefilled(answers)
    return Outcome(value, len(filled), conflict=len(distinct) > 1, readings=filled)


def mode(answers: Sequence[Answer], question: Question) -> Outcome:
    """The most frequent answer; a tie is a conflict and the sent value stays."""
    filled = counting(answers)
    if not filled:
        return Outcome(prefilled(answers))
    counted = Counter(question.alike(a.value) for a in filled)
    most = max(counted.values())
    winners = [a.value for a in filled if counted[question.alike(a.value)] == most]
    tie = len({question.alike(value) for value in winners}) > 1
    return Outcome(
        prefilled(answers) if tie else winners[0],
        len(filled),
        conflict=tie,
        readings=filled,
        distribution=distribution(filled),
    )


def latest(answers: Sequence[Answer], question: Question) -> Outcome:
    """The newest answer; the older ones are history."""
    filled = changing(answers)
    if not filled:
        return Outcome(prefilled(answers))
    return Outcome(filled[-1].value, len(filled), readings=filled[-1:], older=filled[:-1])


def max_status(answers: Sequence[Answer], question: Question) -> Outcome:
    """The status furthest on; of several units the distribution, not one value."""
    filled = counting(answers)
    if not filled:
        return Outcome(prefilled(answers))
    several = len({a.unit for a in filled if a.unit}) > 1
    furthest = max((str(a.value) for a in filled), key=_progress)
    counted = distribution(filled)
    return Outcome(
        None if several else furthest, len(filled), readings=filled, distribution=counted
    )


def _progress(status: str) -> int:
    return STATUS_ORDER.index(status) if status in STATUS_ORDER else -1


def per_unit(answers: Sequence[Answer], question: Question) -> Outcome:
    """The newest answer of each unit, never made one: shown side by side."""
    filled = counting(answers)
    newest = {a.unit or a.copy: a for a in filled}
    kept = tuple(a for a in filled if newest[a.unit or a.copy] is a)
    value = kept[0].value if len(kept) == 1 else None
    older = tuple(a for a in filled if newest[a.unit or a.copy] is not a)
    shown = value if kept else prefilled(answers)
    return Outcome(shown, len(kept), readings=kept, older=older, distribution=distribution(kept))


def dist(answers: Sequence[Answer], question: Question) -> Outcome:
    """How often each option was chosen."""
    filled = counting(answers)
    return Outcome(None, len(filled), readings=filled, distribution=distribution(filled))


def listed(answers: Sequence[Answer], question: Question) -> Outcome:
    """All distinct texts in order of arrival, one a line; the readings know each sender."""
    filled = counting(answers)
    if question.several:
        return union(answers, question)
    first: dict[Value, Value] = {}
    for answer in filled:
        first.setdefault(folded(answer.value), answer.value)
    if len(first) < 2:
        value = next(iter(first.values()), prefilled(answers))
        return Outcome(value, len(filled), readings=filled)
    return Outcome("\n".join(f"{v}" for v in first.values()), len(filled), readings=filled)


def union(answers: Sequence[Answer], question: Question) -> Outcome:
    """Everything anybody named: cells that hold several values are taken apart first."""
    if not question.several:
        return listed(answers, question)
    filled = counting(answers)
    named: dict[Value, str] = {}
    for part in (part for answer in filled for part in parts(answer.value)):
        named.setdefault(folded(part), part)
    value = SEVERAL.join(named.values()) or prefilled(answers)
    return Outcome(value, len(filled), readings=filled)


def append(answers: Sequence[Answer], question: Question) -> Outcome:
    """The answer of a row that is one by its key: the newest; a conflict of different senders."""
    filled = changing(answers)
    if not filled:
        return Outcome(prefilled(answers))
    distinct = {question.alike(a.value) for a in filled}
    return Outcome(filled[-1].value, len(filled), conflict=len(distinct) > 1, readings=filled)


OPERATORS: Mapping[str, Operator] = {
    "one": one,
    "key": one,
    "agree": agree,
    "mode": mode,
    "mean": mean,
    "median": median,
    "min": minimum,
    "max": maximum,
    "sum": total,
    "count": count,
    "worst": worst,
    "dist": dist,
    "latest": latest,
    "max_status": max_status,
    "per_unit": per_unit,
    "list": listed,
    "union": union,
    "append": append,
    "agree_share": agree_share,
}


def merge_cell(operator: str, answers: Sequence[Answer], question: Question) -> Outcome:
    """Apply one operator; an unknown one is a KeyError (a bug: sheets are checked)."""
    return OPERATORS[operator](answers, question)
