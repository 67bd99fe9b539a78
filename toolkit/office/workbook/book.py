"""A compiled workbook, filled as often as one wants.

In: what compiling found out; then data. Out: the filled package, with the warnings of the fill.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from copy import deepcopy
from pathlib import Path
from typing import Any

from toolkit.finding import Finding, has_errors
from toolkit.office.engine import Engine
from toolkit.office.package.markup import Element, serialise
from toolkit.office.package.package import Package
from toolkit.office.record import Record
from toolkit.office.references.areas import MAX_COLUMN, MAX_ROW
from toolkit.office.references.formula import Formula, remember
from toolkit.office.run import Run
from toolkit.office.tags.stream import Stream
from toolkit.office.workbook.blanks import Need
from toolkit.office.workbook.copies import copy_sheet, remove_sheet
from toolkit.office.workbook.filling import (
    OutSheet,
    cell_reader,
    make_follower,
    read_sheets,
)
from toolkit.office.workbook.names import BookTemplate, SheetEntry, write_book
from toolkit.office.workbook.output import Output
from toolkit.office.workbook.pivots import follow_pivots
from toolkit.office.workbook.steady import Links, is_steady
from toolkit.office.workbook.strings import Strings
from toolkit.office.workbook.styles import Styles
from toolkit.office.workbook.template import SheetTemplate
from toolkit.office.workbook.texts import write_texts
from toolkit.office.workbook.values import MAX_TEXT, CellWriter
from toolkit.office.workbook.writing import SheetWriter
from toolkit.office.xml_part import XmlPart


class Parts(Record):
    """The names of the parts every workbook has."""

    main: str
    strings: str
    styles: str


class Still(Record):
    """What is the same in every fill.

    ``links`` are those of each sheet, ``filled`` the names of the sheets with tags, ``caches``
    those of pivots by part, ``sheet_ids`` the relationship ids of sheets by part, ``formulas`` what
    rules, charts and names say, parsed.
    """

    needs: list[Need]
    links: list[Links | None]
    filled: frozenset[str]
    caches: Mapping[str, Element]
    sheet_ids: Mapping[str, str]
    formulas: Mapping[str, Formula]


class Workbook(Record):
    """A compiled workbook template. ``findings`` are warnings about the template itself."""

    package: Package
    engine: Engine
    parts: Parts
    from_1904: bool
    strings: Strings
    styles: Styles
    book: BookTemplate
    sheets: list[SheetTemplate]
    stream: Stream
    properties: list[XmlPart]
    findings: tuple[Finding, ...]
    still: Still

    def render(
        self, context: Mapping[str, Any], base: Path | None
    ) -> tuple[Package, tuple[Finding, ...]]:
        """The filled package and its warnings; raises TemplateError with every finding."""
        run = self.engine.begin(context, base)
        remember(self.still.formulas)
        pieces = self.engine.render(self.stream, run)
        package = self.package.copy()
        for part in self.properties:
            part.write(self.engine, run, package)
        if has_errors(run.findings):
            self.engine.end(run)
        self._write(package, pieces, run)
        return package, self.engine.end(run)

    def _write(self, package: Package, pieces: Sequence[Any], run: Run) -> None:
        values, sheets = read_sheets(pieces, self.still.needs, self.sheets[0])
        if not sheets:
            run.add("sheets-none", package.place())
            return
        follower = make_follower(sheets, self.sheets)
        output = Output(package, run, follower, cell_reader(sheets, self.from_1904))
        parts = _sheet_parts(package, self.sheets, sheets)
        strings, styles = self.strings.table(), self.styles.sheet()
        steady: set[str] = set()
        for sheet, renamed in zip(sheets, parts, strict=True):
            links = self.still.links[sheet.number]
            if is_steady(links, follower.sheets, follower.tables, self.still.filled):
                steady.add(sheet.name)
                continue
            if not _fits(sheet):
                run.add("sheet-full", package.place(("sheet", sheet.name)))
                continue
            cut = _cutter(run, sheet, package)
            cells = CellWriter(strings, styles, self.from_1904, cut, self.styles.looks)
            SheetWriter(sheet, renamed, output, cells).write()
        root = deepcopy(self.book.root)
        write_texts(root, self.book.texts, values)
        write_book(root, self._entries(package, sheets, parts), follower)
        package.write(self.parts.main, serialise(root))
        follow_pivots(package, self.still.caches, follower, steady)
        if strings.changed:
            package.write(self.parts.strings, strings.xml())
        if styles.added:
            package.write(self.parts.styles, styles.data)
        for sheet in sheets:
            sheet.pieces.let_go()

    def _entries(
        self, package: Package, sheets: Sequence[OutSheet], renamed: Sequence[Mapping[str, str]]
    ) -> list[SheetEntry]:
        entries = []
        for sheet, names in zip(sheets, renamed, strict=True):
            part = sheet.template.part
            rel_id = self.still.sheet_ids[part]
            if part in names:
                rel_id = package.add_rel(self.parts.main, "worksheet", names[part])
            entries.append(SheetEntry(sheet.number, sheet.name, rel_id, sheet.grid))
        return entries


def _sheet_parts(
    package: Package, templates: Sequence[SheetTemplate], sheets: Sequence[OutSheet]
) -> list[dict[str, str]]:
    """New names of the parts of each output sheet that had to be copied; lost ones are dropped."""
    used: set[str] = set()
    renamed: list[dict[str, str]] = []
    for sheet in sheets:
        part = sheet.template.part
        renamed.append(copy_sheet(package, part) if part in used else {})
        used.add(part)
    for template in templates:
        if template.part not in used:
            remove_sheet(package, template.part, package.main)
    return renamed


def _cutter(run: Run, sheet: OutSheet, package: Package) -> Callable[[int], None]:
    place = package.place(("sheet", sheet.name))
    return lambda length: run.add("cell-cut", place, limit=MAX_TEXT, length=length)


def _fits(sheet: OutSheet) -> bool:
    row, column = sheet.lines.size
    return row <= MAX_ROW and column <= MAX_COLUMN
