"""Tags in places the engine does not fill.

In: a template workbook and the parts that are read. Out: a finding for each tag in another part:
a tag is never left standing in silence.
"""

from __future__ import annotations

from collections.abc import Container

from lxml import etree

from toolkit.office.engine import Engine
from toolkit.office.markup import MarkupError, parse
from toolkit.office.package import Package
from toolkit.office.tags import find_tags

_TEXT = (".xml", ".rels", ".vml")


def report_unfillable(package: Package, engine: Engine, filled: Container[str]) -> None:
    """Tell of tags in parts that are not in ``filled``."""
    for name in package.names():
        if name in filled or not name.endswith(_TEXT):
            continue
        data = package.read(name)
        if b"{{" in data or b"{%" in data:
            for tag in _tags(data):
                engine.add("place-unfillable", package.place(), tag=tag, part=name)


def _tags(data: bytes) -> list[str]:
    try:
        root = parse(data)
    except MarkupError:
        return []
    texts = [
        text
        for element in root.iter(etree.Element)
        for text in (element.text or "", *(str(value) for value in element.attrib.values()))
    ]
    return [found.tag.shown for text in texts for found in find_tags(text) if found.tag]
