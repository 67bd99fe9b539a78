"""Pictures and charts that alt texts ask for, put into a filled slide.

In: the root of a filled slide whose alt texts hold marks, and the values the marks stand for.
Out: placeholder pictures with their files, charts with their data, alt texts without marks.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from lxml import etree

from toolkit.finding import Place
from toolkit.office.charts.part import fill_chart, is_chart
from toolkit.office.package.markup import Element, parent, q
from toolkit.office.package.package import Package
from toolkit.office.pictures import Image, embed, filling, fitted, load
from toolkit.office.run import Run
from toolkit.office.slides.box import frame
from toolkit.office.values import Chart, Picture, QrCode

_OPEN, _CLOSE = "\ufdd4", "\ufdd5"
_MARK = re.compile(f"{_OPEN}([0-9]+){_CLOSE}")
_MEDIA = "ppt/media"


Asked = Picture | QrCode | Chart | None
"""What an alt text can print besides text; None is a picture that is not wanted."""


class Specials:
    """The values that alt texts of one slide printed, by mark."""

    def __init__(self) -> None:
        self.values: list[Asked] = []

    def mark(self, value: Asked) -> str:
        """What stands in the alt text until the value is put in its place."""
        self.values.append(value)
        return f"{_OPEN}{len(self.values) - 1}{_CLOSE}"

    def taken(self, text: str) -> tuple[str, list[Asked]]:
        """An alt text without its marks, and the first value they stand for if there is one."""
        numbers = [int(number) for number in _MARK.findall(text)]
        if not numbers:
            return text, []
        values = [self.values[number] for number in numbers]
        first = next((value for value in values if value is not None), None)
        return _MARK.sub("", text).strip(), [first]


class Site:
    """The slide being filled. ``released``: media parts that placeholders let go of."""

    def __init__(self, package: Package, part: str, place: Place, run: Run) -> None:
        self.package = package
        self.part = part
        self.place = place
        self.run = run
        self.released: list[str] = []


def place_specials(root: Element, specials: Specials, site: Site) -> None:
    """Carry out what each alt text asks for."""
    for properties in list(root.iter(q("p:cNvPr"))):
        for name in ("descr", "title"):
            text, values = specials.taken(properties.get(name, ""))
            for value in values:
                properties.set(name, text)
                _place_one(properties, value, site)


def _place_one(properties: Element, value: Asked, site: Site) -> None:
    shape = parent(parent(properties))
    place = site.place.at(("shape", properties.get("name", "")))
    if isinstance(value, Chart):
        _chart(shape, properties, value, (site, place))
    else:
        _picture(shape, properties, value, (site, place))


def _chart(shape: Element, properties: Element, value: Chart, at: tuple[Site, Place]) -> None:
    site, place = at
    link = next(shape.iter(q("c:chart")), None)
    relation = None if link is None else site.package.rel(site.part, link.get(q("r:id"), ""))
    if relation is None or not is_chart(site.package, relation.target):
        site.run.add("chart-kind", place)
        return
    data, findings = fill_chart(site.package, relation.target, value.data, place)
    for found in findings:
        site.run.add(found.code, found.place, **dict(found.params))
    if data.alt:
        properties.set("descr", data.alt)


def _picture(
    shape: Element, properties: Element, value: Picture | QrCode | None, at: tuple[Site, Place]
) -> None:
    site, place = at
    blip = shape.find(q("p:blipFill") + "/" + q("a:blip"))
    if blip is None:
        shown = "{{ qr(…) }}" if isinstance(value, QrCode) else "{{ image(…) }}"
        site.run.add("placeholder-not-picture", place, tag=shown)
        return
    image = load(value, site.run, place)
    _release(blip, site)
    if image is None:
        parent(shape).remove(shape)
        return
    _show(shape, blip, image, (site, isinstance(value, Picture) and value.crop == "fill"))
    if isinstance(value, Picture) and value.alt:
        properties.set("descr", value.alt)


def _release(blip: Element, site: Site) -> None:
    """Let go of the placeholder's own picture."""
    rel_id = blip.get(q("r:embed"), "")
    root = blip.getroottree().getroot()
    users = [b for b in root.iter(q("a:blip")) if b.get(q("r:embed")) == rel_id]
    relation = site.package.rel(site.part, rel_id)
    if len(users) == 1 and relation is not None:
        site.package.remove_rel(site.part, rel_id)
        site.released.append(relation.target)
    for extension in blip.findall(q("a:extLst")):
        blip.remove(extension)


def _show(shape: Element, blip: Element, image: Image, how: tuple[Site, bool]) -> None:
    site, fill = how
    blip.set(q("r:embed"), embed(site.package, site.part, image, _MEDIA))
    place = frame(site.package, site.part, shape)
    holder = parent(blip)
    for old in holder.findall(q("a:srcRect")):
        holder.remove(old)
    if place is None:
        return
    x, y, width, height = place
    if fill:
        edges = zip("ltrb", filling(image, (width, height)), strict=True)
        blip.addnext(etree.Element(q("a:srcRect"), {edge: str(cut) for edge, cut in edges if cut}))
    else:
        wide, tall = fitted(image, (width, height))
        _move(shape, (x + (width - wide) // 2, y + (height - tall) // 2, wide, tall))


def _move(shape: Element, place: Sequence[int]) -> None:
    properties = shape.find(q("p:spPr"))
    if properties is None:
        return
    transform = properties.find(q("a:xfrm"))
    if transform is None:
        transform = etree.Element(q("a:xfrm"))
        properties.insert(0, transform)
    x, y, width, height = (str(number) for number in place)
    transform[:] = [
        etree.Element(q("a:off"), x=x, y=y),
        etree.Element(q("a:ext"), cx=width, cy=height),
    ]
