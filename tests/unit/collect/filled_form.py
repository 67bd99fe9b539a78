"""A person fills in every open place of a Word form and remembers what stands where."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from filled_in import Person
from lxml import etree
from returned_files import packed, unpacked

from toolkit.collect.returned import Spot
from toolkit.field import Field
from toolkit.fillable import Fillable, Table
from toolkit.office.package.markup import Element, q

BODY = "word/document.xml"


def fill_form(data: bytes, shape: Fillable, person: Person, doc: str, new: str) -> bytes:
    """The form with everything filled in; ``new`` begins the ids of rows staff add."""
    parts = unpacked(data)
    root = etree.fromstring(parts[BODY])
    tables = {table.key: 0 for table in shape.tables}
    for element in root.iter(q("w:tbl")):
        head, table = _head(element, shape)
        if table:
            tables[table.key] = _fill_table(element, head, table, person, new, tables[table.key])
    tags = {_tag(doc, own): (table, own) for table, own in shape.facts}
    for sdt in root.iter(q("w:sdt")):
        table, own = tags.get(_mark(sdt), ("", None))
        if own and (value := person.think((table, "", own.field), own)) is not None:
            write(sdt, person.words(value, own), value)
    parts[BODY] = etree.tostring(root)
    return packed(parts)


def _tag(doc: str, own: Field) -> str:
    name = own.field.rpartition(".")[2] if own.field.startswith("qe.") else own.field[2:]
    return f"{doc.replace('.', '')}.{name}"


def _mark(sdt: Element) -> str:
    found = sdt.find(f"{q('w:sdtPr')}/{q('w:tag')}")
    return found.get(q("w:val"), "") if found is not None else ""


def _head(element: Element, shape: Fillable) -> tuple[Mapping[int, str], Table | None]:
    """The hidden keys of a table by column, and the table they are of."""
    for row in list(element.iter(q("w:tr")))[:3]:
        keys = {at: _hidden(cell) for at, cell in enumerate(row.iter(q("w:tc")))}
        told = {key for key in keys.values() if key}
        for table in shape.tables:
            if told and told == {own.field for own in table.fields}:
                return keys, table
    return {}, None


def _hidden(cell: Element) -> str:
    hidden = (r for r in cell.iter(q("w:r")) if r.find(f"{q('w:rPr')}/{q('w:vanish')}") is not None)
    return "".join(t.text or "" for run in hidden for t in run.iter(q("w:t"))).strip()


def _fill_table(
    element: Element, keys: Mapping[int, str], table: Table, who: Person, new: str, added: int
) -> int:
    """Fills every row under the headings; the number of rows added so far."""
    open_ = {own.field: own for own in table.open}
    rows = list(element.iter(q("w:tr")))
    head = next(n for n, row in enumerate(rows) if any(map(_hidden, row.iter(q("w:tc")))))
    for row in rows[head + 1 :]:
        cells = list(row.iter(q("w:tc")))
        if len(cells) != len(keys):
            continue
        marks = [
            m.removeprefix("row:") for s in row.iter(q("w:sdt")) if (m := _mark(s))[:4] == "row:"
        ]
        added += not marks
        id = marks[0] if marks else f"{new}-{added}"
        for at, cell in enumerate(cells):
            if own := open_.get(keys[at]):
                _answer(cell, (table.key, id, own.field), own, who)
    return added


def _answer(cell: Element, spot: Spot, own: Field, who: Person) -> None:
    value = who.think(spot, own)
    if value is None:
        return
    inside = [sdt for sdt in cell.iter(q("w:sdt")) if not _mark(sdt).startswith("row:")]
    write(inside[0] if inside else cell, who.words(value, own), value)


def write(element: Element, text: str, value: object) -> None:
    """Writes into a control or a cell, as Word does: the mark of the prompt goes."""
    for mark in list(element.iter(q("w:showingPlcHdr"))):
        mark.getparent().remove(mark)
    if isinstance(value, date):
        for day in element.iter(q("w:date")):
            day.set(q("w:fullDate"), f"{value.isoformat()}T00:00:00Z")
    run = _only_run(element)
    for number, line in enumerate(text.split("\n")):
        if number:
            etree.SubElement(run, q("w:br"))
        etree.SubElement(run, q("w:t")).text = line


def _only_run(element: Element) -> Element:
    """The first run of an element, made where there is none; nothing is left in any."""
    runs = list(_runs(element))
    for run in runs:
        for child in [child for child in run if child.tag != q("w:rPr")]:
            run.remove(child)
    return runs[0] if runs else etree.SubElement(next(element.iter(q("w:p"))), q("w:r"))


def _runs(element: Element) -> Iterator[Element]:
    inside = element.find(q("w:sdtContent"))
    return (inside if inside is not None else element).iter(q("w:r"))
