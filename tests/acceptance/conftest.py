"""What several acceptance tests share: the returned files of the example, collected once."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from click.testing import CliRunner

from toolkit.cli import toolkit
from toolkit.collect.workers import worker
from toolkit.store import FILE, read_store
from toolkit.store.records import Results

EXAMPLE = Path(__file__).parents[2] / "examples" / "trygg-natt"
KEPT = 4  # processes that wait for the next test; each has some 80 MB


class Run(NamedTuple):
    """One run of ``toolkit collect``: its exit code, what it printed, its store."""

    code: int
    told: dict[str, Any]
    store: Path


def collect(out: Path, *inputs: Path) -> Run:
    project = str(EXAMPLE / "project.yaml")
    options = ["-o", str(out), "--project", project, "--json", "--lang", "en"]
    result = CliRunner().invoke(toolkit, ["collect", *map(str, inputs), *options])
    return Run(result.exit_code, json.loads(result.stdout), out / FILE)


@pytest.fixture(scope="session")
def collect_example() -> Callable[..., Run]:
    return collect


@pytest.fixture(scope="session")
def example(tmp_path_factory: pytest.TempPathFactory) -> Run:
    return collect(tmp_path_factory.mktemp("example") / "results", EXAMPLE / "returned")


@pytest.fixture(scope="session")
def results(example: Run) -> Results:
    with read_store(example.store) as store:
        return store.results()


@pytest.fixture(autouse=True)
def readers_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    """The processes that read files outlive a run, for the next one of equal settings."""
    stop = worker.stop_guards
    monkeypatch.setattr(worker, "stop_guards", lambda: len(worker._all) > KEPT and stop())


@pytest.fixture(autouse=True, scope="session")
def readers_end() -> Iterator[None]:
    yield
    worker.stop_guards()
