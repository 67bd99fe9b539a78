"""Figures as tables to read, or as data.

In: Tables. Out: text of at most 100 columns, goals beside the figures; or plain data for JSON.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from benchmarks.goals import Verdict, verdicts
from benchmarks.timing import Figure, Table


def text(table: Table) -> str:
    """The table with a heading, one line a contender, its goals beside it."""
    judged = list(verdicts(table))
    unit = f"{table.unit}, median" + (f"; {table.memory}" if table.memory else "")
    head = f"{table.title}\n  ({unit}; ratio to {table.figures[0].contender})"
    lines = (
        _line(f, [v for v in judged if v.goal.contender == f.contender]) for f in table.figures
    )
    return "\n".join([head, *lines])


def _line(figure: Figure, judged: list[Verdict]) -> str:
    memory = "" if figure.memory is None else f"{figure.memory:.1f} MB"
    clock = "" if figure.clock is None else f"{figure.clock:,.0f} ms"
    goals = ", ".join(verdict.text for verdict in judged)
    numbers = f"{figure.cpu:9,.1f} ms {figure.ratio:6.2f} {memory or clock:>9}"
    return f"  {figure.contender:<33}{numbers}   {goals}".rstrip()


def summary(tables: Iterable[Table]) -> str:
    """Every goal on a line: what was asked, what came out, met or not."""
    judged = [(table, verdict) for table in tables for verdict in verdicts(table)]
    met = sum(verdict.met for _, verdict in judged)
    lines = [_judged(table, verdict) for table, verdict in judged]
    return "\n".join([f"Goals: {met} of {len(judged)} met", *lines]) if judged else ""


def _judged(table: Table, verdict: Verdict) -> str:
    name = f"{table.title}: {verdict.goal.contender}"
    name = name if len(name) <= 60 else name[:59] + "…"
    return f"  {name:<61}{verdict.got:>11}   {verdict.text}"


def data(tables: Iterable[Table]) -> list[dict[str, Any]]:
    """The same as plain data, the goals of each table with it."""
    return [asdict(table) | {"goals": [_plain(v) for v in verdicts(table)]} for table in tables]


def _plain(verdict: Verdict) -> dict[str, Any]:
    return verdict.goal._asdict() | {"got": verdict.got, "met": verdict.met}
