"""Notes of an old workbook (xls): what people wrote beside cells. Source: [MS-XLS].

In: the records of a sheet. Out: the text of each note, and who wrote it, by cell. A note is told in
three places: the object that is drawn, the text after it, and last the cell it belongs to.
"""

from __future__ import annotations

from collections.abc import Iterable

from toolkit.collect.reading.scan import At

NOTE, OBJECT, TEXT, GOES_ON = 0x001C, 0x005D, 0x01B6, 0x003C
LENGTH_AT = 10  # of the text, in its record
WIDE = 0x01  # whether letters are two bytes each


def notes_of(records: Iterable[tuple[int, bytes]]) -> dict[At, str]:
    """What the notes of a sheet say, by cell."""
    texts: dict[int, str] = {}
    found: dict[At, str] = {}
    number, left = 0, 0
    for kind, data in records:
        if kind == OBJECT:
            number = _number(data, 6)
        elif kind == TEXT:
            left = _number(data, LENGTH_AT)
            texts[number] = ""
        elif kind == GOES_ON and left > 0 and number in texts:
            piece = letters(data[1:], left, wide=bool(data[:1]) and bool(data[0] & WIDE))
            texts[number] += piece
            left -= len(piece)
        elif kind == NOTE:
            at = _number(data, 0), _number(data, 2)
            who = letters(data[11:], _number(data, 8), wide=bool(_number(data, 10, 1) & WIDE))
            found[at] = f"{who}\n{texts.get(_number(data, 6), '')}".strip()
    return found


def title_of(data: bytes) -> str:
    """What a sheet is called, in the record that tells where it begins."""
    return letters(data[8:], _number(data, 6, 1), wide=bool(_number(data, 7, 1) & WIDE))


def letters(data: bytes, count: int, *, wide: bool) -> str:
    """So many letters; fewer where the bytes end."""
    if wide:
        return data[: 2 * count].decode("utf-16-le", "replace")
    return data[:count].decode("latin-1")


def _number(data: bytes, at: int, size: int = 2) -> int:
    return int.from_bytes(data[at : at + size], "little")
