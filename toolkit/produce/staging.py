"""Staging: a kit is built beside the folder it will be, then moved into place in one step.

In: files as bytes, and what the toolkit wrote here before (path -> sha256). Out: the folder,
complete, or untouched with findings that say why. Files the toolkit did not write, and files
people have edited, are carried over as they are.

Beside the kit stand, while a run lasts: ``.<name>.new`` (the kit being built), ``.<name>.old``
(between the two renames) and ``.<name>.lock``. A run that was killed leaves them; the next run
clears them up.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Collection, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from toolkit.disk import held_open, link_or_copy, locked, retried, told, unwritable
from toolkit.finding import Finding, OutputError, Place, WouldOverwrite, finding


def sha256(data: bytes) -> str:
    """The SHA-256 of some bytes, in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


@dataclass
class Staging:
    """A kit being built: ``out`` is where it will stand, ``new`` the folder it is built in.

    ``known`` are the files the toolkit wrote to ``out`` before, with their hashes. A rehearsal
    (dry run) has no ``new`` and writes nothing.
    """

    out: Path
    new: Path | None
    known: Mapping[str, str]
    added: dict[str, str] = field(default_factory=dict)
    changed: list[str] = field(default_factory=list)

    @property
    def written(self) -> tuple[str, ...]:
        """The files that are new or changed, in order."""
        return tuple(sorted(self.changed))

    @property
    def unchanged(self) -> tuple[str, ...]:
        """The files that stood there already, byte for byte."""
        return tuple(sorted(self.added.keys() - set(self.changed)))

    def add(self, path: str, data: bytes) -> None:
        """Put a file into the kit; ``path`` is relative to it, with forward slashes."""
        self.added[path] = sha256(data)
        present = self.out / path
        same = present.is_file() and present.read_bytes() == data
        if not same:
            self.changed.append(path)
        if self.new is not None:
            with told(self.out):
                _put(self.new / path, data, present if same else None)

    def stale(self, scope: Collection[str]) -> tuple[str, ...]:
        """The files of ``scope`` that were not added, still stand and nobody has edited."""
        present = (path for path in scope if path not in self.added and (self.out / path).exists())
        return tuple(sorted(path for path in present if not self._edited(path)))

    def refuse(self, own: Collection[str] = ()) -> None:
        """Raise WouldOverwrite or OutputError when the kit cannot be published.

        ``own`` are files that are the toolkit's whatever stands in them.
        """
        replaced = [p for p in self.changed if p not in own and (self.out / p).exists()]
        if edited := [path for path in sorted(replaced) if self._edited(path)]:
            raise WouldOverwrite(self._findings("file-edited", edited))
        if not self.known and self.out.is_dir() and any(self.out.iterdir()):
            raise OutputError([finding("out-not-a-kit", Place(f"{self.out}"))])
        if busy := [path for path in sorted(replaced) if held_open(self.out / path)]:
            raise OutputError(self._findings("file-open", busy))

    def publish(self, stale: Collection[str] = ()) -> None:
        """Move the kit into place, without the ``stale`` files; nothing moves if nothing changed.

        Raises OutputError when a file of the kit is open in another program.
        """
        if self.new is None or not (self.changed or stale):
            return
        with told(self.out):
            _carry_over(self.out, self.new, {*self.added, *stale})
        try:
            with told(self.out):
                swap(self.out, self.new)
        except OutputError as error:
            busy = [path.relative_to(self.out).as_posix() for path in unwritable(self.out)]
            raise OutputError(self._findings("file-open", busy) or error.findings) from error

    def _edited(self, path: str) -> bool:
        present = self.out / path
        return not present.is_file() or sha256(present.read_bytes()) != self.known.get(path)

    def _findings(self, code: str, paths: Collection[str]) -> list[Finding]:
        return [finding(code, Place(f"{self.out / path}")) for path in paths]


@contextmanager
def staging(out: Path, known: Mapping[str, str], *, rehearse: bool = False) -> Iterator[Staging]:
    """An empty staging folder for the kit ``out``; it is gone afterwards, published or not.

    Raises OutputError when ``out`` cannot be a folder, cannot be written to, or another run is
    at work on it.
    """
    out = out.resolve()
    if not out.name:
        raise OutputError([finding("out-not-a-kit", Place(f"{out}"))])
    if out.exists() and not out.is_dir():
        raise OutputError([finding("out-is-file", Place(f"{out}"))])
    if rehearse:
        yield Staging(out, None, known)
        return
    new = _beside(out, "new")
    with ExitStack() as stack:
        with told(out):
            out.parent.mkdir(parents=True, exist_ok=True)
            stack.enter_context(locked(_beside(out, "lock")))
            recover(out)
            new.mkdir()
        stack.callback(shutil.rmtree, new, ignore_errors=True)
        yield Staging(out, new, known)


def swap(out: Path, new: Path) -> None:
    """Put ``new`` where ``out`` stands: two renames, and the old folder goes."""
    old = _beside(out, "old")
    if out.exists():
        retried(lambda: out.rename(old))
    try:
        retried(lambda: new.rename(out))
    except OSError:
        if old.exists():
            old.rename(out)
        raise
    shutil.rmtree(old, ignore_errors=True)


def recover(out: Path) -> None:
    """Clear up after a run that was killed: the kit is whole again, the old one or the new."""
    old, new = _beside(out, "old"), _beside(out, "new")
    if old.exists() and new.exists() and not _holds_anything(out):
        if out.exists():
            out.rmdir()
        old.rename(out)
    for left in (old, new):
        if left.exists():
            shutil.rmtree(left)


def _holds_anything(folder: Path) -> bool:
    return folder.is_dir() and any(folder.iterdir())


def _beside(out: Path, suffix: str) -> Path:
    return out.with_name(f".{out.name}.{suffix}")


def _put(target: Path, data: bytes, same: Path | None) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    if same is None:
        target.write_bytes(data)
    else:
        link_or_copy(same, target)


def _carry_over(out: Path, new: Path, without: Collection[str]) -> None:
    """Everything else that stands in ``out``: people's own files and folders, other languages."""
    for folder, folders, names in os.walk(out):
        inside = Path(folder).relative_to(out)
        links = [name for name in folders if (out / inside / name).is_symlink()]
        kept = [n for n in (*names, *links) if (inside / n).as_posix() not in without]
        if not names and not folders:
            (new / inside).mkdir(parents=True, exist_ok=True)
        for name in kept:
            link_or_copy(out / inside / name, new / inside / name)
