"""The lines of a presentation.

In: a package. Out: the text of each paragraph on every slide in order, of its notes, and the
alternative texts.
"""

from __future__ import annotations

from toolkit.finding import Step
from toolkit.office.outlines.outline import Texts
from toolkit.office.package.markup import Element, q
from toolkit.office.package.package import Package

_P, _T, _BR, _FIELD = q("a:p"), q("a:t"), q("a:br"), q("a:fld")
_ROW, _CELL = q("a:tr"), q("a:tc")
_NAMED = frozenset(
    {q("p:nvSpPr"), q("p:nvPicPr"), q("p:nvGraphicFramePr"), q("p:nvGrpSpPr"), q("p:nvCxnSpPr")}
)
_FRAME = q("p:graphicFrame")


def texts(package: Package) -> Texts:
    """Steps and text of every paragraph, slide by slide."""
    targets = {r.id: r.target for r in package.rels(package.main)}
    ids = [item.get(q("r:id"), "") for item in package.tree(package.main).iter(q("p:sldId"))]
    for number, rel_id in enumerate(ids, 1):
        slide = targets.get(rel_id, "")
        if slide in package:
            yield from _slide(package, slide, ("slide", number))


def _slide(package: Package, name: str, step: Step) -> Texts:
    tree = package.tree(name).find(f"{q('p:cSld')}/{q('p:spTree')}")
    for shape in () if tree is None else tree:
        yield from _shape(shape, (step,))
    for chart in package.related(name, "chart"):
        if chart in package:
            yield from _paragraphs(package.tree(chart), (step, ("chart", 1)))
    for notes in package.related(name, "notesSlide"):
        if notes in package:
            yield from _notes(package.tree(notes), (step, ("notes", 1)))


def _shape(shape: Element, steps: tuple[Step, ...]) -> Texts:
    named = next((child for child in shape if child.tag in _NAMED), None)
    if named is None:
        return
    properties = named.find(q("p:cNvPr"))
    label = properties.get("name", "") if properties is not None else ""
    inner = (*steps, ("shape", label))
    if shape.tag == q("p:grpSp"):
        for child in shape:
            yield from _shape(child, steps)
    elif shape.tag == _FRAME:
        yield from _table(shape, inner)
    else:
        yield from _paragraphs(shape, inner)
    if properties is not None:
        yield (*inner, ("alt", 1)), properties.get("descr", "")


def _table(frame: Element, steps: tuple[Step, ...]) -> Texts:
    for number, row in enumerate(frame.iter(_ROW), 1):
        for column, cell in enumerate(row.iter(_CELL), 1):
            yield from _paragraphs(cell, (*steps, ("row", number), ("cell", column)))


def _paragraphs(holder: Element, steps: tuple[Step, ...]) -> Texts:
    for paragraph in holder.iter(_P):
        yield steps, text_of(paragraph)


def _notes(root: Element, steps: tuple[Step, ...]) -> Texts:
    for shape in root.iter(q("p:sp")):
        kind = shape.find(f"{q('p:nvSpPr')}/{q('p:nvPr')}/{q('p:ph')}")
        if kind is not None and kind.get("type") == "body":
            yield from _paragraphs(shape, steps)


def text_of(paragraph: Element) -> str:
    """The text of one a:p; line breaks as characters, fields without their text."""
    out = []
    for child in paragraph:
        if child.tag == _BR:
            out.append("\n")
        elif child.tag != _FIELD:
            out += [item.text or "" for item in child.iter(_T)]
    return "".join(out)
