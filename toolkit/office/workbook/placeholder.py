"""Placeholder pictures of a workbook.

In: the anchor of a placeholder and what ``image()`` or ``qr()`` gave. Out: the anchor showing the
picture, cropped to the placeholder's box or fitted into it.
"""

from __future__ import annotations

from lxml import etree

from toolkit.finding import Place
from toolkit.office.package.markup import Element, q
from toolkit.office.pictures import Image, embed, filling, fitted, load
from toolkit.office.values import Picture, QrCode
from toolkit.office.workbook.output import Output

_MEDIA = "xl/media"


def place_picture(
    anchor: Element, value: Picture | QrCode | None, part: str, output: Output, place: Place
) -> Element | None:
    """The anchor with the picture in it; None when there is no picture to show."""
    image = load(value, output.run, place)
    if image is None:
        return None
    rel_id = embed(output.package, part, image, _MEDIA)
    for blip in anchor.iter(q("a:blip")):
        blip.set(q("r:embed"), rel_id)
        blip[:] = []
    fills = isinstance(value, Picture) and value.crop == "fill"
    return _cropped(anchor, image) if fills else _fitted(anchor, image)


def _box(anchor: Element) -> tuple[int, int] | None:
    """Width and height of the placeholder in EMU, as last drawn."""
    for size in anchor.iter(q("xdr:ext"), q("a:ext")):
        box = int(size.get("cx", "0")), int(size.get("cy", "0"))
        if all(box):
            return box
    return None


def _cropped(anchor: Element, image: Image) -> Element:
    box = _box(anchor)
    for fill in anchor.iter(q("xdr:blipFill")) if box else ():
        for old in fill.findall(q("a:srcRect")):
            fill.remove(old)
        crop = etree.Element(q("a:srcRect"))
        for name, value in zip("ltrb", filling(image, box or (1, 1)), strict=True):
            if value:
                crop.set(name, str(value))
        blip = fill.find(q("a:blip"))
        fill.insert(0 if blip is None else fill.index(blip) + 1, crop)
    return anchor


def _fitted(anchor: Element, image: Image) -> Element:
    """The anchor at its upper left corner, as large as the picture's proportions allow."""
    box = _box(anchor)
    if box is None:
        return anchor
    width, height = (str(n) for n in fitted(image, box))
    for size in anchor.iter(q("xdr:ext"), q("a:ext")):
        if size.get("cx"):
            size.set("cx", width)
            size.set("cy", height)
    for crop in list(anchor.iter(q("a:srcRect"))):
        crop.attrib.clear()
    return _one_cell(anchor, width, height)


def _one_cell(anchor: Element, width: str, height: str) -> Element:
    end = anchor.find(q("xdr:to"))
    if end is None:
        return anchor
    single = etree.Element(q("xdr:oneCellAnchor"), nsmap=anchor.nsmap)  # type: ignore[arg-type]
    for child in list(anchor):
        if child is end:
            etree.SubElement(single, q("xdr:ext"), cx=width, cy=height)
        else:
            single.append(child)
    return single
