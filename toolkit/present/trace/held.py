"""Held: the results of a store, found by place, with the words of a language.

In: Results without sources, the words of a language, what a store says of single values. Out: the
values by spot and by row, the numbers behind them, their sources, and what is computed of them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

from toolkit.content.shown import Shown
from toolkit.language import option_keys
from toolkit.scale import number
from toolkit.store.behind import Sources
from toolkit.store.records import Entry, FileKey, Merged, Results, Row, Spot, Standing, Value
from toolkit.store.spots import Stood

Where = tuple[str, str, str]  # document, table, row
Place = tuple[str, Spot]  # document, spot
RECOMPUTED = "recompute"
MOST_ANSWERS = 500
"""Answers to one question that are told one by one; the others are counted."""


class Behind(Protocol):
    """What a store says of single values; see ``toolkit.store.behind``."""

    def sources(self, value: Place, most: int) -> Sources:
        """The first sources of a value, and how many more there are."""

    def sent(self, value: Place, by: str, key: str) -> bool:
        """Whether a ``unit``, a ``role`` or a ``day`` is among its sources."""

    def uncounted(self, value: Place, most: int) -> tuple[Stood, ...]:
        """The first cells at its place that count for nothing."""

    def resting(self, value: Place) -> tuple[Place, ...]:
        """The computed values that rest on it."""

    def standing(self, key: FileKey) -> Standing:
        """What became of a file, and why."""


@dataclass(frozen=True)
class Held:
    """Everything a trace looks at: values without their sources, and what tells these."""

    results: Results
    shown: Shown
    behind: Behind

    @cached_property
    def by_spot(self) -> Mapping[tuple[str, Spot], Merged]:
        """Every consolidated value by its document, table, row and field."""
        return {(merged.doc, merged.spot): merged for merged in self.results.merged}

    @cached_property
    def by_row(self) -> Mapping[Where, tuple[Merged, ...]]:
        """The consolidated values of every row."""
        rows: dict[Where, list[Merged]] = defaultdict(list)
        for merged in self.results.merged:
            rows[merged.doc, merged.table, merged.row].append(merged)
        return {where: tuple(own) for where, own in rows.items()}

    @cached_property
    def rows(self) -> Mapping[Where, Row]:
        """Every consolidated row."""
        return {(row.doc, row.table, row.row): row for row in self.results.rows}

    def sources(self, merged: Merged) -> Sources:
        """The first answers a value rests on, then what they replaced; and how many more."""
        return self.behind.sources((merged.doc, merged.spot), MOST_ANSWERS)

    def used(self, merged: Merged) -> tuple[Merged, ...]:
        """The computed values that rest on a value."""
        found = self.behind.resting((merged.doc, merged.spot))
        return tuple(self.by_spot[place] for place in found if place in self.by_spot)

    def value(self, doc: str, table: str, row: str, field: str) -> Value:
        """What stands in a cell; None where nothing does."""
        merged = self.by_spot.get((doc, (table, row, field)))
        return merged.value if merged else None

    def number(self, merged: Merged, value: Value) -> float | None:
        """The number a value counts as: itself, or its option's place on the scale."""
        if isinstance(value, int | float) and not isinstance(value, bool):
            return value
        field = self.shown.field_of(merged.doc, merged.table, merged.field)
        if not isinstance(value, str) or field is None or not field.choices:
            return None
        return number(field.choices, option_keys(field.choices), value)

    def title(self, where: Where) -> str:
        """What people call a row; '' where it has no name of its own."""
        row = self.rows.get(where)
        return row.title if row and row.title else self.titles.get(("benefit", where[2]), "")

    @property
    def titles(self) -> Mapping[Entry, str]:
        """What people call the entries of the description."""
        return self.results.titles

    def hidden(self, merged: Merged) -> bool:
        """Whether the answers are never shown one by one."""
        return merged.doc in self.results.anonymous
