"""Columns: before and after, the three kinds of benefit, groups of roles.

In: a topic. Out: one slide; the columns hold loops, so that any number of items fits.
"""

from __future__ import annotations

from toolkit.author.slides.canvas import Canvas
from toolkit.author.slides.deck import Deck, Topic
from toolkit.author.slides.grid import BODY, Box
from toolkit.author.slides.heading import heading
from toolkit.author.slides.layouts import cards, sides
from toolkit.author.slides.shapes import Form, Frame, form, rule, text_box
from toolkit.author.slides.text import BODY as BODY_SIZE
from toolkit.author.slides.text import LABEL, LEAD, Para, each, either, fitted, only, para
from toolkit.office.package.markup import Element

_INSETS = Frame(insets=(1.2, 1.0, 1.0, 0.6))


def before_after(deck: Deck, topic: Topic) -> None:
    """Today beside tomorrow, with an arrow between.

    Options: ``before`` and ``after`` (lists of items with ``text`` and ``step``),
    ``before_label`` and ``after_label`` (label keys).
    """
    canvas = deck.slide("free", topic.section.when)
    heading(canvas, topic)
    left, right = sides()
    before = _changes(topic, "before", ("tx1", "accent5", "tx2"))
    after = _changes(topic, "after", ("accent6",) * 3)
    arrow = Box(left.right + 0.3, left.y + left.h / 2 - 0.8, right.x - left.right - 0.6, 1.6)
    canvas.put(
        form(left, Form(fill="bg2"), before, _INSETS),
        form(arrow, Form("chevron", fill="accent3", adjust={"adj": 55000})),
        form(right, Form(fill="accent1"), after, _INSETS),
    )
    canvas.finish()


def _changes(topic: Topic, name: str, inks: tuple[str, ...]) -> tuple[Para, ...]:
    ink, quiet, strong = inks
    label = para(topic.wording(topic.option(f"{name}_label")), LEAD, bold=True, color=strong)
    step = para("{{ item.step }}", LABEL, color=quiet).but(before=32)
    sizes = ((26, 28), (66, 22), (0, BODY_SIZE))
    text = fitted("item.text", para("{{ item.text }}", bold=True, color=ink), sizes)
    return (label, *each(f"item in {topic.option(name)}[:3]", step, *text))


def benefits(deck: Deck, topic: Topic) -> None:
    """Three columns, one for each kind of benefit: from baseline to target.

    Options: ``types`` (label keys, one a column), ``lists`` (expressions of lists whose items hold
    ``change`` and ``indicator``), ``none`` (a label key for an empty column).
    """
    canvas = deck.slide("free", topic.section.when)
    heading(canvas, topic)
    types, lists = topic.section.options["types"], topic.section.options["lists"]
    colors = ("accent1", "accent2", "accent3")
    for key, rows, box, color in zip(types, lists, cards(3), colors, strict=True):
        head = para(topic.wording(key), LEAD, bold=True, color="tx2")
        canvas.put(
            form(box.top(0.2), Form(fill=color)),
            text_box(box.part(0, 0.55, box.w, 1.1), [head]),
            text_box(box.below(1.95), _measures(topic, rows)),
        )
    canvas.finish()


def _measures(topic: Topic, rows: str) -> tuple[Para, ...]:
    change = para("{{ item.change }}", 28, bold=True, color="tx2").but(before=8, spacing=90)
    name = para("{{ item.indicator }}", BODY_SIZE)
    more = para(f"+{{{{ {rows}|length - 4 }}}}", BODY_SIZE, color="accent5").but(before=8)
    none = para(topic.wording(topic.option("none")), BODY_SIZE, color="accent5").but(before=10)
    alone = para("{{ item.indicator }}", LEAD, bold=True).but(before=10)
    return (
        *each(
            f"item in {rows}[:4]",
            *either("item.change", (change, name), (alone,)),
        ),
        *only(f"{rows}|length > 4", more),
        *only(f"not {rows}", none),
    )


def groups(deck: Deck, topic: Topic) -> None:
    """Who leads, and up to three groups of roles.

    Rows: people with ``label`` and ``name``. Options: ``groups``, a list of {label, rows}.
    """
    told = topic.section.options["groups"]
    some = " or ".join(group["rows"] for group in told)
    canvas = deck.slide("free", topic.when(some))
    heading(canvas, topic)
    for number, box in enumerate(BODY.top(3.6).columns(3, 1.2)):
        leader = _leader(topic, number, box, BODY_SIZE)
        canvas.put(leader, when=f"{topic.rows}|length > {number}")
    for group, box in zip(told, BODY.below(4.5).columns(len(told), 1.2), strict=True):
        _group(canvas, topic, group, box)
    canvas.finish()
    for count in (2, 3):
        canvas = deck.slide("free", topic.when(f"not ({some})", f"{topic.rows}|length == {count}"))
        heading(canvas, topic)
        for number, box in enumerate(BODY.top(7.0).columns(count, 1.2)):
            canvas.put(_leader(topic, number, box, 32 if count == 2 else 26))
        canvas.finish()


def _leader(topic: Topic, number: int, box: Box, size: float) -> Element:
    label = para(topic.tag(number, "label"), LABEL, color="accent5")
    name = para(topic.tag(number, "name"), size, bold=True)
    frame = Frame("t" if size < LEAD else "ctr", (0.8, 0.5, 0.7, 0.3))
    return form(box, Form(fill="bg2"), (label, name), frame)


def _group(canvas: Canvas, topic: Topic, group: dict[str, str], box: Box) -> None:
    head = para(topic.wording(group["label"]), 20, bold=True, color="tx2").but(after=4)
    role = para("{{ role }}", BODY_SIZE).but(before=6)
    more = para(f"+{{{{ {group['rows']}|length - 7 }}}}", BODY_SIZE, color="accent5").but(before=6)
    all_told = only(f"{group['rows']}|length > 7", more)
    body = (head, *each(f"role in {group['rows']}[:7]", role), *all_told)
    canvas.put(rule(box, "accent1", 2.25), text_box(box.below(0.3), body), when=group["rows"])
