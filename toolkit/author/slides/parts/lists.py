"""Lists as tables: goals with their dates, risks with their level, what is asked for.

In: a topic whose rows are listed. Out: a slide with a native table whose rows repeat.
"""

from __future__ import annotations

from toolkit.author.slides.canvas import Canvas
from toolkit.author.slides.deck import Deck, Topic
from toolkit.author.slides.grid import BODY, LOWER, Box
from toolkit.author.slides.heading import heading
from toolkit.author.slides.levels import INK, RISKS
from toolkit.author.slides.shapes import Form, Frame, form
from toolkit.author.slides.tables import Cell, Row, each_row, header, table
from toolkit.author.slides.text import BODY as BODY_SIZE
from toolkit.author.slides.text import LABEL, LEAD, Para, each, fitted, only, para
from toolkit.field import Field, FieldType

_GOALS = (
    ("<= 2", 32, 4.2),
    ("in (3, 4)", 24, 2.5),
    ("in (5, 6)", 20, 1.75),
    ("> 6", 16, 1.3),
)
"""How many goals, how big they are written, how high their rows are."""


def goals(deck: Deck, topic: Topic) -> None:
    """The goals, numbered, with their dates; the fewer, the bigger.

    Options: ``text`` and ``date`` (values of an item), ``headers`` (three label keys).
    """
    heads = header([topic.wording(key) for key in topic.section.options["headers"]])
    for test, size, height in _GOALS:
        canvas = deck.slide("table", topic.when(f"{topic.rows}|length {test}"))
        heading(canvas, topic)
        rows = each_row(f"item in {topic.rows}[:8]", Row(_goal(topic, size), height))
        canvas.put(table(LOWER, (1.8, LOWER.w - 7.3, 5.5), (heads, *rows), topic.label))
        canvas.finish()


def _goal(topic: Topic, size: float) -> tuple[Cell, ...]:
    text, date = (f"item.{topic.option(name)}" for name in ("text", "date"))
    sizes = ((65, size), (0, BODY_SIZE)) if size == 20 else ((0, size),)
    told = fitted(text, para(f"{{{{ {text} }}}}"), sizes, topic.longest("text"))
    number = para("{{ loop.index }}", size + 8, bold=True, color="accent2")
    return Cell((number,)), Cell(told), Cell((para(f"{{{{ {date} }}}}", size, color="tx2"),))


def listing(deck: Deck, topic: Topic) -> None:
    """A plain table: the sheet's columns, a row for every item, at most ``most`` (option, 8)."""
    columns = topic.section.columns
    canvas = deck.slide("table", topic.section.when)
    heading(canvas, topic)
    cells = tuple(
        Cell((para(_cell(column), BODY_SIZE, bold=not i),)) for i, column in enumerate(columns)
    )
    rows = each_row(f"item in {topic.rows}[:{topic.option('most', '8')}]", Row(cells, 1.5))
    heads = header([topic.wording(column.label or column.field) for column in columns])
    shares = [column.width or 1 for column in columns]
    widths = [BODY.w * share / sum(shares) for share in shares]
    canvas.put(table(BODY, widths, (heads, *rows), topic.label))
    canvas.finish()


_FILTERS = {
    FieldType.DATE: "date",
    FieldType.NUMBER: "number",
    FieldType.INT: "number",
    FieldType.PERCENT: "percent",
    FieldType.MONEY: "money",
}


def _cell(column: Field) -> str:
    chain = f" | {_FILTERS[column.type]}" if column.type in _FILTERS else ""
    return f"{{{{ item.{column.name}{chain} }}}}"


def risks_and_asks(deck: Deck, topic: Topic) -> None:
    """The worst risks beside what is asked of the audience; either alone when the other is empty.

    Rows: risks with ``level_key``, ``level``, ``hazard``, ``measure``. Options: ``asks`` (a list
    with ``date`` and ``name``), ``ask_label``, ``no_asks``, ``headers`` (label keys).
    """
    asks = topic.option("asks")
    for some in (True, False):
        test = topic.rows if some else f"not {topic.rows}"
        canvas = deck.slide("free", topic.when(test))
        if some:
            heading(canvas, topic)
            left, right = BODY.split(2.1, 1, gap=1.0)
            _risks(canvas, topic, left)
            _asks(canvas, topic, asks, right)
        else:
            canvas.title(para(topic.wording(topic.option("ask_label"))))
            panel = Frame("ctr", (1.2, 0.8, 1.2, 0.8))
            canvas.put(form(BODY.top(9.0), Form(fill="bg2"), _asked(topic, asks, 28), panel))
        canvas.finish()


def _risks(canvas: Canvas, topic: Topic, box: Box) -> None:
    heads = [topic.wording(key) for key in topic.section.options["headers"]]
    rows = [header(heads)]
    for level, (fill, symbol) in RISKS.items():
        loop = f"risk in {topic.rows} if risk.level_key == '{level}'"
        rows.append(_risk_row(loop, fill, symbol))
    widths = (4.2, (box.w - 4.2) * 0.45, (box.w - 4.2) * 0.55)
    canvas.put(table(box, widths, rows, topic.label))


def _risk_row(loop: str, fill: str, symbol: str) -> Row:
    level = f"{{%tr for {loop} %}}{symbol} {{{{ risk.level }}}}"
    cells = (
        Cell((para(level, LABEL, bold=True, color=INK),), fill),
        Cell((para("{{ risk.hazard | truncate(70, false, '…', 0) }}", LABEL, bold=True),)),
        Cell((para("{{ risk.measure | truncate(86, false, '…', 0) }}{%tr endfor %}", LABEL),)),
    )
    return Row(cells, 2.15)


def _asks(canvas: Canvas, topic: Topic, asks: str, box: Box) -> None:
    label = para(topic.wording(topic.option("ask_label")), LEAD, bold=True, color="tx2")
    body = (label, *_asked(topic, asks, 20))
    canvas.put(form(box, Form(fill="bg2"), body, Frame(insets=(0.9, 0.8, 0.9, 0.6))))


def _asked(topic: Topic, asks: str, size: float) -> tuple[Para, ...]:
    date = para("{{ ask.date }}", size - 4, bold=True, color="accent5").but(before=size * 0.7)
    none = para(topic.wording(topic.option("no_asks")), size, color="accent5")
    return (
        *each(f"ask in {asks}[:4]", date, para("{{ ask.name }}", size)),
        *only(f"not {asks}", none.but(before=size * 0.7)),
    )
