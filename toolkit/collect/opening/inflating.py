"""Inflating: the small members of a zip file, each at once.

In: the bytes of a zip file and the entry of a member in its directory. Out: the member; None where
it is large, encrypted, compressed in another way, or differs in anything from what its entry says:
then it has to be unpacked with counting. The same member of the next file is the same object, so
what was worked out about it is known. ISA-L does it in half of zlib's time; where it refuses a
member, zlib has the last word, as for all that is looked at closely.
"""

from __future__ import annotations

import struct
import zipfile
from functools import lru_cache

from toolkit.collect.opening.listing import Entry

try:
    from isal import isal_zlib as fast
except ImportError:  # it is not made for every machine
    import zlib as fast  # type: ignore[no-redef]

Refused: type[Exception] = fast.error  # type: ignore[assignment]  # the stub tells an instance

LOCAL = struct.Struct("<4s22x2H")  # its mark, the lengths of its name and of what follows it
MARK = b"PK\x03\x04"
LOCKED = 0x1 | 0x20 | 0x40  # encrypted, patched, strongly encrypted
MOST_PACKED, MOST = 1 << 17, 1 << 20  # bytes of a member, packed and not


def plainly(data: bytes, member: Entry) -> bytes | None:
    """A small member, checked against its entry; None where it has to be looked at closely."""
    _, flags, method, checksum, length, size, at, told = member
    if flags & LOCKED or length > MOST_PACKED or size > MOST:
        return None
    start = _start(data, at, told)
    packed = data[start : start + length]
    if not start or len(packed) < length:
        return None
    return content_of(packed, method, size, checksum)


def _start(data: bytes, at: int, told: str) -> int:
    """Where the content of a member begins; 0 where its own head is not what is told of it."""
    if at < 0 or at + LOCAL.size > len(data):
        return 0
    mark, named, more = LOCAL.unpack_from(data, at)
    alike = mark == MARK and told.isascii() and len(told) == named
    at += LOCAL.size
    return at + named + more if alike and data.startswith(told.encode(), at) else 0


@lru_cache(maxsize=256)
def content_of(packed: bytes, method: int, size: int, checksum: int) -> bytes | None:
    """What a member holds; None where it is not what its entry says."""
    if method == zipfile.ZIP_STORED:
        content = packed
    elif method == zipfile.ZIP_DEFLATED:
        inflate = fast.decompressobj(-15)
        try:
            content = inflate.decompress(packed, size + 1)
        except Refused:
            return None
        if not inflate.eof or inflate.unused_data:
            return None
    else:
        return None
    return content if len(content) == size and fast.crc32(content) == checksum else None
