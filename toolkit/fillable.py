"""Fillable: every place of a document that people can fill in or correct, as data.

In: a Document, and the others of the kit. Out: its tables, its grids (named ranges that are no
table) and its single places, each with the Field that says what a value there is. Produce notes
what stood there when it was sent; collect reads what stands there when it comes back.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from toolkit.document import Block, Document, Section
from toolkit.field import Field, FieldType, Origin
from toolkit.method.evaluation import open_questions

INFO, FORM = "info", "form"
IDENTIFIER = Field(field="f.id", type=FieldType.ID, origin=Origin.PREFILLED)
COMMENT = Field(field="f.comment", type=FieldType.LONG, merge=("list",))
CLOSED = (Origin.COMPUTED, Origin.SYSTEM)
SCORES = range(1, 6)


def _fact(key: str, kind: str = "text", origin: str = "P", **more: str) -> Field:
    return Field(field=key, type=FieldType(kind), origin=Origin(origin), **more)


FACTS = (
    *(_fact(f"f.{name}") for name in ("project_name", "organisation")),
    _fact("f.unit", "ref", ref="unit"),
    _fact("f.phase", "choice", choices="phase"),
    _fact("f.sponsor", "ref", ref="role"),
    _fact("f.project_leader", "ref", ref="role"),
    _fact("f.version"),
    _fact("f.filled_by", origin="F"),
    _fact("f.filled_role", "ref", "F", ref="role"),
    _fact("f.filled_date", "date", "F"),
)
"""What the first sheet of every workbook tells (specification 2.4)."""


@dataclass(frozen=True)
class Table:
    """A table: its key, its columns, and the block of the sheet it is drawn from."""

    key: str
    section: str
    block: Block
    fields: tuple[Field, ...]

    @cached_property
    def open(self) -> tuple[Field, ...]:
        """The columns a person could write in: all but the computed ones and the id."""
        return tuple(f for f in self.fields if f.origin not in CLOSED and f.field != "f.id")

    @cached_property
    def labels(self) -> tuple[tuple[str, str], ...]:
        """The columns that are there once, each with the key of its heading."""
        return tuple((f.field, f.label or f.field) for f in self.fields if not f.each)

    @property
    def of_lines(self) -> bool:
        """Whether its rows are fixed lines, each of a kind of its own: the net table."""
        return self.block.part == "net"


@dataclass(frozen=True)
class Grid:
    """A named range that is no table: the row id of each line, the key of each column.

    ``lines`` are the options that stand before its lines, ``heads`` those above its columns; ''
    where the name of the field does.
    """

    name: str
    table: str
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    field: Field
    lines: str
    heads: str = ""


@dataclass(frozen=True)
class Fillable:
    """Everything of a document that comes back; ``facts`` are pairs of table and field."""

    tables: tuple[Table, ...] = ()
    grids: tuple[Grid, ...] = ()
    facts: tuple[tuple[str, Field], ...] = ()

    def table(self, key: str) -> Table | None:
        """The table of a key."""
        return next((table for table in self.tables if table.key == key), None)

    @cached_property
    def keys(self) -> tuple[str, ...]:
        """The keys of all tables, grids and single places."""
        return (INFO, FORM, *(t.key for t in self.tables), *(g.table for g in self.grids))

    @cached_property
    def days(self) -> frozenset[tuple[str, str]]:
        """The tables and fields that hold days."""
        columns = ((table.key, own) for table in self.tables for own in table.fields)
        every = (*columns, *self.facts)
        return frozenset((key, own.field) for key, own in every if own.type is FieldType.DATE)

    @cached_property
    def prefilled(self) -> frozenset[tuple[str, str]]:
        """The tables and fields that are read-only by convention."""
        columns = ((table.key, own) for table in self.tables for own in table.fields)
        every = (*columns, *self.facts)
        closed = frozenset((key, own.field) for key, own in every if own.origin is Origin.PREFILLED)
        return frozenset(spot for spot in closed if spot[0] != INFO)


def fillable(document: Document, documents: Iterable[Document] = ()) -> Fillable:
    """What of a document comes back; ``documents`` are all of the kit."""
    if document.format == "xlsx":
        return _workbook(document)
    twins = [d for d in documents if d.doc == document.doc and d.format == "xlsx"]
    return _form(document, [table for twin in twins for table in _workbook(twin).tables])


def blocks_of(section: Section) -> tuple[Block, ...]:
    """The blocks of a section; itself, where it holds no others."""
    return section.blocks or (section,)


def _workbook(document: Document) -> Fillable:
    sections = document.sections.items()
    tables = tuple(
        Table(key.partition(".")[2], key, section, (IDENTIFIER, *section.columns, COMMENT))
        for key, section in sections
        if section.columns and section.part != INFO
    )
    facts: list[tuple[str, Field]] = []
    for _, section in sections:
        if section.part == INFO:
            facts += [(INFO, field) for field in (*_head(section), *section.columns)]
        if section.part == "evaluation":
            facts += [(FORM, field) for field in questions()]
        if section.part == "net":
            facts.append((key_of(document, section), DISCOUNT_RATE))
    grids = [grid for key, s in sections if s.part == "risk_criteria" for grid in criteria(key)]
    return Fillable(tables, tuple(grids), tuple(facts))


def _head(section: Section) -> tuple[Field, ...]:
    """The facts of the first sheet; in an anonymous form nobody says who they are."""
    own = ("f.filled_by", "f.filled_role") if section.options.get("anonymous") else ()
    return tuple(field for field in FACTS if field.field not in own)


DISCOUNT_RATE = _fact("f.discount_rate", "share", "P/F")
RAMP_UP = Field(field="f.year", type=FieldType.SHARE, origin=Origin.EDITABLE, each="years")
"""The one line of the net table that people write in, row ``f.ramp_up``: a share a year."""


def key_of(document: Document, section: Section) -> str:
    """The key of a section's table: ``s.net`` -> ``net``."""
    return next(key.partition(".")[2] for key, s in document.sections.items() if s is section)


def questions() -> tuple[Field, ...]:
    """The open questions of an evaluation, of every role."""
    return tuple(_fact(key, "long", "F") for key in open_questions(None))


def criteria(key: str) -> Iterator[Grid]:
    """The risk criteria: what each score means, and the matrix as people read it, 5 on top."""
    table = key.partition(".")[2]
    text = _fact("f.description", origin="P/F")
    for scale in ("probability", "consequence"):
        rows = tuple(f"{scale}.{score}" for score in SCORES)
        yield Grid(f"{scale}_definitions", table, rows, (text.field,), text, scale)
    level = _fact("f.risk_level", "choice", "P/F", choices="risk_level")
    rows = tuple(f"matrix.{score}" for score in reversed(SCORES))
    columns = tuple(f"f.risk_level:{score}" for score in SCORES)
    yield Grid("risk_matrix", table, rows, columns, level, "probability", "consequence")


def _form(document: Document, twins: Sequence[Table]) -> Fillable:
    tables: list[Table] = []
    facts: list[tuple[str, Field]] = []
    for key, section in document.sections.items():
        drawn = [block for block in blocks_of(section) if block.part == "table" and block.columns]
        tables += [
            Table(_form_key(key, number, block, twins), key, block, block.columns)
            for number, block in enumerate(drawn)
        ]
        facts += [fact for block in blocks_of(section) for fact in _single(block)]
    return Fillable(tuple(tables), (), tuple(facts))


def _form_key(section: str, number: int, block: Block, twins: Sequence[Table]) -> str:
    """The section's key, or that of the workbook's table that asks the same by the same key."""
    twin = next((t.key for t in twins if block.key and t.block.key == block.key), "")
    return twin or (f"{section}.{number + 1}" if number else section)


def _single(block: Block) -> Iterator[tuple[str, Field]]:
    if block.part == "facts":
        opened = (Origin.FILLED, Origin.EDITABLE)
        yield from ((INFO, field) for field in block.columns if field.origin in opened)
    elif block.part == "form":
        yield from ((FORM, field) for field in block.columns)
    elif block.part == "questions":
        yield from ((FORM, field) for field in questions() if field.field.startswith("qe."))
    elif block.part == "sign_off":
        for number, _ in enumerate(block.options.get("roles", ["r.project_owner"]), 1):
            yield FORM, _fact(f"f.signed_name_{number}", origin="F")
            yield FORM, _fact(f"f.signature_{number}", origin="F")
            yield FORM, _fact(f"f.signed_date_{number}", "date", "F")
