"""Document properties: tags, translation and language in core, app and custom properties.

In: a package and its engine. Out: the property parts that have tags, compiled; the others are
changed in the package at once.
"""

from __future__ import annotations

from lxml import etree

from toolkit.office.engine import Engine
from toolkit.office.package.markup import Element, q
from toolkit.office.package.package import Package
from toolkit.office.tags.emit import attribute_emitter
from toolkit.office.tags.marks import Marks, mark_text
from toolkit.office.tags.text import has_tags
from toolkit.office.xml_part import XmlPart

_WORDS = ("core-properties", "extended-properties", "custom-properties")
_SWAPPED = frozenset({q("dc:title"), q("dc:subject"), q("dc:description"), q("cp:category")})


def compile_properties(package: Package, engine: Engine) -> list[XmlPart]:
    """The property parts with tags; titles are translated and the language is set."""
    parts = []
    for word in _WORDS:
        for name in package.related("", word):
            if name in package:
                parts += _compile(package, name, engine)
    return parts


def _compile(package: Package, name: str, engine: Engine) -> list[XmlPart]:
    root = package.tree(name)
    localised = engine.settings.localised
    changed = localised and _set_language(root, engine.settings.localisation.tag)
    marks = Marks()
    for element in root.iter(etree.Element):
        text = element.text or ""
        if has_tags(text):
            place = package.place(("property", _name(element)))
            element.text = mark_text(text, marks, place, engine)
        elif element.tag in _SWAPPED:
            changed = _swap(element, engine) or changed
        own = element.get("name", "")
        if has_tags(own):
            place = package.place(("property", own))
            element.set("name", mark_text(own, marks, place, engine))
    if len(marks):
        stream = engine.compile(marks.cut(root), attribute_emitter)
        return [XmlPart(name, stream, package.place())]
    if changed:
        package.store(name)
    return []


def _name(element: Element) -> str:
    holder = element.getparent()
    named = holder.get("name") if holder is not None else None
    return named or etree.QName(element).localname


def _swap(element: Element, engine: Engine) -> bool:
    label = engine.settings.localisation.text((element.text or "").strip())
    if label is None or label == element.text:
        return False
    element.text = label
    return True


def _set_language(root: Element, tag: str) -> bool:
    if root.tag != q("cp:coreProperties"):
        return False
    language = root.find(q("dc:language"))
    if language is None:
        language = etree.SubElement(root, q("dc:language"))
    changed = language.text != tag
    language.text = tag
    return changed
