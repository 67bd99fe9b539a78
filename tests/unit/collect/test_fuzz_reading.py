"""A short run of the fuzzing that ``make fuzz-reading`` does at length."""

from __future__ import annotations

import os
from collections import Counter

import pytest

from benchmarks import fuzz_reading
from toolkit.collect.read import Reader


def test_mutated_files_are_read_or_rejected() -> None:
    counts, faults = fuzz_reading.run(60, 0, 2)
    assert faults == []
    assert counts["read"] > 15
    assert counts["rejected"] > 15
    assert counts.total() == 60


def test_a_case_is_the_same_every_time() -> None:
    assert fuzz_reading.case(7) == fuzz_reading.case(7)
    assert fuzz_reading.case(7) != fuzz_reading.case(8)


def test_every_format_is_fuzzed() -> None:
    names = Counter(name.rpartition(".")[2] for name in fuzz_reading.seeds())
    assert set(names) == {"xlsx", "xlsb", "xls", "ods", "docx"}
    assert all(fuzz_reading._read(*seed) == "read" for seed in fuzz_reading.seeds().items())


def test_a_fault_would_be_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise KeyError("planted")

    monkeypatch.setattr(Reader, "read", broken)
    word, fault = fuzz_reading.outcome(1)
    assert (word, "planted" in fault.what if fault else False) == ("raised", True)


def test_a_process_that_dies_is_one_case() -> None:
    hands: list[fuzz_reading.Hand] = []
    hand = fuzz_reading._hire(3, 5)
    hands.append(hand)
    os.kill(hand.process.pid or 0, 9)
    word, fault = fuzz_reading._lost(hand, "died", hands)
    assert (word, fault.case) == ("died", 3)
    assert [(other.at, other.last) for other in hands] == [(4, 5)]
    for other in hands:
        fuzz_reading._end(other)
