"""WordprocessingML elements, made in one line each.

In: a local name, attributes, children. Out: lxml elements. Colours are theme slots; beside each
stands the slot's own value for programs that do not read the theme.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from lxml import etree

from toolkit.office.package.markup import NAMESPACES, Element, q

PREFIXES = ("w", "r", "wp", "a", "pic")
NSMAP = {prefix: NAMESPACES[prefix] for prefix in PREFIXES}
XML_SPACE = q("xml:space")

TWIPS_A_CM = 566.929
EMU_A_CM = 360000
EIGHTHS_A_PT = 8

_NAMES = {
    "dk1": "text1",
    "lt1": "background1",
    "dk2": "text2",
    "lt2": "background2",
    "hlink": "hyperlink",
    "folHlink": "followedHyperlink",
}
GREYS = {"": "D9D9D9", "edge": "A6A6A6"}
GIVEN = "F2F2F2"
COMPUTED = "DDEBF7"
LITERAL = (GIVEN, COMPUTED)


def make(name: str, /, *children: Element | None, **attributes: str | int) -> Element:
    """``<w:name w:attribute="…">`` around the children that are not None."""
    element = etree.Element(q(f"w:{name}"), nsmap=NSMAP)
    for key, value in attributes.items():
        element.set(q(f"w:{key}"), str(value))
    element.extend(child for child in children if child is not None)
    return element


def root(name: str, **prefixes: str) -> Element:
    """The root of a part whose own namespace has no prefix; ``prefixes`` are declared beside it."""
    prefix, _, local = name.partition(":")
    declared = "".join(f' xmlns:{word}="{uri}"' for word, uri in prefixes.items())
    return etree.fromstring(f'<{local} xmlns="{NAMESPACES[prefix]}"{declared}/>')


def text(content: str) -> Element:
    """``<w:t>`` that keeps its spaces."""
    element = make("t")
    element.text = content
    if content != content.strip():
        element.set(XML_SPACE, "preserve")
    return element


def flag(name: str, on: bool = True) -> Element | None:
    """An empty element that switches something on, or nothing."""
    return make(name) if on else None


def twips(centimetres: float) -> int:
    """Centimetres as twentieths of a point."""
    return round(centimetres * TWIPS_A_CM)


def emu(centimetres: float) -> int:
    """Centimetres as English metric units."""
    return round(centimetres * EMU_A_CM)


@dataclass(frozen=True)
class Ink:
    """The theme's colours as Word writes them."""

    slots: Mapping[str, str]

    def color(self, slot: str) -> Element:
        """The colour of text."""
        return make("color", val=self.slots[slot], themeColor=_NAMES.get(slot, slot))

    def shade(self, slot: str) -> Element:
        """The fill of a paragraph or cell: a theme slot, or a literal origin fill."""
        if slot not in self.slots:
            return make("shd", val="clear", color="auto", fill=slot)
        name = _NAMES.get(slot, slot)
        return make("shd", val="clear", color="auto", fill=self.slots[slot], themeFill=name)

    def line(self, side: str, slot: str = "", points: float = 0.5, space: int = 0) -> Element:
        """A border on one side: the thin grey rule, the grey ``edge`` or a slot's colour."""
        size = round(points * EIGHTHS_A_PT)
        if slot in GREYS:
            color = {"color": GREYS[slot], "themeColor": "background1"}
            color["themeShade"] = GREYS[slot][:2]
        elif slot in LITERAL:
            color = {"color": slot}
        else:
            color = {"color": self.slots[slot], "themeColor": _NAMES.get(slot, slot)}
        return make(side, val="single", sz=size, space=space, **color)

    def lines(self, name: str, sides: Iterable[Element]) -> Element:
        """A set of borders (``pBdr``, ``tcBorders``, ``tblBorders``)."""
        return make(name, *sides)


def no_line(side: str) -> Element:
    """A side without a border."""
    return make(side, val="nil")
