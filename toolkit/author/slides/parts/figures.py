"""Chart slides: one figure with its message, or one slide for each of several.

In: a topic that names chart data. Out: slides with a native chart on the left and, beside it, what
to make of it.
"""

from __future__ import annotations

from toolkit.author.slides.canvas import Canvas
from toolkit.author.slides.charts import ChartLook, Shown, chart
from toolkit.author.slides.deck import Deck, Topic, speaker
from toolkit.author.slides.grid import BODY
from toolkit.author.slides.heading import heading
from toolkit.author.slides.shapes import Frame, rule
from toolkit.author.slides.text import LABEL, Para, each, para

_COLORS = {
    "column": ("accent2", "accent4"),
    "bar": ("accent2", "accent4"),
    "stacked": ("accent2", "accent1", "accent4", "accent3"),
    "line": ("accent2", "accent3", "accent5"),
}


def figure(deck: Deck, topic: Topic) -> None:
    """One chart. Options: ``data`` (an expression of chart data), ``kind`` (column, bar, stacked,
    line), ``comments`` (an expression of a list of texts).
    """
    canvas = deck.slide("chart", topic.section.when)
    heading(canvas, topic)
    _drawn(canvas, topic, topic.option("data"), topic.option("comments"))
    canvas.finish()


def trend(deck: Deck, topic: Topic) -> None:
    """A line chart for every row, each on its own slide; rows hold ``title``, ``chart`` and
    ``comments``: the measured values, then the target and the baseline.
    """
    canvas = deck.slide("chart", topic.section.when, f"item in {topic.rows}")
    canvas.kicker(para(topic.label))
    canvas.title(para("{{ item.title }}"))
    speaker(topic, canvas)
    _drawn(canvas, topic, "item.chart", "item.comments")
    canvas.finish()


def _drawn(canvas: Canvas, topic: Topic, data: str, comments: str) -> None:
    kind = topic.option("kind", "line")
    colors = _COLORS[kind]
    look = ChartLook(kind, 14, colors, legend=True)
    left, right = BODY.split(2.6, 1, gap=1.2)
    chart(canvas, left, Shown(data), look)
    text = canvas.text(0, _comments(topic, comments), frame=Frame(insets=(0, 0.3, 0, 0)))
    canvas.put(rule(right, "accent1", 2.25), text)


def _comments(topic: Topic, comments: str) -> tuple[Para, ...]:
    label = topic.option("comment_label", "f.comment")
    head = para(topic.wording(label), LABEL, bold=True, color="tx2")
    text = para("{{ comment }}", 20).but(before=8)
    return (head, *each(f"comment in {comments}[:4]", text))
