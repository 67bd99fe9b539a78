"""Evaluation: how the forms of the pilot evaluation answered, as a whole, by role and by unit.

In: what the copies of d.16 answer, on the desk. Out: Ratings of every statement, dimension and the
whole, groups under five hidden; and how many forms came back (specification 4.16, ruling 21). A
form counts once.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from dataclasses import field as default

from toolkit.collect.known import Known, group_of
from toolkit.collect.merging.answers import Answer, counting
from toolkit.method import ratings
from toolkit.method.evaluation import DIMENSIONS, STATEMENTS, dimension
from toolkit.store.desk import Desk
from toolkit.store.ratings import Rating, Response

DOC, TABLE, ANSWER = "d.16", "evaluation", "f.answer"
OVERALL = "overall"
SCORED = "scored"  # in any dimension but the overall one

Group = Callable[["Form"], str]
Given = Mapping[str, int]  # option -> how often it was chosen


@dataclass(frozen=True)
class Form:
    """One form: who answered, and the option chosen for every statement that was answered."""

    role: str
    unit: str
    answers: Mapping[str, str] = default(default_factory=dict)

    @property
    def scored(self) -> set[str]:
        """The dimensions in which a statement has an answer 1-5."""
        own = {dimension_of(s) for s, answer in self.answers.items() if answer.isdecimal()}
        return own | {SCORED} if own - {OVERALL} else own


FAMILIES: Mapping[str, Group] = {
    "all": lambda form: "",
    "role": lambda form: form.role,
    "unit": lambda form: form.unit,
}


def heard(desk: Desk, number: int, statement: str, answers: Iterable[Answer]) -> None:
    """Note what each copy answers to one statement."""
    said = counting(tuple(answers))
    desk.hear((a.copy, number, statement, f"{a.value}") for a in said)


def forms_of(desk: Desk) -> Iterator[Form]:
    """The forms that came back with anything in them."""
    return (Form(group_of(role), unit, dict(said)) for role, unit, said in desk.forms())


@dataclass
class Tally:
    """The forms counted: how many, of whom, and what every group of each family answered."""

    roles: Counter[str] = default(default_factory=Counter)
    asked: dict[str, None] = default(default_factory=dict)
    given: dict[str, dict[str, dict[str, Counter[str]]]] = default(
        default_factory=lambda: {family: defaultdict(_statements) for family in FAMILIES}
    )
    scored: Counter[tuple[str, str, str]] = default(default_factory=Counter)

    def add(self, form: Form) -> None:
        """One more form."""
        self.roles[form.role] += 1
        self.asked |= dict.fromkeys((*STATEMENTS, *form.answers))
        for family, group in FAMILIES.items():
            if (name := group(form)) or family == "all":
                own = self.given[family][name]
                for statement, answer in form.answers.items():
                    own[statement][answer] += 1
                self.scored.update((family, name, key) for key in form.scored)


def _statements() -> dict[str, Counter[str]]:
    return defaultdict(Counter)


def tally_of(forms: Iterable[Form]) -> Tally:
    """All forms counted, one by one."""
    tally = Tally()
    for form in forms:
        tally.add(form)
    return tally


def rated(tally: Tally) -> Iterator[Rating]:
    """The ratings of every statement, dimension and the whole, for every group of each family."""
    for family, groups in tally.given.items():
        statements = [r for s in tally.asked for r in _statement(s, family, groups)]
        yield from statements
        for name in sorted(groups):
            own = [rating for rating in statements if rating.group == name]
            yield from _dimensions(own, tally)


def _statement(
    statement: str, family: str, groups: Mapping[str, Mapping[str, Given]]
) -> list[Rating]:
    """One statement over the groups of a family; a group that did not answer it is left out."""
    given = {name: own.get(statement, {}) for name, own in groups.items()}
    sizes = {name: len(_scores(own)) for name, own in given.items()}
    hidden = ratings.hidden(sizes) if family != "all" else frozenset()
    return [
        _rating(
            Rating(DOC, "statement", statement, family, name, n, hidden=name in hidden), given[name]
        )
        for name, n in sorted(sizes.items())
        if n or (given[name] and family == "all")
    ]


def _scores(given: Given) -> list[int]:
    """The answers 1-5."""
    return [int(a) for a, times in given.items() if a.isdecimal() for _ in range(times)]


def _rating(rating: Rating, given: Given) -> Rating:
    """A rating with the numbers of its answers, where they may be shown."""
    if rating.hidden:
        return rating
    scores = _scores(given)
    mean, agree = ratings.mean_of(scores), ratings.agree_share(scores)
    colour = ratings.colour(mean)
    return replace(rating, mean=mean, agree=agree, colour=colour, distribution=dict(given))


def _dimensions(own: Sequence[Rating], tally: Tally) -> Iterator[Rating]:
    """The dimensions of one group, and the mean of all statements but the overall one."""
    for key in DIMENSIONS:
        parts = [rating for rating in own if dimension_of(rating.key) == key]
        if parts:
            yield _joined("dimension", key, parts, _forms(tally, parts[0], key))
    parts = [rating for rating in own if dimension_of(rating.key) != OVERALL]
    if parts:
        yield _joined(OVERALL, OVERALL, parts, _forms(tally, parts[0], SCORED))


def _forms(tally: Tally, part: Rating, key: str) -> int:
    """How many forms of a group answered 1-5 in a dimension."""
    return tally.scored[part.family, part.group, key]


def dimension_of(statement: str) -> str:
    """The dimension of a statement; the project's own (``x.1``) belong to the overall one."""
    return dimension(statement) if statement in STATEMENTS else OVERALL


def _joined(level: str, key: str, parts: Sequence[Rating], n: int) -> Rating:
    """The mean of statement means, of those statements that may be shown."""
    shown = [rating for rating in parts if not rating.hidden]
    spot = DOC, level, key, parts[0].family, parts[0].group, n
    if not shown:
        return Rating(*spot, hidden=True)
    mean = ratings.mean_of([rating.mean for rating in shown])
    agree = ratings.mean_of([rating.agree for rating in shown])
    return Rating(*spot, mean, agree, ratings.colour(mean))


def responses(tally: Tally, known: Known) -> tuple[Response, ...]:
    """How many forms each role was sent and returned; ``all`` is the whole."""
    returned = tally.roles
    roles = sorted({*known.forms, *returned} - {""})
    sent = sum(known.forms.values()) if known.forms else None
    total = Response(DOC, "all", sent, returned.total())
    each = (Response(DOC, role, known.forms.get(role), returned[role]) for role in roles)
    return (*each, total) if returned or known.forms else ()
