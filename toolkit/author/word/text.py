"""Paragraphs and runs.

In: text (labels, tags) and the name of a style. Out: lxml elements.
"""

from __future__ import annotations

from toolkit.author.word.elements import XML_SPACE, flag, make, text
from toolkit.office.package.markup import Element, q


def paragraph(style: str, *content: Element | str, keep: bool = False) -> Element:
    """A paragraph of a style; strings become runs."""
    properties = make("pPr", make("pStyle", val=style), flag("keepNext", keep))
    return make("p", properties, *[_inline(item) for item in content])


def run(content: str, style: str = "", color: Element | None = None) -> Element:
    """A run of text, in a character style if one is named."""
    named = make("rStyle", val=style) if style else None
    properties = make("rPr", named, color) if style or color is not None else None
    return make("r", properties, text(content))


def link(shown: str, target: str) -> Element:
    """A hyperlink; ``target`` stands for its relationship until the package is made."""
    element = make("hyperlink", run(shown, "Hyperlink"), history=1)
    element.set(q("r:id"), target)
    return element


def tab() -> Element:
    """A tab stop on its way."""
    return make("r", make("tab"))


def hidden_run(content: str, color: Element | None = None) -> Element:
    """Text for machines: nobody sees or prints it."""
    return make("r", make("rPr", make("noProof"), make("vanish"), color), text(content))


def hidden_paragraph(style: str, *content: Element) -> Element:
    """A paragraph that takes no room while hidden text is not shown."""
    mark = make("rPr", make("noProof"), make("vanish"))
    return make("p", make("pPr", make("pStyle", val=style), mark), *content)


def tag_line(tag: str) -> Element:
    """A paragraph that holds one structural tag and goes when the document is filled."""
    return paragraph("Normal", f"{{%p {tag} %}}")


def gap() -> Element:
    """The thin line that keeps two tables apart."""
    return paragraph("Gap")


def field(code: str, shown: str) -> list[Element]:
    """A field Word computes (``PAGE``, ``NUMPAGES``) with what it shows until then."""
    return [
        make("r", make("fldChar", fldCharType="begin")),
        make("r", _code(code)),
        make("r", make("fldChar", fldCharType="separate")),
        run(shown),
        make("r", make("fldChar", fldCharType="end")),
    ]


def _code(code: str) -> Element:
    element = make("instrText")
    element.text = f" {code} "
    element.set(XML_SPACE, "preserve")
    return element


def _inline(item: Element | str) -> Element:
    return run(item) if isinstance(item, str) else item
