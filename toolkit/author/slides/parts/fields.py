"""Colour fields: the cover, the statement and the closing slide.

In: a topic. Out: one slide each (the statement: with and without what follows from it). Text on
the field is always ``accent6``, which is readable on ``accent1`` in every brand.
"""

from __future__ import annotations

import struct
import zlib
from io import BytesIO

from toolkit.author.slides.canvas import Canvas
from toolkit.author.slides.deck import Deck, Topic, speaker
from toolkit.author.slides.grid import MARGIN, SLIDE, Box
from toolkit.author.slides.layouts import COVER_PICTURE, STATEMENT, consequences
from toolkit.author.slides.shapes import Form, picture, rule
from toolkit.author.slides.text import BODY, LEAD, Para, control, fitted, para

_TITLE = ((45, 48), (90, 40), (150, 32), (0, 26))
_STATEMENT = ((140, 40), (260, 32), (400, 26), (0, 20))
_LOGO = Box(SLIDE.w - MARGIN - 4.6, 1.5, 4.6, 1.8)
_WHOLE = Box(MARGIN, 3.4, SLIDE.w - 2 * MARGIN - 3.0, 12.0)


def cover(deck: Deck, topic: Topic) -> None:
    """The first slide: who, what, when, over a picture or the road.

    Options: ``over`` and ``under`` (expressions for the lines above the title and at the foot),
    ``title``, ``tagline``, ``picture``, ``logo`` (expressions).
    """
    canvas = deck.slide("cover", topic.section.when)
    _picture(canvas, COVER_PICTURE, f"image({topic.option('picture')}, 'fill')", 0xC8)
    canvas.kicker(para(_tag(topic.option("over"))))
    title = topic.option("title")
    canvas.title(*fitted(title, para(_tag(title)), _TITLE))
    tagline = topic.option("tagline")
    canvas.put(canvas.place(1, [para(_tag(tagline))]), when=tagline)
    canvas.put(canvas.place(14, [para(_tag(topic.option("under")))]))
    plate = Form(fill="bg1", line="bg1", width=16)
    _picture(canvas, _LOGO, f"image({topic.option('logo')}, 'fit')", 0xD8, plate)
    speaker(topic, canvas)
    canvas.finish(footer=False)


def statement(deck: Deck, topic: Topic) -> None:
    """One sentence that fills the slide, and up to three things that follow from it.

    Options: ``text`` (an expression); rows: the texts that follow.
    """
    for some in (True, False):
        canvas = deck.slide("statement", topic.when(topic.rows if some else f"not {topic.rows}"))
        canvas.kicker(para(topic.label))
        text = topic.option("text")
        told = fitted(text, para(_tag(text)), _STATEMENT)
        canvas.title(*told, box=STATEMENT if some else _WHOLE)
        for number, box in enumerate(consequences() if some else ()):
            shown = f"{topic.rows}|length > {number}"
            canvas.put(rule(Box(box.x, box.y - 0.45, box.w, 0), "accent6", 1.5), when=shown)
            value = f"{topic.rows}[{number}]"
            told = fitted(value, para(_tag(value)), ((90, 22), (0, 18)))
            canvas.put(canvas.text(number, told), when=shown)
        speaker(topic, canvas)
        canvas.finish()


def contact(deck: Deck, topic: Topic) -> None:
    """The last slide: who to ask. Rows: people with ``role``, ``name``, ``email``, ``phone``.

    Option ``address``: an expression for where to write.
    """
    canvas = deck.slide("closing", topic.section.when)
    canvas.kicker(para(_tag(topic.option("over"))))
    canvas.title(para(topic.label))
    canvas.put(canvas.text(0, _people(topic)))
    speaker(topic, canvas)
    canvas.finish(footer=False)


def _people(topic: Topic) -> tuple[Para, ...]:
    def line(name: str, size: float) -> tuple[Para, ...]:
        value = para(f"{{{{ person.{name} }}}}", size, color="accent6")
        return control(f"if person.{name}"), value, control("endif")

    role = para("{{ person.role }}", LEAD, bold=True, color="accent6").but(before=18)
    address = topic.option("address")
    end = para(_tag(address), LEAD, bold=True, color="accent6").but(before=24)
    return (
        control(f"for person in {topic.rows}"),
        role,
        *line("name", BODY),
        *line("email", BODY),
        *line("phone", BODY),
        control("endfor"),
        *(control(f"if {address}"), end, control("endif")),
    )


def _tag(expression: str) -> str:
    return f"{{{{ {expression} }}}}"


def _picture(canvas: Canvas, box: Box, call: str, shade: int, look: Form | None = None) -> None:
    _, relation = canvas.slide.part.get_or_add_image_part(BytesIO(grey(shade)))
    canvas.put(picture(box, relation, _tag(call), look))


def grey(shade: int) -> bytes:
    """A PNG of one grey pixel, which stands for a picture in the template."""
    header = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(bytes([0, shade]))), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in chunks
    )
