"""A workbook template: compiled once, filled many times.

In: the package of a template and an engine. Out: a Workbook whose render gives a filled
package.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from copy import deepcopy
from pathlib import Path
from typing import Any, NamedTuple

from toolkit.finding import Finding, has_errors
from toolkit.office.engine import Engine
from toolkit.office.package.markup import Element, q, serialise
from toolkit.office.package.package import Package
from toolkit.office.properties import compile_properties
from toolkit.office.references.areas import MAX_COLUMN, MAX_ROW
from toolkit.office.run import Run
from toolkit.office.tags.stream import Stream
from toolkit.office.tags.text import has_tags
from toolkit.office.unfillable import tell_unfillable
from toolkit.office.workbook.blanks import Need, needs
from toolkit.office.workbook.copies import copy_sheet, remove_sheet
from toolkit.office.workbook.filling import (
    OutSheet,
    SheetMark,
    cell_reader,
    make_follower,
    read_sheets,
)
from toolkit.office.workbook.marks import closing
from toolkit.office.workbook.names import BookTemplate, SheetEntry, read_book, write_book
from toolkit.office.workbook.output import Output
from toolkit.office.workbook.pivots import follow_pivots, pivot_areas, pivot_caches
from toolkit.office.workbook.sheet import SheetTemplate, read_sheet
from toolkit.office.workbook.slots import emitters, gather
from toolkit.office.workbook.source import Source
from toolkit.office.workbook.stale import mark_stale
from toolkit.office.workbook.steady import is_steady, links_of
from toolkit.office.workbook.strings import Strings
from toolkit.office.workbook.styles import Styles
from toolkit.office.workbook.texts import write_texts
from toolkit.office.workbook.values import MAX_TEXT, CellWriter
from toolkit.office.workbook.writing import SheetWriter
from toolkit.office.workbook.xml import unprefixed
from toolkit.office.xml_part import XmlPart

_STRINGS = "xl/sharedStrings.xml"
_STRINGS_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"


def compile(package: Package, engine: Engine) -> Workbook:
    """Read and compile a workbook template; raises TemplateError with every fault in it."""
    return Workbook(package, engine)


class _Parts(NamedTuple):
    """The names of the parts every workbook has."""

    main: str
    strings: str
    styles: str


class Workbook:
    """A compiled workbook template. ``findings`` are warnings about the template itself."""

    def __init__(self, package: Package, engine: Engine) -> None:
        self._package = package
        self._engine = engine
        self._parts = _parts(package)
        root = unprefixed(package.tree(package.main))
        self._from_1904 = _is_true(root.find(q("x:workbookPr")), "date1904")
        self._strings = _read_strings(package, self._parts.strings)
        self._source = Source(package, engine, self._strings)
        self._strings.swap(self._source.label)
        settings = engine.settings
        self._styles = Styles(
            unprefixed(package.tree(self._parts.styles)), settings.localisation.number_format
        )
        self._styles.use_fonts(settings.theme)
        self._book = read_book(self._source, package.main, root)
        self._sheets = _read_sheets(self._source, root)
        self._stream = self._compile()
        if any(map(_is_renamed, self._sheets)):
            _drop_titles(package)
        self._properties: list[XmlPart] = compile_properties(package, engine)
        tell_unfillable(package, engine, self._read_parts())
        self.findings: tuple[Finding, ...] = engine.finish()
        self._prepare()

    def _compile(self) -> Stream:
        items: list[object] = [i for place in self._book.texts for i in place.slot.items]
        for index, sheet in enumerate(self._sheets):
            tag = sheet.structure.sheet
            word = "endfor" if tag and tag.word == "for" else "endif"
            items += [tag] if tag else []
            items += [SheetMark(sheet, index), *sheet.items]
            items += [closing(tag, word)] if tag else []
        return self._engine.compile(items, emitters, gather)

    def _read_parts(self) -> set[str]:
        """The names of the parts whose tags are filled."""
        parts = {self._parts.main, self._parts.strings, *_property_parts(self._package)}
        return parts.union(*(sheet.parts for sheet in self._sheets))

    def _prepare(self) -> None:
        """What is the same in every fill, done once."""
        mark_stale(self._sheets)
        texts = self._strings.texts
        self._strings.free(n for n, text in enumerate(texts) if has_tags(text.plain))
        self._needs: list[Need] = needs(
            self._sheets, _formulas(self._book, self._sheets), pivot_areas(self._package)
        )
        self._links = [links_of(sheet) for sheet in self._sheets]
        self._filled = frozenset(s.name.casefold() for s in self._sheets if s.items)
        self._caches = pivot_caches(self._package)
        self._sheet_ids = {r.target: r.id for r in self._package.rels(self._parts.main)}
        _drop_calculation_order(self._package)
        if self._styles.touched:
            self._package.write(self._parts.styles, self._styles.data)
        if self._parts.strings not in self._package:
            _add_strings(self._package, self._parts)
        self._package.pack()

    def render(
        self, context: Mapping[str, Any], base: Path | None
    ) -> tuple[Package, tuple[Finding, ...]]:
        """The filled package and its warnings; raises TemplateError with every finding."""
        run = self._engine.begin(context, base)
        pieces = self._engine.render(self._stream, run)
        package = self._package.copy()
        for part in self._properties:
            part.write(self._engine, run, package)
        if has_errors(run.findings):
            self._engine.end(run)
        self._write(package, pieces, run)
        return package, self._engine.end(run)

    def _write(self, package: Package, pieces: Sequence[Any], run: Run) -> None:
        values, sheets = read_sheets(pieces, self._needs, self._sheets[0])
        if not sheets:
            run.add("sheets-none", package.place())
            return
        follower = make_follower(sheets, self._sheets)
        output = Output(package, run, follower, cell_reader(sheets, self._from_1904))
        parts = _sheet_parts(package, self._sheets, sheets)
        strings, styles = self._strings.table(), self._styles.sheet()
        steady: set[str] = set()
        for sheet, renamed in zip(sheets, parts, strict=True):
            links = self._links[sheet.index]
            if is_steady(links, follower.sheets, follower.tables, self._filled):
                steady.add(sheet.name)
                continue
            if not _fits(sheet):
                run.add("sheet-full", package.place(("sheet", sheet.name)))
                continue
            cut = _cutter(run, sheet, package)
            cells = CellWriter(strings, styles, self._from_1904, cut, self._styles.looks)
            SheetWriter(sheet, renamed, output, cells).write()
        root = deepcopy(self._book.root)
        write_texts(root, self._book.texts, values)
        write_book(root, self._entries(package, sheets, parts), follower)
        package.write(self._parts.main, serialise(root))
        follow_pivots(package, self._caches, follower, steady)
        if strings.changed:
            package.write(self._parts.strings, strings.xml())
        if styles.added:
            package.write(self._parts.styles, styles.data)

    def _entries(
        self, package: Package, sheets: Sequence[OutSheet], renamed: Sequence[Mapping[str, str]]
    ) -> list[SheetEntry]:
        entries = []
        for sheet, names in zip(sheets, renamed, strict=True):
            part = sheet.template.part
            rel_id = self._sheet_ids[part]
            if part in names:
                rel_id = package.add_rel(self._parts.main, "worksheet", names[part])
            entries.append(SheetEntry(sheet.index, sheet.name, rel_id, sheet.grid))
        return entries


def _parts(package: Package) -> _Parts:
    main = package.main
    strings = next(iter(package.related(main, "sharedStrings")), _STRINGS)
    return _Parts(main, strings, next(iter(package.related(main, "styles")), "xl/styles.xml"))


def _read_strings(package: Package, name: str) -> Strings:
    return Strings(unprefixed(package.tree(name)) if name in package else None)


def _read_sheets(source: Source, root: Element) -> list[SheetTemplate]:
    targets = {r.id: r.target for r in source.package.rels(source.package.main)}
    return [
        read_sheet(source, targets[item.get(q("r:id"), "")], item.get("name", ""))
        for item in root.iter(q("x:sheet"))
    ]


def _formulas(book: BookTemplate, sheets: Sequence[SheetTemplate]) -> list[str]:
    """Formulas outside cells that must not lose what they refer to."""
    charts = [
        chart
        for sheet in sheets
        for anchor in (sheet.drawing.anchors if sheet.drawing else ())
        for chart in anchor.charts.values()
    ]
    found = [f.text or "" for chart in charts for f in chart.root.iter("{*}f")]
    return [*book.formulas, *found]


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


def _is_true(item: Element | None, name: str) -> bool:
    return item is not None and item.get(name) in ("1", "true")


def _drop_calculation_order(package: Package) -> None:
    """Excel makes the order of calculation anew."""
    for relation in package.rels(package.main):
        if relation.word == "calcChain":
            package.remove_rel(package.main, relation.id)
            package.remove(relation.target)


def _property_parts(package: Package) -> list[str]:
    words = ("core-properties", "extended-properties", "custom-properties")
    return [name for word in words for name in package.related("", word)]


def _is_renamed(sheet: SheetTemplate) -> bool:
    return bool(sheet.name_slot or sheet.structure.sheet) or sheet.new_name != sheet.name


def _drop_titles(package: Package) -> None:
    """The list of sheets in the properties: Excel makes it anew."""
    for name in package.related("", "extended-properties"):
        root = package.tree(name)
        for tag in ("ep:HeadingPairs", "ep:TitlesOfParts"):
            for item in root.findall(q(tag)):
                root.remove(item)
        package.store(name)


def _add_strings(package: Package, parts: _Parts) -> None:
    package.write(parts.strings, b"")
    package.set_content_type(parts.strings, _STRINGS_TYPE)
    package.add_rel(parts.main, "sharedStrings", parts.strings)
