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
from toolkit.author.slides.shapes import Form, Frame, form, quote_mark, text_box
from toolkit.author.slides.text import BODY as BODY_SIZE
from toolkit.author.slides.text import LABEL, Para, each, fitted, only, para

_CARD = Form(fill="bg2")
_ROLE = 1.6
_TAIL = (0.9, 0.6)


@dataclass(frozen=True)
class _Speech:
    """How quotes of a count look: text sizes by length, and whether the mark stands above."""

    sizes: tuple[tuple[int, float], ...]
    above: bool = False


_SPEECH = {
    1: _Speech(((130, 44), (0, 26)), above=True),
    2: _Speech(((110, 30), (220, 24), (0, 18)), above=True),
    3: _Speech(((110, 24), (170, 20), (0, 18)), above=True),
    4: _Speech(((110, 22), (0, 18))),
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
    frame = Frame("t", (1.0, 2.3, 0.9, 0.6)) if look.above else Frame("ctr", (2.5, 0.35, 0.7, 0.35))
    value, tag = topic.of(number, "text"), topic.tag(number, "text")
    text = fitted(value, para(tag), look.sizes, topic.longest("text"))
    mark = quote_mark(bubble.part(1.0, 0.95 if look.above else 0.8, 1.17, 0.9), "accent3")
    role = para(topic.tag(number, "role"), BODY_SIZE, bold=True, color="tx2")
    canvas.put(
        canvas.text(number, text, bubble, _CARD, frame),
        mark,
        form(tail, Form("flowChartMerge", fill="bg2")),
        text_box(Box(box.x + 0.1, box.bottom - 1.0, box.w, 1.0), [role]),
    )


@dataclass(frozen=True)
class _Profile:
    """How profiles of a count look: sizes of their texts, and how many needs they name."""

    size: float
    name: float
    need: float
    most: int = 3


_PROFILE = {
    1: _Profile(115, 36, 28),
    2: _Profile(88, 28, 22),
    3: _Profile(72, 22, 20),
    4: _Profile(72, BODY_SIZE, 20, most=2),
    6: _Profile(54, BODY_SIZE, BODY_SIZE, most=1),
}


def profiles(deck: Deck, topic: Topic) -> None:
    """One to six groups of people: how many, who, what they need.

    Options: ``size``, ``name`` and ``needs``, the names of an item's values.
    """
    for count in _PROFILE:
        canvas = deck.slide(named(count), topic.when(topic.counted(count, 6)))
        heading(canvas, topic)
        for number, box in enumerate(BODY.columns(4) if count == 4 else cards(count)):
            shown = topic.beyond(number, count)
            frame = Frame(insets=(0.8, 0.7, 0.6, 0.5))
            text = canvas.text(number, _profile(topic, number, count), box, _CARD, frame)
            canvas.put(text, form(box.top(0.16), Form(fill="accent1")), when=shown)
        canvas.finish()


def _profile(topic: Topic, number: int, count: int) -> tuple[Para, ...]:
    look, size = _PROFILE[count], topic.of(number, "size")
    name = para(topic.tag(number, "name"), look.name, bold=True)
    needs = f"need in {topic.of(number, 'needs')}[:{look.most}]"
    need = para("{{ need }}", look.need).but(before=8, bullet="•")
    big = para(f"{{{{ {size} }}}}", look.size, bold=True, color="tx2")
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
            canvas.put(form(box.top(0.16), Form(fill="accent1")))
            canvas.put(canvas.text(number, text, box.below(0.16), _CARD, frame))
        canvas.finish()


def _solution(topic: Topic, number: int, size: float) -> tuple[Para, ...]:
    name = para(topic.tag(number, "name"), size + 2, bold=True, color="tx2")
    owner = para(topic.tag(number, "owner"), LABEL, color="accent5").but(before=4)
    return (
        name,
        owner,
        *_told(topic, number, "text", size),
        *_told(topic, number, "more", size),
    )


def _told(topic: Topic, number: int, name: str, size: float) -> tuple[Para, ...]:
    label = para(topic.wording(topic.option(f"{name}_label")), LABEL, bold=True, color="tx2")
    text = para(topic.tag(number, name), size - 2).but(before=4)
    return only(topic.of(number, name), label.but(before=18), text)
