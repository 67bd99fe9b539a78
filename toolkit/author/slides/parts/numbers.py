"""Number tiles: one big figure each, what it is, what it compares with, where it is from.

In: a topic whose rows are figures. Out: a slide for every count; the fewer, the bigger.
"""

from __future__ import annotations

from dataclasses import dataclass

from toolkit.author.slides.canvas import Canvas
from toolkit.author.slides.charts import ChartLook, chart
from toolkit.author.slides.deck import Deck, Topic
from toolkit.author.slides.grid import LOWER, Box
from toolkit.author.slides.heading import heading
from toolkit.author.slides.layouts import cards, named
from toolkit.author.slides.shapes import Form, Frame, rule, text_box
from toolkit.author.slides.text import LABEL, Para, each, fitted, only, para


@dataclass(frozen=True)
class _Size:
    """How a tile of a count looks: points of its texts, the room for its chart."""

    number: float
    label: float
    source: float
    chart: Box
    names: bool = True
    gap: int = 60


_SIZES = {
    1: _Size(140, 28, 12, Box(17, 0.8, 12, 11.4), gap=90),
    2: _Size(96, 24, 12, Box(0, 7.2, 14.6, 5.2), gap=160),
    3: _Size(80, 22, 12, Box(0, 7.4, 9.5, 5.2), gap=90),
    4: _Size(66, 20, 12, Box(8.6, 0.4, 6.1, 5.4)),
    6: _Size(54, 20, 10, Box(6.2, 0.15, 3.35, 2.1), names=False),
}


def tiles(deck: Deck, topic: Topic) -> None:
    """One to six figures. Options, the names of an item's values: ``value``, ``unit``, ``name``,
    ``compared`` (a text), ``chart`` (chart data, or nothing) and ``source``.
    """
    for count, size in _SIZES.items():
        canvas = deck.slide(named(count), topic.when(topic.counted(count, 6)))
        heading(canvas, topic)
        for number, box in enumerate(cards(count)):
            _tile(canvas, topic, (number, topic.beyond(number, count)), box, size)
        canvas.finish()


def _tile(canvas: Canvas, topic: Topic, item: tuple[int, str], box: Box, size: _Size) -> None:
    number, shown = item
    beside = size.chart.x > 0 and size.names
    text = Box(box.x, box.y + 0.2, size.chart.x - 0.4 if beside else box.w, box.h - 0.2)
    figure = canvas.text(number, _figure(topic, number, size), text, Form(), Frame())
    canvas.put(rule(box, "accent1", 2.25), figure, when=shown)
    data = topic.of(number, "chart")
    room = box.part(size.chart.x, size.chart.y, size.chart.w, size.chart.h)
    both = f"({shown}) and {data}" if shown else data
    told = ", ".join(topic.of(number, name) for name in ("name", "value", "compared"))
    chart(canvas, room, data, _bars(size), alt=f"[{told}] | join(', ')", when=both)


def _bars(size: _Size) -> ChartLook:
    text = max(size.source + 2, 12) if size.names else 11
    return ChartLook(
        "column", text, ("accent1", "accent4"), by_point=True, axis=size.names, gap=size.gap
    )


def _figure(topic: Topic, number: int, size: _Size) -> tuple[Para, ...]:
    big = para(topic.tag(number, "value"), size.number, bold=True, color="tx2").but(spacing=85)
    unit = para(f"{{{{ {topic.of(number, 'unit')} | trim }}}}", size.label, bold=True, color="tx2")
    figure = (big, *only(topic.of(number, "unit"), unit))
    name = para(topic.tag(number, "name"))
    source = para(topic.tag(number, "source"), size.source, color="accent5").but(before=3)
    if size.names:
        return (*figure, *fitted("", name, ((0, size.label),)), source)
    label = fitted(topic.of(number, "name"), name, ((56, size.label), (0, LABEL)))
    compared = para(topic.tag(number, "compared"), 12, color="accent5").but(before=3)
    return (*figure, *label, *only(topic.of(number, "compared"), compared), source)


def facts(deck: Deck, topic: Topic) -> None:
    """A thing in brief: up to four figures over columns of text.

    Rows: figures with ``value`` and ``name``. Options: ``columns``, a list of {label, text, when}
    or {label, rows, when}: label keys and expressions.
    """
    canvas = deck.slide("free", topic.section.when)
    heading(canvas, topic)
    for number, box in enumerate(LOWER.top(4.4).columns(4)):
        value = para(topic.tag(number, "value"), 66, bold=True, color="tx2").but(spacing=85)
        name = para(topic.tag(number, "name"), 20)
        shown = f"{topic.rows}|length > {number}"
        canvas.put(rule(box, "accent1", 2.25), text_box(box.below(0.2), (value, name)), when=shown)
    columns = topic.section.options.get("columns", [])
    for told, box in zip(columns, LOWER.below(5.6).columns(len(columns), 1.2), strict=True):
        canvas.put(text_box(box, _column(topic, told)), when=told.get("when", ""))
    canvas.finish()


def _column(topic: Topic, told: dict[str, str]) -> tuple[Para, ...]:
    label = para(topic.wording(told["label"]), LABEL, bold=True, color="tx2").but(after=4)
    if "rows" in told:
        item = para("{{ item }}", 20).but(before=4, bullet="•")
        return (label, *each(f"item in {told['rows']}", item))
    return (label, *fitted(told["text"], para(f"{{{{ {told['text']} }}}}"), ((150, 20), (0, 18))))
