"""The last touches XlsxWriter has no call for.

In: a book that is drawn. Out: the bytes of its template: the language in the core properties, rows
that may grow, and the charts changed as the parts booked it.
"""

from __future__ import annotations

import posixpath
from collections.abc import Mapping

from lxml import etree

from toolkit.author.archive import packed
from toolkit.author.workbook.book import Book
from toolkit.office.package.archive import read_archive
from toolkit.office.package.markup import NAMESPACES, parse, q, serialise

CORE = "docProps/core.xml"
TYPES = "[Content_Types].xml"
CHARTS = "xl/charts"
LANGUAGE = "nb-NO"
_NO_LINKS = f'<Relationships xmlns="{NAMESPACES["rel"]}"/>'
_IMAGE = f"{NAMESPACES['r']}/image"

Parts = dict[str, bytes]


def finished(book: Book) -> bytes:
    """The template of a book."""
    parts = {name: member.data() for name, member in read_archive(book.close()).items()}
    parts[CORE] = _with_language(parts[CORE])
    for number, key in enumerate(book.sheets, 1):
        name = f"xl/worksheets/sheet{number}.xml"
        parts[name] = _with_growing_rows(parts[name], {r for k, r in book.growing if k == key})
    for number, (draw, pictures) in book.touches.items():
        name = f"{CHARTS}/chart{number}.xml"
        root = parse(parts[name])
        draw(root)
        parts[name] = serialise(root)
        _add_pictures(parts, number, pictures)
    return packed(parts)


def _with_language(data: bytes) -> bytes:
    root = parse(data)
    language = etree.SubElement(root, q("dc:language"))
    language.text = LANGUAGE
    return serialise(root)


def _with_growing_rows(data: bytes, rows: set[int]) -> bytes:
    """XlsxWriter makes every height a fixed one; these may grow."""
    if not rows:
        return data
    root = parse(data)
    for row in root.iter(q("x:row")):
        if int(row.get("r", "0")) - 1 in rows and row.get("customHeight"):
            del row.attrib["customHeight"]
    return serialise(root)


def _add_pictures(parts: Parts, chart: int, pictures: Mapping[str, bytes]) -> None:
    links = etree.fromstring(_NO_LINKS)
    for number, (target, data) in enumerate(pictures.items(), 1):
        attributes = {"Id": f"rId{number}", "Type": _IMAGE, "Target": target}
        etree.SubElement(links, q("rel:Relationship"), attributes)
        parts[posixpath.normpath(posixpath.join(CHARTS, target))] = data
    parts[f"{CHARTS}/_rels/chart{chart}.xml.rels"] = serialise(links)
    parts[TYPES] = _with_png(parts[TYPES])


def _with_png(data: bytes) -> bytes:
    root = parse(data)
    known = {default.get("Extension") for default in root.iter(q("ct:Default"))}
    if "png" not in known:
        kind = {"Extension": "png", "ContentType": "image/png"}
        root.insert(0, etree.Element(q("ct:Default"), kind))
    return serialise(root)
