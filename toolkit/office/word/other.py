"""The other parts of a Word document that may hold tags.

In: a package and its engine. Out: the data behind content controls, compiled; the names of charts
and diagrams.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from toolkit.office.engine import Engine
from toolkit.office.package.markup import Element
from toolkit.office.package.package import Package
from toolkit.office.tags.emit import attribute_emitter
from toolkit.office.tags.marks import Marks, mark_text
from toolkit.office.tags.text import has_tags
from toolkit.office.xml_part import XmlPart

_DRAWN = frozenset({"chart", "diagramData", "diagramDrawing", "chartUserShapes"})


def drawn(package: Package, owners: Iterable[str]) -> Iterator[str]:
    """Names of the charts and diagrams that these parts show."""
    for owner in owners:
        for relation in package.rels(owner):
            if relation.word in _DRAWN and relation.target in package:
                yield relation.target


def compile_data(package: Package, engine: Engine) -> list[XmlPart]:
    """Custom XML parts: what content controls are bound to."""
    parts = []
    for name in package.names():
        if not name.startswith("customXml/item") or not _may_hold_tags(package, name):
            continue
        root, marks = package.tree(name), Marks()
        place = package.place(("property", name))
        for element, attribute, text in _texts(root):
            marked = mark_text(text, marks, place, engine)
            if attribute:
                element.set(attribute, marked)
            else:
                element.text = marked
        if len(marks):
            stream = engine.compile(marks.cut(root), attribute_emitter)
            parts.append(XmlPart(name, stream, place))
    return parts


def _may_hold_tags(package: Package, name: str) -> bool:
    if not name.endswith(".xml"):
        return False
    data = package.read(name)
    return b"{" in data and (b"{{" in data or b"{%" in data)


def _texts(root: Element) -> Iterator[tuple[Element, str, str]]:
    """Every text and attribute with tags: the element, the attribute's name or "", the text."""
    for element in root.iter():
        if isinstance(element.tag, str) and has_tags(element.text or ""):
            yield element, "", element.text or ""
        for name in element.keys():  # noqa: SIM118
            if has_tags(element.get(name, "")):
                yield element, str(name), element.get(name, "")
