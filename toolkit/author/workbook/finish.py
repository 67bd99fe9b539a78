"""The last touches XlsxWriter has no call for.

In: the file XlsxWriter wrote. Out: the same with its language in the core properties.
"""

from __future__ import annotations

from lxml import etree

from toolkit.author.archive import packed
from toolkit.document import Section
from toolkit.office.archive import read_archive
from toolkit.office.markup import parse, q, serialise

CORE = "docProps/core.xml"
LANGUAGE = "nb-NO"


def tab(section: Section) -> str:
    """The tab's colour: what people fill in, what is computed, and the rest."""
    if section.part == "table":
        return "accent1"
    return "accent2" if section.part == "info" else "accent4"


def finished(data: bytes) -> bytes:
    """The file with its language said."""
    parts = {name: member.data() for name, member in read_archive(data).items()}
    parts[CORE] = _with_language(parts[CORE])
    return packed(parts)


def _with_language(data: bytes) -> bytes:
    root = parse(data)
    language = etree.SubElement(root, q("dc:language"))
    language.text = LANGUAGE
    return serialise(root)
