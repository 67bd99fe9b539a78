"""Intake: what did not change is not opened, what was stopped goes on, a full disk is told."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from returned_files import SETTINGS, ros, sent_file

from toolkit.collect.consolidate import consolidate
from toolkit.collect.find import find
from toolkit.collect.intake import take_in
from toolkit.collect.request import Request
from toolkit.collect.workers.worker import Batch, read_batch
from toolkit.finding import Interrupted
from toolkit.store import FILE, Store, StoreError, open_store


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "inbox"
    folder.mkdir()
    (folder / "a.xlsx").write_bytes(ros())
    (folder / "b.docx").write_bytes(sent_file("evaluation", "docx"))
    for path in folder.iterdir():
        os.utime(path, ns=(1_800_000_000_123_456_789,) * 2)
    return folder


def names_opened(
    inbox: Path, store: Store, monkeypatch: pytest.MonkeyPatch
) -> tuple[list[str], list[str]]:
    """The files handed to a reader, and those that were read anew."""
    opened: list[str] = []
    read: list[str] = []

    def submitted(batch: Batch) -> object:
        opened.extend(task.source.name for task in batch.tasks)
        done = read_batch(batch)
        read.extend(outcome.key[1] for outcome in done.outcomes if outcome.kept)
        return done

    monkeypatch.setattr("toolkit.collect.workers.worker.read_batch", submitted)
    take_in(find([inbox]), store, SETTINGS)
    return sorted(opened), sorted(read)


def test_an_unchanged_file_is_not_even_opened(
    inbox: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_store(tmp_path / FILE) as store:
        both = ["a.xlsx", "b.docx"]
        assert names_opened(inbox, store, monkeypatch) == (both, both)
        before = (tmp_path / FILE).read_bytes()
        assert names_opened(inbox, store, monkeypatch) == ([], [])
        assert (tmp_path / FILE).read_bytes() == before


def test_a_file_touched_and_not_changed_is_opened_and_not_read(
    inbox: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_store(tmp_path / FILE) as store:
        take_in(find([inbox]), store, SETTINGS)
        os.utime(inbox / "a.xlsx", ns=(1_900_000_000_123_456_789,) * 2)
        assert names_opened(inbox, store, monkeypatch) == (["a.xlsx"], [])
        assert names_opened(inbox, store, monkeypatch) == ([], [])


def test_a_file_changed_at_the_same_size_is_read(
    inbox: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_store(tmp_path / FILE) as store:
        take_in(find([inbox]), store, SETTINGS)
        data = ros()
        (inbox / "a.xlsx").write_bytes(data[:-1] + bytes([data[-1] ^ 1]))
        assert names_opened(inbox, store, monkeypatch) == (["a.xlsx"], ["a.xlsx"])


def test_a_coarse_clock_is_a_doubt(
    inbox: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    os.utime(inbox / "a.xlsx", (1_800_000_000, 1_800_000_000))
    with open_store(tmp_path / FILE) as store:
        take_in(find([inbox]), store, SETTINGS)
        before = (tmp_path / FILE).read_bytes()
        assert names_opened(inbox, store, monkeypatch) == (["a.xlsx"], [])
        assert (tmp_path / FILE).read_bytes() == before


def test_ctrl_c_keeps_what_was_read_and_the_next_run_reads_the_rest(
    inbox: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopped(done: int, total: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("toolkit.collect.workers.worker.batch_size", lambda count, workers: 1)
    with open_store(tmp_path / FILE) as store:
        with pytest.raises(Interrupted) as caught:
            take_in(find([inbox]), store, SETTINGS, advance=stopped)
        (told,) = caught.value.findings
        assert told.code == "collect-stopped"
        assert dict(told.params) == {"read": "1", "left": "1"}
        (held,) = store.files()
        opened, read = names_opened(inbox, store, monkeypatch)
        assert opened == read == sorted({"a.xlsx", "b.docx"} - {held.name})
        assert {file.name for file in store.heads()} == {"a.xlsx", "b.docx"}


def test_a_full_disk_is_told_and_what_was_read_is_kept(inbox: Path, tmp_path: Path) -> None:
    with open_store(tmp_path / FILE) as store:
        take_in(find([inbox / "b.docx"]), store, SETTINGS)
        before = store.files()
        pages = store._connection.execute("PRAGMA page_count").fetchone()[0]
        store._connection.execute(f"PRAGMA max_page_count = {pages + 1}")
        with pytest.raises(StoreError) as caught:
            take_in(find([inbox]), store, SETTINGS)
        assert [found.code for found in caught.value.findings] == ["store-disk-full"]
        assert store.files() == before
    with open_store(tmp_path / FILE) as store:
        take_in(find([inbox]), store, SETTINGS)
        assert {file.name for file in store.heads()} == {"a.xlsx", "b.docx"}


def looked_up(path: Path) -> bool:
    """Whether the store has what merging looks answers up by."""
    with closing(sqlite3.connect(path)) as connection:
        query = "SELECT count(*) FROM sqlite_master WHERE name = 'cell_spot'"
        return bool(connection.execute(query).fetchone()[0])


def content(path: Path) -> list[str]:
    """All a store holds, whatever the order in which its parts were made."""
    with closing(sqlite3.connect(path)) as connection:
        return sorted(connection.iterdump())


def test_very_many_files_are_looked_up_by_place_only_once_all_are_kept(
    inbox: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_store(tmp_path / "few" / FILE) as store:
        take_in(find([inbox]), store, SETTINGS)
    monkeypatch.setattr("toolkit.store.VERY_MANY", 2)
    with open_store(tmp_path / "many" / FILE) as store:
        with store.gathering(2):
            assert not looked_up(store.path)
        take_in(find([inbox]), store, SETTINGS)
        assert looked_up(store.path)
        with store.gathering(2):  # no more than there are
            assert looked_up(store.path)
    assert content(tmp_path / "many" / FILE) == content(tmp_path / "few" / FILE)


def test_what_a_killed_run_left_undone_is_made_up_for_before_merging(
    inbox: Path, tmp_path: Path
) -> None:
    with open_store(tmp_path / FILE) as store, closing(sqlite3.connect(store.path)) as connection:
        connection.execute("DROP INDEX cell_spot")
    consolidate(Request((inbox,), tmp_path))
    assert looked_up(tmp_path / FILE)
