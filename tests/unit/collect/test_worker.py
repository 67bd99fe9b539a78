"""Files are read in processes of their own: one bad file is one rejected file."""

from __future__ import annotations

import hashlib
import os
import pickle
from collections import Counter
from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import replace
from functools import cache
from pathlib import Path

import psutil
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
from toolkit.collect.returned import Rejected
from toolkit.collect.workers.guard import Guard, rejected
from toolkit.collect.workers.reader import read_task, read_tasks
from toolkit.collect.workers.tasks import Done, Task
from toolkit.collect.workers.worker import FILES_A_WORKER, batch_size, here, read_all, workers_for
from toolkit.store import open_store
from toolkit.store.records import FileKey

BIG_ROWS = 9000


def tasks(folder: Path, files: dict[str, bytes]) -> list[Task]:
    for name, data in files.items():
        (folder / name).write_bytes(data)
    return [Task(n, source) for n, source in enumerate(find([folder]).sources)]


def read(own: Sequence[Task], settings: Settings = SETTINGS) -> dict[str, str]:
    """What became of every file, by name in the order of the tasks."""
    with here(len(own)) as place, closing(read_all(own, settings, place)) as batches:
        return told(own, batches)


def told(own: Sequence[Task], batches: Iterable[Done]) -> dict[str, str]:
    found: dict[int, FileKey] = {}
    reasons: dict[str, str] = {}
    for done in batches:
        found |= {outcome.number: outcome.key for outcome in done.outcomes}
        rows = [row for packed in done.files() for row in packed.rows("file")]
        reasons |= {row[1]: row[7] or row[6] for row in rows}
    assert sorted(found) == [task.number for task in own]
    return {task.source.name: reasons[task.source.name] for task in own}


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


def test_every_file_is_read_or_rejected(tmp_path: Path) -> None:
    files = {
        "a.xlsx": ros(),
        "b.docx": sent_file("evaluation", "docx"),
        "c.xlsx": ros()[:5000],
        "d.xlsx": b"",
        "e.xlsx": b"hello",
        "f.xlsx": sent_file("presentation", "pptx"),
        "g.xlsx": sent_file("evaluation", "xlsx"),
    }
    own = tasks(tmp_path, files)
    assert read(own) == {
        "a.xlsx": "read",
        "b.docx": "read",
        "c.xlsx": "file-damaged",
        "d.xlsx": "returned-empty",
        "e.xlsx": "not-office",
        "f.xlsx": "not-a-form",
        "g.xlsx": "read",
    }


def test_what_is_read_crosses_processes_whole(tmp_path: Path) -> None:
    own = tasks(tmp_path, {"a.xlsx": ros()})
    with here(1) as place, open_store(tmp_path / "x", rehearse=True) as store:
        for done in read_all(own, SETTINGS, place):
            store.keep(done.files())
        (file,) = store.files()
    assert {cell.spot: cell.value for cell in file.cells} == values(read_back(ros()))
    assert (file.doc, file.touched) == ("d.23", False)


def test_a_slow_file_is_one_rejected_file(tmp_path: Path) -> None:
    settings = replace(SETTINGS, limits=Limits(seconds=0.3, ratio=1000))
    files = {"a.xlsx": sent_file("evaluation", "xlsx"), "b.xlsx": big(), "c.xlsx": ros()}
    assert read(tasks(tmp_path, files), settings)["b.xlsx"] == "worker-slow"


@pytest.mark.skipif(os.name == "nt", reason="no memory limit for processes here")
def test_a_file_that_fills_the_memory_is_one_rejected_file(tmp_path: Path) -> None:
    settings = replace(SETTINGS, limits=Limits(memory_bytes=150 << 20, seconds=60, ratio=1000))
    files = {"a.xlsx": sent_file("evaluation", "xlsx"), "b.xlsx": big(), "c.xlsx": ros()}
    found = read(tasks(tmp_path, files), settings)
    assert found == {"a.xlsx": "read", "b.xlsx": "worker-died", "c.xlsx": "read"}


def test_a_process_that_dies_takes_one_file_with_it(tmp_path: Path) -> None:
    """Its process is killed while it reads; the rest of the batch is read all the same."""
    own = tasks(tmp_path, {f"{n}.xlsx": ros() for n in range(6)})
    guard = Guard(pickle.dumps(SETTINGS))
    reader = guard._ready()
    send = reader.send

    def killed(batch: Sequence[Task]) -> None:
        send(batch)
        reader.process.kill()

    reader.send = killed  # type: ignore[method-assign]
    found = told(own, [guard.read(own)])
    guard.close()
    assert list(found) == [f"{n}.xlsx" for n in range(6)]
    assert Counter(found.values()) == {"read": 5, "worker-died": 1}


def test_stopping_early_leaves_no_process(tmp_path: Path) -> None:
    own = tasks(tmp_path, {f"{n}.xlsx": ros() for n in range(4)})
    before = set(psutil.Process().children(recursive=True))
    with here(len(own)) as place:
        batches = read_all(own, SETTINGS, place)
        next(batches)
        batches.close()
    assert set(psutil.Process().children(recursive=True)) <= before


def test_no_files_need_no_process() -> None:
    assert read([]) == {}


def test_processes_and_batches_go_by_need() -> None:
    assert workers_for(1) == 1
    assert workers_for(FILES_A_WORKER + 1) <= 2
    assert workers_for(100_000) == os.cpu_count()
    assert [batch_size(n, 2) for n in (1, 30, 300, 100_000)] == [1, 15, 25, 250]


def test_every_fault_in_the_process_is_one_rejected_file(tmp_path: Path) -> None:
    missing = Source("x.xlsx", tmp_path, "x.xlsx")
    _, result = read_task(Task(0, missing), READER)
    assert isinstance(result, Rejected)
    assert result.code == "returned-unreadable"
    assert rejected(missing, "worker-died").findings[0].message("nb")


def test_what_is_known_by_its_content_is_not_read_again(tmp_path: Path) -> None:
    (own,) = tasks(tmp_path, {"a.xlsx": ros()})
    hashed = hashlib.sha256(ros()).hexdigest()
    assert read_task(own._replace(known=frozenset({hashed})), READER) == (hashed, None)
    part = list(read_tasks([own._replace(known=frozenset({hashed}))], READER, {}))[-1]
    assert part is not None
    assert [outcome.kept for outcome in part.outcomes] == [False]
    assert [seen.sha256 for packed in part.files() for seen in packed.seen] == [hashed]


def test_what_crosses_processes_can_be_pickled() -> None:
    returned = read_back(ros())
    assert pickle.loads(pickle.dumps(returned)) == returned
    settings = pickle.loads(pickle.dumps(SETTINGS))
    assert isinstance(settings, Settings)
    assert [d.id for d in settings.documents] == [d.id for d in SETTINGS.documents]


def test_a_big_workbook_is_built_as_people_would(tmp_path: Path) -> None:
    returned = read_back(sheet_of(ros(), "Risikoer", lambda root: put(root, "B900", "Langt nede")))
    assert "Langt nede" in values(returned).values()
