"""The front of a document: who sends it, the title block, the list of contents.

In: a Pen. Out: paragraphs; nothing floats, so the reading order is the order on the page.
"""

from __future__ import annotations

from collections.abc import Sequence

from lxml import etree

from toolkit.author.word.elements import emu, make
from toolkit.author.word.pen import Pen
from toolkit.author.word.text import field, paragraph, run, tab
from toolkit.office.package.markup import NAMESPACES, Element, q

LOGO = "word/media/logo.png"
LOGO_REL = "rIdLogo"
LOGO_SIZE = (4.4, 1.3)  # cm, the box the logo is fitted into


def front(pen: Pen) -> list[Element]:
    """Sender and logo, then project, title and what the document is for on the brand's colour."""
    intro = [paragraph("Subtitle", pen.say(pen.document.intro))] if pen.document.intro else []
    return [
        paragraph("Kicker", "{{ info.organisation }}", tab(), _logo()),
        paragraph("Cover", "{{ info.project_name }}"),
        paragraph("Title", pen.say(pen.document.title)),
        *(intro or [paragraph("Subtitle", "{{ info.intro }}")]),
    ]


def contents(pen: Pen, headings: Sequence[tuple[str, str]]) -> list[Element]:
    """The list of contents: links to (bookmark, heading), which Word can renew."""
    first, *others = [_entry(mark, words) for mark, words in headings]
    start = field('TOC \\o "1-1" \\n \\h \\z \\u', "")[:3]
    for element in reversed(start):
        first.insert(1, element)
    last = others[-1] if others else first
    last.append(make("r", make("fldChar", fldCharType="end")))
    return [paragraph("Label", pen.say("ui.toc"), keep=True), first, *others]


def heading(style: str, words: str, mark: str = "", number: int = 0) -> Element:
    """A heading, with the bookmark that the list of contents leads to."""
    if not mark:
        return paragraph(style, words)
    start = make("bookmarkStart", id=number, name=mark)
    return paragraph(style, start, run(words), make("bookmarkEnd", id=number))


def _entry(mark: str, words: str) -> Element:
    return paragraph("TOC1", make("hyperlink", run(words, "Hyperlink"), anchor=mark, history=1))


def _logo() -> Element:
    width, height = (emu(cm) for cm in LOGO_SIZE)
    inline = _element("wp:inline", distT="0", distB="0", distL="0", distR="0")
    _element("wp:extent", inline, cx=width, cy=height)
    _element(
        "wp:docPr",
        inline,
        id=1,
        name="Logo",
        descr="{{ image(branding.logo) }} {{ info.organisation }}",
    )
    graphic = _element("a:graphic", inline)
    data = _element("a:graphicData", graphic, uri=NAMESPACES["pic"])
    picture = _element("pic:pic", data)
    names = _element("pic:nvPicPr", picture)
    _element("pic:cNvPr", names, id=1, name="Logo")
    _element("pic:cNvPicPr", names)
    fill = _element("pic:blipFill", picture)
    _element("a:blip", fill).set(q("r:embed"), LOGO_REL)
    _element("a:fillRect", _element("a:stretch", fill))
    _shape(_element("pic:spPr", picture), width, height)
    return make("r", make("drawing", inline))


def _shape(properties: Element, width: int, height: int) -> None:
    frame = _element("a:xfrm", properties)
    _element("a:off", frame, x=0, y=0)
    _element("a:ext", frame, cx=width, cy=height)
    _element("a:avLst", _element("a:prstGeom", properties, prst="rect"))


def _element(name: str, parent: Element | None = None, /, **attributes: str | int) -> Element:
    texts = {key: str(value) for key, value in attributes.items()}
    if parent is None:
        return etree.Element(q(name), texts)
    return etree.SubElement(parent, q(name), texts)
