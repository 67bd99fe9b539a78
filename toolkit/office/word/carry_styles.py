"""Styles and lists of one document carried to another.

In: elements copied from the source. Out: their style ids and list numbers made right in the
target; styles it lacks, with what those build on, and lists, copied into it.
"""

from __future__ import annotations

from copy import deepcopy

from lxml import etree

from toolkit.office.package.markup import Element, q
from toolkit.office.package.package import Package
from toolkit.office.word.numbering import insert, next_id, numbering, store_numbering

_VAL, _STYLE_ID, _TYPE = q("w:val"), q("w:styleId"), q("w:type")
_ABSTRACT, _NUM = q("w:abstractNumId"), q("w:numId")
_USES = {
    q("w:pStyle"): "paragraph",
    q("w:rStyle"): "character",
    q("w:tblStyle"): "table",
}
_REFERENCES = tuple(map(q, ("w:basedOn", "w:next", "w:link")))
_LIST_LINKS = tuple(map(q, ("w:nsid", "w:tmpl", "w:styleLink", "w:numStyleLink", "w:pStyle")))


class StyleCarrier:
    """Copies styles and lists once each."""

    def __init__(self, source: Package, target: Package) -> None:
        self._source = source
        self._target = target
        self._part = _part(target, "styles")
        self._own = _styles(source)
        self._there = _styles(target)
        self._names = {_key(style): style_id for style_id, style in self._there.items()}
        self._ids: dict[str, str] = {}
        self._lists: dict[str, str] = {}
        self._abstracts: dict[str, str] = {}

    def carry(self, holder: Element) -> None:
        """Make the style ids and list numbers inside ``holder`` the target's."""
        for item in list(holder.iter(*_USES)):
            known = self._style(item.get(_VAL, ""))
            if known:
                item.set(_VAL, known)
            else:
                _remove(item)
        self._carry_lists(holder)

    def _style(self, style_id: str) -> str:
        """The target's id of a style; empty when neither document has it."""
        if style_id in self._ids:
            return self._ids[style_id]
        style = self._own.get(style_id)
        if style is None or not self._part:
            return style_id if style_id in self._there else ""
        same = self._names.get(_key(style))
        if same is None:
            same = self._free(style_id)
            self._ids[style_id] = same
            self._copy(style, same)
        self._ids[style_id] = same
        return same

    def _free(self, style_id: str) -> str:
        number, free = 1, style_id
        while free in self._there:
            number += 1
            free = f"{style_id}{number}"
        return free

    def _copy(self, style: Element, style_id: str) -> None:
        twin = deepcopy(style)
        twin.set(_STYLE_ID, style_id)
        if q("w:default") in twin.attrib:
            del twin.attrib[q("w:default")]
        self._there[style_id] = twin
        self._names[_key(twin)] = style_id
        for item in [item for tag in _REFERENCES for item in twin.findall(tag)]:
            known = self._style(item.get(_VAL, ""))
            if known:
                item.set(_VAL, known)
            else:
                twin.remove(item)
        self._carry_lists(twin)
        self._target.tree(self._part).append(twin)
        self._target.store(self._part)

    # Lists

    def _carry_lists(self, holder: Element) -> None:
        for item in list(holder.iter(_NUM)):
            if item.get(_VAL, "0") == "0":
                continue
            known = self._list(item.get(_VAL, ""))
            if known:
                item.set(_VAL, known)
            else:
                _remove(item.getparent())

    def _list(self, number: str) -> str:
        """The target's number of a list; empty when the source has no such list."""
        if number not in self._lists:
            self._lists[number] = self._copy_list(number)
        return self._lists[number]

    def _copy_list(self, number: str) -> str:
        part = _part(self._source, "numbering")
        root = self._source.tree(part) if part else etree.Element(_NUM)
        num = next((n for n in root.findall(q("w:num")) if n.get(_NUM) == number), None)
        own = None if num is None else num.find(_ABSTRACT)
        if num is None or own is None:
            return ""
        abstract = self._abstract(root, own.get(_VAL, ""))
        twin = deepcopy(num)
        target = numbering(self._target)
        new = str(next_id(target, "w:num", _NUM))
        twin.set(_NUM, new)
        for item in twin.findall(_ABSTRACT):
            item.set(_VAL, abstract)
        insert(target, twin)
        store_numbering(self._target)
        return new

    def _abstract(self, root: Element, number: str) -> str:
        if number in self._abstracts:
            return self._abstracts[number]
        found = [n for n in root.findall(q("w:abstractNum")) if n.get(_ABSTRACT) == number]
        target = numbering(self._target)
        new = str(next_id(target, "w:abstractNum", _ABSTRACT))
        twin = deepcopy(found[0]) if found else etree.Element(q("w:abstractNum"))
        twin.set(_ABSTRACT, new)
        for item in list(twin.iter(*_LIST_LINKS, q("w:lvlPicBulletId"))):
            _remove(item)
        insert(target, twin)
        self._abstracts[number] = new
        return new


def _part(package: Package, word: str) -> str:
    return next((name for name in package.related(package.main, word) if name in package), "")


def _styles(package: Package) -> dict[str, Element]:
    part = _part(package, "styles")
    found = package.tree(part).findall(q("w:style")) if part else []
    return {style.get(_STYLE_ID, ""): style for style in found}


def _key(style: Element) -> tuple[str, str]:
    """What makes two styles the same: their type and name."""
    name = style.find(q("w:name"))
    shown = style.get(_STYLE_ID, "") if name is None else name.get(_VAL, "")
    return style.get(_TYPE, "paragraph"), shown.lower()


def _remove(item: Element | None) -> None:
    holder = None if item is None else item.getparent()
    if item is not None and holder is not None:
        holder.remove(item)
