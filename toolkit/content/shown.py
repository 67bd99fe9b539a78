"""Shown: neutral values of returned files in people's words.

In: the labels of a language, the documents, and what people call units, roles and benefits. Out:
the text of a value, a field, a table, a sender. A text stays as it is, and is cut where it is long.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from toolkit.content.naming import title_of
from toolkit.document import Copies, Document
from toolkit.field import Field, FieldType
from toolkit.fillable import fillable
from toolkit.language import Labels
from toolkit.store.records import Entry, Value

LONGEST = 60
PREFIXES = ("s.", "", "ui.")


@dataclass(frozen=True)
class Shown:
    """The words of one language for what came back."""

    labels: Labels
    documents: Sequence[Document]
    titles: Mapping[Entry, str]

    @cached_property
    def _fields(self) -> Mapping[tuple[str, str], Mapping[str, Field]]:
        """The fields of every table, by document number and table."""
        found: dict[tuple[str, str], dict[str, Field]] = {}
        for document in self.documents:
            shape = fillable(document, self.documents)
            for table in shape.tables:
                own = {field.field: field for field in table.fields}
                found.setdefault((document.doc, table.key), {}).update(own)
            for key, field in shape.facts:
                found.setdefault((document.doc, key), {})[field.field] = field
        return found

    def field_of(self, doc: str, table: str, key: str) -> Field | None:
        """The field of a column."""
        own = self._fields.get((doc, table), {})
        letters = (f for f in own.values() if f.type is FieldType.HUKI)
        known = own.get(key) or own.get(key.partition(":")[0])
        return known or (None if "." in key else next(letters, None))

    def document(self, doc: str) -> str:
        """The title of a document with its number: ``23 ROS-analyse``."""
        number = doc.removeprefix("d.")
        titles = (title_of(d, self.labels) for d in self.documents if d.doc == doc)
        return f"{number} {next(titles, '')}".strip()

    def for_units(self, doc: str) -> bool:
        """Whether each unit has a copy of its own."""
        return any(Copies.UNIT in d.copies for d in self.documents if d.doc == doc)

    def format(self, doc: str, id: str) -> str:
        """The format of a document: ``xlsx``, or ``docx`` where it is a form in Word only."""
        formats = [d.format for d in self.documents if (d.doc, d.id) == (doc, id)]
        return formats[-1] if formats else ""

    def table(self, key: str) -> str:
        """The title of a table: its sheet or heading."""
        names = (f"{prefix}{key}" for prefix in PREFIXES)
        return next((self.labels.t(name) for name in names if self.labels.has(name)), key)

    def field(self, doc: str, table: str, key: str) -> str:
        """The heading of a column; of a role's column the role."""
        field = self.field_of(doc, table, key)
        start, _, item = key.partition(":")
        if field and field.type is FieldType.HUKI:
            return self.titles.get(("role", key), key)
        own = field.label if field and "{{" not in field.label else ""
        name = own or start
        label = self.labels.t(name) if self.labels.has(name) else name
        return f"{label} {item}".strip()

    def naming(self, doc: str, table: str) -> str:
        """The heading of the column that names the rows of a table."""
        shapes = (fillable(d, self.documents) for d in self.documents if d.doc == doc)
        keys = (own.block.key for shape in shapes for own in shape.tables if own.key == table)
        key = next((key[0] for key in keys if key), "f.id")
        return self.field(doc, table, key)

    def value(self, doc: str, table: str, key: str, value: Value) -> str:
        """A value in words; ``pg.stands_none`` where there is none."""
        if value is None:
            return self.labels.t("pg.stands_none")
        field = self.field_of(doc, table, key)
        if isinstance(value, date):
            return self.labels.date(value)
        if isinstance(value, int | float):
            return self._number(value, field)
        return _cut(self._words(value, field))

    def _number(self, value: float, field: Field | None) -> str:
        if field and field.type is FieldType.PERCENT:
            return self.labels.percent(value, 1)
        return self.labels.number(value)

    def _words(self, value: str, field: Field | None) -> str:
        if field and field.type is FieldType.HUKI:
            known = dict(self.labels.options("huki_letter"))
            return "/".join(known.get(code, code) for code in value.split("/"))
        if field and field.choices:
            options = dict(self.labels.options(field.choices))
            return options.get(value, value)
        if field and field.ref:
            parts = (part.strip() for part in value.split(";"))
            return "; ".join(self.titles.get((field.ref, part), part) for part in parts)
        return " ".join(value.split())

    def unit(self, unit: str) -> str:
        """What people call a unit."""
        return self.titles.get(("unit", unit), unit)

    def role(self, role: str) -> str:
        """What people call a role of the project or of a respondent."""
        respondents = dict(self.labels.options("respondent_role"))
        return self.titles.get(("role", role)) or respondents.get(role, role)


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1].rstrip()}…"
