"""Putting: a file written whole or not at all.

In: a path and bytes. Out: the file, or OutputError where it is open or cannot be written.
"""

from __future__ import annotations

from pathlib import Path

from toolkit.disk import held_open, retried, told
from toolkit.finding import OutputError, Place, finding


def put(path: Path, data: bytes) -> None:
    """Write a file whole or not at all; OutputError where it is open or cannot be written.

    A file that holds these bytes already is left as it is.
    """
    if path.is_file() and path.read_bytes() == data:
        return
    if held_open(path):
        raise OutputError([finding("file-open", Place(f"{path}"))])
    new = path.with_name(f".{path.name}.new")
    with told(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            new.write_bytes(data)
            retried(lambda: new.replace(path))
        finally:
            new.unlink(missing_ok=True)
