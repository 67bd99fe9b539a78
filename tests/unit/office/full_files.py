"""Parts and pieces that the files with every feature are put together from."""
# ruff: noqa: E501  XML, a line each

from __future__ import annotations

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
        f'<property fmtid="{{1}}" pid="2" name="ours"><vt:lpwstr>{TAG}</vt:lpwstr></property>'
        '<property fmtid="{1}" pid="3" name="MSIP_Label_1_Enabled"><vt:lpwstr>true</vt:lpwstr>'
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
    root = package.tree(main)
    odd = root.makeelement("{urn:odd}thing", {"{urn:odd}a": "1"}, nsmap={"odd": "urn:odd"})
    holder = root[0] if root[0].tag.endswith("}body") else None
    if holder is not None:
        holder.insert(0, odd)
        package.store(main)


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
