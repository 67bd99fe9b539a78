"""Listing: the directory of a zip file as programs write it, read at once.

In: the bytes of a zip file. Out: its entries, as ``zipfile`` tells them; None where the directory
holds anything but plain entries with plain names: then ``zipfile`` says what it is.
"""

from __future__ import annotations

import struct
import zipfile
from functools import lru_cache
from typing import NamedTuple

END = struct.Struct("<4s4H2LH")
END_MARK, LARGE_MARK, MARK = b"PK\x05\x06", b"PK\x06\x07", b"PK\x01\x02"
LARGE = 20  # bytes of what stands before the end in a large zip file
CENTRAL = struct.Struct("<4s2x3H4x3L3H8xL")
"""Mark; version, flags, method; checksum, sizes; lengths of name, more, comment; offset."""
NEWEST = 63  # the version of the format, times ten, up to which ``zipfile`` reads
KINDS = 64  # lists of names remembered; files of a kit share one


class Entry(NamedTuple):
    """A member as its entry tells of it, named as ``zipfile.ZipInfo`` names it.

    ``orig_filename`` is the name as it stands; a plain one is not changed in reading it.
    """

    filename: str
    flag_bits: int
    compress_type: int
    CRC: int
    compress_size: int
    file_size: int
    header_offset: int
    orig_filename: str

    @classmethod
    def told_by(cls, member: zipfile.ZipInfo) -> Entry:
        """What ``zipfile`` tells of a member."""
        own = member.CRC, member.compress_size, member.file_size, member.header_offset
        name, stands = member.filename, member.orig_filename
        return cls(name, member.flag_bits, member.compress_type, *own, stands)


def listing(data: bytes) -> list[Entry] | None:
    """Every entry in order; None where anything is unusual."""
    last = len(data) - END.size
    if last < 0 or data.startswith(LARGE_MARK, max(last - LARGE, 0)):
        return None
    mark, _, _, _, _, size, start, comment = END.unpack_from(data, last)
    if mark != END_MARK or comment or start + size != last:
        return None
    return _entries(data, start, last)


def _entries(data: bytes, at: int, end: int) -> list[Entry] | None:
    names: list[bytes] = []
    told: list[tuple[int, int, int, int, int, int]] = []
    while at + CENTRAL.size <= end:
        head = CENTRAL.unpack_from(data, at)
        mark, needed, flags, method, checksum, packed, size, named, more, comment, offset = head
        if mark != MARK or more or comment or needed & 0xFF > NEWEST:
            return None
        at += CENTRAL.size
        names.append(data[at : at + named])
        told.append((flags, method, checksum, packed, size, offset))
        at += named
    plain = _plain(tuple(names)) if at == end else None
    if not plain:
        return None
    return [Entry(name, *own, name) for name, own in zip(plain, told, strict=True)]


@lru_cache(maxsize=KINDS)
def _plain(names: tuple[bytes, ...]) -> tuple[str, ...] | None:
    """The names as text; None where one is told differently by different programs."""
    joined = b"".join(names)
    if not joined.isascii() or b"\0" in joined or b"\\" in joined:
        return None
    return tuple(name.decode() for name in names)
