"""The store: what goes in comes out, nothing is written twice, and nothing is ever half written."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import psutil
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from toolkit.finding import Place, finding
from toolkit.store import CONTESTED, FILE, NONE, Heads, Store, StoreError, open_store, read_store
from toolkit.store.ratings import Rating, Response
from toolkit.store.records import (
    ABSENT,
    ANSWERED,
    REJECTED,
    SUPERSEDED,
    Cell,
    Copy,
    File,
    Lookalike,
    Merged,
    Missing,
    Results,
    Row,
    Source,
    Value,
)
from toolkit.store.runs import RUNS, Run, note_run, runs

PLACE = Place("a.xlsx", (("sheet", "Risikoer"), ("at", "C7")))


def a_file(name: str = "a.xlsx", *values: Value, unit: str = "un01") -> File:
    cells = tuple(
        Cell("risks", f"ri{n:02}", "f.probability", f"{value}", value, PLACE.steps)
        for n, value in enumerate(values or (3,))
    )
    return File(
        name=name,
        sha256=f"sha of {name}",
        size=1234,
        modified=datetime(2027, 3, 1, 12, 30),
        kind="xlsx",
        doc="d.23",
        lang="nb",
        identity={"project_id": "trygg-natt", "doc": "d.23"},
        copy=f"copy of {name}",
        unit=unit,
        filled_by="Kari",
        filled_date=date(2027, 2, 28),
        cells=cells,
        sent={("risks", "ri00", "f.probability"): "4", ("risks", "ri00", "f.hazard"): "Fall"},
        names={("unit", "un01"): "Sone Nord", ("role", "ro01"): "Prosjekteier"},
        findings=(finding("option-unknown", PLACE, value="Mye"),),
    )


def some_results(file: File) -> Results:
    source = Source(
        file=file.name,
        copy=file.copy,
        unit=file.unit,
        filled_by=file.filled_by,
        day=file.filled_date,
        value=file.cells[0].value,
        raw=file.cells[0].raw,
        place=Place(file.name, file.cells[0].steps),
        sha256=file.sha256,
    )
    spot = "d.23", "risks", "ri00"
    return Results(
        rows=(Row(*spot, 0, "Fall om natten", files=(file.name,)),),
        merged=(
            Merged(*spot, "f.probability", "worst", "4", 3, 2.0, 3.5, True, True, {"4": 2}),
            Merged(*spot, "f.deadline", "latest", date(2027, 5, 1), 1, sources=(source,)),
            Merged(*spot, "f.risk_value", "recompute", 12.5),
        ),
        lookalikes=(Lookalike("d.23", "risks", "new-1", "ri00", 0.95),),
        copies=(
            Copy("d.23", "ros", "c1", expected=True, state=ANSWERED, files=(file.name,), filled=3),
            Copy("d.23", "ros", "c2", "un01", due=date(2027, 4, 1), expected=True, state=ABSENT),
        ),
        missing=(Missing(*spot, "f.new_measure"),),
        ratings=(
            Rating("d.16", "statement", "qe.people.1", "role", "user", 9, 4.2, 80.0, "green"),
        ),
        responses=(Response("d.16", "it", None, 1), Response("d.16", "user", 25, 9)),
        anonymous=("d.16",),
        titles={("unit", "un01"): "Sone Nord", ("benefit", "b01"): "Færre tilsyn"},
        statuses={file.key: ("read", "")},
    )


def content(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as connection:
        return list(connection.iterdump())


def codes(error: StoreError) -> list[str]:
    return [found.code for found in error.findings]


def test_files_with_anything_to_tell_are_asked_for_by_themselves(tmp_path: Path) -> None:
    plain, told = replace(a_file("a.xlsx"), findings=()), a_file("b.xlsx")
    rejected = replace(plain, name="c.xlsx", status=REJECTED, reason="file-damaged", cells=())
    replaced = replace(plain, name="d.xlsx", status=SUPERSEDED, reason="file-superseded")
    with open_store(tmp_path / FILE) as store:
        for file in (plain, told, rejected, replaced):
            store.add(file)
    heads = Heads(tmp_path / FILE)
    assert len(list(heads)) == 4
    assert {file.name for file in heads.noted} == {"b.xlsx", "c.xlsx", "d.xlsx"}
    assert {file.name for file in heads.set_aside} == {"c.xlsx", "d.xlsx"}
    assert [file.findings for file in heads.noted if file.name == "b.xlsx"] == [told.findings]


def test_the_newest_day_is_asked_of_the_store(tmp_path: Path) -> None:
    older = replace(a_file("a.xlsx"), filled_date=date(2027, 2, 1))
    undated = replace(a_file("b.xlsx"), filled_date=None, modified=datetime(2027, 3, 9, 1))
    with open_store(tmp_path / FILE) as store:
        assert Heads(tmp_path / FILE).newest is None
        store.add(older)
        store.add(undated)
    heads = Heads(tmp_path / FILE)
    assert heads.newest == max(file.day for file in heads) == date(2027, 3, 9)


def test_copies_that_are_not_held_are_read_whenever_they_are_gone_through(tmp_path: Path) -> None:
    file = a_file()
    with open_store(tmp_path / FILE) as store:
        store.add(file)
        store.save(some_results(file))
        held, read = store.results(NONE), store.results(NONE, held=False)
    assert held.copies == some_results(file).copies
    assert not isinstance(read.copies, tuple)
    assert [tuple(read.copies), tuple(read.copies)] == [held.copies, held.copies]
    assert replace(read, copies=held.copies) == held


VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(2**53), 2**53),
    st.floats(allow_nan=False, allow_infinity=False),
    st.dates(),
    st.text(),
)


@given(st.lists(VALUES, max_size=4))
@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_every_value_comes_back_as_it_was(tmp_path: Path, values: list[Value]) -> None:
    file = a_file("a.xlsx", *values)
    with open_store(tmp_path / FILE) as store:
        store.add(file)
        (back,) = store.files()
    assert back == file
    kinds = [type(v) for v in values if not (isinstance(v, float) and v.is_integer())]
    kept = [
        type(cell.value)
        for cell, v in zip(back.cells, values, strict=False)
        if not (isinstance(v, float) and v.is_integer())
    ]
    assert kept == kinds


def test_results_come_back_as_they_were(tmp_path: Path) -> None:
    file = a_file("a.xlsx", "4")
    with open_store(tmp_path / FILE) as store:
        store.add(file)
        assert store.save(some_results(file)) is True
    with read_store(tmp_path / FILE) as store:
        back = store.results()
    wanted = some_results(file)
    assert sorted(back.merged, key=repr) == sorted(wanted.merged, key=repr)
    assert replace(back, merged=()) == replace(wanted, merged=())


def test_keeping_the_same_twice_leaves_every_byte_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / FILE
    file = a_file()
    with open_store(path) as store:
        store.add(file)
        store.save(some_results(file))
    before = path.read_bytes()
    with open_store(path) as store:
        assert store.known == {file.key: "read"}
        assert store.add(file) is False
        assert store.save(some_results(file)) is False
    assert path.read_bytes() == before


@given(st.permutations([a_file(f"{name}.xlsx", n) for n, name in enumerate("abcd")]))
@settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_the_order_of_files_does_not_matter(tmp_path: Path, order: list[File]) -> None:
    kept = []
    for n, files in enumerate((order, sorted(order, key=lambda file: file.name))):
        path = tmp_path / f"{n}-{'-'.join(file.name[0] for file in order)}.sqlite"
        with open_store(path) as store:
            for file in files:
                store.add(file)
            kept.append((content(path), store.files()))
        path.unlink()
    assert kept[0] == kept[1]


def test_a_file_added_later_adds_only_itself(tmp_path: Path) -> None:
    path = tmp_path / FILE
    with open_store(path) as store:
        store.add(a_file("a.xlsx", 1))
        before = set(content(path))
        store.add(a_file("b.xlsx", 2))
    added = set(content(path)) - before
    assert before <= set(content(path))
    assert all("b.xlsx" in line or "INSERT" in line for line in added)
    with read_store(path) as store:
        assert store.files()[0] == a_file("a.xlsx", 1)


def test_what_could_not_be_opened_gives_way_to_the_file_once_it_can(tmp_path: Path) -> None:
    told = (finding("returned-unreadable", Place("a.xlsx"), reason="busy"),)
    closed = File("a.xlsx", "", 0, datetime(2027, 1, 1), status=REJECTED, reason="x", findings=told)
    with open_store(tmp_path / FILE) as store:
        store.add(closed)
        store.add(a_file("a.xlsx"))
        assert [file.status for file in store.files()] == ["read"]


def test_the_status_of_a_file_follows_the_results(tmp_path: Path) -> None:
    file = a_file()
    results = replace(some_results(file), statuses={file.key: (SUPERSEDED, "file-superseded")})
    with open_store(tmp_path / FILE) as store:
        store.add(file)
        store.save(results)
        assert store.known == {file.key: SUPERSEDED}
        assert store.results().statuses == results.statuses


def test_a_rehearsal_writes_nothing(tmp_path: Path) -> None:
    path = tmp_path / FILE
    with open_store(path, rehearse=True) as store:
        store.add(a_file())
        assert len(store.files()) == 1
    assert not path.exists()
    with open_store(path) as store:
        store.add(a_file("a.xlsx"))
    before = path.read_bytes()
    with open_store(path, rehearse=True) as store:
        store.add(a_file("b.xlsx"))
        assert len(store.files()) == 2
    assert path.read_bytes() == before


def test_a_rehearsal_holds_no_store_in_memory(tmp_path: Path) -> None:
    path, large = tmp_path / FILE, 48 << 20
    open_store(path).__exit__(None, None, None)
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("INSERT INTO about VALUES ('much', ?)", ("x" * large,))
    process = psutil.Process()
    before = process.memory_info().rss
    with open_store(path, rehearse=True) as store:
        assert store.project == ""
        assert process.memory_info().rss - before < large // 3


def test_a_store_belongs_to_one_project(tmp_path: Path) -> None:
    with open_store(tmp_path / FILE) as store:
        store.belong("trygg-natt")
        store.belong("trygg-natt")
        with pytest.raises(StoreError) as caught:
            store.belong("another")
    assert codes(caught.value) == ["store-other-project"]


KILLED = """
import os, sys
from pathlib import Path
sys.path.insert(0, sys.argv[2])
from toolkit.store import open_store
from toolkit.store.files import put
from toolkit.store.packing import pack
from tests_store import a_file
store = open_store(Path(sys.argv[1]))
store.add(a_file("a.xlsx"))
store._connection.execute("PRAGMA cache_size = 1")
store._connection.execute("BEGIN IMMEDIATE")
for n in range(400):
    put(store._connection, pack([a_file(f"{n}.xlsx", *range(20))]))
os._exit(9)
"""


def test_a_run_that_is_killed_leaves_the_store_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / FILE
    helper = tmp_path / "tests_store.py"
    helper.write_text(Path(__file__).read_text(encoding="utf-8"), encoding="utf-8")
    command = [sys.executable, "-c", KILLED, str(path), str(tmp_path)]
    assert subprocess.run(command, check=False, cwd=Path.cwd()).returncode == 9
    assert path.with_name(f"{FILE}-journal").exists()
    with read_store(path) as store:
        assert [file.name for file in store.files()] == ["a.xlsx"]
    with open_store(path) as store:
        store.add(a_file("b.xlsx"))
        assert len(store.known) == 2


def test_a_run_that_is_killed_while_it_makes_the_list_of_runs_is_noted_by_the_next(
    tmp_path: Path,
) -> None:
    store, when = tmp_path / FILE, datetime(2027, 3, 1, 12, 30, tzinfo=UTC)
    (tmp_path / RUNS).touch()
    assert runs(store) == ()
    assert note_run(store, (1, 2), when)
    assert runs(store) == (Run(1, when, frozenset({1, 2})),)


def test_a_store_open_elsewhere_is_told_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / FILE
    open_store(path).__exit__(None, None, None)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError) as caught:
            open_store(path, patience=0.05)
    assert codes(caught.value) == ["store-locked"]
    with open_store(path) as store:
        assert store.files() == ()


@pytest.mark.parametrize(("version", "code"), [(0, "store-older"), (99, "store-newer")])
def test_a_store_of_another_version_is_told(tmp_path: Path, version: int, code: str) -> None:
    path = tmp_path / FILE
    open_store(path).__exit__(None, None, None)
    with closing(sqlite3.connect(path)) as other:
        other.execute(f"PRAGMA user_version = {version}")
    before = path.read_bytes()
    for opened in (open_store, read_store):
        with pytest.raises(StoreError) as caught:
            opened(path)
        assert codes(caught.value) == [code]
    assert path.read_bytes() == before


def test_another_file_or_database_is_not_taken_for_a_store(tmp_path: Path) -> None:
    text, other = tmp_path / "text", tmp_path / "other"
    text.write_text("This is not a database, but long enough to look like a page of one. " * 20)
    with closing(sqlite3.connect(other)) as connection:
        connection.execute("CREATE TABLE mine (x)")
        connection.commit()
    for path in (text, other):
        before = path.read_bytes()
        with pytest.raises(StoreError) as caught:
            open_store(path)
        assert codes(caught.value) == ["store-not-a-store"]
        assert path.read_bytes() == before


def test_a_store_that_is_not_there_or_cut_off_is_told(tmp_path: Path) -> None:
    path = tmp_path / FILE
    with pytest.raises(StoreError) as caught:
        read_store(path)
    assert codes(caught.value) == ["store-missing"]
    with open_store(path) as store:
        store.add(a_file())
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    with pytest.raises(StoreError) as caught, read_store(path) as store:
        store.files()
    assert codes(caught.value) == ["store-damaged"]


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="needs a folder it may not write")
def test_a_folder_that_may_not_be_written_is_told(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(StoreError) as caught:
        open_store(tmp_path / FILE)
    assert codes(caught.value) == ["store-read-only"]


def test_a_full_disk_leaves_the_store_as_it_was(tmp_path: Path) -> None:
    with open_store(tmp_path / FILE) as store:
        store.add(a_file("a.xlsx"))
        pages = store._connection.execute("PRAGMA page_count").fetchone()[0]
        store._connection.execute(f"PRAGMA max_page_count = {pages + 2}")
        with pytest.raises(StoreError) as caught:
            store.add(a_file("b.xlsx", *range(2000)))
        assert codes(caught.value) == ["store-disk-full"]
        assert [file.name for file in store.files()] == ["a.xlsx"]


def test_what_cannot_be_opened_is_told(tmp_path: Path) -> None:
    with pytest.raises(StoreError) as caught:
        open_store(tmp_path)
    assert codes(caught.value) == ["store-read-only"]


def test_the_folder_is_made_and_a_file_in_its_place_is_told(tmp_path: Path) -> None:
    with open_store(tmp_path / "new" / "results" / FILE) as store:
        assert store.files() == ()
    (tmp_path / "file").write_text("not a folder")
    with pytest.raises(StoreError) as caught:
        open_store(tmp_path / "file" / FILE)
    assert codes(caught.value) == ["store-not-a-folder"]


def test_the_database_of_a_closed_store_is_a_bug_told_as_such(tmp_path: Path) -> None:
    store = open_store(tmp_path / FILE)
    store.__exit__(None, None, None)
    with pytest.raises(StoreError) as caught:
        store.files()
    assert codes(caught.value) == ["store-failed"]
    assert isinstance(store, Store)


def answered_thrice(store: Store) -> Merged:
    """A value that rests on three files, kept in a store."""
    kept = [a_file(f"{n}.xlsx", n) for n in range(3)]
    for file in kept:
        store.add(file)
    one = some_results(kept[0]).merged[1].sources[0]
    sources = tuple(
        replace(one, file=file.name, sha256=file.sha256, value=n, raw=f"{n}", copy=file.name,
                unit="un02" if n else "un01", place=Place(file.name, file.cells[0].steps),
                standing=n < 2)
        for n, file in enumerate(kept)
    )  # fmt: skip
    merged = Merged("d.23", "risks", "ri00", "f.probability", "mean", 1, 2, sources=sources)
    statuses = {file.key: ("read", "") for file in kept}
    store.save(Results(merged=(merged,), statuses=statuses))
    return merged


def test_of_very_many_sources_the_first_are_held_and_the_others_counted(tmp_path: Path) -> None:
    with open_store(tmp_path / FILE) as store:
        whole = answered_thrice(store)
        assert [len(store.results().merged[0].sources), store.results().merged[0].more] == [3, 0]
        (first,) = store.results(most=1).merged
        assert (len(first.sources), first.more) == (1, 1)  # of two that stand
        assert store.results(NONE).merged[0].sources == ()
        assert store.results(CONTESTED).merged[0].sources == ()
        behind, value = store.behind(), (whole.doc, whole.spot)
        few, every = behind.sources(value, 1), behind.sources(value, 9)
    assert [(source.file, source.standing) for source in every.first] == [
        ("0.xlsx", True),
        ("1.xlsx", True),
        ("2.xlsx", False),
    ]
    assert every.more == 0
    assert [source.file for source in few.first] == ["0.xlsx", "2.xlsx"]
    assert few.more == 1


def test_who_sent_an_answer_is_asked_of_the_store(tmp_path: Path) -> None:
    with open_store(tmp_path / FILE) as store:
        whole = answered_thrice(store)
        behind, value = store.behind(), (whole.doc, whole.spot)
        month = f"{whole.sources[0].day}"[:7]
        asked = [("unit", "un01"), ("unit", "un03"), ("day", month), ("day", "1999-01")]
        assert [behind.sent(value, *one) for one in asked] == [True, False, True, False]
        assert behind.standing(("nobody", "knows.xlsx")) == ("", "")
