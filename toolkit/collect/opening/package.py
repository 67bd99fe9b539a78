"""The package: a zip file opened with counting, so that nothing in it is believed.

In: the bytes of a zip. Out: its parts by name; or GateError. Sizes are counted while inflating,
never taken from headers; names that lead out of the package, or that two parts share, and parts
that lie on top of each other reject the file.
"""

from __future__ import annotations

import codecs
import io
import re
import zipfile
import zlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from operator import attrgetter
from pathlib import PurePosixPath
from typing import NamedTuple

from toolkit.collect.limits import Limits
from toolkit.collect.opening.inflating import plainly
from toolkit.collect.opening.listing import Entry, listing
from toolkit.finding import Place, ToolkitError, finding
from toolkit.office.package.markup import Element, MarkupError, parse

BLOCK = 1 << 16
KEPT = (".xml", ".rels", "mimetype", ".bin")
NOT_KEPT = ("vbaproject", "printersettings", "embeddings/", "activex/")
DOCTYPES = tuple("<!DOCTYPE".encode(code) for code in ("utf-8", "utf-16-le", "utf-16-be"))
LOCAL_HEADER = 30
LONGEST_NAME = 255
DECLARED = re.compile(rb"""<\?xml[^>]*?encoding\s*=\s*["']([^"']*)""")
ENCODINGS = (b"utf-8", b"utf8", b"us-ascii", b"ascii")
OPEN_DOCUMENT = b":opendocument:"
WORDS = (
    *(b"<ddeLink", b"office:dde-source", b"table:cell-range-source"),
    *(b"table:table-source", b"script:event-listener"),
)
"""Words that stand in markup and nowhere else; all but the first in OpenDocument."""
PLAIN = re.compile(rb"(?:\xef\xbb\xbf)?(?:<\?xml[^>]*\?>)?\s*<(?:worksheet|sst)[ >]")
"""How a sheet or the list of texts begins: none of the words above means anything in those."""
DRIVE = re.compile(r"[a-z]:")


class GateError(ToolkitError):
    """The file is rejected; carries the reason."""


def rejected(code: str, place: Place, **params: object) -> GateError:
    """A rejection with its one reason."""
    return GateError([finding(code, place, **params)])


@dataclass(frozen=True)
class Package:
    """The parts that may be read, and the names of all members."""

    parts: Mapping[str, bytes]
    names: Sequence[str]
    place: Place = field(default_factory=lambda: Place(""))

    @cached_property
    def folded(self) -> Mapping[str, str]:
        """Part names as they stand, by their folded form: Office does not tell case apart."""
        return folded_names(tuple(self.parts))

    def found(self, name: str) -> str:
        """The part of a name, whatever its case; '' where there is none."""
        return self.folded.get(name.casefold(), "")

    def tree(self, name: str) -> Element | None:
        """The root of a part; None where there is none, GateError where it is damaged."""
        found = self.found(name)
        if not found:
            return None
        try:
            return parse(self.parts[found])
        except MarkupError:
            raise rejected("file-damaged", self.place) from None


@lru_cache(maxsize=64)
def folded_names(names: tuple[str, ...]) -> Mapping[str, str]:
    """Names of parts by their folded form."""
    return {name.casefold(): name for name in names}


def unpacked(data: bytes, place: Place, limits: Limits) -> Package:
    """Everything in a zip file, counted; GateError where a limit is hit or it is damaged."""
    try:
        members = listing(data) or _told_by_library(data)
        names = tuple(member.filename for member in members)
        _check_names(members, place, limits)
        twice = overlapping(members)
        if twice:
            raise rejected("file-overlapping", place, name=twice)
        parts = _inflate_all(data, members, place, limits)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError):
        raise rejected("file-damaged", place) from None
    except RuntimeError:
        raise rejected("file-password", place) from None
    if any(looked_at(part).doctype for part in parts.values()):
        raise rejected("file-doctype", place)
    return Package(parts, names, place)


def _told_by_library(data: bytes) -> list[Entry]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return list(map(Entry.told_by, archive.infolist()))


class Looked(NamedTuple):
    """What was seen in a part: whether it declares a type of its own; the words in it, and whether
    it may hold a formula that starts another program.
    """

    doctype: bool
    words: tuple[bytes, ...]
    starts: bool


@lru_cache(maxsize=256)
def looked_at(part: bytes) -> Looked:
    """What is seen in a part without parsing it; many files have the same one.

    Single letters are looked for first: that takes a thirtieth of the time.
    """
    marks = DOCTYPES if b"\0" in part else DOCTYPES[:1]
    called = b"!" in part
    return Looked(
        called and b"Y" in part and any(mark in part for mark in marks),
        () if PLAIN.match(part) else _words(part),
        called and b"|" in part and b"<f" in part,
    )


def _words(part: bytes) -> tuple[bytes, ...]:
    words = WORDS if OPEN_DOCUMENT in part else WORDS[:1]
    return tuple(word for word in words if word in part)


def _check_names(members: Sequence[Entry], place: Place, limits: Limits) -> None:
    if len(members) > limits.entries:
        raise rejected("file-too-many-parts", place, limit=limits.entries)
    unsafe = _unsafe(tuple(member.orig_filename for member in members))
    if unsafe is not None:
        raise rejected("file-unsafe", place, name=unsafe[:LONGEST_NAME])


@lru_cache(maxsize=64)
def _unsafe(names: tuple[str, ...]) -> str | None:
    """The first name that is not safe or stands there twice; files of a kit share their names."""
    counted = Counter(name.casefold() for name in names)
    return next((name for name, n in counted.items() if n > 1 or _is_unsafe(name)), None)


@lru_cache(maxsize=1024)
def _is_unsafe(name: str) -> bool:
    """Whether a name leads out of the package, or is none that a program would write."""
    path = PurePosixPath(name.replace("\\", "/"))
    leads_out = path.is_absolute() or ".." in path.parts or bool(DRIVE.match(name))
    return leads_out or len(name) > LONGEST_NAME or not name.isprintable()


def overlapping(members: Sequence[Entry | zipfile.ZipInfo]) -> str:
    """The first member that lies on top of another, '' where each has bytes of its own.

    A member used twice is how the worst bombs are made.
    """
    end = 0
    for member in sorted(members, key=attrgetter("header_offset")):
        if member.header_offset < end:
            return member.filename
        end = member.header_offset + LOCAL_HEADER + member.compress_size
    return ""


def _inflate_all(
    data: bytes, members: Sequence[Entry], place: Place, limits: Limits
) -> dict[str, bytes]:
    """Inflate every member once, counting; the parts that are read come back."""
    total = 0
    parts: dict[str, bytes] = {}
    for member in members:
        content = plainly(data, member)
        if content is None:
            content, size = _counted(data, member, total, place, limits)
        else:
            size = len(content)
            if too_much(size, total + size, member.compress_size, limits):
                raise rejected("file-bomb", place, name=member.filename)
        total += size
        if is_kept(member.filename):
            parts[member.filename] = as_utf8(content, place)
    return parts


def _counted(
    data: bytes, member: Entry, total: int, place: Place, limits: Limits
) -> tuple[bytes, int]:
    """A member and its size, counted block by block; not kept where it is not read."""
    kept, size, keep = bytearray(), 0, is_kept(member.filename)
    with zipfile.ZipFile(io.BytesIO(data)) as archive, archive.open(member.filename) as stream:
        while block := stream.read(BLOCK):
            size += len(block)
            if keep:
                kept += block
            if too_much(size, total + size, member.compress_size, limits):
                raise rejected("file-bomb", place, name=member.filename)
    return bytes(kept), size


def as_utf8(data: bytes, place: Place) -> bytes:
    """A part as the readers want it: Office files are UTF-8 or UTF-16, and some know only one."""
    part = _as_utf8(data)
    if part is None:
        raise rejected("file-damaged", place)
    return part


@lru_cache(maxsize=256)
def _as_utf8(data: bytes) -> bytes | None:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        text = data.decode("utf-16")
        return text[text.find("?>") + 2 if text.startswith("<?xml") else 0 :].encode("utf-8")
    declared = DECLARED.match(data[:200].removeprefix(codecs.BOM_UTF8))
    return None if declared and declared[1].lower() not in ENCODINGS else data


OF_PARTS = (looked_at, _as_utf8)
"""What remembers parts of files from one to the next."""


@lru_cache(maxsize=1024)
def is_kept(name: str) -> bool:
    """Whether a part is one that is read."""
    folded = name.casefold()
    return folded.endswith(KEPT) and not any(word in folded for word in NOT_KEPT)


def too_much(size: int, total: int, compressed: int, limits: Limits) -> bool:
    """Whether what was inflated so far goes beyond a limit."""
    swollen = size > limits.ratio_from_bytes and size > limits.ratio * max(compressed, 1)
    return swollen or size > limits.entry_bytes or total > limits.total_bytes
