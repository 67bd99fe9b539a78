"""The theme: colours and fonts of a brand, written into every theme part.

In: a package and a mapping of slots (dk1 … folHlink to RRGGBB, major_font, minor_font). Out: the
same package with its theme parts changed.
"""

from __future__ import annotations

from collections.abc import Mapping

from lxml import etree

from toolkit.office.package.markup import Element, q
from toolkit.office.package.package import Package

COLOURS = (
    *("dk1", "lt1", "dk2", "lt2", "accent1", "accent2", "accent3", "accent4", "accent5"),
    *("accent6", "hlink", "folHlink"),
)
_FONTS = {"major_font": "a:majorFont", "minor_font": "a:minorFont"}


def theme_parts(package: Package) -> list[str]:
    """Names of the theme parts."""
    return [name for name in package.names() if package.content_type(name).endswith("theme+xml")]


def write_theme(package: Package, theme: Mapping[str, str]) -> None:
    """Write the slots given into every theme part; slots not given stay."""
    if not theme:
        return
    for name in theme_parts(package):
        root = package.tree(name)
        for slot in COLOURS:
            if slot in theme:
                _set_colour(root, slot, theme[slot])
        for slot, tag in _FONTS.items():
            if slot in theme:
                _set_font(root, tag, theme[slot])
        package.store(name)
    if package.kind == "docx":
        from toolkit.office.word.theme import write_colours

        write_colours(package, theme)


def _set_colour(root: Element, slot: str, colour: str) -> None:
    for scheme in root.iter(q("a:clrScheme")):
        holder = scheme.find(q("a:" + slot))
        if holder is not None:
            for old in list(holder):
                holder.remove(old)
            holder.text = None
            etree.SubElement(holder, q("a:srgbClr"), val=colour.lstrip("#").upper())


def _set_font(root: Element, tag: str, font: str) -> None:
    for fonts in root.iter(q(tag)):
        latin = fonts.find(q("a:latin"))
        if latin is not None:
            latin.attrib.clear()
            latin.set("typeface", font)
