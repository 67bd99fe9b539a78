"""Marks: where tags and other pieces stand in the XML of a part.

In: a parsed part, into whose text and attributes ``Marks.mark`` strings are written. Out: the
part's XML cut at the marks, as the sequence of pieces that the engine compiles.
"""

from __future__ import annotations

from typing import Any

from lxml import etree

from toolkit.finding import Place
from toolkit.office.engine import Engine
from toolkit.office.markup import Element
from toolkit.office.tags import closing, find_tags

_OPEN, _CLOSE = "\ufdd0", "\ufdd1"
DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


class Whole:
    """A piece that stands for a whole attribute, name and quotes included."""

    def __init__(self, item: Any) -> None:
        self.item = item


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
            if isinstance(item, Whole):
                text, after, item = text.rpartition(" ")[0], after[1:], item.item
            out += (text, item)
            text = after
        out.append(text)
        return [piece for piece in out if piece != ""]


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
