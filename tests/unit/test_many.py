"""Very many lines are written many at a time, every one of them."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest

from toolkit.store.many import AT_ONCE, MOST, Numbered, insert, insert_numbered


@pytest.mark.parametrize("count", [0, 1, AT_ONCE - 1, AT_ONCE, 2 * AT_ONCE + 1])
def test_every_line_is_written_once_in_order(count: int) -> None:
    lines = [(number, f"line {number}") for number in range(count)]
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute("CREATE TABLE line (no INTEGER, said TEXT)")
        insert(connection, "line", iter(lines))
        assert connection.execute("SELECT * FROM line ORDER BY rowid").fetchall() == lines


@pytest.mark.parametrize("count", [0, 1, 2, 7, MOST - 1, MOST, 2 * MOST + 3])
def test_numbered_lines_share_columns_and_go_on_counting(count: int) -> None:
    lines = Numbered("line", "?1, ?3 + {n}, ?, ?, ?2", 2)
    own = [(number, -number) for number in range(count)]
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute("CREATE TABLE line (id INTEGER, no INTEGER, a INTEGER, b INTEGER, c)")
        flat = [part for pair in own for part in pair]
        after = insert_numbered(connection, lines, (7, 1), flat)
        assert insert_numbered(connection, lines, (7, 0), (4, 5), after) == count + 1
        told = connection.execute("SELECT * FROM line ORDER BY no").fetchall()
    assert told == [*((7, n, *pair, 1) for n, pair in enumerate(own)), (7, count, 4, 5, 0)]
