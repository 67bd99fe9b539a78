"""Held: the results of a store, found by place, with the words of a language.

In: Results, the words of a language, what a store says of single cells. Out: merged values by spot
and by row, the numbers behind them, and which computed values rest on a cell.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property

from toolkit.content.shown import Shown
from toolkit.language import option_keys
from toolkit.scale import number
from toolkit.store.records import Entry, Merged, Results, Row, Source, Spot, Value
from toolkit.store.spots import Stood

Where = tuple[str, str, str]  # document, table, row
Cell = tuple[str, str, int]  # sha256, file, number
RECOMPUTED = "recompute"


@dataclass(frozen=True)
class Held:
    """Everything a trace looks at; ``cells_at`` finds what every file holds at a spot."""

    results: Results
    shown: Shown
    cells_at: Callable[[Spot], tuple[Stood, ...]] = lambda spot: ()

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

    @cached_property
    def used(self) -> Mapping[Cell, tuple[Merged, ...]]:
        """The computed values that rest on a cell."""
        used: dict[Cell, list[Merged]] = defaultdict(list)
        for merged in self.results.merged:
            if merged.operator == RECOMPUTED:
                for source in merged.sources:
                    used[cell_of(source)].append(merged)
        return {cell: tuple(own) for cell, own in used.items()}

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


def cell_of(source: Source) -> Cell:
    """What makes it this cell."""
    return source.sha256, source.file, source.number
