"""Putting: a file written whole or not at all.

In: a path and bytes, or a path to write to. Out: the file, or OutputError where it is open or
cannot be written.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from toolkit.disk import held_open, retried, told
from toolkit.finding import OutputError, Place, finding


def put(path: Path, data: bytes) -> None:
    """Write a file whole or not at all; OutputError where it is open or cannot be written.

    A file that holds these bytes already is left as it is.
    """
    if not (path.is_file() and path.read_bytes() == data):
        with whole(path) as new:
            new.write_bytes(data)


@contextmanager
def whole(path: Path) -> Iterator[Path]:
    """A path to write to, that takes the place of the file when all is written."""
    if held_open(path):
        raise OutputError([finding("file-open", Place(f"{path}"))])
    new = path.with_name(f".{path.name}.new")
    with told(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            yield new
            retried(lambda: new.replace(path))
        finally:
            new.unlink(missing_ok=True)
