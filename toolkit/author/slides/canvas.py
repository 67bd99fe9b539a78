"""The canvas: one slide of the template while it is drawn.

In: shapes in the order they are read. Out: a slide with numbered shapes, the footer fields and
notes. Shapes and the slide itself may hang on a Jinja condition.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from toolkit.author.slides.grid import Box
from toolkit.author.slides.layouts import DATE_AT, FIRST_AT, FOOTER_AT, KICKER_AT, NUMBER_AT
from toolkit.author.slides.master import slide_number
from toolkit.author.slides.shapes import Form, Frame, describe, placeholder, properties
from toolkit.author.slides.text import Para, control, para, paragraph
from toolkit.office.markup import Element, q

_SAID = "info.short_name, info.footer, info.confidentiality"
FOOTER_TEXT = f"{{{{ [{_SAID}] | select | join('   ·   ') }}}}"
DATE_TEXT = "{{ info.date | date }}"


class Canvas:
    """A slide being drawn; ``slide`` is python-pptx's."""

    def __init__(self, slide: Any, when: str) -> None:
        self.slide = slide
        self._tree: Element = slide.shapes._spTree
        for shape in list(self._tree)[2:]:
            self._tree.remove(shape)
        self._notes: list[Para] = [control(f"if {when}")] if when else []

    def put(self, *shapes: Element, when: str = "") -> None:
        """Add shapes on top; with ``when`` each stays only where the condition holds."""
        for shape in shapes:
            if when:
                known = properties(shape).get("descr", "")
                describe(shape, f"{{% if {when} %}}{known}")
            self._tree.append(shape)

    def kicker(self, *paras: Para, when: str = "") -> None:
        """The small line over the title."""
        self.put(placeholder("body", KICKER_AT, paras), when=when)

    def title(self, *paras: Para, kind: str = "title") -> None:
        """The title: the slide's message."""
        self.put(placeholder(kind, 0, paras))

    def text(
        self,
        number: int,
        paras: Iterable[Para],
        box: Box | None = None,
        look: Form | None = None,
        frame: Frame | None = None,
    ) -> Element:
        """Text for the layout's place ``number`` (0 is the first)."""
        return placeholder("body", FIRST_AT + number, paras, box, look, frame)

    def notes(self, *paras: Para) -> None:
        """What the speaker reads, in order."""
        self._notes += paras

    def finish(self, *, footer: bool = True) -> None:
        """The footer fields, the ids and the notes."""
        if footer:
            self.put(placeholder("ftr", FOOTER_AT, [para(FOOTER_TEXT)]))
            self.put(placeholder("dt", DATE_AT, [para(DATE_TEXT)]))
            self.put(_number())
        for identity, shape in enumerate(self._tree.iter(q("p:cNvPr")), 1):
            shape.set("id", str(identity))
            shape.set("name", shape.get("name") or f"Shape {identity}")
        if self._notes:
            body = self.slide.notes_slide.notes_text_frame._txBody
            for old in body.findall(q("a:p")):
                body.remove(old)
            body.extend(paragraph(look) for look in self._notes)


def _number() -> Element:
    shape = placeholder("sldNum", NUMBER_AT, ())
    shape[-1][-1].clear()
    shape[-1][-1].append(slide_number())
    return shape
