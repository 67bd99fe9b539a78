"""An Excel workbook that holds every feature, and where each stands."""
# ruff: noqa: E501  tables of features, a line each

from __future__ import annotations

import io
from functools import cache
from typing import Any

import xlsxwriter
from full_files import (
    MICROSOFT,
    TAG,
    Extra,
    add,
    blob,
    common,
    points_of,
    signed,
    stored,
    with_core_title,
)
from lxml import etree

from toolkit.office.package.markup import NAMESPACES, q
from toolkit.office.package.package import Package

SHEET, QUIET, BOOK = (f"xl/{n}.xml" for n in ("worksheets/sheet1", "worksheets/sheet2", "workbook"))
X = f'xmlns="{NAMESPACES["x"]}"'
_SHEETML = "application/vnd.openxmlformats-officedocument.spreadsheetml."
_CACHE = "xl/pivotCache/pivotCacheDefinition1.xml"
_LINK = "xl/externalLinks/externalLink1.xml"
_OTHER = f'<externalLink {X} xmlns:r="{NAMESPACES["r"]}"><externalBook r:id="rId1"/></externalLink>'
_DIAGRAM = "application/vnd.openxmlformats-officedocument.drawingml.diagramData+xml"
_EXCEL = "application/vnd.ms-excel."
_PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)

KEPT = {
    "macros": "xl/vbaProject.bin", "a slicer": "xl/slicers/slicer1.xml",
    "its cache": "xl/slicerCaches/slicerCache1.xml",
    "a pivot's records": "xl/pivotCache/pivotCacheRecords1.xml",
    "a pivot table": "xl/pivotTables/pivotTable1.xml", "a pivot's cache": "xl/pivotCache/pivotCacheDefinition1.xml",
    "a form control": "xl/ctrlProps/ctrlProp1.xml", "a threaded comment": "xl/threadedComments/threadedComment1.xml",
    "people of comments": "xl/persons/person.xml", "printer settings": "xl/printerSettings/printerSettings1.bin",
    "a header picture": "xl/drawings/vmlDrawing2.vml", "pictures": "xl/media/image1.png",
    "SmartArt": "xl/diagrams/data1.xml", "connections": "xl/connections.xml",
    "a link to another workbook": "xl/externalLinks/externalLink1.xml",
    "a sheet without tags": QUIET, "the theme": "xl/theme/theme1.xml",
    "custom XML": "customXml/item9.xml", "a sensitivity label": "docMetadata/LabelInfo.xml",
    "a signature": "_xmlsignatures/sig1.xml",
}  # fmt: skip
HELD = {
    "protected ranges": (SHEET, "protectedRanges"), "sheet protection": (SHEET, "sheetProtection"),
    "new data bars": (SHEET, "conditionalFormattings"), "sparklines": (SHEET, "sparklineGroups"),
    "drop-downs from other sheets": (SHEET, "dataValidation"), "the list of slicers": (SHEET, "slicerList"),
    "the background picture": (SHEET, "picture"), "the header picture": (SHEET, "legacyDrawingHF"),
    "controls": (SHEET, "controls"), "page set-up": (SHEET, "pageSetup"), "frozen panes": (SHEET, "pane"),
    "rules": (SHEET, "conditionalFormatting"), "errors that are ignored": (SHEET, "ignoredErrors"),
    "merged cells": (SHEET, "mergeCells"), "list of pivot caches": (BOOK, "pivotCaches"),
    "outside links": (BOOK, "externalReferences"), "views": (BOOK, "bookViews"),
}  # fmt: skip
"""Feature -> the part, and an element in it that comes out as it was."""

PLACES = {
    "a cell": ("xl/sharedStrings.xml", "in a cell: {}"), "formatted text": ("xl/sharedStrings.xml", "<t>{}</t></r>"),
    "a cell without shared text": ("xl/sharedStrings.xml", "inline: {}"),
    "the name of a sheet": (BOOK, "About {}"), "a defined name": (BOOK, "said {}"),
    "a header": (SHEET, "header {amp}"), "a footer": (SHEET, "footer {amp}"),
    "a prompt of a validation": (SHEET, "prompt {}"), "a text in a formula": (SHEET, "is {}"),
    "the result of a formula": (SHEET, "<v>{}</v>"), "a comment": ("xl/comments1.xml", "comment {}"),
    "a text box": ("xl/drawings/drawing1.xml", "box: {}"),
    "an alternative text": ("xl/drawings/drawing1.xml", "shows {}"),
    "the title of a chart": ("xl/charts/chart1.xml", "chart: {}"),
    "the data of a chart": ("xl/charts/chart1.xml", "<c:v>in a cell: {}</c:v>"),
    "a header of a table": ("xl/tables/table1.xml", "head {}"),
    "a link with escaped braces": ("xl/worksheets/_rels/sheet1.xml.rels", "https://example.org/Ada%20&%20Co"),
    "the title of the file": ("docProps/core.xml", "{}"), "its company": ("docProps/app.xml", "{}"),
    "a property of its own": ("docProps/custom.xml", "{}"),
}  # fmt: skip
ALSO_CHANGED = (
    "[Content_Types].xml",
    "xl/drawings/vmlDrawing1.vml",
    "xl/styles.xml",
    "xl/_rels/workbook.xml.rels",
)


@cache
def template() -> bytes:
    """The workbook, as a macro-enabled one."""
    package = Package.open(_written())
    package.set_content_type(BOOK, _EXCEL + "sheet.macroEnabled.main+xml")
    common(package)
    with_core_title(package)
    _parts(package)
    _sheet(package)
    signed(package)
    return package.save()


def _written() -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet, quiet = book.add_worksheet(f"About {TAG}"), book.add_worksheet("Quiet")
    bold = book.add_format({"bold": True})
    sheet.write("A1", f"in a cell: {TAG}")
    sheet.write_rich_string("A2", "rich ", bold, TAG, " end")
    sheet.write_formula("A4", f'="is {TAG}"', None, TAG)
    sheet.write_url("A5", "https://example.org/{{ name }}", string="link")
    sheet.merge_range("A7:B8", "merged")
    columns = [{"header": f"head {TAG}"}, {"header": "b"}]
    sheet.add_table("D1:E3", {"name": "t", "columns": columns})
    sheet.set_header(
        f"&Lheader {TAG}&R&G", {"image_right": "h.png", "image_data_right": io.BytesIO(_PNG)}
    )
    sheet.set_footer(f"&Cfooter {TAG}")
    sheet.set_background(io.BytesIO(_PNG))
    sheet.data_validation("B1", {"validate": "integer", "criteria": ">", "value": 0,
                                 "input_title": "T", "input_message": f"prompt {TAG}"})  # fmt: skip
    sheet.conditional_format("B2:B5", {"type": "data_bar", "data_bar_2010": True})
    sheet.conditional_format("C2:C5", {"type": "cell", "criteria": ">", "value": 1, "format": bold})
    sheet.add_sparkline("F1", {"range": "Quiet!A1:C1"})
    sheet.write_comment("A1", f"comment {TAG}")
    sheet.insert_textbox("H1", f"box: {TAG}")
    sheet.insert_image(
        "H9", "p.png", {"image_data": io.BytesIO(_PNG), "description": f"shows {TAG}"}
    )
    chart = book.add_chart({"type": "column"})
    chart.add_series({"values": "=Quiet!$A$1:$C$1", "categories": f"='About {TAG}'!$A$1:$A$1"})
    chart.set_title({"name": f"chart: {TAG}"})
    sheet.insert_chart("H20", chart)
    sheet.freeze_panes(1, 0)
    sheet.unprotect_range("B1:B3", "input")
    sheet.ignore_errors({"number_stored_as_text": "A1:A5"})
    sheet.protect()
    sheet.set_landscape()
    book.define_name("said", f'="said {TAG}"')
    quiet.write_row("A1", [1, 2, 3])
    quiet.write_row("A2", ["a", "b"])
    book.close()
    return out.getvalue()


def _parts(package: Package) -> None:
    rel, pivot = MICROSOFT, _SHEETML + "pivot"
    cache = (
        f'<pivotCacheDefinition {X} xmlns:r="{NAMESPACES["r"]}"><cacheSource type="worksheet">'
        '<worksheetSource ref="A1:C2" sheet="Quiet"/></cacheSource><cacheFields count="1">'
        '<cacheField name="a"/></cacheFields></pivotCacheDefinition>'
    )
    place = f'<pivotTableDefinition {X} name="p" cacheId="1" dataCaption="V"><location ref="E5:F9" firstHeaderRow="1" firstDataRow="1" firstDataCol="1"/></pivotTableDefinition>'
    thread = b'<ThreadedComments xmlns="http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments"/>'
    add(
        package,
        Extra("xl/vbaProject.bin", stored("vba"), "application/vnd.ms-office.vbaProject", BOOK,
              rel + "2006/relationships/vbaProject"),
        Extra("xl/slicerCaches/slicerCache1.xml", f'<slicerCacheDefinition xmlns="{NAMESPACES["x14"]}" name="c" sourceName="s"/>'.encode(), _EXCEL + "slicerCache+xml", BOOK,
              rel + "2007/relationships/slicerCache"),
        Extra("xl/slicers/slicer1.xml", f'<slicers xmlns="{NAMESPACES["x14"]}"><slicer name="s" cache="c" rowHeight="1"/></slicers>'.encode(), _EXCEL + "slicer+xml", SHEET, rel + "2007/relationships/slicer"),
        Extra(_CACHE, cache.encode(), pivot + "CacheDefinition+xml", BOOK,
              "pivotCacheDefinition"),
        Extra("xl/pivotCache/pivotCacheRecords1.xml", f"<pivotCacheRecords {X}/>".encode(), pivot + "CacheRecords+xml",
              "xl/pivotCache/pivotCacheDefinition1.xml", "pivotCacheRecords"),
        Extra("xl/pivotTables/pivotTable1.xml", place.encode(), pivot + "Table+xml", QUIET, "pivotTable"),
        Extra("xl/ctrlProps/ctrlProp1.xml", f'<formControlPr xmlns="{NAMESPACES["x14"]}" objectType="Drop" fmlaLink="Quiet!$A$2"/>'.encode(),
              _EXCEL + "controlproperties+xml", SHEET, "ctrlProp"),
        Extra("xl/threadedComments/threadedComment1.xml", thread, _EXCEL + "threadedcomments+xml", QUIET,
              rel + "2017/10/relationships/threadedComment"),
        Extra("xl/persons/person.xml", b'<personList xmlns="http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments"/>', _EXCEL + "person+xml", BOOK, rel + "2017/10/relationships/person"),
        Extra("xl/printerSettings/printerSettings1.bin", blob("printer"), _SHEETML + "printerSettings", SHEET,
              "printerSettings"),
        Extra("xl/connections.xml", f'<connections {X}><connection id="1" name="c" type="1" refreshedVersion="1"/></connections>'.encode(), _SHEETML + "connections+xml", BOOK, "connections"),
        Extra(_LINK, _OTHER.encode(), _SHEETML + "externalLink+xml", BOOK,
              "externalLink"),
        Extra("xl/diagrams/data1.xml", points_of("art"), _DIAGRAM, "xl/drawings/drawing1.xml", "diagramData"),
    )  # fmt: skip
    package.add_rel("xl/pivotTables/pivotTable1.xml", "pivotCacheDefinition", _CACHE)
    package.add_rel(_LINK, "externalLinkPath", "other.xlsx", external=True)


def _to(package: Package, owner: str, word: str) -> str:
    """The id of the relationship of this kind."""
    (found,) = (relation.id for relation in package.rels(owner) if relation.word == word)
    return found


def _sheet(package: Package) -> None:
    """What XlsxWriter does not write: inline text, slicers, drop-downs from other sheets, controls."""
    root = package.tree(SHEET)
    rows = root.find(q("x:sheetData"))
    assert rows is not None
    inline = f'<row {X} r="6"><c r="A6" t="inlineStr"><is><t>inline: {TAG}</t></is></c></row>'
    before = next(row for row in rows if int(row.get("r", "0")) > 5)
    before.addprevious(etree.fromstring(inline))
    new = (
        '<x14:dataValidations count="1"><x14:dataValidation type="list" allowBlank="1"><x14:formula1>'
        "<xm:f>Quiet!$A$2:$B$2</xm:f></x14:formula1><xm:sqref>B4</xm:sqref></x14:dataValidation>"
        "</x14:dataValidations>"
    )
    slicers = (
        f'<x14:slicerList><x14:slicer r:id="{_to(package, SHEET, "slicer")}"/></x14:slicerList>'
    )
    names = "".join(f' xmlns:{p}="{NAMESPACES[p]}"' for p in ("x14", "xm", "r"))
    ends = root.find(q("x:extLst"))
    assert ends is not None
    for uri, inner in (("{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}", new), ("{A8765BA9-456A-4dab-B4F3-ACF838C121DE}", slicers)):  # fmt: skip
        ends.append(etree.fromstring(f'<ext {X}{names} uri="{uri}">{inner}</ext>'))
    controls = f'<controls {X} xmlns:r="{NAMESPACES["r"]}"><control shapeId="9" r:id="{_to(package, SHEET, "ctrlProp")}" name="c"/></controls>'
    parts = root.find(q("x:tableParts"))
    assert parts is not None
    parts.addprevious(etree.fromstring(controls))
    package.store(SHEET)
    book = package.tree(BOOK)
    names_at: Any = book.find(q("x:definedNames"))
    names_at.addprevious(etree.fromstring(
        f'<externalReferences {X} xmlns:r="{NAMESPACES["r"]}"><externalReference r:id="{_to(package, BOOK, "externalLink")}"/></externalReferences>'
    ))  # fmt: skip
    book.append(etree.fromstring(
        f'<pivotCaches {X} xmlns:r="{NAMESPACES["r"]}"><pivotCache cacheId="1" r:id="{_to(package, BOOK, "pivotCacheDefinition")}"/></pivotCaches>'
    ))  # fmt: skip
    package.store(BOOK)
