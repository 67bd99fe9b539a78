"""Consolidation: one document from its copies to results, written as they come.

In: what the document asks, its copies, what is known, a pen. Out: nothing but what the pen wrote.
What is kept in memory is one value a consolidated cell, never what it rests on.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice

from toolkit.collect.known import Known
from toolkit.collect.merging.answered import copies_of
from toolkit.collect.merging.answers import Answer, changing, counting
from toolkit.collect.merging.complete import AllCopies, needs
from toolkit.collect.merging.copies import Copies
from toolkit.collect.merging.evaluation import (
    ANSWER,
    DOC,
    TABLE,
    forms_of,
    heard,
    rated,
    responses,
    tally_of,
)
from toolkit.collect.merging.joining import Joined, lookalikes
from toolkit.collect.merging.merge import MergedTable, Merging, Weighed, merged_of
from toolkit.collect.merging.questions import NAMED, Asked
from toolkit.collect.merging.recompute import PARTNERS, computed, judged, matrix_of
from toolkit.collect.merging.settle import settled
from toolkit.collect.sent_out import SentOut
from toolkit.document import Copies as Kinds
from toolkit.field import FieldType
from toolkit.store.pen import Pen
from toolkit.store.records import Lookalike, Missing, Results, Row, Value, blank

COPIES_AT_ONCE = 500
RISKS, CRITERIA, WORTH = "risks", "risk_criteria", "benefit_calc"


class Consolidation:
    """One document on its way to results."""

    def __init__(self, asked: Asked, copies: Copies, known: Known, pen: Pen) -> None:
        self.asked, self.copies, self.known, self.pen = asked, copies, known, pen
        self.merging = Merging(asked, copies)
        self.tables: dict[str, MergedTable] = {}

    def write(self, sent: Sequence[SentOut]) -> None:
        """All of it; ``sent`` are the copies of this document that were sent out."""
        desk, doc = self.copies.desk, self.asked.doc
        self.pen.senders(desk.sent_by())
        for key in sorted(self.asked.tables, key=lambda key: key != CRITERIA):
            self.tables[key] = self._table(key)
        self.known = replace(self.known, matrix=matrix_of(self.tables, self.known))
        if not desk.empty:
            self.pen.resting(computed(doc, self.tables, self.known))
        for table in self.tables.values():
            self.pen.write(Results(rows=tuple(self._rows(table))))
        copies = copies_of(sent, self.copies, self.asked, self.known)
        while some := tuple(islice(copies, COPIES_AT_ONCE)):
            self.pen.write(Results(copies=some))
        self.pen.write(self._told())

    def _told(self) -> Results:
        """What is told beside rows and values."""
        doc, desk = self.asked.doc, self.copies.desk
        tally = tally_of(forms_of(desk) if doc == DOC else ())
        return Results(
            lookalikes=tuple(self._lookalikes()),
            missing=() if desk.empty else tuple(self._missing()),
            ratings=tuple(rated(tally)),
            responses=responses(tally, self.known) if doc == DOC else (),
            anonymous=(doc,) if _anonymous(self.asked) else (),
        )

    # --- rows and values ------------------------------------------------------------------

    def _table(self, key: str) -> MergedTable:
        rows = self.merging.rows(key)
        cells: dict[tuple[str, str], Weighed] = {}
        for number, row in enumerate(rows):
            for field, weighed in self._cells(key, row):
                self.pen.merged(merged_of(self.asked, (key, row.row, field), weighed))
                cells[row.row, field] = weighed.alone(_kept(key, weighed))
                if (key, field) == (TABLE, ANSWER) and self.asked.doc == DOC:
                    heard(self.copies.desk, number, row.row, weighed.answers)
        return MergedTable(key, rows, cells)

    def _cells(self, key: str, row: Joined) -> Iterator[tuple[str, Weighed]]:
        """The cells of a row, one by one; two of a risk are judged as a pair."""
        waiting: dict[str, Weighed] = {}
        for field, weighed in settled(self.merging.cells(key, row), self.known.on_conflict):
            partner = PARTNERS.get(field, "") if key == RISKS else ""
            if partner in waiting:
                pair = {partner: waiting.pop(partner), field: weighed}
                yield from judged(pair, matrix_of(self.tables, self.known)).items()
            elif partner:
                waiting[field] = weighed
            else:
                yield field, weighed
        yield from waiting.items()

    def _rows(self, table: MergedTable) -> Iterator[Row]:
        for position, joined in enumerate(table.rows):
            yield Row(
                self.asked.doc,
                table.key,
                joined.row,
                position,
                self._title(table, joined),
                joined.new,
                self.merging.files(table.key, joined),
            )

    def _title(self, table: MergedTable, joined: Joined) -> str:
        """What people call a row: the words of its key; without a key the first text in it."""
        asked = self.asked.tables[table.key]
        if asked.row_key:
            key = (self._shown(table, joined.row, field) for field in asked.row_key)
            return ", ".join(filter(None, key))
        texts = sorted(asked.fields, key=lambda key: asked.fields[key].type not in NAMED)
        first = (self._shown(table, joined.row, key) for key in texts)
        return next(filter(None, first), "")

    def _shown(self, table: MergedTable, row: str, key: str) -> str:
        field = self.asked.tables[table.key].field(key)
        value: Value = table.value(row, key)
        if blank(value) and (sent := self._sent(table.key, row, key)) is not None:
            value = sent
        if field and field.type is FieldType.REF:
            named = "" if value is None else f"{value}"
            return self.known.titles.get((field.ref, f"{value}"), named)
        return "" if blank(value) else f"{value}"

    def _sent(self, table: str, row: str, key: str) -> Value:
        """What any copy was sent with in a cell nobody merges."""
        values = (self.copies.sent(one).get((table, row, key)) for one in self.copies.sets)
        return next((value for value in values if value is not None), None)

    # --- what is missing, what looks alike --------------------------------------------------

    def _missing(self) -> Iterator[Missing]:
        if self.asked.doc == DOC:  # every form is judged by itself
            return
        said = AllCopies(self.tables)
        for need in needs(self.asked, said, self.known):
            if not need.there:
                yield Missing(self.asked.doc, need.table, need.row, need.field)

    def _lookalikes(self) -> Iterator[Lookalike]:
        for key, table in self.tables.items():
            for newer, older, likeness in lookalikes(table.rows, self.asked.tables[key]):
                yield Lookalike(self.asked.doc, key, newer, older, likeness)


def _kept(table: str, weighed: Weighed) -> tuple[Answer, ...]:
    """What the worth of a benefit is made of: the newest answer of each unit that counts."""
    if table != WORTH:
        return ()
    newest = {(a.unit, False): a for a in counting(weighed.answers)}
    newest |= {(a.unit, True): a for a in changing(weighed.answers)}
    kept = {id(answer) for answer in newest.values()}
    return tuple(answer for answer in weighed.answers if id(answer) in kept)


def _anonymous(asked: Asked) -> bool:
    """Whether answers are never shown one by one: each copy is a respondent's (ruling 21)."""
    return any(Kinds.RESPONDENT in document.copies for document in asked.documents)
