"""The package of a Word document: every part but the body, and how they hang together.

In: a Pen and the body. Out: the bytes of a .docx.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Mapping
from urllib.parse import quote

from lxml import etree

from toolkit.author.archive import AUTHOR, CREATED, packed
from toolkit.author.theme import theme_xml
from toolkit.author.word.elements import make, root
from toolkit.author.word.front import LOGO, LOGO_REL
from toolkit.author.word.lists import number_lists, numbering_xml
from toolkit.author.word.page import first_header_xml, footer_xml, header_xml
from toolkit.author.word.pen import Pen
from toolkit.author.word.stamp import custom_xml
from toolkit.author.word.styles import styles_xml
from toolkit.office.package.markup import NAMESPACES, Element, q, serialise

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.{}+xml"
_OFFICE = "application/vnd.openxmlformats-officedocument.{}+xml"
_RELATION = NAMESPACES["r"]
TYPES = {
    "word/document.xml": _WORD.format("document.main"),
    "word/styles.xml": _WORD.format("styles"),
    "word/settings.xml": _WORD.format("settings"),
    "word/numbering.xml": _WORD.format("numbering"),
    "word/fontTable.xml": _WORD.format("fontTable"),
    "word/header1.xml": _WORD.format("header"),
    "word/header2.xml": _WORD.format("header"),
    "word/footer1.xml": _WORD.format("footer"),
    "word/theme/theme1.xml": _OFFICE.format("theme"),
    "docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
    "docProps/app.xml": _OFFICE.format("extended-properties"),
    "docProps/custom.xml": _OFFICE.format("custom-properties"),
}
Relation = tuple[str, str, str]

PACKAGE_RELS = (
    ("rId1", f"{_RELATION}/officeDocument", "word/document.xml"),
    ("rId2", f"{NAMESPACES['rel']}/metadata/core-properties", "docProps/core.xml"),
    ("rId3", f"{_RELATION}/extended-properties", "docProps/app.xml"),
    ("rId4", f"{_RELATION}/custom-properties", "docProps/custom.xml"),
)
DOCUMENT_RELS = (
    ("rId1", f"{_RELATION}/styles", "styles.xml"),
    ("rId2", f"{_RELATION}/settings", "settings.xml"),
    ("rId3", f"{_RELATION}/numbering", "numbering.xml"),
    ("rId4", f"{_RELATION}/fontTable", "fontTable.xml"),
    ("rId5", f"{_RELATION}/theme", "theme/theme1.xml"),
    ("rIdHeader", f"{_RELATION}/header", "header1.xml"),
    ("rIdFirstHeader", f"{_RELATION}/header", "header2.xml"),
    ("rIdFooter", f"{_RELATION}/footer", "footer1.xml"),
    (LOGO_REL, f"{_RELATION}/image", "media/logo.png"),
)


def package(pen: Pen, body: list[Element]) -> bytes:
    """The whole .docx around a body."""
    links, lists = _related(body), number_lists(body)
    parts = {
        "[Content_Types].xml": _types_xml(),
        "_rels/.rels": _rels_xml(PACKAGE_RELS),
        "docProps/app.xml": _app_xml(),
        "docProps/core.xml": _core_xml(pen),
        "docProps/custom.xml": custom_xml(),
        "word/_rels/document.xml.rels": _rels_xml(DOCUMENT_RELS, links),
        "word/document.xml": _document_xml(body),
        "word/fontTable.xml": serialise(make("fonts", *_font(pen))),
        "word/footer1.xml": footer_xml(pen),
        "word/header1.xml": header_xml(pen),
        "word/header2.xml": first_header_xml(),
        LOGO: _grey_picture(),
        "word/numbering.xml": numbering_xml(lists),
        "word/settings.xml": _settings_xml(),
        "word/styles.xml": styles_xml(pen.slots, pen.width),
        "word/theme/theme1.xml": theme_xml(pen.slots),
    }
    return packed(parts)


def _document_xml(body: list[Element]) -> bytes:
    document = make("document", make("body", *body))
    etree.cleanup_namespaces(document, keep_ns_prefixes=["w", "r"])
    return serialise(document)


def _font(pen: Pen) -> list[Element]:
    return [make("font", make("charset", val="00"), name=pen.slots["minor_font"])]


def _types_xml() -> bytes:
    types = root("ct:Types")
    defaults = {
        "rels": "application/vnd.openxmlformats-package.relationships+xml",
        "xml": "application/xml",
        "png": "image/png",
        "jpeg": "image/jpeg",
        "jpg": "image/jpeg",
    }
    for suffix, kind in defaults.items():
        etree.SubElement(types, q("ct:Default"), Extension=suffix, ContentType=kind)
    for name, kind in TYPES.items():
        etree.SubElement(types, q("ct:Override"), PartName=f"/{name}", ContentType=kind)
    return serialise(types)


def _related(body: list[Element]) -> dict[str, str]:
    """Gives hyperlinks their relationship ids; id -> target, its braces as Word writes them."""
    links: dict[str, str] = {}
    for line in body:
        for element in line.iter(q("w:hyperlink")):
            target = element.get(q("r:id"))
            if target:
                name = f"rIdLink{len(links) + 1}"
                element.set(q("r:id"), name)
                links[name] = quote(target, safe="/:?#&=%")
    return links


def _rels_xml(relations: tuple[Relation, ...], links: Mapping[str, str] | None = None) -> bytes:
    rels = root("rel:Relationships")
    for name, kind, target in relations:
        etree.SubElement(rels, q("rel:Relationship"), Id=name, Type=kind, Target=target)
    for name, target in (links or {}).items():
        item = etree.SubElement(rels, q("rel:Relationship"), Id=name, Type=_RELATION + "/hyperlink")
        item.set("Target", target)
        item.set("TargetMode", "External")
    return serialise(rels)


def _core_xml(pen: Pen) -> bytes:
    spaces = {prefix: NAMESPACES[prefix] for prefix in ("cp", "dc", "dcterms", "xsi")}
    core = etree.Element(q("cp:coreProperties"), nsmap=spaces)
    title = pen.wording.tag(pen.document.title)
    texts = {"dc:title": f"{title} – {{{{ info.project_name }}}}", "dc:creator": AUTHOR}
    texts |= {"cp:lastModifiedBy": AUTHOR, "dc:language": "nb-NO"}
    for name, words in texts.items():
        etree.SubElement(core, q(name)).text = words
    for name in ("dcterms:created", "dcterms:modified"):
        moment = etree.SubElement(core, q(name))
        moment.set(q("xsi:type"), "dcterms:W3CDTF")
        moment.text = CREATED
    return serialise(core)


def _app_xml() -> bytes:
    properties = root("ep:Properties")
    etree.SubElement(properties, q("ep:Application")).text = "Microsoft Office Word"
    etree.SubElement(properties, q("ep:AppVersion")).text = "16.0000"
    return serialise(properties)


def _settings_xml() -> bytes:
    mode = make("compatSetting", name="compatibilityMode",
                uri="http://schemas.microsoft.com/office/word", val=15)  # fmt: skip
    slots = {"bg1": "light1", "t1": "dark1", "bg2": "light2", "t2": "dark2"}
    slots |= {f"accent{number}": f"accent{number}" for number in range(1, 7)}
    slots |= {"hyperlink": "hyperlink", "followedHyperlink": "followedHyperlink"}
    return serialise(
        make(
            "settings",
            make("zoom", percent=100),
            make("defaultTabStop", val=709),
            make("autoHyphenation"),
            make("characterSpacingControl", val="doNotCompress"),
            make("compat", mode),
            make("themeFontLang", val="nb-NO"),
            make("clrSchemeMapping", **slots),
            make("decimalSymbol", val=","),
            make("listSeparator", val=";"),
        )
    )


def _grey_picture() -> bytes:
    """A light grey PNG of 88 × 30 pixels, where the logo will stand."""
    row = b"\0" + b"\xe6" * 88
    chunks = [
        (b"IHDR", struct.pack(">2I5B", 88, 30, 8, 0, 0, 0, 0)),
        (b"IDAT", zlib.compress(row * 30, 0)),
        (b"IEND", b""),
    ]
    packed_chunks = [
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in chunks
    ]
    return b"\x89PNG\r\n\x1a\n" + b"".join(packed_chunks)
