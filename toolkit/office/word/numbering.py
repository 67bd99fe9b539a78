"""Lists of a Word document.

In: a package. Out: numbers of lists (w:numId) to put into paragraphs: bullets, and numbered lists
that each begin anew. The numbering part is made where there is none.
"""

from __future__ import annotations

from copy import deepcopy

from lxml import etree

from toolkit.office.package.markup import NAMESPACES, Element, q
from toolkit.office.package.package import Package

_PART = "word/numbering.xml"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.numbering+xml"
_VAL, _LEVEL = q("w:val"), q("w:ilvl")
_ABSTRACT, _NUM = q("w:abstractNumId"), q("w:numId")
_OURS = {"bullet": "56454901", "number": "56454902"}
_BULLETS, _FORMATS = "•–▪", ("decimal", "lowerLetter", "lowerRoman")
LEVELS = 9
_STEP = 360  # twips of indent a level


def numbering(package: Package) -> Element:
    """The tree of the numbering part; call ``store_numbering`` after a change."""
    for name in package.related(package.main, "numbering"):
        if name in package:
            return package.tree(name)
    package.write(_PART, f'<w:numbering xmlns:w="{NAMESPACES["w"]}"/>'.encode())
    package.set_content_type(_PART, _TYPE)
    package.add_rel(package.main, "numbering", _PART)
    return package.tree(_PART)


def store_numbering(package: Package) -> None:
    """Keep the changed numbering part."""
    for name in package.related(package.main, "numbering"):
        if name in package:
            package.store(name)


def new_list(package: Package, kind: str, level: int) -> str:
    """The number of a list of our own; a numbered one begins with 1 at ``level``."""
    root = numbering(package)
    abstract = _abstract(root, kind)
    number = _known(root, abstract) if kind == "bullet" else ""
    return number or add_num(package, abstract, level if kind == "number" else None)


def add_num(package: Package, abstract: str, restart: int | None) -> str:
    """A new w:num of an abstract list; ``restart`` is the level that begins with 1."""
    root = numbering(package)
    number = str(next_id(root, "w:num", _NUM))
    num = etree.Element(q("w:num"))
    num.set(_NUM, number)
    etree.SubElement(num, _ABSTRACT).set(_VAL, abstract)
    if restart is not None:
        override = etree.SubElement(num, q("w:lvlOverride"))
        override.set(_LEVEL, str(restart))
        etree.SubElement(override, q("w:startOverride")).set(_VAL, "1")
    insert(root, num)
    store_numbering(package)
    return number


def number_of(properties: Element) -> tuple[str, int]:
    """The list (w:numId) and level that a w:numPr names."""
    number, level = properties.find(_NUM), properties.find(_LEVEL)
    depth = "0" if level is None else level.get(_VAL, "0")
    return "" if number is None else number.get(_VAL, ""), int(depth) if depth.isdigit() else 0


def numbered_levels(package: Package) -> dict[str, frozenset[int]]:
    """For each list of a document the levels that count; empty where there is no such part."""
    if not any(name in package for name in package.related(package.main, "numbering")):
        return {}
    root = numbering(package)
    counted = {item.get(_ABSTRACT, ""): _counted(item) for item in root.findall(q("w:abstractNum"))}
    return {num.get(_NUM, ""): counted.get(_abstract_of(num), frozenset())
            for num in root.findall(q("w:num"))}  # fmt: skip


def _counted(abstract: Element) -> frozenset[int]:
    levels = {}
    for level in abstract.findall(q("w:lvl")):
        kind = level.find(q("w:numFmt"))
        levels[_depth(level)] = "decimal" if kind is None else kind.get(_VAL, "")
    return frozenset(depth for depth, kind in levels.items() if kind not in ("bullet", "none"))


def _depth(level: Element) -> int:
    depth = level.get(_LEVEL, "")
    return int(depth) if depth.isdigit() else -1


def _abstract_of(num: Element) -> str:
    named = num.find(_ABSTRACT)
    return "" if named is None else named.get(_VAL, "")


def next_num(package: Package) -> str:
    """A number that no list has yet."""
    return str(next_id(numbering(package), "w:num", _NUM))


def add_nums(package: Package, copies: dict[str, str]) -> None:
    """New lists: by their number, the list each is like; all levels begin where they began."""
    root = numbering(package)
    nums = {num.get(_NUM, ""): num for num in root.findall(q("w:num"))}
    abstracts = {item.get(_ABSTRACT, ""): item for item in root.findall(q("w:abstractNum"))}
    last = list(nums.values())[-1]
    for number, original in copies.items():
        num = deepcopy(nums[original])
        num.tail = None
        num.set(_NUM, number)
        for level in abstracts[_abstract_of(num)].findall(q("w:lvl")):
            _begin_anew(num, level)
        last.addnext(num)
        last = num
    store_numbering(package)


def _begin_anew(num: Element, level: Element) -> None:
    """Say where a level begins, unless the list says so already."""
    depth = level.get(_LEVEL, "0")
    overrides = num.findall(q("w:lvlOverride"))
    own = next((item for item in overrides if item.get(_LEVEL) == depth), None)
    if own is None:
        own = etree.SubElement(num, q("w:lvlOverride"))
        own.set(_LEVEL, depth)
    if own.find(q("w:startOverride")) is None:
        start = next((s for holder in (own, level) for s in holder.iter(q("w:start"))), None)
        begin = etree.Element(q("w:startOverride"))
        begin.set(_VAL, "1" if start is None else start.get(_VAL, "1"))
        own.insert(0, begin)


def insert(root: Element, item: Element) -> None:
    """Put a w:abstractNum or w:num where the schema wants it."""
    order = (q("w:numPicBullet"), q("w:abstractNum"), q("w:num"))
    rank = order.index(item.tag)
    before = [child for child in root if child.tag in order[: rank + 1]]
    root.insert(root.index(before[-1]) + 1 if before else 0, item)


def next_id(root: Element, tag: str, name: str) -> int:
    """A free id of w:num (from 1) or w:abstractNum (from 0)."""
    taken = [int(item.get(name, "0")) for item in root.findall(q(tag))]
    return max(taken, default=0 if tag == "w:num" else -1) + 1


def style_list(package: Package, style: Element) -> str:
    """The abstract list a paragraph style belongs to; empty when it belongs to none."""
    own = style.find(f"{q('w:pPr')}/{q('w:numPr')}/{_NUM}")
    if own is None:
        return ""
    for num in numbering(package).findall(q("w:num")):
        abstract = num.find(_ABSTRACT)
        if num.get(_NUM) == own.get(_VAL) and abstract is not None:
            return abstract.get(_VAL, "")
    return ""


def _known(root: Element, abstract: str) -> str:
    for num in root.findall(q("w:num")):
        own = num.find(_ABSTRACT)
        if own is not None and own.get(_VAL) == abstract and len(num) == 1:
            return num.get(_NUM, "")
    return ""


def _abstract(root: Element, kind: str) -> str:
    """The id of our own abstract list of a kind, made where it is missing."""
    for item in root.findall(q("w:abstractNum")):
        mark = item.find(q("w:nsid"))
        if mark is not None and mark.get(_VAL) == _OURS[kind]:
            return item.get(_ABSTRACT, "")
    number = str(next_id(root, "w:abstractNum", _ABSTRACT))
    item = etree.Element(q("w:abstractNum"))
    item.set(_ABSTRACT, number)
    _say(item, "w:nsid", _OURS[kind])
    _say(item, "w:multiLevelType", "hybridMultilevel")
    for level in range(LEVELS):
        item.append(_level(kind, level))
    insert(root, item)
    return number


def _level(kind: str, level: int) -> Element:
    out = etree.Element(q("w:lvl"))
    out.set(_LEVEL, str(level))
    bullet = kind == "bullet"
    _say(out, "w:start", "1")
    _say(out, "w:numFmt", "bullet" if bullet else _FORMATS[level % len(_FORMATS)])
    _say(out, "w:lvlText", _BULLETS[level % len(_BULLETS)] if bullet else f"%{level + 1}.")
    _say(out, "w:lvlJc", "left")
    indent = etree.SubElement(etree.SubElement(out, q("w:pPr")), q("w:ind"))
    indent.set(q("w:left"), str(_STEP * (level + 1)))
    indent.set(q("w:hanging"), str(_STEP))
    return out


def _say(holder: Element, name: str, value: str) -> None:
    etree.SubElement(holder, q(name)).set(_VAL, value)
