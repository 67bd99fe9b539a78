"""Binary workbooks (xlsb): no open program writes them, so the tests write their own.

In: sheets as rows of plain values, and what stands beside them. Out: the bytes of an xlsb package:
sheets, rows, texts (in the cells or shared), numbers, truth values, errors, formulas with their
values, percent cells, struck-out ones, hidden rows, merged areas, notes, names, properties.
Source: [MS-XLSB].
"""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from xml.sax.saxutils import escape

Value = str | float | bool | None
Rows = Sequence[Sequence[Value]]
At = tuple[int, int]
Area = tuple[int, int, int, int]  # first row, first column, last row, last column

_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_CONTENT_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_MS = "application/vnd.ms-excel"
_KINDS = {
    "workbook": f"{_MS}.sheet.binary.macroEnabled.main",
    "sheet": f"{_MS}.worksheet",
    "comments": f"{_MS}.comments",
    "sharedStrings": f"{_MS}.sharedStrings",
    "styles": f"{_MS}.styles",
    "custom": "application/vnd.openxmlformats-officedocument.custom-properties+xml",
}
_PROPERTY = 'fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"'
_ROW, _ERROR, _BOOL, _REAL, _TEXT, _SHARED, _COMPUTED = 0, 3, 4, 5, 6, 7, 9
_BEGIN_SHEET, _END_SHEET, _BEGIN_BOOK, _END_BOOK = 129, 130, 131, 132
_BEGIN_SHEETS, _END_SHEETS, _BEGIN_DATA, _END_DATA, _AREA = 143, 144, 145, 146, 148
_SHEET_NAME, _MERGE, _NAME = 156, 176, 39
_HIDDEN = 0x10
_PERCENT_STYLE, _PERCENT_FORMAT = 1, 9
_STRUCK_STYLE, _STRUCK_FONT, _STRUCK = 2, 1, 0x08
_RICH = b"\x01"


@dataclass(frozen=True)
class Beside:
    """What stands beside the values of a workbook, by the name of its sheet.

    ``names`` are texts, or the one cell of a sheet. ``shared`` where texts stand once, in a part of
    their own, as Excel writes them; of such a text the first ``crossed`` letters are struck out.
    """

    names: Mapping[str, str | tuple[str, At]] = field(default_factory=dict)
    properties: Mapping[str, str] = field(default_factory=dict)
    comments: Mapping[str, Mapping[At, str]] = field(default_factory=dict)
    percents: Mapping[str, Iterable[At]] = field(default_factory=dict)
    struck: Mapping[str, Iterable[At]] = field(default_factory=dict)
    crossed: Mapping[str, int] = field(default_factory=dict)
    computed: Mapping[str, Iterable[At]] = field(default_factory=dict)
    rows_hidden: Mapping[str, Iterable[int]] = field(default_factory=dict)
    merged: Mapping[str, Iterable[Area]] = field(default_factory=dict)
    shared: bool = False


def binary_workbook(
    sheets: Mapping[str, Rows], hidden: Iterable[str] = (), beside: Beside = Beside()
) -> bytes:
    """An xlsb package with these sheets."""
    titles = list(sheets)
    parts = {"_rels/.rels": _start(custom=bool(beside.properties))}
    parts["xl/workbook.bin"] = _book(titles, set(hidden), beside.names)
    links = [(f"rId{n}", "worksheet", f"worksheets/sheet{n}.bin") for n, _ in enumerate(titles, 1)]
    links += [("rId901", "sharedStrings", "sharedStrings.bin"), ("rId902", "styles", "styles.bin")]
    parts["xl/_rels/workbook.bin.rels"] = _links(links)
    texts: dict[str, int] = {}
    for number, (title, rows) in enumerate(sheets.items(), 1):
        part = f"xl/worksheets/sheet{number}.bin"
        parts[part] = _Sheet(title, beside, texts).part(rows)
        if title in beside.comments:
            link = ("rId1", "comments", f"../comments{number}.bin")
            parts[f"xl/worksheets/_rels/sheet{number}.bin.rels"] = _links([link])
            parts[f"xl/comments{number}.bin"] = _comments(beside.comments[title])
    parts |= {"xl/sharedStrings.bin": _texts(texts, beside.crossed), "xl/styles.bin": _styles()}
    if beside.properties:
        parts["docProps/custom.xml"] = _properties(beside.properties)
    parts["[Content_Types].xml"] = _types(parts)
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return stream.getvalue()


# --- sheets -----------------------------------------------------------------------------------


def sheet_part(rows: Iterable[tuple[int, Iterable[tuple[int, Value]]]]) -> bytes:
    """A worksheet: rows and cells at the numbers given, from 0."""
    lines = ((_row(at), (cell(c, v) for c, v in cells if v is not None)) for at, cells in rows)
    return _sheet(b"".join((head, *cells)) for head, cells in lines)


def _sheet(lines: Iterable[bytes], after: bytes = b"") -> bytes:
    head = record(_BEGIN_SHEET) + record(_AREA, bytes(16)) + record(_BEGIN_DATA)
    return head + b"".join(lines) + record(_END_DATA) + after + record(_END_SHEET)


def _row(at: int, *, hidden: bool = False) -> bytes:
    flags = _HIDDEN if hidden else 0
    return record(_ROW, struct.pack("<IIHBBBI", at, 0, 300, 0, flags, 0, 0))


def cell(column: int, value: Value, style: int = 0) -> bytes:
    """One cell; a text that begins with # and ends with ! is an error."""
    head = struct.pack("<II", column, style)
    if isinstance(value, bool):
        return record(_BOOL, head + bytes([value]))
    if isinstance(value, int | float):
        return record(_REAL, head + struct.pack("<d", value))
    if value == "#REF!":
        return record(_ERROR, head + b"\x17")
    return record(_TEXT, head + _wide(value or ""))


class _Sheet:
    """One worksheet on its way to a part; ``texts`` are the shared ones of all sheets."""

    def __init__(self, title: str, beside: Beside, texts: dict[str, int]) -> None:
        self.percents = set(beside.percents.get(title, ()))
        self.struck = set(beside.struck.get(title, ()))
        self.computed = set(beside.computed.get(title, ()))
        self.hidden = set(beside.rows_hidden.get(title, ()))
        self.merged = [struct.pack("<IIII", *_spread(a)) for a in beside.merged.get(title, ())]
        self.texts = texts if beside.shared else None

    def part(self, rows: Rows) -> bytes:
        """The bytes of its part."""
        lines = (self._line(at, row) for at, row in enumerate(rows))
        return _sheet(lines, b"".join(record(_MERGE, area) for area in self.merged))

    def _line(self, at: int, row: Sequence[Value]) -> bytes:
        cells = (self._cell((at, c), value) for c, value in enumerate(row) if value is not None)
        return _row(at, hidden=at in self.hidden) + b"".join(cells)

    def _cell(self, at: At, value: Value) -> bytes:
        style = _PERCENT_STYLE * (at in self.percents) or _STRUCK_STYLE * (at in self.struck)
        head = struct.pack("<II", at[1], style)
        if isinstance(value, str) and value and self.texts is not None and value != "#REF!":
            number = self.texts.setdefault(value, len(self.texts))
            return record(_SHARED, head + struct.pack("<I", number))
        if at in self.computed and isinstance(value, float):  # = 1, with the value it showed last
            formula = struct.pack("<HI", 0, 3) + b"\x1e\x01\x00" + struct.pack("<I", 0)
            return record(_COMPUTED, head + struct.pack("<d", value) + formula)
        return cell(at[1], value, style)


def _spread(area: Area) -> tuple[int, int, int, int]:
    top, left, bottom, right = area
    return top, bottom, left, right


# --- records ----------------------------------------------------------------------------------


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


# --- the other parts --------------------------------------------------------------------------


def _book(
    titles: Sequence[str], hidden: set[str], names: Mapping[str, str | tuple[str, At]]
) -> bytes:
    out = [record(_BEGIN_BOOK), record(_BEGIN_SHEETS)]
    for number, name in enumerate(titles, 1):
        head = struct.pack("<II", 1 if name in hidden else 0, number)
        out.append(record(_SHEET_NAME, head + _wide(f"rId{number}") + _wide(name)))
    sheets = b"".join(struct.pack("<III", 0, n, n) for n, _ in enumerate(titles))
    own = [record(353), record(357), record(362, struct.pack("<I", len(titles)) + sheets)]
    out += [record(_END_SHEETS), *own, record(354)]
    out += [record(_NAME, _named(name, told, titles)) for name, told in names.items()]
    return b"".join([*out, record(_END_BOOK)])


def _named(name: str, told: str | tuple[str, At], titles: Sequence[str]) -> bytes:
    """A name for a text or a cell: flags, key, sheet (none), name, formula, no comment."""
    if isinstance(told, str):
        wide = told.encode("utf-16-le")
        formula = b"\x17" + struct.pack("<H", len(wide) // 2) + wide
    else:
        title, (row, column) = told
        formula = b"\x3a" + struct.pack("<HIH", titles.index(title), row, column)
    head = struct.pack("<IBI", 0, 0, 0xFFFFFFFF) + _wide(name)
    ends = struct.pack("<II", 0, 0xFFFFFFFF)
    return head + struct.pack("<I", len(formula)) + formula + ends


def _comments(comments: Mapping[At, str]) -> bytes:
    out = [record(628), record(630), record(632, _wide("Kari")), record(631), record(633)]
    for (row, column), text in comments.items():
        area = struct.pack("<IIIII", 0, row, row, column, column) + bytes(16)
        out += [record(635, area), record(637, b"\0" + _wide(text)), record(636)]
    return b"".join([*out, record(634), record(629)])


def _texts(texts: Iterable[str], crossed: Mapping[str, int]) -> bytes:
    items = [record(19, _text(text, crossed.get(text, 0))) for text in texts]
    head = record(159, struct.pack("<II", len(items), len(items)))
    return head + b"".join(items) + record(160)


def _text(text: str, crossed: int) -> bytes:
    """A shared text, as many of its first letters struck out."""
    if not crossed:
        return b"\0" + _wide(text)
    runs = struct.pack("<IHHHH", 2, 0, _STRUCK_FONT, crossed, 0)
    return _RICH + _wide(text) + runs


def _styles() -> bytes:
    """Three cell styles: plain, percent, struck out; fonts, a fill and a border as Excel asks."""
    fonts = [
        record(43, struct.pack("<HHHHBBBB", 220, n, 400, 0, 0, 2, 0, 0) + bytes(9) + _wide("A"))
        for n in (0, _STRUCK)
    ]
    fill, border = record(45, bytes(68)), record(46, bytes(51))
    look = [
        struct.pack("<HHHHHBBHH", 0, format, font, 0, 0, 0, 0, 0, 0)
        for format, font in ((0, 0), (_PERCENT_FORMAT, 0), (0, _STRUCK_FONT))
    ]
    base = struct.pack("<HHHHHBBHH", 0xFFFF, 0, 0, 0, 0, 0, 0, 0, 0)
    groups = [(611, fonts), (603, [fill]), (613, [border])]
    groups += [(626, [record(47, base)]), (617, [record(47, own) for own in look])]
    inner = (record(n, struct.pack("<I", len(g))) + b"".join(g) + record(n + 1) for n, g in groups)
    return record(278) + b"".join(inner) + record(279)


def _properties(properties: Mapping[str, str]) -> bytes:
    own = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
    types = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
    inner = "".join(
        f'<property {_PROPERTY} pid="{n}" name="{escape(name)}"><v:lpwstr>{escape(value)}'
        "</v:lpwstr></property>"
        for n, (name, value) in enumerate(properties.items(), 2)
    )
    return f'<Properties xmlns="{own}" xmlns:v="{types}">{inner}</Properties>'.encode()


def _links(links: Iterable[tuple[str, str, str]]) -> bytes:
    inner = "".join(
        f'<Relationship Id="{id}" Type="{_OFFICE}/{kind}" Target="{escape(target)}"/>'
        for id, kind, target in links
    )
    return f'<Relationships xmlns="{_RELATIONS}">{inner}</Relationships>'.encode()


def _start(*, custom: bool) -> bytes:
    links = [("rId1", "officeDocument", "xl/workbook.bin")]
    return _links(links + [("rId2", "custom-properties", "docProps/custom.xml")] * custom)


def _types(parts: Iterable[str]) -> bytes:
    rels = "application/vnd.openxmlformats-package.relationships+xml"
    kinds = ((name, kind) for name in parts for kind in _KINDS if f"/{kind}" in name)
    own = "".join(
        f'<Override PartName="/{name}" ContentType="{_KINDS[kind]}"/>'
        for name, kind in kinds
        if not name.endswith(".rels")
    )
    head = f'<Types xmlns="{_CONTENT_TYPES}"><Default Extension="rels" ContentType="{rels}"/>'
    return f"{head}{own}</Types>".encode()
