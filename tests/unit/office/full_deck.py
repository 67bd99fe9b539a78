"""A PowerPoint deck that holds every feature, and where each stands."""
# ruff: noqa: E501  tables of features, a line each

from __future__ import annotations

import io
from functools import cache
from typing import Any

import pptx
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
    points_of,
    signed,
    stored,
    with_core_title,
)
from lxml import etree
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.util import Inches

from toolkit.office.package.markup import NAMESPACES, q
from toolkit.office.package.package import Package

MAIN, SLIDE, QUIET = (f"ppt/{n}.xml" for n in ("presentation", "slides/slide1", "slides/slide2"))
_DRAWING = "application/vnd.openxmlformats-officedocument.drawingml."
_PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)
P = f"xmlns:p='{NAMESPACES['p']}' xmlns:a='{NAMESPACES['a']}' xmlns:r='{NAMESPACES['r']}'"

KEPT = {
    "macros": "ppt/vbaProject.bin", "a slide without tags": QUIET, "sound": "ppt/media/sound.wav",
    "video": "ppt/media/film.mp4", "an OLE object": "ppt/embeddings/oleObject1.bin",
    "a background picture": "ppt/media/image1.png", "the layout of SmartArt": "ppt/diagrams/layout1.xml",
    "tags of add-ins": "ppt/tags/tag1.xml", "the theme": "ppt/theme/theme1.xml",
    "styles of tables": "ppt/tableStyles.xml", "authors of comments": "ppt/commentAuthors.xml",
    "custom XML": "customXml/item9.xml", "a sensitivity label": "docMetadata/LabelInfo.xml",
    "a signature": "_xmlsignatures/sig1.xml",
}  # fmt: skip
HELD = {
    "a transition": (SLIDE, "transition"), "an animation": (SLIDE, "timing"),
    "the background": (SLIDE, "bg"), "a section": (MAIN, "sectionLst"),
    "a custom show": (MAIN, "custShowLst"), "protection": (MAIN, "modifyVerifier"),
    "sizes": (MAIN, "sldSz"), "colours of the master": ("ppt/slideMasters/slideMaster1.xml", "clrMap"),
}  # fmt: skip
PLACES = {
    "a text": (SLIDE, "in a box: {}"), "a group": (SLIDE, "in a group: {}"),
    "a table": (SLIDE, "in a table: {}"), "a field": (SLIDE, "in a field: {}"),
    "an alternative text": (SLIDE, "shows {}"), "a tool tip": (SLIDE, "tip {}"),
    "the name of a shape": (SLIDE, "called {}"), "a formula": (SLIDE, "in a formula: {}"),
    "notes": ("ppt/notesSlides/notesSlide1.xml", "notes: {}"),
    "a layout": ("ppt/slideLayouts/slideLayout7.xml", "layout: {}"),
    "the master": ("ppt/slideMasters/slideMaster1.xml", "master: {}"),
    "a comment": ("ppt/comments/comment1.xml", "comment: {}"),
    "SmartArt": ("ppt/diagrams/data1.xml", "art: {}"),
    "SmartArt as drawn": ("ppt/diagrams/drawing1.xml", "art: {}"),
    "the title of a chart": ("ppt/charts/chart1.xml", "chart: {}"),
    "the data of a chart": ("ppt/charts/chart1.xml", "Q2"),
    "a link with escaped braces": ("ppt/slides/_rels/slide1.xml.rels", "https://example.org/Ada%20&%20Co"),
    "the title of the file": ("docProps/core.xml", "{}"), "its company": ("docProps/app.xml", "{}"),
    "a property of its own": ("docProps/custom.xml", "{}"),
}  # fmt: skip
ALSO_CHANGED = (
    "ppt/_rels/presentation.xml.rels",
    "[Content_Types].xml",
    "ppt/embeddings/Microsoft_Excel_Sheet1.xlsx",
)


@cache
def template() -> bytes:
    """The deck, as a macro-enabled one."""
    package = Package.open(_written())
    package.set_content_type(
        MAIN, "application/vnd.ms-powerpoint.presentation.macroEnabled.main+xml"
    )
    common(package)
    with_core_title(package)
    _parts(package)
    _slide(package)
    _presentation(package)
    signed(package)
    return package.save()


def _written() -> bytes:
    new = pptx.Presentation()
    layout = new.slide_layouts[6]
    page, quiet = new.slides.add_slide(layout), new.slides.add_slide(new.slide_layouts[5])
    quiet.shapes.title.text = "Quiet"
    box = _box(page.shapes, f"in a box: {TAG}")
    box.name = f"called {TAG}"
    box.text_frame.paragraphs[0].runs[0].hyperlink.address = "https://example.org/{{ name }}"
    _box(page.shapes.add_group_shape().shapes, f"in a group: {TAG}")
    table = page.shapes.add_table(1, 1, 0, 0, Inches(2), Inches(1)).table
    table.cell(0, 0).text = f"in a table: {TAG}"
    picture = page.shapes.add_picture(io.BytesIO(_PNG), 0, 0)
    picture._element.nvPicPr.cNvPr.set("descr", f"shows {TAG}")
    data = CategoryChartData()
    data.categories = ["a"]
    data.add_series("old", (1,))
    frame = page.shapes.add_chart(XL_CHART_TYPE.COLUMN_CLUSTERED, 0, 0, Inches(2), Inches(2), data)
    frame._element.nvGraphicFramePr.cNvPr.set("descr", "{{ chart(figures) }} Chart")
    frame.chart.has_title = True
    frame.chart.chart_title.text_frame.text = f"chart: {TAG}"
    page.notes_slide.notes_text_frame.text = f"notes: {TAG}"
    _box(layout.shapes, f"layout: {TAG}")
    _box(new.slide_masters[0].shapes, f"master: {TAG}")
    new.core_properties.title = "t"
    out = io.BytesIO()
    new.save(out)
    return out.getvalue()


def _box(shapes: Any, text: str) -> Any:
    """A text box, on layouts and masters too, which python-pptx leaves alone."""
    if hasattr(shapes, "add_textbox"):
        box = shapes.add_textbox(0, 0, Inches(3), Inches(1))
        box.text_frame.text = text
        return box
    shapes._spTree.append(etree.fromstring(
        f"<p:sp {P}><p:nvSpPr><p:cNvPr id='90' name='x'/><p:cNvSpPr txBox='1'/><p:nvPr/></p:nvSpPr><p:spPr/>"
        f"<p:txBody><a:bodyPr/><a:p><a:r><a:t>{text}</a:t></a:r></a:p></p:txBody></p:sp>"
    ))  # fmt: skip
    return None


def _parts(package: Package) -> None:
    said = f"<p:cmLst {P}><p:cm authorId='0' idx='1'><p:pos x='1' y='1'/><p:text>comment: {TAG}</p:text></p:cm></p:cmLst>"
    authors = f"<p:cmAuthorLst {P}><p:cmAuthor id='0' name='A' initials='A' lastIdx='1' clrIdx='0'/></p:cmAuthorLst>"
    kind = "application/vnd.openxmlformats-officedocument.presentationml."
    add(
        package,
        Extra("ppt/vbaProject.bin", stored("vba"), "application/vnd.ms-office.vbaProject", MAIN,
              MICROSOFT + "2006/relationships/vbaProject"),
        Extra("ppt/media/sound.wav", blob("sound"), "audio/wav", SLIDE, "audio"),
        Extra("ppt/media/film.mp4", blob("film"), "video/mp4", SLIDE, "video"),
        Extra("ppt/embeddings/oleObject1.bin", stored("ole"), "application/octet-stream", SLIDE, "oleObject"),
        Extra("ppt/diagrams/data1.xml", points_of(f"art: {TAG}"), _DRAWING + "diagramData+xml", SLIDE, "diagramData"),
        Extra("ppt/diagrams/layout1.xml", LAYOUT, _DRAWING + "diagramLayout+xml", SLIDE, "diagramLayout"),
        Extra("ppt/diagrams/drawing1.xml", drawn(f"art: {TAG}"), "application/vnd.ms-office.drawingml.diagramDrawing+xml", SLIDE,
              MICROSOFT + "2007/relationships/diagramDrawing"),
        Extra("ppt/comments/comment1.xml", said.encode(), kind + "comments+xml", SLIDE, "comments"),
        Extra("ppt/commentAuthors.xml", authors.encode(), kind + "commentAuthors+xml", MAIN, "commentAuthors"),
        Extra("ppt/tags/tag1.xml", f"<p:tagLst {P}/>".encode(), kind + "tags+xml", SLIDE, "tags"),
        Extra("customXml/item8.xml", b"<more/>", XML, MAIN, "customXml"),
    )  # fmt: skip


def _slide(package: Package) -> None:
    root = package.tree(SLIDE)
    paragraph = next(root.iter(q("a:p")))
    names = f"xmlns:m='{NAMESPACES['m']}' xmlns:a14='http://schemas.microsoft.com/office/drawing/2010/main'"
    for xml in (
        f"<a:fld {P} id='{{12345678-1234-1234-1234-123456789ABC}}' type='slidenum'><a:rPr/><a:t>in a field: {TAG}</a:t></a:fld>",
        f"<mc:AlternateContent xmlns:mc='{NAMESPACES['mc']}'><mc:Choice {names} Requires='a14'><a14:m>"
        f"<m:oMath><m:r><m:t>in a formula: {TAG}</m:t></m:r></m:oMath></a14:m></mc:Choice></mc:AlternateContent>",
    ):
        paragraph.append(etree.fromstring(xml))
    next(root.iter(q("a:hlinkClick"))).set("tooltip", f"tip {TAG}")
    (picture,) = (r.id for r in package.rels(SLIDE) if r.word == "image")
    back = f"<p:bg {P}><p:bgPr><a:blipFill><a:blip r:embed='{picture}'/><a:stretch/></a:blipFill><a:effectLst/></p:bgPr></p:bg>"
    root[0].insert(0, etree.fromstring(back))
    root.append(etree.fromstring(f"<p:transition {P} spd='slow'><p:fade/></p:transition>"))
    root.append(
        etree.fromstring(
            f"<p:timing {P}><p:tnLst><p:par><p:cTn id='1'/></p:par></p:tnLst></p:timing>"
        )
    )
    package.store(SLIDE)


def _presentation(package: Package) -> None:
    root = package.tree(MAIN)
    slides = [item.get(q("r:id")) for item in root.iter(q("p:sldId"))]
    numbers = [item.get("id") for item in root.iter(q("p:sldId"))]
    shown = "".join(f"<p:sld r:id='{rel_id}'/>" for rel_id in slides)
    listed = "".join(f"<n:sldId id='{number}'/>" for number in numbers)
    style = root.find(q("p:defaultTextStyle"))
    assert style is not None
    for old in root.findall(q("p:extLst")):
        root.remove(old)
    for xml in (
        f"<p:custShowLst {P}><p:custShow name='S' id='0'><p:sldLst>{shown}</p:sldLst></p:custShow></p:custShowLst>",
        f"<p:modifyVerifier {P} algorithmName='SHA-512' hashData='AA==' saltData='AA==' spinValue='1'/>",
        f"<p:extLst {P}><p:ext uri='{{521415D9-36F7-43E2-AB2F-B90AF26B5E84}}'><n:sectionLst "
        "xmlns:n='http://schemas.microsoft.com/office/powerpoint/2010/main'><n:section name='S' id='{12345678-1234-1234-1234-123456789ABC}'>"
        f"<n:sldIdLst>{listed}</n:sldIdLst></n:section></n:sectionLst></p:ext></p:extLst>",
    ):
        root.append(etree.fromstring(xml))
    style.addprevious(next(root.iter(q("p:custShowLst"))))
    package.store(MAIN)
