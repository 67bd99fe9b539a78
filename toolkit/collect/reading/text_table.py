"""Text tables: a sheet saved as .csv, or as text with tabs, as a book of one page.

In: the bytes of a text. Out: a Book of one sheet named like the file, as Excel names it. What
parts the values is found in the text itself: ``;`` ``,`` or a tab; so is how its letters are coded:
UTF-8, UTF-16 with a mark, else Windows' own for western Europe. GateError where it is no table.
"""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator
from pathlib import PurePosixPath

from toolkit.collect.limits import Limits
from toolkit.collect.opening.package import rejected
from toolkit.collect.reading.book import Book, Page
from toolkit.collect.reading.scan import Marks, too_large
from toolkit.finding import Place

SEPARATORS = ";\t,"  # the first of those that part as many lines
TOLD = "sep="  # Excel's own first line that tells what parts the values
WIDE = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
ENCODINGS = ("utf-8-sig", "cp1252")
LONGEST_NAME = 31  # letters of a sheet's name


def read_text(data: bytes, place: Place, limits: Limits) -> Book:
    """The one sheet of a text."""
    text, separator = _told(_decoded(data, place))
    rows = list(_rows(text, separator or _separator(text), place, limits))
    width = max(map(len, rows), default=0)
    if len(rows) * width > limits.area:
        raise rejected("sheet-too-spread", place, limit=limits.area)
    name = PurePosixPath(place.file).stem[:LONGEST_NAME]
    filled = tuple((*row, *[""] * (width - len(row))) for row in rows)
    return Book((Page(name, filled, Marks()),), {}, {}, of_text=True)


def _decoded(data: bytes, place: Place) -> str:
    """The text; Windows' own letters where it is not Unicode."""
    for encoding in ("utf-16",) if data.startswith(WIDE) else ENCODINGS:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise rejected("file-damaged", place)


def _told(text: str) -> tuple[str, str]:
    """The text without the line that tells its separator, and that separator."""
    first, _, rest = text.partition("\n")
    line = first.strip("\r")
    if line.casefold().startswith(TOLD) and len(line) == len(TOLD) + 1:
        return rest, line[-1]
    return text, ""


def _separator(text: str) -> str:
    """What parts the values of most lines, outside quotation marks."""
    lines = ["".join(line.split('"')[::2]) for line in text.splitlines()]
    return max(
        SEPARATORS,
        key=lambda mark: (sum(mark in line for line in lines), sum(x.count(mark) for x in lines)),
    )


def _rows(text: str, separator: str, place: Place, limits: Limits) -> Iterator[list[str]]:
    """The rows without the blanks at their ends, counted while they are read."""
    cells = 0
    try:
        for number, row in enumerate(
            csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
        ):
            while row and not row[-1]:
                row.pop()
            cells += len(row)
            if number >= limits.rows or len(row) > limits.columns or cells > limits.cells:
                raise too_large(place, limits)
            yield row
    except csv.Error:
        raise rejected("file-damaged", place) from None
