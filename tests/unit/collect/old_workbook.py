"""A note put into an old workbook (xls), as Excel writes one. Source: [MS-XLS], [MS-CFB]."""

from __future__ import annotations

import struct

from toolkit.collect.opening.compound import SIGNATURE, compound

SHEET, END, SECTOR = 0x85, 0x0A, 512


def with_note(data: bytes, sheet: int, at: tuple[int, int], text: str) -> bytes:
    """The workbook with a note at a cell of one of its sheets, by number."""
    stream = bytearray(compound(data).content("Workbook"))
    starts = [place for place, kind, _ in _records(stream, 0) if kind == SHEET]
    begins = [struct.unpack_from("<I", stream, place + 4)[0] for place in starts]
    end = next(place for place, kind, _ in _records(stream, begins[sheet]) if kind == END)
    note = _note(at, text)
    for place, begin in zip(starts, begins, strict=True):
        if begin > end:
            struct.pack_into("<I", stream, place + 4, begin + len(note))
    return _container(bytes(stream[:end] + note + stream[end:]))


def _records(stream: bytes | bytearray, at: int) -> list[tuple[int, int, int]]:
    found = []
    while not found or found[-1][1] != END:
        kind, size = struct.unpack_from("<HH", stream, at)
        found.append((at, kind, size))
        at += 4 + size
    return found


def _note(at: tuple[int, int], text: str) -> bytes:
    """The object that is drawn, its text, and the cell it belongs to; written by nobody."""
    drawn = struct.pack("<HHHHH", 0x15, 0x12, 0x19, 900, 0x4011) + bytes(12) + bytes(4)
    wide = text.encode("utf-16-le")
    about = struct.pack("<HH6xHH4x", 0x0212, 0, len(wide) // 2, 16)
    look = struct.pack("<HH4xHH4x", 0, 0, len(wide) // 2, 0)
    cell = struct.pack("<HHHHHB", *at, 0, 900, 1, 0) + b"x\0"
    parts = ((0x5D, drawn), (0x1B6, about), (0x3C, b"\1" + wide), (0x3C, look), (0x1C, cell))
    return b"".join(struct.pack("<HH", kind, len(own)) + own for kind, own in parts)


def _container(stream: bytes) -> bytes:
    """A compound file with the stream of a workbook and nothing else."""
    held = -(-max(len(stream), 4096) // SECTOR)
    tables = -(-(held + 4) // 127)
    first = tables + 1
    chain = [0xFFFFFFFD] * tables + [0xFFFFFFFE]
    chain += [*range(first + 1, first + held), 0xFFFFFFFE]
    chain += [0xFFFFFFFF] * (tables * 128 - len(chain))
    head = SIGNATURE + bytes(16) + struct.pack("<5H6x", 0x3E, 3, 0xFFFE, 9, 6)
    head += struct.pack("<9I", 0, tables, tables, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    named = [*range(tables), *[0xFFFFFFFF] * (109 - tables)]
    entries = _entry("Root Entry", 5, 0xFFFFFFFE, 0, 1)
    entries += _entry("Workbook", 2, first, max(len(stream), 4096), 0xFFFFFFFF)
    table = struct.pack(f"<{tables * 128}I", *chain)
    body = entries.ljust(SECTOR, b"\0") + stream.ljust(held * SECTOR, b"\0")
    return head + struct.pack("<109I", *named) + table + body


def _entry(name: str, kind: int, start: int, size: int, child: int) -> bytes:
    coded = name.encode("utf-16-le")
    head = struct.pack("<HBB", len(coded) + 2, kind, 1)
    links = struct.pack("<3I36xIQ", 0xFFFFFFFF, 0xFFFFFFFF, child, start, size)
    return coded.ljust(64, b"\0") + head + links
