"""The empty deck: theme, slide master, layouts and notes master, as one package.

In: theme slots and the words of the layouts. Out: the bytes of a 16:9 pptx without slides, whose
text and colours follow the theme alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from importlib.resources import files
from typing import Any

from lxml import etree

from toolkit.author.archive import packed
from toolkit.author.slides.grid import HEIGHT, WIDTH
from toolkit.author.slides.layouts import LAYOUTS
from toolkit.author.slides.master import layout_xml, levels, linked, master, start, sub
from toolkit.author.theme import theme_xml
from toolkit.office.package.markup import NAMESPACES, parse, q, serialise
from toolkit.office.package.relationships import relationship_type, relative, rels_name

PROMPT = "ui.click_to_write"
_TYPE = "application/vnd.openxmlformats-officedocument.{}+xml"
_TYPES = {
    "ppt/presentation.xml": "presentationml.presentation.main",
    "ppt/slideMasters": "presentationml.slideMaster",
    "ppt/slideLayouts": "presentationml.slideLayout",
    "ppt/notesMasters": "presentationml.notesMaster",
    "ppt/theme": "theme",
    "ppt/tableStyles.xml": "presentationml.tableStyles",
    "ppt/presProps.xml": "presentationml.presProps",
    "ppt/viewProps.xml": "presentationml.viewProps",
}
_MAIN = "ppt/presentation.xml"
_MASTER = "ppt/slideMasters/slideMaster1.xml"
_NOTES = "ppt/notesMasters/notesMaster1.xml"
_THEMES = ("ppt/theme/theme1.xml", "ppt/theme/theme2.xml")
_STYLES, _SETTINGS, _VIEW = "ppt/tableStyles.xml", "ppt/presProps.xml", "ppt/viewProps.xml"
_NO_STYLE = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"  # PowerPoint's "No Style, No Grid"


def base(theme: Mapping[str, str], wording: Callable[[str], str]) -> bytes:
    """A deck without slides."""
    prompt = wording(PROMPT)
    layouts = {
        f"ppt/slideLayouts/slideLayout{number}.xml": layout_xml(layout, wording(layout.key), prompt)
        for number, layout in enumerate(LAYOUTS, 1)
    }
    parts = {
        _MAIN: _presentation(),
        _MASTER: master(prompt),
        _NOTES: _notes_master(),
        _STYLES: _table_styles(),
        _SETTINGS: serialise(start("presentationPr")),
        _VIEW: serialise(start("viewPr")),
        **dict.fromkeys(_THEMES, theme_xml(theme)),
        **layouts,
    }
    return packed(parts | _links(layouts) | {"[Content_Types].xml": _content_types(parts)})


def _presentation() -> bytes:
    root = start("presentation")
    root.set("saveSubsetFonts", "1")
    linked(sub(root, "p:sldMasterIdLst"), "p:sldMasterId", "rId1", id="2147483648")
    linked(sub(root, "p:notesMasterIdLst"), "p:notesMasterId", "rId2")
    sub(root, "p:sldSz", cx=str(WIDTH), cy=str(HEIGHT))
    sub(root, "p:notesSz", cx="6858000", cy="9144000")
    levels(sub(root, "p:defaultTextStyle"))
    return serialise(root)


def _notes_master() -> bytes:
    """python-pptx's own, without its date of 2016."""
    root = parse((files("pptx") / "templates" / "notesMaster.xml").read_bytes())
    for field in root.iter(q("a:fld")):
        if field.get("type", "").startswith("datetime"):
            next(field.iter(q("a:t"))).text = ""
    return serialise(root)


def _table_styles() -> bytes:
    root = etree.Element(q("a:tblStyleLst"), nsmap={"a": NAMESPACES["a"]})
    root.set("def", _NO_STYLE)
    return serialise(root)


def _links(layouts: Iterable[str]) -> dict[str, bytes]:
    named = {
        "": [_MAIN],
        _MAIN: [_MASTER, _NOTES, _THEMES[0], _STYLES, _SETTINGS, _VIEW],
        _MASTER: [*layouts, _THEMES[0]],
        _NOTES: [_THEMES[1]],
        **{layout: [_MASTER] for layout in layouts},
    }
    return {rels_name(part): _relationships(part, targets) for part, targets in named.items()}


def _relationships(part: str, targets: Iterable[str]) -> bytes:
    root = etree.Element(q("rel:Relationships"), nsmap=_spaces("rel"))
    for number, target in enumerate(targets, 1):
        values = {"Id": f"rId{number}", "Type": relationship_type(_word(target))}
        values["Target"] = relative(part, target)
        etree.SubElement(root, q("rel:Relationship"), values)
    return serialise(root)


def _spaces(name: str) -> Any:
    return {None: NAMESPACES[name]}


def _word(target: str) -> str:
    """The relationship that leads to a part: its folder or its file, in the singular."""
    if target == _MAIN:
        return "officeDocument"
    folder, _, name = target.removeprefix("ppt/").rpartition("/")
    return folder.removesuffix("s") if folder else name.removesuffix(".xml")


def _content_types(parts: Iterable[str]) -> bytes:
    root = etree.Element(q("ct:Types"), nsmap=_spaces("ct"))
    rels = "application/vnd.openxmlformats-package.relationships+xml"
    for extension, kind in (("rels", rels), ("xml", "application/xml")):
        etree.SubElement(root, q("ct:Default"), Extension=extension, ContentType=kind)
    for part in parts:
        kind = next(kind for start, kind in _TYPES.items() if part.startswith(start))
        values = {"PartName": f"/{part}", "ContentType": _TYPE.format(kind)}
        etree.SubElement(root, q("ct:Override"), values)
    return serialise(root)
