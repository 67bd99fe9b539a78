"""Struck-out text: what people crossed out in a cell instead of deleting it.

In: the styles, the shared texts and a sheet of an xlsx package. Out: the cells with struck-out text
and what is left of each.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from toolkit.collect.reading.scan import At, at_of
from toolkit.office.package.markup import Element

OFF = ("0", "false")


@dataclass(frozen=True)
class Strikes:
    """What strikes out: cell styles by number, and shared texts by number with what is left."""

    styles: frozenset[str] = frozenset()
    texts: Mapping[str, str] | None = None

    def __bool__(self) -> bool:
        return bool(self.styles or self.texts)


@dataclass(frozen=True)
class CellLooks:
    """What cell styles of a binary file say, by number: which show per cent, which strike out."""

    percents: frozenset[int]
    struck: frozenset[int]


def strikes_of(styles: Element | None, texts: Element | None) -> Strikes:
    """What the styles and the shared texts of a workbook strike out; None where none could."""
    return Strikes(
        _styles(styles) if styles is not None else frozenset(),
        _texts(texts) if texts is not None else {},
    )


def _styles(root: Element) -> frozenset[str]:
    fonts = next(root.iter("{*}fonts"), ())
    struck = {f"{number}" for number, font in enumerate(fonts) if _strikes(font)}
    cells = next(root.iter("{*}cellXfs"), ())
    return frozenset(f"{number}" for number, xf in enumerate(cells) if xf.get("fontId") in struck)


def _strikes(look: Element) -> bool:
    marks = look.iter("{*}strike")
    return any(mark.get("val", "1") not in OFF for mark in marks)


def _texts(root: Element) -> dict[str, str]:
    items = enumerate(root.iter("{*}si"))
    return {f"{number}": _left(item) for number, item in items if _partly(item)}


def _partly(item: Element) -> bool:
    return any(_strikes(run) for run in item.iter("{*}r"))


def _left(item: Element) -> str:
    """What is left of a text without its struck-out pieces."""
    kept = (run for run in item.iter("{*}r") if not _strikes(run))
    return "".join(str(piece.text or "") for run in kept for piece in run.iter("{*}t"))


def struck_cells(sheet: Element, strikes: Strikes) -> dict[At, str]:
    """The cells of a sheet with struck-out text, and what is left of each."""
    return dict(_struck(sheet.iter("{*}c"), strikes))


def _struck(cells: Iterable[Element], strikes: Strikes) -> Iterator[tuple[At, str]]:
    texts = strikes.texts or {}
    for cell in cells:
        at = at_of(cell.get("r", ""))
        own = next(cell.iter("{*}v", "{*}is"), None)
        if at is None or own is None:
            continue
        if cell.get("s") in strikes.styles:
            yield at, ""
        elif cell.get("t") == "s" and (own.text or "") in texts:
            yield at, texts[own.text or ""]
        elif cell.get("t") == "inlineStr" and _partly(own):
            yield at, _left(own)
