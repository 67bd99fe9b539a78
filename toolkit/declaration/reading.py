"""The text of a file that a person wrote, or the finding that says why there is none.

In: a path. Out: UTF-8 text without BOM, at most ``MAX_BYTES`` of it.
"""

from __future__ import annotations

import codecs
from pathlib import Path

from toolkit.finding import Finding, Place, finding

MAX_BYTES = 1_000_000
_OTHER_BOMS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def read_text(path: Path) -> tuple[str, Finding | None]:
    """The text of a file and None, or '' and what stands in the way."""
    place = Place(str(path))
    try:
        if path.is_dir():
            return "", finding("file-is-folder", place, suggestion=_inside(path))
        with path.open("rb") as file:
            raw = file.read(MAX_BYTES + 1)
    except FileNotFoundError:
        return "", finding("file-not-found", place)
    except (OSError, ValueError) as error:
        return "", finding("declaration-unreadable", place, reason=_reason(error))
    if len(raw) > MAX_BYTES:
        return "", finding("file-too-large", place, limit=MAX_BYTES // 1_000_000)
    return _decoded(raw, place)


def _inside(folder: Path) -> str:
    found = sorted(folder.glob("*.yaml")) or [folder / "project.yaml"]
    return str(found[0])


def _reason(error: Exception) -> str:
    return getattr(error, "strerror", None) or str(error)


def _decoded(raw: bytes, place: Place) -> tuple[str, Finding | None]:
    if raw.startswith(_OTHER_BOMS):
        return "", finding("not-utf8", place)
    try:
        return raw.decode("utf-8-sig"), None
    except UnicodeDecodeError as error:
        before = raw[: error.start]
        line = before.count(b"\n") + 1
        column = len(before.rpartition(b"\n")[2].decode("utf-8", "replace")) + 1
        return "", finding("not-utf8", place.at(("line", line), ("column", column)))
