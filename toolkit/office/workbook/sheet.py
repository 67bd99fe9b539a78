"""A template sheet, read once.

In: the part of a sheet and its entry in the workbook. Out: a SheetTemplate: its rows and what
repeats in them, what stands round them, and everything that lies on its cells.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from lxml import etree

from toolkit.finding import Step
from toolkit.office.package.markup import Element, q
from toolkit.office.references.areas import cell_name
from toolkit.office.references.formula import formula_text
from toolkit.office.tags.blocks import given_names, loop_source, names_used
from toolkit.office.tags.text import Tag, find_tags, has_tags
from toolkit.office.unfillable import tell_tags
from toolkit.office.workbook.attached import Attached
from toolkit.office.workbook.cells import Cell, Row, read_rows
from toolkit.office.workbook.comments import read_comments
from toolkit.office.workbook.drawings import Anchor, Drawing, read_drawing
from toolkit.office.workbook.emit import fixed_content
from toolkit.office.workbook.headers import swap_header
from toolkit.office.workbook.links import read_links
from toolkit.office.workbook.slots import Slot, make_slot
from toolkit.office.workbook.source import Source, header_guard, quote_guard
from toolkit.office.workbook.strings import Text
from toolkit.office.workbook.structure import read_structure
from toolkit.office.workbook.tables import Table, read_tables
from toolkit.office.workbook.template import SheetTemplate
from toolkit.office.workbook.texts import TextPlace, prompt_texts
from toolkit.office.workbook.xml import unprefixed

_FORMULAS = ("x:formula", "x:formula1", "x:formula2", "xm:f")
_NAMED = ("x:protectedRange", "x:control", "x:scenario")
_HEADERS = ("oddHeader", "oddFooter", "evenHeader", "evenFooter", "firstHeader", "firstFooter")


def read_sheet(source: Source, part: str, name: str) -> SheetTemplate:
    """Read one sheet."""
    step: Step = ("sheet", name)
    root = unprefixed(source.package.tree(part))
    rows = _take_rows(root, source)
    before = _snapshot(source, part, root)
    tables = read_tables(source, part)
    for cell in (c for row in rows.values() for c in row.cells.values()):
        _read_formula(cell, source, tables, step)
    links = read_links(root, source, part, step)
    comments = read_comments(source, part, step)
    drawing = read_drawing(source, part, step)
    texts = [*_headers(root, source, step), *_rules(root, source, step)]
    lying: list[Attached] = [*links.values(), *(comments.notes if comments else ())]
    lying += _moving(drawing, rows) if drawing else ()
    attached: dict[int, list[tuple[int, Slot]]] = {}
    for thing in lying:
        if thing.slots:
            attached.setdefault(thing.area.start.row, []).extend(thing.slots)
    for named in root.iter(*map(q, _NAMED)):
        tell_tags(source.engine, source.place(step), named.get("name", ""), part)
    structure = read_structure(
        rows, attached, lambda at: source.place(step, ("at", at)), source.engine
    )
    sheet = SheetTemplate(part, name, root, rows, structure)
    sheet.texts, sheet.links = texts, links
    sheet.over = loop_source(structure.sheet) if structure.sheet else ""
    sheet.comments, sheet.drawing, sheet.tables = comments, drawing, tables
    sheet.pivots = source.package.related(part, "pivotTable")
    sheet.controls = source.package.related(part, "ctrlProp")
    _name(sheet, source, step)
    _settle_cells(sheet, source)
    sheet.touched |= before != _snapshot(source, part, root)
    return sheet


def _moving(drawing: Drawing, rows: Mapping[int, Row]) -> list[Anchor]:
    """The anchors whose texts need the row they lie on; the others are filled with the sheet."""
    texts = [cell.said for row in rows.values() for cell in row.cells.values()]
    tags = [item.tag for text in texts if has_tags(text) for item in find_tags(text) if item.tag]
    names = {"loop"}.union(*map(given_names, tags))
    for anchor in drawing.anchors:
        anchor.still = names.isdisjoint(_names_used(anchor))
    return [anchor for anchor in drawing.anchors if not anchor.still]


def _names_used(anchor: Anchor) -> set[str]:
    """Every word in the tags of an anchor's texts that may be a name."""
    items = [item for _, slot in anchor.slots for item in slot.items]
    return set[str]().union(*(names_used(item) for item in items if isinstance(item, Tag)))


def _snapshot(source: Source, part: str, root: Element) -> list[bytes]:
    """The trees of a sheet and of what it shows, to tell whether reading changed them."""
    package = source.package
    drawings = package.related(part, "drawing")
    charts = [chart for name in drawings for chart in package.related(name, "chart")]
    names = [
        *drawings,
        *charts,
        *package.related(part, "comments"),
        *package.related(part, "table"),
    ]
    trees = [package.tree(name) for name in names if name in package]
    return [etree.tostring(tree) for tree in (root, *trees)]


def _take_rows(root: Element, source: Source) -> dict[int, Row]:
    data = root.find(q("x:sheetData"))
    if data is None:
        return {}
    rows = read_rows(data, source.strings)
    data[:] = []
    data.text = None
    return rows


def _read_formula(cell: Cell, source: Source, tables: list[Table], step: Step) -> None:
    """Labels and tags in a formula; a table's own name where it is left out (``[@x]``)."""
    if cell.formula is None:
        return
    text = formula_text(cell.formula.parts)
    if source.holds_tags(text):
        place = source.place(step, ("at", cell_name(cell.row, cell.column)))
        cell.formula.slot = make_slot([("", text)], place, source.engine, quote_guard)
        return
    home = next((table.name for table in tables if table.holds(cell.row, cell.column)), "")
    cell.formula.parts = source.formula(text, home)


def _headers(root: Element, source: Source, step: Step) -> Iterator[TextPlace]:
    """Page headers and footers."""
    for number, item in enumerate(root.iter()):
        kind = str(item.tag).rpartition("}")[2]
        if kind not in _HEADERS or not item.text:
            continue
        reader = source.reader(step, (kind[-6:].lower(), 1))
        if has_tags(item.text):
            yield reader.content(number, item, header_guard)
        else:
            item.text = swap_header(item.text, source.label)


def _rules(root: Element, source: Source, step: Step) -> Iterator[TextPlace]:
    """Prompts of validations, texts in the formulas of rules, lists written out in them."""

    def at(element: Element) -> str:
        return (element.get("sqref") or "A1").partition(" ")[0].partition(":")[0]

    yield from prompt_texts(
        root, lambda item: source.reader(step, ("at", at(item)), ("prompt", ""))
    )
    formulas = {q(tag) for tag in _FORMULAS}
    for number, item in enumerate(root.iter()):
        if item.tag not in formulas:
            continue
        if source.holds_tags(item.text or ""):
            yield source.reader(step, ("prompt", "")).content(number, item, quote_guard)
        elif item.text:
            item.text = _list_swapped(source.formula_text(item.text), source)
    for rule in root.iter(q("x:cfRule")):
        label = source.label(rule.get("text", ""))
        if label is not None:
            rule.set("text", label)


def _list_swapped(text: str, source: Source) -> str:
    """The entries of a list that a validation holds itself (``"Ja,Nei"``) as labels."""
    inner = text[1:-1]
    if text[:1] != '"' or text[-1:] != '"' or '"' in inner or "," not in inner:
        return text
    labels = [source.label(entry.strip()) for entry in inner.split(",")]
    entries = zip(inner.split(","), labels, strict=True)
    return '"' + ",".join(entry if label is None else label for entry, label in entries) + '"'


def _name(sheet: SheetTemplate, source: Source, step: Step) -> None:
    if has_tags(sheet.name):
        sheet.name_slot = make_slot([("", sheet.name)], source.place(step), source.engine)
    sheet.new_name = source.label(sheet.name) or sheet.name


def _settle_text(cell: Cell, text: Text, source: Source) -> bool:
    """Give a text its place: among the strings once tags are gone; whether it was swapped."""
    if cell.type == "s" and not cell.value:
        found = source.label(text.plain)
        cell.text = text if found is None else text.swapped(found)
        cell.value = str(source.strings.add(cell.text))
        return True
    found = source.label(text.plain) if cell.type == "inlineStr" else None
    cell.text = text if found is None else text.swapped(found)
    return found is not None


def _settle_cells(sheet: SheetTemplate, source: Source) -> None:
    """Write the cells nothing touches once, and keep the rows no tag touches apart."""
    for row in sheet.rows.values():
        for cell in row.cells.values():
            if cell.text and not cell.slot:
                sheet.touched |= _settle_text(cell, cell.text, source)
            cell.fixed = fixed_content(cell)
    structure = sheet.structure
    for number, strips in structure.strips.items():
        quiet = number not in structure.removed and not strips[0].slots
        if quiet and strips[0].row.band is None and len(strips) == 1:
            sheet.still.append(strips[0])
