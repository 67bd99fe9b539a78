"""The heat table: rows against columns, every cell with a level's colour, symbol and word.

In: a topic whose rows hold ``name`` and ``cells``. Out: a native table whose columns repeat too.
In the template a column is drawn once for each level; all but one fall away when it is filled.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from toolkit.author.slides.deck import Deck, Topic
from toolkit.author.slides.grid import BODY
from toolkit.author.slides.heading import heading
from toolkit.author.slides.levels import INK, RISKS, TRAFFIC
from toolkit.author.slides.tables import Cell, Row, control_row, header, table
from toolkit.author.slides.text import LABEL, para
from toolkit.office.package.markup import Element

_NAME = 7.0


def heat(deck: Deck, topic: Topic) -> None:
    """Rows: items with ``name`` and ``cells``, each with ``key`` and ``text``. Options:
    ``columns`` (an expression: the names of the columns), ``corner`` (a label key), ``levels``
    (traffic or risks).
    """
    levels = RISKS if topic.option("levels") == "risks" else TRAFFIC
    for test, count in (("<= 2", 2), ("== 3", 3), ("== 4", 4), ("> 4", 6)):
        canvas = deck.slide("table", topic.when(f"{topic.option('columns')}|length {test}"))
        heading(canvas, topic)
        canvas.put(_table(topic, levels, (BODY.w - _NAME) / count))
        canvas.finish()


def _table(topic: Topic, levels: Mapping[str, tuple[str, str]], width: float) -> Element:
    head = _repeated("column", topic.option("columns"), _headed(len(levels)))
    body = _repeated("cell", "row.cells", (_judged(key, *look) for key, look in levels.items()))
    corner = header([topic.wording(topic.option("corner"))]).cells[0]
    name = Cell((para("{{ row.name }}", LABEL, bold=True),))
    rows = (
        Row((corner, *head), 1.4, ("accent1", 1.5)),
        control_row(f"for row in {topic.rows}", len(body) + 1),
        Row((name, *body), 1.5, ("lt1", 1.5)),
        control_row("endfor", len(body) + 1),
    )
    return table(BODY, (_NAME, *[width] * len(body)), rows, topic.label)


def _repeated(item: str, items: str, cells: Iterable[tuple[str, Cell]]) -> tuple[Cell, ...]:
    """Cells once for every item, each only where its condition holds."""
    kept = [
        part
        for condition, cell in cells
        for part in (_control(f"if {condition}"), cell, _control("endif"))
    ]
    return (_control(f"for {item} in {items}"), *kept, _control("endfor"))


def _headed(count: int) -> Iterable[tuple[str, Cell]]:
    """The name of a column, and as many empty cells as the rows below have levels."""
    name = para("{{ column }}", LABEL, bold=True, color="tx2").but(align="ctr")
    yield "true", Cell((name,), anchor="b")
    yield from [("false", Cell(()))] * (count - 1)


def _judged(key: str, fill: str, symbol: str) -> tuple[str, Cell]:
    text = para(f"{symbol} {{{{ cell.text }}}}", LABEL, color=INK).but(align="ctr")
    return f"cell.key == '{key}'", Cell((text,), fill)


def _control(tag: str) -> Cell:
    return Cell((para(f"{{%tc {tag} %}}"),))
