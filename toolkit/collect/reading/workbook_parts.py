"""The parts of an xlsx package beside its values.

In: the XML parts by name. Out: the marks of each sheet (with comments) by the sheet's name, the
defined names, the custom properties. Elements are told by their local name, so that the strict
flavour of the format reads the same.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from datetime import date

from toolkit.collect.limits import Limits
from toolkit.collect.opening.package import rejected
from toolkit.collect.reading.days import EPOCH, EPOCH_1904
from toolkit.collect.reading.scan import At, Marks, at_of, root_of, scan_sheet
from toolkit.collect.reading.struck import Strikes, strikes_of, struck_cells
from toolkit.finding import Place
from toolkit.office.package.markup import Element, MarkupError, parse

Parts = Mapping[str, bytes]

BUILT_IN_PERCENTS = {"9", "10"}
NAME = b"definedName"
STRIKE = b"strike"
MOST_TEXTS = 5_000_000  # what a part within the limits could hold at the very most
PARSED_DEPTH = 256
TOO_DEEP = "depth"  # what the parser says of markup nested too deep


def scan_workbook(
    parts: Parts, main: str, place: Place, limits: Limits
) -> tuple[dict[str, Marks], dict[str, str]]:
    """The marks of every sheet, and what every workbook-wide name refers to."""
    if parts[main].count(NAME) > 2 * limits.names + 2:  # each has a beginning and an end, as all
        raise rejected("file-too-many-names", place, limit=limits.names)
    root = tree(parts, main, place)
    if not root.tag.endswith("}workbook"):
        raise rejected("file-damaged", place)
    targets = relations(parts, main, place)
    _check_texts(parts, targets, place)
    percents = _percent_styles(parts, targets, place)
    strikes = _strikes(parts, targets, place)
    marks: dict[str, Marks] = {}
    sheets = [(sheet.get("name", ""), sheet) for sheet in root.iter("{*}sheet")]
    if len(sheets) > limits.sheets:
        raise rejected("file-too-many-sheets", place, limit=limits.sheets)
    for name, sheet in sheets:
        kind, path = targets.get(_relation(sheet), ("", ""))
        if path in parts and kind == "worksheet":
            here = place.at(("sheet", name))
            marks[name] = scan_sheet(parts[path], here, limits, percents)
            marks[name].comments |= _comments(parts, path, place)
            if strikes or STRIKE in parts[path]:
                marks[name].struck |= struck_cells(tree(parts, path, here), strikes)
    return marks, _names(root)


def _check_texts(parts: Parts, targets: Mapping[str, tuple[str, str]], place: Place) -> None:
    """A number of shared texts that cannot be true would make the reader reserve memory for it."""
    for kind, path in targets.values():
        if kind == "sharedStrings" and path in parts:
            _, attributes = root_of(parts[path])
            told = (attributes.get(name, "0") for name in ("count", "uniqueCount"))
            if any(len(n) > 9 or not n.isdecimal() or int(n) > MOST_TEXTS for n in told):
                raise rejected("file-damaged", place)


def _names(root: Element) -> dict[str, str]:
    return {
        name.get("name", ""): name.text or ""
        for name in root.iter("{*}definedName")
        if name.get("localSheetId") is None
    }


def epoch_of(parts: Parts, main: str, place: Place) -> date:
    """The day the serial numbers of a workbook count from."""
    root = tree(parts, main, place)
    told = next(root.iter("{*}workbookPr"), None)
    late = told is not None and told.get("date1904", "0") not in ("0", "false")
    return EPOCH_1904 if late else EPOCH


def custom_properties(parts: Parts, place: Place) -> dict[str, str]:
    """The custom properties as text."""
    name = "docProps/custom.xml"
    if name not in parts:
        return {}
    properties = tree(parts, name, place).iter("{*}property")
    return {item.get("name", ""): "".join(map(str, item.itertext())) for item in properties}


def tree(parts: Parts, name: str, place: Place) -> Element:
    """The root of a part; GateError where it is not well-formed."""
    try:
        return parse(parts[name])
    except MarkupError as error:
        code = "file-too-deep" if TOO_DEEP in f"{error}" else "file-damaged"
        raise rejected(code, place, limit=PARSED_DEPTH) from None


def relations(parts: Parts, name: str, place: Place) -> dict[str, tuple[str, str]]:
    """Relationship id -> (its type's last word, the part it leads to, whatever its case)."""
    folded = {part.casefold(): part for part in parts}
    folder, base = posixpath.split(name)
    path = folded.get(f"{folder}/_rels/{base}.rels".casefold(), "")
    if not path:
        return {}
    found: dict[str, tuple[str, str]] = {}
    for item in tree(parts, path, place).iter("{*}Relationship"):
        if item.get("TargetMode") != "External":
            target = _target(folder, item)
            kind = item.get("Type", "").rpartition("/")[2]
            found[item.get("Id", "")] = kind, folded.get(target.casefold(), target)
    return found


def _target(folder: str, item: Element) -> str:
    target = item.get("Target", "")
    if target.startswith("/"):
        return target[1:]
    return posixpath.normpath(posixpath.join(folder, target))


def _relation(sheet: Element) -> str:
    ids = (value for key, value in sheet.attrib.items() if str(key).endswith("}id"))
    return str(next(ids, ""))


def _strikes(parts: Parts, targets: Mapping[str, tuple[str, str]], place: Place) -> Strikes:
    """What strikes out; nothing is parsed where nothing does."""
    paths = dict(targets.values())
    styles, texts = (
        tree(parts, path, place) if STRIKE in parts.get(path, b"") else None
        for path in (paths.get("styles", ""), paths.get("sharedStrings", ""))
    )
    return strikes_of(styles, texts)


def _percent_styles(
    parts: Parts, targets: Mapping[str, tuple[str, str]], place: Place
) -> frozenset[str]:
    """The numbers of the cell styles whose format multiplies by a hundred."""
    found = (path for kind, path in targets.values() if kind == "styles")
    path = next(found, "")
    if path not in parts:
        return frozenset()
    root = tree(parts, path, place)
    own = {
        item.get("numFmtId", "")
        for item in root.iter("{*}numFmt")
        if is_percent(item.get("formatCode", ""))
    }
    percents = BUILT_IN_PERCENTS | own
    cells = next(root.iter("{*}cellXfs"), ())
    return frozenset(str(n) for n, xf in enumerate(cells) if xf.get("numFmtId") in percents)


def is_percent(code: str) -> bool:
    """Whether a number format multiplies by a hundred: a percent sign outside quotation marks."""
    quoted = False
    previous = ""
    for letter in code:
        if letter == '"' and previous != "\\":
            quoted = not quoted
        elif letter == "%" and not quoted and previous not in ("\\", "_", "*"):
            return True
        previous = letter
    return False


def _comments(parts: Parts, sheet: str, place: Place) -> dict[At, str]:
    """What people wrote in notes and threaded comments, by cell."""
    found: dict[At, str] = {}
    for kind, path in relations(parts, sheet, place).values():
        if kind in ("comments", "threadedComment") and path in parts:
            for at, text in _written(tree(parts, path, place)):
                found[at] = "\n".join(filter(None, (found.get(at, ""), text)))
    return found


def _written(root: Element) -> Iterator[tuple[At, str]]:
    for item in root.iter("{*}comment", "{*}threadedComment"):
        at = at_of(item.get("ref", ""))
        text = "".join(str(piece.text or "") for piece in item.iter("{*}t", "{*}text")).strip()
        if at and text and not text.startswith("[Threaded comment]"):
            yield at, text
