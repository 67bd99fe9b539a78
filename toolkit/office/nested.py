"""Paragraphs that a macro or a ``{% set %}`` block gathered, printed where text stands.

In: the root of a rendered part in which such paragraphs stand inside a text. Out: the same tree:
alone in its paragraph the tag becomes the paragraphs; within a sentence their texts join it, with
line breaks between.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from copy import deepcopy

from lxml import etree

from toolkit.office.package.markup import Element, MarkupError, parent, parse, q
from toolkit.office.record import Record
from toolkit.office.rich import NESTED


class Names(Record):
    """The elements of a format: paragraph, run, text, what a run looks like, line break.

    ``apart`` says that a line break is no part of a run; ``whole`` are elements that may stand
    beside paragraphs.
    """

    paragraph: str
    run: str
    text: str
    look: str
    line_break: str
    apart: bool = False
    whole: tuple[str, ...] = ()


WORD = Names(q("w:p"), q("w:r"), q("w:t"), q("w:rPr"), q("w:br"), whole=(q("w:tbl"),))
SLIDE = Names(q("a:p"), q("a:r"), q("a:t"), q("a:rPr"), q("a:br"), apart=True)


def lift_nested(root: Element, names: Names) -> bool:
    """Put gathered paragraphs where paragraphs may stand; False where that cannot be done."""
    fits = True
    for item in [item for item in root.iter(names.text) if NESTED in (item.text or "")]:
        if len(item):
            fits = _Nest(item, names).lift() and fits
        else:
            item.text = (item.text or "").replace(NESTED, "")
    return fits


def lifted(text: str) -> str:
    """The XML of a Word part with its gathered paragraphs put right; empty where they cannot be."""
    try:
        root = parse(text.encode("utf-8", "xmlcharrefreplace"))
    except MarkupError:
        return ""
    return etree.tostring(root, encoding="unicode") if lift_nested(root, WORD) else ""


class _Nest:
    """A text with paragraphs inside."""

    def __init__(self, item: Element, names: Names) -> None:
        self.names = names
        self.item = item
        self.run = parent(item)
        self.paragraph = next(item.iterancestors(names.paragraph))
        item.text = (item.text or "").replace(NESTED, "")
        for child in item:
            child.tail = (child.tail or "").replace(NESTED, "")

    def lift(self) -> bool:
        children = list(self.item)
        known = {self.names.paragraph, *self.names.whole}
        alone = parent(self.run) is self.paragraph and self._is_alone()
        if not {child.tag for child in children} <= (known if alone else {self.names.paragraph}):
            return False
        if alone:
            for child in children:
                child.tail = None
                self.paragraph.addprevious(child)
            parent(self.paragraph).remove(self.paragraph)
            return True
        for run in list(self._inline(children)):
            self.run.addprevious(run)
        parent(self.run).remove(self.run)
        return True

    def _is_alone(self) -> bool:
        own = [self.item.text, *(child.tail for child in self.item)]
        others = (
            text.text
            for text in self.paragraph.iter(self.names.text)
            if text is not self.item and self.item not in text.iterancestors(self.names.text)
        )
        return not any((text or "").strip() for text in (*own, *others))

    def _inline(self, paragraphs: Iterable[Element]) -> Iterator[Element]:
        """Runs in place of the run: its own text, and those of the paragraphs."""
        yield from self._said(self.item.text)
        for number, paragraph in enumerate(paragraphs):
            after, paragraph.tail = paragraph.tail, None
            if number:
                yield self._line_break()
            yield from (child for child in paragraph if not str(child.tag).endswith("}pPr"))
            yield from self._said(after)

    def _said(self, text: str | None) -> Iterator[Element]:
        if text:
            said = etree.Element(self.names.text)
            said.text = text
            if not self.names.apart:
                said.set(q("xml:space"), "preserve")
            yield self._like_run(said)

    def _line_break(self) -> Element:
        item = etree.Element(self.names.line_break)
        return item if self.names.apart else self._like_run(item)

    def _like_run(self, child: Element) -> Element:
        run = etree.Element(self.names.run)
        look = self.run.find(self.names.look)
        if look is not None:
            run.append(deepcopy(look))
        run.append(child)
        return run
