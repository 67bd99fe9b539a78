"""Prefilled: what a file was sent out with, and what its words mean.

In: the pairs of its stamp. Out: a Prefilled and Words; the same objects for all files sent out with
the same, so that what was read with them is known for the next one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from toolkit.collect.reading.cells import SentRows, rows_of, typed
from toolkit.collect.reading.choices import Names
from toolkit.collect.reading.values import Words
from toolkit.collect.returned import Spot, Value
from toolkit.fillable import Fillable
from toolkit.language import Labels
from toolkit.sent import NAMES, SENT, Pair, read_names, read_sent

KINDS = 64  # kinds of files that are remembered

Titles = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True, eq=False)
class Prefilled:
    """What a file was sent out with: values by place, and what entries are called.

    ``kept`` are the values without the rows that were sent blank.
    """

    values: Mapping[Spot, Value]
    kept: Mapping[Spot, Value]
    names: Mapping[str, Names]
    titles: Titles
    rows: SentRows


def prefilled_by(pairs: Iterable[Pair], shape: Fillable, names: Titles) -> Prefilled:
    """What the pairs of a stamp say; ``names`` are known of the project."""
    own = tuple(pair for pair in pairs if pair[0].startswith((SENT, NAMES)))
    known = tuple((kind, tuple(titles.items())) for kind, titles in names.items())
    return _prefilled(own, shape.keys, shape.days, known)


@lru_cache(maxsize=KINDS)
def _prefilled(
    pairs: tuple[Pair, ...],
    tables: tuple[str, ...],
    days: frozenset[tuple[str, str]],
    names: tuple[tuple[str, tuple[tuple[str, str], ...]], ...],
) -> Prefilled:
    titles = {**{kind: dict(own) for kind, own in names}, **read_names(pairs)}
    values = typed(read_sent(pairs, tables), days)
    kept = {spot: value for spot, value in values.items() if spot[2]}
    called = {kind: Names.of(own) for kind, own in titles.items()}
    return Prefilled(values, kept, called, titles, rows_of(values))


@lru_cache(maxsize=KINDS)
def words_of(prefilled: Prefilled, lang: str, sent_on: date | None, epoch: date) -> Words:
    """What the words of a file mean, with what is remembered of them."""
    return Words(Labels.load(lang), prefilled.names, sent_on, epoch)
