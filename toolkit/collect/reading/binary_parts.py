"""The sheets of a binary workbook (xlsb): counted before a library reads them, and their marks.

In: the parts of an xlsb package. Out: the marks of each sheet by its name, as those of an xlsx;
GateError where a limit is hit.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from toolkit.collect.limits import Limits
from toolkit.collect.opening.package import rejected
from toolkit.collect.reading.binary_looks import looks_in
from toolkit.collect.reading.binary_records import bodies, number, records, text
from toolkit.collect.reading.parts import relations
from toolkit.collect.reading.scan import At, Marks, too_large
from toolkit.collect.reading.struck import CellLooks
from toolkit.finding import Place

Parts = Mapping[str, bytes]

BEGIN_SHEET = b"\x81\x01"
ROW, MERGE, NAME = 0, 176, 39
HIDDEN_AT, HIDDEN = 11, 0x10
ERRORS, COMPUTED = frozenset({3, 11}), frozenset({8, 9, 10, 11})
TEXTS, TEXT = (6, 8), 12  # cells that hold a text, and where in them it begins
CELLS = frozenset({*range(2, 12), 62})
"""Cells that hold something; a blank one with a look is number 1."""
SHEET = 156
SHARED = 7  # a cell with a text of the workbook
COMMENT, COMMENT_TEXT = 635, 637


def scan_binary(parts: Parts, main: str, place: Place, limits: Limits) -> dict[str, Marks]:
    """The marks of every sheet; the rows, columns, cells, merged areas and names are counted."""
    looks, texts = looks_in(parts)
    scanned = {
        name: _Sheet(looks, texts, place, limits).marks_of(data)
        for name, data in parts.items()
        if name.endswith(".bin") and data.startswith(BEGIN_SHEET)
    }
    for name, data in parts.items():
        named = name.endswith(".bin") and name not in scanned
        if named and sum(kind == NAME for kind, _, _ in records(data)) > limits.names:
            raise rejected("file-too-many-names", place, limit=limits.names)
    paths = ((title, path) for title, path in sheets_of(parts, main, place) if path in scanned)
    marks = {title: scanned[path] for title, path in paths}
    for title, path in sheets_of(parts, main, place):
        if title in marks:
            marks[title].comments |= _comments(parts, path, place)
    return marks


def sheets_of(parts: Parts, main: str, place: Place) -> list[tuple[str, str]]:
    """Every sheet of a workbook: what it is called, and its part."""
    targets = relations(parts, main, place)
    found = []
    for kind, data in bodies(parts.get(main, b"")):
        if kind == SHEET:
            relation, end = text(data, 8)
            title, _ = text(data, end)
            found.append((title, targets.get(relation, ("", ""))[1]))
    return found


class _Sheet:
    """One pass over the records of a worksheet."""

    def __init__(
        self, looks: CellLooks, texts: Mapping[int, str], place: Place, limits: Limits
    ) -> None:
        self.looks, self.texts, self.place, self.limits = looks, texts, place, limits
        self.marks = Marks()
        self.row, self.cells = -1, 0

    def marks_of(self, data: bytes) -> Marks:
        """What it tells beside its values."""
        for kind, start, size in records(data):
            if start + size > len(data):
                raise rejected("file-damaged", self.place)
            if kind == ROW:
                self._row(data[start : start + size])
            elif kind in CELLS:
                self._cell(kind, data[start : start + size])
            elif kind == MERGE:
                self._merge(data[start : start + size])
        return self.marks

    def _row(self, data: bytes) -> None:
        before, self.row = self.row, number(data, 0)
        if self.row < before:  # calamine asks for memory from the first row to the last
            raise rejected("file-damaged", self.place)
        if data[HIDDEN_AT : HIDDEN_AT + 1] and data[HIDDEN_AT] & HIDDEN:
            self.marks.hidden.add(self.row)

    def _cell(self, kind: int, data: bytes) -> None:
        column, limits = number(data, 0), self.limits
        self.cells += 1
        self._check_text(kind, data)
        over = self.row >= limits.rows or column >= limits.columns or self.cells > limits.cells
        if over:
            raise too_large(self.place, limits)
        at = (self.row, column)
        if kind in ERRORS:
            self.marks.errors.add(at)
        if kind in COMPUTED:
            self.marks.formulas.add(at)
        self._look(at, kind, data)

    def _look(self, at: At, kind: int, data: bytes) -> None:
        """Whether a cell shows per cent, and what of it is struck out."""
        look = number(data, 4, 3)
        if look in self.looks.percents:
            self.marks.percents.add(at)
        if look in self.looks.struck:
            self.marks.struck[at] = ""
        elif self.texts and kind == SHARED and number(data, 8) in self.texts:
            self.marks.struck[at] = self.texts[number(data, 8)]

    def _check_text(self, kind: int, data: bytes) -> None:
        """A text longer than its record would be read from what stands behind it."""
        if kind in TEXTS and TEXT + 2 * number(data, TEXT - 4) > len(data):
            raise rejected("file-damaged", self.place)

    def _merge(self, data: bytes) -> None:
        top, bottom, left, right = (number(data, 4 * n) for n in range(4))
        self.marks.merged.append((top, left, bottom, right))
        if len(self.marks.merged) > self.limits.merges:
            raise rejected("sheet-too-many-merges", self.place, limit=self.limits.merges)


def _comments(parts: Parts, sheet: str, place: Place) -> Iterator[tuple[At, str]]:
    """What people wrote in notes, by cell."""
    at = (0, 0)
    for kind, path in relations(parts, sheet, place).values():
        for record, data in bodies(parts.get(path, b"")) if kind == "comments" else ():
            if record == COMMENT:
                at = number(data, 4), number(data, 12)
            elif record == COMMENT_TEXT:
                yield at, text(data, 1)[0]
