"""The gate: what a file really is, and whether it is safe to read.

In: the bytes of a returned file and its name. Out: the kind of file, its parts, and the things in
it that are never run or followed; or GateError with the one finding that says why it is rejected.
The name of the file decides nothing.
"""

from __future__ import annotations

import codecs
import struct
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from pathlib import PurePosixPath
from zlib import crc32

from toolkit.collect.limits import Limits, size_text
from toolkit.collect.opening.compound import SIGNATURE, Broken, compound
from toolkit.collect.opening.flags import flags_of, leads
from toolkit.collect.opening.inflating import content_of
from toolkit.collect.opening.package import OF_PARTS, GateError, Package, rejected, unpacked
from toolkit.finding import Finding, Place, finding
from toolkit.office.package.archive import Member, write_archive
from toolkit.office.package.markup import MarkupError, parse

ZIPS = (b"PK\x03\x04", b"PK\x05\x06")
HEAD = 1024
LONGEST_LINE = 64 * 1024  # bytes; the questions of a survey in one line
OFFICE_DOCUMENT = "/officeDocument"
WRAPPINGS = {"DRMEncryptedDataSpace": "file-labelled", "EncryptedPackage": "file-password"}
FILE_PASS = 0x2F
BEGINNING = 512
ENCRYPTED = b"encryption-data"

OF_PACKAGES = (content_of, leads, *OF_PARTS)
"""What remembers parts of files from one to the next."""

__all__ = ["OF_PACKAGES", "GateError", "Kind", "Passed", "gate"]


class Kind(StrEnum):
    """The formats that are read."""

    WORKBOOK = "xlsx"
    BINARY_WORKBOOK = "xlsb"
    OLD_WORKBOOK = "xls"
    OPEN_DOCUMENT = "ods"
    FORM = "docx"
    TEXT = "csv"

    @property
    def suffixes(self) -> frozenset[str]:
        """How the names of such files end."""
        return SUFFIXES[self]


SUFFIXES = {
    Kind.WORKBOOK: frozenset({".xlsx", ".xlsm", ".xltx", ".xltm"}),
    Kind.BINARY_WORKBOOK: frozenset({".xlsb"}),
    Kind.OLD_WORKBOOK: frozenset({".xls", ".xlt"}),
    Kind.OPEN_DOCUMENT: frozenset({".ods", ".ots"}),
    Kind.FORM: frozenset({".docx", ".docm", ".dotx", ".dotm"}),
    Kind.TEXT: frozenset({".csv", ".tsv"}),
}

MAIN_TYPES = {
    "spreadsheetml.sheet.main": Kind.WORKBOOK,
    "spreadsheetml.template.main": Kind.WORKBOOK,
    "ms-excel.sheet.macroenabled.main": Kind.WORKBOOK,
    "ms-excel.template.macroenabled.main": Kind.WORKBOOK,
    "ms-excel.sheet.binary.macroenabled.main": Kind.BINARY_WORKBOOK,
    "wordprocessingml.document.main": Kind.FORM,
    "wordprocessingml.template.main": Kind.FORM,
    "ms-word.template.macroenabledtemplate.main": Kind.FORM,
    "ms-word.document.macroenabled.main": Kind.FORM,
}

OTHER_FORMATS = (
    (b"%pdf-", "PDF"),
    (b"{\\rtf", "RTF"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"\x89png", "PNG"),
    (b"mime-version:", "MHTML"),
    (b"<html", "HTML"),
    (b"<!doctype html", "HTML"),
    (b"<table", "HTML"),
    (b"<?xml", "XML"),
    (b"7z\xbc\xaf", "7-Zip"),
    (b"rar!", "RAR"),
    (b"\x1f\x8b", "gzip"),
)
WIDE_TEXT = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


@dataclass(frozen=True)
class Passed:
    """A file that may be read: its kind, its main part, its parts, and what is left alone.

    ``clean`` is a package of the parts that passed and nothing else, for libraries that open zip
    files themselves: what was checked is what they read.
    """

    kind: Kind
    parts: Mapping[str, bytes] = field(default_factory=dict)
    flags: tuple[Finding, ...] = ()
    main: str = ""

    @property
    def clean(self) -> bytes:
        """The parts as a package, not compressed."""
        members = (
            (name, Member(data, 0, crc32(data), len(data))) for name, data in self.parts.items()
        )
        return write_archive(members)


def gate(data: bytes, place: Place, limits: Limits | None = None) -> Passed:
    """Let a file through or raise GateError; nothing of it is executed or followed."""
    limits = limits or Limits()
    if not data:
        raise rejected("returned-empty", place)
    if len(data) > limits.container_bytes:
        raise rejected("returned-too-large", place, limit=size_text(limits.container_bytes))
    if data.startswith(SIGNATURE):
        return _named(_old_container(data, place), place)
    if not data.startswith(ZIPS):
        return _named(_other(data, place), place)
    return _named(_zip(data, place, limits), place)


def _named(passed: Passed, place: Place) -> Passed:
    """Told where the name of a file promises another kind than it is."""
    suffix = PurePosixPath(place.file).suffix.casefold()
    promised = next((kind for kind, own in SUFFIXES.items() if suffix in own), passed.kind)
    if promised is passed.kind:
        return passed
    told = finding("name-differs", place, suffix=suffix, kind=f".{passed.kind}")
    return Passed(passed.kind, passed.parts, (*passed.flags, told), passed.main)


def _other(data: bytes, place: Place) -> Passed:
    """What is no Office file: a table as text, or GateError, told by name where it is known."""
    head = data[:HEAD].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    for start, name in OTHER_FORMATS:
        if head.startswith(start):
            raise rejected("other-format", place, format=name)
    if b"<html" in head or b"<table" in head:
        raise rejected("other-format", place, format="HTML")
    if _is_text(data[:LONGEST_LINE]):
        return Passed(Kind.TEXT)
    raise rejected("not-office", place)


def _is_text(head: bytes) -> bool:
    """Whether bytes are lines of text with something that separates values."""
    text = head.decode("utf-16" if head.startswith(WIDE_TEXT) else "latin-1", "replace")
    with suppress(UnicodeDecodeError):
        text = head.decode("utf-8-sig")
    printable = sum(letter.isprintable() or letter in "\r\n\t" for letter in text)
    lines = "\n" in text or "\r" in text
    return "\0" not in text and printable > 0.95 * len(text) and lines and _parted(text)


def _parted(text: str) -> bool:
    return any(mark in text for mark in ";,\t")


# --- old workbooks ----------------------------------------------------------------------------


def _old_container(data: bytes, place: Place) -> Passed:
    """A compound file: an old workbook, or a wrapping that hides one (password, label)."""
    try:
        found = compound(data)
    except Broken:
        raise rejected("file-damaged", place) from None
    names = set(found.streams)
    for own, code in WRAPPINGS.items():
        if own in names:
            raise rejected(code, place)
    book = next((name for name in ("Workbook", "Book") if name in names), "")
    if not book:
        raise rejected("old-document" if "WordDocument" in names else "not-office", place)
    if FILE_PASS in _first_records(found.content(book)[:BEGINNING]):
        raise rejected("file-password", place)
    flags = [finding("has-macros", place)] if "_VBA_PROJECT_CUR" in names else []
    return Passed(Kind.OLD_WORKBOOK, flags=tuple(flags))


def _first_records(beginning: bytes) -> frozenset[int]:
    """The kinds of the records at the beginning of an old workbook."""
    kinds, at = set(), 0
    while at + 4 <= len(beginning):
        kind, size = struct.unpack_from("<HH", beginning, at)
        kinds.add(kind)
        at += 4 + size
    return frozenset(kinds)


# --- packages ---------------------------------------------------------------------------------


def _zip(data: bytes, place: Place, limits: Limits) -> Passed:
    package = unpacked(data, place, limits)
    kind, main = _kind(package, place)
    flags = flags_of(package, place)
    return Passed(kind, package.parts, flags, main)


def _kind(package: Package, place: Place) -> tuple[Kind, str]:
    """The kind of a package and its main part, by what it says of itself in both places."""
    parts = package.parts
    if b"opendocument.spreadsheet" in parts.get("mimetype", b""):
        if ENCRYPTED in parts.get("META-INF/manifest.xml", b""):
            raise rejected("file-password", place)
        return Kind.OPEN_DOCUMENT, "content.xml"
    types, start = package.found("[Content_Types].xml"), package.found("_rels/.rels")
    if not types or not start:
        raise rejected("not-a-form", place)
    try:
        main = package.found(_main(parts[start]))
        told = _type_of(parts[types], main) if main else ""
    except MarkupError:
        raise rejected("file-damaged", place) from None
    for fragment, kind in MAIN_TYPES.items():
        if fragment in told:
            return kind, main
    raise rejected("not-a-form" if main and told else "file-damaged", place)


@lru_cache(maxsize=64)
def _main(start: bytes) -> str:
    links = parse(start).iter("{*}Relationship")
    targets = (x.get("Target", "") for x in links if x.get("Type", "").endswith(OFFICE_DOCUMENT))
    return next(targets, "").removeprefix("/").removeprefix("./")


@lru_cache(maxsize=64)
def _type_of(types: bytes, part: str) -> str:
    """The content type of a part: its own, or that of its suffix."""
    root = parse(types)
    own = {f"{x.get('PartName', '')[1:]}".casefold(): x for x in root.iter("{*}Override")}
    common = {x.get("Extension", "").casefold(): x for x in root.iter("{*}Default")}
    found = own.get(part.casefold())
    if found is None:
        found = common.get(part.rpartition(".")[2].casefold())
    return found.get("ContentType", "").casefold() if found is not None else ""
