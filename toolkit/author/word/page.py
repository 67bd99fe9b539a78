"""The page: A4 with wide margins, a header from page two, a footer on every page.

In: a Pen. Out: the section properties and the header and footer parts.
"""

from __future__ import annotations

from toolkit.author.word.elements import make, twips
from toolkit.author.word.pen import Pen
from toolkit.author.word.text import field, paragraph, tab
from toolkit.office.package.markup import Element, q, serialise

SIZE = (21.0, 29.7)
SIDE = (SIZE[0] - Pen.width) / 2
TOP, BOTTOM, EDGE = 2.3, 2.1, 1.1


def section() -> Element:
    """The section properties that end the body."""
    width, height = (twips(cm) for cm in SIZE)
    return make(
        "sectPr",
        _story("header", "default", "rIdHeader"),
        _story("header", "first", "rIdFirstHeader"),
        _story("footer", "default", "rIdFooter"),
        _story("footer", "first", "rIdFooter"),
        make("pgSz", w=width, h=height),
        make("pgMar", top=twips(TOP), right=twips(SIDE), bottom=twips(BOTTOM), left=twips(SIDE),
             header=twips(EDGE), footer=twips(EDGE), gutter=0),
        make("titlePg"),
    )  # fmt: skip


def header_xml(pen: Pen) -> bytes:
    """Project on the left, document on the right, from page two."""
    line = paragraph(
        "Header", "{{ info.project_name }}", tab(), pen.wording.tag(pen.document.title)
    )
    return serialise(make("hdr", line))


def first_header_xml() -> bytes:
    """Nothing: the title block stands there."""
    return serialise(make("hdr", paragraph("Header")))


def footer_xml(pen: Pen) -> bytes:
    """Whose it is and who may see it on the left, page of pages on the right."""
    pages: list[Element | str] = [*field("PAGE", "1"), " / ", *field("NUMPAGES", "1")]
    between = "{% if info.footer and info.confidentiality %}  ·  {% endif %}"
    left = f"{{{{ info.footer }}}}{between}{{{{ info.confidentiality }}}}"
    line = paragraph("Footer", left, tab(), pen.wording.tag("ui.page") + " ", *pages)
    return serialise(make("ftr", line))


def _story(kind: str, pages: str, relation: str) -> Element:
    element = make(f"{kind}Reference", type=pages)
    element.set(q("r:id"), relation)
    return element
