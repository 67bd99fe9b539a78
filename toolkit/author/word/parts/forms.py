"""Forms: a question and the place for its answer.

In: a Block whose columns are the questions, or whose ``rows`` are. Out: paragraphs with content
controls that look the way their origin does (SPEC 2.3).
"""

from __future__ import annotations

from toolkit.author.word.control import control
from toolkit.author.word.parts.prose import repeated
from toolkit.author.word.pen import Pen
from toolkit.author.word.table import Heading, Look, cell, header_row, row, table
from toolkit.author.word.text import gap, paragraph
from toolkit.document import Block
from toolkit.field import Field, FieldType, Origin
from toolkit.office.package.markup import Element

STYLES = {
    Origin.PREFILLED: "AnswerGiven",
    Origin.EDITABLE: "AnswerEdit",
    Origin.COMPUTED: "AnswerComputed",
    Origin.FILLED: "Answer",
}


def form(pen: Pen, block: Block) -> list[Element]:
    """Question over answer, column by column; ``options.bare`` leaves the questions out."""
    bare = bool(block.options.get("bare"))
    return [line for field in block.columns for line in _asked(pen, field, bare)]


def _asked(pen: Pen, field: Field, bare: bool) -> list[Element]:
    given = field.origin in (Origin.PREFILLED, Origin.COMPUTED)
    shown = pen.value(field)
    answer = paragraph(_style(field), shown if given else control(pen, field, shown))
    return [answer] if bare else [paragraph("Question", pen.label(field)), answer]


def _style(field: Field) -> str:
    long = field.origin is Origin.FILLED and field.type is FieldType.LONG
    return "AnswerLong" if long else STYLES[field.origin]


def questions(pen: Pen, block: Block) -> list[Element]:
    """Questions that come from the data: each row has ``key`` and ``text``."""
    prefix = pen.document.doc.replace(".", "")
    asked = Field(field="f.question", type=FieldType.LONG, label="{{ r.text }}")
    answer = control(pen, asked, "", tag=f"{prefix}.{{{{ r.key }}}}")
    lines = [paragraph("Question", "{{ r.text }}"), paragraph("AnswerLong", answer)]
    return repeated(block.rows, lines)


def sign_off(pen: Pen, block: Block) -> list[Element]:
    """Who approves: a row per ``options.roles`` with name, signature and date."""
    roles = [pen.say(role) for role in block.options.get("roles", ["r.project_owner"])]
    names = ("f.role", "f.name", "ui.signature", "f.date")
    head = header_row(pen, [Heading(pen.say(name)) for name in names], quiet=True)
    lines = [_signature(pen, role, number) for number, role in enumerate(roles, 1)]
    return [table(pen, (4.2, 4.6, 4.6, 3), [head, *lines], Look(labels=True)), gap()]


def _signature(pen: Pen, role: str, number: int) -> Element:
    day = Field(field=f"f.signed_date_{number}", type=FieldType.DATE, label="f.date")
    name = Field(field=f"f.signed_name_{number}", label="f.name")
    sign = Field(field=f"f.signature_{number}", label="ui.signature")
    fields = [paragraph("TableText", control(pen, field, "")) for field in (name, sign, day)]
    cells = [cell(paragraph("TableLabel", role)), *[cell(line) for line in fields]]
    return row(*cells, height=1.2)
