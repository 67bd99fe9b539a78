"""The theme part, the same in all three formats.

In: theme slots (``toolkit.brand.Brand.theme``). Out: the bytes of ``theme1.xml``: the colours,
the two fonts and a flat format scheme (no gradients, no shadows, no effects).
"""

from __future__ import annotations

from collections.abc import Mapping

from lxml import etree

from toolkit.brand import SLOTS
from toolkit.office.package.markup import NAMESPACES, Element, q, serialise

NAME = "Veikart"
_LINES = (6350, 12700, 19050)  # EMU: 0.5, 1 and 1.5 pt


def theme_xml(slots: Mapping[str, str], name: str = NAME) -> bytes:
    """``theme1.xml`` holding these slots."""
    root = etree.Element(q("a:theme"), {"name": name}, nsmap={"a": NAMESPACES["a"]})
    elements = _add(root, "themeElements")
    _colors(_add(elements, "clrScheme", name=name), slots)
    _fonts(_add(elements, "fontScheme", name=name), slots)
    _formats(_add(elements, "fmtScheme", name=name))
    _add(root, "objectDefaults")
    _add(root, "extraClrSchemeLst")
    return serialise(root)


def _add(parent: Element, tag: str, **attributes: str) -> Element:
    return etree.SubElement(parent, q(f"a:{tag}"), attributes)


def _colors(scheme: Element, slots: Mapping[str, str]) -> None:
    for slot in SLOTS:
        _add(_add(scheme, slot), "srgbClr", val=slots[slot])


def _fonts(scheme: Element, slots: Mapping[str, str]) -> None:
    for tag, font in (("majorFont", slots["major_font"]), ("minorFont", slots["minor_font"])):
        fonts = _add(scheme, tag)
        _add(fonts, "latin", typeface=font)
        _add(fonts, "ea", typeface="")
        _add(fonts, "cs", typeface="")


def _formats(scheme: Element) -> None:
    _solid_fills(_add(scheme, "fillStyleLst"))
    lines = _add(scheme, "lnStyleLst")
    for width in _LINES:
        line = _add(lines, "ln", w=str(width), cap="flat", cmpd="sng", algn="ctr")
        _solid(line)
        _add(line, "prstDash", val="solid")
        _add(line, "miter", lim="800000")
    effects = _add(scheme, "effectStyleLst")
    for _ in range(3):
        _add(_add(effects, "effectStyle"), "effectLst")
    _solid_fills(_add(scheme, "bgFillStyleLst"))


def _solid_fills(parent: Element) -> None:
    for _ in range(3):
        _solid(parent)


def _solid(parent: Element) -> None:
    _add(_add(parent, "solidFill"), "schemeClr", val="phClr")
