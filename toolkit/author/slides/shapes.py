"""Shapes of a slide: text boxes, placeholders, drawn forms, rules and pictures.

In: boxes in centimetres, paragraphs, theme colours. Out: elements for a shape tree, still
without an id (the canvas gives it). A form that only decorates is marked so for screen readers.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from lxml import etree

from toolkit.author.slides.grid import EMU, Box
from toolkit.author.slides.places import Place
from toolkit.author.slides.text import Para, filled, put
from toolkit.office.package.markup import Element, parent, q

_DECORATIVE = "http://schemas.microsoft.com/office/drawing/2017/decorative"
_DECORATIVE_URI = "{C183D7F6-B498-43B3-948B-1728B52AA6E4}"


@dataclass(frozen=True)
class Frame:
    """How text stands in its box: anchor (t, ctr, b), insets in cm (left, top, right, bottom).

    Text that is too long is written smaller when the deck is filled, unless ``fit`` says no.
    """

    anchor: str = "t"
    insets: tuple[float, float, float, float] = (0, 0, 0, 0)
    turned: bool = False
    fit: bool = True


PLAIN = Frame()


@dataclass(frozen=True)
class Form:
    """A drawn form: preset geometry, fill and outline colour, outline width in points."""

    geometry: str = "rect"
    fill: str = ""
    line: str = ""
    width: float = 0.75
    adjust: Mapping[str, int] | None = None


def text_box(box: Box, paras: Iterable[Para], frame: Frame = PLAIN) -> Element:
    """Text on its own."""
    shape = _shape("p:sp", box_text=True)
    _drawn(shape, box, Form())
    shape.append(text_body(paras, frame))
    return shape


def form(box: Box, look: Form, paras: Iterable[Para] = (), frame: Frame = PLAIN) -> Element:
    """A drawn form, with text in it or, without, a decoration."""
    told = tuple(paras)
    shape = _shape("p:sp")
    _drawn(shape, box, look)
    if not told:
        return decorative(shape)
    shape.append(text_body(told, frame))
    return shape


def quote_mark(box: Box, fill: str) -> Element:
    """An opening quotation mark, drawn so that no screen reader spells it."""
    shape = form(box, Form(fill=fill))
    old = next(shape.iter(q("a:prstGeom")))
    custom = etree.Element(q("a:custGeom"))
    for name in ("avLst", "gdLst", "ahLst", "cxnLst"):
        etree.SubElement(custom, q(f"a:{name}"))
    etree.SubElement(custom, q("a:rect"), l="0", t="0", r="r", b="b")
    path = etree.SubElement(
        etree.SubElement(custom, q("a:pathLst")),
        q("a:path"),
        w=str(_MARK_SIZE[0]),
        h=str(_MARK_SIZE[1]),
    )
    for left in (0, 110):
        _comma(path, left)
    parent(old).replace(old, custom)
    return shape


_MARK_SIZE = (195, 150)
_COMMA = (
    ("moveTo", ((0, 150),)),
    ("lnTo", ((0, 75),)),
    ("cubicBezTo", ((0, 30), (28, 4), (72, 0))),
    ("lnTo", ((78, 26),)),
    ("cubicBezTo", ((54, 32), (42, 46), (42, 72))),
    ("lnTo", ((85, 72),)),
    ("lnTo", ((85, 150),)),
)
"""One of the two strokes of a quotation mark: steps and the points they go through."""


def _comma(path: Element, left: int) -> None:
    for step, points in _COMMA:
        holder = etree.SubElement(path, q(f"a:{step}"))
        for x, y in points:
            etree.SubElement(holder, q("a:pt"), x=str(x + left), y=str(y))
    etree.SubElement(path, q("a:close"))


def rule(box: Box, color: str, width: float = 0.75) -> Element:
    """A straight line along the top of a box."""
    shape = etree.Element(q("p:cxnSp"))
    _identity(shape, "p:nvCxnSpPr", "p:cNvCxnSpPr")
    _drawn(shape, box.top(0), Form("line", line=color, width=width))
    return decorative(shape)


def placeholder(
    place: Place,
    paras: Iterable[Para],
    box: Box | None = None,
    look: Form | None = None,
    frame: Frame | None = None,
) -> Element:
    """A placeholder of the layout holding text; what is not given is the place's."""
    shape = _shape("p:sp", locked=True)
    holder = etree.SubElement(shape[0][-1], q("p:ph"), type=place.kind)
    if place.index:
        holder.set("idx", str(place.index))
    properties = etree.SubElement(shape, q("p:spPr"))
    _position(properties, box or place.box)
    if look is not None:
        _outline(properties, look)
    shape.append(text_body(paras, frame))
    return shape


def picture(box: Box, relation: str, alt: str, look: Form | None = None) -> Element:
    """A picture that fills its box; ``look`` is what shines through and stands around it."""
    shape = etree.Element(q("p:pic"))
    _identity(shape, "p:nvPicPr", "p:cNvPicPr")
    describe(shape, alt)
    etree.SubElement(shape[0][1], q("a:picLocks"), noChangeAspect="1")
    holder = etree.SubElement(shape, q("p:blipFill"))
    etree.SubElement(holder, q("a:blip")).set(q("r:embed"), relation)
    etree.SubElement(etree.SubElement(holder, q("a:stretch")), q("a:fillRect"))
    _drawn(shape, box, look or Form())
    return shape


def group(box: Box, members: Iterable[Element], alt: str) -> Element:
    """Shapes that belong together and are told as one."""
    shape = etree.Element(q("p:grpSp"))
    _identity(shape, "p:nvGrpSpPr", "p:cNvGrpSpPr")
    describe(shape, alt)
    frame = etree.SubElement(etree.SubElement(shape, q("p:grpSpPr")), q("a:xfrm"))
    _corners(frame, box, "off", "ext")
    _corners(frame, box, "chOff", "chExt")
    shape.extend(members)
    return shape


def describe(shape: Element, alt: str) -> Element:
    """Give a shape its alternative text."""
    properties(shape).set("descr", alt)
    return shape


def decorative(shape: Element) -> Element:
    """Mark a shape as decoration, which a screen reader passes over."""
    holder = etree.SubElement(properties(shape), q("a:extLst"))
    extension = etree.SubElement(holder, q("a:ext"), uri=_DECORATIVE_URI)
    etree.SubElement(
        extension, f"{{{_DECORATIVE}}}decorative", {"val": "1"}, nsmap={"adec": _DECORATIVE}
    )
    return shape


def properties(shape: Element) -> Element:
    """``p:cNvPr`` of a shape: its id, name and alternative text."""
    return next(shape.iter(q("p:cNvPr")))


def text_body(paras: Iterable[Para], frame: Frame | None) -> Element:
    """``p:txBody``; without a frame the placeholder's own holds."""
    body = etree.Element(q("p:txBody"))
    body.append(body_properties(frame))
    etree.SubElement(body, q("a:lstStyle"))
    put(body, paras)
    return body


def body_properties(frame: Frame | None) -> Element:
    """``a:bodyPr``."""
    element = etree.Element(q("a:bodyPr"))
    if frame is None:
        return element
    element.set("wrap", "square")
    if frame.turned:
        element.set("vert", "vert270")
    for name, inset in zip(("lIns", "tIns", "rIns", "bIns"), frame.insets, strict=True):
        element.set(name, str(round(inset * EMU)))
    element.set("anchor", frame.anchor)
    etree.SubElement(element, q("a:normAutofit" if frame.fit else "a:noAutofit"))
    return element


def _shape(tag: str, *, box_text: bool = False, locked: bool = False) -> Element:
    shape = etree.Element(q(tag))
    _identity(shape, "p:nvSpPr", "p:cNvSpPr")
    if box_text:
        shape[0][1].set("txBox", "1")
    if locked:
        etree.SubElement(shape[0][1], q("a:spLocks"), noGrp="1")
    return shape


def _identity(shape: Element, tag: str, kind: str) -> None:
    holder = etree.SubElement(shape, q(tag))
    etree.SubElement(holder, q("p:cNvPr"), id="0", name="")
    etree.SubElement(holder, q(kind))
    etree.SubElement(holder, q("p:nvPr"))


def _drawn(shape: Element, box: Box, look: Form) -> None:
    holder = etree.SubElement(shape, q("p:spPr"))
    _position(holder, box)
    _outline(holder, look)


def _position(holder: Element, box: Box) -> None:
    _corners(etree.SubElement(holder, q("a:xfrm")), box, "off", "ext")


def _corners(frame: Element, box: Box, start: str, size: str) -> None:
    x, y, right, bottom = (round(v * EMU) for v in (box.x, box.y, box.right, box.bottom))
    etree.SubElement(frame, q(f"a:{start}"), x=str(x), y=str(y))
    etree.SubElement(frame, q(f"a:{size}"), cx=str(right - x), cy=str(bottom - y))


def _outline(holder: Element, look: Form) -> None:
    geometry = etree.SubElement(holder, q("a:prstGeom"), prst=look.geometry)
    values = etree.SubElement(geometry, q("a:avLst"))
    for name, value in (look.adjust or {}).items():
        etree.SubElement(values, q("a:gd"), name=name, fmla=f"val {value}")
    if look.geometry != "line":
        holder.append(filled(look.fill))
    line = etree.SubElement(holder, q("a:ln"))
    if look.line:
        line.set("w", str(round(look.width * 12700)))
    line.append(filled(look.line))
    if look.line:
        etree.SubElement(line, q("a:miter"), lim="800000")
