"""Parts and pieces that the files with every feature are put together from."""
# ruff: noqa: E501  XML, a line each

from __future__ import annotations

import struct
import zlib
from typing import NamedTuple

from toolkit.office.package.markup import NAMESPACES
from toolkit.office.package.package import Package

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
MICROSOFT = "http://schemas.microsoft.com/office/"
XML = "application/xml"
TAG = "{{ name }}"
DATA = {
    "name": "Ada & Co", "xs": [1, 2],
    "figures": {"categories": ["Q1", "Q2"], "series": [{"name": "Ada & Co", "values": [3, 4]}]},
}  # fmt: skip
FILLED = "Ada & Co"
_OURS = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
STRICT = "http://purl.oclc.org/ooxml/"
_STRICT_NAMES = {
    f"{OFFICE}extended-properties": f"{STRICT}officeDocument/relationships/extendedProperties",
    f"{OFFICE}custom-properties": f"{STRICT}officeDocument/relationships/customProperties",
    OFFICE[:-1]: f"{STRICT}officeDocument/relationships",
    NAMESPACES["ep"]: f"{STRICT}officeDocument/extendedProperties",
    NAMESPACES["op"]: f"{STRICT}officeDocument/customProperties",
    NAMESPACES["vt"]: f"{STRICT}officeDocument/docPropsVTypes",
    NAMESPACES["m"]: f"{STRICT}officeDocument/math",
    **{NAMESPACES[short]: f"{STRICT}{long}" for short, long in (
        ("w", "wordprocessingml/main"), ("x", "spreadsheetml/main"), ("p", "presentationml/main"),
        ("a", "drawingml/main"), ("c", "drawingml/chart"), ("pic", "drawingml/picture"),
        ("wp", "drawingml/wordprocessingDrawing"), ("xdr", "drawingml/spreadsheetDrawing"),
        ("dgm", "drawingml/diagram"),
    )},
}  # fmt: skip


class Extra(NamedTuple):
    """A part put beside the others: its name, its bytes, its type, who points to it and how."""

    name: str
    data: bytes
    kind: str
    owner: str
    word: str


def add(package: Package, *extras: Extra) -> list[str]:
    """Put parts into a package; gives the ids of the relationships to them."""
    ids = []
    for extra in extras:
        package.write(extra.name, extra.data)
        package.set_content_type(extra.name, extra.kind)
        ids.append(package.add_rel(extra.owner, extra.word, extra.name))
    return ids


def blob(name: str) -> bytes:
    """Bytes that are no XML, different for each name."""
    return name.encode() + zlib.crc32(name.encode()).to_bytes(4, "big") * 8


def drawn_dot(name: str) -> bytes:
    """A picture of one dot, in a colour of its own for each name."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        checked = kind + data
        return len(data).to_bytes(4, "big") + checked + zlib.crc32(checked).to_bytes(4, "big")

    dot = b"\0" + zlib.crc32(name.encode()).to_bytes(4, "big")[:3]
    head = struct.pack(">2I5B", 1, 1, 8, 2, 0, 0, 0)
    chunks = (b"IHDR", head), (b"IDAT", zlib.compress(dot)), (b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunk(*pair) for pair in chunks)


def stored(name: str) -> bytes:
    """A compound file (the form of macros and OLE objects) with nothing in it but a class id."""
    free, end = b"\xff" * 4, b"\xfe\xff\xff\xff"
    numbers = struct.pack("<5H6x3I", 0x3E, 3, 0xFFFE, 9, 6, 0, 1, 1)  # one FAT, then a folder
    sizes = struct.pack("<2I", 0, 4096) + end + bytes(4) + end + bytes(4)
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + numbers + sizes
    head += bytes(4) + free * 108
    table = b"\xfd\xff\xff\xff" + end + free * 126
    root = "Root Entry".encode("utf-16-le").ljust(64, b"\0") + struct.pack("<H2B", 22, 5, 1)
    root += free * 3 + blob(name)[-16:] + bytes(20) + end + bytes(8)
    empty = bytes(68) + free * 3 + bytes(48)
    return head + table + root + empty * 3


_OPEN = "application/vnd.openxmlformats-officedocument."
_TEMPLATES = {
    "application/vnd.ms-word.document.macroEnabled.main+xml":
        f"{_OPEN}wordprocessingml.template.main+xml",
    "application/vnd.ms-powerpoint.presentation.macroEnabled.main+xml":
        f"{_OPEN}presentationml.template.main+xml",
    "application/vnd.ms-excel.sheet.macroEnabled.main+xml":
        f"{_OPEN}spreadsheetml.template.main+xml",
}  # fmt: skip
LAYOUT = (
    f"<d:layoutDef xmlns:d='{NAMESPACES['dgm']}'><d:title val=''/><d:desc val=''/><d:catLst/>"
    "<d:sampData/><d:styleData/><d:clrData/><d:layoutNode/></d:layoutDef>"
).encode()
_TEXT = "<a:bodyPr/><a:p><a:r><a:t>{}</a:t></a:r></a:p>"


def points_of(text: str) -> bytes:
    """The data of SmartArt with one point."""
    return (
        f"<d:dataModel xmlns:d='{NAMESPACES['dgm']}' xmlns:a='{NAMESPACES['a']}'><d:ptLst>"
        f"<d:pt modelId='1'><d:t>{_TEXT.format(text)}</d:t></d:pt></d:ptLst></d:dataModel>"
    ).encode()


def drawn(text: str) -> bytes:
    """SmartArt as Office drew it last."""
    return (
        "<s:drawing xmlns:s='http://schemas.microsoft.com/office/drawing/2008/diagram' "
        f"xmlns:a='{NAMESPACES['a']}'><s:spTree><s:nvGrpSpPr><s:cNvPr id='0' name=''/>"
        "<s:cNvGrpSpPr/></s:nvGrpSpPr><s:grpSpPr/><s:sp modelId='1'><s:nvSpPr><s:cNvPr id='0' name=''/>"
        f"<s:cNvSpPr/></s:nvSpPr><s:spPr/><s:txBody>{_TEXT.format(text)}</s:txBody></s:sp></s:spTree>"
        "</s:drawing>"
    ).encode()


def as_kind(data: bytes, word: str) -> bytes:
    """A macro-enabled file as a "template", which has no macros, or as a "macro template"."""
    package = Package.open(data)
    kind = package.content_type(package.main)
    if word == "template":
        package.remove(next(name for name in package.names() if name.endswith("vbaProject.bin")))
        kind = _TEMPLATES[kind]
    else:
        last = "macroEnabledTemplate" if "ms-word" in kind else "macroEnabled"
        start = kind.removesuffix(".macroEnabled.main+xml").rpartition(".")[0]
        kind = f"{start}.template.{last}.main+xml"
    package.set_content_type(package.main, kind)
    return package.save()


def signed(package: Package) -> None:
    """A digital signature over the package."""
    kind = "application/vnd.openxmlformats-package.digital-signature-"
    base = "http://schemas.openxmlformats.org/package/2006/relationships/digital-signature/"
    origin = "_xmlsignatures/origin.sigs"
    add(
        package,
        Extra(origin, b"", kind + "origin", "", base + "origin"),
        Extra("_xmlsignatures/sig1.xml", b"<Signature/>", kind + "xmlsignature+xml", origin,
              base + "signature"),
    )  # fmt: skip


def common(package: Package) -> None:
    """What all three kinds of file may hold: label, custom XML, properties, loose ends."""
    main = package.main
    labels = (
        b'<clbl:labelList xmlns:clbl="http://schemas.microsoft.com/office/2020/mipLabelMetadata"/>'
    )
    props = (
        f'<Properties xmlns="{NAMESPACES["op"]}" xmlns:vt="{NAMESPACES["vt"]}">'
        f'<property fmtid="{_OURS}" pid="2" name="ours"><vt:lpwstr>{TAG}</vt:lpwstr></property>'
        f'<property fmtid="{_OURS}" pid="3" name="MSIP_Label_1_Enabled"><vt:lpwstr>true</vt:lpwstr>'
        "</property></Properties>"
    )
    kind = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
    label = MICROSOFT + "2020/02/relationships/classificationlabels"
    add(
        package,
        Extra("docMetadata/LabelInfo.xml", labels, "application/vnd.ms-office.classificationlabels+xml",
              "", label),
        Extra("customXml/item9.xml", b"<plain xmlns='urn:plain'>kept</plain>", XML, main, "customXml"),
        Extra("docProps/custom.xml", props.encode(), kind, "", "custom-properties"),
    )  # fmt: skip
    package.add_rel(main, "image", main.rpartition("/")[0] + "/media/gone.png")  # points nowhere


def odd(package: Package) -> None:
    """Something of another program's at the beginning of a document's body."""
    main = package.main
    said = 'xmlns:odd="urn:odd" mc:Ignorable="odd '
    text = package.read(main).decode().replace('mc:Ignorable="', said, 1)
    package.write(main, text.replace("<w:body>", '<w:body><odd:thing odd:a="1"/>').encode())


def with_core_title(package: Package) -> None:
    """Tags in the title and in the company."""
    for name in package.names():
        if name in ("docProps/core.xml", "docProps/app.xml"):
            root = package.tree(name)
            space, tag = ("dc", "title") if "core" in name else ("ep", "Company")
            full = "{" + NAMESPACES[space] + "}" + tag
            item = next(root.iter(full), None)
            if item is None:
                item = root.makeelement(full, {})
                root.append(item)
            item.text = TAG
            package.store(name)


def strict(data: bytes) -> bytes:
    """The file in the strict form of the standard."""
    package = Package.open(data)
    for name in package.names():
        if name.endswith((".xml", ".rels")):
            text = package.read(name)
            for plain, named in _STRICT_NAMES.items():
                text = text.replace(f'"{plain}'.encode(), f'"{named}'.encode())
                text = text.replace(f"'{plain}".encode(), f"'{named}".encode())
            package.write(name, text)
    return package.save()
