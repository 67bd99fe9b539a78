"""Files are read on a Dask cluster as they are here, and one that kills its reader is one file."""

from __future__ import annotations

import os
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from returned_files import SETTINGS, ros, sent_file
from test_worker import big

from toolkit.collect.consolidate import consolidate
from toolkit.collect.find import find
from toolkit.collect.intake import take_in
from toolkit.collect.limits import Limits
from toolkit.collect.request import Request
from toolkit.collect.workers.where import ExecutorError
from toolkit.store import FILE, open_store

distributed = pytest.importorskip("distributed", reason="Dask is not installed")


@pytest.fixture(scope="module")
def cluster() -> Iterator[str]:
    """Two workers of one thread each, on this machine's loopback alone."""
    with distributed.LocalCluster(
        n_workers=2,
        threads_per_worker=1,
        processes=True,
        host="127.0.0.1",
        dashboard_address="127.0.0.1:0",
    ) as running:
        yield running.scheduler_address.replace("tcp://", "dask://")


def held(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as connection:
        return list(connection.iterdump())


def test_a_cluster_gives_the_same_store(cluster: str, tmp_path: Path) -> None:
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    for n in range(6):
        (inbox / f"{n}.xlsx").write_bytes(ros() + b"" if n % 2 else sent_file("evaluation", "docx"))
    (inbox / "cut.xlsx").write_bytes(ros()[:5000])
    consolidate(Request((inbox,), tmp_path / "here"))
    consolidate(Request((inbox,), tmp_path / "there", executor=cluster))
    assert held(tmp_path / "there" / FILE) == held(tmp_path / "here" / FILE)


@pytest.mark.skipif(os.name == "nt", reason="no memory limit for processes here")
def test_a_file_that_ends_its_process_costs_only_itself(cluster: str, tmp_path: Path) -> None:
    settings = replace(SETTINGS, limits=Limits(memory_bytes=150 << 20, seconds=60, ratio=1000))
    for name, data in {"a.xlsx": ros(), "b.xlsx": big(), "c.xlsx": ros()}.items():
        (tmp_path / name).write_bytes(data)
    with open_store(tmp_path / "store", rehearse=True) as store:
        take_in(find([tmp_path]), store, settings, cluster)
        told = {file.name: file.reason or file.status for file in store.heads()}
    assert told == {"a.xlsx": "read", "b.xlsx": "worker-died", "c.xlsx": "read"}


@pytest.mark.parametrize(
    ("address", "code"),
    [("spark://x", "executor-unknown"), ("dask://127.0.0.1:9", "executor-away")],
)
def test_no_cluster_at_the_address_is_told(
    address: str, code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("toolkit.collect.workers.where.SECONDS", 0.2)
    (tmp_path / "a.xlsx").write_bytes(ros())
    with (
        open_store(tmp_path / "store", rehearse=True) as store,
        pytest.raises(ExecutorError) as got,
    ):
        take_in(find([tmp_path]), store, SETTINGS, address)
    assert [found.code for found in got.value.findings] == [code]


def test_a_cluster_without_workers_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(ros())
    with (
        distributed.LocalCluster(
            n_workers=0, host="127.0.0.1", dashboard_address="127.0.0.1:0"
        ) as idle,
        open_store(tmp_path / "store", rehearse=True) as store,
    ):
        address = idle.scheduler_address.replace("tcp://", "dask://")
        with pytest.raises(ExecutorError) as got:
            take_in(find([tmp_path]), store, SETTINGS, address)
    assert [found.code for found in got.value.findings] == ["executor-idle"]


def test_without_dask_it_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    (tmp_path / "a.xlsx").write_bytes(ros())
    store = open_store(tmp_path / "store", rehearse=True)
    with store, pytest.raises(ExecutorError) as got:
        take_in(find([tmp_path]), store, SETTINGS, "dask://127.0.0.1:8786")
    assert [found.code for found in got.value.findings] == ["executor-missing"]
