"""A short run of the fuzzing that ``make fuzz`` does at length."""

from __future__ import annotations

import pytest

from benchmarks import fuzz


@pytest.mark.parametrize("first", range(0, 300, 60))
def test_mutated_templates_and_data_do_no_harm(first: int) -> None:
    counts, faults = fuzz.block(first, first + 60)
    assert faults == []
    assert counts["filled"] > 5
    assert counts["told"] > 5


def test_a_case_is_the_same_every_time() -> None:
    assert fuzz.case(7)[:2] == fuzz.case(7)[:2]


def test_a_crash_would_be_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise KeyError("planted")

    monkeypatch.setattr(fuzz, "compile", broken)
    word, fault = fuzz.outcome(1)
    assert (word, "planted" in fault.what if fault else False) == ("crash", True)
