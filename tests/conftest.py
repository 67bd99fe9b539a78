"""What every test shares: a cache folder of its own, and a way to keep what the engine fills."""

from __future__ import annotations

import gc
import hashlib
import os
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from authored import author_everything

from toolkit.office.package.package import Package
from toolkit.office.template import Template


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--thorough", action="store_true", help="run what takes long, too")
    parser.addoption(
        "--keep-outputs",
        type=lambda folder: Path(folder).resolve(),
        metavar="DIR",
        help="keep every file the engine fills in DIR, named by its test, for a validator to read",
    )


def pytest_collection_finish() -> None:
    """Thousands of tests are loaded and stay: garbage is not searched for among them again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)


@pytest.fixture(autouse=True, scope="session")
def own_cache_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """A cache folder of the session's own, for commands started by tests too."""
    before = os.environ.get("XDG_CACHE_HOME")
    shared = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:  # what one worker has compiled, the others find
        shared = shared.parent
    os.environ["XDG_CACHE_HOME"] = str(shared / "cache")
    yield
    if before is None:
        del os.environ["XDG_CACHE_HOME"]
    else:
        os.environ["XDG_CACHE_HOME"] = before


@pytest.fixture(autouse=True, scope="session")
def _authored(request: pytest.FixtureRequest) -> Iterator[None]:
    """With --keep-outputs: templates made by tests have what an author gives them."""
    with pytest.MonkeyPatch.context() as patch:
        if request.config.getoption("--keep-outputs"):
            author_everything(patch)
        yield


@pytest.fixture(autouse=True)
def _kept_outputs(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """With --keep-outputs: every filled file is kept, those of equal bytes once."""
    folder: Path | None = request.config.getoption("--keep-outputs")
    if folder is None:
        return
    folder.mkdir(parents=True, exist_ok=True)
    path, _, name = request.node.nodeid.partition("::")
    test = re.sub(r"\W+", "_", f"{Path(path).name}::{name}")[:110]
    filled = Template.filled

    def kept(
        template: Template, context: Mapping[str, Any], base: Path | None = None
    ) -> tuple[bytes, Any]:
        data, findings = filled(template, context, base)
        mark = hashlib.sha256(data).hexdigest()[:10]
        if not any(folder.glob(f"*-{mark}.*")):
            (folder / f"{test}-{mark}.{_suffix(Package.open(data, ''))}").write_bytes(data)
        return data, findings

    monkeypatch.setattr(Template, "filled", kept)


def _suffix(package: Package) -> str:
    """The suffix a file is saved with: ``docm`` for a document with macros."""
    macros = "macroEnabled" in package.content_type(package.main)
    return package.kind[:-1] + "m" if macros else package.kind
