"""Very many lines are written a hundred at a time, every one of them."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest

from toolkit.store.many import AT_ONCE, insert


@pytest.mark.parametrize("count", [0, 1, AT_ONCE - 1, AT_ONCE, 2 * AT_ONCE + 1])
def test_every_line_is_written_once_in_order(count: int) -> None:
    lines = [(number, f"line {number}") for number in range(count)]
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute("CREATE TABLE line (no INTEGER, said TEXT)")
        insert(connection, "line", iter(lines))
        assert connection.execute("SELECT * FROM line ORDER BY rowid").fetchall() == lines
