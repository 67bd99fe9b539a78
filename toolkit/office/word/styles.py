"""Styles and language of a Word document.

In: a package. Out: the id of the style of placeholder texts (made where it is missing), and the
language set where the styles and texts say what it is.
"""

from __future__ import annotations

from collections.abc import Callable

from lxml import etree

from toolkit.office.package.markup import Element, parent, q
from toolkit.office.package.package import Package

_VAL, _STYLE_ID = q("w:val"), q("w:styleId")
_PLACEHOLDER = "PlaceholderText"
_NORWEGIAN = ("nb-NO", "nn-NO", "no-NO", "no")


def placeholder_style(package: Package) -> str:
    """The id of the character style "Placeholder Text"; it is added where there is none."""
    for name in package.related(package.main, "styles"):
        root = package.tree(name)
        for style in root.iter(q("w:style")):
            named = style.find(q("w:name"))
            if named is not None and named.get(_VAL, "").lower() == "placeholder text":
                return style.get(_STYLE_ID, _PLACEHOLDER)
        _add_placeholder_style(root)
        package.store(name)
    return _PLACEHOLDER


def _add_placeholder_style(root: Element) -> None:
    style = etree.SubElement(root, q("w:style"))
    style.set(q("w:type"), "character")
    style.set(_STYLE_ID, _PLACEHOLDER)
    etree.SubElement(style, q("w:name")).set(_VAL, "Placeholder Text")
    etree.SubElement(style, q("w:uiPriority")).set(_VAL, "99")
    colour = etree.SubElement(etree.SubElement(style, q("w:rPr")), q("w:color"))
    colour.set(_VAL, "595959")


def paragraph_styles(
    package: Package, number_of: Callable[[Element], tuple[str, int]]
) -> dict[str, tuple[str, int]]:
    """The list and level of each paragraph style that belongs to a list.

    Left out are headings, whose numbers go through the document, and styles with an indent of
    their own, which the list's would take the place of.
    """
    found: dict[str, tuple[str, int]] = {}
    for name in package.related(package.main, "styles"):
        for own in package.tree(name).iter(q("w:numPr")):
            properties = parent(own)
            style = properties.getparent()
            apart = [properties.find(q(word)) for word in ("w:outlineLvl", "w:ind")]
            if style is not None and style.tag == q("w:style") and apart == [None, None]:
                found[style.get(_STYLE_ID, "")] = number_of(own)
    return found


def set_language(package: Package, tag: str) -> str:
    """Make ``tag`` the language of the document's styles; gives the language they had."""
    before = tag
    for name in package.related(package.main, "styles"):
        root = package.tree(name)
        defaults = root.find(f"{q('w:docDefaults')}/{q('w:rPrDefault')}/{q('w:rPr')}")
        if defaults is not None:
            own = defaults.find(q("w:lang"))
            before = "" if own is None else own.get(_VAL, "")
            if own is None:
                own = etree.SubElement(defaults, q("w:lang"))
            own.set(_VAL, tag)
        if retag(root, before, tag) or before != tag:
            package.store(name)
    return before


def retag(root: Element, before: str, tag: str) -> bool:
    """Give texts in the document's former language, or in Norwegian, the new one."""
    changed = False
    for own in root.iter(q("w:lang")):
        given = own.get(_VAL, "")
        if given != tag and given in (before, *_NORWEGIAN):
            own.set(_VAL, tag)
            changed = True
    return changed
