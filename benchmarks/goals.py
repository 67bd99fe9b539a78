"""What the toolkit promises, beside what was measured.

In: the tables of a run. Out: for each goal of a table, what it asks, what came out, and whether
it was met. A ratio is CPU time as a share of the table's baseline.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from benchmarks.timing import Figure, Table

Measure = Callable[[Figure, Figure], float]  # of a figure and the baseline's

_MEASURES: dict[str, tuple[Measure, str, str]] = {
    "ratio": (lambda figure, _: figure.ratio, "{:.2f}", ""),
    "cpu": (lambda figure, _: figure.cpu, "{:.1f}", " ms"),
    "over": (lambda figure, base: figure.cpu - base.cpu, "{:.0f}", " ms more"),
    "memory": (lambda figure, _: figure.memory or 0.0, "{:.1f}", " MB"),
}
"""Name -> the measure, how its number is written, its unit."""


class Goal(NamedTuple):
    """A contender of a table must not have more than ``most`` of a measure."""

    table: str
    contender: str
    measure: str
    most: float


class Verdict(NamedTuple):
    """A goal beside what came out."""

    goal: Goal
    asked: str
    got: str
    met: bool

    @property
    def text(self) -> str:
        """``≤ 0.25 met``."""
        return f"≤ {self.asked} {'met' if self.met else 'NOT MET'}"


GOALS = (
    *(Goal(f"warm {name}", "toolkit", "ratio", 0.5) for name in ("docx-10", "xlsx-50", "pptx-12")),
    *(Goal(f"warm {name}", "toolkit", "ratio", 0.25) for name in ("docx-500", "xlsx-1000")),
    *(Goal(f"cold {name}", "toolkit", "ratio", 0.5) for name in ("docx-10", "xlsx-50", "pptx-12")),
    Goal("three", "toolkit", "ratio", 0.5),
    Goal("kit", "toolkit", "ratio", 0.25),
    Goal("kit", "toolkit, kept from a run before", "ratio", 0.15),
    *(Goal("kit", name, "memory", 60) for name in ("toolkit", "toolkit, kept from a run before")),
    *(
        goal
        for name in ("docx-10", "xlsx-50")
        for goal in (
            Goal(f"mass {name}", "toolkit", "cpu", 3),
            Goal(f"mass {name}", "toolkit", "memory", 1),
        )
    ),
    *(Goal(f"rows {suffix}", "100,000 rows", "ratio", 1.25) for suffix in ("xlsx", "docx")),
    Goal("start", "toolkit --help", "over", 60),
    Goal("example", "compiled in a run before", "cpu", 1000),
    Goal("read", "toolkit, read and checked", "ratio", 1.6),
    Goal("read", "toolkit, whole collect", "ratio", 4.9),
    Goal("collect", "toolkit, whole collect", "ratio", 0.2),
)


def verdicts(table: Table, goals: Iterable[Goal] = GOALS) -> Iterator[Verdict]:
    """What became of the goals of a table."""
    figures = {figure.contender: figure for figure in table.figures}
    for goal in goals:
        if goal.table == table.key and goal.contender in figures:
            measure, shape, unit = _MEASURES[goal.measure]
            got = measure(figures[goal.contender], table.figures[0])
            asked = f"{goal.most:,g}{unit}"
            yield Verdict(goal, asked, shape.format(got) + unit, got <= goal.most)
