"""A workbook template made ready: read, translated, its tags found, all of them one Stream.

In: the package of a template and an engine. Out: a Workbook whose render gives a filled package.
"""

from __future__ import annotations

from collections.abc import Sequence

from toolkit.office.engine import Engine
from toolkit.office.package.markup import Element, q
from toolkit.office.package.package import Package
from toolkit.office.properties import compile_properties
from toolkit.office.references.formula import parse_formula
from toolkit.office.settings import Settings
from toolkit.office.tags.text import has_tags
from toolkit.office.unfillable import tell_unfillable
from toolkit.office.workbook.blanks import needs
from toolkit.office.workbook.book import Parts, Still, Workbook
from toolkit.office.workbook.filling import SheetMark
from toolkit.office.workbook.marks import closing
from toolkit.office.workbook.names import BookTemplate, read_book
from toolkit.office.workbook.pivots import pivot_areas, pivot_caches
from toolkit.office.workbook.rules import rule_formulas
from toolkit.office.workbook.sheet import read_sheet
from toolkit.office.workbook.slots import emitters, gather
from toolkit.office.workbook.source import Source
from toolkit.office.workbook.stale import mark_stale
from toolkit.office.workbook.steady import links_of
from toolkit.office.workbook.strings import Strings
from toolkit.office.workbook.styles import Styles
from toolkit.office.workbook.template import SheetTemplate
from toolkit.office.workbook.xml import unprefixed

_STRINGS = "xl/sharedStrings.xml"
_STRINGS_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"


def compile(package: Package, engine: Engine) -> Workbook:
    """Read and compile a workbook template; raises TemplateError with every fault in it."""
    parts = _parts(package)
    root = unprefixed(package.tree(package.main))
    from_1904 = _is_true(root.find(q("x:workbookPr")), "date1904")
    strings = _read_strings(package, parts.strings)
    source = Source(package, engine, strings)
    strings.swap(source.label)
    styles = _read_styles(package, parts.styles, engine.settings)
    book = read_book(source, package.main, root)
    sheets = _read_sheets(source, root)
    stream = engine.compile(_items(book, sheets), emitters, gather)
    if any(map(_is_renamed, sheets)):
        _drop_titles(package)
    properties = compile_properties(package, engine)
    tell_unfillable(package, engine, _read_parts(package, parts, sheets))
    findings = engine.finish()
    mark_stale(sheets)
    strings.free(n for n, text in enumerate(strings.texts) if has_tags(text.plain))
    still = _still(package, book, sheets)
    _settle(package, parts, styles)
    return Workbook(
        package, engine, parts, from_1904, strings, styles, book, sheets, stream, properties,
        findings, still,
    )  # fmt: skip


def _items(book: BookTemplate, sheets: Sequence[SheetTemplate]) -> list[object]:
    """The pieces and tags of the workbook itself and of its sheets, each after its mark."""
    items: list[object] = [i for place in book.texts for i in place.slot.items]
    for index, sheet in enumerate(sheets):
        tag = sheet.structure.sheet
        word = "endfor" if tag and tag.word == "for" else "endif"
        items += [tag] if tag else []
        items += [SheetMark(sheet, index), *sheet.items]
        items += [closing(tag, word)] if tag else []
    return items


def _read_parts(package: Package, parts: Parts, sheets: Sequence[SheetTemplate]) -> set[str]:
    """The names of the parts whose tags are filled."""
    own = {parts.main, parts.strings, *_property_parts(package)}
    return own.union(*(sheet.parts for sheet in sheets))


def _still(package: Package, book: BookTemplate, sheets: list[SheetTemplate]) -> Still:
    formulas = _formulas(book, sheets)
    rules = [text for sheet in sheets for _, text in rule_formulas(sheet.shell)]
    return Still(
        needs(sheets, formulas, pivot_areas(package)),
        [links_of(sheet) for sheet in sheets],
        frozenset(sheet.name.casefold() for sheet in sheets if sheet.items),
        pivot_caches(package),
        {relation.target: relation.id for relation in package.rels(package.main)},
        {text: parse_formula(text) for text in (*formulas, *rules)},
    )


def _settle(package: Package, parts: Parts, styles: Styles) -> None:
    """Write what is the same in every fill."""
    _drop_calculation_order(package)
    if styles.touched:
        package.write(parts.styles, styles.data)
    if parts.strings not in package:
        _add_strings(package, parts)
    package.pack()


def _read_styles(package: Package, name: str, settings: Settings) -> Styles:
    styles = Styles(unprefixed(package.tree(name)), settings.localisation.number_format)
    styles.use_fonts(settings.theme)
    return styles


def _parts(package: Package) -> Parts:
    main = package.main
    strings = next(iter(package.related(main, "sharedStrings")), _STRINGS)
    return Parts(main, strings, next(iter(package.related(main, "styles")), "xl/styles.xml"))


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


def _add_strings(package: Package, parts: Parts) -> None:
    package.write(parts.strings, b"")
    package.set_content_type(parts.strings, _STRINGS_TYPE)
    package.add_rel(parts.main, "sharedStrings", parts.strings)
