"""Number tiles: one big figure each, what it is, what it compares with, where it is from.

In: a topic whose rows are figures. Out: a slide for every count; the fewer, the bigger.
"""

from __future__ import annotations

from dataclasses import dataclass

from toolkit.author.slides.canvas import Canvas
from toolkit.author.slides.charts import ChartLook, Shown, chart
from toolkit.author.slides.deck import Deck, Topic
from toolkit.author.slides.grid import LOWER, Box
from toolkit.author.slides.heading import heading
from toolkit.author.slides.layouts import cards, named
from toolkit.author.slides.shapes import Form, Frame, rule, text_box
from toolkit.author.slides.text import LABEL, Para, each, fitted, only, para


@dataclass(frozen=True)
class _Size:
    """How a tile of a count looks: points of its texts, and where in it they and the chart stand.

    A chart with ``names`` says what it compares; without, the text does.
    """

    number: float
    label: float
    source: float
    figure: Box
    told: Box
    chart: Box
    names: bool = True
    gap: int = 60


_SIZES = {
    1: _Size(
        *(140, 28, 12),
        *(Box(0, 0.2, 15.8, 5.1), Box(0, 5.3, 15.8, 7.0), Box(17, 0.8, 12, 11.4)),
        gap=90,
    ),
    2: _Size(
        *(96, 24, 12),
        *(Box(0, 0.2, 14.6, 3.5), Box(0, 3.7, 14.6, 3.6), Box(0, 7.4, 14.6, 5.0)),
        gap=160,
    ),
    3: _Size(
        *(80, 22, 12),
        *(Box(0, 0.2, 9.5, 2.9), Box(0, 3.1, 9.5, 4.2), Box(0, 7.4, 9.5, 5.0)),
        gap=90,
    ),
    4: _Size(
        *(66, 20, 12),
        *(Box(0, 0.2, 8.2, 2.4), Box(0, 2.6, 8.2, 3.25), Box(8.6, 0.3, 6.1, 5.4)),
    ),
    6: _Size(
        *(54, 18, 11),
        *(Box(0, 0.15, 6.0, 2.0), Box(0, 2.15, 9.5, 4.1), Box(6.2, 0.4, 3.3, 1.7)),
        names=False,
    ),
}


def tiles(deck: Deck, topic: Topic) -> None:
    """One to six figures. Options, the names of an item's values: ``value``, ``unit``, ``name``,
    ``compared`` (a text), ``chart`` (chart data, or nothing) and ``source``.
    """
    for count, size in _SIZES.items():
        canvas = deck.slide(named(count), topic.when(topic.counted(count, 6)))
        heading(canvas, topic)
        for number, box in enumerate(cards(count)):
            _tile(canvas, topic, number, box, size)
            _compared(canvas, topic, number, box, size)
        canvas.finish()


def _tile(canvas: Canvas, topic: Topic, number: int, box: Box, size: _Size) -> None:
    big = para(topic.tag(number, "value"), size.number, bold=True, color="tx2").but(spacing=85)
    told = canvas.text(number, _told(topic, number, size), size.told.moved(box), Form(), Frame())
    figure = text_box(size.figure.moved(box), [big])
    canvas.put(rule(box, "accent1", 2.25), figure, told, when=_beyond(topic, number, size))


def _told(topic: Topic, number: int, size: _Size) -> tuple[Para, ...]:
    unit = para(f"{{{{ {topic.of(number, 'unit')} | trim }}}}", size.label, bold=True, color="tx2")
    name = para(topic.tag(number, "name"), size.label)
    said = ("source",) if size.names else ("compared", "source")
    small = ", ".join(topic.of(number, part) for part in said)
    source = para(f"{{{{ [{small}] | select | join('  ·  ') }}}}", size.source, color="accent5")
    return (*only(topic.of(number, "unit"), unit), name, source.but(before=5))


def _beyond(topic: Topic, number: int, size: _Size) -> str:
    return topic.beyond(number, next(count for count, known in _SIZES.items() if known is size))


def _compared(canvas: Canvas, topic: Topic, number: int, box: Box, size: _Size) -> None:
    """The figure beside what it is held against, as a native chart of two columns."""
    data = topic.of(number, "chart")
    shown = _beyond(topic, number, size)
    text = size.source + 2 if size.names else 11
    look = ChartLook("column", text, by_point=True, axis=size.names, gap=size.gap)
    told = ", ".join(topic.of(number, name) for name in ("name", "value", "compared"))
    both = f"({shown}) and {data}" if shown else data
    alt = f"[{told}] | select | join(', ')"
    chart(canvas, size.chart.moved(box), Shown(data, alt), look, when=both)


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
