"""The parts of an xlsx package beside its values.

In: the XML parts by name. Out: the marks of each sheet (with comments) by the sheet's name, the
defined names, the custom properties; the values too where every sheet is regular. Elements are told
by their local name, so that the strict flavour of the format reads the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache, partial
from typing import NamedTuple

from toolkit.collect.limits import Limits
from toolkit.collect.opening.package import folded_names, rejected
from toolkit.collect.reading.days import EPOCH, EPOCH_1904
from toolkit.collect.reading.looks import Looks, looks_of, no_looks
from toolkit.collect.reading.outline import Pairs, of_markup, of_texts
from toolkit.collect.reading.parts import Parts, links, links_of, relations, told, tree, unreadable
from toolkit.collect.reading.plain_texts import shared_texts
from toolkit.collect.reading.regular import Sheet, regular
from toolkit.collect.reading.scan import At, Marks, at_of, root_of, scan_sheet
from toolkit.collect.reading.struck import Strikes, strikes_of, struck_cells
from toolkit.finding import Place
from toolkit.office.package.markup import Element, MarkupError

NAME = b"definedName"
STRIKE = b"strike"
COMMENTS = ("comments", "threadedComment")
MAIN, SHEETS = "xl/workbook.xml", "xl/worksheets/"
STATES = ("visible", "hidden", "veryHidden")
MOST_TEXTS = 5_000_000  # what a part within the limits could hold at the very most


@dataclass(frozen=True)
class SheetTold:
    """What a sheet is called in the workbook, whether people see it, and what it holds."""

    name: str
    state: str
    sheet: Sheet


@dataclass(frozen=True)
class Scanned:
    """What the package tells: marks by sheet, names, the epoch; its sheets where all are regular.

    ``sheets`` is None where a library has to read the values.
    """

    marks: Mapping[str, Marks]
    names: Mapping[str, str]
    epoch: date
    sheets: tuple[SheetTold, ...] | None = None


def scan_workbook(parts: Parts, main: str, place: Place, limits: Limits) -> Scanned:
    """The marks of every sheet, what every workbook-wide name refers to, and values if regular."""
    if parts[main].count(NAME) > 2 * limits.names + 2:  # each has a beginning and an end, as all
        raise rejected("file-too-many-names", place, limit=limits.names)
    listed = told(partial(of_markup, tell=_listed), parts, main, place)
    names = told(partial(of_texts, tell=_names), parts, main, place)
    if listed is None:
        raise rejected("file-damaged", place)
    if len(listed.sheets) > limits.sheets:
        raise rejected("file-too-many-sheets", place, limit=limits.sheets)
    package = _Package(parts, main, place, limits)
    sheets = [package.sheet(sheet, listed.epoch) for sheet in listed.sheets]
    known = tuple(sheet for sheet in sheets if sheet)
    return Scanned(package.marks, dict(names), listed.epoch, known if all(sheets) else None)


class Listed(NamedTuple):
    """A sheet as the workbook lists it: its name, its state, the id of its relationship."""

    name: str
    state: str
    relation: str


class Workbook(NamedTuple):
    """What a workbook says of its sheets, and the day its serial numbers count from."""

    sheets: tuple[Listed, ...]
    epoch: date


def _listed(root: Element) -> Workbook | None:
    if not root.tag.endswith("}workbook"):
        return None
    sheets = (
        Listed(sheet.get("name", ""), sheet.get("state", "visible"), _relation(sheet))
        for sheet in root.iter("{*}sheet")
    )
    return Workbook(tuple(sheets), _epoch(root))


class _Package:
    """The sheets of a package, one after the other."""

    def __init__(self, parts: Parts, main: str, place: Place, limits: Limits) -> None:
        self.parts, self.main, self.place, self.limits = parts, main, place, limits
        self.folded = folded_names(tuple(parts))
        self.targets = relations(parts, main, place, self.folded)
        _check_texts(parts, self.targets, place)
        self.paths = dict(self.targets.values())
        self.looks = self._looks()
        texts = parts.get(self.paths.get("sharedStrings", ""))
        self.shared = shared_texts(texts) if texts is not None else ()
        plain = self.shared is not None
        self.strikes = _strikes(parts, self.paths, place, plain=plain)
        self.marks: dict[str, Marks] = {}

    def _looks(self) -> Looks:
        data = self.parts.get(self.paths.get("styles", ""))
        try:
            return looks_of(data) if data is not None else no_looks()
        except MarkupError as error:
            raise unreadable(error, self.place) from None

    def sheet(self, item: Listed, epoch: date) -> SheetTold | None:
        """Scan a sheet; what it holds where it is regular and no library needs to read it."""
        name, state, relation = item
        kind, path = self.targets.get(relation, ("", ""))
        if path not in self.parts or kind != "worksheet":
            return None
        found = self._regular(self.parts[path], epoch)
        again = name in self.marks
        marks = found.marks if found else self._scanned(name, path)
        self.marks[name] = own = self._beside(marks, name, path, plain=found is not None)
        plain = path.startswith(SHEETS) and self.main == MAIN and state in STATES and not again
        if not found or not plain:
            return None
        return SheetTold(name, state, found if own is marks else Sheet(found.rows, own))

    def _beside(self, marks: Marks, name: str, path: str, *, plain: bool) -> Marks:
        """The marks of a sheet, with its comments and with what is struck out in it, if any.

        A ``plain`` sheet has no text of several looks in it.
        """
        comments = _comments(self.parts, path, self.place, self.folded)
        struck: dict[At, str] = {}
        if self.strikes or (not plain and STRIKE in self.parts[path]):
            here = self.place.at(("sheet", name))
            struck = struck_cells(tree(self.parts, path, here), self.strikes)
        return replace(marks, comments=comments, struck=struck) if comments or struck else marks

    def _regular(self, data: bytes, epoch: date) -> Sheet | None:
        if self.shared is None or epoch != EPOCH:
            return None
        return regular(data, self.looks, self.shared, self.limits)

    def _scanned(self, name: str, path: str) -> Marks:
        here = self.place.at(("sheet", name))
        return scan_sheet(self.parts[path], here, self.limits, self.looks.percents)


def _check_texts(parts: Parts, targets: Mapping[str, tuple[str, str]], place: Place) -> None:
    """A number of shared texts that cannot be true would make the reader reserve memory for it."""
    for kind, path in targets.values():
        if kind == "sharedStrings" and path in parts:
            data = parts[path]
            regular = shared_texts(data) is not None
            _, attributes = root_told(data[: data.find(b"<si>")]) if regular else root_of(data)
            told = (attributes.get(name, "0") for name in ("count", "uniqueCount"))
            if any(len(n) > 9 or not n.isdecimal() or int(n) > MOST_TEXTS for n in told):
                raise rejected("file-damaged", place)


def _names(root: Element) -> Pairs:
    return tuple(
        (name.get("name", ""), name.text or "")
        for name in root.iter("{*}definedName")
        if name.get("localSheetId") is None
    )


root_told = lru_cache(maxsize=64)(root_of)
"""What stands before the texts of a sound part is the same, but for two numbers."""


def _epoch(root: Element) -> date:
    """The day the serial numbers of a workbook count from."""
    told = next(root.iter("{*}workbookPr"), None)
    late = told is not None and told.get("date1904", "0") not in ("0", "false")
    return EPOCH_1904 if late else EPOCH


def custom_properties(parts: Parts, place: Place) -> dict[str, str]:
    """The custom properties as text."""
    name = "docProps/custom.xml"
    return dict(told(properties_of, parts, name, place)) if name in parts else {}


def properties_of(data: bytes) -> Pairs:
    """The properties of a part by name."""
    return of_texts(data, _properties)


def _properties(root: Element) -> Pairs:
    items = root.iter("{*}property")
    return tuple((item.get("name", ""), "".join(map(str, item.itertext()))) for item in items)


def _relation(sheet: Element) -> str:
    ids = (value for key, value in sheet.attrib.items() if str(key).endswith("}id"))
    return str(next(ids, ""))


def _strikes(parts: Parts, paths: Mapping[str, str], place: Place, *, plain: bool) -> Strikes:
    """What strikes out; nothing is parsed where nothing does, as in ``plain`` shared texts."""
    kinds = ("styles", "" if plain else "sharedStrings")
    styles, texts = (
        tree(parts, path, place) if strikes_out(parts.get(path, b"")) else None
        for path in (paths.get(kind, "") for kind in kinds)
    )
    return strikes_of(styles, texts)


@lru_cache(maxsize=64)
def strikes_out(part: bytes) -> bool:
    return STRIKE in part


def _comments(parts: Parts, sheet: str, place: Place, folded: Mapping[str, str]) -> dict[At, str]:
    """What people wrote in notes and threaded comments, by cell."""
    found: dict[At, str] = {}
    for _, kind, target in links(parts, sheet, place, folded):
        path = folded.get(target.casefold(), target) if kind in COMMENTS else ""
        if path in parts:
            for at, text in _written(tree(parts, path, place)):
                found[at] = "\n".join(filter(None, (found.get(at, ""), text)))
    return found


def _written(root: Element) -> Iterator[tuple[At, str]]:
    for item in root.iter("{*}comment", "{*}threadedComment"):
        at = at_of(item.get("ref", ""))
        text = "".join(str(piece.text or "") for piece in item.iter("{*}t", "{*}text")).strip()
        if at and text and not text.startswith("[Threaded comment]"):
            yield at, text


OF_PARTS = (links_of, strikes_out, root_told)
"""What remembers parts of files from one to the next."""
