"""``python -m benchmarks.collect --files 100000``: a folder of returned workbooks, collected.

In: options. Out: time, memory and the size of the store on standard output: for the first run, for
the same folder again, and with ``--dask`` through two workers of Dask on this machine. Each run is
a process of its own, so that its peak of memory is its own.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import resource
import shutil
import sqlite3
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any

from benchmarks.one import peak
from benchmarks.returned import KINDS, write_returned
from benchmarks.timing import run
from toolkit.collect.consolidate import consolidate
from toolkit.collect.request import Request
from toolkit.store import FILE

MEGABYTE = 1 << 20
TABLES = ("file", "merged_row", "merged", "lookalike", "copy", "missing", "rating", "response")


def collect(inbox: Path, out: Path, executor: str = "") -> dict[str, Any]:
    """Collect a folder here and now; seconds, CPU seconds, megabytes."""
    start = time.monotonic()
    stages: dict[str, str] = {}
    below: list[tuple[float, float]] = []

    def stage(key: str, **_: object) -> None:
        below.extend(_below() if executor and key == "cli.merging" else ())
        stages[key.removeprefix("cli.")] = (
            f"{time.monotonic() - start:.1f} s, {peak():.0f} MB so far"
        )

    collected = consolidate(Request((inbox,), out, executor=executor), stage)
    own, ended = (resource.getrusage(who) for who in WHO)
    below.append((ended.ru_utime + ended.ru_stime, ended.ru_maxrss / 1024))
    return {
        "files": len(collected.ids),
        "seconds": round(time.monotonic() - start, 1),
        "stages begin at": stages,
        "CPU here": round(own.ru_utime + own.ru_stime, 1),
        "CPU of readers": round(sum(cpu for cpu, _ in below), 1),
        "peak here, MB": round(peak(), 1),
        "peak of a reader, MB": round(max(peak for _, peak in below), 1),
        "store, MB": round((out / FILE).stat().st_size / MEGABYTE, 1),
        "values": len(collected.results.merged),
        "changed": collected.changed,
        "holds": _mark(out / FILE),
    }


def _below() -> Iterator[tuple[float, float]]:
    """CPU seconds and megabytes of every process below this one, while a cluster still runs."""
    import psutil

    for process in psutil.Process().children(recursive=True):
        with suppress(psutil.Error):
            spent, memory = process.cpu_times(), process.memory_info()
            yield spent.user + spent.system, memory.rss / MEGABYTE


WHO = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)


def _mark(store: Path) -> str:
    """A hash of what became of every file and of what all say together."""
    digest = hashlib.sha256()
    with closing(sqlite3.connect(store)) as connection:
        for table in TABLES:
            for line in connection.execute(f"SELECT * FROM {table} ORDER BY 1, 2, 3, 4"):
                digest.update(repr(line).encode("utf-8", "surrogatepass"))
    return digest.hexdigest()[:16]


@contextmanager
def _cluster(wanted: bool) -> Iterator[str]:
    """Two workers of Dask on this machine, reached over loopback alone."""
    if not wanted:
        yield ""
        return
    from distributed import LocalCluster

    own = {"host": "127.0.0.1", "dashboard_address": "127.0.0.1:0"}
    with LocalCluster(n_workers=2, threads_per_worker=1, **own) as cluster:
        yield cluster.scheduler_address.replace("tcp://", "dask://")


def simulate(count: int, folder: Path, *, dask: bool) -> None:
    """Make the folder, collect it, collect it again, and once more on a cluster."""
    inbox = folder / "inbox"
    start = time.monotonic()
    write_returned(inbox, count)
    size = sum(path.stat().st_size for path in inbox.rglob("*.xlsx"))
    made = round(time.monotonic() - start, 1)
    print(f"{count} files of {len(KINDS)} kinds, {size / MEGABYTE:.0f} MB, made in {made} s")
    _tell("first run", _fresh(inbox, folder / "results"))
    _tell("the same again", _fresh(inbox, folder / "results"))
    if dask:
        _tell("Dask, two workers", _fresh(inbox, folder / "clustered", "--dask"))


def _fresh(inbox: Path, out: Path, *more: str) -> dict[str, Any]:
    said = run("-m", "benchmarks.collect", "--run", str(inbox), str(out), *more)
    told: dict[str, Any] = json.loads(said.splitlines()[-1])
    return told


def _tell(title: str, told: dict[str, Any]) -> None:
    print(f"{title}:")
    for key, value in told.items():
        print(f"  {key:<22}{value}")
    sys.stdout.flush()


def main() -> None:
    """Simulates, or with ``--run`` collects one folder and prints what it took."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--files", type=int, default=100_000)
    parser.add_argument("--dask", action="store_true", help="also on two workers of Dask")
    parser.add_argument("--folder", type=Path, help="where to work; removed unless it is named")
    parser.add_argument("--run", nargs=2, type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.run:
        with _cluster(given.dask) as executor:
            print(json.dumps(collect(*given.run, executor)))
        return
    folder = given.folder or Path(tempfile.mkdtemp(prefix="collect-"))
    try:
        simulate(given.files, folder, dask=given.dask)
    finally:
        if not given.folder:
            shutil.rmtree(folder)


if __name__ == "__main__":
    os.environ.setdefault("PYTHONWARNINGS", "ignore")
    main()
