"""Laws of collecting, over random sets of returned files: neither order nor repetition matters.

Files are put into a real store in some order, in batches of some size, merged now and then; what
the store holds in the end is the same, to the last row.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from stored_benefits import unit_copy
from stored_files import Said, documents, file_of, stored
from stored_risks import RISKS

from toolkit.collect.known import Known
from toolkit.collect.merging.combine import combine
from toolkit.store import Store, open_store
from toolkit.store.records import File

SCORES = st.sampled_from(["1", "2", "3", "4", "5", None])
NAMES = st.sampled_from(["Lyn", "lyn ", "Lynet", "Brann", ""])
COPIES = st.sampled_from(["c1", "c2", "c3"])
DAYS = st.dates(date(2027, 3, 1), date(2027, 3, 4))


@st.composite
def risk_files(draw: st.DrawFn, name: str) -> File:
    """A risk analysis: scores of known risks, one of its own, sent once or again."""
    says: dict[tuple[str, str], dict[str, object]] = {
        ("risks", "ri01"): {"probability": draw(SCORES), "consequence": draw(SCORES)},
        ("risks", f"new-{draw(COPIES)}-1"): {"hazard": draw(NAMES), "probability": draw(SCORES)},
    }
    return file_of(
        "d.23",
        name,
        says,  # type: ignore[arg-type]
        sent=RISKS if draw(st.booleans()) else None,
        copy=draw(COPIES),
        day=draw(st.none() | DAYS),
        by=draw(st.sampled_from(["Kari", "Ola"])),
        modified=datetime(2027, 3, draw(st.integers(1, 4)), tzinfo=UTC),
        deleted=draw(st.sampled_from([(), ("ri01",)])),
    )


@st.composite
def benefit_files(draw: st.DrawFn, name: str) -> File:
    """A unit's benefits: a target, a measurement; of one unit perhaps two files."""
    said: Said = {
        ("benefit_plan", "b01"): {"target": draw(st.sampled_from([0.2, 0.5, None]))},
        ("measurements", "b01-un01-01"): {"measured_value": draw(st.sampled_from([1.5, 2, None]))},
    }
    unit = draw(st.sampled_from(["un01", "un02"]))
    return unit_copy(name, said, unit, f"of {unit}", draw(st.integers(1, 4)))


@st.composite
def file_sets(draw: st.DrawFn) -> list[File]:
    risks = [draw(risk_files(f"r{n}.xlsx")) for n in range(draw(st.integers(0, 4)))]
    return risks + [draw(benefit_files(f"b{n}.xlsx")) for n in range(draw(st.integers(0, 3)))]


def held(store: Store) -> list[str]:
    connection: sqlite3.Connection = store._connection
    return list(connection.iterdump())


def collected(batches: Sequence[Sequence[File]], *, between: bool = False) -> list[str]:
    with open_store(Path("nowhere"), rehearse=True) as store:
        for batch in batches:
            stored(store, batch)
            if between:
                combine(store, documents(), Known(), ())
        combine(store, documents(), Known(), ())
        return held(store)


@given(file_sets(), st.randoms(use_true_random=False), st.integers(1, 4))
@settings(max_examples=30, deadline=None)
def test_neither_order_nor_batches_matter(files: list[File], chance: object, size: int) -> None:
    once = collected([files])
    shuffled = list(files)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    parts = [shuffled[start : start + size] for start in range(0, len(files), size)]
    assert collected(parts) == once
    assert collected(parts, between=True) == once


@given(file_sets())
@settings(max_examples=20, deadline=None)
def test_the_same_again_changes_nothing(files: list[File]) -> None:
    with open_store(Path("nowhere"), rehearse=True) as store:
        stored(store, files)
        combine(store, documents(), Known(), ())
        before = held(store)
        assert combine(store, documents(), Known(), ()) is False
        stored(store, files)
        combine(store, documents(), Known(), ())
        assert held(store) == before
