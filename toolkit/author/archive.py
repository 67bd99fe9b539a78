"""Parts to bytes, always the same way.

In: parts by name, or an Office file a library wrote. Out: an Office file whose members stand in
a fixed order, carry no clock time and name no library as their author.
"""

from __future__ import annotations

from collections.abc import Mapping

from lxml import etree

from toolkit.office.package.archive import Member, pack, read_archive, write_archive
from toolkit.office.package.markup import q, serialise

CREATED = "2026-01-01T00:00:00Z"
AUTHOR = "Veikart"
_CORE = "docProps/core.xml"
_FIRST = ("[Content_Types].xml", "_rels/.rels")
_PLAIN = {
    "dc:creator": AUTHOR,
    "cp:lastModifiedBy": AUTHOR,
    "dcterms:created": CREATED,
    "dcterms:modified": CREATED,
}


def packed(parts: Mapping[str, bytes]) -> bytes:
    """A zip of these parts, content types first."""
    return write_archive(_ordered({name: pack(data) for name, data in parts.items()}))


def normalised(data: bytes) -> bytes:
    """The same Office file without clock time and library names."""
    members = read_archive(data)
    parts = {name: member.data() for name, member in members.items()}
    if _CORE in parts:
        parts[_CORE] = _plain_core(parts[_CORE])
    return packed(parts)


def _ordered(members: Mapping[str, Member]) -> list[tuple[str, Member]]:
    first = [name for name in _FIRST if name in members]
    return [(name, members[name]) for name in [*first, *sorted(set(members) - set(first))]]


def _plain_core(data: bytes) -> bytes:
    root = etree.fromstring(data)
    for name, text in _PLAIN.items():
        for element in root.findall(q(name)):
            element.text = text
    return serialise(root)
