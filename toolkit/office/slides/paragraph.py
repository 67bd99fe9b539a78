"""Tags in a DrawingML paragraph (a:p), however its text is split into runs.

In: a paragraph. Out: its text and tags; and the paragraph with marks where the tags stood. A tag
goes whole into the run it begins in; its neighbours keep their formatting.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from functools import cached_property

from lxml import etree

from toolkit.finding import Place
from toolkit.office.engine import Engine
from toolkit.office.package.markup import Element, parent, q
from toolkit.office.record import Record
from toolkit.office.slides.tidy import CONDITIONAL
from toolkit.office.tags.marks import Marks
from toolkit.office.tags.text import Found, Kind, Tag, find_tags, has_tags

_FIELD = "\ufffc"
_ENDS = {"{{": "}}", "{%": "%}"}
_R, _T = q("a:r"), q("a:t")
_STAND_INS: dict[object, str] = {q("a:br"): "\n", q("a:fld"): _FIELD}


class Stretch:
    """The text of one run, from ``start`` in the paragraph's text."""

    __slots__ = ("item", "text", "start")

    def __init__(self, item: Element, text: str, start: int) -> None:
        self.item = item
        self.text = text
        self.start = start


class Paragraph:
    """An a:p while its tags are being taken out."""

    def __init__(self, element: Element) -> None:
        self.element = element
        self.stretches = _stretches(element)
        self.text = "".join(s.text for s in self.stretches)

    @cached_property
    def found(self) -> list[Found]:
        """The tags of the text, in order."""
        return find_tags(self.text) if has_tags(self.text) else []

    def lone(self) -> list[Tag]:
        """The tags, when they are statements or comments and all there is, blanks aside."""
        tags = [found.tag for found in self.found if found.tag]
        rest = self.text
        for found in reversed(self.found):
            rest = rest[: found.start] + rest[found.end :]
        blank = not rest.strip() and len(tags) == len(self.found)
        return tags if blank and all(tag.kind is not Kind.VALUE for tag in tags) else []

    def lettered(self, letter: str) -> list[Tag]:
        """The tags with this letter."""
        return [found.tag for found in self.found if found.tag and found.tag.letter == letter]

    def without(self, gone: Iterable[Tag]) -> Paragraph:
        """The paragraph once these tags, dealt with elsewhere, are out of its text."""
        tags = list(gone)
        for found in reversed(self.found):
            if any(found.tag is tag for tag in tags):
                self._put(found.start, found.end, "")
        return Paragraph(self.element)

    def mark(self, marks: Marks, tagged: Tagged) -> None:
        """Put marks where the tags stand."""
        statements = False
        for found in reversed(self.found):
            start, end = _trimmed(self.text, found)
            self._put(start, end, tagged.text_of(found, marks, self.text))
            statements |= found.tag is not None and found.tag.kind is Kind.STATEMENT
        if statements:
            self.element.set(CONDITIONAL, "1")

    def swap(self, text: str) -> None:
        """Put another text into the first run; the others go."""
        first, *rest = [s for s in self.stretches if s.item.tag == _T]
        first.item.text = text
        for stretch in [s for s in self.stretches if s is not first]:
            unit = stretch.item if stretch.item.tag == q("a:br") else parent(stretch.item)
            parent(unit).remove(unit)
        self.stretches = [Stretch(first.item, text, 0)]
        self.text = text

    def _put(self, start: int, end: int, text: str) -> None:
        """Replace ``start:end`` of the text; what lies beyond ``end`` may have changed already."""
        for stretch in self.stretches:
            low, high = start - stretch.start, end - stretch.start
            length = len(stretch.text)
            if high <= 0 or low >= length:
                continue
            if stretch.item.tag != _T:
                parent(stretch.item).remove(stretch.item)
                continue
            now = stretch.item.text or ""
            tail = now[high:] if high <= length else now[length:]
            stretch.item.text = now[: max(low, 0)] + (text if low >= 0 else "") + tail
            if not stretch.item.text:
                _drop_run(stretch.item)


def _stretches(element: Element) -> list[Stretch]:
    found: list[Stretch] = []
    start = 0
    for child in element:
        item: Element | None = child
        text = _STAND_INS.get(child.tag, "")
        if child.tag == _R:
            item = child.find(_T)
            text = "" if item is None else item.text or ""
        if item is not None and text:
            found.append(Stretch(item, text, start))
            start += len(text)
    return found


def _trimmed(text: str, found: Found) -> tuple[int, int]:
    """Where a tag begins and ends, with the blanks its dashes eat."""
    start, end = found.start, found.end
    if found.tag and found.tag.strip_before:
        start = len(text[:start].rstrip())
    if found.tag and found.tag.strip_after:
        end += len(text[end:]) - len(text[end:].lstrip())
    return start, end


def _drop_run(item: Element) -> None:
    run = parent(item)
    paragraph = run.getparent()
    if paragraph is not None and len(paragraph.findall(q("a:r"))) > 1:
        paragraph.remove(run)


class Tagged(Record):
    """Where the tags of a text stand, and what they must have in common with their closers."""

    engine: Engine
    place: Place
    level: Hashable
    sink: str = ""

    def text_of(self, found: Found, marks: Marks, text: str) -> str:
        """What stands for a found tag: its mark, or the literal of ``{% raw %}``."""
        if found.tag is not None:
            return marks.mark(found.tag.at(self.place, self.level, self.sink))
        if found.literal is None:
            opening = text[found.start : found.start + 2]
            shown = text[found.start : found.start + 40]
            self.engine.add("tag-cut-off", self.place, tag=shown, end=_ENDS.get(opening, ""))
        return marks.mark("") + (found.literal or "")

    def attribute(self, element: Element, name: str, marks: Marks) -> None:
        """Put marks where the tags of an attribute stand."""
        element.set(name, self.plain(element.get(name, ""), marks))

    def plain(self, text: str, marks: Marks) -> str:
        """A text with marks where its tags stand."""
        out, last = [], 0
        for found in find_tags(text):
            out += [text[last : found.start], self.text_of(found, marks, text)]
            last = found.end
        return "".join([*out, text[last:]])


def set_language(root: Element, tag: str) -> None:
    """Say of every text of a part which language it is in."""
    for run in root.iter(q("a:r"), q("a:fld")):
        if run.find(q("a:rPr")) is None:
            run.insert(0, etree.Element(q("a:rPr")))
    for properties in root.iter(q("a:rPr"), q("a:endParaRPr")):
        properties.set("lang", tag)
        properties.attrib.pop("altLang", "")


def swap_texts(root: Element, label: Callable[[str], str | None]) -> bool:
    """Put labels in place of whole paragraphs; whether any was."""
    swapped = False
    for element in root.iter(q("a:p")):
        paragraph = Paragraph(element)
        text = paragraph.text.strip()
        if text and "{" not in text and _FIELD not in text:
            found = label(text)
            if found is not None and found != text:
                paragraph.swap(found)
                swapped = True
    return swapped
