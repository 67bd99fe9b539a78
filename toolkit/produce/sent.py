"""What a file is sent out with: its prefilled values, neutral, for the hidden stamp.

In: a copy, its context and the reading. Out: pairs of key and value that follow the identity. An
option stands as its key, a reference as its id, a day in ISO form, so that a file that comes back
in another language still says which values staff left as they were.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache, lru_cache, partial
from typing import Any

from jinja2 import ChainableUndefined, TemplateError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from toolkit.content.fan_out import Copy
from toolkit.content.reading import Reading, Row
from toolkit.content.wording import wording
from toolkit.document import Document
from toolkit.field import Field, FieldType, Origin
from toolkit.fillable import FACTS, RAMP_UP, Fillable, Grid, Table, fillable
from toolkit.language import Labels
from toolkit.sent import Value, names_pairs, sent_pairs

FAULTS = (TypeError, ValueError, LookupError, AttributeError, ArithmeticError)

Context = Mapping[str, Any]
Rows = dict[tuple[str, str], dict[str, Value]]


def sent(
    reading: Reading, copy: Copy, context: Context, documents: Iterable[Document]
) -> list[dict[str, str]]:
    """The pairs of a copy, as ``meta`` holds them; none where the document is not returned."""
    if not copy.document.returned or copy.document.format == "pptx":
        return []
    shape = fillable(copy.document, documents)
    noting = Noting(reading, context, copy.document.format)
    pairs = [*sent_pairs(noting.rows(shape)), *names_pairs(noting.names(shape))]
    start = "\n" if copy.document.format == "docx" else ""
    return [{"key": start + key, "value": value} for key, value in pairs]


class Noting:
    """Notes the values of one copy."""

    def __init__(self, reading: Reading, context: Context, format: str) -> None:
        self.reading = reading
        self.context = context
        self.format = format
        jinja = _jinja(reading.labels.lang, reading.project.organisation.currency)
        self.read = partial(_expression, jinja)

    def rows(self, shape: Fillable) -> Rows:
        """Every value by table and row; single facts under the row ''."""
        noted: Rows = {}
        for table, field in shape.facts:
            value = self._neutral(self._fact(table, field), field, {})
            if value is not None:
                noted.setdefault((table, ""), {})[field.field] = value
        for drawn in shape.tables:
            for row in self._rows_of(drawn):
                cells = self._cells(drawn, row)
                noted.setdefault((drawn.key, str(row.get("id") or "")), {}).update(cells)
        for grid in shape.grids:
            noted |= self._grid(grid)
        return {spot: cells for spot, cells in noted.items() if spot[1] or cells}

    def names(self, shape: Fillable) -> dict[str, dict[str, str]]:
        """The entries of every kind that a field of the document refers to."""
        fields = [f for _, f in shape.facts] + [f for table in shape.tables for f in table.fields]
        kinds = {field.ref for field in fields if field.ref}
        known = self.reading.project.kinds
        return {
            kind: {entry.id: entry.label for entry in known[kind]}
            for kind in sorted(kinds & set(known))
        }

    # --- what stands where --------------------------------------------------------------

    def _fact(self, table: str, field: Field) -> Any:
        if self.format == "docx" or field not in FACTS:
            source = field.formula or field.source
            return self._evaluated(source) if source else self._named(field)
        return self.context["info"].get(field.field.removeprefix("f."))

    def _named(self, field: Field) -> Any:
        """A fact of no source of its own: the discount rate of the net sheet."""
        if field.field != "f.discount_rate":
            return None
        return self._evaluated("economy.discount_rate") or None

    def _evaluated(self, expression: str, **more: Any) -> Any:
        """The value of an expression of the sheet; a faulty one is told when it is filled."""
        try:
            return self.read(expression)(**self.context, **more)
        except (TemplateError, *FAULTS):
            return None

    def _rows_of(self, table: Table) -> Sequence[Row]:
        if self.format == "xlsx":
            if table.of_lines:
                return self._shares()
            rows: Sequence[Row] = self.context["tables"].get(table.key, ())
            return [row for row in rows if row.get("id") is not None]
        each = str(table.block.options.get("each", ""))
        groups = self._evaluated(each) if each else [None]
        rows_of = table.block.rows
        return [
            row
            for group in groups or ()
            for row in (self._evaluated(rows_of, group=group) if rows_of else ()) or ()
            if isinstance(row, dict) and row.get("id") is not None
        ]

    def _shares(self) -> list[Row]:
        years = self.context["tables"]["years"]
        return [{"id": "f.ramp_up", "values": {year["id"]: year["ramp_up"] for year in years}}]

    def _cells(self, table: Table, row: Row) -> dict[str, Value]:
        fields = (RAMP_UP,) if table.of_lines else table.open
        if self.format == "docx":  # the first cell tells the row, where its mark is lost
            fields = tuple(dict.fromkeys((table.fields[0], *fields)))
        cells: dict[str, Value] = {}
        for field in fields:
            cells |= dict(self._columns(field, row))
        return cells

    def _columns(self, field: Field, row: Row) -> Iterator[tuple[str, Value]]:
        if not field.each:
            yield field.field, self._neutral(self._shown(field, row), field, row)
            return
        values = row.get("values" if field is RAMP_UP else field.name) or {}
        for item in self.context["tables"].get(field.each, ()):
            value = self._neutral(values.get(item["id"]), field, row)
            yield field.column(item["id"]), value

    def _shown(self, field: Field, row: Row) -> Any:
        if self.format == "docx" and field.origin is Origin.FILLED:
            return None  # drawn empty, whatever the row holds under that name
        if self.format == "docx" and field.formula:
            return self._evaluated(field.formula, r=row)
        return row.get(field.name)

    def _grid(self, grid: Grid) -> Rows:
        risks = self.context["view"]["risks"]
        noted: Rows = {}
        for row in grid.rows:
            scale, _, score = row.partition(".")
            given = (
                risks["matrix"][int(score) - 1]
                if scale == "matrix"
                else [risks["definitions"][scale][int(score) - 1]]
            )
            values = zip(grid.columns, given, strict=True)
            cells = {key: self._neutral(value, grid.field, {}) for key, value in values}
            noted[grid.table, row] = cells
        return noted

    # --- what it means ------------------------------------------------------------------

    def _neutral(self, value: Any, field: Field, row: Row) -> Value:
        """A shown value as the neutral one it stands for."""
        if value is None or value == "" or not isinstance(value, str | int | float | date | list):
            return None
        text = "; ".join(map(str, value)) if isinstance(value, list) else value
        if field.type in (FieldType.CHOICE, FieldType.MULTI) and field.choices:
            return self._option(text, field.choices)
        if field.type in (FieldType.REF, FieldType.MULTI) and field.ref:
            return self._ids(f"{text}", field, row)
        if field.type is FieldType.HUKI:
            return self._letters(f"{text}")
        if isinstance(text, str) or field.type in (FieldType.TEXT, FieldType.LONG):
            return f"{text}".replace("\r\n", "\n").strip() or None
        return text

    def _option(self, value: Any, options: str) -> Value:
        if isinstance(value, bool):
            return "yes" if value else "no"
        return self.reading.labels.key_of(options, f"{value}") or f"{value}"

    def _ids(self, text: str, field: Field, row: Row) -> Value:
        own = row.get(f"{field.name}_id")
        if isinstance(own, str) and own:
            return own
        found = self._id(text, field.ref)
        if not found and field.field == "f.filled_role":
            return self._option(text, "respondent_role")
        if found or ";" not in text:
            return found or text
        parts = [part.strip() for part in text.split(";")]
        return "; ".join(self._id(part, field.ref) or part for part in parts)

    def _id(self, title: str, kind: str) -> str:
        entries = self.reading.project.kinds.get(kind, ())
        ids = [entry.id for entry in entries if entry.label == title]
        return ids[0] if len(ids) == 1 else ""

    def _letters(self, text: str) -> Value:
        labels = self.reading.labels
        codes = [labels.key_of("huki_letter", letter) for letter in text.split("/")]
        return "/".join(filter(None, codes)) or None


@cache
def _jinja(language: str, currency: str) -> ImmutableSandboxedEnvironment:
    words = wording(Labels.load(language), currency)
    jinja = ImmutableSandboxedEnvironment(undefined=ChainableUndefined)
    jinja.globals.update(words.globals)
    jinja.filters.update(words.filters)
    return jinja


@lru_cache(maxsize=1024)
def _expression(jinja: ImmutableSandboxedEnvironment, source: str) -> Callable[..., Any]:
    """An expression of a sheet, compiled once for all rows and copies."""
    return jinja.compile_expression(source)
