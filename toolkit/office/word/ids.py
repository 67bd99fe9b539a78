"""Ids that must be unique, in the parts of a document that loops repeat.

In: a Story with a loop in it. Out: marks in place of the ids of drawings, old drawings (VML),
bookmarks and content controls; rendered, each gets its own number. Ids outside loops stay as they
are.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from lxml import etree

from toolkit.office.package.markup import Element, q
from toolkit.office.record import Record
from toolkit.office.tags.pieces import Fill
from toolkit.office.tags.text import Tag
from toolkit.office.word.story import Story

_VAL, _ID, _NAME = q("w:val"), q("w:id"), q("w:name")
_PARA_IDS = (q("w14:paraId"), q("w14:textId"))
_START, _END = q("w:bookmarkStart"), q("w:bookmarkEnd")
_DRAWING, _CONTROL = q("wp:docPr"), q("w:sdtPr")
_OLD, _OLD_KIND = "{urn:schemas-microsoft-com:vml}*", q("v:shapetype")
_OLD_IDS = ("id", "{urn:schemas-microsoft-com:office:office}spid")
_SHOWN_BY = {
    "{urn:schemas-microsoft-com:office:office}OLEObject": "ShapeID",
    q("w:control"): q("w:shapeid"),
}
_FIRST = {
    **{"drawing": 10_000, "bookmark": 10_000, "control": 100_000_000, "shape": 1_000_000},
    **dict.fromkeys(("footnotes", "endnotes", "comments"), 10_000),
}


class Fresh(Record):
    """An id in a repeated stretch: its own number each time; what ends or refers says the same."""

    kind: str
    original: str

    def text(self, fill: Fill) -> str:
        """The next number of this kind in the part."""
        if self.kind.endswith(" end"):
            return str(fill.memory.get((self.kind[:-4], self.original), self.original))
        if self.kind == "bookmark name":
            return self._name(fill)
        if self.kind == "kind":  # of old drawings; those outside the loop use the first
            fill.memory[self.kind, self.original] = name = self._name(fill)
            return name
        fill.counters[self.kind] += 1
        number = str(_FIRST[self.kind] + fill.counters[self.kind])
        if self.kind == "shape":  # _x0000_s1026 for what is drawn, _x0000_i1025 for objects
            number = self.original.rstrip("0123456789") + number
        fill.memory[self.kind, self.original] = number
        return number

    def _name(self, fill: Fill) -> str:
        """The name, the second time with ``_2``: names are unique too."""
        key = "name " + self.original
        fill.counters[key] += 1
        count = fill.counters[key]
        return self.original if count == 1 else f"{self.original[:36]}_{count}"


def number_ids(story: Story) -> None:
    """Put marks in place of the ids of a part; drop paragraph ids, which Word makes anew."""
    if not story.name.endswith("comments.xml"):
        etree.strip_attributes(story.root, *_PARA_IDS)
    for element in story.root.iter(_DRAWING, _START, _END, _CONTROL):
        _number(story, element)
    for old in story.root.iter(_OLD):
        for name in _OLD_IDS:
            if name in old.attrib:
                _mark(story, old, name, "kind" if old.tag == _OLD_KIND else "shape")
        kind = old.get("type", "")
        if kind.startswith("#") and kind.isprintable():
            old.set("type", "#" + story.marks.mark(Fresh("kind end", kind[1:])))
    for shown in story.root.iter(*_SHOWN_BY):
        _mark(story, shown, _SHOWN_BY[shown.tag], "shape end")


def _number(story: Story, element: Element) -> None:
    if element.tag == _DRAWING:
        _mark(story, element, "id", "drawing")
    elif element.tag == _START:
        _mark(story, element, _ID, "bookmark")
        _mark(story, element, _NAME, "bookmark name")
    elif element.tag == _END:
        _mark(story, element, _ID, "bookmark end")
    else:
        own = element.find(_ID)
        if own is not None:
            _mark(story, own, _VAL, "control")


def _mark(story: Story, element: Element, name: str, kind: str) -> None:
    original = element.get(name, "")
    if original.isprintable():
        element.set(name, story.marks.mark(Fresh(kind, original)))


def settle_ids(items: Iterable[Any]) -> list[Any]:
    """Pieces with the ids outside loops put back as the text they were."""
    depth = 0
    out: list[Any] = []
    for item in items:
        if isinstance(item, Tag):
            depth += (item.word == "for") - (item.word == "endfor")
        if isinstance(item, Fresh) and depth <= 0:
            item = item.original
        if isinstance(item, str) and out and isinstance(out[-1], str):
            out[-1] += item
        else:
            out.append(item)
    return out
