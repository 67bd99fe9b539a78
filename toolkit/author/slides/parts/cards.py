"""Cards: quotes as speech, groups of people, other projects and solutions.

In: a topic whose rows are the cards. Out: a slide for every count, each laid out for it.
"""

from __future__ import annotations

from dataclasses import dataclass

from toolkit.author.slides.canvas import Canvas
from toolkit.author.slides.deck import Deck, Topic
from toolkit.author.slides.grid import BODY, Box
from toolkit.author.slides.heading import heading
from toolkit.author.slides.layouts import cards, named
from toolkit.author.slides.shapes import Form, Frame, decorative, form, text_box
from toolkit.author.slides.text import BODY as BODY_SIZE
from toolkit.author.slides.text import LABEL, Para, each, fitted, only, para

_CARD = Form(fill="bg2")
_ROLE = 1.75
_TAIL = (0.9, 0.6)


@dataclass(frozen=True)
class _Speech:
    """How quotes of a count look: text sizes by length, and whether the mark stands above."""

    sizes: tuple[tuple[int, float], ...]
    above: bool = False


_SPEECH = {
    1: _Speech(((120, 40), (220, 30), (0, 22))),
    2: _Speech(((80, 32), (130, 28), (200, 24), (0, 18)), above=True),
    3: _Speech(((70, 28), (110, 24), (160, 20), (0, 18)), above=True),
    4: _Speech(((60, 24), (110, 22), (0, 18))),
}


def speech(deck: Deck, topic: Topic) -> None:
    """One to four quotes as speech bubbles with the speaker's role under them.

    Options: ``text`` and ``role``, the names of an item's values.
    """
    for count, look in _SPEECH.items():
        canvas = deck.slide(named(count), topic.when(topic.counted(count, 4)))
        heading(canvas, topic)
        for number, box in enumerate(cards(count)):
            _bubble(canvas, topic, number, box, look)
        canvas.finish()


def _bubble(canvas: Canvas, topic: Topic, number: int, box: Box, look: _Speech) -> None:
    bubble = box.top(box.h - _ROLE)
    tail = Box(box.x + 1.1, bubble.bottom, *_TAIL)
    frame = Frame("t", (1.0, 2.3, 0.9, 0.6)) if look.above else Frame("ctr", (2.5, 0.5, 0.9, 0.5))
    text = fitted(topic.of(number, "text"), para(topic.tag(number, "text")), look.sizes)
    mark = text_box(bubble.part(0.9, 0.35, 1.8, 2.2), [para("“", 88, bold=True, color="accent3")])
    role = para(topic.tag(number, "role"), BODY_SIZE, bold=True, color="tx2")
    canvas.put(
        canvas.text(number, text, bubble, _CARD, frame),
        decorative(mark),
        form(tail, Form("flowChartMerge", fill="bg2")),
        text_box(Box(box.x + 0.1, box.bottom - 0.95, box.w, 0.95), [role]),
    )


def profiles(deck: Deck, topic: Topic) -> None:
    """One to six groups of people: how many, who, what they need.

    Options: ``size``, ``name`` and ``needs``, the names of an item's values.
    """
    for count in (1, 2, 3, 4, 6):
        canvas = deck.slide(named(count), topic.when(topic.counted(count, 6)))
        heading(canvas, topic)
        for number, box in enumerate(BODY.columns(4) if count == 4 else cards(count)):
            shown = topic.beyond(number, count)
            frame = Frame(insets=(0.8, 0.7, 0.6, 0.5))
            canvas.put(
                canvas.text(number, _profile(topic, number, count), box, _CARD, frame), when=shown
            )
        canvas.finish()


def _profile(topic: Topic, number: int, count: int) -> tuple[Para, ...]:
    size, name = topic.of(number, "size"), para(topic.tag(number, "name"), 20, bold=True)
    needs = f"need in {topic.of(number, 'needs')}[:{3 if count < 6 else 1}]"
    need = para("{{ need }}", BODY_SIZE).but(before=8, bullet="•")
    big = para(f"{{{{ {size} }}}}", 66 if count < 4 else 54, bold=True, color="tx2")
    return (*only(size, big.but(spacing=85)), name, *each(needs, need))


def solutions(deck: Deck, topic: Topic) -> None:
    """One to three projects or solutions: name, who owns it, what it gives us.

    Options: ``name``, ``owner``, ``text``, ``more`` (values of an item), ``text_label`` and
    ``more_label`` (label keys).
    """
    for count in (1, 2, 3):
        canvas = deck.slide(named(count), topic.when(topic.counted(count, 3)))
        heading(canvas, topic)
        for number, box in enumerate(cards(count)):
            text = _solution(topic, number, 20 if count == 3 else 24)
            frame = Frame(insets=(1.0, 1.0, 1.0, 0.8))
            canvas.put(form(box.top(0.18), Form(fill="accent1")))
            canvas.put(canvas.text(number, text, box.below(0.18), _CARD, frame))
        canvas.finish()


def _solution(topic: Topic, number: int, size: float) -> tuple[Para, ...]:
    name = para(topic.tag(number, "name"), size + 2, bold=True, color="tx2")
    owner = para(topic.tag(number, "owner"), LABEL, color="accent5").but(before=4)
    return (
        name,
        *only(topic.of(number, "owner"), owner),
        *_told(topic, number, "text", size),
        *_told(topic, number, "more", size),
    )


def _told(topic: Topic, number: int, name: str, size: float) -> tuple[Para, ...]:
    label = para(topic.wording(topic.option(f"{name}_label")), LABEL, bold=True, color="tx2")
    text = para(topic.tag(number, name)).but(before=4)
    sizes = ((100, size - 2), (0, BODY_SIZE))
    value = topic.of(number, name)
    return only(value, label.but(before=22), *fitted(value, text, sizes))
