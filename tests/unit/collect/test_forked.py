"""Processes that read are split off the collector where that is safe, else started anew."""

from __future__ import annotations

import sys
import threading
from pathlib import Path

import pytest
from in_forks import apart, never_used, read, read_and_killed
from returned_files import ros, sent_file

from toolkit.collect.workers.forked import forked

LINUX = pytest.mark.skipif(sys.platform != "linux", reason="processes are not forked here")
ENOUGH = 1 << 40


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, data in {"a": ros(), "b": sent_file("evaluation", "xlsx"), "c": b"no file"}.items():
        (tmp_path / f"{name}.xlsx").write_bytes(data)
    return tmp_path


@LINUX
def test_files_are_read_by_processes_that_load_nothing(folder: Path) -> None:
    assert apart(read, folder) == ["a.xlsx read", "b.xlsx read", "c.xlsx rejected"]


@LINUX
def test_a_forked_process_that_dies_is_replaced(folder: Path) -> None:
    said = apart(read_and_killed, folder)
    assert [line.split()[0] for line in said] == ["a.xlsx", "b.xlsx", "c.xlsx"]
    assert "read" in {line.split()[1] for line in said}


@LINUX
def test_a_forked_process_that_never_reads_is_ended(folder: Path) -> None:
    assert apart(never_used, folder) == 0


def test_no_process_is_forked_beside_a_thread() -> None:
    over = threading.Event()
    thread = threading.Thread(target=over.wait)
    thread.start()
    try:
        assert forked(1, over.wait, ENOUGH) == []
    finally:
        over.set()
        thread.join()


def test_no_process_is_forked_that_would_start_with_much_of_its_memory() -> None:
    assert forked(1, lambda: None, 1) == []
