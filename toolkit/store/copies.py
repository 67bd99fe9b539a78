"""Copies in the store: who was asked and what came back, read anew whenever they are gone through.

In: a path of a store, or an open connection. Out: Copies, document by document, in the order they
were written. There may be more of them than anybody should hold.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from toolkit.store.files import Same
from toolkit.store.opening import readable, told
from toolkit.store.records import Copy
from toolkit.store.typed import day_of

_COPIES = "SELECT * FROM copy ORDER BY doc, position"


class Copies(Iterable[Copy]):
    """The copies of a store."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __iter__(self) -> Iterator[Copy]:
        with told(self.path), closing(readable(self.path)) as connection:
            yield from copies(connection)


def copies(connection: sqlite3.Connection) -> Iterator[Copy]:
    """Every copy."""
    same = Same()
    return (_read(line, same) for line in connection.execute(_COPIES))


def _read(line: Any, same: Same) -> Copy:
    doc, document, copy, unit, role, period, path, due, expected, state, files, day, *counts = line
    required, filled, _ = counts
    return Copy(
        doc=same[doc],
        document=same[document],
        copy=copy,
        unit=same[unit],
        role=same[role],
        period=same[period],
        path=path,
        due=same[day_of(due)],
        expected=bool(expected),
        state=same[state],
        files=tuple(json.loads(files)),
        day=same[day_of(day)],
        required=required,
        filled=filled,
    )
