"""A person fills in every open place of a file and remembers what stands where.

Where a place is, is found by what the file itself shows (hidden keys, names of cells, tags of
controls), not by the reader that is under test. What is written stands as that person would write
it: labels of the file's language, days and numbers as a cell or a Word form holds them.
"""

from __future__ import annotations

import io
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from lxml import etree
from python_calamine import CalamineWorkbook
from returned_files import EPOCH, packed, sheet_part, unpacked

from toolkit.collect.reading.scan import area_of, at_of, cell_name
from toolkit.collect.returned import Spot, Value
from toolkit.field import Field, FieldType
from toolkit.fillable import DISCOUNT_RATE, INFO, RAMP_UP, Fillable, Table
from toolkit.language import Labels, option_keys
from toolkit.office.package.markup import Element, q

Names = Mapping[str, Mapping[str, str]]
WHOLE = (FieldType.INT, FieldType.MONEY)
BROKEN = (FieldType.NUMBER, FieldType.PERCENT)
FIRST_DAY, DAYS = date(2000, 1, 1), 12_000
XML_BLANKS = "{http://www.w3.org/XML/1998/namespace}space"


@dataclass
class Person:
    """Somebody who fills in files of one language; ``texts`` are what they have to say."""

    labels: Labels
    names: Names
    texts: Sequence[str]
    chance: random.Random
    said: dict[Spot, Value] = field(default_factory=dict)

    def think(self, spot: Spot, own: Field) -> Value | None:
        """A neutral value for a place, remembered; None where there is nothing to choose from."""
        if own.type in (FieldType.CHOICE, FieldType.REF, FieldType.MULTI) and not self._ids(own):
            return None
        self.said[spot] = value = self._value(own)
        return value

    def _ids(self, own: Field) -> Sequence[str]:
        return option_keys(own.choices) if own.choices else sorted(self.names.get(own.ref, ()))

    def _value(self, own: Field) -> Value:
        chance, kind = self.chance, own.type
        if kind in WHOLE:
            return chance.randrange(10**6)
        if kind in BROKEN:
            return chance.randrange(1, 10**6) + 0.25
        if kind is FieldType.SHARE:
            return chance.choice((0.25, 0.5, 0.75))
        if kind is FieldType.DATE:
            return FIRST_DAY + timedelta(days=chance.randrange(DAYS))
        if kind is FieldType.HUKI:
            return chance.choice(("H", "U", "K", "I", "H/U", "H/K"))
        if kind is FieldType.MULTI:
            ids = self._ids(own)
            return "; ".join(chance.sample(ids, chance.randint(1, len(ids))))
        if kind in (FieldType.CHOICE, FieldType.REF):
            return chance.choice(self._ids(own))
        lines = chance.choice((1, 1, 3)) if kind is FieldType.LONG else 1
        return "\n".join(chance.choices(self.texts, k=lines))

    def words(self, value: Value, own: Field) -> str:
        """A value as this person writes it where only text can stand."""
        if isinstance(value, date):
            return self.labels.date(value)
        if isinstance(value, int | float):
            return self.labels.number(value)
        if own.type is FieldType.HUKI:
            return "/".join(
                self.labels.label("huki_letter", code) for code in f"{value}".split("/")
            )
        if own.type in (FieldType.CHOICE, FieldType.REF, FieldType.MULTI):
            return "; ".join(self._called(id, own) for id in f"{value}".split("; "))
        return f"{value}"

    def _called(self, id: str, own: Field) -> str:
        return self.labels.label(own.choices, id) if own.choices else self.names[own.ref][id]

    def content(self, value: Value, own: Field) -> str | float | int:
        """A value as a cell of a workbook holds it."""
        if isinstance(value, date):
            return (value - EPOCH).days
        return value if isinstance(value, int | float) else self.words(value, own)


# --- workbooks ----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Sheet:
    """A sheet: its texts as read, and its cells as they are written."""

    rows: list[list[object]]
    cells: Mapping[tuple[int, int], Element]

    def text(self, row: int, column: int) -> str:
        inside = row < len(self.rows) and column < len(self.rows[row])
        return f"{self.rows[row][column]}".strip() if inside else ""

    def write(self, at: tuple[int, int], value: str | float | int) -> None:
        cell = self.cells[at]
        for child in list(cell):
            cell.remove(child)
        cell.attrib.pop("t", None)
        if isinstance(value, str):
            cell.set("t", "inlineStr")
            text = etree.SubElement(etree.SubElement(cell, q("x:is")), q("x:t"))
            text.text = value
            text.set(XML_BLANKS, "preserve")
        else:
            etree.SubElement(cell, q("x:v")).text = repr(value)


def fill_workbook(data: bytes, shape: Fillable, person: Person, new: str) -> bytes:
    """The workbook with everything filled in; ``new`` is the id of a row staff add."""
    parts = unpacked(data)
    book = etree.fromstring(parts["xl/workbook.xml"])
    values = CalamineWorkbook.from_filelike(io.BytesIO(data))
    titles = [sheet.get("name") for sheet in book.iter(q("x:sheet"))]
    roots = {t: etree.fromstring(parts[sheet_part(data, t)]) for t in titles}
    sheets = {
        t: Sheet(
            values.get_sheet_by_name(t).to_python(skip_empty_area=False),
            {at: c for c in roots[t].iter(q("x:c")) if (at := at_of(c.get("r")))},
        )
        for t in titles
    }
    places = {name.get("name"): name.text for name in book.iter(q("x:definedName"))}
    _facts(sheets, places, shape, person)
    _grids(sheets, places, shape, person)
    for table in shape.tables:
        title, area = _table(parts, data, titles, table)
        fill_table(sheets[title], area, table, person, new)
    for title, root in roots.items():
        parts[sheet_part(data, title)] = etree.tostring(root)
    return packed(parts)


def _place(told: str) -> tuple[str, tuple[int, int, int, int]]:
    sheet, _, cells = told.replace("$", "").rpartition("!")
    area = area_of(cells)
    assert area
    return sheet.strip("'").replace("''", "'"), area


def _facts(sheets: dict[str, Sheet], places: dict[str, str], shape: Fillable, who: Person) -> None:
    for table, own in shape.facts:
        if table == INFO:
            title, area = _place(places[own.field.replace(".", "_")])
            _say(sheets[title], area[:2], (INFO, "", own.field), own, who)
        for sheet, at in _keyed(sheets, own) if table != INFO else ():
            _say(sheet, at, (table, "", own.field), own, who)


def _keyed(sheets: dict[str, Sheet], own: Field) -> Iterator[tuple[Sheet, tuple[int, int]]]:
    """The cell beside a key: the answer to a question, where the form asks it; the rate, behind
    what it is called."""
    beside = 2 if own.field == DISCOUNT_RATE.field else 1
    for sheet in sheets.values():
        for row, cells in enumerate(sheet.rows):
            if own.field in cells and row > 3:
                yield sheet, (row, cells.index(own.field) + beside)


def _grids(sheets: dict[str, Sheet], places: dict[str, str], shape: Fillable, who: Person) -> None:
    for grid in shape.grids:
        title, (top, left, *_) = _place(places[grid.name])
        for r, row in enumerate(grid.rows):
            for c, column in enumerate(grid.columns):
                spot = (grid.table, row, column)
                _say(sheets[title], (top + r, left + c), spot, grid.field, who)


def _table(
    parts: dict[str, bytes], data: bytes, titles: Sequence[str], table: Table
) -> tuple[str, tuple[int, int, int, int]]:
    """The sheet and the area of the table of a key, headings included."""
    for title in titles:
        part = sheet_part(data, title)
        links = parts.get(part.replace("worksheets/", "worksheets/_rels/") + ".rels")
        for link in etree.fromstring(links) if links else ():
            if link.get("Type", "").endswith("/table"):
                root = etree.fromstring(parts["xl/tables/" + link.get("Target").rpartition("/")[2]])
                if root.get("displayName") == f"tbl_{table.key}":
                    area = area_of(root.get("ref"))
                    assert area
                    return title, area
    raise LookupError(table.key)


def fill_table(
    sheet: Sheet, area: tuple[int, int, int, int], table: Table, who: Person, new: str
) -> None:
    """Every open cell of every row that is there, and of one row more where there is room."""
    top, left, bottom, right = area
    keys = {column: sheet.text(top - 1, column) for column in range(left, right + 1)}
    at_id = next(column for column, key in keys.items() if key == "f.id")
    added = False
    for row in range(top + 1, bottom + 1):
        id = sheet.text(row, at_id)
        if not id and added:
            return
        added |= not id
        for column, key in keys.items():
            for spot, own in _answers(table, id or new, key):
                _say(sheet, (row, column), spot, own, who)


def _answers(table: Table, row: str, key: str) -> Iterator[tuple[Spot, Field]]:
    """What a cell under a hidden key answers, where people may write in it."""
    if table.of_lines:
        if row == "f.ramp_up" and key.startswith("f.year:"):
            yield (table.key, row, key), RAMP_UP
        elif row.startswith("f.") and key == "f.comment":
            yield (table.key, row, key), next(f for f in table.fields if f.field == key)
        return
    for own in table.open:
        letters = own.type is FieldType.HUKI and key and "." not in key
        if letters or own.field == key.partition(":")[0]:
            yield (table.key, row, key), own


def _say(sheet: Sheet, at: tuple[int, int], spot: Spot, own: Field, who: Person) -> None:
    assert at in sheet.cells, (spot, cell_name(at))
    value = who.think(spot, own)
    if value is not None:
        sheet.write(at, who.content(value, own))
