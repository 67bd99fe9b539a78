"""The disk as it is: files open in Excel, locks, hard links, errors in people's words.

In: paths and operations on them. Out: the operation done, or OutputError with a finding.
"""

from __future__ import annotations

import errno
import os
import shutil
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from toolkit.finding import OutputError, Place, finding

PAUSES: Sequence[float] = (0.1, 0.2, 0.4, 0.8, 1.6) if os.name == "nt" else ()
_CODES = {
    errno.EACCES: "out-read-only",
    errno.EPERM: "out-read-only",
    errno.EROFS: "out-read-only",
    errno.ENOSPC: "out-disk-full",
    getattr(errno, "EDQUOT", -1): "out-disk-full",
    errno.ENOTDIR: "out-is-file",
    errno.EEXIST: "out-is-file",
}


@contextmanager
def told(out: Path) -> Iterator[None]:
    """Turn an error of the operating system into OutputError with one finding."""
    try:
        yield
    except OSError as error:
        code = _CODES.get(error.errno or 0, "out-failed")
        reason = error.strerror or type(error).__name__
        raise OutputError([finding(code, Place(f"{out}"), reason=reason)]) from error


def retried(rename: Callable[[], object], pauses: Sequence[float] = PAUSES) -> None:
    """Rename, patiently: on Windows a virus scanner or Excel may hold a file for a moment."""
    for pause in pauses:
        with suppress(PermissionError):
            rename()
            return
        time.sleep(pause)
    rename()


def held_open(path: Path) -> bool:
    """Whether an Office program has the file open: its owner file stands beside it.

    Excel and PowerPoint write ``~$`` before the name, Word in place of its first two letters,
    LibreOffice ``.~lock.<name>#``.
    """
    names = (f"~${path.name}", f"~${path.name[2:]}", f".~lock.{path.name}#")
    return any(path.with_name(name).exists() for name in names)


def unwritable(folder: Path) -> list[Path]:
    """The files below a folder that cannot be opened for writing now."""
    return [path for path in sorted(folder.rglob("*")) if path.is_file() and not _opens(path)]


def _opens(path: Path) -> bool:
    try:
        with path.open("r+b"):
            return True
    except OSError:
        return False


def link_or_copy(source: Path, target: Path) -> None:
    """The same file under another name; a copy where the file system has no hard links."""
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        os.link(source, target, follow_symlinks=False)
    except (OSError, NotImplementedError):
        shutil.copy2(source, target, follow_symlinks=False)


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold a lock file while the block runs; OutputError where another run holds it.

    The system lets go of the lock when the process dies, however it dies.
    """
    with path.open("w", encoding="utf-8") as file:
        if not _lock(file):
            raise OutputError([finding("kit-busy", Place(f"{path.parent}"))])
        try:
            yield
        finally:
            file.close()
            path.unlink(missing_ok=True)


if sys.platform == "win32":

    def _lock(file: IO[str]) -> bool:
        import msvcrt

        with suppress(OSError):
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
            return True
        return False

else:

    def _lock(file: IO[str]) -> bool:
        import fcntl

        with suppress(OSError):
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return True
        return False
