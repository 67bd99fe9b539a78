"""The theme's colours where Word also writes them out, for programs that do not read the theme.

In: a package of Word and theme slots. Out: the same package; every colour that names a slot of
the theme (``w:themeColor="accent1"``) has the slot's RRGGBB beside the name. LibreOffice, previews
and phones show what stands there. Tints and shades of a slot are left as they are.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from lxml import etree

from toolkit.office.package.markup import NAMESPACES, Element, q
from toolkit.office.package.package import Package

_SLOTS = {
    "text1": "dk1",
    "dark1": "dk1",
    "background1": "lt1",
    "light1": "lt1",
    "text2": "dk2",
    "dark2": "dk2",
    "background2": "lt2",
    "light2": "lt2",
    "hyperlink": "hlink",
    "followedHyperlink": "folHlink",
    **{f"accent{number}": f"accent{number}" for number in range(1, 7)},
}
_naming = etree.XPath("//*[@w:themeColor or @w:themeFill]", namespaces={"w": NAMESPACES["w"]})
_THEME_COLOR, _THEME_FILL = q("w:themeColor"), q("w:themeFill")
_COLOR, _FILL, _VAL = q("w:color"), q("w:fill"), q("w:val")


def write_colours(package: Package, theme: Mapping[str, str]) -> None:
    """Write the slots given beside their names, in every part that names a theme colour."""
    for name in package.names():
        if "wordprocessingml" in package.content_type(name) and b"w:theme" in package.read(name):
            named = cast(list[Element], _naming(package.tree(name)))
            changed = [_write(element, theme) for element in named]
            if any(changed):
                package.store(name)


def _write(element: Element, theme: Mapping[str, str]) -> bool:
    beside = _VAL if element.tag == _COLOR else _COLOR
    color = _set(element, beside, _slot(element, _THEME_COLOR), theme)
    return _set(element, _FILL, _slot(element, _THEME_FILL), theme) or color


def _slot(element: Element, attribute: str) -> str:
    """The slot an element names; empty when it names none, or a tint or shade of one."""
    mixed = (attribute.replace("Color", "") + kind for kind in ("Tint", "Shade"))
    if any(element.get(name) is not None for name in mixed):
        return ""
    return _SLOTS.get(element.get(attribute, ""), "")


def _set(element: Element, attribute: str, slot: str, theme: Mapping[str, str]) -> bool:
    color = theme.get(slot, "").lstrip("#").upper()
    if not color or element.get(attribute) == color:
        return False
    element.set(attribute, color)
    return True
