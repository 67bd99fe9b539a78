"""Cell notes at findings.

In: a package and Notes. Out: the package with a note on each cell that is told of; a cell that
has one already gets the text added. What is in no cell is told in A1 of its sheet, or of the first.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from lxml import etree

from toolkit.office.annotations.annotate import AUTHOR, Note
from toolkit.office.annotations.room import Measures
from toolkit.office.package.markup import NAMESPACES, Element, q
from toolkit.office.package.package import Package
from toolkit.office.references.areas import cell_name, cell_position, parse_area

_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
_VML = "application/vnd.openxmlformats-officedocument.vmlDrawing"
_NAMES = {"v": "urn:schemas-microsoft-com:vml", "o": "urn:schemas-microsoft-com:office:office",
          "x": "urn:schemas-microsoft-com:office:excel"}  # fmt: skip
_DRAWING = (
    "<xml " + " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in _NAMES.items()) + ">"
    '<o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="1"/></o:shapelayout>'
    '<v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" '
    'path="m,l,21600r21600,l21600,xe"><v:stroke joinstyle="miter"/>'
    '<v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype></xml>'
)
_SHAPE = (
    '<v:shape xmlns:v="{v}" xmlns:o="{o}" xmlns:x="{x}" id="_x0000_s{number}" '
    'type="#_x0000_t202" style="position:absolute;visibility:hidden" fillcolor="#ffffe1" '
    'o:insetmode="auto"><v:fill color2="#ffffe1"/><v:path o:connecttype="none"/>'
    '<v:textbox style="mso-direction-alt:auto"/><x:ClientData ObjectType="Note">'
    "<x:MoveWithCells/><x:SizeWithCells/><x:Anchor/>"
    "<x:AutoFill>False</x:AutoFill><x:Row>{row}</x:Row><x:Column>{column}</x:Column>"
    "</x:ClientData></v:shape>"
)
_AFTER = frozenset(
    q("x:" + name)
    for name in (
        *("legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls", "webPublishItems"),
        *("tableParts", "extLst"),
    )
)
_BLOCK = 1024  # shape numbers begin here


@dataclass
class _Sheet:
    """The notes of one sheet by cell."""

    part: str
    texts: dict[str, list[str]] = field(default_factory=dict)


def add(package: Package, notes: Sequence[Note]) -> None:
    """Put every note into the package."""
    targets = {r.id: r for r in package.rels(package.main)}
    sheets: dict[str, _Sheet] = {}
    for item in package.tree(package.main).iter(q("x:sheet")):
        relation = targets.get(item.get(q("r:id"), ""))
        if relation is not None and relation.word == "worksheet" and relation.target in package:
            sheets[item.get("name", "")] = _Sheet(relation.target)
    for note in notes if sheets else ():
        steps = dict(note.steps)
        own = sheets.get(f"{steps.get('sheet', '')}")
        at = parse_area(f"{steps.get('at', '')}")
        cell = cell_name(max(at.start.row, 1), max(at.start.column, 1)) if own and at else "A1"
        here = own is not None and at is not None and len(note.steps) < 3
        sheet = own or next(iter(sheets.values()))
        sheet.texts.setdefault(cell, []).append(note.told(here=here))
    for sheet in sheets.values():
        if sheet.texts:
            _write(package, sheet)


def _write(package: Package, sheet: _Sheet) -> None:
    part, drawing = _comments_part(package, sheet.part), _drawing_part(package, sheet.part)
    comments, shapes = package.tree(part), package.tree(drawing)
    author = _author(comments)
    listed = comments.find(q("x:commentList"))
    if listed is None:
        listed = etree.SubElement(comments, q("x:commentList"))
    known = {item.get("ref"): item for item in listed}
    measured = Measures(package.tree(sheet.part))
    for cell, texts in sheet.texts.items():
        text = "\n".join(dict.fromkeys(texts))
        comment = known.get(cell)
        if comment is None:
            comment = etree.SubElement(listed, q("x:comment"), ref=cell, authorId=str(author))
            shapes.append(_shape(shapes, cell))
        else:
            text = "\n" + text
        _add_text(comment, text)
        _make_room(shapes, cell, measured.anchor(cell, _text(comment)))
    package.store(part)
    package.store(drawing)


def _add_text(comment: Element, text: str) -> None:
    holder = comment.find(q("x:text"))
    if holder is None:
        holder = etree.SubElement(comment, q("x:text"))
    for plain in holder.findall(q("x:t")):  # a text is either plain or in runs
        run = etree.Element(q("x:r"))
        holder.replace(plain, run)
        run.append(plain)
    item = etree.SubElement(etree.SubElement(holder, q("x:r")), q("x:t"))
    item.text = text
    item.set(q("xml:space"), "preserve")


def _text(comment: Element) -> str:
    return "".join(item.text or "" for item in comment.iter(q("x:t")))


def _author(comments: Element) -> int:
    """The number of the author of our notes."""
    authors = comments.find(q("x:authors"))
    if authors is None:
        authors = etree.Element(q("x:authors"))
        comments.insert(0, authors)
    names = [item.text for item in authors]
    if AUTHOR not in names:
        etree.SubElement(authors, q("x:author")).text = AUTHOR
        return len(names)
    return names.index(AUTHOR)


def _comments_part(package: Package, sheet: str) -> str:
    for name in package.related(sheet, "comments"):
        if name in package:
            return name
    part = package.new_name("xl/comments{}.xml")
    package.write(part, f'<comments xmlns="{NAMESPACES["x"]}"/>'.encode())
    package.set_content_type(part, _TYPE)
    package.add_rel(sheet, "comments", part)
    return part


def _drawing_part(package: Package, sheet: str) -> str:
    root = package.tree(sheet)
    own = root.find(q("x:legacyDrawing"))
    relation = None if own is None else package.rel(sheet, own.get(q("r:id"), ""))
    if relation is not None and relation.target in package:
        return relation.target
    part = package.new_name("xl/drawings/vmlDrawing{}.vml")
    package.write(part, _DRAWING.encode())
    package.set_default_type("vml", _VML)
    if own is None:
        own = etree.Element(q("x:legacyDrawing"))
        _insert(root, own)
    own.set(q("r:id"), package.add_rel(sheet, "vmlDrawing", part))
    package.store(sheet)
    return part


def _insert(root: Element, drawing: Element) -> None:
    """Put the reference where the schema wants it."""
    following = next((child for child in root if child.tag in _AFTER), None)
    if following is None:
        root.append(drawing)
    else:
        following.addprevious(drawing)


def _shape(shapes: Element, cell: str) -> Element:
    row, column = cell_position(cell)
    ids = [shape.get("id", "").rpartition("_s")[2] for shape in shapes.iter("{*}shape")]
    number = max([int(n) for n in ids if n.isdigit()], default=_BLOCK) + 1
    xml = _SHAPE.format(**_NAMES, number=number, row=row - 1, column=column - 1)
    return etree.fromstring(xml)


def _make_room(shapes: Element, cell: str, anchor: str) -> None:
    """Let the note of a cell stand where its whole text can be read."""
    row, column = cell_position(cell)
    own = (str(row - 1), str(column - 1))
    for told in shapes.iter("{*}ClientData"):
        place = told.find("{*}Anchor")
        if place is not None and (told.findtext("{*}Row"), told.findtext("{*}Column")) == own:
            place.text = anchor
