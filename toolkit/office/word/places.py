"""Where a paragraph of a Word document stands, in the words people use.

In: the root of a part (body, header, footnotes …). Out: every paragraph, in document order, with
the steps of its Place: ``table 2, row 3, cell 2``, ``paragraph 5``, ``text box 1, paragraph 2``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from toolkit.finding import Step
from toolkit.office.package.markup import Element, q
from toolkit.office.package.package import Package

P, TBL, TR, TC = q("w:p"), q("w:tbl"), q("w:tr"), q("w:tc")
TXBX = q("w:txbxContent")
NOTES = {
    q("w:footnote"): "footnote",
    q("w:endnote"): "endnote",
    q("w:comment"): "comment",
}
_SKIPPED = frozenset({q("mc:Fallback"), q("w:sectPr"), q("w:tblPr"), q("w:tcPr"), q("w:trPr")})
STORIES = ("header", "footer", "footnotes", "endnotes", "comments", "glossaryDocument")


class _Spot:
    """One container: the steps that lead to it, and what was counted in it."""

    def __init__(self, steps: tuple[Step, ...], cell: bool = False, twins: bool = False) -> None:
        self.steps = steps
        self.counted: Counter[str] = Counter()
        self.cell = cell
        self.twins = twins

    def next(self, word: str) -> tuple[Step, ...]:
        self.counted[word] += 1
        if self.cell and word == "paragraph" and self.counted[word] == 1:
            return self.steps
        return (*self.steps, (word, self.counted[word]))


def paragraphs(
    root: Element, steps: tuple[Step, ...] = (), *, twins: bool = False
) -> Iterator[tuple[Element, tuple[Step, ...]]]:
    """Every w:p of a part with the steps to it; text boxes after the paragraph they hang on.

    ``twins`` asks for the paragraphs of older programs' stand-ins (mc:Fallback) too.
    """
    boxes = _Spot(steps, twins=twins)
    yield from _walk(root, _Spot(steps), boxes)


def _walk(holder: Element, spot: _Spot, boxes: _Spot) -> Iterator[tuple[Element, tuple[Step, ...]]]:
    for child in holder:
        tag = child.tag
        if tag == P:
            yield child, spot.next("paragraph")
            yield from _boxes(child, boxes)
        elif tag == TBL:
            yield from _table(child, spot.next("table"), boxes)
        elif tag in NOTES:
            yield from _note(child, boxes)
        elif isinstance(tag, str) and tag not in _SKIPPED:
            yield from _walk(child, spot, boxes)


def _table(
    table: Element, steps: tuple[Step, ...], boxes: _Spot
) -> Iterator[tuple[Element, tuple[Step, ...]]]:
    for number, row in enumerate(nearest(table, TR), 1):
        for column, cell in enumerate(nearest(row, TC), 1):
            spot = _Spot((*steps, ("row", number), ("cell", column)), cell=True)
            yield from _walk(cell, spot, boxes)


def _boxes(paragraph: Element, boxes: _Spot) -> Iterator[tuple[Element, tuple[Step, ...]]]:
    """Notes and text boxes; what stands in for one in older programs shares its place."""
    if next(paragraph.iter(TXBX, *NOTES), None) is None:
        return
    for note in paragraph.iter(*NOTES):
        yield from _note(note, boxes)
    for box in nearest(paragraph, TXBX):
        steps = boxes.next("textbox")
        for twin in (box, *(_twins(box) if boxes.twins else ())):
            yield from _walk(twin, _Spot(steps, cell=True), boxes)


def _note(note: Element, boxes: _Spot) -> Iterator[tuple[Element, tuple[Step, ...]]]:
    """A note; the lines above footnotes are notes to Word, and to nobody else."""
    ruled = note.get(q("w:type"), "normal") != "normal"
    steps = boxes.steps if ruled else boxes.next(NOTES[str(note.tag)])
    yield from _walk(note, _Spot(steps, cell=True, twins=boxes.twins), boxes)


def _twins(box: Element) -> Iterator[Element]:
    choice = next(box.iterancestors(q("mc:AlternateContent")), None)
    fallback = None if choice is None else choice.find(q("mc:Fallback"))
    return iter(()) if fallback is None else fallback.iter(TXBX)


def nearest(holder: Element, tag: str) -> Iterator[Element]:
    """Descendants with a tag, not looking inside those found, nor inside fallbacks."""
    for child in holder:
        if child.tag == tag:
            yield child
        elif isinstance(child.tag, str) and child.tag not in _SKIPPED:
            yield from nearest(child, tag)


def stories(package: Package) -> list[tuple[str, tuple[Step, ...]]]:
    """The parts of a Word document that hold paragraphs, each with its first steps."""
    out: list[tuple[str, tuple[Step, ...]]] = [(package.main, ())]
    for word in STORIES:
        names = sorted(set(package.related(package.main, word)), key=_numbered)
        for number, name in enumerate(names, 1):
            if name in package:
                out.append((name, ((word, number),) if word in ("header", "footer") else ()))
    return out


def _numbered(name: str) -> tuple[int, str]:
    return len(name), name
