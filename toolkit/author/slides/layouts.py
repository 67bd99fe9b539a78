"""The layouts of the deck: which placeholders stand where, and what is drawn behind them.

In: the grid. Out: Layouts as data. A slide of a layout inherits its places, so that "Reset" and
"New slide" in PowerPoint give what the deck itself shows.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from toolkit.author.slides.grid import (
    BODY,
    DATE,
    FOOTER,
    GAP,
    KICKER,
    MARGIN,
    MARK,
    NUMBER,
    SLIDE,
    TITLE,
    Box,
    shape_of,
)
from toolkit.author.slides.places import Place
from toolkit.author.slides.shapes import Form, form
from toolkit.author.slides.text import BODY as BODY_SIZE
from toolkit.author.slides.text import HERO, LABEL, LEAD
from toolkit.office.package.markup import Element

KICKER_AT, FIRST_AT = 13, 21
DATE_AT, FOOTER_AT, NUMBER_AT = 10, 11, 12


@dataclass(frozen=True)
class Layout:
    """A layout: its name's label, PowerPoint's own type, ground colour, places and decoration."""

    key: str
    kind: str
    places: tuple[Place, ...]
    ground: str = ""
    drawn: Callable[[], tuple[Element, ...]] = tuple

    def place(self, index: int) -> Place:
        """The place with this index; 0 is the title."""
        return next(place for place in self.places if place.index == index)


def cards(count: int) -> tuple[Box, ...]:
    """The boxes of ``count`` cards."""
    return BODY.cells(*shape_of(count), gap=GAP)[:count]


def named(count: int) -> str:
    """The layout of ``count`` cards."""
    return "content" if count == 1 else f"cards_{count}"


def sides() -> tuple[Box, Box]:
    """The two halves of a slide."""
    left, right = BODY.columns(2, gap=1.2)
    return left, right


def consequences() -> tuple[Box, ...]:
    """Three columns under a statement."""
    return Box(MARGIN, 11.9, BODY.w, 4.8).columns(3, 1.2)


def motif(box: Box, count: int = 6) -> tuple[Element, ...]:
    """The road: chevrons that grow clearer, in the colour of the text on the ground."""
    step = box.w / (count + 1)
    look = {"adj": 42000}
    return tuple(
        form(
            Box(box.x + i * step, box.y, step * 2, box.h),
            Form("chevron", fill=f"accent6/{4 + 3 * i}", adjust=look),
        )
        for i in range(count)
    )


def _footer(color: str = "accent5") -> tuple[Place, ...]:
    return (
        Place("ftr", FOOTER_AT, FOOTER, 11, color=color, anchor="ctr"),
        Place("dt", DATE_AT, DATE, 11, color=color, anchor="ctr", align="r"),
        Place("sldNum", NUMBER_AT, NUMBER, 11, bold=True, color=color, anchor="ctr", align="r"),
    )


def _head(color: str = "", kicker: str = "accent5") -> tuple[Place, ...]:
    return (
        Place("body", KICKER_AT, KICKER, LABEL, bold=True, color=kicker, anchor="ctr"),
        Place("title", 0, TITLE, color=color),
    )


def _mark() -> tuple[Element, ...]:
    return (form(MARK, Form(fill="accent3")),)


def _light_mark() -> tuple[Element, ...]:
    return (form(MARK, Form(fill="accent6")),)


def _road(rule: Box) -> Callable[[], tuple[Element, ...]]:
    return lambda: (*motif(COVER_PICTURE), form(rule, Form(fill="accent3")))


def _plain(key: str, kind: str, *boxes: Box, inset: float = 0, size: float = BODY_SIZE) -> Layout:
    bodies = tuple(
        Place("body", FIRST_AT + i, box, size, inset=inset) for i, box in enumerate(boxes)
    )
    return Layout(key, kind, (*_head(), *bodies, *_footer()), drawn=_mark)


COVER_TEXT = Box(MARGIN, 5.2, 16.4, 6.6)
COVER_PICTURE = Box(20.4, 0, SLIDE.w - 20.4, SLIDE.h)
ENDS = _footer()
STATEMENT = Box(MARGIN, 2.6, SLIDE.w - 2 * MARGIN - 3.0, 7.4)

LAYOUTS = (
    Layout(
        "layout.cover",
        "title",
        (
            Place("body", KICKER_AT, Box(MARGIN, 1.7, 16.4, 1.05), BODY_SIZE, True, "accent6"),
            Place("ctrTitle", 0, COVER_TEXT, HERO, color="accent6", anchor="b"),
            Place("subTitle", 1, Box(MARGIN, 12.6, 16.4, 2.7), LEAD, color="accent6"),
            Place("body", 14, Box(MARGIN, 16.0, 16.4, 1.3), LABEL, color="accent6", anchor="b"),
        ),
        "accent1",
        _road(Box(MARGIN, 12.15, 2.4, 0.16)),
    ),
    Layout(
        "layout.statement",
        "",
        (
            Place("body", KICKER_AT, KICKER, LABEL, True, "accent6", "ctr"),
            Place("title", 0, STATEMENT, HERO, color="accent6", anchor="ctr"),
            *(
                Place("body", FIRST_AT + i, box, BODY_SIZE + 2, color="accent6")
                for i, box in enumerate(consequences())
            ),
            *_footer("accent6"),
        ),
        "accent1",
        _light_mark,
    ),
    _plain("layout.content", "obj", BODY),
    _plain("layout.columns", "twoObj", *sides()),
    *(_plain(f"layout.cards_{n}", "", *cards(n), inset=0.8) for n in (2, 3, 4, 6)),
    _plain("layout.table", "tbl"),
    _plain("layout.chart", "", BODY.split(2.6, 1, gap=1.2)[1]),
    _plain("layout.free", "titleOnly"),
    Layout(
        "layout.closing",
        "",
        (
            Place("body", KICKER_AT, Box(MARGIN, 1.7, 16.4, 1.05), BODY_SIZE, True, "accent6"),
            Place("title", 0, Box(MARGIN, 3.2, 16.4, 2.6), HERO, color="accent6", anchor="b"),
            Place("body", FIRST_AT, Box(MARGIN, 7.0, 16.4, 9.6), LEAD, color="accent6"),
        ),
        "accent1",
        _road(Box(MARGIN, 6.2, 2.4, 0.16)),
    ),
)
