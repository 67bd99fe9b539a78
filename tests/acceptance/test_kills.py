"""Collecting killed at random moments; ``make kills`` does it a thousand times."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest


@pytest.mark.skipif(os.name == "nt", reason="forks are made here")
def test_a_store_is_sound_after_every_kill_and_comes_out_as_undisturbed() -> None:
    command = [sys.executable, "-m", "benchmarks.kills", "--kills", "5", "--seed", "3"]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    told = {what: int(count) for count, what in map(_line, run.stdout.splitlines())}
    assert run.returncode == 0, run.stdout + run.stderr
    assert told["killed"] == 5
    assert told["runs to the end"] >= 1


def _line(line: str) -> tuple[str, str]:
    count, what = line.strip().split(" ", 1)
    return count, what
