"""``docs/store.md`` says what the store is, and its examples run."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from toolkit.store import FILE, open_store
from toolkit.store.schema import APPLICATION, VERSION
from toolkit.store.views import VIEWS

TEXT = (Path(__file__).parents[2] / "docs" / "store.md").read_text(encoding="utf-8")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    with open_store(tmp_path / FILE):
        pass
    with closing(sqlite3.connect(tmp_path / FILE)) as connection:
        yield connection


def documented() -> dict[str, list[str]]:
    """The columns of every table and view, as the text lists them."""
    sections = re.split(r"^#+ ", TEXT, flags=re.MULTILINE)[1:]
    named = {match[1]: section for section in sections if (match := re.match(r"`(\w+)`", section))}
    return {name: _columns(section) for name, section in named.items()}


def _columns(section: str) -> list[str]:
    lines = section.strip().splitlines()[1:]
    listed = [line for line in lines if re.fullmatch(r"(`\w+` ?)+", line)]
    return re.findall(r"`(\w+)`", " ".join(listed))


def columns(store: sqlite3.Connection, name: str) -> list[str]:
    return [row[1] for row in store.execute(f"PRAGMA table_info({name})")]


def test_every_table_and_view_is_described_with_its_columns(store: sqlite3.Connection) -> None:
    names = store.execute("SELECT name FROM sqlite_master WHERE type IN ('table', 'view')")
    assert documented() == {name: columns(store, name) for (name,) in names.fetchall()}


def test_every_view_answers_a_question(store: sqlite3.Connection) -> None:
    asked = re.findall(r"^\| .+\? \| `(\w+)` \|$", TEXT, flags=re.MULTILINE)
    assert asked == list(VIEWS)
    for view in asked:
        assert store.execute(f"SELECT * FROM {view}").fetchall() == []


def test_the_examples_run(store: sqlite3.Connection) -> None:
    (block,) = re.findall(r"```sql\n(.*?)```", TEXT, flags=re.DOTALL)
    queries = [query for query in block.split(";") if query.strip()]
    assert len(queries) == 4
    for query in queries:
        assert store.execute(query).fetchall() == []


def test_the_marks_are_those_of_the_text() -> None:
    assert f"0x{APPLICATION:X}" in TEXT
    assert f"the version of the schema, {VERSION} now" in TEXT
