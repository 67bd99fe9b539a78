"""Marks: where tags and other pieces stand in the XML of a part.

In: a parsed part, into whose text and attributes ``Marks.mark`` strings are written. Out: the
part's XML cut at the marks, as the sequence of pieces that the engine compiles.
"""

from __future__ import annotations

from typing import Any

from lxml import etree

from toolkit.finding import Place
from toolkit.office.engine import Engine
from toolkit.office.package.markup import Element
from toolkit.office.record import Record
from toolkit.office.tags.text import Tag, closing, find_tags

_OPEN, _CLOSE = "\ufdd0", "\ufdd1"
DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


class Edge(Record):
    """A piece at the edge of an attribute that takes the attribute's name and quotes with it.

    Alone in its attribute it is both edges: the piece then stands for the whole attribute.
    """

    item: Any
    first: bool = True
    last: bool = True


class Marks:
    """The pieces that stand in one part, by mark."""

    def __init__(self) -> None:
        self._items: list[Any] = []

    def __len__(self) -> int:
        return len(self._items)

    def mark(self, item: Any) -> str:
        """The text to write where the piece stands: in a text node, tail or attribute value."""
        self._items.append(item)
        return f"{_OPEN}{len(self._items) - 1}{_CLOSE}"

    @property
    def loops(self) -> bool:
        """Whether any of the marks is a loop."""
        return any(isinstance(item, Tag) and item.word == "for" for item in self._items)

    def tags_in(self, element: Element) -> list[Tag]:
        """The tags whose marks stand in the texts of an element, in order."""
        text = "".join(str(piece) for piece in element.itertext())
        numbers = [part.partition(_CLOSE)[0] for part in text.split(_OPEN)[1:]]
        items = [self._items[int(number)] for number in numbers]
        return [item for item in items if isinstance(item, Tag)]

    def spelled(self, element: Element) -> str:
        """The text of an element as its author wrote it, tags and all."""
        first, *rest = "".join(map(str, element.itertext())).split(_OPEN)
        parts = (part.partition(_CLOSE) for part in rest)
        return first + "".join(
            f"{getattr(self._items[int(number)], 'shown', number)}{after}"
            for number, _, after in parts
        )

    def resink(self, tags: list[Tag], sink: str) -> None:
        """Give tags that are already marked another sink."""
        for number, item in enumerate(self._items):
            if any(item is tag for tag in tags):
                self._items[number] = item._replace(sink=sink)

    def replace(self, element: Element, *items: Any) -> None:
        """Put marks where an element stands, and take the element out."""
        text = "".join(map(self.mark, items)) + (element.tail or "")
        self.before(element, text)
        parent = element.getparent()
        if parent is not None:
            parent.remove(element)

    @staticmethod
    def before(element: Element, text: str) -> None:
        """Write text in front of an element; the element's own tail is taken away with it."""
        element.tail = None
        previous, parent = element.getprevious(), element.getparent()
        if previous is not None:
            previous.tail = (previous.tail or "") + text
        elif parent is not None:
            parent.text = (parent.text or "") + text

    def around(self, element: Element, first: Any, last: Any) -> None:
        """Put one mark before an element and one after it."""
        tail = element.tail or ""
        self.before(element, self.mark(first))
        element.tail = self.mark(last) + tail

    def cut(self, root: Element) -> list[Any]:
        """The part as pieces: XML text, and what the marks stand for, in order."""
        out: list[Any] = []
        first, *rest = etree.tostring(root, encoding="unicode").split(_OPEN)
        text = DECLARATION + first
        for part in rest:
            number, _, after = part.partition(_CLOSE)
            item = self._items[int(number)]
            if isinstance(item, Edge):
                text = text.rpartition(" ")[0] if item.first else text
                after = after[1:] if item.last else after
                item = item.item
            out += (text, item)
            text = after
        out.append(text)
        return [piece for piece in out if piece != ""]


def holds_mark(text: str) -> bool:
    """Whether a mark stands in a text."""
    return _OPEN in text


def without_marks(text: str) -> str:
    """A text without the marks in it."""
    first, *rest = text.split(_OPEN)
    return first + "".join(part.partition(_CLOSE)[2] for part in rest)


def mark_text(text: str, marks: Marks, place: Place, engine: Engine, sink: str = "") -> str:
    """Text of a node or attribute with each tag replaced by its mark."""
    out, at = "", 0
    level = object()
    for found in find_tags(text):
        out += text[at : found.start]
        at = found.end
        if found.tag is not None:
            out += marks.mark(found.tag.at(place, level, sink))
        elif found.literal is not None:
            out += found.literal
        else:
            shown = text[found.start : found.start + 40]
            engine.add("tag-cut-off", place, tag=shown, end=closing(shown))
    return out + text[at:]
