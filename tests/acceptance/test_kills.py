"""Collecting killed at random moments; ``make kills`` does it a thousand times."""

from __future__ import annotations

import os
import random
from pathlib import Path

import pytest

from benchmarks.kills import Kills


@pytest.mark.skipif(os.name == "nt", reason="forks are made here")
def test_a_store_is_sound_after_every_kill_and_comes_out_as_undisturbed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("benchmarks.kills.REAL", 0.0)
    kills = Kills(tmp_path, random.Random(3))
    kills.run(5)
    assert kills.told["killed"] == 5
    assert kills.told["runs to the end"] >= 1
    bad = {key: kills.told[key] for key in ("UNSOUND", "PARTLY HELD", "NOT AS UNDISTURBED")}
    assert not any(bad.values()), bad
