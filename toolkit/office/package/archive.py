"""Zip in and out, deterministic, without recompressing what did not change.

In: the bytes of an Office file. Out: an ordered mapping of member names to Members; and back.
Members that were not touched keep their compressed bytes; every date is 1980-01-01.
"""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Iterable
from functools import lru_cache
from typing import TYPE_CHECKING

from toolkit.office.record import Record

if TYPE_CHECKING:
    import zipfile

MAX_MEMBERS = 10_000
MAX_MEMBER_BYTES = 128 * 1024 * 1024
MAX_TOTAL_BYTES = 512 * 1024 * 1024

_STORED, _DEFLATED = 0, 8
_LEVEL = 5
_LOCAL = struct.Struct("<4s2B4HL2L2H")
_CENTRAL = struct.Struct("<4s4B4HL2L5HL")  # the offset and the name follow
_END = struct.Struct("<4s4H2LH")
_DATE = 33  # 1980-01-01 in MS-DOS form
_UTF8_NAME = 0x800


class ArchiveError(Exception):
    """Not a zip, or not one that can be read; the text says why."""


class ArchiveLimit(Exception):
    """The archive is larger than MAX_MEMBERS, MAX_MEMBER_BYTES or MAX_TOTAL_BYTES allow."""


class Member(Record):
    """One file of the archive, compressed: ``raw`` as it stands in the zip."""

    raw: bytes
    method: int
    crc: int
    size: int

    def data(self) -> bytes:
        """The member's bytes, inflated; raises ArchiveError when they are damaged."""
        if self.method == _STORED:
            return self.raw
        try:
            inflater = zlib.decompressobj(-15)
            data = inflater.decompress(self.raw, self.size + 1)
        except zlib.error as error:
            raise ArchiveError(str(error)) from error
        if len(data) != self.size or zlib.crc32(data) != self.crc:
            raise ArchiveError("damaged member")
        return data


def pack(data: bytes) -> Member:
    """A Member of these bytes, deflated where that makes them smaller."""
    deflater = zlib.compressobj(_LEVEL, zlib.DEFLATED, -15)
    raw = deflater.compress(data) + deflater.flush()
    small = len(raw) < len(data)
    return Member(
        raw if small else data, _DEFLATED if small else _STORED, zlib.crc32(data), len(data)
    )


def read_archive(data: bytes) -> dict[str, Member]:
    """Members by name, in their order in the zip; folders and unsafe names are left out."""
    import zipfile  # filling from the cache only writes

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            infos = archive.infolist()
    except (zipfile.BadZipFile, ValueError, struct.error, NotImplementedError) as error:
        raise ArchiveError(str(error)) from error
    _check_limits(infos)
    members: dict[str, Member] = {}
    for info in infos:
        name = _safe_name(info.filename)
        if name and name not in members:
            members[name] = _member(data, info)
    return members


def _check_limits(infos: list[zipfile.ZipInfo]) -> None:
    sizes = [info.file_size for info in infos]
    if (
        len(sizes) > MAX_MEMBERS
        or max(sizes, default=0) > MAX_MEMBER_BYTES
        or sum(sizes) > MAX_TOTAL_BYTES
    ):
        raise ArchiveLimit


def _safe_name(name: str) -> str:
    clean = name.replace("\\", "/").lstrip("/")
    unsafe = clean.endswith("/") or ".." in clean.split("/")
    return "" if unsafe else clean


def _member(data: bytes, info: zipfile.ZipInfo) -> Member:
    if info.compress_type not in (_STORED, _DEFLATED) or info.flag_bits & 1:
        raise ArchiveError(f"{info.filename}: encrypted or unknown compression")
    try:
        header = _LOCAL.unpack_from(data, info.header_offset)
    except struct.error as error:
        raise ArchiveError(str(error)) from error
    start = info.header_offset + _LOCAL.size + header[-2] + header[-1]
    raw = data[start : start + info.compress_size]
    if len(raw) != info.compress_size:
        raise ArchiveError(f"{info.filename}: cut off")
    return Member(raw, info.compress_type, info.CRC, info.file_size)


def write_archive(members: Iterable[tuple[str, Member]]) -> bytes:
    """A zip of these members in this order; the same members give the same bytes."""
    parts: list[bytes] = []
    central: list[bytes] = []
    offset = 0
    for name, member in members:
        header, entry, raw_name = _headers(name, *member[1:], len(member.raw))
        central += (entry, offset.to_bytes(4, "little"), raw_name)
        parts += (header, member.raw)
        offset += len(header) + len(member.raw)
    directory = b"".join(central)
    count = len(central) // 3
    end = _END.pack(b"PK\5\6", 0, 0, count, count, len(directory), offset, 0)
    return b"".join([*parts, directory, end])


@lru_cache(maxsize=256)  # most members of a copy are those of the copy before
def _headers(
    name: str, method: int, crc: int, size: int, packed: int
) -> tuple[bytes, bytes, bytes]:
    """What stands before a member; its entry in the directory up to the offset; its name."""
    raw_name, flags = name.encode(), 0 if name.isascii() else _UTF8_NAME
    told = (flags, method, 0, _DATE, crc, packed, size, len(raw_name))
    header = _LOCAL.pack(b"PK\3\4", 20, 0, *told, 0) + raw_name
    return header, _CENTRAL.pack(b"PK\1\2", 20, 0, 20, 0, *told, 0, 0, 0, 0, 0), raw_name
