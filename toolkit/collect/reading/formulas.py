"""Formulas: the cells of a sheet that hold one, row by row.

In: cells, or whole rows as files of a kit share them. Out: a set of cells that also tells the
columns of one row.
"""

from __future__ import annotations

from collections.abc import Iterator, Set

NONE: Set[int] = frozenset()


class Formulas(Set[tuple[int, int]]):
    """Cells by row and column, from 0; ``rows`` are the columns by row."""

    def __init__(self) -> None:
        self.rows: dict[int, Set[int]] = {}

    def add(self, at: tuple[int, int]) -> None:
        """One more cell; a row that is shared stays as it is for the others."""
        row, column = at
        own = self.rows.get(row)
        if not isinstance(own, set):
            own = self.rows[row] = set(own or ())
        own.add(column)

    def row(self, number: int) -> Set[int]:
        """The columns of a row."""
        return self.rows.get(number, NONE)

    def __contains__(self, at: object) -> bool:
        return isinstance(at, tuple) and at[1] in self.row(at[0])

    def __iter__(self) -> Iterator[tuple[int, int]]:
        return ((row, column) for row, columns in self.rows.items() for column in columns)

    def __len__(self) -> int:
        return sum(map(len, self.rows.values()))
