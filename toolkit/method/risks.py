"""Risk value and level. In: probability and consequence 1-5. Out: 1-25 and a ``risk_level`` key.

The level is looked up in a matrix, never a threshold on the product: 1 x 5 must not be green.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

Matrix = Sequence[Sequence[str]]

LEVELS = ("green", "yellow", "orange", "red")


def risk_value(probability: int | None, consequence: int | None) -> int | None:
    """Probability x consequence, 1-25."""
    return None if probability is None or consequence is None else probability * consequence


def risk_level(matrix: Matrix, probability: int | None, consequence: int | None) -> str | None:
    """The level of a cell of the acceptance matrix; None where a score is missing."""
    if probability is None or consequence is None:
        return None
    return matrix[probability - 1][consequence - 1]


def severity(
    matrix: Matrix, probability: int | None, consequence: int | None
) -> tuple[int, int, int]:
    """A key to sort by, worst highest: level, then product, then consequence."""
    if probability is None or consequence is None:
        return (-1, 0, 0)
    level = LEVELS.index(matrix[probability - 1][consequence - 1])
    return (level, probability * consequence, consequence)


def level_counts(levels: Iterable[str | None]) -> dict[str, int]:
    """How many risks there are of each level, worst first; zero where there is none."""
    counted = Counter(levels)
    return {level: counted[level] for level in reversed(LEVELS)}
