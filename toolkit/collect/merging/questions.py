"""Questions: what a document asks, table by table and field by field, and how answers merge.

In: the documents of one number (workbook and Word form ask the same). Out: an Asked: for every
table its key and for every field its Question and operator (specification 2.7, ruling 16).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as default

from toolkit.collect.merging.answers import DISAGREEMENT, Question
from toolkit.document import Copies, Document
from toolkit.field import Field, FieldType, Origin
from toolkit.fillable import CLOSED, RAMP_UP, Fillable, Table, fillable
from toolkit.language import option_keys
from toolkit.store.records import Value

OPERATORS: Mapping[str, str] = {
    "f.filled_by": "list",
    "f.filled_role": "list",
    "f.filled_date": "latest",
}
"""Of fields whose sheets name no operator."""
TOLERANCES: Mapping[str, int] = {"f.barrier_score": 3}
PER_UNIT = (Copies.UNIT, Copies.PERIOD)
NAMED = (FieldType.TEXT, FieldType.LONG)


@dataclass(frozen=True)
class AskedTable:
    """One table: the fields that tell a row, and every field by its key."""

    key: str
    row_key: tuple[str, ...] = ()
    fields: Mapping[str, Field] = default(default_factory=dict)

    def field(self, key: str) -> Field | None:
        """The field of a column: ``f.amount:2028`` is f.amount, a role's id the letters' field."""
        found = self.fields.get(key) or self.fields.get(key.partition(":")[0])
        if found or key.startswith("f."):
            return found
        return next((f for f in self.fields.values() if f.type is FieldType.HUKI), None)

    @property
    def naming(self) -> tuple[str, ...]:
        """The fields of the key that people write in words."""
        own = (self.fields.get(key) for key in self.row_key)
        return tuple(field.field for field in own if field and field.type in NAMED)

    @property
    def whole_rows(self) -> bool:
        """Whether rows staff added are one only when all of them is equal: logs and unions."""
        united = any(operator_of(f) == "union" and f.type in NAMED for f in self.fields.values())
        return united or not self.row_key


@dataclass(frozen=True)
class Asked:
    """What the documents of one number ask; ``by_unit``: their copies go to units."""

    doc: str
    documents: tuple[Document, ...]
    tables: Mapping[str, AskedTable]
    by_unit: bool = False

    def question(self, table: str, key: str) -> tuple[Question, str] | None:
        """The question of a column and its operator; None where nothing is merged."""
        field = self.tables[table].field(key) if table in self.tables else None
        operator = operator_of(field) if field else ""
        if field is None or not operator:
            return None
        return question_of(field, by_unit=self.by_unit), operator

    def shares_agreement(self, table: str, key: str) -> bool:
        """Whether the share that agrees stands beside the mean (specification 4.16)."""
        field = self.tables[table].field(key) if table in self.tables else None
        return field is not None and len(field.merge) > 1 and "agree" in field.merge

    def document(self, kind: str) -> Document | None:
        """The document a file of this kind (``docx``, else a workbook) is a copy of."""
        format = "docx" if kind == "docx" else "xlsx"
        return next((d for d in self.documents if d.format == format), None)


def asked_by(documents: Sequence[Document]) -> dict[str, Asked]:
    """What every returned document asks, by number."""
    returned = [d for d in documents if d.returned and d.format != "pptx"]
    numbers = dict.fromkeys(d.doc for d in returned)
    return {doc: _asked(doc, tuple(d for d in returned if d.doc == doc)) for doc in numbers}


def _asked(doc: str, documents: tuple[Document, ...]) -> Asked:
    tables: dict[str, AskedTable] = {}
    for document in documents:
        for table in _tables(fillable(document, documents)):
            known = tables.get(table.key, AskedTable(table.key))
            fields = {**table.fields, **known.fields}
            tables[table.key] = AskedTable(table.key, known.row_key or table.row_key, fields)
    by_unit = any(kind in PER_UNIT for d in documents for kind in d.copies)
    return Asked(doc, documents, tables, by_unit)


def _tables(shape: Fillable) -> Iterator[AskedTable]:
    for table in shape.tables:
        yield AskedTable(table.key, table.block.key, _fields(table))
    for grid in shape.grids:
        yield AskedTable(grid.table, (), dict.fromkeys(grid.columns, grid.field))
    for key, field in shape.facts:
        yield AskedTable(key, (), {field.field: field})


def _fields(table: Table) -> dict[str, Field]:
    """The fields by key; of the net table the one line that people write in."""
    fields = {field.field: field for field in table.fields}
    return fields | ({RAMP_UP.field: RAMP_UP} if table.of_lines else {})


def operator_of(field: Field) -> str:
    """The operator a field's answers merge by; '' where they are not consolidated."""
    if field.origin is Origin.COMPUTED and field.merge:
        return "recompute"
    if field.origin in CLOSED or field.type is FieldType.ID:
        return ""
    if field.type is FieldType.HUKI:
        return "agree"
    return _declared(field.merge) if field.merge else _usual(field)


def _declared(named: tuple[str, ...]) -> str:
    """One operator of several: sums take the latest of each unit, means their distribution."""
    preferred = (operator for operator in ("sum", "mean") if operator in named)
    operator = next(preferred, named[0])
    return "" if operator == "—" else operator


def _usual(field: Field) -> str:
    if field.origin is Origin.PREFILLED:
        return ""
    text = field.type is FieldType.LONG and field.origin is Origin.FILLED
    return OPERATORS.get(field.field, "list" if text else "one")


def question_of(field: Field, *, by_unit: bool = False) -> Question:
    """What is asked in a field."""
    return Question(
        field.field,
        field.choices,
        option_keys(field.choices) if field.choices else (),
        TOLERANCES.get(field.field, DISAGREEMENT),
        by_unit,
        field.type is FieldType.MULTI,
    )


def neutral(value: Value, field: Field) -> Value:
    """A value the way its field stores it: the key of an option is a text."""
    if field.type is FieldType.CHOICE and isinstance(value, int | float):
        return f"{value:g}"
    return value
