"""A part of a presentation made ready for the engine: shapes, paragraphs, tables, alt texts.

In: the root of a slide, notes, layout, chart or diagram part. Out: the pieces of the part, marks
where its tags stood. Shapes whose alt text begins with ``{% if … %}`` are kept only when it holds.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from toolkit.finding import Place
from toolkit.office.engine import Engine
from toolkit.office.package.markup import Element, parent, q
from toolkit.office.slides.paragraph import Paragraph, Tagged
from toolkit.office.slides.plan import ALT, NAME, PICTURE
from toolkit.office.slides.tables import around, even, mark_table
from toolkit.office.tags.blocks import CLOSERS, is_closer, is_opener
from toolkit.office.tags.marks import Marks
from toolkit.office.tags.text import Kind, Tag, find_tags, has_tags

_SHAPES = frozenset(map(q, ("p:sp", "p:pic", "p:graphicFrame", "p:grpSp", "p:cxnSp")))
_TABLE, _CELL, _P, _T, _FIELD = map(q, ("a:tbl", "a:tc", "a:p", "a:t", "a:fld"))
_COMMENT, _VALUE, _NAMES, _MATHS = map(q, ("p:text", "c:v", "p:cNvPr", "m:t"))
ATTRIBUTES = {_NAMES: ("descr", "title"), q("a:hlinkClick"): ("tooltip",)}
"""Attributes that people read."""
_ABSENT = ("tr", "tc", "sheet")
_PLAIN = (_COMMENT, _VALUE, _MATHS)
_WANTED = frozenset({_TABLE, _P, _FIELD, *_PLAIN})


class Cutter:
    """Takes the tags out of one part."""

    def __init__(self, root: Element, place: Place, engine: Engine) -> None:
        self.root = root
        self.place = place
        self.engine = engine
        self.marks = Marks()
        self._alive = list(root.iter())  # so that id() of an element stays its own
        self._by_tag: defaultdict[object, list[Element]] = defaultdict(list)
        for element in self._alive:
            if element.tag in _WANTED:
                self._by_tag[element.tag].append(element)

    def cut(self) -> list[Any]:
        """The pieces of the part; empty when no tag stands in it."""
        for table in self._by_tag[_TABLE]:
            for place, paragraph in mark_table(table, self.marks, self._place(table)):
                self._paragraph(paragraph, place)
        for element in self._by_tag[_P]:
            paragraph = Paragraph(element)
            if paragraph.found and next(element.iterancestors(_CELL), None) is None:
                self._paragraph(paragraph, self._place(element))
        self._plain_texts()
        self._attributes()
        return self.marks.cut(self.root) if len(self.marks) else []

    def _paragraph(self, paragraph: Paragraph, place: Place) -> None:
        for tag in [tag for letter in _ABSENT for tag in paragraph.lettered(letter)]:
            self.engine.add("tag-misplaced", place, tag=tag.shown, where="")
        level = (id(paragraph.element.getparent()), "p")
        lettered = paragraph.lettered("p")
        steering = [tag.at(place, level) for tag in lettered or paragraph.lone()]
        wraps = even(lettered) and any(tag.kind is Kind.STATEMENT for tag in lettered)
        if steering and not wraps:
            self.marks.replace(paragraph.element, *steering)
            return
        if lettered:
            around(self.marks, paragraph.element, steering)
            paragraph = paragraph.without(lettered)
        if paragraph.found:
            tagged = Tagged(self.engine, place, id(paragraph.element))
            paragraph.mark(self.marks, tagged)

    def _plain_texts(self) -> None:
        """Comments, what a chart shows, formulas, and fields: texts without runs."""
        fields = [item for field in self._by_tag[_FIELD] for item in field.iter(_T)]
        for item in [*fields, *(item for tag in _PLAIN for item in self._by_tag[tag])]:
            if has_tags(item.text or ""):
                tagged = Tagged(self.engine, self._place(item), id(item))
                item.text = tagged.plain(item.text or "", self.marks)

    def _attributes(self) -> None:
        """Alternative texts, tips, names of shapes: whatever holds tags."""
        for element in self._alive:
            for name in element.keys() if isinstance(element.tag, str) else ():  # noqa: SIM118
                if has_tags(element.get(name, "")):
                    self._attribute(element, str(name))

    def _attribute(self, element: Element, name: str) -> None:
        place = self._place(element)
        if name == "descr":
            self._condition(element, place)
            place = place.at(("alt", ""))
        sink = _sink(element, name)
        Tagged(self.engine, place, (id(element), name), sink).attribute(element, name, self.marks)

    def _condition(self, properties: Element, place: Place) -> None:
        """A shape whose alt text begins with an ``{% if %}`` that nothing in it closes."""
        text = properties.get("descr", "")
        found = find_tags(text)
        first = found[0].tag if found else None
        if first is None or first.word != "if" or text[: found[0].start].strip():
            return
        if not unclosed([item.tag for item in found if item.tag]):
            return
        shape = _unit(properties)
        opener = first.at(place, id(shape))
        self.marks.around(shape, opener, closing(opener))
        properties.set("descr", text[found[0].end :].lstrip())

    def _place(self, element: Element) -> Place:
        """A place in a slide names the shape; in notes and charts it is told without."""
        if self.place.steps[1:]:
            return self.place
        return self.place.at(*(("shape", name) for name in _shape_names(element)))


def _sink(element: Element, name: str) -> str:
    """Where the values of an attribute's tags go; what stands for a shape may be more than text."""
    if element.tag != _NAMES or name not in ("descr", "title"):
        return NAME
    return PICTURE if _asks_for_picture(element.get(name, "")) else ALT


def _asks_for_picture(text: str) -> bool:
    tags = [found.tag.source for found in find_tags(text) if found.tag]
    return any(word in source for source in tags for word in ("image(", "qr("))


def _unit(properties: Element) -> Element:
    """The shape with this name, or what wraps its alternatives."""
    shape = parent(parent(properties))
    above = parent(shape)
    return parent(above) if above.tag == q("mc:Choice") else shape


def _shape_names(element: Element) -> Iterator[str]:
    """The name of the innermost shape around an element."""
    for shape in [element, *element.iterancestors()]:
        if shape.tag in _SHAPES:
            yield next((p.get("name", "") for p in shape.iter(_NAMES)), "")
            return


def unclosed(tags: list[Tag]) -> list[Tag]:
    """The openers among these tags that none of them closes."""
    stack: list[Tag] = []
    for tag in tags:
        if is_opener(tag):
            stack.append(tag)
        elif is_closer(tag) and stack:
            stack.pop()
    return stack


def closing(opener: Tag) -> Tag:
    """The closer of a tag that stands without one in the template."""
    source = "{% " + CLOSERS[opener.word] + " %}"
    return Tag(source, opener.shown, Kind.STATEMENT, place=opener.place, level=opener.level)
