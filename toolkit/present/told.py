"""Told: what the results say, found by what people ask for.

In: Results and a Reading of the project as answered. Out: merged values by table, row and field,
worded in the reading's language, and for every number the cells it stands in.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import chain
from typing import Protocol, runtime_checkable

from toolkit.content.reading import Reading
from toolkit.store.records import File, Merged, Results, Row, Source, Value, blank

MOST_SOURCES = 100
"""Sources of a value that are shown one by one; the others are counted, the store tells them."""
MOST_CELLS = 60
EVERYBODY = "all"


class Cells(list[str]):
    """Cells in words; ``more`` are those the results count and do not hold."""

    more = 0


@dataclass(frozen=True)
class Told:
    """The results of a project in one language."""

    reading: Reading
    results: Results
    files: Iterable[File] = ()

    @cached_property
    def _found(self) -> Mapping[tuple[str, str, str], Merged]:
        return {merged.spot: merged for merged in self.results.merged}

    @cached_property
    def _tables(self) -> Mapping[str, tuple[Row, ...]]:
        tables: dict[str, list[Row]] = {}
        for row in sorted(self.results.rows, key=lambda row: row.position):
            tables.setdefault(row.table, []).append(row)
        return {table: tuple(rows) for table, rows in tables.items()}

    @cached_property
    def _by_row(self) -> Mapping[tuple[str, str], tuple[Merged, ...]]:
        rows: dict[tuple[str, str], list[Merged]] = {}
        for merged in self.results.merged:
            rows.setdefault((merged.table, merged.row), []).append(merged)
        return {key: tuple(own) for key, own in rows.items()}

    def of_row(self, table: str, row: str) -> tuple[Merged, ...]:
        """Every consolidated value of a row."""
        return self._by_row.get((table, row), ())

    def merged(self, table: str, row: str, field: str) -> Merged | None:
        """The consolidated value of a cell; None where there is none."""
        return self._found.get((table, row, field))

    def value(self, table: str, row: str, field: str) -> Value:
        """The same as a neutral value; None where nothing stands."""
        found = self.merged(table, row, field)
        return None if found is None or blank(found.value) else found.value

    def number(self, table: str, row: str, field: str) -> float | None:
        """The same where it is a number."""
        value = self.value(table, row, field)
        return value if isinstance(value, int | float) and not isinstance(value, bool) else None

    def text(self, table: str, row: str, field: str) -> str:
        """The same as a text; '' where nothing stands."""
        value = self.value(table, row, field)
        return "" if value is None else f"{value}"

    def day(self, table: str, row: str, field: str) -> date | None:
        """The same where it is a day."""
        value = self.value(table, row, field)
        return value if isinstance(value, date) else None

    def rows(self, table: str) -> tuple[Row, ...]:
        """The consolidated rows of a table, in order."""
        return self._tables.get(table, ())

    @property
    def forms(self) -> tuple[int, int]:
        """How many evaluation forms were sent and came back, over all roles."""
        every = self.results.responses
        own = [r for r in every if r.role == EVERYBODY] or every
        return sum(r.sent or 0 for r in own), sum(r.returned for r in own)

    def cells(self, *merged: Merged | None) -> Cells:
        """The cells values stand in: ``file > Sheet!C7``; none of an anonymous document."""
        known = [m for m in merged if m and m.doc not in self.results.anonymous]
        cells = Cells(dict.fromkeys(map(self.cell, chain.from_iterable(m.standing for m in known))))
        cells.more = sum(m.more for m in known)
        return cells

    def cell(self, source: Source) -> str:
        """One cell: file, sheet and cell."""
        return source.place.text(self.reading.labels.lang) if source.place.file else source.file

    def noted(self, name: str, value: str, cells: Iterable[str]) -> str:
        """A line of the notes: what, how much, where it stands."""
        told = list(cells)
        shown = told[:MOST_CELLS]
        more = len(told) - len(shown) + (cells.more if isinstance(cells, Cells) else 0)
        rest = [self.reading.labels.t("st.more_cells", n=more)] if more else []
        where = "; ".join([*shown, *rest])
        said = f"{name}: {value}" if value else name
        return " · ".join(filter(None, [said, where]))

    def row_notes(self, table: str, *fields: str) -> list[str]:
        """A line for every row of a table: what it is called, and the cells of these fields."""
        return [
            self.noted(row.title or row.row, "", cells)
            for row in self.rows(table)
            if (cells := self.cells(*self._fields(table, row.row, fields)))
        ]

    def _fields(self, table: str, row: str, fields: tuple[str, ...]) -> Iterator[Merged]:
        own = self.of_row(table, row)
        return (merged for merged in own if merged.field.partition(":")[0] in fields)


@runtime_checkable
class Dated(Protocol):
    """Files somewhere that is asked for the newest day."""

    @property
    def newest(self) -> date | None:
        """The day of the newest answers."""


def newest(files: Iterable[File]) -> date | None:
    """The day of the newest answers; a store is asked for it."""
    if isinstance(files, Dated):
        return files.newest
    return max((file.day for file in files), default=None)
