"""Sheets and defined names of a workbook.

In: the tree of xl/workbook.xml. Out: the same tree for one fill: sheets as they came out, names
following their cells, all formulas calculated when the file is opened.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from copy import deepcopy

from lxml import etree

from toolkit.office.package.markup import Element, parent, q
from toolkit.office.record import Record
from toolkit.office.references.follow import GONE, Follower
from toolkit.office.references.grid import NOWHERE, Grid
from toolkit.office.workbook.source import Source, quote_guard
from toolkit.office.workbook.texts import TextPlace

_FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\", "-"))
_MAX_NAME = 31
_RESERVED = "history"  # Excel keeps the name for its list of changes
_BEFORE_CALC = [
    "fileVersion",
    "fileSharing",
    "workbookPr",
    "workbookProtection",
    "bookViews",
    "sheets",
    "functionGroups",
    "externalReferences",
    "definedNames",
]


class SheetEntry(Record):
    """One output sheet as the workbook lists it: the template's number, the copy's id."""

    template: int
    name: str
    rel_id: str
    grid: Grid


class BookTemplate:
    """The workbook part: its tree and the texts with tags in it."""

    def __init__(self, part: str, root: Element) -> None:
        self.part = part
        self.root = root
        self.texts: list[TextPlace] = []

    @property
    def formulas(self) -> list[str]:
        """The formulas of the defined names."""
        return [item.text or "" for item in self.root.iter(q("x:definedName"))]


def read_book(source: Source, part: str, root: Element) -> BookTemplate:
    """The workbook part; labels in names' texts and comments are swapped."""
    book = BookTemplate(part, root)
    for number, item in enumerate(root.iter()):
        if item.tag != q("x:definedName"):
            continue
        reader = source.reader(("name", item.get("name", "")))
        found = [reader.attribute(number, item, "comment")]
        if source.holds_tags(item.text or ""):
            found.append(reader.content(number, item, quote_guard))
        else:
            item.text = source.formula_text(item.text or "")
        book.texts += [text for text in found if text]
    return book


def legal_name(name: str, taken: Iterable[str]) -> str:
    """A sheet name as Excel allows it, different from those taken."""
    clean = " ".join(name.translate(_FORBIDDEN).split()).strip("'") or "Sheet"
    clean += "_" if clean.casefold() == _RESERVED else ""
    used = {other.casefold() for other in taken}
    short, number = clean[:_MAX_NAME].rstrip(), 1
    while short.casefold() in used:
        number += 1
        tail = f" ({number})"
        short = clean[: _MAX_NAME - len(tail)].rstrip() + tail
    return short


def write_book(root: Element, sheets: Sequence[SheetEntry], follower: Follower) -> None:
    """Make a copy of the workbook's tree say what came out."""
    _write_sheets(root, sheets)
    by_template: dict[int, list[int]] = {}
    for position, sheet in enumerate(sheets):
        by_template.setdefault(sheet.template, []).append(position)
    _write_names(root, sheets, by_template, follower)
    _follow_views(root, by_template, len(sheets))
    calculate_on_load(root)


def _write_sheets(root: Element, sheets: Sequence[SheetEntry]) -> None:
    holder = root.find(q("x:sheets"))
    if holder is None:
        return
    before = list(holder)
    number = max(int(item.get("sheetId", "1")) for item in before)
    holder[:] = []
    used: set[int] = set()
    for sheet in sheets:
        twin = deepcopy(before[sheet.template])
        twin.set("name", sheet.name)
        twin.set(q("r:id"), sheet.rel_id)
        if sheet.template in used:
            number += 1
            twin.set("sheetId", str(number))
        used.add(sheet.template)
        holder.append(twin)
    if all(item.get("state", "visible") != "visible" for item in holder) and len(holder):
        del holder[0].attrib["state"]


def _write_names(
    root: Element,
    sheets: Sequence[SheetEntry],
    positions: Mapping[int, Sequence[int]],
    follower: Follower,
) -> None:
    holder = root.find(q("x:definedNames"))
    if holder is None:
        return
    for item in list(holder):
        local = item.get("localSheetId")
        for position in positions.get(int(local), ()) if local else (None,):
            spot = NOWHERE if position is None else sheets[position].grid.whole()
            text = follower.formula(item.text or "", spot)
            if GONE in text and GONE not in (item.text or ""):
                continue
            twin = deepcopy(item)
            twin.text = text
            if position is not None:
                twin.set("localSheetId", str(position))
            item.addprevious(twin)
        holder.remove(item)
    if not len(holder):
        parent(holder).remove(holder)


def _follow_views(root: Element, positions: Mapping[int, Sequence[int]], count: int) -> None:
    """The sheet shown first, and the first tab, are still the same ones."""
    for view in root.iter(q("x:workbookView")):
        for name in ("activeTab", "firstSheet"):
            old = view.get(name)
            if old:
                new = positions.get(int(old), (0,))[0]
                view.set(name, str(min(new, count - 1)))


def calculate_on_load(root: Element) -> None:
    """Have all formulas calculated when the file is opened."""
    calc = root.find(q("x:calcPr"))
    if calc is None:
        calc = etree.Element(q("x:calcPr"))
        before = [c for c in root if str(c.tag).rpartition("}")[2] in _BEFORE_CALC]
        before[-1].addnext(calc)
    calc.set("fullCalcOnLoad", "1")
