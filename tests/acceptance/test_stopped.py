"""Ctrl-C while files are collected: what was read is kept, it is told, and the next run goes on."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from benchmarks.returned import write_returned
from toolkit.store import FILE, read_store

FILES = 1200  # enough for the signal to come before the last, on a busy machine too


@pytest.mark.skipif(os.name == "nt", reason="a signal is sent here")
def test_ctrl_c_keeps_what_was_read_and_the_next_run_goes_on(tmp_path: Path) -> None:
    inbox, out = tmp_path / "inbox", tmp_path / "results"
    write_returned(inbox, FILES, ("evaluation",))
    command = [sys.executable, "-m", "toolkit", "collect", str(inbox), "-o", str(out)]
    run = subprocess.Popen(
        [*command, "--lang", "nb"],
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=_heeding_ctrl_c,
    )
    while run.poll() is None and not _held(out / FILE):
        time.sleep(0.01)
    run.send_signal(signal.SIGINT)
    _, told = run.communicate(timeout=120)
    assert run.returncode == 130
    assert "filer er lest og tatt vare på" in told
    assert "Traceback" not in told
    held = _held(out / FILE)
    assert 0 < held < FILES
    subprocess.run([*command, "--json"], stdout=subprocess.DEVNULL, check=False)
    with read_store(out / FILE) as store:
        assert len(store.known) == FILES
        assert store.results().ratings


def _heeding_ctrl_c() -> None:
    """Whoever started the tests in the background may have had Ctrl-C ignored."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def _held(store: Path) -> int:
    """How many files a store holds; none where there is no store yet."""
    if not store.exists():
        return 0
    try:
        with closing(sqlite3.connect(store)) as connection:
            return int(connection.execute("SELECT count(*) FROM file").fetchone()[0])
    except sqlite3.OperationalError:  # it is being made or written
        return 0
