"""Answers: what every copy says in one cell, the question asked there, and what comes of it.

In: values with what was sent out and who sent them back. Out: frozen Answer, Question, Outcome,
the shapes the operators of consolidation work on.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as default
from functools import cached_property, lru_cache
from typing import NamedTuple

from toolkit.scale import number
from toolkit.store.records import Value, blank, spaced

DISAGREEMENT = 2
SHORT_SCALE = (4, 5)  # steps of the scales on which a spread is told (specification 2.7)
SEVERAL = "; "
MOST = 8192  # values whose form for comparison is remembered


class Answer(NamedTuple):
    """What one copy holds in one cell.

    ``sent`` is the value it was sent out with; ``touched`` whether staff changed or filled
    anything in that copy, which makes the prefilled values they left a confirmation (ruling 15).
    ``number`` is that of the cell in its file, ``file`` the file's in the store, ``copy`` the
    copy's place in the order of arrival; where there are rounds, ``whom`` is who it is of over all
    of them and ``period`` its own.
    """

    value: Value
    sent: Value = None
    touched: bool = True
    unit: str = ""
    whom: str = ""
    period: str = ""
    number: int = 0
    copy: int = 0
    file: int = 0

    @property
    def changed(self) -> bool:
        """Whether the value is somebody's own: filled, and not what was sent."""
        return differs(self.value, self.sent)

    @property
    def counts(self) -> bool:
        """Whether the value counts where leaving it confirms it."""
        return not blank(self.value) and (self.touched or self.changed)


@dataclass(frozen=True)
class Question:
    """What is merged: a field, its option list with its keys in order, and how it is judged.

    ``tolerance`` is the spread from which answers disagree; ``by_unit`` whether sums run over
    units, not copies; ``several`` whether a cell holds several values.
    """

    field: str
    options: str = ""
    keys: tuple[str, ...] = ()
    tolerance: int = DISAGREEMENT
    by_unit: bool = False
    several: bool = False

    def number(self, value: Value) -> float | None:
        """The number a value counts as: itself, or its option's place on the scale."""
        if isinstance(value, bool):
            return None
        if isinstance(value, int | float):
            return value
        return self._numbers.get(value) if isinstance(value, str) else None

    @cached_property
    def _numbers(self) -> Mapping[str, float | None]:
        """The number of every option."""
        return {key: number(self.options, self.keys, key) for key in self.keys}

    @property
    def short_scale(self) -> bool:
        """Whether the options are a scale of four or five steps."""
        return sum(self.number(key) is not None for key in self.keys) in SHORT_SCALE

    def alike(self, value: Value) -> Value:
        """A value as it is compared: texts folded, several values in one order."""
        if self.several and isinstance(value, str):
            return SEVERAL.join(sorted(str(folded(part)) for part in parts(value)))
        return folded(value)


@dataclass(frozen=True)
class Outcome:
    """What stands in one consolidated cell; see ``Merged`` in ``toolkit.store.records``.

    ``readings`` are the answers that count, ``older`` those they replaced.
    """

    value: Value = None
    n: int = 0
    spread: float | None = None
    mean: float | None = None
    conflict: bool = False
    disagreement: bool = False
    readings: tuple[Answer, ...] = ()
    older: tuple[Answer, ...] = ()
    distribution: Mapping[str, int] = default(default_factory=dict)


@lru_cache(maxsize=MOST)
def differs(value: Value, sent: Value) -> bool:
    """Whether a value is filled and not what was sent."""
    return not blank(value) and spaced(value) != spaced(sent)


@lru_cache(maxsize=MOST)
def folded(value: Value) -> Value:
    """A text as names are compared: trimmed, inner blanks single, case ignored (ruling 19)."""
    text = spaced(value)
    return text.casefold() if isinstance(text, str) else text


def parts(value: Value) -> list[str]:
    """The values of a cell that holds several."""
    return [part.strip() for part in str(value).split(";") if part.strip()]


def prefilled(answers: Sequence[Answer]) -> Value:
    """The value that was sent out, as far as any copy knows it."""
    return next((a.sent for a in answers if not blank(a.sent)), None)


def counting(answers: Sequence[Answer]) -> tuple[Answer, ...]:
    """The answers that count, confirmations among them."""
    filled = {value for value in {a.value for a in answers} if not blank(value)}
    return tuple(a for a in answers if a.value in filled and (a.touched or a.changed))


def changing(answers: Sequence[Answer]) -> tuple[Answer, ...]:
    """The answers that are somebody's own."""
    return tuple(a for a in answers if a.changed)
