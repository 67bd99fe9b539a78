"""The canvas: one slide of the template while it is drawn.

In: shapes in the order they are read. Out: a slide with numbered shapes, the footer fields and
notes. Shapes and the slide itself may hang on a Jinja condition.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from lxml import etree

from toolkit.author.slides.grid import Box
from toolkit.author.slides.layouts import DATE_AT, FIRST_AT, FOOTER_AT, KICKER_AT, NUMBER_AT, Layout
from toolkit.author.slides.master import slide_number
from toolkit.author.slides.shapes import Form, Frame, describe, placeholder, properties
from toolkit.author.slides.text import Para, control, para, paragraph
from toolkit.office.package.markup import Element, q

_SAID = "info.short_name, info.footer, info.confidentiality"
FOOTER_TEXT = f"{{{{ [{_SAID}] | select | join('   ·   ') }}}}"
DATE_TEXT = "{{ info.date | date }}"


_NAMES = {
    "title": "Title",
    "ctrTitle": "Title",
    "subTitle": "Subtitle",
    "body": "Text",
    "ftr": "Footer",
    "dt": "Date",
    "sldNum": "Slide number",
}
_KINDS = {"pic": "Picture", "cxnSp": "Line", "graphicFrame": "Frame", "sp": "Shape"}


class Canvas:
    """A slide being drawn on a layout; ``slide`` is python-pptx's."""

    def __init__(self, slide: Any, layout: Layout, *controls: str) -> None:
        self.slide = slide
        self._layout = layout
        self._tree: Element = slide.shapes._spTree
        for shape in list(self._tree)[2:]:
            self._tree.remove(shape)
        self._notes: list[Para] = [control(tag) for tag in controls]

    def put(self, *shapes: Element, when: str = "") -> None:
        """Add shapes on top; with ``when`` each stays only where the condition holds."""
        for shape in shapes:
            if when:
                known = properties(shape).get("descr", "")
                describe(shape, f"{{% if {when} %}}{known}")
            self._tree.append(shape)

    def kicker(self, *paras: Para, when: str = "") -> None:
        """The small line over the title."""
        self.put(self.place(KICKER_AT, paras), when=when)

    def title(self, *paras: Para, box: Box | None = None) -> None:
        """The title: the slide's message."""
        self.put(self.place(0, paras, box))

    def place(
        self,
        index: int,
        paras: Iterable[Para],
        box: Box | None = None,
        look: Form | None = None,
        frame: Frame | None = None,
    ) -> Element:
        """Text for a place of the layout, by its index; what is not given is the layout's."""
        return placeholder(self._layout.place(index), paras, box, look, frame)

    def text(
        self,
        number: int,
        paras: Iterable[Para],
        box: Box | None = None,
        look: Form | None = None,
        frame: Frame | None = None,
    ) -> Element:
        """Text for the layout's place ``number`` (0 is the first)."""
        return self.place(FIRST_AT + number, paras, box, look, frame)

    def notes(self, *paras: Para) -> None:
        """What the speaker reads, in order."""
        self._notes += paras

    def finish(self, *, footer: bool = True) -> None:
        """The footer fields, the ids and the notes."""
        if footer:
            self.put(self.place(FOOTER_AT, [para(FOOTER_TEXT)]))
            self.put(self.place(DATE_AT, [para(DATE_TEXT)]))
            number = self.place(NUMBER_AT, ())
            number[-1][-1].clear()
            number[-1][-1].append(slide_number())
            self.put(number)
        for identity, shape in enumerate(list(self._tree)[2:], 2):
            known = properties(shape)
            known.set("id", str(identity))
            known.set("name", f"{_kind(shape)} {identity - 1}")
        if self._notes:
            body = self.slide.notes_slide.notes_text_frame._txBody
            for old in body.findall(q("a:p")):
                body.remove(old)
            body.extend(paragraph(look) for look in self._notes)


def _kind(shape: Element) -> str:
    """What a shape is called: people meet the name in the selection pane and in findings."""
    place = next(shape.iter(q("p:ph")), None)
    if place is not None:
        return _NAMES[place.get("type", "body")]
    if next(shape.iter(q("p:txBody")), None) is not None:
        return "Text"
    if next(shape.iter(q("a:tbl")), None) is not None:
        return "Table"
    if next(shape.iter(q("c:chart")), None) is not None:
        return "Chart"
    return _KINDS[etree.QName(shape).localname]
