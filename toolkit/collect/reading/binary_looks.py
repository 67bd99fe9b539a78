"""What the styles of a binary workbook (xlsb) say of its cells. Source: [MS-XLSB].

In: the parts of an xlsb package. Out: which cell styles show per cent and which strike out, and of
the shared texts that are struck out in part what is left.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from toolkit.collect.reading.binary_records import bodies, number, text
from toolkit.collect.reading.looks import BUILT_IN_PERCENTS, is_percent
from toolkit.collect.reading.struck import CellLooks

FONT, FORMAT, BEGIN_LOOKS, LOOK, TEXT = 43, 44, 617, 47, 19
STRUCK, RICH = 0x08, 0x01
RUN = 4  # bytes of a run: where it begins, and its font

Parts = Mapping[str, bytes]


def looks_in(parts: Parts) -> tuple[CellLooks, dict[int, str]]:
    """What cell styles say, and what is left of shared texts by their numbers."""
    percents = {int(n) for n in BUILT_IN_PERCENTS}
    looks: list[tuple[int, int]] = []
    fonts: list[bool] = []
    for kind, data in bodies(parts.get("xl/styles.bin", b"")):
        if kind == FONT:
            fonts.append(bool(number(data, 2, 2) & STRUCK))
        elif kind == FORMAT and is_percent(text(data, 2)[0]):
            percents.add(number(data, 0, 2))
        elif kind == BEGIN_LOOKS:
            looks.clear()  # those before are what named styles look like
        elif kind == LOOK:
            looks.append((number(data, 2, 2), number(data, 4, 2)))
    struck = {n for n, strikes in enumerate(fonts) if strikes}
    told = CellLooks(
        frozenset(n for n, (format, _) in enumerate(looks) if format in percents),
        frozenset(n for n, (_, font) in enumerate(looks) if font in struck),
    )
    return told, dict(_texts(parts, struck)) if struck else {}


def _texts(parts: Parts, struck: Collection[int]) -> Iterator[tuple[int, str]]:
    """The shared texts that are struck out in part, and what is left of each."""
    items = (data for kind, data in bodies(parts.get("xl/sharedStrings.bin", b"")) if kind == TEXT)
    for n, data in enumerate(items):
        whole, end = text(data, 1)
        runs = list(_runs(data, end)) if number(data, 0, 1) & RICH else []
        if any(font in struck for _, font in runs):
            yield n, _left(whole, runs, struck)


def _runs(data: bytes, at: int) -> Iterator[tuple[int, int]]:
    """Where each run of a text begins, and the number of its font."""
    for start in range(at + 4, min(at + 4 + RUN * number(data, at), len(data) - RUN + 1), RUN):
        yield number(data, start, 2), number(data, start + 2, 2)


def _left(whole: str, runs: list[tuple[int, int]], struck: Collection[int]) -> str:
    """A text without its struck-out runs; what stands before the first run has no font."""
    ends = [*(start for start, _ in runs[1:]), len(whole)]
    kept = (
        whole[start:end]
        for (start, font), end in zip(runs, ends, strict=True)
        if font not in struck
    )
    return whole[: runs[0][0]] + "".join(kept)
