"""Comments of a sheet, and the shapes (VML) they are drawn with.

In: the comments part and the legacy drawing of a template sheet. Out: both again, each comment on
every cell its cell became, each shape at its comment.
"""

from __future__ import annotations

from copy import deepcopy

from lxml import etree

from toolkit.finding import Step, TemplateError
from toolkit.office.package.markup import Element, parent, q, serialise
from toolkit.office.package.package import Package
from toolkit.office.record import Record
from toolkit.office.references.areas import Area, box, parse_area
from toolkit.office.references.follow import Follower
from toolkit.office.references.grid import Grid, Spot
from toolkit.office.unfillable import tell_tags
from toolkit.office.workbook.attached import Attached, Texts
from toolkit.office.workbook.shell import placed
from toolkit.office.workbook.source import Source
from toolkit.office.workbook.texts import write_texts
from toolkit.office.workbook.xml import unprefixed

_V = "{urn:schemas-microsoft-com:vml}"
_O = "{urn:schemas-microsoft-com:office:office}"
_X = "{urn:schemas-microsoft-com:office:excel}"
_BLOCK = 1024  # shape numbers come in blocks of 1,024; o:idmap lists the blocks in use
_REFERENCES = ("FmlaLink", "FmlaRange", "FmlaGroup", "FmlaTxbx", "FmlaPict")


class Comments:
    """The comments of a template sheet: trees of both parts, and each comment."""

    def __init__(
        self, part: str, root: Element | None, vml_part: str, vml: Element | None, threads: str = ""
    ) -> None:
        self.part = part
        self.root = root
        self.vml_part = vml_part
        self.vml = vml
        self.threads = threads
        self.notes: list[Attached] = []


def read_comments(source: Source, part: str, step: Step) -> Comments | None:
    """The comments of a sheet; None when it has neither comments nor controls."""
    package = source.package
    name = next(iter(package.related(part, "comments")), "")
    drawing = next(iter(package.related(part, "vmlDrawing")), "")
    if not name and not drawing:
        return None
    root = unprefixed(package.tree(name)) if name else None
    threads = next(iter(package.related(part, "threadedComment")), "")
    found = Comments(name, root, drawing, _tree(package, drawing), threads)
    for author in root.iter(q("x:author")) if root is not None else ():
        tell_tags(source.engine, source.place(step, ("comment", 1)), author.text or "", name)
    for item in list(root.iter(q("x:comment"))) if root is not None else ():
        ref = item.get("ref", "A1")
        reader = source.reader(step, ("at", ref), ("comment", 1))
        numbered = [(n, e) for n, e in enumerate(item.iter()) if e.tag == q("x:t")]
        place = reader.paragraph(numbered)
        found.notes.append(
            Attached(parse_area(ref) or box((1, 1), (1, 1)), [place] if place else [])
        )
    return found


def _tree(package: Package, name: str) -> Element | None:
    """The legacy drawing; None where it is not XML, as some writers leave it."""
    try:
        return package.tree(name) if name in package else None
    except TemplateError:
        return None


class CommentWriter(Record):
    """Writes the comments of one output sheet."""

    comments: Comments
    grid: Grid
    texts: Texts
    follower: Follower

    def comments_part(self) -> bytes | None:
        """The comments part; None when there is none."""
        if self.comments.root is None:
            return None
        root = deepcopy(self.comments.root)
        for item, note in zip(list(root.iter(q("x:comment"))), self.comments.notes, strict=True):
            for area, spot in placed(self.grid, item.get("ref", "")):
                if self._is_gone(note, spot):
                    continue
                twin = deepcopy(item)
                twin.set("ref", area.text())
                write_texts(twin, note.places, *self.texts.at(spot))
                item.addprevious(twin)
            parent(item).remove(item)
        return serialise(root)

    def _is_gone(self, note: Attached | None, spot: Spot) -> bool:
        """Whether a comment has tags, and stands on a blank row that gives them nothing."""
        return bool(note and note.places) and not self.texts.at(spot)[0]

    def threads_part(self, package: Package) -> bytes | None:
        """The threaded comments: each moves with its cell."""
        if self.comments.threads not in package:
            return None
        root = deepcopy(package.tree(self.comments.threads))
        for item in root:
            area = next((a for a, _ in placed(self.grid, item.get("ref", ""))), None)
            if area:
                item.set("ref", area.text())
            else:
                root.remove(item)
        return serialise(root)

    def vml_part(self) -> bytes | None:
        """The legacy drawing; None when there is none that can be read."""
        if self.comments.vml is None:
            return None
        root = deepcopy(self.comments.vml)
        taken = [_number(shape) for shape in root.iter(_V + "shape")]
        number = max(taken, default=_BLOCK)
        for shape in list(root.iter(_V + "shape")):
            twins = self._twins(shape)
            for twin in twins[1:]:
                number += 1
                twin.set("id", f"_x0000_s{number}")
            for twin in twins:
                shape.addprevious(twin)
            parent(shape).remove(shape)
        _list_blocks(root, number)
        return etree.tostring(root)

    def _twins(self, shape: Element) -> list[Element]:
        """The shape once for each place its comment, or its corner, went to."""
        data = shape.find(_X + "ClientData")
        if data is None:
            return [deepcopy(shape)]
        home = _home(data)
        is_note = data.get("ObjectType") == "Note"
        note = next((n for n in self.comments.notes if n.area == home), None) if is_note else None
        twins = []
        for area, spot in placed(self.grid, home.text()):
            if self._is_gone(note, spot):
                continue
            twin = deepcopy(shape)
            twin_data = twin.find(_X + "ClientData")
            if twin_data is not None:
                self._move(twin_data, home, area, spot)
            twins.append(twin)
        return twins

    def _move(self, data: Element, home: Area, area: Area, spot: Spot) -> None:
        row, column = area.start.row, area.start.column
        _set(data, "Row", str(row - 1))
        _set(data, "Column", str(column - 1))
        anchor = data.find(_X + "Anchor")
        if anchor is not None:
            steps = (column - home.start.column, 0, row - home.start.row, 0) * 2
            numbers = [int(float(n or 0)) for n in (anchor.text or "").split(",")]
            moved = [str(max(0, n + step)) for n, step in zip(numbers, steps, strict=False)]
            anchor.text = ", ".join(moved)
        for name in _REFERENCES:
            item = data.find(_X + name)
            if item is not None and item.text:
                item.text = self.follower.formula(item.text, spot)


def _home(data: Element) -> Area:
    """The cell a shape belongs to: its comment's, or the one its upper left corner is in."""
    row, column = data.findtext(_X + "Row"), data.findtext(_X + "Column")
    if row is None or column is None:
        numbers = [n.strip() for n in (data.findtext(_X + "Anchor") or "0,0,0,0").split(",")]
        column, row = numbers[0], numbers[2]
    return box((int(row) + 1,) * 2, (int(column) + 1,) * 2)


def _set(data: Element, name: str, text: str) -> None:
    item = data.find(_X + name)
    if item is not None:
        item.text = text


def _number(shape: Element) -> int:
    digits = shape.get("id", "").rpartition("_s")[2]
    return int(digits) if digits.isdigit() else _BLOCK


def _list_blocks(root: Element, highest: int) -> None:
    for item in root.iter(_O + "idmap"):
        blocks = [int(n) for n in item.get("data", "1").split(",") if n.strip().isdigit()]
        item.set("data", ",".join(map(str, range(min(blocks, default=1), highest // _BLOCK + 1))))
