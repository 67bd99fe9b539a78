"""Whether text fits: an estimate of the lines a text needs in a box.

In: text, its size in points and font, the box in points. Out: lines needed and lines with room.
Character widths are those of Calibri (Carlito has the same), in thousandths of the size; other
fonts are taken as so much wider or narrower. Lines break at spaces; a line is 1.22 sizes high.
It is an estimate: it says "probably", and only when a line more than fits is needed.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from toolkit.office.record import Record

LINE_HEIGHT = 1.22
_FIRST = 32
_WIDTHS = (
    226, 326, 401, 498, 507, 715, 682, 221, 303, 303, 498, 498, 250, 306, 252, 386,
    507, 507, 507, 507, 507, 507, 507, 507, 507, 507, 268, 268, 498, 498, 498, 463,
    894, 579, 544, 533, 615, 488, 459, 631, 623, 252, 319, 520, 420, 855, 646, 662,
    517, 673, 543, 459, 487, 642, 567, 890, 519, 487, 468, 307, 386, 307, 498, 498,
    291, 479, 525, 423, 525, 498, 305, 471, 525, 230, 239, 455, 230, 799, 525, 527,
    525, 525, 349, 391, 335, 525, 452, 715, 433, 453, 395, 314, 460, 314, 498,
)  # fmt: skip
_CHARACTERS = {chr(_FIRST + index): width for index, width in enumerate(_WIDTHS)} | {
    "æ": 773, "ø": 529, "å": 479, "ä": 479, "ö": 527, "Æ": 763, "Ø": 664, "Å": 579, "Ä": 579,
    "Ö": 662, "–": 498, "—": 905, "…": 690, "•": 498, "\u00a0": 226, "\u00ad": 0,
}  # fmt: skip
_OTHER, _WIDEST = 540, 905
_FONTS = {
    "arial narrow": 0.91, "arial": 1.11, "helvetica": 1.11, "liberation sans": 1.11,
    "segoe ui": 1.10, "aptos": 1.08, "open sans": 1.17, "noto sans": 1.17, "roboto": 1.09,
    "verdana": 1.28, "tahoma": 1.12, "georgia": 1.13, "dejavu sans": 1.26,
    "trebuchet ms": 1.09, "century gothic": 1.17, "courier new": 1.46, "consolas": 1.34,
}  # fmt: skip
_BOLD, _BOLD_OTHER = 1.03, 1.08  # bold letters against others: of Calibri, of most fonts
_BOLDER = {"verdana": 1.15, "dejavu sans": 1.15, "georgia": 1.13, "courier new": 1.0}


class Line(Record):
    """One paragraph to be set: its text, size in points, and points lost to its indent.

    ``spacing`` is the height of its lines as a share of the usual, ``before`` the points above it.
    """

    text: str
    size: float
    indent: float = 0.0
    bold: bool = False
    spacing: float = 1.0
    before: float = 0.0

    def scaled(self, scale: float) -> Line:
        """The paragraph in smaller letters."""
        return self._replace(size=self.size * scale, before=self.before * scale)


class _Widths(dict[str, int]):
    def __missing__(self, character: str) -> int:
        return _OTHER


_width_of = _Widths(_CHARACTERS).__getitem__


def width(text: str, size: float, font: str = "Calibri") -> float:
    """The width of a text on one line, in points."""
    return sum(map(_width_of, text)) * size / 1000 * _FONTS.get(font.casefold(), 1.0)


@lru_cache(maxsize=4096)  # the texts of a template come again in every copy
def wrapped(line: Line, room: float, font: str) -> int:
    """How many lines a paragraph takes in a column ``room`` points wide."""
    size = _set_size(line, font)
    available = max(room - line.indent, size)
    return sum(_broken(part, size, available, font) for part in line.text.split("\n"))


@lru_cache(maxsize=4096)
def breaks_words(line: Line, room: float, font: str) -> bool:
    """Whether a word of a paragraph is wider than its column, so that it is cut in two."""
    size = _set_size(line, font)
    most = _WIDEST * size / 1000 * _FONTS.get(font.casefold(), 1.0)
    words = (word for word in line.text.split() if len(word) * most > room - line.indent)
    return any(width(word, size, font) > room - line.indent for word in words)


def _set_size(line: Line, font: str) -> float:
    """The size to count with: bold letters are wider, in some fonts much."""
    face = font.casefold()
    bold = _BOLD if face in ("calibri", "carlito") else _BOLDER.get(face, _BOLD_OTHER)
    return line.size * (bold if line.bold else 1.0)


def _broken(text: str, size: float, room: float, font: str) -> int:
    most = len(text) * _WIDEST * size / 1000 * _FONTS.get(font.casefold(), 1.0)
    if most <= room or width(text, size, font) <= room:
        return 1
    space = width(" ", size, font)
    count, used = 1, 0.0
    for word in text.split(" "):
        wide = width(word, size, font)
        if used and used + space + wide > room:
            count, used = count + 1, 0.0
        extra, used = divmod((used + space if used else 0.0) + wide, room)
        count += int(extra)
    return count


def height(lines: Iterable[Line], room: float, font: str) -> float:
    """The height the paragraphs take in a column ``room`` points wide, in points."""
    return sum(
        wrapped(line, room, font) * line.size * line.spacing * LINE_HEIGHT
        + (line.before if n else 0)
        for n, line in enumerate(lines)
    )
