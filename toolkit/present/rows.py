"""Rows: what stands in the tables of a consolidated workbook.

In: Told, the words of a language, and the rows the project as answered gives. Out: the rows of a
table: those of the description in their order, then those staff added; every consolidated value in
words, and beside it how many answered, what must be resolved, and where the answers come from.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from toolkit.content.reading import Row
from toolkit.content.returns import said
from toolkit.content.shown import Shown
from toolkit.content.views.huki import letters
from toolkit.document import Document, Section
from toolkit.field import Field, FieldType
from toolkit.language import option_keys
from toolkit.present.told import MOST_SOURCES, Told
from toolkit.present.variant import CONFLICTS, COUNT, MARKS, SOURCES, SPREAD, SUFFIX
from toolkit.scale import OFFSETS
from toolkit.store.records import LISTED, NEWEST, SENT_OUT, Merged, Source, blank

SEVERAL = "; "
WORDS = {LISTED: "wb.conflict", NEWEST: "wb.conflict_newest", SENT_OUT: "wb.conflict_sent"}
NUMBERS = (FieldType.INT, FieldType.NUMBER, FieldType.PERCENT, FieldType.SHARE, FieldType.MONEY)


@dataclass(frozen=True)
class Table:
    """One table of a document: its key, and the section that draws it."""

    told: Told
    shown: Shown
    document: Document
    key: str
    section: Section

    @property
    def fields(self) -> tuple[Field, ...]:
        """Its columns, the comment with them."""
        comment = Field(field="f.comment", type=FieldType.LONG)
        return (*self.section.columns, comment)

    def rows(self, described: Sequence[Row]) -> list[Row]:
        """Every row; ``described`` are those of the project as answered."""
        known = {str(row["id"]): row for row in described}
        added = [r.row for r in self.told.rows(self.key) if r.row not in known]
        empty = [self._empty(described, row) for row in added]
        new = {r.row for r in self.told.rows(self.key) if r.new}
        return [self._row(row, str(row["id"]) in new) for row in (*described, *empty)]

    def _empty(self, described: Sequence[Row], id: str) -> Row:
        """A row nobody described, with the columns of the others."""
        pattern = described[0] if described else {}
        blank_row = {
            name: dict.fromkeys(value) if isinstance(value, dict) else None
            for name, value in pattern.items()
        }
        return {**blank_row, **{field.name: blank_row.get(field.name) for field in self.fields}} | {
            "id": id
        }

    def _row(self, row: Row, new: bool) -> Row:
        own = [m for m in self.told.of_row(self.key, str(row["id"])) if m.doc == self.document.doc]
        scored = (field for field in self.fields if field.type is FieldType.CHOICE)
        laid = {f"{field.field.removeprefix('f.')}{SUFFIX}": None for field in scored} | row
        for merged in own:
            self._lay(laid, merged)
        return laid | self._beside(own, new)

    def _lay(self, row: Row, merged: Merged) -> None:
        start, _, item = merged.field.partition(":")
        field = self.shown.field_of(self.document.doc, self.key, merged.field)
        if field is None:
            return
        if field.type is FieldType.HUKI:
            codes = [part for part in f"{merged.value or ''}".split("/") if part]
            _put(row, field, merged.field, letters(self.told.reading, codes))
        elif item:
            _put(row, field, int(item) if item.isdecimal() else item, merged.value)
        else:
            row[field.name] = self._value(field, merged)
            row[f"{start.removeprefix('f.')}{SUFFIX}"] = _mean(merged)

    def _value(self, field: Field, merged: Merged) -> Any:
        value = merged.value
        if blank(value):
            return self._counted(field, merged)
        if field.type is FieldType.CHOICE and isinstance(value, int | float):
            return self._nearest(field, value)
        return self._words(field, value) if isinstance(value, str) else value

    def _words(self, field: Field, value: str) -> str:
        """A text with options and entries named; nothing is cut."""
        labels, reading = self.told.reading.labels, self.told.reading
        if field.choices:
            known = dict(labels.options(field.choices))
            return SEVERAL.join(known.get(part, part) for part in value.split(SEVERAL))
        if field.ref:
            parts = value.split(SEVERAL)
            return SEVERAL.join(
                self.shown.titles.get((field.ref, part)) or reading.title(field.ref, part) or part
                for part in parts
            )
        return value

    def _nearest(self, field: Field, value: float) -> str:
        keys = option_keys(field.choices)
        place = int(value + 0.5) - 1 - OFFSETS.get(field.choices, 0)
        key = keys[min(max(place, 0), len(keys) - 1)]
        return self.told.reading.labels.label(field.choices, key)

    def _counted(self, field: Field, merged: Merged) -> str | None:
        """How often each option was chosen, where answers have no one value."""
        known = sorted(merged.distribution.items())
        return SEVERAL.join(f"{self._words(field, key)}: {n}" for key, n in known) or None

    def _beside(self, own: Sequence[Merged], new: bool) -> Row:
        answered = [merged for merged in own if merged.n]
        return {
            COUNT.removeprefix("f."): max((merged.n for merged in answered), default=0) or None,
            SPREAD.removeprefix("f."): self._spread(own) or None,
            CONFLICTS.removeprefix("f."): self._contested(own) or None,
            SOURCES.removeprefix("f."): self._sources(answered, new) or None,
            MARKS.removeprefix("f."): _marks(own) or None,
        }

    def _name(self, merged: Merged) -> str:
        return self.shown.field(self.document.doc, self.key, merged.field)

    def _spread(self, own: Iterable[Merged]) -> str:
        number = self.told.reading.labels.number
        return "\n".join(f"{self._name(m)}: {number(m.spread)}" for m in own if m.spread)

    def _contested(self, own: Iterable[Merged]) -> str:
        return "\n".join(self._question(m) for m in own if m.conflict or m.disagreement)

    def _question(self, merged: Merged) -> str:
        key = WORDS[self.told.results.on_conflict] if merged.conflict else "wb.disagree"
        more = ["…"] if merged.more else []
        given = [*(said(source, merged, self.shown) for source in merged.standing), *more]
        answers = "".join(f"\n– {answer}" for answer in given)
        told = self.told.reading.labels.t(key, field=self._name(merged), answers=answers)
        return "\n".join(line.rstrip() for line in told.splitlines())

    def _sources(self, own: Sequence[Merged], new: bool) -> str:
        senders = dict.fromkeys(self._sender(s) for merged in own for s in merged.standing)
        added = [self.told.reading.labels.t("ui.new_row")] if new else []
        more = len(senders) > MOST_SOURCES or any(merged.more for merged in own)
        first = islice(senders, MOST_SOURCES)
        return SEVERAL.join([*added, *first, *(["…"] if more else [])])

    def _sender(self, source: Source) -> str:
        """Who answered; the file, where nobody says. The report tells which file is whose."""
        who = self.shown.unit(source.unit) if source.unit else self.shown.role(source.role)
        return who or source.file


def _put(row: Row, field: Field, item: object, value: Any) -> None:
    """A value in the column of one item: an amount a year, a letter a role."""
    held = row.get(field.name)
    row[field.name] = {**(held if isinstance(held, dict) else {}), item: value}


def _mean(merged: Merged) -> float | None:
    if merged.mean is not None:
        return merged.mean
    value = merged.value
    return value if isinstance(value, int | float) and not isinstance(value, bool) else None


def _marks(own: Iterable[Merged]) -> str:
    """The keys of contested columns, as the workbook's rules look for them."""
    signs = ((m.field, "!" if m.conflict else "^" if m.disagreement else "") for m in own)
    return "".join(f"|{sign}{field}|" for field, sign in signs if sign)
