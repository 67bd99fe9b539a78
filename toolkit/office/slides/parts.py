"""Slides as parts: a second copy of a slide with everything that is its own, and its removal.

In: a package and the name of a slide part. Out: the package with parts copied or gone. What a
slide owns (charts and their workbooks, notes, diagrams, comments, embedded files) is copied;
what slides share (layouts, pictures, media) is pointed to.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from toolkit.office.package.package import Package
from toolkit.office.package.relationships import Relationship, rels_name

OWNED = frozenset(
    (
        "chart", "chartEx", "chartStyle", "chartColorStyle", "chartUserShapes", "package",
        "oleObject", "notesSlide", "diagramData", "diagramLayout", "diagramQuickStyle",
        "diagramColors", "diagramDrawing", "comments", "tags", "vmlDrawing", "control",
        "customXml", "ink",
    )
)  # fmt: skip
"""Relationship words of parts that belong to one slide, or to a part of one."""

_NUMBER = re.compile(r"\d+$")


def owned(package: Package, part: str) -> list[Relationship]:
    """The relationships of a part to parts that are its own."""
    return [r for r in package.rels(part) if r.word in OWNED and not r.external]


def copy_slide(package: Package, part: str) -> dict[str, str]:
    """Copy a slide with what it owns; the new part name of each copied part, the slide's first."""
    return _copy(package, part, {})


def _copy(package: Package, part: str, renamed: dict[str, str]) -> dict[str, str]:
    new = package.new_name(numbered(part))
    package.copy_part(part, new)
    renamed[part] = new
    for relation in package.rels(part):
        if relation.external:
            continue
        if relation.word in OWNED and relation.target not in renamed:
            _copy(package, relation.target, renamed)
        if relation.target in renamed:
            package.set_rel(new, relation.id, renamed[relation.target])
    return renamed


def numbered(part: str) -> str:
    """``ppt/slides/slide3.xml`` -> ``ppt/slides/slide{}.xml``: a pattern for a new name."""
    stem, dot, suffix = part.rpartition(".")
    return _NUMBER.sub("", stem) + "{}" + dot + suffix


def remove_slide(package: Package, part: str) -> None:
    """Drop a slide with what it owns, but for parts that something else still points to."""
    doomed = [part]
    for name in doomed:
        doomed += [r.target for r in owned(package, name) if r.target not in doomed]
    remove_parts(package, doomed)


def remove_parts(package: Package, doomed: Iterable[str]) -> None:
    """Drop parts that none of the other parts points to."""
    names = [name for name in doomed if name in package]
    for name in names[:1]:
        package.remove(name)
    for name in names[1:]:
        if not _wanted(package, name, names):
            package.remove(name)


def remove_unwanted(package: Package, parts: Iterable[str]) -> None:
    """Drop parts that nothing points to any more."""
    for name in dict.fromkeys(parts):
        if name in package and not _wanted(package, name, []):
            package.remove(name)


def _wanted(package: Package, part: str, doomed: list[str]) -> bool:
    """Whether a part outside ``doomed`` points to this one."""
    for name in package.names():
        owner = _owner(name)
        if owner is None or owner in doomed:
            continue
        if any(r.target == part and not r.external for r in package.rels(owner)):
            return True
    return False


def _owner(name: str) -> str | None:
    """The part whose relationships a member holds; None for other members."""
    if not name.endswith(".rels"):
        return None
    folder, _, base = name.rpartition("/")
    above = folder.removesuffix("_rels")
    owner = above + base.removesuffix(".rels")
    return owner if rels_name(owner) == name else None
