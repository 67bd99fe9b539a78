"""Merging holds the answers to one question at a time, not the files."""

from __future__ import annotations

import tracemalloc
from pathlib import Path

from stored_files import documents, file_of, stored

from toolkit.collect.known import Known
from toolkit.collect.merging.combine import combine
from toolkit.store import open_store
from toolkit.store.records import File

FEW, MANY = 500, 1500


def risk(number: int) -> File:
    said = {"hazard": "Strøm", "cause": "Brudd", "existing_measures": "Nødstrøm"}
    cells = {("risks", "ri01"): {**said, "probability": f"{number % 5 + 1}", "consequence": "3"}}
    return file_of("d.23", f"{number}.xlsx", cells, sent={("risks", "ri01"): {"hazard": "Strøm"}})


def held(count: int) -> int:
    """The most bytes held while so many files are merged."""
    with open_store(Path("nowhere"), rehearse=True) as store:
        stored(store, [risk(number) for number in range(count)])
        tracemalloc.start()
        combine(store, documents(), Known(), ())
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert {copy.files for copy in store.results().copies} == {
            (f"{number}.xlsx",) for number in range(count)
        }
    return peak


def test_a_file_more_is_two_answers_more() -> None:
    """Probability and consequence are judged as a pair; a file as it was found took 1,500 bytes."""
    held(1)  # what is remembered for good is made
    assert (held(MANY) - held(FEW)) / (MANY - FEW) < 2 * 400
