"""Relationships of parts: their names, ids, targets.

In: a part name and an ``<Relationship>`` element. Out: a Relationship whose target is a part name
from the package's root, or a URL.
"""

from __future__ import annotations

import posixpath
from urllib.parse import unquote

from toolkit.office.package.markup import Element, q
from toolkit.office.record import Record

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"


def relationship_type(word: str) -> str:
    """The full type of ``image``, ``chart``, ``slide`` and their like."""
    return _OFFICE + word


class Relationship(Record):
    """One relationship of a part; ``target`` is a part name, or a URL when ``external``."""

    id: str
    type: str
    target: str
    external: bool = False

    @property
    def word(self) -> str:
        """The last word of the type: ``image``, ``slide``, ``hyperlink``."""
        return self.type.rpartition("/")[2]


_KNOWN = {
    q("rel:Relationship"): ("Id", "Type", "Target", "TargetMode"),
    q("ct:Default"): ("Extension", "ContentType"),
    q("ct:Override"): ("PartName", "ContentType"),
}


def keep_known(root: Element) -> bool:
    """Leave nothing in a list of relationships or content types but what Office reads there.

    A name lxml takes may be one that Office's older rules of XML do not; of two entries for one
    id, part or suffix the first one counts, and Word repairs the file. Whether anything went.
    """
    went = bool(root.attrib) | _is_said(root.text)
    root.attrib.clear()
    seen: set[tuple[str, str]] = set()
    for item in list(root):
        names = _KNOWN.get(str(item.tag), ())
        key = (str(item.tag), _key(item, names))
        if not names or key in seen:
            root.remove(item)
            went = True
            continue
        seen.add(key)
        went |= _bared(item, names)
    if _is_said(root.text):
        root.text = None
    return went


def _key(item: Element, names: tuple[str, ...]) -> str:
    """The id of a relationship; the part or suffix of a type, whose case does not count."""
    told = item.get(names[0], "") if names else ""
    return told if names[:1] == ("Id",) else told.lower()


def _bared(item: Element, names: tuple[str, ...]) -> bool:
    """Take what is not known out of an entry; whether there was anything."""
    odd = [name for name in item.attrib if name not in names]
    said = len(item) > 0 or _is_said(item.text) or _is_said(item.tail)
    for name in odd:
        del item.attrib[name]
    if said:
        item[:] = []
        item.text = item.tail = None
    return bool(odd) or said


def _is_said(text: str | None) -> bool:
    return bool(text and text.strip())


def rels_name(part: str) -> str:
    """``word/document.xml`` -> ``word/_rels/document.xml.rels``; ``""`` -> ``_rels/.rels``."""
    folder, slash, base = part.rpartition("/")
    return f"{folder}{slash}_rels/{base}.rels"


def relationship(part: str, item: Element) -> Relationship:
    """The Relationship an ``<Relationship>`` element of ``part`` stands for."""
    external = item.get("TargetMode") == "External"
    target = item.get("Target", "")
    if not external:
        target = resolve(part, target)
    return Relationship(item.get("Id", ""), item.get("Type", ""), target, external)


def resolve(part: str, target: str) -> str:
    """The part name a target of ``part`` means."""
    path = unquote(target) if "%" in target else target
    folder = "" if path.startswith("/") else part.rpartition("/")[0]
    steps: list[str] = []
    for step in f"{folder}/{path}".split("/"):
        if step == "..":
            del steps[-1:]
        elif step not in ("", "."):
            steps.append(step)
    return "/".join(steps)


def relative(part: str, target: str) -> str:
    """A part name as written in the relationships of ``part``."""
    return posixpath.relpath("/" + target, "/" + posixpath.dirname(part))
