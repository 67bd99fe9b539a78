"""The compound file: the container of Office before 2007, and the wrapping of locked files.

In: its bytes. Out: the names in its directory, and the first bytes of a stream; Broken where it is
cut off or a chain of sectors leads in a circle, which readers would follow until memory is full.
Source: [MS-CFB].
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

SIGNATURE = bytes.fromhex("d0cf11e0a1b11ae1")
HEADER, ENTRY = 512, 128
IN_HEADER = 109  # sectors of the allocation table that the header itself names
LAST = 0xFFFFFFFA  # this number and those above are no sectors
SMALL = 4096  # a stream below this size lies in the stream of the root, in pieces
PIECE = 64
ROOT = "Root Entry"


class Broken(ValueError):
    """No whole compound file."""


@dataclass(frozen=True)
class Stream:
    """One entry of the directory."""

    start: int
    size: int


@dataclass(frozen=True)
class Compound:
    """The directory, and where the sectors of every stream lie."""

    data: bytes
    sector: int
    table: tuple[int, ...]
    streams: Mapping[str, Stream]
    small: int = LAST  # where the table of small streams begins

    def sectors(self, start: int) -> Iterator[int]:
        """The numbers of a chain of sectors; Broken where it leaves the file or never ends."""
        for _ in range(len(self.table) + 1):
            if start >= LAST:
                return
            if start >= len(self.table) or self.sector * (start + 1) >= len(self.data):
                raise Broken
            yield start
            start = self.table[start]
        raise Broken

    def content(self, name: str) -> bytes:
        """A whole stream; '' for one that is not there."""
        stream = self.streams.get(name)
        if stream is None:
            return b""
        if stream.size >= SMALL:
            return self._joined(stream.start)[: stream.size]
        table = self._joined(self.small)
        place = self._joined(self.streams[ROOT].start)
        chain = struct.unpack(f"<{len(table) // 4}I", table)
        at, parts = stream.start, list[bytes]()
        while at < LAST and len(parts) <= len(chain):
            if at >= len(chain):
                raise Broken
            parts.append(place[at * PIECE : (at + 1) * PIECE])
            at = chain[at]
        return b"".join(parts)[: stream.size]

    def _joined(self, start: int) -> bytes:
        places = (self.sector * (number + 1) for number in self.sectors(start))
        return b"".join(self.data[at : at + self.sector] for at in places)


def compound(data: bytes) -> Compound:
    """The directory of a compound file; every chain was followed to its end."""
    try:
        shift, first, first_small = (*struct.unpack_from("<H", data, 30), *_starts(data))
        if shift not in (9, 12):
            raise Broken
        table = _table(data, 1 << shift)
        bare = Compound(data, 1 << shift, table, {})
        directory = bare._joined(first)
        found = Compound(data, 1 << shift, table, dict(_entries(directory)), first_small)
        if ROOT not in found.streams:
            raise Broken
        for start in (first_small, found.streams[ROOT].start, *_long_streams(found)):
            for _ in found.sectors(start):
                pass
    except struct.error:
        raise Broken from None
    return found


def _starts(data: bytes) -> tuple[int, int]:
    """The first sector of the directory, and of the table of small streams."""
    return struct.unpack_from("<I", data, 48)[0], struct.unpack_from("<I", data, 60)[0]


def _table(data: bytes, sector: int) -> tuple[int, ...]:
    """The allocation table: for every sector the one that follows it."""
    numbers = [n for n in struct.unpack_from(f"<{IN_HEADER}I", data, 76) if n < LAST]
    more, in_sector = struct.unpack_from("<I", data, 68)[0], sector // 4
    for _ in range(len(data) // sector):
        if more >= LAST:
            break
        listed = struct.unpack_from(f"<{in_sector}I", data, sector * (more + 1))
        numbers += [n for n in listed[:-1] if n < LAST]
        more = listed[-1]
    if len(numbers) > len(data) // sector:
        raise Broken
    parts = (struct.unpack_from(f"<{in_sector}I", data, sector * (n + 1)) for n in numbers)
    return tuple(number for part in parts for number in part)


def _entries(directory: bytes) -> Iterator[tuple[str, Stream]]:
    for at in range(0, len(directory) - ENTRY + 1, ENTRY):
        length = struct.unpack_from("<H", directory, at + 64)[0]
        kind, start = directory[at + 66], struct.unpack_from("<I", directory, at + 116)[0]
        size = struct.unpack_from("<I", directory, at + 120)[0]
        if kind and 2 <= length <= 64:
            name = directory[at : at + length - 2].decode("utf-16-le", "replace")
            yield name, Stream(start, size if kind == 2 else 0)


def _long_streams(whole: Compound) -> Iterator[int]:
    return (stream.start for stream in whole.streams.values() if stream.size >= SMALL)
