"""The pre-scan of a worksheet: what it holds is counted before any library reads it.

In: the XML of one worksheet. Out: Marks: the cells that no reader of values tells apart (errors,
formulas without a value), formulas, percent cells, hidden rows, merged areas; or GateError where a
limit is hit. Streaming: memory does not grow with the sheet.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache
from xml.parsers import expat

from toolkit.collect.limits import Limits
from toolkit.collect.opening.package import GateError, rejected
from toolkit.collect.reading.formulas import Formulas
from toolkit.finding import Place

At = tuple[int, int]  # row and column, from 0
Area = tuple[int, int, int, int]  # first row, first column, last row, last column

Attributes = Mapping[str, str]
Handler = Callable[[Attributes], None]

DIGITS = "0123456789"
LETTERS = 3  # of the last column
ROOT = 4096  # bytes in which the root of a part begins


@dataclass
class Marks:
    """What a worksheet tells beside its values."""

    errors: set[At] = field(default_factory=set)
    uncomputed: set[At] = field(default_factory=set)
    formulas: Formulas = field(default_factory=Formulas)
    percents: set[At] = field(default_factory=set)
    hidden: set[int] = field(default_factory=set)
    merged: list[Area] = field(default_factory=list)
    comments: dict[At, str] = field(default_factory=dict)
    struck: dict[At, str] = field(default_factory=dict)  # what is left beside struck-out text
    twice: set[At] = field(default_factory=set)


def guarded(
    data: bytes,
    handlers_for: Callable[[str], Mapping[str, Handler]],
    place: Place,
    depth: int,
    said: Callable[[str], None] | None = None,
) -> None:
    """Parse XML with handlers of start tags, chosen by the name of the root.

    A handler of ``c`` hears of ``x:c`` too where no other prefix belongs to the root: the readers
    of values go by local names; ``said`` hears of text, if it is given. A document type, or more
    depth than the limit, rejects the file.
    """
    parser = expat.ParserCreate()
    ended: list[str] = []
    handlers: Mapping[str, Handler] = {}
    started = 0

    def opened(name: str, attributes: dict[str, str]) -> None:
        nonlocal started, handlers
        if not started:
            handlers = handlers_for(name)
        started += 1
        if started - len(ended) > depth:
            raise rejected("file-too-deep", place, limit=depth)
        handler = handlers.get(name) or (":" in name and handlers.get(name.partition(":")[2]))
        if handler:
            handler(attributes)

    def declared(*_: object) -> None:
        raise rejected("file-doctype", place)

    parser.StartElementHandler = opened
    parser.EndElementHandler = ended.append  # built in, and so the cheapest way to count
    parser.StartDoctypeDeclHandler = declared
    parser.CharacterDataHandler = said
    parser.buffer_text = True  # a text in one piece
    try:
        parser.Parse(data, True)
    except (expat.ExpatError, LookupError):  # an encoding nobody knows is a LookupError
        raise rejected("file-damaged", place) from None


def no_handlers(_: str) -> Mapping[str, Handler]:
    """Nothing is heard: only depth and document types are checked."""
    return {}


class Sheet:
    """The state of one pass over a worksheet."""

    def __init__(self, limits: Limits, place: Place, percent_styles: Collection[str]) -> None:
        self.marks = Marks()
        self.limits = limits
        self.place = place
        self.percent_styles = percent_styles
        self.row = -1
        self.digits = ""
        self.cells = 0
        self.attributes: Attributes = {}
        self.column = -1
        self.waiting: At | None = None  # a formula that has not shown a value yet
        self.shared = False  # whether the number of a shared text comes next
        self.furthest = -1
        self.shuffled = False  # whether values stand in another order than programs write them
        self.seen: set[At] | None = None  # where values stood, once it is worth the time

    def handlers(self, root: str) -> dict[str, Handler]:
        """What is heard of each start tag; the root tells the prefix of all others."""
        if root.rpartition(":")[2] != "worksheet":
            raise rejected("file-damaged", self.place)
        prefix = root.removesuffix("worksheet")
        own: dict[str, Handler] = {"row": self._row, "c": self._cell, "mergeCell": self._merge}
        own |= {"v": self._value, "is": self._value, "f": self._formula}
        return own | {prefix + key: handler for key, handler in own.items()}

    def _row(self, attributes: Attributes) -> None:
        number = attributes.get("r", "")
        self.row = int(number) - 1 if number else self.row + 1
        self.digits = f"{self.row + 1}"
        self.column = -1
        if attributes.get("hidden") in ("1", "true"):
            self.marks.hidden.add(self.row)

    def _cell(self, attributes: Attributes) -> None:
        if self.waiting:
            self.marks.uncomputed.add(self.waiting)
            self.waiting = None
        self.attributes = attributes
        reference = attributes.get("r")
        if not reference:
            self.column += 1
            return
        letters = reference.rstrip(DIGITS)
        self.column = column_of(letters)
        if reference[len(letters) :] != self.digits:  # readers go by the cell, not by its row
            self.row = int(reference[len(letters) :]) - 1
            self.digits = f"{self.row + 1}"

    def _value(self, _: Attributes) -> None:
        self._count()
        self.waiting = None
        at = (self.row << 16) + self.column
        if at <= self.furthest:
            self.shuffled = True
        self.furthest = at
        if self.seen is not None:
            self._again((self.row, self.column), self.seen)
        attributes = self.attributes
        kind = attributes.get("t")
        self.shared = kind == "s"
        if kind == "e":
            self.marks.errors.add((self.row, self.column))
        if self.percent_styles and attributes.get("s") in self.percent_styles:
            self.marks.percents.add((self.row, self.column))

    def said(self, text: str) -> None:
        """A text: where it is no number of a shared text, the reader would take the first one."""
        if self.shared:
            self.shared = False
            if not (text.isascii() and text.isdecimal()):
                raise rejected("file-damaged", self.place)

    def _again(self, at: At, seen: set[At]) -> None:
        """A value where one stood already: the readers know the last one only."""
        if at in seen:
            self.marks.twice.add(at)
        seen.add(at)

    def _formula(self, _: Attributes) -> None:
        self._count()
        self.waiting = (self.row, self.column)
        self.marks.formulas.add(self.waiting)

    def _count(self) -> None:
        self.cells += 1
        limits = self.limits
        over = not 0 <= self.row < limits.rows or self.column >= limits.columns
        if over or self.cells > limits.cells:
            raise too_large(self.place, limits)

    def _merge(self, attributes: Attributes) -> None:
        if len(self.marks.merged) >= self.limits.merges:
            raise rejected("sheet-too-many-merges", self.place, limit=self.limits.merges)
        area = area_of(attributes.get("ref", ""))
        if area:
            self.marks.merged.append(area)

    def done(self) -> Marks:
        """What was found."""
        if self.waiting:
            self.marks.uncomputed.add(self.waiting)
        return self.marks


def too_large(place: Place, limits: Limits) -> GateError:
    """The rejection of a sheet that goes beyond what is read."""
    told = {"rows": limits.rows, "columns": limits.columns, "cells": limits.cells}
    return rejected("sheet-too-large", place, **told)


def scan_sheet(
    data: bytes, place: Place, limits: Limits, percent_styles: Collection[str] = ()
) -> Marks:
    """The marks of a worksheet; ``percent_styles`` are the cell styles with a percent format."""
    sheet = _scanned(data, Sheet(limits, place, percent_styles))
    if sheet.shuffled:
        again = Sheet(limits, place, percent_styles)
        again.seen = set()
        sheet = _scanned(data, again)
    return sheet.done()


def _scanned(data: bytes, sheet: Sheet) -> Sheet:
    try:
        guarded(data, sheet.handlers, sheet.place, sheet.limits.xml_depth, sheet.said)
    except ValueError:  # a row or column that is no number
        raise rejected("file-damaged", sheet.place) from None
    return sheet


def root_of(data: bytes) -> tuple[str, Attributes]:
    """The name and the attributes of the root of a part; '' where there is none."""
    found: list[tuple[str, Attributes]] = []
    parser = expat.ParserCreate()

    def opened(name: str, attributes: dict[str, str]) -> None:
        found.append((name, attributes))
        parser.StartElementHandler = None

    parser.StartElementHandler = opened
    with suppress(expat.ExpatError, LookupError):
        parser.Parse(data[:ROOT], False)
    return found[0] if found else ("", {})


@cache
def column_of(letters: str) -> int:
    """``A`` -> 0, ``AB`` -> 27; ValueError for what is no column."""
    number = 0
    if len(letters) > LETTERS:
        raise ValueError(letters)
    for letter in letters.upper():
        if not "A" <= letter <= "Z":
            raise ValueError(letters)
        number = number * 26 + ord(letter) - 64
    return number - 1


def at_of(reference: str) -> At | None:
    """``$C$7`` -> (6, 2); None for what is no cell."""
    plain = reference.replace("$", "")
    letters = plain.rstrip(DIGITS)
    digits = plain[len(letters) :]
    if not letters.isalpha() or not letters.isascii() or len(letters) > 3:
        return None
    if not 0 < len(digits) <= 7:
        return None
    return int(digits) - 1, column_of(letters)


def area_of(reference: str) -> Area | None:
    """``B5:F9`` -> (4, 1, 8, 5); a single cell is an area of one; None for anything else."""
    first, _, last = reference.partition(":")
    start, end = at_of(first), at_of(last or first)
    return (*start, *end) if start and end else None


def cell_name(at: At) -> str:
    """(6, 2) -> ``C7``."""
    row, column = at
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row + 1}"
