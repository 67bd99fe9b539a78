"""The records binary workbooks (xlsb) are made of. Source: [MS-XLSB].

In: the bytes of a part. Out: its records, each a number and a length in groups of seven bits and
then the data; and the numbers and texts in these.
"""

from __future__ import annotations

from collections.abc import Iterator

NONE = 0xFFFFFFFF  # the length of a text that is not there


def records(data: bytes) -> Iterator[tuple[int, int, int]]:
    """Every record as its number, where its data begin, and how long they are."""
    at, end = 0, len(data)
    while at < end:
        kind, at = _sevens(data, at, 2)
        size, at = _sevens(data, at, 4)
        yield kind, at, size
        at += size


def _sevens(data: bytes, at: int, most: int) -> tuple[int, int]:
    number = 0
    for shift in range(0, 7 * most, 7):
        if at >= len(data):
            break
        byte = data[at]
        at += 1
        number |= (byte & 127) << shift
        if byte < 128:
            break
    return number, at


def bodies(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Every record as its number and its data."""
    return ((kind, data[start : start + size]) for kind, start, size in records(data))


def number(data: bytes, at: int, size: int = 4) -> int:
    """A number of some bytes."""
    return int.from_bytes(data[at : at + size], "little")


def text(data: bytes, at: int) -> tuple[str, int]:
    """A text and where it ends; '' for one that is not there or longer than its record."""
    length = number(data, at)
    end = at + 4 + 2 * length
    if length == NONE or end > len(data):
        return "", at + 4
    return data[at + 4 : end].decode("utf-16-le", "replace"), end
