"""Pictures and charts of a Word document that a tag in their alternative text replaces.

In: a Story. Out: marks for the tag, the picture's relationship, size and crop; rendered, the
picture keeps its place and frame, and a chart shows the data in cache and workbook.
"""

from __future__ import annotations

import re
from typing import Any

from lxml import etree

from toolkit.finding import Place
from toolkit.office.package.markup import Element, parent, q
from toolkit.office.record import Record
from toolkit.office.tags.marks import mark_text
from toolkit.office.tags.pieces import END, Fill, Start
from toolkit.office.tags.text import Tag, find_tags, has_tags
from toolkit.office.values import Chart, Picture, clean, escape
from toolkit.office.word.emitters import Special
from toolkit.office.word.story import Story, inside

_SPECIAL = re.compile(r"\{\{ (image|qr|chart)\b")
_EMBED, _CHART, _R_ID = q("r:embed"), q("c:chart"), q("r:id")


class _Slot(Record):
    """A spot in a drawing: alt, alt end, cx, cy, embed, crop or chart."""

    name: str


class _PictureFrame(Record):
    """A drawing whose picture comes from the data. ``box`` is its size in EMU."""

    place: Place
    box: tuple[int, int]

    def close(self, stretch: list[Any], fill: Fill) -> list[Any]:
        """The drawing with its picture; nothing when there is none."""
        from toolkit.office.pictures import embed, filling, fitted, load  # few have pictures

        value = _value(stretch)
        if isinstance(value, Chart):
            fill.run.add("chart-kind", self.place)
            return []
        image = load(value, fill.run, self.place)
        if image is None:
            return []
        crop = isinstance(value, Picture) and value.crop == "fill"
        width, height = self.box if crop else fitted(image, self.box)
        sides = zip("ltrb", filling(image, self.box) if crop else (0, 0, 0, 0), strict=True)
        edges = "".join(f' {side}="{cut}"' for side, cut in sides if cut)
        texts = {
            "cx": str(width),
            "cy": str(height),
            "embed": embed(fill.package, fill.part, image, "word/media"),
            "crop": f"<a:srcRect{edges}/>",
        }
        return _filled(stretch, texts, value.alt if isinstance(value, Picture) else "")


class _ChartFrame(Record):
    """A drawing whose chart shows data. ``rel_id`` points to the template's chart."""

    place: Place
    rel_id: str

    def close(self, stretch: list[Any], fill: Fill) -> list[Any]:
        """The drawing with its chart; nothing when there is no data."""
        value = _value(stretch)
        if not isinstance(value, Chart) or value.data is None:
            return []
        from toolkit.office.charts.part import fill_chart  # few documents have charts

        rel_id, part = self._own_chart(fill)
        _, findings = fill_chart(fill.package, part, value.data, self.place)
        for found in findings:
            fill.run.keep(found)
        alt = value.data.get("alt") if isinstance(value.data, dict) else ""
        return _filled(stretch, {"chart": rel_id}, str(alt or ""))

    def _own_chart(self, fill: Fill) -> tuple[str, str]:
        """A chart part for this drawing: the template's the first time, then copies."""
        relation = fill.package.rel(fill.part, self.rel_id)
        part = relation.target if relation else ""
        if ("chart", self.rel_id) not in fill.memory:
            fill.memory["chart", self.rel_id] = part
            return self.rel_id, part
        twin = fill.package.new_name("word/charts/chart{}.xml")
        fill.package.copy_part(part, twin)
        for owned in fill.package.rels(twin):
            if owned.word == "package":
                book = fill.package.new_name("word/embeddings/Microsoft_Excel_Sheet{}.xlsx")
                fill.package.copy_part(owned.target, book)
                fill.package.set_rel(twin, owned.id, book)
        return fill.package.add_rel(fill.part, "chart", twin), twin


def _value(stretch: list[Any]) -> Any:
    return next((piece.value for piece in stretch if isinstance(piece, Special)), None)


def _filled(stretch: list[Any], texts: dict[str, str], alt: str) -> list[Any]:
    """The stretch with its slots filled; ``alt`` goes before the template's own text."""
    out: list[Any] = []
    skipping = False
    for piece in stretch:
        if isinstance(piece, _Slot):
            skipping = bool(alt) and piece.name == "alt"
            out.append(escape(clean(alt)) if skipping else texts.get(piece.name, ""))
        elif isinstance(piece, str) and not skipping:
            out.append(piece)
    return out


def prepare_drawings(story: Story) -> None:
    """See to every drawing with ``image()``, ``qr()`` or ``chart()`` in its alternative text."""
    released: list[str] = []
    for properties in inside(story.root, q("wp:docPr")):
        text = properties.get("descr", "")
        if has_tags(text) and any(f.tag and _SPECIAL.match(f.tag.source) for f in find_tags(text)):
            released += _pictures(parent(parent(properties)))
            _prepare(story, properties, text)
    if released:
        _release(story, set(released))


def _pictures(drawing: Element) -> list[str]:
    """The relationships of the pictures in a drawing."""
    return [str(value) for item in drawing.iter() for name, value in item.attrib.items()
            if name == _EMBED]  # fmt: skip


def _release(story: Story, rel_ids: set[str]) -> None:
    """Let go of the placeholders' own pictures, but for what something else shows too."""
    from toolkit.office.slides.parts import remove_unwanted  # few documents have placeholders

    package = story.package
    used = {value for item in story.root.iter(etree.Element) for value in item.attrib.values()}
    targets = []
    for rel_id in sorted(rel_ids - used):
        relation = package.rel(story.name, rel_id)
        if relation is not None and not relation.external:
            package.remove_rel(story.name, rel_id)
            targets.append(relation.target)
    remove_unwanted(package, targets)


def _prepare(story: Story, properties: Element, text: str) -> None:
    drawing = parent(parent(properties))
    place = story.place(properties).at(("alt", 1))
    found = [f for f in find_tags(text) if f.tag and _SPECIAL.match(f.tag.source)][0]
    tag = found.tag
    if tag is None:
        return
    frame = _frame(story, drawing, place)
    if frame is None:
        story.engine.add("placeholder-not-picture", place, tag=tag.shown)
        properties.set("descr", "")
        return
    rest = (text[: found.start] + text[found.end :]).strip()
    alt = mark_text(rest, story.marks, place, story.engine, "attribute")
    mark = story.marks.mark
    properties.set("descr", mark(_Slot("alt")) + alt + mark(_Slot("alt end")))
    _mark_tag(story, drawing, tag, place)
    story.marks.around(drawing, Start(frame), END)


def _mark_tag(story: Story, drawing: Element, tag: Tag, place: Place) -> None:
    mark = story.marks.mark(tag.at(place, object(), "special"))
    drawing.text = mark + (drawing.text or "")


def _frame(story: Story, drawing: Element, place: Place) -> _PictureFrame | _ChartFrame | None:
    chart = next(drawing.iter(_CHART), None)
    if chart is not None:
        return _chart_frame(story, chart, place)
    blip, extent = next(drawing.iter(q("a:blip")), None), next(drawing.iter(q("wp:extent")), None)
    if blip is None or extent is None:
        return None
    frame = _PictureFrame(place, (int(extent.get("cx", "0")), int(extent.get("cy", "0"))))
    for item in (extent, *drawing.iter(q("a:ext"))):
        if item.get("cx"):
            item.set("cx", story.marks.mark(_Slot("cx")))
            item.set("cy", story.marks.mark(_Slot("cy")))
    _mark_blip(story, blip)
    for name in inside(drawing, q("pic:cNvPr")):
        name.set("descr", "")
    return frame


def _mark_blip(story: Story, blip: Element) -> None:
    blip.set(_EMBED, story.marks.mark(_Slot("embed")))
    for child in list(blip):
        if child.tag == q("a:extLst"):  # an SVG twin of the placeholder
            blip.remove(child)
    for old in parent(blip).findall(q("a:srcRect")):
        parent(blip).remove(old)
    blip.tail = story.marks.mark(_Slot("crop")) + (blip.tail or "")


def _chart_frame(story: Story, chart: Element, place: Place) -> _ChartFrame | None:
    from toolkit.office.charts.part import is_chart

    rel_id = chart.get(_R_ID, "")
    relation = story.package.rel(story.name, rel_id)
    if relation is None or not is_chart(story.package, relation.target):
        story.engine.add("chart-kind", place)
        return None
    chart.set(_R_ID, story.marks.mark(_Slot("chart")))
    return _ChartFrame(place, rel_id)
