"""Fill a file of the kit, read it back: what was written is what is read, in five languages."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from lxml import etree
from returned_files import (
    RETURNED,
    document,
    packed,
    put,
    read_back,
    sent_file,
    sheet_part,
    unpacked,
    values,
)

from toolkit.collect.limits import Limits
from toolkit.collect.opening.gate import gate
from toolkit.collect.reading.book import Book, Page, read_book
from toolkit.collect.reading.lines import RAMP_UP_ROW
from toolkit.collect.reading.named_areas import named
from toolkit.collect.reading.scan import cell_name
from toolkit.document import Document
from toolkit.field import Field, FieldType
from toolkit.fillable import FORM, INFO, RAMP_UP, Fillable, Grid, Table, fillable
from toolkit.finding import LANGUAGES, Place
from toolkit.language import Labels, option_keys
from toolkit.office.package.markup import Element, q
from toolkit.sent import read_names

BOOKS = [d for d in RETURNED if d.format == "xlsx"]
FORMS = [d for d in RETURNED if d.format == "docx"]
TEXTS = ("Rolig natt", "Ønsker mer opplæring – snart", "Käyttöönotto; toinen", "=1+1", "12,5")
KEY_ROW = 2

Spot = tuple[str, str, str]
Written = tuple[object, object]  # what is written, and the neutral value it means


class Pen:
    """Makes up values of a field, as people write them in one language."""

    def __init__(self, language: str, names: dict[str, dict[str, str]]) -> None:
        self.labels = Labels.load(language)
        self.names = names
        self.random = random.Random(language)

    def value(self, field: Field) -> Written:
        if field.type is FieldType.DATE:
            day = date(2026, 1, 1) + timedelta(days=self.random.randrange(700))
            return self.random.choice([day, self.labels.long_date(day), self.labels.date(day)]), day
        if field.type is FieldType.CHOICE:
            key = self.random.choice(option_keys(field.choices))
            label = self.labels.label(field.choices, key)
            return self.random.choice([label, f" {label.upper()} "]), key
        if field.type is FieldType.REF:
            id, title = self.random.choice(sorted(self.names[field.ref].items()))
            return title, id
        if field.type is FieldType.HUKI:
            return "/".join(self.labels.label("huki_letter", k) for k in ("H", "U")), "H/U"
        if field.type is FieldType.SHARE:
            return 0.25, 0.25
        if field.type in (FieldType.INT, FieldType.NUMBER, FieldType.MONEY, FieldType.PERCENT):
            return self._number(field)
        text = f"{self.random.choice(TEXTS)} {self.random.randrange(100)}"
        return text, text

    def _number(self, field: Field) -> Written:
        number = self.random.randrange(1, 5_000_000)
        if field.type is FieldType.INT:
            return float(number), number
        exact = number + 0.5
        return self.random.choice([exact, self.labels.number(exact, 1)]), exact


def shape_of(own: Document) -> Fillable:
    return fillable(own, RETURNED)


def book_of(data: bytes) -> Book:
    place = Place("x.xlsx")
    return read_book(data, gate(data, place), place, Limits())


def pairs_of(book: Book) -> list[tuple[str, str]]:
    page = book.page("_meta")
    assert page
    return [(f"{row[0]}", f"{row[1]}") for row in page.rows]


def table_page(book: Book, table: Table) -> Page:
    """The sheet of a table: the one whose third row holds its keys."""
    wanted = {field.field for field in table.fields if not field.each}
    return next(p for p in book.pages if len(p.rows) > KEY_ROW and wanted <= set(p.rows[KEY_ROW]))


def columns_of(page: Page, table: Table) -> Iterator[tuple[int, str, Field]]:
    own = {field.field: field for field in table.open}
    if table.of_lines:
        own = {"f.year": RAMP_UP, "f.comment": own["f.comment"]}
    for at, cell in enumerate(page.rows[KEY_ROW]):
        key = f"{cell}"
        field = own.get(key.partition(":")[0])
        field = field or next((f for f in own.values() if f.each and key[-1:].isdecimal()), None)
        if field and key:
            yield at, key, field


class Filling:
    """A workbook that is written in, and what it should say then."""

    def __init__(self, data: bytes, shape: Fillable, pen: Pen) -> None:
        self.book, self.parts = book_of(data), unpacked(data)
        self.paths = {page.name: sheet_part(data, page.name) for page in self.book.pages}
        self.roots: dict[str, Element] = {}
        self.meant: dict[Spot, object] = {}
        self.shape, self.pen = shape, pen

    def write(self, page: Page, at: tuple[int, int], spot: Spot, field: Field) -> None:
        part = self.paths[page.name]
        if part not in self.roots:
            self.roots[part] = etree.fromstring(self.parts[part])
        content, self.meant[spot] = self.pen.value(field)
        put(self.roots[part], cell_name(at), content)  # type: ignore[arg-type]

    def table(self, table: Table) -> None:
        page = table_page(self.book, table)
        ids = list(page.rows[KEY_ROW]).index("f.id")
        questions = {field.field for _, field in self.shape.facts}
        for number, cells in enumerate(page.rows):
            row = cells[ids]
            lines = table.of_lines and row != RAMP_UP_ROW
            if number > KEY_ROW + 1 and row and isinstance(row, str) and row not in questions:
                for at, key, field in columns_of(page, table) if not lines else ():
                    self.write(page, (number, at), (table.key, row, key), field)

    def grid(self, grid: Grid) -> None:
        found = named(self.book, grid.name)
        assert found
        page, (top, left, _, _) = found
        for r, row in enumerate(grid.rows):
            for c, key in enumerate(grid.columns):
                self.write(page, (top + r, left + c), (grid.table, row, key), grid.field)

    def fact(self, table: str, field: Field) -> None:
        if table == INFO:
            found = named(self.book, field.field.replace(".", "_"))
            assert found, field.field
            self.write(found[0], found[1][:2], (INFO, "", field.field), field)
        if table == FORM:
            for page in self.book.pages:
                for r, row in enumerate(page.rows):
                    if row and row[0] == field.field:
                        self.write(page, (r, 1), (FORM, "", field.field), field)

    def done(self) -> bytes:
        for table in self.shape.tables:
            self.table(table)
        for grid in self.shape.grids:
            self.grid(grid)
        for table_key, field in self.shape.facts:
            self.fact(table_key, field)
        self.parts |= {part: etree.tostring(root) for part, root in self.roots.items()}
        return packed(self.parts)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("own", BOOKS, ids=lambda d: d.id)
def test_a_workbook_says_what_was_written_in_it(own: Document, language: str) -> None:
    data = sent_file(own.id, "xlsx", language)
    pen = Pen(language, read_names(pairs_of(book_of(data))))
    filling = Filling(data, shape_of(own), pen)
    returned, meant = read_back(filling.done(), f"{own.id}.xlsx"), filling.meant
    said = values(returned)
    assert len(meant) > 10
    assert {spot: said.get(spot) for spot in meant} == meant
    assert not [cell.spot for cell in returned.cells if not cell.usable]
    unexpected = {found.code for found in returned.findings} - {"prefilled-changed"}
    assert unexpected <= {"filled-date-later", *({"day-order"} if language == "en" else ())}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("own", RETURNED, ids=lambda d: f"{d.id}.{d.format}")
def test_a_file_nobody_touched_says_what_it_was_sent_with(own: Document, language: str) -> None:
    returned = read_back(sent_file(own.id, own.format, language))
    said = values(returned)
    shape = shape_of(own)
    firsts = {(t.key, t.fields[0].field) for t in shape.tables if t.fields[0] not in t.open}
    sent = {s: v for s, v in returned.sent.items() if (s[0], s[2]) not in firsts}
    assert returned.findings == ()
    assert {spot: value for spot, value in said.items() if spot in sent} == sent
    assert set(said) - set(sent) == set()
    assert (returned.doc, returned.lang) == (own.doc, language)


# --- forms ------------------------------------------------------------------------------------


def fill_control(sdt: Element, text: str) -> None:
    properties = sdt.find(q("w:sdtPr"))
    content = sdt.find(q("w:sdtContent"))
    assert properties is not None
    assert content is not None
    for prompt in properties.findall(q("w:showingPlcHdr")):
        properties.remove(prompt)
    for run in list(content):
        content.remove(run)
    run = etree.SubElement(content, q("w:r"))
    for number, line in enumerate(text.split("\n")):
        if number:
            etree.SubElement(run, q("w:br"))
        etree.SubElement(run, q("w:t")).text = line


def fill_form(data: bytes, own: Document, pen: Pen) -> tuple[bytes, dict[Spot, object]]:
    """Writes in every content control; what should be read, by the tags of controls and rows."""
    parts = unpacked(data)
    root = etree.fromstring(parts["word/document.xml"])
    shape = shape_of(own)
    meant: dict[Spot, object] = {}
    prefix = own.doc.replace(".", "") + "."
    single = {
        prefix + f.field.removeprefix("f.").removeprefix("qe.open."): (t, f) for t, f in shape.facts
    }
    for sdt in root.iter(q("w:sdt")):
        tag = sdt.find(f"{q('w:sdtPr')}/{q('w:tag')}")
        name = tag.get(q("w:val"), "") if tag is not None else ""
        row = next(sdt.iterancestors(q("w:tr")), None)
        spot, field = _row_spot(sdt, row, shape) if row is not None else (None, None)
        if spot is None and name in single:
            table, field = single[name]
            spot = (table, "", field.field)
        if spot is None or field is None:
            continue
        content, meant[spot] = pen.value(field)
        shown = pen.labels.date(content) if isinstance(content, date) else f"{content}"
        fill_control(sdt, shown)
    parts["word/document.xml"] = etree.tostring(root)
    return packed(parts), meant


def _row_spot(sdt: Element, row: Element, shape: Fillable) -> tuple[Spot | None, Field | None]:
    marks = [tag.get(q("w:val"), "") for tag in row.iter(q("w:tag"))]
    mark = next((mark for mark in marks if mark.startswith("row:")), "")
    table = next(row.iterancestors(q("w:tbl")))
    keys = [t.text for t in table.iter(q("w:t")) if (t.text or "").startswith("f.")]
    own = next((t for t in shape.tables if [f.field for f in t.fields] == keys), None)
    cell = next(sdt.iterancestors(q("w:tc")))
    if not (mark and own):
        return None, None
    field = own.fields[list(row.iter(q("w:tc"))).index(cell)]
    tag = sdt.find(f"{q('w:sdtPr')}/{q('w:tag')}")
    if field not in own.open or (tag is not None and tag.get(q("w:val")) == mark):
        return None, None
    return (own.key, mark.removeprefix("row:"), field.field), field


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("own", FORMS, ids=lambda d: d.id)
def test_a_form_says_what_was_written_in_it(own: Document, language: str) -> None:
    data = sent_file(own.id, "docx", language)
    twin = sent_file("stakeholders", "xlsx", language)
    pen = Pen(language, read_names(pairs_of(book_of(twin))))
    filled, meant = fill_form(data, own, pen)
    returned = read_back(filled, f"{own.id}.docx")
    said = values(returned)
    assert len(meant) > 8
    assert {spot: said.get(spot) for spot in meant} == meant
    assert not [cell.spot for cell in returned.cells if not cell.usable]


def test_the_documents_are_the_ones_of_the_kit() -> None:
    assert {own.doc for own in BOOKS} >= {"d.02", "d.03", "d.12", "d.16", "d.23"}
    assert document("evaluation", "docx") in FORMS
