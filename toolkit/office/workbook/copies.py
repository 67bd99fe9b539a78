"""Copies of a sheet's parts, for sheets that repeat, and their removal.

In: a package and the part of a sheet. Out: a new part with copies of everything that is its own.
"""

from __future__ import annotations

from toolkit.office.package.package import Package
from toolkit.office.slides.parts import numbered

_OWNED = frozenset(
    ("drawing", "vmlDrawing", "comments", "threadedComment", "table", "queryTable", "pivotTable",
     "chart", "chartEx", "chartUserShapes", "chartStyle", "chartColorStyle", "ctrlProp", "package")
)  # fmt: skip


def copy_sheet(package: Package, part: str) -> dict[str, str]:
    """Copy a sheet with its drawings, charts, comments, tables: the new name of each part."""
    renamed: dict[str, str] = {}
    _copy(package, part, renamed)
    return renamed


def _copy(package: Package, part: str, renamed: dict[str, str]) -> None:
    new = package.new_name(numbered(part))
    package.copy_part(part, new)
    renamed[part] = new
    for relation in package.rels(part):
        if relation.external or relation.word not in _OWNED or relation.target not in package:
            continue
        if relation.target not in renamed:
            _copy(package, relation.target, renamed)
        package.set_rel(new, relation.id, renamed[relation.target])


def remove_sheet(package: Package, part: str, main: str) -> None:
    """Drop a sheet with everything that is its own."""
    for relation in package.rels(main):
        if relation.target == part:
            package.remove_rel(main, relation.id)
    _remove(package, part)


def _remove(package: Package, part: str) -> None:
    own = [r.target for r in package.rels(part) if r.word in _OWNED and not r.external]
    package.remove(part)
    for target in own:
        if target in package:
            _remove(package, target)
