"""The table of lights: a row for every item, its last column judged with colour, symbol and word.

In: a topic whose rows hold what its columns name, and ``key`` and ``light``. Out: a native table,
a new slide for every ten rows. In the template the judged cell is drawn once for each level; all
but one fall away when it is filled.
"""

from __future__ import annotations

from collections.abc import Iterator

from toolkit.author.slides.deck import Deck, Topic
from toolkit.author.slides.grid import BODY
from toolkit.author.slides.heading import heading
from toolkit.author.slides.levels import INK, TRAFFIC
from toolkit.author.slides.tables import Cell, Row, control_row, header, table
from toolkit.author.slides.text import LABEL, para
from toolkit.field import Field

_MOST = 10
_HEIGHT = 1.12


def lights(deck: Deck, topic: Topic) -> None:
    """Rows: items. The sheet's columns are texts; the last is judged by the item's ``key``."""
    columns = topic.section.columns
    canvas = deck.slide("table", topic.section.when, f"page in {topic.rows} | batch({_MOST})")
    heading(canvas, topic)
    *texts, judged = columns
    heads = header([topic.wording(column.label or column.field) for column in columns]).cells
    body = tuple(_text(column, not number) for number, column in enumerate(texts))
    levels = tuple(_levels(judged))
    count = len(body) + len(levels)
    rows = (
        Row((*heads[:-1], *_headed(heads[-1])), 1.1, ("accent1", 1.5)),
        control_row("for item in page", count),
        Row((*body, *levels), _HEIGHT),
        control_row("endfor", count),
    )
    shares = [column.width or 1 for column in columns]
    widths = [BODY.w * share / sum(shares) for share in shares]
    canvas.put(table(BODY, (*widths, *[widths[-1]] * (len(levels) - 1)), rows, topic.label))
    canvas.finish()


def _text(column: Field, first: bool) -> Cell:
    return Cell((para(f"{{{{ item.{column.name} }}}}", LABEL, bold=first),))


def _levels(column: Field) -> Iterator[Cell]:
    for key, (fill, symbol) in TRAFFIC.items():
        text = para(f"{symbol} {{{{ item.{column.name} }}}}", LABEL, color=INK)
        yield from _only(f"item.key == '{key}'", Cell((text,), fill))


def _headed(cell: Cell) -> Iterator[Cell]:
    """The heading, and as many cells that fall away as the rows have levels."""
    yield from _only("true", cell)
    for _ in range(len(TRAFFIC) - 1):
        yield from _only("false", Cell((), anchor="b"))


def _only(condition: str, cell: Cell) -> tuple[Cell, ...]:
    opener, closer = (Cell((para(f"{{%tc {tag} %}}"),)) for tag in (f"if {condition}", "endif"))
    return opener, cell, closer
