"""Compiled templates kept on disk between runs.

In: a folder, the bytes of a template and the settings it is compiled with. Out: its program, when
the folder holds one made by this engine of the same bytes and settings; a program to keep.

The files are data this engine wrote itself, and safe to delete. As they hold code, they are read
only from a folder that nobody else can write to; any other file, and any that is damaged or of
another version, is passed over in silence and written anew.
"""

from __future__ import annotations

import os
import sys
import tempfile
import zlib
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from toolkit.office.settings import Localisation

if TYPE_CHECKING:
    from toolkit.office.engine import Engine

_HEAD = b"veikart template 1\n"
_SUM = 4  # bytes of the checksum that follows the head
_MOST, _FEWER = 400, 300


def user_folder() -> Path:
    """Where the programs of this user belong on this system."""
    from platformdirs import user_cache_path

    return user_cache_path("veikart-toolkit", appauthor=False) / "templates"


class Cache:
    """The kept program of one template and its settings."""

    def __init__(self, folder: Path, template: bytes, engine: Engine) -> None:
        self._engine = engine
        self._file = folder / _name(template, engine)

    def load(self) -> Any | None:
        """The program, or None."""
        from toolkit.office.freezing import Unfreezable, thaw

        try:
            if not (_is_own(self._file.parent) and _is_own(self._file)):
                return None
            data = self._file.read_bytes()
        except OSError:
            return None
        start = len(_HEAD) + _SUM
        if data[:start] != _HEAD + _checksum(data[start:]):
            return None
        with suppress(Unfreezable):
            return thaw(data[start:], self._engine)
        return None

    def keep(self, program: Any) -> None:
        """Keep a program for the next run, where that is possible."""
        from toolkit.office.freezing import Unfreezable, freeze

        with suppress(Unfreezable, OSError):
            body = freeze(program, self._engine)
            folder = self._file.parent
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            if _is_own(folder):
                _tidy(folder)
                _write(self._file, _HEAD + _checksum(body) + body)


def is_kept(engine: Engine) -> bool:
    """Whether a program of this engine can be kept: what it depends on must have a name."""
    settings = engine.settings
    local = settings.localisation
    named = bool(local.key) or local == Localisation(tag=local.tag)
    return settings.cache is not None and settings.watch is None and named


def _name(template: bytes, engine: Engine) -> str:
    settings, local = engine.settings, engine.settings.localisation
    told = (
        _version(),
        settings.name,
        (local.tag, local.key),
        sorted(settings.theme.items()),
        sorted(engine.environment.dialect),
        sorted(settings.globals),
        settings.globals.get("placeholder"),
        settings.lenient,
    )
    return sha256(repr(told).encode() + template).hexdigest()


@cache
def _version() -> str:
    """What the form of a program depends on: Python, the libraries and the engine's own files."""
    import jinja2
    from lxml import etree

    files = [f"{entry.name} {s.st_size} {s.st_mtime_ns}" for entry, s in _files(Path(__file__))]
    return f"{sys.version} {jinja2.__version__} {etree.LXML_VERSION} {sorted(files)}"


def _files(module: Path) -> Iterator[tuple[os.DirEntry[str], os.stat_result]]:
    folders = [module.parent]
    for folder in folders:
        if not folder.is_dir():
            continue
        with os.scandir(folder) as entries:
            for entry in entries:
                if entry.name.endswith(".py"):
                    yield entry, entry.stat()
                elif entry.is_dir() and not entry.name.startswith("_"):
                    folders.append(Path(entry.path))


def _is_own(path: Path) -> bool:
    """Whether this user alone can write to a file or folder; on Windows the profile says so."""
    if not hasattr(os, "getuid"):
        return True
    status = path.lstat()
    return status.st_uid == os.getuid() and not status.st_mode & 0o022


def _checksum(data: bytes) -> bytes:
    return zlib.crc32(data).to_bytes(_SUM, "big")


def _write(target: Path, data: bytes) -> None:
    handle, name = tempfile.mkstemp(dir=target.parent)
    with os.fdopen(handle, "wb") as file:
        file.write(data)
    Path(name).replace(target)


def _tidy(folder: Path) -> None:
    """Let the oldest go when there are many."""
    with os.scandir(folder) as entries:
        files = [(entry.stat().st_mtime_ns, entry.path) for entry in entries if entry.is_file()]
    if len(files) >= _MOST:
        for _, path in sorted(files)[: len(files) - _FEWER]:
            Path(path).unlink(missing_ok=True)
