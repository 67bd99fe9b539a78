"""The kit of the example in memory, and what people do to its files: cells written, parts changed.

No file is saved by a library that would change more than the test says.
"""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable, Mapping
from datetime import date
from functools import cache, lru_cache
from pathlib import Path

from lxml import etree

from toolkit.collect.opening.compound import SIGNATURE
from toolkit.collect.opening.gate import GateError
from toolkit.collect.read import Given, Reader, Settings
from toolkit.collect.reading.scan import at_of, cell_name
from toolkit.collect.returned import Returned
from toolkit.content.fan_out import Audience
from toolkit.content.reading import read
from toolkit.document import Document, load_documents, shipped_templates
from toolkit.language import Labels
from toolkit.office.cache import user_folder
from toolkit.office.package.markup import Element, q
from toolkit.produce.edition import Edition
from toolkit.produce.filling import fill_all
from toolkit.produce.identity import Source
from toolkit.project import read_project

EXAMPLE = Path(__file__).parents[3] / "examples" / "trygg-natt" / "project.yaml"
DOCUMENTS = load_documents(shipped_templates())
RETURNED = tuple(d for d in DOCUMENTS if d.returned)
SETTINGS = Settings(DOCUMENTS)
READER = Reader(SETTINGS)
EPOCH = date(1899, 12, 30)

Parts = dict[str, bytes]
Value = str | float | date | None


@cache
def edition(language: str) -> Edition:
    reading = read(read_project(EXAMPLE), Labels.load(language))
    source = Source("trygg-natt", "hash", date(2026, 5, 1))
    return Edition(reading, source, DOCUMENTS, Audience((), ("employee",)))


@cache
def sent_file(id: str, format: str, language: str = "nb") -> bytes:
    """A file of the kit as it is sent out."""
    document = next(d for d in DOCUMENTS if (d.id, d.format) == (id, format))
    return next(fill_all(edition(language), [document], EXAMPLE.parent, user_folder())).data


def ros(language: str = "nb") -> bytes:
    return sent_file("ros", "xlsx", language)


def read_back(data: bytes, name: str = "", reader: Reader = READER) -> Returned:
    return reader.read(Given(name or own_name(data), data))


def own_name(data: bytes) -> str:
    """A name of the kind of file it is."""
    return "form.docx" if b"word/document.xml" in data else "ros.xlsx"


def codes(returned: Returned) -> list[str]:
    return sorted({found.code for found in returned.findings})


def places(returned: Returned, code: str) -> list[str]:
    """Where findings of a code are, without the name of the file."""
    return [f.place.text().partition(" > ")[2] for f in returned.findings if f.code == code]


def values(returned: Returned) -> dict[tuple[str, str, str], object]:
    return {cell.spot: cell.value for cell in returned.cells}


def reason(data: bytes, name: str = "x.xlsx", reader: Reader = READER) -> str:
    """Why a file is rejected; '' where it is not."""
    try:
        reader.read(Given(name, data))
    except GateError as error:
        return error.findings[0].code
    return ""


def compound(*names: str) -> bytes:
    """A compound file with nothing in it but a directory of these names."""
    entries = [_entry("Root Entry", 5), *(_entry(name, 1) for name in names)]
    directory = b"".join(entries).ljust(-(-len(entries) // 4) * 512, b"\0")
    sectors = len(directory) // 512
    chain = [0xFFFFFFFD, *range(2, sectors + 1), 0xFFFFFFFE]
    table = struct.pack("<128I", *(chain + [0xFFFFFFFF] * (128 - len(chain))))
    head = SIGNATURE + bytes(16) + struct.pack("<5H6x", 0x3E, 3, 0xFFFE, 9, 6)
    head += struct.pack("<9I", 0, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    return head + struct.pack("<109I", 0, *[0xFFFFFFFF] * 108) + table + directory


def _entry(name: str, kind: int) -> bytes:
    coded = name.encode("utf-16-le")
    told = struct.pack("<HB49xIQ", len(coded) + 2, kind, 0xFFFFFFFE, 0)
    return coded.ljust(64, b"\0") + told


# --- packages ---------------------------------------------------------------------------------


def unpacked(data: bytes) -> Parts:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(parts: Mapping[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return stream.getvalue()


def changed(data: bytes, part: str, change: Callable[[Element], None]) -> bytes:
    """The package with one XML part changed."""
    parts = unpacked(data)
    root = etree.fromstring(parts[part])
    change(root)
    parts[part] = etree.tostring(root)
    return packed(parts)


def replaced(data: bytes, part: str, old: str, new: str) -> bytes:
    parts = unpacked(data)
    text = parts[part].decode()
    assert old in text
    parts[part] = text.replace(old, new).encode()
    return packed(parts)


def without(data: bytes, *names: str) -> bytes:
    return packed({name: part for name, part in unpacked(data).items() if name not in names})


# --- workbooks --------------------------------------------------------------------------------


def sheet_part(data: bytes, name: str) -> str:
    """The part of a worksheet."""
    return _sheet_parts(data)[name]


@lru_cache(maxsize=16)
def _sheet_parts(data: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        book = etree.fromstring(archive.read("xl/workbook.xml"))
        links = etree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))
    target = {link.get("Id"): link.get("Target", "") for link in links}
    parts = {s.get("name", ""): target[s.get(q("r:id"))] for s in book.iter(q("x:sheet"))}
    return {name: "xl/" + part.removeprefix("/xl/") for name, part in parts.items()}


def sheet_of(data: bytes, name: str, change: Callable[[Element], None]) -> bytes:
    return changed(data, sheet_part(data, name), change)


def written(data: bytes, sheet: str, cells: Mapping[str, Value]) -> bytes:
    """The workbook with some cells written, as a person would: the look stays."""

    def write(root: Element) -> None:
        for at, value in cells.items():
            put(root, at, value)

    return sheet_of(data, sheet, write)


def put(root: Element, at: str, value: Value) -> None:
    cell = cell_at(root, at)
    for child in list(cell):
        cell.remove(child)
    cell.attrib.pop("t", None)
    if isinstance(value, str):
        cell.set("t", "inlineStr")
        text = etree.SubElement(etree.SubElement(cell, q("x:is")), q("x:t"))
        text.text = value
    elif value is not None:
        number = (value - EPOCH).days if isinstance(value, date) else value
        etree.SubElement(cell, q("x:v")).text = f"{number}"


def cell_at(root: Element, at: str) -> Element:
    """The element of a cell, made where there is none."""
    found = at_of(at)
    assert found
    data = next(root.iter(q("x:sheetData")))
    number = found[0] + 1
    row = _last(data, f"{number}")
    if row is None:
        row = etree.Element(q("x:row"), {"r": f"{number}"})
        data.insert(sum(int(other.get("r")) < number for other in data), row)
    cell = _last(row, at)
    if cell is None:
        cell = etree.Element(q("x:c"), {"r": at})
        columns = (at_of(other.get("r")) for other in row)
        row.insert(sum(known[1] < found[1] for known in columns if known), cell)
    return cell


def _last(parent: Element, at: str) -> Element | None:
    """The last row or cell that says it stands there."""
    return next((child for child in reversed(parent) if child.get("r") == at), None)


def shifted(root: Element, first: int, by: int) -> None:
    """Rows from ``first`` (counted from 1) stand ``by`` rows further down."""
    for row in root.iter(q("x:row")):
        number = int(row.get("r"))
        if number >= first:
            move_row(row, number + by)


def move_row(row: Element, number: int) -> None:
    row.set("r", f"{number}")
    for cell in row:
        at = at_of(cell.get("r"))
        assert at
        cell.set("r", cell_name((number - 1, at[1])))


def moved_columns(root: Element, to: Callable[[int], int]) -> None:
    """Every cell in the column that ``to`` gives for its own, counted from 0."""
    for row in root.iter(q("x:row")):
        cells = []
        for cell in list(row):
            at = at_of(cell.get("r"))
            assert at
            cell.set("r", cell_name((at[0], to(at[1]))))
            cells.append((to(at[1]), cell))
            row.remove(cell)
        row.extend(cell for _, cell in sorted(cells, key=lambda pair: pair[0]))


def document(id: str, format: str) -> Document:
    return next(d for d in DOCUMENTS if (d.id, d.format) == (id, format))
