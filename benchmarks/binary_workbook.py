"""Binary workbooks (xlsb): no open program writes them, so the tests write their own.

In: sheets as rows of plain values. Out: the bytes of an xlsb package. Only what a reader of values
needs is written: sheets, rows, texts, numbers, truth values, errors.
"""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from xml.sax.saxutils import escape

Value = str | float | bool | None
Rows = Sequence[Sequence[Value]]

_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_CONTENT_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_MAIN = "application/vnd.ms-excel.sheet.binary.macroEnabled.main"
_SHEET = "application/vnd.ms-excel.worksheet"
_ROW, _ERROR, _BOOL, _REAL, _TEXT = 0, 3, 4, 5, 6
_BEGIN_SHEET, _END_SHEET, _BEGIN_BOOK, _END_BOOK = 129, 130, 131, 132
_BEGIN_SHEETS, _END_SHEETS, _BEGIN_DATA, _END_DATA, _AREA = 143, 144, 145, 146, 148
_SHEET_NAME = 156


def binary_workbook(sheets: Mapping[str, Rows], hidden: Iterable[str] = ()) -> bytes:
    """An xlsb package with these sheets."""
    parts = {"xl/workbook.bin": _book(list(sheets), set(hidden)), "_rels/.rels": _start()}
    parts["xl/_rels/workbook.bin.rels"] = _links(
        (f"rId{n}", "worksheet", f"worksheets/sheet{n}.bin") for n in range(1, len(sheets) + 1)
    )
    for number, rows in enumerate(sheets.values(), 1):
        parts[f"xl/worksheets/sheet{number}.bin"] = sheet_part(
            ((at, enumerate(row)) for at, row in enumerate(rows))
        )
    parts["[Content_Types].xml"] = _types(len(sheets))
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return stream.getvalue()


def sheet_part(rows: Iterable[tuple[int, Iterable[tuple[int, Value]]]]) -> bytes:
    """A worksheet: rows and cells at the numbers given, from 0."""
    area = struct.pack("<IIII", 0, 0, 0, 0)
    out = [record(_BEGIN_SHEET), record(_AREA, area), record(_BEGIN_DATA)]
    for at, cells in rows:
        out.append(record(_ROW, struct.pack("<IIHBBBI", at, 0, 300, 0, 0, 0, 0)))
        out += [cell(column, value) for column, value in cells if value is not None]
    return b"".join([*out, record(_END_DATA), record(_END_SHEET)])


def cell(column: int, value: Value) -> bytes:
    """One cell; a text that begins with # and ends with ! is an error."""
    head = struct.pack("<II", column, 0)
    if isinstance(value, bool):
        return record(_BOOL, head + bytes([value]))
    if isinstance(value, int | float):
        return record(_REAL, head + struct.pack("<d", value))
    if value == "#REF!":
        return record(_ERROR, head + b"\x17")
    return record(_TEXT, head + _wide(value or ""))


def record(kind: int, data: bytes = b"") -> bytes:
    """A record: its number and its length in groups of seven bits, then its data."""
    return _sevens(kind) + _sevens(len(data)) + data


def _sevens(number: int) -> bytes:
    out = bytearray()
    while number > 127:
        out.append(number & 127 | 128)
        number >>= 7
    return bytes([*out, number])


def _wide(text: str) -> bytes:
    data = text.encode("utf-16-le")
    return struct.pack("<I", len(data) // 2) + data


def _book(names: Sequence[str], hidden: set[str]) -> bytes:
    out = [record(_BEGIN_BOOK), record(_BEGIN_SHEETS)]
    for number, name in enumerate(names, 1):
        head = struct.pack("<II", 1 if name in hidden else 0, number)
        out.append(record(_SHEET_NAME, head + _wide(f"rId{number}") + _wide(name)))
    return b"".join([*out, record(_END_SHEETS), record(_END_BOOK)])


def _links(links: Iterable[tuple[str, str, str]]) -> bytes:
    inner = "".join(
        f'<Relationship Id="{id}" Type="{_OFFICE}/{kind}" Target="{escape(target)}"/>'
        for id, kind, target in links
    )
    return f'<Relationships xmlns="{_RELATIONS}">{inner}</Relationships>'.encode()


def _start() -> bytes:
    return _links([("rId1", "officeDocument", "xl/workbook.bin")])


def _types(sheets: int) -> bytes:
    own = "".join(
        f'<Override PartName="/xl/worksheets/sheet{n}.bin" ContentType="{_SHEET}"/>'
        for n in range(1, sheets + 1)
    )
    rels = "application/vnd.openxmlformats-package.relationships+xml"
    return (
        f'<Types xmlns="{_CONTENT_TYPES}"><Default Extension="rels" ContentType="{rels}"/>'
        f'<Override PartName="/xl/workbook.bin" ContentType="{_MAIN}"/>{own}</Types>'
    ).encode()
