"""A Word document that holds every feature, and where each stands."""
# ruff: noqa: E501  tables of features, a line each

from __future__ import annotations

from functools import cache
from typing import Any

from docx.enum.style import WD_STYLE_TYPE
from full_files import (
    LAYOUT,
    MICROSOFT,
    TAG,
    XML,
    Extra,
    add,
    blob,
    common,
    drawn,
    drawn_dot,
    odd,
    points_of,
    signed,
    stored,
    with_core_title,
)
from lxml import etree
from pptx.chart.data import CategoryChartData
from pptx.chart.xmlwriter import ChartXmlWriter
from pptx.enum.chart import XL_CHART_TYPE
from word_files import add_table, body, data_of, document

from toolkit.office.package.markup import NAMESPACES, q
from toolkit.office.package.package import Package

MAIN = "word/document.xml"
W = f"xmlns:w='{NAMESPACES['w']}'"
W15 = "xmlns:w15='http://schemas.microsoft.com/office/word/2012/wordml'"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_DRAWING = "application/vnd.openxmlformats-officedocument.drawingml."
_KINDS = ("chart", "diagramData", "diagramLayout", "diagramDrawing")

BINARIES = {
    "macros": "word/vbaProject.bin", "an OLE object": "word/embeddings/oleObject1.bin",
    "an ActiveX control": "word/activeX/activeX1.bin", "a font": "word/fonts/font1.odttf",
    "a header picture": "word/media/header.png", "a background picture": "word/media/back.png",
}  # fmt: skip
KEPT = {
    **BINARIES,
    "custom XML": "customXml/item9.xml", "a sensitivity label": "docMetadata/LabelInfo.xml",
    "a signature": "_xmlsignatures/sig1.xml", "people of comments": "word/people.xml",
    "comments in threads": "word/commentsExtended.xml", "the layout of SmartArt": "word/diagrams/layout1.xml",
    "the theme": "word/theme/theme1.xml", "styles": "word/styles.xml",
}  # fmt: skip
"""Feature -> part that comes out byte for byte."""

PLACES = {
    "a paragraph": (MAIN, "in the body: {}"), "a table": (MAIN, "in a table: {}"),
    "a table in a table": (MAIN, "in a nested table: {}"), "a text box": (MAIN, "in a box: {}"),
    "its stand-in for older programs": (MAIN, "in an old box: {}"),
    "a content control": (MAIN, "in a control: {}"), "the name of a control": (MAIN, "title {}"),
    "a bound control, in the body": (MAIN, "bound: {}"),
    "a bound control, its data": ("customXml/item1.xml", "bound: {}"),
    "a formula": (MAIN, "in a formula: {}"), "a field code": (MAIN, "DOCPROPERTY {}"),
    "an alternative text": (MAIN, "shows {}"), "a tool tip": (MAIN, "tip {}"),
    "a link with escaped braces": ("word/_rels/document.xml.rels", "https://example.org/Ada%20&%20Co"),
    "a header": ("word/header1.xml", "header: {}"), "a first header": ("word/header2.xml", "first: {}"),
    "an even header": ("word/header3.xml", "even: {}"), "a watermark": ("word/header1.xml", "Draft {}"),
    "a footer": ("word/footer1.xml", "footer: {}"), "a footnote": ("word/footnotes.xml", "footnote: {}"),
    "an endnote": ("word/endnotes.xml", "endnote: {}"), "a comment": ("word/comments.xml", "comment: {}"),
    "SmartArt": ("word/diagrams/data1.xml", "art: {}"),
    "SmartArt as drawn": ("word/diagrams/drawing1.xml", "art: {}"),
    "the title of a chart": ("word/charts/chart1.xml", "chart: {}"),
    "the data of a chart": ("word/charts/chart1.xml", "Q2"),
    "the title of the file": ("docProps/core.xml", "{}"), "its company": ("docProps/app.xml", "{}"),
    "a property of its own": ("docProps/custom.xml", "{}"),
}  # fmt: skip
"""Place -> the part, and what stands in it when filled."""


@cache
def template() -> bytes:
    """The document, as a macro-enabled one."""
    new = _written()
    package = Package.open(data_of(new))
    odd(package)
    common(package)
    with_core_title(package)
    _notes(package)
    _stories(package)
    _drawn(package)
    for name in BINARIES.values():
        package.write(name, _binary(name))
    package.set_content_type("word/vbaProject.bin", "application/vnd.ms-office.vbaProject")
    package.add_rel(MAIN, MICROSOFT + "2006/relationships/vbaProject", "word/vbaProject.bin")
    package.set_content_type(MAIN, "application/vnd.ms-word.document.macroEnabled.main+xml")
    for suffix, kind in (("bin", "application/octet-stream"), ("png", "image/png"),
                         ("odttf", "application/vnd.openxmlformats-officedocument.obfuscatedFont")):  # fmt: skip
        package.set_default_type(suffix, kind)
    _beside(package)
    signed(package)
    return package.save()


def _binary(name: str) -> bytes:
    kinds = {"bin": stored, "png": drawn_dot}
    return kinds.get(name.rpartition(".")[2], blob)(name)


def _written() -> Any:
    new = document(f"in the body: {TAG}")
    new.styles.add_style("Placeholder Text", WD_STYLE_TYPE.CHARACTER)
    add_table(new, [[f"in a table: {TAG}"]])
    inner = new.tables[0].cell(0, 0)
    inner.add_table(1, 1).cell(0, 0).text = f"in a nested table: {TAG}"
    inner.add_paragraph("")
    body(new, "<w:p><w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wp:inline>"
         "<wp:extent cx='9' cy='9'/><wp:docPr id='5' name='b'/><a:graphic><a:graphicData uri='http://schemas.microsoft.com/office/word/2010/wordprocessingShape'>"
         "<wps:wsp><wps:cNvSpPr/><wps:spPr/><wps:txbx>"
         f"<w:txbxContent>{_p(f'in a box: {TAG}')}</w:txbxContent></wps:txbx><wps:bodyPr/></wps:wsp></a:graphicData>"
         "</a:graphic></wp:inline></w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox>"
         f"<w:txbxContent>{_p(f'in an old box: {TAG}')}</w:txbxContent></v:textbox></v:shape></w:pict>"
         "</mc:Fallback></mc:AlternateContent></w:r></w:p>")  # fmt: skip
    body(new, f"<w:sdt><w:sdtPr><w:alias w:val='title {TAG}'/><w:id w:val='1'/></w:sdtPr><w:sdtContent>"
         f"{_p(f'in a control: {TAG}')}</w:sdtContent></w:sdt>")  # fmt: skip
    body(new, "<w:sdt><w:sdtPr><w:id w:val='2'/><w:dataBinding w:xpath='/b' w:storeItemID='{12345678-1234-1234-1234-123456789ABC}'/></w:sdtPr>"
         f"<w:sdtContent>{_p(f'bound: {TAG}')}</w:sdtContent></w:sdt>")  # fmt: skip
    body(
        new,
        f"<w:p><m:oMath xmlns:m='{NAMESPACES['m']}'><m:r><m:t>in a formula: {TAG}</m:t></m:r></m:oMath></w:p>",
    )
    body(new, f"<w:p><w:fldSimple w:instr=' DOCPROPERTY {TAG} '>{_r('field')}</w:fldSimple></w:p>")
    body(new, "<w:p><w:r><w:drawing><wp:inline><wp:extent cx='9' cy='9'/><wp:docPr id='6' name='p' "
         f"descr='shows {TAG}'/><a:graphic><a:graphicData uri='urn:x'/></a:graphic></wp:inline></w:drawing></w:r></w:p>")  # fmt: skip
    body(
        new,
        f"<w:p><w:hyperlink r:id='rIdLink' w:tooltip='tip {TAG}'>{_r('link')}</w:hyperlink></w:p>",
    )
    new.add_comment(new.paragraphs[0].runs, text=f"comment: {TAG}", author="A")
    section = new.sections[0]
    section.different_first_page_header_footer = True
    new.settings.odd_and_even_pages_header_footer = True
    section.header.paragraphs[0].text = f"header: {TAG}"
    section.first_page_header.paragraphs[0].text = f"first: {TAG}"
    section.even_page_header.paragraphs[0].text = f"even: {TAG}"
    section.footer.paragraphs[0].text = f"footer: {TAG}"
    return new


def _r(text: str) -> str:
    return f"<w:r><w:t xml:space='preserve'>{text}</w:t></w:r>"


def _p(text: str) -> str:
    return f"<w:p>{_r(text)}</w:p>"


def _notes(package: Package) -> None:
    root = package.tree(MAIN)
    for kind in ("footnote", "endnote"):
        xml = (
            f"<w:{kind}s {W}><w:{kind} w:type='separator' w:id='-1'>{_p('')}</w:{kind}>"
            f"<w:{kind} w:id='1'>{_p(f'{kind}: {TAG}')}</w:{kind}></w:{kind}s>"
        )
        add(
            package,
            Extra(f"word/{kind}s.xml", xml.encode(), _WORD + f"{kind}s+xml", MAIN, f"{kind}s"),
        )
        run = etree.fromstring(f"<w:r {W}><w:{kind}Reference w:id='1'/></w:r>")
        next(root.iter(q("w:p"))).append(run)
    rel_id = package.add_rel(
        MAIN, "hyperlink", "https://example.org/%7B%7B%20name%20%7D%7D", external=True
    )
    next(root.iter(q("w:hyperlink"))).set(q("r:id"), rel_id)
    package.store(MAIN)


def _stories(package: Package) -> None:
    """A watermark in the header, pictures of the header and the page."""
    header = package.tree("word/header1.xml")
    mark = etree.fromstring(
        f"<w:r {W} xmlns:v='{NAMESPACES['v']}'><w:pict><v:shape id='wm'>"
        f"<v:textpath string='Draft {TAG}'/></v:shape></w:pict></w:r>"
    )
    next(header.iter(q("w:p"))).append(mark)
    package.store("word/header1.xml")
    package.add_rel("word/header1.xml", "image", "word/media/header.png")
    root = package.tree(MAIN)
    rel_id = package.add_rel(MAIN, "image", "word/media/back.png")
    page = etree.fromstring(
        f"<w:background {W} xmlns:v='{NAMESPACES['v']}' xmlns:r='{NAMESPACES['r']}' w:color='FFFFFF'>"
        f"<v:background><v:fill r:id='{rel_id}'/></v:background></w:background>"
    )
    root.insert(0, page)
    package.store(MAIN)


def _drawn(package: Package) -> None:
    """A chart with its title, and SmartArt."""
    data = CategoryChartData()
    data.categories = ["a"]
    data.add_series("old", (1,))
    chart = ChartXmlWriter(XL_CHART_TYPE.COLUMN_CLUSTERED, data).xml
    title = (
        f"<c:title><c:tx><c:rich><a:bodyPr/><a:p><a:r><a:t>chart: {TAG}</a:t></a:r></a:p></c:rich>"
        "</c:tx></c:title>"
    )
    chart = chart.replace("<c:autoTitleDeleted", title + "<c:autoTitleDeleted", 1)
    drawing = MICROSOFT + "2007/relationships/diagramDrawing"
    kinds = (_DRAWING + "chart+xml", _DRAWING + "diagramData+xml", _DRAWING + "diagramLayout+xml",
             "application/vnd.ms-office.drawingml.diagramDrawing+xml")  # fmt: skip
    ids = add(
        package,
        Extra("word/charts/chart1.xml", chart.encode(), kinds[0], MAIN, "chart"),
        Extra("word/diagrams/data1.xml", points_of(f"art: {TAG}"), kinds[1], MAIN, "diagramData"),
        Extra("word/diagrams/layout1.xml", LAYOUT, kinds[2], MAIN, "diagramLayout"),
        Extra("word/diagrams/drawing1.xml", drawn(f"art: {TAG}"), kinds[3], MAIN, drawing),
    )  # fmt: skip
    frame = (
        f"<w:p {W} xmlns:wp='{NAMESPACES['wp']}' xmlns:a='{NAMESPACES['a']}' xmlns:r='{NAMESPACES['r']}'>"
        "<w:r><w:drawing><wp:inline><wp:extent cx='9' cy='9'/><wp:docPr id='7' name='c' "
        "descr='{{ chart(figures) }} Chart'/><a:graphic>"
        f"<a:graphicData uri='{NAMESPACES['c']}'>"
        f"<c:chart xmlns:c='{NAMESPACES['c']}' r:id='{ids[0]}'/></a:graphicData></a:graphic></wp:inline>"
        "</w:drawing></w:r></w:p>"
    )
    package.tree(MAIN).find(q("w:body")).insert(0, etree.fromstring(frame))  # type: ignore[union-attr]
    package.store(MAIN)


def _beside(package: Package) -> None:
    new = "2011/relationships/"
    add(
        package,
        Extra("customXml/item1.xml", f"<b xmlns='urn:b'>bound: {TAG}</b>".encode(), XML, MAIN, "customXml"),
        Extra("word/people.xml", f"<w15:people {W15}/>".encode(), _WORD + "people+xml", MAIN, MICROSOFT + new + "people"),
        Extra("word/commentsExtended.xml", f"<w15:commentsEx {W15}/>".encode(), _WORD + "commentsExtended+xml", MAIN, MICROSOFT + new + "commentsExtended"),
    )  # fmt: skip


ALSO_CHANGED = (
    "word/_rels/document.xml.rels",
    "[Content_Types].xml",
)
