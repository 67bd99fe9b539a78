"""The slide master and its layouts as XML.

In: the layouts and what a placeholder asks for. Out: the bytes of ``slideMaster1.xml`` and of one
layout. Fonts and colours are the theme's; the type scale stands here and nowhere else.
"""

from __future__ import annotations

from lxml import etree

from toolkit.author.slides.grid import BODY, TITLE
from toolkit.author.slides.layouts import ENDS, LAYOUTS, Layout
from toolkit.author.slides.places import Place
from toolkit.author.slides.shapes import Frame, body_properties, placeholder, properties
from toolkit.author.slides.text import BODY as BODY_SIZE
from toolkit.author.slides.text import LANGUAGE, color_of, filled, para
from toolkit.author.slides.text import TITLE as TITLE_SIZE
from toolkit.office.package.markup import NAMESPACES, Element, q, serialise

SPACES = {name: NAMESPACES[name] for name in ("a", "r", "p")}
FIRST_LAYOUT = 2147483649
_COLORS = {
    **{"bg1": "lt1", "tx1": "dk1", "bg2": "lt2", "tx2": "dk2"},
    **{f"accent{i}": f"accent{i}" for i in range(1, 7)},
    **{"hlink": "hlink", "folHlink": "folHlink"},
}


def master(prompt: str) -> bytes:
    """``slideMaster1.xml``."""
    root = start("sldMaster")
    tree = _tree(root, ground="bg1")
    places = [Place("title", 0, TITLE), Place("body", 1, BODY), *ENDS]
    tree.extend(_place(place, prompt) for place in places)
    _number(tree)
    sub(root, "p:clrMap", **_COLORS)
    ids = sub(root, "p:sldLayoutIdLst")
    for i in range(len(LAYOUTS)):
        linked(ids, "p:sldLayoutId", f"rId{i + 1}", id=str(FIRST_LAYOUT + i))
    _styles(sub(root, "p:txStyles"))
    return serialise(root)


def layout_xml(layout: Layout, name: str, prompt: str) -> bytes:
    """``slideLayoutN.xml``."""
    root = start("sldLayout")
    if layout.kind:
        root.set("type", layout.kind)
    root.set("preserve", "1")
    root.set("userDrawn", "1")
    tree = _tree(root, ground=layout.ground, name=name)
    tree.extend(layout.drawn())
    tree.extend(_place(place, prompt) for place in layout.places)
    _number(tree)
    sub(sub(root, "p:clrMapOvr"), "a:masterClrMapping")
    return serialise(root)


def start(tag: str) -> Element:
    """The root of a presentation part."""
    return etree.Element(q(f"p:{tag}"), nsmap=SPACES)


def sub(parent: Element, tag: str, **attributes: str) -> Element:
    """A new child."""
    return etree.SubElement(parent, q(tag), attributes)


def linked(parent: Element, tag: str, relation: str, **attributes: str) -> None:
    """A new child that names a relationship."""
    sub(parent, tag, **attributes).set(q("r:id"), relation)


def levels(style: Element) -> None:
    """The five levels of body text: the first plain, the others with a bullet."""
    for level in range(1, 6):
        lead = 266700 * (level - 1)
        holder = sub(
            style,
            f"a:lvl{level}pPr",
            marL=str(lead),
            indent=str(-228600 if level > 1 else 0),
            algn="l",
            rtl="0",
        )
        _bullet(holder, level)
        holder.append(_face(BODY_SIZE, "tx1"))


def slide_number() -> Element:
    """The field that shows the slide's number."""
    field = etree.Element(q("a:fld"), id="{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}", type="slidenum")
    sub(field, "a:rPr", lang=LANGUAGE)
    sub(field, "a:t").text = "‹#›"
    return field


def _styles(styles: Element) -> None:
    title = sub(sub(styles, "p:titleStyle"), "a:lvl1pPr", algn="l")
    sub(sub(title, "a:lnSpc"), "a:spcPct", val="90000")
    sub(title, "a:buNone")
    title.append(_face(TITLE_SIZE, "tx2", bold=True, family="mj"))
    levels(sub(styles, "p:bodyStyle"))
    levels(sub(styles, "p:otherStyle"))


def _bullet(holder: Element, level: int) -> None:
    if level == 1:
        sub(holder, "a:buNone")
        return
    sub(holder, "a:buClr").append(color_of("accent3"))
    sub(holder, "a:buFont", typeface="Arial")
    sub(holder, "a:buChar", char="•")


def _face(size: float, color: str, *, bold: bool = False, family: str = "mn") -> Element:
    look = _look(size, color, bold=bold)
    for tag, end in (("latin", "lt"), ("ea", "ea"), ("cs", "cs")):
        sub(look, f"a:{tag}", typeface=f"+{family}-{end}")
    return look


def _look(size: float, color: str, *, bold: bool = False) -> Element:
    look = etree.Element(q("a:defRPr"))
    if size:
        look.set("sz", str(round(size * 100)))
    if bold:
        look.set("b", "1")
    if color:
        look.append(filled(color))
    return look


def _tree(root: Element, *, ground: str = "", name: str = "") -> Element:
    common = sub(root, "p:cSld")
    if name:
        common.set("name", name)
    if ground:
        background = sub(sub(common, "p:bg"), "p:bgPr")
        background.append(filled(ground))
        sub(background, "a:effectLst")
    tree = sub(common, "p:spTree")
    holder = sub(tree, "p:nvGrpSpPr")
    sub(holder, "p:cNvPr", id="1", name="")
    sub(holder, "p:cNvGrpSpPr")
    sub(holder, "p:nvPr")
    frame = sub(sub(tree, "p:grpSpPr"), "a:xfrm")
    for tag, (first, second) in _EMPTY.items():
        sub(frame, f"a:{tag}", **{first: "0", second: "0"})
    return tree


_EMPTY = {"off": ("x", "y"), "ext": ("cx", "cy"), "chOff": ("x", "y"), "chExt": ("cx", "cy")}


def _number(tree: Element) -> None:
    for identity, shape in enumerate(list(tree)[2:], 2):
        known = properties(shape)
        known.set("id", str(identity))
        known.set("name", f"{_kind(shape)} {identity}")


def _kind(shape: Element) -> str:
    place = next(shape.iter(q("p:ph")), None)
    return "Shape" if place is None else (place.get("type") or "body").capitalize()


def _place(place: Place, prompt: str) -> Element:
    number = place.kind == "sldNum"
    fixed = number or place.kind in ("dt", "ftr")
    shape = placeholder(place, [para("" if fixed else prompt)])
    body = shape[-1]
    frame = Frame(place.anchor, (place.inset,) * 4, fit=not fixed)
    body.replace(body[0], body_properties(frame))
    if place.styled:
        _first_level(body[1], place)
    if number:
        body[-1].clear()
        body[-1].append(slide_number())
    return shape


def _first_level(style: Element, place: Place) -> None:
    level = sub(style, "a:lvl1pPr", marL="0", indent="0", algn=place.align)
    sub(level, "a:buNone")
    level.append(_look(place.size, place.color, bold=place.bold))
