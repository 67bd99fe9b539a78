"""Many: very many lines into a table, a hundred with each statement.

In: an open connection, a table, lines. Out: the lines in the table; it takes less than half the
time of as many statements, and less again where lines share columns.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import chain, islice
from typing import Any, NamedTuple

AT_ONCE = 100
MOST = 64  # numbered lines of a statement; a power of two


class Numbered(NamedTuple):
    """Lines that are numbered and share columns: ``line`` is each in SQL.

    ``?1`` and on are what all share, the parameter after these the number of the first; ``{n}``
    counts from it, and each of ``width`` plain ``?`` is a line's own.
    """

    table: str
    line: str
    width: int


def insert(connection: sqlite3.Connection, table: str, lines: Iterable[tuple[Any, ...]]) -> None:
    """Add lines, each as wide as the table."""
    left = iter(lines)
    while len(some := list(islice(left, AT_ONCE))) == AT_ONCE:
        together = list(chain.from_iterable(some))
        connection.execute(_query(table, len(some[0]), AT_ONCE), together)
    if some:
        connection.executemany(_query(table, len(some[0]), 1), some)


@lru_cache(maxsize=64)
def _query(table: str, width: int, lines: int) -> str:
    line = f"({', '.join('?' * width)})"
    return f"INSERT INTO {table} VALUES {', '.join([line] * lines)}"


def insert_numbered(
    connection: sqlite3.Connection,
    lines: Numbered,
    shared: tuple[int, ...],
    own: Sequence[int],
    first: int = 0,
) -> int:
    """Add lines, numbered from ``first``; ``own`` is what is theirs, one after the other.

    The number after the last. Each statement has a power of two of lines, so that there are few.
    """
    width, at, count = lines.width, 0, len(own) // lines.width
    while at < count:
        some = min(MOST, 1 << (count - at).bit_length() - 1)
        part = own[at * width : (at + some) * width]
        connection.execute(_numbered(lines, some), (*shared, first + at, *part))
        at += some
    return first + count


@lru_cache(maxsize=64)
def _numbered(lines: Numbered, count: int) -> str:
    every = (f"({lines.line.format(n=n)})" for n in range(count))
    return f"INSERT INTO {lines.table} VALUES {', '.join(every)}"
