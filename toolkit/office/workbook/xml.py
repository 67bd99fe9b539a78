"""Spreadsheet XML as text: elements without their namespace declarations, and back to one prefix.

In: elements of a workbook's parts. Out: text that can stand in a part whose root declares the
same namespaces.
"""

from __future__ import annotations

from typing import Any

from lxml import etree

from toolkit.office.package.markup import NAMESPACES, Element
from toolkit.office.values import escape

MAIN = NAMESPACES["x"]


def bare(element: Element) -> str:
    """The XML of an element without the namespace declarations its root already makes."""
    text = etree.tostring(element, encoding="unicode", with_tail=False)
    end = text.index(">")
    head = text[:end]
    for prefix, uri in element.nsmap.items():
        name = f"xmlns:{prefix}" if prefix else "xmlns"
        head = head.replace(f' {name}="{uri}"', "", 1)
    return head + text[end:]


def attributes(element: Element, *left_out: str) -> str:
    """The attributes of an element as text, but for some; each with a blank before it."""
    prefixes = {uri: prefix for prefix, uri in element.nsmap.items() if prefix}
    return "".join(
        f' {_prefixed(str(name), prefixes)}="{attribute(str(value))}"'
        for name, value in element.items()
        if name not in left_out
    )


def _prefixed(name: str, prefixes: dict[str, str]) -> str:
    if not name.startswith("{"):
        return name
    uri, _, local = name[1:].partition("}")
    return f"{prefixes.get(uri, 'xml')}:{local}"


def attribute(value: str) -> str:
    """An attribute's value as it stands between quotes."""
    return escape(value).replace("\n", "&#10;").replace("\r", "&#13;").replace("\t", "&#9;")


def unprefixed(root: Element) -> Element:
    """The same tree with the spreadsheet namespace as the default one (some writers use x:)."""
    if root.prefix is None:
        return root
    names: Any = {prefix: uri for prefix, uri in root.nsmap.items() if uri != MAIN}
    names[None] = MAIN
    return _copied(root, etree.Element(root.tag, nsmap=names))


def _copied(old: Element, new: Element) -> Element:
    for name, value in old.items():
        new.set(name, value)
    new.text, new.tail = old.text, old.tail
    for child in old:
        if isinstance(child.tag, str):
            names = {p: uri for p, uri in child.nsmap.items() if p and uri != MAIN}
            _copied(child, etree.SubElement(new, child.tag, nsmap=names))
    return new
