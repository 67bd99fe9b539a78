"""Several kinds of human damage to one workbook: every answer that is there is read, or told.

Random answers, random damage, five languages. ``DAMAGED=1000`` tries more.
"""

from __future__ import annotations

import io
import os
import re
from collections.abc import Collection
from functools import cache
from random import Random
from typing import Any

import pytest
from filled_in import Person, fill_workbook
from openpyxl import load_workbook
from people import THINGS, Hand, tables
from returned_files import EXAMPLE, READER, RETURNED, read_back, sent_file

from toolkit.collect.reading.scan import at_of
from toolkit.collect.returned import Returned, Spot, Value
from toolkit.document import Document
from toolkit.field import Field, FieldType
from toolkit.finding import LANGUAGES
from toolkit.language import Labels
from toolkit.project import read_project

COUNT = int(os.environ.get("DAMAGED", "24"))
DOCUMENTS = [document for document in RETURNED if document.format == "xlsx"]
ANSWER = re.compile(r"Svar\d{4}")
MOST, LEAST_ROWS = 3, 4
OF_SHEETS = frozenset({"sheet-extra", "table-repeated"})
OF_COLUMNS = frozenset({"column-extra", "column-repeated"})
OF_ROWS = frozenset({"row-total", "row-repeated"})
Stood = tuple[str, int, int]  # sheet, row, column


class Marked(Person):
    """Somebody whose every text is known again wherever it stands."""

    def _value(self, own: Field) -> Value:
        if own.type in (FieldType.TEXT, FieldType.LONG):
            return f"Svar{len(self.said):04} ny rutine, bil"
        return super()._value(own)


@cache
def names() -> dict[str, dict[str, str]]:
    kinds = read_project(EXAMPLE).kinds
    return {kind: {entry.id: entry.label for entry in own} for kind, own in kinds.items()}


def filled(document: Document, language: str, chance: Random) -> tuple[Any, Marked]:
    person = Marked(Labels.load(language), names(), (), chance)
    sent = sent_file(document.id, "xlsx", language)
    data = fill_workbook(sent, READER.shape(document), person, "new")
    return load_workbook(io.BytesIO(data)), person


def damaged(book: Any, labels: Labels, chance: Random) -> Collection[str]:
    """Do one to three things to the workbook; what was taken away comes back."""
    gone: set[str] = set()
    for thing in chance.choices(THINGS, k=chance.randint(1, MOST)):
        own = [(s, t) for s, t in tables(book) if is_filled_in(t)]
        sheet, table = chance.choice(own)
        hand = Hand(book, sheet, table, labels, chance, gone)
        if len(hand.said()) >= LEAST_ROWS:
            thing(hand)
    return gone


def is_filled_in(table: Any) -> bool:
    """Whether people write in a table."""
    shapes = (READER.shape(document) for document in DOCUMENTS)
    own = (shape.table(table.displayName.removeprefix("tbl_")) for shape in shapes)
    return any(found and found.open for found in own)


def standing(book: Any) -> dict[str, list[Stood]]:
    """Where every answer stands now."""
    found: dict[str, list[Stood]] = {}
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                for answer in ANSWER.findall(f"{cell.value or ''}"):
                    found.setdefault(answer, []).append((sheet.title, cell.row, cell.column))
    return found


def is_told(places: list[Stood], returned: Returned) -> bool:
    """Whether something is told of a place, its row, its column, its sheet or a lost table."""
    told = [(found.code, dict(found.place.steps)) for found in returned.findings]
    if any(code == "table-missing" for code, _ in told):
        return True
    spots = [(code, at_of(f"{steps.get('at', '')}"), steps.get("sheet")) for code, steps in told]
    return any(
        own == sheet and (code in OF_SHEETS or (at and _here(code, at, row - 1, column - 1)))
        for code, at, own in spots
        for sheet, row, column in places
    )


def _here(code: str, at: tuple[int, int], row: int, column: int) -> bool:
    by_row, by_column = code in OF_ROWS, code in OF_COLUMNS
    return at == (row, column) or (by_row and at[0] == row) or (by_column and at[1] == column)


def answers(returned: Returned) -> dict[str, Spot]:
    """Where every answer was read."""
    read = ((ANSWER.findall(cell.raw), cell.spot) for cell in returned.cells)
    return {answer: spot for own, spot in read for answer in own}


@pytest.mark.filterwarnings("ignore:.*extension is not supported:UserWarning")
@pytest.mark.filterwarnings("ignore:Data Validation extension:UserWarning")
@pytest.mark.parametrize("seed", range(COUNT))
def test_every_answer_is_read_where_it_belongs_or_told(seed: int) -> None:
    chance = Random(seed)
    document, language = chance.choice(DOCUMENTS), chance.choice(LANGUAGES)
    book, person = filled(document, language, chance)
    gone = damaged(book, person.labels, chance)
    out = io.BytesIO()
    book.save(out)
    returned = read_back(out.getvalue(), "x.xlsx")
    read, there = answers(returned), standing(book)
    asked = {f"{value}"[:8]: spot for spot, value in person.said.items()}
    kept = there.keys() - {text[:8] for text in gone}
    lost = [a for a in kept - read.keys() if not is_told(there[a], returned)]
    assert lost == []
    elsewhere = {a: s for a, s in read.items() if (s[0], s[2]) != (asked[a][0], asked[a][2])}
    assert elsewhere == {}
    assert len(read) > len(kept) // 2 or any(f.code == "table-missing" for f in returned.findings)


def test_an_answer_that_is_neither_would_be_missed() -> None:
    returned = read_back(sent_file("ros", "xlsx"))
    assert answers(returned) == {}
    assert not is_told([("Risikoer", 5, 2)], returned)
