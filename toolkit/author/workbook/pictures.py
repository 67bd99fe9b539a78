"""Pictures that are drawn, not stored: the place of a logo, the tints behind a matrix.

In: sizes. Out: PNG bytes, the same every time.
"""

from __future__ import annotations

import struct
import zlib
from functools import cache

_GREY, _GREY_ALPHA = 0, 4  # PNG colour types
_SIDE = 400
_TINTS = ((10, 24), (3, 10))  # how opaque: top left and right, bottom left and right


@cache
def placeholder(width: int, height: int) -> bytes:
    """A light grey field, where a picture will stand."""
    return _png(width, height, _GREY, (b"\x00" + b"\xe8" * width) * height)


@cache
def quadrants() -> bytes:
    """Four tints of transparent grey, darkest at the top right; they lie on any brand."""
    half = _SIDE // 2
    rows = (b"\x00" + _pixel(left) * half + _pixel(right) * half for left, right in _TINTS)
    return _png(_SIDE, _SIDE, _GREY_ALPHA, b"".join(row * half for row in rows))


def _pixel(opacity: int) -> bytes:
    return bytes((0x10, opacity))


def _png(width: int, height: int, kind: int, rows: bytes) -> bytes:
    head = struct.pack(">IIBBBBB", width, height, 8, kind, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"IDAT", zlib.compress(rows, 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(*chunk) for chunk in chunks)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
