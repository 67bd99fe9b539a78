"""The gate: what a file really is, and whether it is safe to read.

In: the bytes of a returned file and its name. Out: the kind of file, its XML parts, and the things
in it that are never run or followed; or GateError with the one finding that says why it is
rejected. Sizes are counted while inflating, never taken from headers.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import PurePosixPath

from toolkit.collect.limits import Limits
from toolkit.finding import Finding, Place, ToolkitError, finding

OLE = bytes.fromhex("d0cf11e0a1b11ae1")
ZIP = b"PK\x03\x04"
BLOCK = 1 << 16
KEPT = (".xml", ".rels", "mimetype")
DOCTYPES = tuple("<!DOCTYPE".encode(code) for code in ("utf-8", "utf-16-le", "utf-16-be"))


class Kind(StrEnum):
    """The formats that are read."""

    WORKBOOK = "xlsx"
    BINARY_WORKBOOK = "xlsb"
    OLD_WORKBOOK = "xls"
    OPEN_DOCUMENT = "ods"
    FORM = "docx"


MAIN_TYPES = {
    "spreadsheetml.sheet.main": Kind.WORKBOOK,
    "spreadsheetml.template.main": Kind.WORKBOOK,
    "ms-excel.sheet.macroenabled.main": Kind.WORKBOOK,
    "ms-excel.template.macroenabled.main": Kind.WORKBOOK,
    "ms-excel.sheet.binary.macroenabled.main": Kind.BINARY_WORKBOOK,
    "wordprocessingml.document.main": Kind.FORM,
    "wordprocessingml.template.main": Kind.FORM,
    "ms-word.document.macroenabledtemplate.main": Kind.FORM,
    "ms-word.document.macroenabled.main": Kind.FORM,
}

FLAGS = {
    "vbaproject.bin": "has-macros",
    "externallinks/": "has-external-links",
    "connections.xml": "has-connections",
    "embeddings/": "has-objects",
    "activex/": "has-objects",
}


class GateError(ToolkitError):
    """The file is rejected; carries the reason."""


@dataclass(frozen=True)
class Passed:
    """A file that may be read: its kind, its XML parts by name, and what in it is left alone."""

    kind: Kind
    parts: Mapping[str, bytes] = field(default_factory=dict)
    flags: tuple[Finding, ...] = ()


def gate(data: bytes, place: Place, limits: Limits | None = None) -> Passed:
    """Let a file through or raise GateError; nothing of it is executed or followed."""
    limits = limits or Limits()
    if not data:
        raise _rejected("returned-empty", place)
    if len(data) > limits.container_bytes:
        raise _rejected("returned-too-large", place, limit=f"{limits.container_bytes >> 20} MB")
    if data.startswith(OLE):
        return _old_container(data, place)
    if not data.startswith(ZIP):
        raise _rejected("not-office", place)
    return _zip(data, place, limits)


def _rejected(code: str, place: Place, **params: object) -> GateError:
    return GateError([finding(code, place, **params)])


def _old_container(data: bytes, place: Place) -> Passed:
    """A compound file: an old workbook, or a wrapping that hides one (password, label)."""

    def holds(name: str) -> bool:
        return name.encode("utf-16-le") in data

    if holds("DRMEncryptedDataSpace"):
        raise _rejected("file-labelled", place)
    if holds("EncryptedPackage"):
        raise _rejected("file-password", place)
    if holds("Workbook") or holds("Book"):
        flags = [finding("has-macros", place)] if holds("_VBA_PROJECT") else []
        return Passed(Kind.OLD_WORKBOOK, flags=tuple(flags))
    raise _rejected("not-office", place)


def _zip(data: bytes, place: Place, limits: Limits) -> Passed:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
            _check_names(members, place, limits)
            parts = _inflate_all(archive, members, place, limits)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError):
        raise _rejected("file-damaged", place) from None
    except RuntimeError:
        raise _rejected("file-password", place) from None
    if any(mark in part for part in parts.values() for mark in DOCTYPES):
        raise _rejected("file-doctype", place)
    return Passed(_kind(parts, place), parts, _flags(members, place))


def _check_names(members: list[zipfile.ZipInfo], place: Place, limits: Limits) -> None:
    if len(members) > limits.entries:
        raise _rejected("file-too-many-parts", place, limit=limits.entries)
    names = Counter(member.filename.casefold() for member in members)
    for name, count in names.items():
        path = PurePosixPath(name.replace("\\", "/"))
        if count > 1 or path.is_absolute() or ".." in path.parts or re.match(r"[a-z]:", name):
            raise _rejected("file-unsafe", place, name=name)


def _inflate_all(
    archive: zipfile.ZipFile, members: list[zipfile.ZipInfo], place: Place, limits: Limits
) -> dict[str, bytes]:
    """Inflate every member once, counting; the XML parts come back."""
    total = 0
    parts: dict[str, bytes] = {}
    for member in members:
        kept = bytearray()
        size = 0
        keep = member.filename.endswith(KEPT)
        with archive.open(member) as stream:
            while block := stream.read(BLOCK):
                size += len(block)
                if keep:
                    kept += block
                if _too_much(size, total + size, member.compress_size, limits):
                    raise _rejected("file-bomb", place, name=member.filename)
        total += size
        if keep:
            parts[member.filename] = bytes(kept)
    return parts


def _too_much(size: int, total: int, compressed: int, limits: Limits) -> bool:
    swollen = size > limits.ratio_from_bytes and size > limits.ratio * max(compressed, 1)
    return swollen or size > limits.entry_bytes or total > limits.total_bytes


def _kind(parts: Mapping[str, bytes], place: Place) -> Kind:
    """The kind the content types (or an OpenDocument's mimetype) declare."""
    told = parts.get("[Content_Types].xml", b"") + parts.get("mimetype", b"")
    text = told.decode("utf-8", "replace").casefold()
    if "opendocument.spreadsheet" in text:
        return Kind.OPEN_DOCUMENT
    for fragment, kind in MAIN_TYPES.items():
        if fragment in text:
            return kind
    raise _rejected("not-a-form", place)


def _flags(members: list[zipfile.ZipInfo], place: Place) -> tuple[Finding, ...]:
    names = [member.filename.casefold() for member in members]
    found = {flag for mark, flag in FLAGS.items() for name in names if mark in name}
    return tuple(finding(flag, place) for flag in sorted(found))
