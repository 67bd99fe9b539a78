"""Hostile and damaged files of the other formats: ods, xls, xlsb.

In: a sound survey as rows of values. Out: Cases.
"""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from xml.sax.saxutils import escape

from hostile_case import OWN, SHEET, Case, rejected, sound
from hostile_workbooks import LAUGHS, XXE
from python_calamine import CalamineWorkbook
from returned_files import EXAMPLE, packed, sent_file

from benchmarks.binary_workbook import binary_workbook, record, sheet_part

Rows = list[list[str | float]]
OLD = EXAMPLE.parent / "returned" / "12_rolle-og-ansvarsmatrise-huki_nb_bryggen-omsorgsboliger.xls"


def formats() -> Iterator[Case]:
    """Every case of this kind."""
    yield from _open_documents()
    yield from _binary()
    yield from _old()


@cache
def values() -> Mapping[str, Rows]:
    """The sheets of the survey as plain values."""
    data = sent_file("evaluation", "xlsx")
    with CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
        read = {
            n: book.get_sheet_by_name(n).to_python(skip_empty_area=False) for n in book.sheet_names
        }
    return {n: [[v if isinstance(v, str | float) else "" for v in row] for row in rows]
            for n, rows in read.items()}  # fmt: skip


def filled(name: str, **cells: str | float) -> Mapping[str, Rows]:
    """The sheets with what the file says of itself and some cells written."""
    sheets = {title: [list(row) for row in rows] for title, rows in values().items()}
    for at, value in {"E16": OWN + name, **cells}.items():
        sheets[SHEET][int(at[1:]) - 1]["ABCDE".index(at[0])] = value
    return sheets


# --- OpenDocument -----------------------------------------------------------------------------

NAMESPACES = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0" '
    'xmlns:xlink="http://www.w3.org/1999/xlink"'
)
MIMETYPE = b"application/vnd.oasis.opendocument.spreadsheet"
HEAD = '<?xml version="1.0" encoding="UTF-8"?>'
MANIFEST = b'<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
ODS_SHEET = f'<table:table table:name="{SHEET}">'


def content(name: str, **cells: str | float) -> str:
    """``content.xml`` of the survey."""
    tables = "".join(_table(title, rows) for title, rows in filled(name, **cells).items())
    body = f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body>"
    return f"{HEAD}<office:document-content {NAMESPACES}>{body}</office:document-content>"


def _table(title: str, rows: Sequence[Sequence[str | float]]) -> str:
    inner = "".join(
        f"<table:table-row>{''.join(map(_cell, row))}</table:table-row>" for row in rows
    )
    return f'<table:table table:name="{title}">{inner}</table:table>'


def _cell(value: str | float) -> str:
    if value == "":
        return "<table:table-cell/>"
    if isinstance(value, str):
        text = f"<text:p>{escape(value)}</text:p>"
        return f'<table:table-cell office:value-type="string">{text}</table:table-cell>'
    return f'<table:table-cell office:value-type="float" office:value="{value}"/>'


def open_document(text: str, **more: bytes) -> bytes:
    """An ods package around a content."""
    parts = {"mimetype": MIMETYPE, "META-INF/manifest.xml": MANIFEST, "content.xml": text.encode()}
    return packed({**parts, **more})


def _ods(name: str, old: str, new: str) -> bytes:
    text = content(name)
    assert old in text, old
    return open_document(text.replace(old, new, 1))


def _row(inner: str, more: str = "") -> str:
    return f"<table:table-row{more}>{inner}</table:table-row>"


ONE = '<table:table-cell office:value-type="float" office:value="1"{}/>'
LAST = "</table:table>"


def _open_documents() -> Iterator[Case]:
    name = "god.ods"
    yield sound(name, open_document(content(name, E5="Fra LibreOffice")), E5="Fra LibreOffice")
    end = f'{LAST}<table:table table:name="Lister">'
    for name, xml, reason in (
        ("langt-nede.ods", _row("<table:table-cell/>", ' table:number-rows-repeated="1048000"')
         + _row(ONE.format("")), "sheet-too-large"),
        ("langt-til-høyre.ods", _row('<table:table-cell table:number-columns-repeated="16000"/>'
                                     + ONE.format("")), "sheet-too-large"),
        ("gjentatt-verdi.ods", _row(ONE.format(' table:number-columns-repeated="400"'),
                                    ' table:number-rows-repeated="15000"'), "sheet-too-large"),
        ("gjentatt-svært.ods", _row(ONE.format(' table:number-columns-repeated="99999999999"')),
         "sheet-too-large"),
        ("gjentatt-tull.ods", _row(ONE.format(' table:number-columns-repeated="mange"')),
         "file-damaged"),
        ("gjentatt-minus.ods", _row(ONE.format(' table:number-columns-repeated="-5"')),
         "file-damaged"),
        ("flettinger-6000.ods", "".join(
            _row("".join(f'<table:table-cell table:number-columns-spanned="{n * m % 89 + 2}"/>'
                         for n in range(300))) for m in range(1, 21)), "sheet-too-many-merges"),
    ):  # fmt: skip
        yield rejected(name, _ods(name, end, xml + end), reason)
    name = "tomt-langt-nede.ods"
    empty = _row('<table:table-cell table:number-columns-repeated="16384"/>',
                 ' table:number-rows-repeated="1048000"')  # fmt: skip
    yield sound(name, _ods(name, end, empty + end))
    for kind, declared in (("xxe", XXE), ("latter", LAUGHS)):
        name = f"dtd-{kind}.ods"
        yield rejected(
            name, open_document(content(name).replace(HEAD, HEAD + declared)), "file-doctype"
        )
    name = "dypt.ods"
    deep = "<text:span>" * 300 + "</text:span>" * 300
    row = _row(f"<table:table-cell>{deep}</table:table-cell>")
    yield rejected(name, _ods(name, end, row + end), "file-too-deep")
    name = "uten-innhold.ods"
    yield rejected(name, packed({"mimetype": MIMETYPE, "meta.xml": b"<x/>"}), "file-damaged")
    name = "feilverdi.ods"
    error = (
        '<table:table-cell calcext:value-type="error" office:value-type="string" table:formula="x">'
    )
    xml = content(name, D5=4.0).replace(
        _cell(4.0), f"{error}<text:p>#N/A</text:p></table:table-cell>"
    )
    yield sound(name, open_document(xml), "cell-error")
    name = "har-dde.ods"
    link = '<table:dde-link><office:dde-source office:dde-topic="x"/></table:dde-link>'
    last = "</office:spreadsheet>"
    dde = f"<table:dde-links>{link}</table:dde-links>{last}"
    yield sound(name, _ods(name, last, dde), "has-dde")
    name = "har-kilde.ods"
    source = f'{ODS_SHEET}<table:table-source xlink:href="file:///etc/passwd"/>'
    yield sound(name, _ods(name, ODS_SHEET, source), "has-external-links")
    name = "har-makroer.ods"
    yield sound(
        name, open_document(content(name), **{"Basic/Standard/a.xml": b"<x/>"}), "has-macros"
    )
    name = "har-objekt.ods"
    yield sound(
        name, open_document(content(name), **{"Object 1/content.xml": b"<x/>"}), "has-objects"
    )
    name = "innsprøyting.ods"
    yield sound(name, open_document(content(name, E5="=1+1")), E5="=1+1")
    name = "kryptert.ods"
    manifest = (
        b"<m:manifest xmlns:m='urn:oasis:names:tc:opendocument:xmlns:manifest:1.0'><m:file-entry>"
    )
    manifest += b"<m:encryption-data/></m:file-entry></m:manifest>"
    locked = {"META-INF/manifest.xml": manifest, "content.xml": bytes(range(256)) * 20}
    yield rejected(name, packed({"mimetype": MIMETYPE, **locked}), "file-password")
    whole = open_document(content("x"))
    for number in range(1, 9):
        yield rejected(f"kuttet-{number}.ods", whole[: len(whole) * number // 9], "file-damaged")


# --- binary workbooks -------------------------------------------------------------------------


def _binary() -> Iterator[Case]:
    name = "god.xlsb"
    yield sound(name, binary_workbook(filled(name, E5="Binær"), {"_meta"}), E5="Binær")
    for at, row, column in (
        ("XFD1048576", 1_048_575, 16_383),
        ("A20001", 20_000, 0),
        ("SG1", 0, 500),
    ):
        name = f"celle-{at}.xlsb"
        yield rejected(name, _with_part(sheet_part([(row, [(column, 1.0)])])), "sheet-too-large")
    whole = sheet_part([(0, [(0, "hei")])])
    for kind, part in {
        "avkuttet-post": whole[:-9],
        "post-uten-ende": whole[:25] + b"\xff" * 200,
        "lengde-svær": whole[:25] + record(6)[:1] + b"\xff\xff\xff\x7f" + whole[25:],
        "tekst-svær": whole[:25] + record(6, struct.pack("<III", 0, 0, 0x7FFFFFFF)) + whole[25:],
        "rader-bakover": sheet_part([(5, [(0, "hei")]), (2, [(0, "hallo")])]),
        "tom": b"",
        "nuller": b"\0" * 500,
    }.items():
        yield rejected(f"{kind}.xlsb", _with_part(part), "file-damaged")
    data = binary_workbook(filled("x"))
    for number in range(1, 5):
        yield rejected(f"kuttet-{number}.xlsb", data[: len(data) * number // 5], "file-damaged")


def _with_part(part: bytes) -> bytes:
    """A binary survey whose second sheet is another part."""
    from returned_files import unpacked

    return packed(unpacked(binary_workbook(filled("x"))) | {"xl/worksheets/sheet2.bin": part})


# --- old workbooks ----------------------------------------------------------------------------


def _old() -> Iterator[Case]:
    data = OLD.read_bytes()
    spot = ("info", "", "f.organisation")
    yield Case("god.xls", data, values={spot: "Fjordvik kommune"})
    yield Case("god-med-hale.xls", data + b"\0" * 512, values={spot: "Fjordvik kommune"})
    for number in range(1, 9):
        yield rejected(f"kuttet-{number}.xls", data[: len(data) * number // 9], "file-damaged")
    yield rejected("kuttet-hode.xls", data[:100], "file-damaged")
    fat = bytearray(data)
    fat[44:48] = struct.pack("<I", 0x7FFFFFFF)
    yield Case("fat-svær.xls", bytes(fat), values={spot: "Fjordvik kommune"})
    for field, code in ((30, "file-damaged"), (48, "file-damaged"), (60, "file-damaged")):
        wrong = bytearray(data)
        wrong[field : field + 4] = struct.pack("<I", 77_777)
        yield rejected(f"hode-{field}.xls", bytes(wrong), code)
    ring = bytearray(data)
    ring[512 : 512 + 128 * 4] = struct.pack("<I", 0) * 128
    yield rejected("fat-ring.xls", bytes(ring), "file-damaged")
    for row, column in ((65_535, 65_535), (65_535, 0), (0, 500), (20_000, 0)):
        moved = _cell_moved(data, row, column)
        yield rejected(f"celle-{row}-{column}.xls", moved, "sheet-too-large")
    for rows, columns in ((65_536, 256), (0xFFFFFFFF, 0xFFFF)):
        yield rejected(f"mål-{rows}-{columns}.xls", _span(data, rows, columns), "sheet-too-spread")
    narrow = _span(data, 0xC8C8C8C8, 51_400, 0xC8000000, 51_400)
    yield rejected("mål-uten-bredde.xls", narrow, "sheet-too-spread")
    yield rejected("mål-baklengs.xls", _span(data, 5, 5, 16_777_216), "file-damaged")
    yield Case("mål-for-lite.xls", _span(data, 1, 1), values={spot: "Fjordvik kommune"})
    stream = _stream(data)
    locked = data[:stream] + data[stream:].replace(b"\xe1\x00\x02\x00", b"\x2f\x00\x02\x00", 1)
    yield rejected("låst.xls", locked, "file-password")


def _cell_moved(data: bytes, row: int, column: int) -> bytes:
    """The first text of a cell stands somewhere else: kind, length, row, column."""
    at = data.index(b"\xfd\x00\x0a\x00", _stream(data))
    return data[: at + 4] + struct.pack("<HH", row, column) + data[at + 8 :]


def _span(data: bytes, rows: int, columns: int, top: int = 0, left: int = 0) -> bytes:
    """The sheet says that it spans more than it does."""
    at = data.index(b"\x00\x02\x0e\x00", _stream(data))
    return data[: at + 4] + struct.pack("<IIHH", top, rows, left, columns) + data[at + 16 :]


def _stream(data: bytes) -> int:
    """Where the stream of the workbook begins: its first record."""
    return data.index(b"\x09\x08\x10\x00\x00\x06\x05\x00")
