"""Pictures of the plan: the road through six phases, and the map of who matters.

In: a topic. Out: one drawn slide each, all native shapes.
"""

from __future__ import annotations

from collections.abc import Sequence

from toolkit.author.slides.canvas import Canvas
from toolkit.author.slides.deck import Deck, Topic
from toolkit.author.slides.grid import BODY, Box
from toolkit.author.slides.heading import heading
from toolkit.author.slides.shapes import Form, Frame, form, rule, text_box
from toolkit.author.slides.text import BODY as BODY_SIZE
from toolkit.author.slides.text import LABEL, LEAD, SMALL, Para, each, para

PHASES = 6
_ROAD = Box(BODY.x, BODY.y + 1.1, BODY.w, 3.0)
_DATES, _GATES = 3.3, 7.3
_POINT = {"adj": 18000}


def road(deck: Deck, topic: Topic) -> None:
    """Six chevrons with dates; where we are stands out, gates are diamonds.

    Rows: the six phases with ``start``, ``end``, ``current`` (bool),
    ``gates`` (a list with ``date`` and ``name``). Options ``here`` and ``gate``: label keys.
    """
    canvas = deck.slide("free", topic.section.when)
    heading(canvas, topic)
    boxes = _ROAD.columns(PHASES, 0)
    for number, box in enumerate(boxes):
        _phase(canvas, topic, number, box)
    canvas.put(rule(_ROAD.below(_GATES + 0.3), "accent4"))
    for number, box in enumerate(boxes):
        _gate(canvas, topic, number, box)
    _legend(canvas, topic)
    canvas.finish()


def _phase(canvas: Canvas, topic: Topic, number: int, box: Box) -> None:
    current = topic.of(number, "current")
    geometry = "homePlate" if number == 0 else "chevron"
    centre = Frame("ctr", (0.3 if number else 0, 0, 0, 0))
    for fill, size, ink, when in (
        ("bg2", 32, "tx2", f"not {current}"),
        ("accent1", 44, "accent6", current),
    ):
        number_text = para(str(number + 1), size, bold=True, color=ink)
        look = Form(geometry, fill=fill, line="" if fill == "accent1" else "accent4", adjust=_POINT)
        canvas.put(form(box, look, [number_text.but(align="ctr")], centre), when=when)
    here = para(topic.wording(topic.option("here")), LABEL, bold=True, color="tx2")
    mark = Box(box.x, box.y - 1.0, box.w, 0.95)
    canvas.put(text_box(mark, [here]), when=current)
    start, end = (f"{{{{ {topic.of(number, name)} | date }}}}" for name in ("start", "end"))
    dates = (para(f"{start} –", SMALL, color="accent5"), para(end, SMALL, color="accent5"))
    name = para(topic.wording(f"o.phase.p{number + 1}"), 15, bold=True, color="tx2").but(before=3)
    canvas.put(text_box(box.part(0, _DATES, box.w - 0.2, 2.9), (*dates, name)))


def _gate(canvas: Canvas, topic: Topic, number: int, box: Box) -> None:
    gates = topic.of(number, "gates")
    date = para("{{ gate.date }}", SMALL, bold=True, color="tx2").but(before=6)
    told = each(f"gate in {gates}[:3]", date, para("{{ gate.name }}", SMALL))
    top = _GATES + 0.65
    canvas.put(
        form(box.part(0, _GATES, 0.6, 0.6), Form("diamond", fill="accent3")),
        text_box(box.part(0, top, box.w - 0.3, BODY.bottom - box.y - top), told),
        when=gates,
    )


def _legend(canvas: Canvas, topic: Topic) -> None:
    told: tuple[Para, ...] = (para(topic.wording(topic.option("gate")), SMALL, color="accent5"),)
    line = Box(BODY.x, _ROAD.y + _GATES - 0.95, 8.0, 0.85)
    canvas.put(text_box(line, told, Frame("b")))


def matrix(deck: Deck, topic: Topic) -> None:
    """Two axes, four fields with names in them; the upper right is the one to act on.

    Options: ``fields`` (four of {label, rows}: upper left, upper right, lower left, lower right),
    ``across`` and ``up`` (label keys of the axes), ``low`` and ``high`` (of their ends).
    """
    canvas = deck.slide("free", topic.section.when)
    heading(canvas, topic)
    area = Box(BODY.x + 1.2, BODY.y, BODY.w - 1.2, BODY.h - 1.1)
    _axis(canvas, topic, "up", Box(BODY.x, area.y, 1.1, area.h).rows(3, 0)[::-1])
    _axis(canvas, topic, "across", Box(area.x, area.bottom + 0.1, area.w, 1.0).columns(3, 0))
    for number, box in enumerate(area.cells(2, 2, 0.25)):
        _field(canvas, topic, number, box)
    canvas.finish()


def _axis(canvas: Canvas, topic: Topic, side: str, boxes: Sequence[Box]) -> None:
    """The low end, the name and the high end of an axis."""
    frame = Frame("ctr", turned=side == "up")
    for key, align, box in zip(("low", side, "high"), ("l", "ctr", "r"), boxes, strict=True):
        text = para(topic.wording(topic.option(key)), SMALL, bold=key == side, color="accent5")
        canvas.put(text_box(box, [text.but(align=align)], frame))


def _field(canvas: Canvas, topic: Topic, number: int, box: Box) -> None:
    told = topic.section.options["fields"][number]
    strong = number == 1
    ink = "accent6" if strong else "tx1"
    head = para(topic.wording(told["label"]), LEAD, bold=True, color=ink if strong else "tx2")
    names = para(f"{{{{ {told['rows']} | join('  ·  ') }}}}", BODY_SIZE, color=ink)
    look = Form(fill="accent1") if strong else Form(fill="bg2", line="accent4", width=0.5)
    frame = Frame(insets=(0.8, 0.6, 0.7, 0.3))
    canvas.put(form(box, look, (head, names.but(before=6, spacing=105)), frame))
