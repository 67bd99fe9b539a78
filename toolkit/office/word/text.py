"""The text of a Word paragraph as one string, and what is written back into its runs.

In: a w:p. Out: its Bits (the w:t elements, tabs and breaks that make up the text), a translated
text put into the first of them, tags put whole into the run they begin in.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cached_property

from toolkit.finding import Step
from toolkit.office.package.markup import Element, parent, q
from toolkit.office.tags.text import Found, Kind, find_tags, has_tags

T, CODE, MATHS = q("w:t"), q("w:instrText"), q("m:t")
_SPACE = q("xml:space")
_BREAK, _TYPE, _FAR = q("w:br"), q("w:type"), ("page", "column")
_CHARACTERS = {
    q("w:tab"): "\t",
    q("w:br"): "\n",
    q("w:cr"): "\n",
    q("w:noBreakHyphen"): "\u2011",
    q("w:softHyphen"): "\u00ad",
}
_SKIPPED = frozenset(
    map(q, ("w:pPr", "w:rPr", "w:p", "w:sdtPr", "w:txbxContent", "w:tbl", "mc:Fallback", "w:pict"))
)
_SOLID = frozenset(
    map(
        q,
        (
            *("w:drawing", "w:pict", "w:object", "w:fldChar", "w:sym"),
            *("w:footnoteReference", "w:endnoteReference"),
        ),
    )
)


class Bit:
    """One element of a paragraph that is text, and its text."""

    def __init__(self, element: Element, text: str) -> None:
        self.element = element
        self.text = text

    @property
    def written(self) -> bool:
        """Whether the element can hold text (a tab cannot)."""
        return self.element.tag in (T, CODE, MATHS)

    def write(self, text: str) -> None:
        """Give the element another text."""
        self.text = text
        self.element.text = text
        if text != text.strip():
            self.element.set(_SPACE, "preserve")


class Paragraph:
    """A w:p with its place, its text and the tags in it.

    ``raw`` is every text under the element as it was read, whatever kind it is of: a quick answer
    to what cannot stand in the paragraph.
    """

    def __init__(self, element: Element, steps: tuple[Step, ...], *, code: bool = False) -> None:
        self.element = element
        self.steps = steps
        self.raw = "".join([str(text) for text in element.itertext()])
        self.found: list[Found] = []
        self._code = code

    @cached_property
    def bits(self) -> list[Bit]:
        """The elements that make up the text, in order."""
        if self._code:
            return [Bit(item, item.text or "") for item in self.element.iter(CODE)]
        return list(_bits(self.element))

    @property
    def text(self) -> str:
        """The whole text of the paragraph."""
        return "".join(bit.text for bit in self.bits)

    @property
    def alone(self) -> bool:
        """Whether the paragraph holds statements and comments only: no text, no picture."""
        if not self.found or any(f.tag is None or f.tag.kind is Kind.VALUE for f in self.found):
            return False
        rest, at = "", 0
        text = self.text
        for found in self.found:
            rest += text[at : found.start]
            at = found.end
        return not ((rest + text[at:]).strip() or self.solid or self.keeps_section)

    @property
    def solid(self) -> bool:
        """Whether the paragraph holds a picture, a field or another thing that is no text."""
        return self.solids > 0

    @property
    def solids(self) -> int:
        """How many such things the paragraph holds."""
        found = self.element.iter(*_SOLID, _BREAK)
        return sum(item.tag != _BREAK or is_far_break(item) for item in found)

    def bit_at(self, offset: int) -> Element:
        """The element that the text at an offset stands in."""
        at = 0
        for bit in self.bits:
            at += len(bit.text)
            if at > offset and bit.written:
                return bit.element
        return self.element

    @property
    def keeps_section(self) -> bool:
        """Whether the paragraph ends a section, so that it cannot be taken away."""
        return self.element.find(f"{q('w:pPr')}/{q('w:sectPr')}") is not None


def is_far_break(element: Element) -> bool:
    """Whether an element begins another page or column."""
    return element.tag == _BREAK and element.get(_TYPE) in _FAR


def read(element: Element, steps: tuple[Step, ...], *, code: bool = False) -> Paragraph:
    """The Paragraph of a w:p: its text, or the code of its fields."""
    paragraph = Paragraph(element, steps, code=code)
    if "{" in paragraph.raw or "_}" in paragraph.raw:
        text = paragraph.text
        paragraph.found = find_tags(text) if has_tags(text) else []
    return paragraph


def _bits(holder: Element) -> Iterator[Bit]:
    for child in holder:
        tag = child.tag
        if tag in (T, MATHS):
            yield Bit(child, child.text or "")
        elif tag in _CHARACTERS:
            yield Bit(child, _CHARACTERS[tag])
        elif tag not in _SKIPPED and isinstance(tag, str):
            yield from _bits(child)


def translate(paragraph: Paragraph, label_of: Callable[[str], str | None]) -> bool:
    """Swap the whole text for its label, or else each stretch between tabs and fields.

    Gives whether something changed. Paragraphs with tags are left alone.
    """
    if paragraph.found or not paragraph.bits:
        return False
    if _swap([bit for bit in paragraph.bits if bit.written], paragraph.text, label_of):
        _remove([bit for bit in paragraph.bits if not bit.written])
        return True
    stretches = list(_stretches(paragraph.bits))
    if len(stretches) < 2:
        return False
    swapped = [_swap(part, "".join(b.text for b in part), label_of) for part in stretches]
    return any(swapped)


def _swap(bits: list[Bit], text: str, label_of: Callable[[str], str | None]) -> bool:
    label = label_of(text.strip()) if bits and text.strip() else None
    if label is None or label == text.strip():
        return False
    inner = text.strip()
    before, after = text.partition(inner)[0], text.rpartition(inner)[2]
    bits[0].write(before + label + after)
    for bit in bits[1:]:
        bit.write("")
    return True


def _remove(bits: list[Bit]) -> None:
    for bit in bits:
        parent(bit.element).remove(bit.element)


def _stretches(bits: list[Bit]) -> Iterator[list[Bit]]:
    """Runs of text elements with no tab, break or field between them."""
    part: list[Bit] = []
    for bit in bits:
        if not bit.written or (part and _field_between(part[-1].element, bit.element)):
            if part:
                yield part
            part = []
        if bit.written:
            part.append(bit)
    if part:
        yield part


def _field_between(first: Element, second: Element) -> bool:
    run = next(first.iterancestors(q("w:r")), None)
    end = next(second.iterancestors(q("w:r")), None)
    while run is not None and run is not end:
        run = run.getnext()
        if run is not None and _is_field(run):
            return True
    return False


def _is_field(element: Element) -> bool:
    return element.tag == q("w:fldSimple") or element.find(q("w:fldChar")) is not None


def write_tags(paragraph: Paragraph, text_of: Callable[[Found, Element], str]) -> None:
    """Put what ``text_of`` gives for each tag into the run the tag begins in.

    ``text_of`` gets the tag and the w:t it begins in; text around the tags stays in its runs.
    """
    for found in reversed(paragraph.found):
        at = 0
        covered: list[tuple[Bit, int, int]] = []
        for bit in paragraph.bits:
            end = at + len(bit.text)
            if at < found.end and end > found.start:
                covered.append((bit, max(found.start - at, 0), min(found.end - at, len(bit.text))))
            at = end
        target = next(bit for bit, _, _ in covered if bit.written)
        _write(covered, text_of(found, target.element))
    paragraph.found = []


def _write(covered: list[tuple[Bit, int, int]], text: str) -> None:
    first = next(bit for bit, _, _ in covered if bit.written)
    for bit, start, end in reversed(covered):
        if not bit.written:
            _remove([bit])
            bit.text = ""
            continue
        new = text if bit is first else ""
        bit.write(bit.text[:start] + new + bit.text[end:])
        bit.element.set(_SPACE, "preserve")
