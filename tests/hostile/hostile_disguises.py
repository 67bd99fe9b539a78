"""Files that are something else than their names say, and tables saved as text.

In: sound files of the kit, the first bytes of other programs' files. Out: Cases.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from hostile_case import COMMENT, OWN, OWN_ROW, SHEET, TABLE, Case, form, rejected, sound, survey
from hostile_formats import OLD, filled
from returned_files import compound, sent_file

HTML = b"<html><head></head><body><table><tr><td>Svar</td></tr></table></body></html>"
EXPORTED = b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook/>'


def disguised() -> Iterator[Case]:
    """Every case of this kind."""
    for name, data in {
        "egentlig-pdf.xlsx": b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n",
        "egentlig-pdf.docx": b"%PDF-1.4\n",
        "egentlig-rtf.docx": b"{\\rtf1\\ansi Hei}",
        "egentlig-html.xls": HTML,
        "egentlig-html.xlsx": b"\xef\xbb\xbf\r\n  " + HTML.upper(),
        "egentlig-xhtml.xls": b'<?xml version="1.0"?><html xmlns="x">' + HTML,
        "egentlig-mht.xls": b"MIME-Version: 1.0\r\nContent-Type: multipart/related\r\n\r\n",
        "egentlig-jpg.xlsx": b"\xff\xd8\xff\xe0\x00\x10JFIF" + bytes(200),
        "egentlig-png.docx": b"\x89PNG\r\n\x1a\n" + bytes(200),
        "egentlig-7z.xlsx": b"7z\xbc\xaf\x27\x1c" + bytes(99),
        "egentlig-gzip.xlsx": b"\x1f\x8b\x08" + bytes(99),
        "egentlig-xml.xls": EXPORTED,
    }.items():
        yield rejected(name, data, "other-format")
    for name, data in {
        "egentlig-ingenting.xlsx": bytes(range(256)) * 8,
        "nuller.xlsx": b"\0" * 4_096,
        "ett-tegn.xlsx": b"x",
        "bare-pk.xlsx": b"PK",
    }.items():
        yield rejected(name, data, "not-office")
    yield rejected("egentlig-presentasjon.xlsx", sent_file("presentation", "pptx"), "not-a-form")
    yield rejected("egentlig-doc.docx", compound("WordDocument"), "old-document")
    yield rejected("egentlig-msg.xlsx", compound("__properties_version1.0"), "not-office")
    yield rejected("passord.xlsx", compound("EncryptionInfo", "EncryptedPackage"), "file-password")
    yield rejected("passord.docx", compound("EncryptionInfo", "EncryptedPackage"), "file-password")
    labelled = compound("\x06DataSpaces", "DRMEncryptedDataSpace", "EncryptedPackage")
    yield rejected("følsomhetsetikett.xlsx", labelled, "file-labelled")
    yield rejected("følsomhetsetikett.docx", labelled, "file-labelled")
    yield rejected("tom.xlsx", b"", "returned-empty")
    yield rejected("tom.docx", b"", "returned-empty")
    name = "egentlig-docx.xlsx"
    spot = ("info", "", "f.respondent_role")
    yield Case(name, form(), told=frozenset({"name-differs"}), values={spot: "employee"})
    for name in (
        "egentlig-xlsx.docx",
        "egentlig-xlsx.xls",
        "egentlig-xlsx.ods",
        "egentlig-xlsx.xlsb",
    ):
        yield sound(name, survey(name), "name-differs")
    name = "egentlig-xls.xlsx"
    spot = ("info", "", "f.organisation")
    yield Case(name, OLD.read_bytes(), told=frozenset({"name-differs"}),
               values={spot: "Fjordvik kommune"})  # fmt: skip
    own = {(TABLE, OWN_ROW, COMMENT): OWN + "egentlig-xlsx.xlsm"}
    yield Case("egentlig-xlsx.xlsm", survey("egentlig-xlsx.xlsm"), values=own)
    big = survey("x") + b"\0" * (25 * 1024 * 1024)
    yield rejected("for-stor.xlsx", big, "returned-too-large")


# --- tables as text ---------------------------------------------------------------------------


def text_of(name: str, separator: str = ";", **cells: str | float) -> str:
    """The sheet of the survey as a spreadsheet saves it, with what the file says of itself."""
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=separator).writerows(filled(name, **cells)[SHEET])
    return out.getvalue()


def text_tables() -> Iterator[Case]:
    """Sheets saved as text, sound and not."""
    for name, data in {
        "egentlig-csv.xlsx": "Enhet;Antall\r\nSone Nord;12\r\nBryggen;7\r\n".encode("cp1252"),
        "egentlig-csv-utf8.xls": "\ufeffEnhet;Antall\r\nÅsen;12\r\n".encode(),
        "egentlig-tsv.xlsx": b"a\tb\n1\t2\n",
        "fremmed.csv": b"a;b\n1;2\n",
        "logg.csv": b"2026-11-29 12:00:01, INFO, started\n" * 4_000,
    }.items():
        yield rejected(name, data, "text-foreign")
    yield rejected("html.csv", b"<html><table>", "other-format")
    yield rejected("nuller.csv", b"a;b\n\0;\0\n", "not-office")
    yield rejected("tom.csv", b"", "returned-empty")
    name = "hermetegn-uten-slutt.csv"
    yield rejected(name, text_of(name).encode() + b'"', "file-damaged")
    name = "halve-tegn.csv"
    wide = text_of(name).encode("utf-16")
    yield rejected(name, wide + b"\x00\xd8", "file-damaged")
    yield rejected("millioner-av-semikolon.csv", b";" * 9_999_999 + b"\n", "not-office")
    yield rejected("verdier-i-millioner.csv", b"1\n" + b"1;" * 4_000_000, "sheet-too-large")
    yield rejected("rader-i-millioner.csv", b"1;2\n" * 1_000_000, "sheet-too-large")
    yield rejected("felt-uten-slutt.csv", b"a;b\n" + b"x" * 1_000_000 + b"\n", "file-damaged")
    for name, encoding, separator in (
        ("lagret.csv", "utf-8-sig", ";"),
        ("lagret-windows.csv", "cp1252", ","),
        ("lagret-bred.tsv", "utf-16", "\t"),
        ("egentlig-csv-med-svar.xlsx", "utf-8", ";"),
    ):
        text = text_of(name, separator)
        own = {(TABLE, OWN_ROW, COMMENT): OWN + name}
        told = frozenset({"text-unidentified"})
        yield Case(name, text.encode(encoding, "replace"), told=told, values=own)
    name = "formel.csv"
    calc = "=cmd|' /C calc'!A0"
    values = {(TABLE, OWN_ROW, COMMENT): calc}
    yield Case(name, text_of(name, E16=calc).encode(), values=values)
