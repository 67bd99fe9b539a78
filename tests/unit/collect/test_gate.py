"""The gate: what is let through, and the one reason of what is not."""

from __future__ import annotations

import io
import struct
import zipfile
from pathlib import Path

import pytest
from returned_files import (
    EXAMPLE,
    compound,
    packed,
    reason,
    replaced,
    ros,
    sent_file,
    sheet_part,
    unpacked,
)

from benchmarks.binary_workbook import binary_workbook
from toolkit.collect.limits import Limits
from toolkit.collect.opening.compound import SIGNATURE
from toolkit.collect.opening.gate import GateError, Kind, gate
from toolkit.collect.reading.looks import is_percent
from toolkit.collect.reading.scan import area_of, at_of, cell_name, column_of, scan_sheet
from toolkit.finding import Place

PLACE = Place("x.xlsx")
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def code(data: bytes, limits: Limits | None = None) -> str:
    with pytest.raises(GateError) as caught:
        gate(data, PLACE, limits)
    return caught.value.findings[0].code


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"", "returned-empty"),
        (b"hello", "not-office"),
        (b"\x00\x01\x02\x03" * 99, "not-office"),
        (b"%PDF-1.7", "other-format"),
        (b"{\\rtf1 hello}", "other-format"),
        (b"\xef\xbb\xbf<html><table>", "other-format"),
        (b"<!-- x --><style></style><table><tr><td>1", "other-format"),
        (b"MIME-Version: 1.0\r\n", "other-format"),
        (b"PK\x03\x04 cut off", "file-damaged"),
        (compound("EncryptedPackage"), "file-password"),
        (compound("EncryptedPackage", "DRMEncryptedDataSpace"), "file-labelled"),
        (compound("WordDocument"), "old-document"),
        (compound("Presentation"), "not-office"),
        (SIGNATURE + b"\0" * 513 + "Workbook".encode("utf-16-le"), "file-damaged"),
    ],
)
def test_what_is_no_readable_file(data: bytes, expected: str) -> None:
    assert code(data) == expected
    assert reason(data) == expected


def test_kinds() -> None:
    assert gate(ros(), PLACE).kind is Kind.WORKBOOK
    assert gate(sent_file("evaluation", "docx"), PLACE).kind is Kind.FORM
    assert gate(compound("Workbook"), PLACE).kind is Kind.OLD_WORKBOOK
    ods = packed({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet"})
    assert gate(ods, PLACE).kind is Kind.OPEN_DOCUMENT
    binary = binary_workbook({"a": [["x"]]})
    assert gate(binary, PLACE).kind is Kind.BINARY_WORKBOOK
    assert code(sent_file("presentation", "pptx")) == "not-a-form"
    assert code(packed({"a.txt": b"x"})) == "not-a-form"


def test_macros_in_an_old_workbook_are_told() -> None:
    flags = gate(compound("Workbook", "_VBA_PROJECT_CUR"), Place("x.xls")).flags
    assert [flag.code for flag in flags] == ["has-macros"]


@pytest.mark.parametrize(
    ("part", "expected"),
    [
        ("xl/vbaProject.bin", "has-macros"),
        ("xl/externalLinks/externalLink1.xml", "has-external-links"),
        ("xl/connections.xml", "has-connections"),
        ("xl/embeddings/oleObject1.bin", "has-objects"),
        ("xl/activeX/activeX1.xml", "has-objects"),
    ],
)
def test_what_is_left_alone_is_told(part: str, expected: str) -> None:
    data = packed(unpacked(ros()) | {part: b"<x/>"})
    assert [flag.code for flag in gate(data, PLACE).flags] == [expected]


def test_every_truncation_is_told() -> None:
    data = ros()
    for length in (10, 100, len(data) // 2, len(data) - 1, len(data) - 30):
        assert code(data[:length]) == "file-damaged"


def test_a_locked_zip_is_told() -> None:
    data = bytearray(packed({"xl/workbook.xml": b"x" * 50}))
    struct.pack_into("<H", data, 6, 1)
    central = bytes(data).index(b"PK\x01\x02")
    struct.pack_into("<H", data, central + 8, 1)
    assert code(bytes(data)) == "file-password"


def test_limits() -> None:
    data = ros()
    assert code(data, Limits(container_bytes=1000)) == "returned-too-large"
    assert code(data, Limits(entries=3)) == "file-too-many-parts"
    assert code(data, Limits(entry_bytes=5000)) == "file-bomb"
    assert code(data, Limits(total_bytes=5000)) == "file-bomb"


def test_a_bomb_is_counted_not_believed() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"\0" * 30_000_000)
    data = bytearray(stream.getvalue())
    central = bytes(data).index(b"PK\x01\x02")
    struct.pack_into("<I", data, central + 24, 100)  # the size it says it has
    assert code(bytes(data)) in ("file-bomb", "file-damaged")
    assert code(stream.getvalue()) == "file-bomb"


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("name", ["../x.xml", "/etc/passwd", "c:\\x.xml", "XL/workbook.xml"])
def test_unsafe_names(name: str) -> None:
    stream = io.BytesIO(ros())
    with zipfile.ZipFile(stream, "a") as archive:
        archive.writestr(name, "x")
    assert code(stream.getvalue()) == "file-unsafe"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le"])
def test_document_types_are_refused(encoding: str) -> None:
    text = '<!DOCTYPE x [<!ENTITY a "b">]><x/>'.encode(encoding)
    assert code(packed(unpacked(ros()) | {"xl/comments1.xml": text})) == "file-doctype"


# --- the pre-scan -----------------------------------------------------------------------------


def sheet(inner: str) -> bytes:
    return f'<worksheet xmlns="{MAIN}"><sheetData>{inner}</sheetData></worksheet>'.encode()


def scanned(data: bytes, limits: Limits | None = None) -> str:
    with pytest.raises(GateError) as caught:
        scan_sheet(data, PLACE, limits or Limits())
    return caught.value.findings[0].code


def test_a_stray_cell_is_found_before_anything_reads_it() -> None:
    for at in ("XFD1", "A1048576", "XFD1048576", "AZZ9"):
        row = at.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
        inner = f'<row r="{row}"><c r="{at}"><v>1</v></c></row>'
        assert scanned(sheet(inner)) == "sheet-too-large"


def test_an_empty_cell_far_away_does_no_harm() -> None:
    inner = '<row r="1048576"><c r="XFD1048576" s="3"/></row>'
    assert scan_sheet(sheet(inner), PLACE, Limits()).formulas == set()


def test_counts_of_cells_merges_and_depth() -> None:
    cells = "".join(f'<c r="A{n}"><v>1</v></c>' for n in range(1, 9))
    assert scanned(sheet(f'<row r="1">{cells}</row>'), Limits(cells=5)) == "sheet-too-large"
    merges = "".join('<mergeCell ref="A1:B2"/>' for _ in range(9))
    assert scanned(sheet(merges), Limits(merges=5)) == "sheet-too-many-merges"
    assert scanned(sheet("<a>" * 300 + "</a>" * 300)) == "file-too-deep"
    assert scanned(b"<!DOCTYPE x><x/>") == "file-doctype"
    assert scanned(b"<worksheet>") == "file-damaged"
    assert scanned(sheet('<row r="x"/>')) == "file-damaged"


def test_another_prefix_reads_the_same() -> None:
    inner = '<x:sheetData><x:row r="2" hidden="1"><x:c r="B2" t="e"><x:v>#N/A</x:v></x:c></x:row>'
    data = f'<x:worksheet xmlns:x="{MAIN}">{inner}</x:sheetData></x:worksheet>'.encode()
    marks = scan_sheet(data, PLACE, Limits())
    assert (marks.hidden, marks.errors) == ({1}, {(1, 1)})


def test_cells_without_references_are_counted_on() -> None:
    inner = '<row><c><v>1</v></c><c><f>A1</f></c></row><row><c t="e"><v>#REF!</v></c></row>'
    marks = scan_sheet(sheet(inner), PLACE, Limits())
    assert (marks.uncomputed, marks.errors) == ({(0, 1)}, {(1, 0)})


def test_references() -> None:
    assert column_of("XFD") == 16383
    assert at_of("$C$7") == (6, 2)
    assert at_of("7C") is None
    assert area_of("B5:F9") == (4, 1, 8, 5)
    assert area_of("#REF!") is None
    assert [cell_name((6, c)) for c in (0, 25, 26, 16383)] == ["A7", "Z7", "AA7", "XFD7"]


def test_percent_formats() -> None:
    assert is_percent("0.0%")
    assert not is_percent('0.0" %"')
    assert not is_percent("0\\%")


def test_a_damaged_part_rejects_the_file() -> None:
    data = ros()
    part = sheet_part(data, "Risikoer")
    assert reason(replaced(data, part, "</sheetData>", "")) == "file-damaged"
    assert reason(packed(unpacked(data) | {"xl/workbook.xml": b"<a>"})) == "file-damaged"


def test_other_files_of_a_project_are_no_forms() -> None:
    assert reason(EXAMPLE.read_bytes()) == "text-foreign"
    assert reason(Path(__file__).read_bytes()) == "text-foreign"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp1252", "utf-16"])
def test_lines_of_values_are_a_table_as_text(encoding: str) -> None:
    assert gate("Navn;Antall\r\nÅsen;12\r\n".encode(encoding), Place("x.csv")).kind is Kind.TEXT
