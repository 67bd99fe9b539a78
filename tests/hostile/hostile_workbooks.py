"""Hostile and damaged workbooks: what stands in their sheets.

In: a sound survey. Out: Cases: stray cells, odd rows, wrong references, dangerous XML.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from hostile_case import (
    SHEET,
    Case,
    Make,
    adding,
    in_part,
    in_sheet,
    rejected,
    sound,
    survey,
)
from returned_files import packed, unpacked

BOOK = "xl/workbook.xml"
SHEET_PART = "xl/worksheets/sheet2.xml"
EMPTY = '<c r="D5" s="30"/>'
END_OF_CELLS = "</sheetData>"
MILLION = 1_000_000


def workbooks() -> Iterator[Case]:
    """Every case of this kind."""
    yield from _far_away()
    yield from _rows_and_cells()
    yield from _markup()


def put(name: str, old: str, new: str) -> bytes:
    """A survey with a text of its sheet's XML replaced."""
    return in_sheet(survey(name), old, new)


def more_rows(name: str, xml: str) -> bytes:
    """A survey with rows below the last one."""
    return put(name, END_OF_CELLS, xml + END_OF_CELLS)


# --- far away ---------------------------------------------------------------------------------


def _far_away() -> Iterator[Case]:
    for at, row in (("XFD1048576", 1048576), ("AZ1048576", 1048576), ("XFD5", 5), ("SG31", 31),
                    ("A20001", 20001)):  # fmt: skip
        name = f"celle-{at}.xlsx"
        xml = f'<row r="{row}"><c r="{at}"><v>1</v></c></row>'
        yield rejected(name, more_rows(name, xml), "sheet-too-large")
    name = "celle-tom-XFD1048576.xlsx"
    yield sound(name, more_rows(name, '<row r="1048576"><c r="XFD1048576" s="30"/></row>'))
    name = "celle-SF20000.xlsx"
    xml = '<row r="20000"><c r="SF20000"><v>1</v></c></row>'
    yield rejected(name, more_rows(name, xml), "sheet-too-spread")
    name = "celle-SF1000.xlsx"
    yield sound(name, more_rows(name, '<row r="1000"><c r="SF1000"><v>1</v></c></row>'))
    name = "celle-A20000.xlsx"
    yield sound(name, more_rows(name, '<row r="20000"><c r="A20000"><v>1</v></c></row>'))
    name = "celle-annen-rad.xlsx"
    xml = '<row r="40"><c r="A1048576"><v>1</v></c></row>'
    yield rejected(name, more_rows(name, xml), "sheet-too-large")
    for told in ("A1:XFD1048576", "A1", "Z99:A1", "A1:B2", "A1:A99999999999"):
        name = f"mål-{told.replace(':', '-')}.xlsx"
        yield sound(name, put(name, 'dimension ref="A1:E30"', f'dimension ref="{told}"'))
    for told in ("tull", ""):
        name = f"mål-{told.replace(':', '-') or 'tomt'}.xlsx"
        made = put(name, 'dimension ref="A1:E30"', f'dimension ref="{told}"')
        yield rejected(name, made, "file-damaged")
    name = "mål-borte.xlsx"
    yield sound(name, put(name, '<dimension ref="A1:E30"/>', ""))
    name = "million-celler.xlsx"
    yield rejected(name, _many_cells(name), "sheet-too-large", heavy=True)


def _many_cells(name: str) -> Make:
    """A million cells and some, each with a number of its own."""

    def make(path: Path) -> None:
        letters = (f"{a}{b}" for a in ("", "A", "B") for b in "GHIJKLMNOPQRSTUVWXYZ")
        columns = [(n * 997 + 3, column) for n, column in enumerate(letters)][:51]
        cell = '<c r="{}{}"><v>{}</v></c>'
        rows = (
            f'<row r="{n}">{"".join(cell.format(c, n, n * k % 65_521) for k, c in columns)}</row>'
            for n in range(40, 19_990)
        )
        path.write_bytes(more_rows(name, "".join(rows)))

    return make


# --- rows and cells ---------------------------------------------------------------------------

NO_CELLS = {
    "celle-uten-kolonne.xlsx": '<c r="5" s="30"><v>4</v></c>',
    "celle-uten-rad.xlsx": '<c r="D" s="30"><v>4</v></c>',
    "celle-rad-null.xlsx": '<c r="D0" s="30"><v>4</v></c>',
    "celle-rad-minus.xlsx": '<c r="D-5" s="30"><v>4</v></c>',
    "celle-rad-svær.xlsx": '<c r="D99999999999999999999" s="30"><v>4</v></c>',
    "celle-kolonne-svær.xlsx": '<c r="ABCDEFGHIJ5" s="30"><v>4</v></c>',
    "celle-kyrillisk.xlsx": '<c r="Ф5" s="30"><v>4</v></c>',
    "celle-små-bokstaver-tull.xlsx": '<c r="d5x" s="30"><v>4</v></c>',
}


def _rows_and_cells() -> Iterator[Case]:
    for name, xml in NO_CELLS.items():
        far = name in ("celle-rad-svær.xlsx", "celle-rad-null.xlsx")
        reason = "sheet-too-large" if far else "file-damaged"
        yield rejected(name, put(name, EMPTY, xml), reason)
    for name, old, new in (
        ("rad-ikke-tall.xlsx", '<row r="5" ', '<row r="fem" '),
        ("rad-brøk.xlsx", '<row r="5" ', '<row r="5.5" '),
    ):
        yield rejected(name, put(name, old, new), "file-damaged")
    name = "uten-cellereferanser.xlsx"
    data = survey(name, E5="Uten referanser")
    for column in "ABCDE":
        data = in_sheet(data, f'<c r="{column}5"', "<c")
    yield sound(name, data, E5="Uten referanser")
    name = "rader-i-feil-rekkefølge.xlsx"
    yield sound(name, _shuffled(survey(name, E5="Først", E15="Sist")), E5="Først", E15="Sist")
    name = "to-av-samme-celle.xlsx"
    twice = '<c r="D5" s="30"><v>4</v></c><c r="D5" s="30"><v>2</v></c>'
    yield sound(name, put(name, EMPTY, twice), "cell-twice", D5="2")
    name = "to-like-av-samme-celle.xlsx"
    twice = '<c r="D5" s="30"><v>4</v></c><c r="D5" s="30"><v>4</v></c>'
    yield sound(name, put(name, EMPTY, twice), "cell-twice", D5="4")
    for number in ("9999", "-1", "tull", "1.5", "١", "1&#120;", "1 ", ""):
        name = f"delt-tekst-{number.replace(';', '') or 'tom'}.xlsx"
        xml = f'<c r="D5" s="30" t="s"><v>{number}</v></c>'
        yield _shared(name, put(name, EMPTY, xml), number)
    name = "ukjent-celletype.xlsx"
    xml = '<c r="D5" s="30" t="tull"><v>4</v></c>'
    yield rejected(name, put(name, EMPTY, xml), "file-damaged")
    name = "ukjent-stil.xlsx"
    yield sound(name, put(name, EMPTY, '<c r="D5" s="999999"><v>4</v></c>'), D5="4")
    name = "to-ark-med-samme-navn.xlsx"
    data = in_part(survey(name), BOOK, 'name="Lister"', f'name="{SHEET}"')
    yield rejected(name, data, "file-damaged")
    name = "ark-uten-del.xlsx"
    data = in_part(survey(name), "xl/_rels/workbook.xml.rels", "sheet2.xml", "sheet99.xml")
    yield rejected(name, data, "file-damaged")
    name = "ark-utenfor.xlsx"
    data = in_part(survey(name), "xl/_rels/workbook.xml.rels", "worksheets/sheet2.xml",
                   "../../../etc/passwd")  # fmt: skip
    yield rejected(name, data, "file-damaged")
    name = "ark-er-stiler.xlsx"
    data = in_part(survey(name), "xl/_rels/workbook.xml.rels", "worksheets/sheet2.xml",
                   "styles.xml")  # fmt: skip
    yield rejected(name, data, "file-damaged")


def _shared(name: str, data: bytes, number: str) -> Case:
    return rejected(name, data, "file-damaged") if number else sound(name, data)


def _shuffled(data: bytes) -> bytes:
    """The rows of the sheet from last to first."""
    parts = unpacked(data)
    text = parts[SHEET_PART].decode()
    start, end = text.index("<sheetData>") + 11, text.index(END_OF_CELLS)
    rows = [f"<row {row}" for row in text[start:end].split("<row ")[1:]]
    parts[SHEET_PART] = (text[:start] + "".join(reversed(rows)) + text[end:]).encode()
    return packed(parts)


# --- markup -----------------------------------------------------------------------------------

XXE = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
LAUGHS = (
    '<!DOCTYPE x [<!ENTITY a "ha">'
    + "".join(
        f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True)
    )
    + "]>"
)
REMOTE = '<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd">'
PARAMETER = '<!DOCTYPE x [<!ENTITY % p SYSTEM "http://127.0.0.1:9/p"> %p;]>'


def _markup() -> Iterator[Case]:
    parts = {"ark": SHEET_PART, "bok": BOOK, "tekster": "xl/sharedStrings.xml",
             "egenskaper": "docProps/custom.xml"}  # fmt: skip
    for where, part in parts.items():
        for kind, declared in (("xxe", XXE), ("latter", LAUGHS)):
            name = f"dtd-{kind}-{where}.xlsx"
            yield rejected(name, _declared(survey(name), part, declared), "file-doctype")
    for kind, declared in (("fjern", REMOTE), ("parameter", PARAMETER)):
        name = f"dtd-{kind}.xlsx"
        yield rejected(name, _declared(survey(name), SHEET_PART, declared), "file-doctype")
    name = "dtd-utf16.xlsx"
    xml = f"{XXE}<worksheet/>".encode("utf-16")
    yield rejected(name, adding(survey(name), {SHEET_PART: xml}), "file-doctype")
    name = "entitet-uten-dtd.xlsx"
    xml = '<c r="D5" t="str"><v>&amp;e;</v></c>'.replace("&amp;e;", "&e;")
    yield rejected(name, put(name, EMPTY, xml), "file-damaged")
    name = "dypt-ark.xlsx"
    deep = "<a>" * 300 + "</a>" * 300
    yield rejected(name, put(name, END_OF_CELLS, f"{END_OF_CELLS}{deep}"), "file-too-deep")
    name = "dypt-bok.xlsx"
    data = in_part(survey(name), BOOK, "<sheets>", "<a>" * 100_000 + "<sheets>")
    yield rejected(name, data, "file-bomb")
    name = "dyp-bok-lukket.xlsx"
    data = in_part(survey(name), BOOK, "<sheets>", f"{'<a>' * 300}{'</a>' * 300}<sheets>")
    yield rejected(name, data, "file-too-deep")
    name = "svært-attributt.xlsx"
    long = "".join(f"{n:x}" for n in range(300_000))
    yield sound(name, put(name, EMPTY, f'<c r="D5" x="{long}"><v>4</v></c>'), D5="4")
    name = "mange-attributter.xlsx"
    many = " ".join(f'a{n}="{n}"' for n in range(20_000))
    yield sound(name, put(name, EMPTY, f'<c r="D5" {many}><v>4</v></c>'), D5="4")
    for name, bad in BAD_BYTES.items():
        data = survey(name)
        parts = unpacked(data)
        parts[SHEET_PART] = parts[SHEET_PART].replace(EMPTY.encode(), bad)
        yield rejected(name, packed(parts), "file-damaged")
    for code in ("utf-16", "latin-1", "ascii"):
        name = f"ark-i-{code}.xlsx"
        yield _encoded(name, code)
    name = "ark-med-bom.xlsx"
    parts = unpacked(survey(name, E5="Æ"))
    yield sound(name, packed(parts | {SHEET_PART: b"\xef\xbb\xbf" + parts[SHEET_PART]}), E5="Æ")
    name = "ark-med-utf7.xlsx"
    parts = unpacked(survey(name))
    head, body = b'<?xml version="1.0" encoding="UTF-7"?>', parts[SHEET_PART].partition(b"?>")
    yield rejected(name, packed(parts | {SHEET_PART: head + (body[2] or body[0])}), "file-damaged")
    name = "annet-prefiks.xlsx"
    yield rejected(name, put(name, EMPTY, '<y:c xmlns:y="urn:y" r="XFD1048576"><y:v>1</y:v></y:c>'),
                   "sheet-too-large")  # fmt: skip
    name = "behandlingsinstruks.xlsx"
    yield sound(name, put(name, "<sheetData>", '<?php system("id")?><!-- x --><sheetData>'))
    name = "cdata.xlsx"
    xml = '<c r="E5" t="inlineStr"><is><t><![CDATA[<b>hei</b>]]></t></is></c>'
    yield sound(name, put(name, '<c r="E5" s="30"/>', xml), E5="<b>hei</b>")


BAD_BYTES = {
    "ugyldig-utf8.xlsx": b'<c r="D5" t="str"><v>\xff\xfe\xfd</v></c>',
    "halv-utf8.xlsx": b'<c r="D5" t="str"><v>\xe2\x82</v></c>',
    "surrogat.xlsx": b'<c r="D5" t="str"><v>\xed\xa0\x80</v></c>',
    "nulltegn.xlsx": b'<c r="D5" t="str"><v>a\x00b</v></c>',
    "nulltegn-tall.xlsx": b'<c r="D5" t="str"><v>a&#0;b</v></c>',
    "kontrolltegn.xlsx": b'<c r="D5" t="str"><v>a\x01b</v></c>',
    "ulukket.xlsx": b'<c r="D5"><v>4</c>',
    "to-like-attributter.xlsx": b'<c r="D5" r="D6"><v>4</v></c>',
}


def _declared(data: bytes, part: str, declared: str) -> bytes:
    text = unpacked(data)[part].decode()
    end = text.find("?>") + 2 if text.startswith("<?xml") else 0
    return adding(data, {part: (text[:end] + declared + text[end:]).encode()})


def _encoded(name: str, code: str) -> Case:
    """The sheet in another encoding, declared so."""
    parts = unpacked(survey(name, E5="Ærlig"))
    text = parts[SHEET_PART].decode()
    head = f'<?xml version="1.0" encoding="{code}"?>'
    body = text.partition("?>")[2] if text.startswith("<?xml") else text
    data = packed(parts | {SHEET_PART: (head + body).encode(code, "xmlcharrefreplace")})
    if code == "latin-1":  # no encoding of Office files
        return rejected(name, data, "file-damaged")
    return sound(name, data, E5="Ærlig")
