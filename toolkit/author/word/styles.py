"""The styles part, drawn from the type scale with the theme's fonts and colours.

In: theme slots and the width of the text. Out: the bytes of ``styles.xml``.
"""

from __future__ import annotations

from collections.abc import Mapping

from toolkit.author.word.elements import Ink, flag, make, no_line, twips
from toolkit.author.word.scale import NORMAL, STYLES, Style
from toolkit.office.package.markup import Element, q, serialise


def styles_xml(slots: Mapping[str, str], width: float) -> bytes:
    """``styles.xml``; ``width`` of the text in cm places the right-hand tab stops."""
    ink = Ink(slots)
    styles = make("styles", _defaults(ink), _normal(), _table_normal())
    styles.extend(_paragraph_style(style, ink, width) for style in STYLES)
    styles.extend(_character_styles(ink))
    return serialise(styles)


def _defaults(ink: Ink) -> Element:
    fonts = make("rFonts", asciiTheme="minorHAnsi", eastAsiaTheme="minorHAnsi",
                 hAnsiTheme="minorHAnsi", cstheme="minorBidi")  # fmt: skip
    language = make("lang", val="nb-NO", eastAsia="nb-NO", bidi="ar-SA")
    run = make("rPr", fonts, ink.color("dk1"), make("sz", val=22), make("szCs", val=22), language)
    spacing = make("spacing", before=0, after=120, line=276, lineRule="auto")
    return make(
        "docDefaults",
        make("rPrDefault", run),
        make("pPrDefault", make("pPr", make("widowControl"), make("suppressAutoHyphens"), spacing)),
    )


def _normal() -> Element:
    style = make("style", type="paragraph", default=1, styleId=NORMAL)
    style.extend([make("name", val=NORMAL), make("qFormat")])
    return style


def _table_normal() -> Element:
    margins = make("tblCellMar", *[make(side, w=w, type="dxa") for side, w in _MARGINS])
    properties = make("tblPr", make("tblInd", w=0, type="dxa"), margins)
    style = make("style", type="table", default=1, styleId="TableNormal")
    style.extend([make("name", val="Normal Table"), make("uiPriority", val=99)])
    style.extend([make("semiHidden"), make("unhideWhenUsed"), properties])
    return style


_MARGINS = (("top", 0), ("left", 100), ("bottom", 0), ("right", 100))


def _paragraph_style(style: Style, ink: Ink, width: float) -> Element:
    element = make("style", type="paragraph", **({"customStyle": 1} if style.custom else {}))
    element.set(q("w:styleId"), style.style_id)
    element.append(make("name", val=style.name))
    element.append(make("basedOn", val=style.based))
    if style.follows:
        element.append(make("next", val=style.follows))
    element.append(make("qFormat"))
    element.append(_paragraph_format(style, ink, width))
    element.append(_run_format(style, ink))
    return element


def _paragraph_format(style: Style, ink: Ink, width: float) -> Element:
    return make(
        "pPr",
        flag("keepNext", style.keep),
        flag("keepLines", style.level >= 0),
        flag("pageBreakBefore", style.page),
        make("numPr", make("numId", val=style.list)) if style.list else None,
        _borders(style, ink),
        ink.shade(style.fill) if style.fill else None,
        _tabs(style, width),
        make("suppressAutoHyphens", val=0) if style.hyphens else None,
        _spacing(style),
        _indents(style),
        make("jc", val=style.align) if style.align else None,
        make("outlineLvl", val=style.level) if style.level >= 0 else None,
    )


def _borders(style: Style, ink: Ink) -> Element | None:
    if style.bar:
        return make("pBdr", *_callout_sides(style, ink))
    if style.under:
        return make("pBdr", ink.line("bottom", style.under, 3, 1))
    if style.box == "solid":
        return make("pBdr", *_solid(ink, style.fill))
    return make("pBdr", *_BOXES[style.box](ink)) if style.box else None


def _callout_sides(style: Style, ink: Ink) -> list[Element]:
    if not style.fill and style.based != "Callout":
        return [ink.line("left", style.bar, 3, 10)]
    rim = [ink.line(side, "lt2", 0.5, space) for side, space in (("top", 6), ("bottom", 6))]
    return [rim[0], ink.line("left", style.bar, 4.5, 8), rim[1], ink.line("right", "lt2", 0.5, 6)]


def _box(ink: Ink, bottom: int) -> list[Element]:
    sides = (("top", 4), ("left", 5), ("bottom", bottom), ("right", 5))
    return [ink.line(side, "accent4", 0.75, space) for side, space in sides]


def _edit(ink: Ink) -> list[Element]:
    return [ink.line("top", "lt1", 0.5, 3), ink.line("left", "edge", 3, 5),
            ink.line("bottom", "lt1", 0.5, 3), no_line("right")]  # fmt: skip


def _solid(ink: Ink, fill: str) -> list[Element]:
    sides = (("top", 3), ("left", 5), ("bottom", 3), ("right", 5))
    return [ink.line(side, fill, 0.5, space) for side, space in sides]


def _cover(ink: Ink) -> list[Element]:
    return [ink.line(side, "accent1", 1, 14) for side in ("top", "left", "bottom", "right")]


_BOXES = {
    "cover": _cover,
    "fill": lambda ink: _box(ink, 4),
    "long": lambda ink: _box(ink, 28),
    "edit": _edit,
}


def _tabs(style: Style, width: float) -> Element | None:
    return make("tabs", make("tab", val="right", pos=twips(width))) if style.tab else None


def _spacing(style: Style) -> Element | None:
    attributes: dict[str, str | int] = {}
    if style.before is not None:
        attributes["before"] = round(style.before * 20)
    if style.after is not None:
        attributes["after"] = round(style.after * 20)
    if style.exact:
        attributes |= {"line": round(style.exact * 20), "lineRule": "exact"}
    elif style.line:
        attributes |= {"line": round(style.line * 240), "lineRule": "auto"}
    return make("spacing", **attributes) if attributes else None


def _indents(style: Style) -> Element | None:
    places = {"left": style.left, "right": style.right, "hanging": style.hanging}
    attributes = {name: twips(cm) for name, cm in places.items() if cm}
    return make("ind", **attributes) if attributes else None


def _run_format(style: Style, ink: Ink) -> Element:
    size = round(style.size * 2)
    return make(
        "rPr",
        make("rFonts", asciiTheme="majorHAnsi", hAnsiTheme="majorHAnsi") if style.major else None,
        make("b", val=int(style.bold)) if style.bold is not None else None,
        make("i", val=int(style.italic)) if style.italic or style.plain else None,
        ink.color(style.color) if style.color else None,
        make("sz", val=size) if size else None,
        make("szCs", val=size) if size else None,
    )


def _character_styles(ink: Ink) -> list[Element]:
    placeholder = make("rPr", ink.color("accent5"))
    link = make("rPr", ink.color("hlink"), make("u", val="single"))
    number = make("rPr", make("b"))
    return [
        _character_style("Placeholder Text", "PlaceholderText", placeholder),
        _character_style("Hyperlink", "Hyperlink", link),
        _character_style("Strong", "Strong", number),
    ]


def _character_style(name: str, style_id: str, run: Element) -> Element:
    style = make("style", type="character", styleId=style_id)
    style.extend([make("name", val=name), make("uiPriority", val=99), run])
    return style
