"""Hostile workbooks: what stands beside the sheets and is never run or followed; names, styles.

In: a sound survey. Out: Cases.
"""

from __future__ import annotations

from collections.abc import Iterator

from hostile_case import (
    SHEET,
    Case,
    adding,
    in_part,
    linked,
    rejected,
    sound,
    survey,
)
from hostile_values import made_later
from hostile_workbooks import BOOK, EMPTY, END_OF_CELLS, MILLION, put
from returned_files import packed, unpacked


def beside_sheets() -> Iterator[Case]:
    """Every case of this kind."""
    yield from _left_alone()
    yield from _merges_names_styles()


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
    xml = '<c r="D5" s="30"><f>cmd|\'/c calc\'!A0</f><v>4</v></c>'
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
    made = made_later(lambda: put("x", END_OF_CELLS, _merges(MILLION)))
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
    made = made_later(lambda: _named("x", MILLION))
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
