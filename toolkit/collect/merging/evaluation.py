"""Evaluation: how the forms of the pilot evaluation answered, as a whole, by role and by unit.

In: the senders of d.16. Out: Ratings of every statement, dimension and the whole, groups under five
hidden; and how many forms came back (specification 4.16, ruling 21). A form counts once.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from dataclasses import field as default

from toolkit.collect.known import Known, group_of
from toolkit.collect.merging.answers import Answer, counting
from toolkit.collect.merging.senders import Sender
from toolkit.method import ratings
from toolkit.method.evaluation import DIMENSIONS, STATEMENTS, dimension
from toolkit.store.ratings import Rating, Response

DOC, TABLE, ANSWER = "d.16", "evaluation", "f.answer"
OVERALL = "overall"

Group = Callable[["Form"], str]


@dataclass(frozen=True)
class Form:
    """One form: who answered, and the option chosen for every statement that was answered."""

    role: str
    unit: str
    answers: Mapping[str, str] = default(default_factory=dict)

    def score(self, statement: str) -> int | None:
        """The answer 1-5; None where there is none or it does not apply."""
        answer = self.answers.get(statement, "")
        return int(answer) if answer.isdecimal() else None


FAMILIES: Mapping[str, Group] = {
    "all": lambda form: "",
    "role": lambda form: form.role,
    "unit": lambda form: form.unit,
}


class Heard:
    """What each copy answers, statement by statement."""

    def __init__(self) -> None:
        self.answers: dict[str, dict[str, str]] = {}

    def hear(self, statement: str, answers: Iterable[Answer]) -> None:
        """The answers to one statement."""
        for answer in counting(tuple(answers)):
            own = self.answers.setdefault(answer.source.copy, {})
            own[sys.intern(statement)] = sys.intern(f"{answer.value}")


def forms_of(heard: Heard, senders: Sequence[Sender]) -> tuple[Form, ...]:
    """The forms that came back with anything in them."""
    touched = [sender for sender in senders if sender.touched]
    return tuple(Form(group_of(s.role), s.unit, heard.answers.get(s.key, {})) for s in touched)


def rated(forms: Sequence[Form]) -> Iterator[Rating]:
    """The ratings of every statement, dimension and the whole, for every group of each family."""
    asked = list(dict.fromkeys(s for form in forms for s in (*STATEMENTS, *form.answers)))
    for family, group in FAMILIES.items():
        groups: dict[str, list[Form]] = {}
        for form in forms:
            if group(form) or family == "all":
                groups.setdefault(group(form), []).append(form)
        statements = [r for s in asked for r in _statement(s, family, groups)]
        yield from statements
        for name in sorted(groups):
            yield from _dimensions(name, groups[name], statements)


def _statement(statement: str, family: str, groups: Mapping[str, Sequence[Form]]) -> list[Rating]:
    """One statement over the groups of a family; a group that did not answer it is left out."""
    given = {
        name: [form.answers[statement] for form in own if statement in form.answers]
        for name, own in groups.items()
    }
    sizes = {name: sum(answer.isdecimal() for answer in own) for name, own in given.items()}
    hidden = ratings.hidden(sizes) if family != "all" else frozenset()
    return [
        _rating(
            Rating(DOC, "statement", statement, family, name, n, hidden=name in hidden), given[name]
        )
        for name, n in sorted(sizes.items())
        if n or (given[name] and family == "all")
    ]


def _rating(rating: Rating, given: Sequence[str]) -> Rating:
    """A rating with the numbers of its answers, where they may be shown."""
    if rating.hidden:
        return rating
    scores = [int(answer) for answer in given if answer.isdecimal()]
    mean, agree = ratings.mean_of(scores), ratings.agree_share(scores)
    counted = dict(Counter(given))
    return replace(
        rating, mean=mean, agree=agree, colour=ratings.colour(mean), distribution=counted
    )


def _dimensions(name: str, forms: Sequence[Form], statements: Sequence[Rating]) -> Iterator[Rating]:
    """The dimensions of one group, and the mean of all statements but the overall one."""
    own = [rating for rating in statements if rating.group == name]
    for key in DIMENSIONS:
        parts = [rating for rating in own if dimension_of(rating.key) == key]
        if parts:
            yield _joined("dimension", key, parts, forms)
    parts = [rating for rating in own if dimension_of(rating.key) != OVERALL]
    if parts:
        yield _joined(OVERALL, OVERALL, parts, forms)


def dimension_of(statement: str) -> str:
    """The dimension of a statement; the project's own (``x.1``) belong to the overall one."""
    return dimension(statement) if statement in STATEMENTS else OVERALL


def _joined(level: str, key: str, parts: Sequence[Rating], forms: Sequence[Form]) -> Rating:
    """The mean of statement means, of those statements that may be shown."""
    named = {rating.key for rating in parts}
    n = sum(any(form.score(s) is not None for s in named) for form in forms)
    shown = [rating for rating in parts if not rating.hidden]
    spot = DOC, level, key, parts[0].family, parts[0].group, n
    if not shown:
        return Rating(*spot, hidden=True)
    mean = ratings.mean_of([rating.mean for rating in shown])
    agree = ratings.mean_of([rating.agree for rating in shown])
    return Rating(*spot, mean, agree, ratings.colour(mean))


def responses(forms: Sequence[Form], known: Known) -> tuple[Response, ...]:
    """How many forms each role was sent and returned; ``all`` is the whole."""
    returned = Counter(form.role for form in forms)
    roles = sorted({*known.forms, *returned} - {""})
    sent = sum(known.forms.values()) if known.forms else None
    total = Response(DOC, "all", sent, len(forms))
    each = (Response(DOC, role, known.forms.get(role), returned[role]) for role in roles)
    return (*each, total) if forms or known.forms else ()
