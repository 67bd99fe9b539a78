"""Figures as a table to read, or as data.

In: Tables. Out: text, or plain data for JSON.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from benchmarks.timing import Figure, Table


def text(table: Table) -> str:
    """The table with a heading, one line a contender."""
    lines = [f"{table.title}  ({table.unit}, median; ratio to {table.figures[0].contender})"]
    lines += [_line(figure, table.memory) for figure in table.figures]
    return "\n".join(lines)


def _line(figure: Figure, memory: str) -> str:
    note = "" if figure.memory is None else f"   {figure.memory:6.1f} MB {memory}"
    return f"  {figure.contender:<34}{figure.cpu:9.1f} ms   {figure.ratio:5.2f}{note}"


def data(tables: Iterable[Table]) -> list[dict[str, Any]]:
    """The same as plain data."""
    return [asdict(table) for table in tables]
