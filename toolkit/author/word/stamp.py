"""The identity of a file, in three places (SPEC 2.2): properties, a hidden control, a bookmark.

In: nothing but the names. Out: the hidden block at the end of the body and ``custom.xml``.
"""

from __future__ import annotations

from lxml import etree

from toolkit.author.word.elements import make, root
from toolkit.author.word.text import hidden_paragraph, hidden_run
from toolkit.office.package.markup import NAMESPACES, Element, q, serialise

IDENTITY = (
    *("kit_id", "project_id", "doc", "lang", "schema_version", "generated_at", "copy_id"),
    *("unit_id", "respondent_role", "period", "source_hash"),
)
PAIRS = (
    "{% for m in meta %}{{ m.key }}={{ m.value }}{% if not loop.last %}; {% endif %}{% endfor %}"
)
BOOKMARK = "_meta"
_FORMAT = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"


def stamp(number: int) -> Element:
    """The hidden content control ``_meta`` inside the bookmark ``_meta``.

    The control is inline and of no type: LibreOffice shows the text of any other although it is
    hidden, and it keeps the bookmark where it drops the control's tag.
    """
    properties = make("sdtPr", make("alias", val="_meta"), make("tag", val="_meta"),
                      make("lock", val="sdtContentLocked"))  # fmt: skip
    control = make("sdt", properties, make("sdtContent", hidden_run(PAIRS)))
    start = make("bookmarkStart", id=number, name=BOOKMARK)
    return hidden_paragraph("Stamp", start, control, make("bookmarkEnd", id=number))


def custom_xml() -> bytes:
    """``docProps/custom.xml``: one text property per pair of the identity."""
    properties = root("op:Properties", vt=NAMESPACES["vt"])
    for number, name in enumerate(IDENTITY, 2):
        item = etree.SubElement(
            properties, q("op:property"), fmtid=_FORMAT, pid=str(number), name=name
        )
        etree.SubElement(item, q("vt:lpwstr")).text = f"{{{{ identity.{name} }}}}"
    return serialise(properties)
