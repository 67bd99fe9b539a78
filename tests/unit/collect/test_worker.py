"""Files are read in processes of their own: one bad file is one rejected file."""

from __future__ import annotations

import multiprocessing
import os
import pickle
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from returned_files import (
    READER,
    SETTINGS,
    put,
    read_back,
    replaced,
    ros,
    sent_file,
    sheet_of,
    sheet_part,
    values,
)

from toolkit.collect.find import Source, find
from toolkit.collect.limits import Limits
from toolkit.collect.read import Settings
from toolkit.collect.returned import Rejected, Returned
from toolkit.collect.worker import FILES_A_WORKER, read_all, read_source, rejected, workers_for

BIG_ROWS = 9000


def sources(folder: Path, files: dict[str, bytes]) -> list[Source]:
    for name, data in files.items():
        (folder / name).write_bytes(data)
    return find([folder]).sources


@cache
def big() -> bytes:
    """A workbook within the limits, which takes its time and its memory."""
    rows = "".join(
        f'<row r="{row}">' + "".join(cell(column, row) for column in "BDEFGIKL") + "</row>"
        for row in range(100, BIG_ROWS)
    )
    part = sheet_part(ros(), "Risikoer")
    return replaced(ros(), part, "</sheetData>", f"{rows}</sheetData>")


def cell(column: str, row: int) -> str:
    text = f"{column} {row} " + "natt " * 20
    return f'<c r="{column}{row}" t="inlineStr"><is><t>{text}</t></is></c>'


def summary(results: list[Returned | Rejected]) -> dict[str, str]:
    return {r.file: "read" if isinstance(r, Returned) else r.code for r in results}


def test_every_file_is_read_or_rejected_in_order(tmp_path: Path) -> None:
    files = {
        "a.xlsx": ros(),
        "b.docx": sent_file("evaluation", "docx"),
        "c.xlsx": ros()[:5000],
        "d.xlsx": b"",
        "e.xlsx": b"hello",
        "f.xlsx": sent_file("presentation", "pptx"),
        "g.xlsx": sent_file("evaluation", "xlsx"),
    }
    heard: list[str] = []
    results = list(
        read_all(sources(tmp_path, files), SETTINGS, lambda result: heard.append(result.file))
    )
    assert summary(results) == {
        "a.xlsx": "read",
        "b.docx": "read",
        "c.xlsx": "file-damaged",
        "d.xlsx": "returned-empty",
        "e.xlsx": "not-office",
        "f.xlsx": "not-a-form",
        "g.xlsx": "read",
    }
    assert [r.file for r in results] == list(files)
    assert sorted(heard) == list(files)
    assert isinstance(results[0], Returned)
    assert values(results[0]) == values(read_back(ros()))
    assert not multiprocessing.active_children()


def test_a_slow_file_is_one_rejected_file(tmp_path: Path) -> None:
    settings = replace(SETTINGS, limits=Limits(seconds=0.3, ratio=1000))
    files = {"a.xlsx": sent_file("evaluation", "xlsx"), "b.xlsx": big(), "c.xlsx": ros()}
    results = summary(list(read_all(sources(tmp_path, files), settings)))
    assert results["b.xlsx"] == "worker-slow"


@pytest.mark.skipif(os.name == "nt", reason="no memory limit for processes here")
def test_a_file_that_fills_the_memory_is_one_rejected_file(tmp_path: Path) -> None:
    settings = replace(SETTINGS, limits=Limits(memory_bytes=150 << 20, seconds=60, ratio=1000))
    files = {"a.xlsx": sent_file("evaluation", "xlsx"), "b.xlsx": big(), "c.xlsx": ros()}
    results = summary(list(read_all(sources(tmp_path, files), settings)))
    assert results == {"a.xlsx": "read", "b.xlsx": "worker-died", "c.xlsx": "read"}


def test_a_process_that_dies_takes_one_file_with_it(tmp_path: Path) -> None:
    files = {f"{n}.xlsx": ros() for n in range(6)}
    results = []
    for result in read_all(sources(tmp_path, files), SETTINGS):
        if not results:
            for process in multiprocessing.active_children():
                process.kill()
        results.append(result)
    told = summary(results)
    assert list(told) == list(files)
    assert set(told.values()) <= {"read", "worker-died"}
    assert list(told.values()).count("worker-died") <= workers_for(len(files))
    assert told["5.xlsx"] == "read"


def test_stopping_early_leaves_no_process(tmp_path: Path) -> None:
    results = read_all(sources(tmp_path, {f"{n}.xlsx": ros() for n in range(4)}), SETTINGS)
    next(results)
    results.close()  # type: ignore[attr-defined]
    assert not multiprocessing.active_children()


def test_no_files_need_no_process() -> None:
    assert list(read_all([], SETTINGS)) == []


def test_processes_are_hired_by_need() -> None:
    assert workers_for(1) == 1
    assert workers_for(FILES_A_WORKER + 1) <= 2
    assert workers_for(10_000) >= 1


def test_every_fault_in_the_process_is_one_rejected_file(tmp_path: Path) -> None:
    missing = Source("x.xlsx", tmp_path / "x.xlsx")
    result = read_source(missing, READER)
    assert isinstance(result, Rejected)
    assert result.code == "returned-unreadable"
    assert rejected(missing, "worker-died").findings[0].message("nb")


def test_what_crosses_processes_can_be_pickled() -> None:
    returned = read_back(ros())
    assert pickle.loads(pickle.dumps(returned)) == returned
    settings = pickle.loads(pickle.dumps(SETTINGS))
    assert isinstance(settings, Settings)
    assert [d.id for d in settings.documents] == [d.id for d in SETTINGS.documents]


def test_a_big_workbook_is_built_as_people_would(tmp_path: Path) -> None:
    returned = read_back(sheet_of(ros(), "Risikoer", lambda root: put(root, "B900", "Langt nede")))
    assert "Langt nede" in values(returned).values()
