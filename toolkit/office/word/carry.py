"""What a piece of one Word document needs in another: styles, lists, notes, parts, ids.

In: elements copied from a source document. Out: the same elements, changed so that they mean in
the target what they meant in the source; the target's styles, lists, notes and parts added to.
"""

from __future__ import annotations

from collections.abc import Iterable
from copy import deepcopy

from toolkit.office.package.markup import NAMESPACES, Element, parent, q
from toolkit.office.package.package import Package
from toolkit.office.word.carry_parts import PartCarrier
from toolkit.office.word.carry_styles import StyleCarrier

_ID, _VAL, _NAME = q("w:id"), q("w:val"), q("w:name")
_PARA_IDS = (q("w14:paraId"), q("w14:textId"))
_START, _END = q("w:bookmarkStart"), q("w:bookmarkEnd")
_NOTES = {
    q("w:footnoteReference"): ("footnotes", "w:footnote"),
    q("w:endnoteReference"): ("endnotes", "w:endnote"),
}
_FAMILY = "application/vnd.openxmlformats-officedocument.wordprocessingml."


class Carrier:
    """Carries elements from one document to another; ``root`` is the part they come into."""

    def __init__(self, source: Package, target: Package, root: Element) -> None:
        self._source = source
        self._target = target
        self._root = root
        self._styles = StyleCarrier(source, target)
        self._parts = PartCarrier(source, target)

    def carry(self, holder: Element, source_part: str, target_part: str) -> None:
        """Make everything inside ``holder`` at home in the target."""
        self._styles.carry(holder)
        self._parts.carry(holder, source_part, target_part)
        self._notes(holder)
        self._number(holder)

    # Footnotes and endnotes

    def _notes(self, holder: Element) -> None:
        for reference in list(holder.iter(*_NOTES)):
            word, tag = _NOTES[str(reference.tag)]
            names = self._source.related(self._source.main, word)
            note = next(
                (
                    item
                    for name in names
                    if name in self._source
                    for item in self._source.tree(name).findall(q(tag))
                    if item.get(_ID) == reference.get(_ID)
                ),
                None,
            )
            if note is None:
                parent(reference).remove(reference)
            else:
                reference.set(_ID, self._add_note(note, names[0], word))

    def _add_note(self, note: Element, source_part: str, word: str) -> str:
        part = self._notes_part(word, source_part)
        root = self._target.tree(part)
        number = str(max([0, *(_whole(item.get(_ID)) for item in root)]) + 1)
        twin = deepcopy(note)
        twin.set(_ID, number)
        _drop_paragraph_ids(twin)
        self._styles.carry(twin)
        self._parts.carry(twin, source_part, part)
        root.append(twin)
        self._target.store(part)
        return number

    def _notes_part(self, word: str, source_part: str) -> str:
        """The target's notes; made, with the source's separators, where it has none."""
        for name in self._target.related(self._target.main, word):
            if name in self._target:
                return name
        part = f"word/{word}.xml"
        self._target.write(part, f'<w:{word} xmlns:w="{NAMESPACES["w"]}"/>'.encode())
        self._target.set_content_type(part, f"{_FAMILY}{word}+xml")
        self._target.add_rel(self._target.main, word, part)
        root = self._target.tree(part)
        for item in self._source.tree(source_part):
            if item.get(q("w:type")):
                root.append(deepcopy(item))
        return part

    # Ids

    def _number(self, holder: Element) -> None:
        """Ids and names that must be unique get new ones."""
        _drop_paragraph_ids(holder)
        self._renumber(holder.iter(q("wp:docPr")), "id", self._root.iter(q("wp:docPr")))
        controls = [item for pr in holder.iter(q("w:sdtPr")) for item in pr.findall(_ID)]
        known = [item for pr in self._root.iter(q("w:sdtPr")) for item in pr.findall(_ID)]
        self._renumber(controls, _VAL, known)
        self._bookmarks(holder)

    def _renumber(self, items: Iterable[Element], name: str, known: Iterable[Element]) -> None:
        last = max((_whole(item.get(name)) for item in known), default=0)
        for number, item in enumerate(items, last + 1):
            item.set(name, str(number))

    def _bookmarks(self, holder: Element) -> None:
        known = list(self._root.iter(_START))
        last = max((_whole(item.get(_ID)) for item in known), default=0)
        names = {item.get(_NAME, "") for item in known}
        new: dict[str | None, str] = {}
        for item in holder.iter(_START):
            last += 1
            new[item.get(_ID)] = str(last)
            item.set(_ID, str(last))
            item.set(_NAME, _free(item.get(_NAME, ""), names))
            names.add(item.get(_NAME, ""))
        for item in list(holder.iter(_END)):
            if item.get(_ID) in new:
                item.set(_ID, new[item.get(_ID)])
            else:
                parent(item).remove(item)


def _drop_paragraph_ids(holder: Element) -> None:
    """Word makes them anew."""
    for element in holder.iter():
        for name in _PARA_IDS:
            if name in element.attrib:
                del element.attrib[name]


def _whole(text: str | None) -> int:
    return int(text) if text and text.lstrip("-").isdigit() else 0


def _free(name: str, taken: set[str]) -> str:
    number, free = 1, name
    while free in taken:
        number += 1
        free = f"{name[:36]}_{number}"
    return free
