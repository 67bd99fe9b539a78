"""How headings, list items, links, bold and italic look in a Word document.

In: paragraphs and runs to be dressed. Out: the same with the document's own styles where it has
them ("heading 2", "List Bullet", "Hyperlink"), with styles and lists made for them where not.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree

from toolkit.office.package.markup import NAMESPACES, Element, q
from toolkit.office.package.package import Package
from toolkit.office.word.numbering import LEVELS, add_num, new_list, style_list

if TYPE_CHECKING:
    from toolkit.office.markdown import Block, Span

_VAL, _STYLE_ID, _TYPE = q("w:val"), q("w:styleId"), q("w:type")
_PPR, _RPR = q("w:pPr"), q("w:rPr")
_STYLES = "word/styles.xml"
_STYLES_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"
_SIZES = (32, 28, 26, 24, 22, 22)  # half points
_LINK_COLOUR = "0563C1"
_AFTER_UPDATE = frozenset(
    q("w:" + name)
    for name in (
        *("hdrShapeDefaults", "footnotePr", "endnotePr", "compat", "docVars", "rsids"),
        *("attachedSchema", "themeFontLang", "clrSchemeMapping", "doNotIncludeSubdocsInStats"),
        *("doNotAutoCompressPictures", "forceUpgrade", "captions", "readModeInkLockDown"),
        *("smartTagType", "shapeDefaults", "doNotEmbedSmartTags", "decimalSymbol"),
        "listSeparator",
    )
) | {"{http://schemas.openxmlformats.org/officeDocument/2006/math}mathPr"}


class Looks:
    """The styles and lists of one document, as far as they are asked for."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._part = next(iter(package.related(package.main, "styles")), "")
        self._styles: dict[str, Element] = {}
        self._lists: dict[int, str] = {}
        self._headings = False
        if self._part in package:
            for style in package.tree(self._part).iter(q("w:style")):
                name = style.find(q("w:name"))
                if name is not None:
                    self._styles.setdefault(name.get(_VAL, "").lower(), style)

    def begin(self) -> None:
        """Another text begins: its lists are lists of their own."""
        self._lists = {}

    def dress(self, paragraph: Element, block: Block) -> None:
        """Make a paragraph the heading or list item it is."""
        if block.kind == "text":
            return
        for old in paragraph.findall(_PPR):
            paragraph.remove(old)
        properties = etree.Element(_PPR)
        paragraph.insert(0, properties)
        if block.kind == "heading":
            self._headings = True
            _say(properties, "w:pStyle", self._heading(block.level))
        else:
            self._item(properties, block)

    def mark(self, run: Element, span: Span) -> None:
        """Make a run bold, italic, a link."""
        style = self._link() if span.link else ""
        if not (span.bold or span.italic or style):
            return
        look = run.find(_RPR)
        if look is None:
            look = etree.Element(_RPR)
            run.insert(0, look)
        for old in [item for item in look if item.tag in _replaced(span)]:
            look.remove(old)
        at = sum(item.tag in (q("w:rStyle"), q("w:rFonts")) for item in look)
        for name in (*("w:b",) * span.bold, *("w:i",) * span.italic):
            look.insert(at, etree.Element(q(name)))
            at += 1
        if style:
            look.insert(0, etree.Element(q("w:rStyle"), attrib={_VAL: style}))

    def finish(self, root: Element) -> None:
        """Flag a table of contents for update when headings came in."""
        if self._headings and has_contents(root):
            update_fields(self._package)

    def headings(self) -> set[str]:
        """The ids of the document's heading styles."""
        found = (s for name, s in self._styles.items() if name.startswith("heading "))
        return {style.get(_STYLE_ID, "") for style in found}

    def _item(self, properties: Element, block: Block) -> None:
        """List styles of the document's own, level by level; else a list of ours."""
        name = "list bullet" if block.kind == "bullet" else "list number"
        style = self._styles.get(name if not block.level else f"{name} {block.level + 1}")
        abstract = "" if style is None else style_list(self._package, style)
        if style is not None and abstract:
            _say(properties, "w:pStyle", style.get(_STYLE_ID, ""))
            if block.kind == "number":
                if block.sequence not in self._lists:
                    self._lists[block.sequence] = add_num(self._package, abstract, 0)
                _number(properties, 0, self._lists[block.sequence])
            return
        level = min(block.level, LEVELS - 1)
        if block.sequence not in self._lists:
            self._lists[block.sequence] = new_list(self._package, block.kind, level)
        plain = self._styles.get("list paragraph")
        if plain is not None:
            _say(properties, "w:pStyle", plain.get(_STYLE_ID, ""))
        _number(properties, level, self._lists[block.sequence])

    def _heading(self, level: int) -> str:
        style = self._styles.get(f"heading {level}")
        if style is None:
            style = self._add(f"heading {level}", f"Heading{level}", "paragraph")
            look = etree.SubElement(style, _PPR)
            etree.SubElement(look, q("w:keepNext"))
            _say(look, "w:outlineLvl", str(level - 1))
            look = etree.SubElement(style, _RPR)
            etree.SubElement(look, q("w:b"))
            _say(look, "w:sz", str(_SIZES[level - 1]))
            self._package.store(self._part)
        return style.get(_STYLE_ID, "")

    def _link(self) -> str:
        style = self._styles.get("hyperlink")
        if style is None:
            style = self._add("Hyperlink", "Hyperlink", "character")
            look = etree.SubElement(style, _RPR)
            colour = etree.SubElement(look, q("w:color"))
            colour.set(_VAL, _LINK_COLOUR)
            colour.set(q("w:themeColor"), "hyperlink")
            _say(look, "w:u", "single")
            self._package.store(self._part)
        return style.get(_STYLE_ID, "")

    def _add(self, name: str, style_id: str, kind: str) -> Element:
        if self._part not in self._package:
            self._part = _new_styles(self._package)
        style = etree.Element(q("w:style"))
        style.set(_TYPE, kind)
        style.set(_STYLE_ID, style_id)
        _say(style, "w:name", name)
        self._package.tree(self._part).append(style)
        self._styles[name.lower()] = style
        return style


def _new_styles(package: Package) -> str:
    package.write(_STYLES, f'<w:styles xmlns:w="{NAMESPACES["w"]}"/>'.encode())
    package.set_content_type(_STYLES, _STYLES_TYPE)
    package.add_rel(package.main, "styles", _STYLES)
    return _STYLES


def _replaced(span: Span) -> tuple[str, ...]:
    names = ("w:b",) * span.bold + ("w:i",) * span.italic + ("w:rStyle",) * bool(span.link)
    return tuple(map(q, names))


def _number(properties: Element, level: int, number: str) -> None:
    own = etree.SubElement(properties, q("w:numPr"))
    _say(own, "w:ilvl", str(level))
    _say(own, "w:numId", number)


def _say(holder: Element, name: str, value: str) -> None:
    etree.SubElement(holder, q(name)).set(_VAL, value)


def has_contents(root: Element) -> bool:
    """Whether a part holds a table of contents."""
    codes = (item.text or "" for item in root.iter(q("w:instrText")))
    simple = (item.get(q("w:instr"), "") for item in root.iter(q("w:fldSimple")))
    return any(code.split()[:1] == ["TOC"] for code in (*codes, *simple))


def update_fields(package: Package) -> None:
    """Let Word bring the fields of the document up to date when it opens it."""
    for name in package.related(package.main, "settings"):
        root = package.tree(name)
        if root.find(q("w:updateFields")) is not None:
            continue
        flag = etree.Element(q("w:updateFields"), attrib={_VAL: "true"})
        following = next((child for child in root if child.tag in _AFTER_UPDATE), None)
        if following is None:
            root.append(flag)
        else:
            following.addprevious(flag)
        package.store(name)
