"""The deck's own list of slides, and what goes with it: sections, custom shows, counts.

In: a package whose slides were copied or dropped, and the slides that shall stand in it. Out:
presentation.xml and the document properties that say the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy

from toolkit.office.package.markup import Element, parent, q
from toolkit.office.package.package import Package
from toolkit.office.record import Record

_P14 = "{http://schemas.microsoft.com/office/powerpoint/2010/main}"
_SECTION_SLIDE = _P14 + "sldId"
_FIRST_ID = 256
_APP = "docProps/app.xml"


class Entry(Record):
    """One slide of the template: its id, relationship id and part."""

    id: int
    rel_id: str
    part: str


def entries(package: Package) -> list[Entry]:
    """The slides of a deck in the order they are shown."""
    targets = {r.id: r.target for r in package.rels(package.main)}
    return [
        Entry(int(item.get("id", "0")), item.get(q("r:id"), ""), targets[item.get(q("r:id"), "")])
        for item in _slide_ids(package)
        if item.get(q("r:id")) in targets
    ]


def _slide_ids(package: Package) -> list[Element]:
    return list(package.tree(package.main).iterfind(q("p:sldIdLst") + "/" + q("p:sldId")))


def relist(package: Package, entry: Entry, copies: list[str] | None) -> None:
    """Follow the slide of ``entry`` by its ``copies`` (new parts); None drops the slide itself.

    Sections and custom shows follow.
    """
    shown = [] if copies is None else [(str(entry.id), entry.rel_id)]
    number = _next_id(package)
    for offset, part in enumerate(copies or ()):
        shown.append((str(number + offset), package.add_rel(package.main, "slide", part)))
    root = package.tree(package.main)
    for item in list(root.iter(q("p:sldId"), _SECTION_SLIDE, q("p:sld"))):
        if entry.rel_id == item.get(q("r:id")) or str(entry.id) == item.get("id"):
            _replace(item, shown)
    if copies is None:
        package.remove_rel(package.main, entry.rel_id)
    _drop_empty_shows(root)
    package.store(package.main)


def _replace(item: Element, shown: list[tuple[str, str]]) -> None:
    for number, rel_id in shown:
        twin = deepcopy(item)
        for name, value in (("id", number), (q("r:id"), rel_id)):
            if twin.get(name) is not None:
                twin.set(name, value)
        item.addprevious(twin)
    parent(item).remove(item)


def _next_id(package: Package) -> int:
    return max([_FIRST_ID - 1, *(int(item.get("id", "0")) for item in _slide_ids(package))]) + 1


def unlink(package: Package, gone: set[str]) -> None:
    """Take out the links of other slides to slides that are gone."""
    for entry in entries(package):
        for relation in package.rels(entry.part):
            if relation.word == "slide" and relation.target in gone:
                root = package.tree(entry.part)
                for link in list(root.iter(q("a:hlinkClick"), q("a:hlinkHover"))):
                    if link.get(q("r:id")) == relation.id:
                        parent(link).remove(link)
                package.store(entry.part)
                package.remove_rel(entry.part, relation.id)


def _drop_empty_shows(root: Element) -> None:
    """A custom show without slides, and the list of none, are not legal."""
    for show in list(root.iter(q("p:custShow"))):
        slides = show.find(q("p:sldLst"))
        if slides is None or not len(slides):
            shows = parent(show)
            shows.remove(show)
            if not len(shows):
                parent(shows).remove(shows)


def count(package: Package) -> None:
    """Make the counts of docProps/app.xml true; drop its list of titles, which Office rebuilds."""
    if _APP not in package:
        return
    root = package.tree(_APP)
    slides = [entry.part for entry in entries(package)]
    notes = sum(bool(package.related(part, "notesSlide")) for part in slides)
    for name, number in (("ep:Slides", len(slides)), ("ep:Notes", notes)):
        item = root.find(q(name))
        if item is not None:
            item.text = str(number)
    for stale in _stale(root):
        root.remove(stale)
    package.store(_APP)


def _stale(root: Element) -> Iterator[Element]:
    for name in ("ep:TitlesOfParts", "ep:HeadingPairs", "ep:Words", "ep:Paragraphs"):
        yield from root.findall(q(name))


def new_identity(root: Element, number: int) -> None:
    """Give the copy of a slide a creation id of its own."""
    for mark in root.iter(_P14 + "creationId"):
        value = int(mark.get("val", "0"))
        mark.set("val", str((value + number * 7919) % 2**32))


def unique_rows(root: Element) -> None:
    """Give the rows and columns that loops repeated ids of their own."""
    for name in ("rowId", "colId"):
        marks = list(root.iter("{*}" + name))
        taken = {int(mark.get("val", "0")) for mark in marks}
        seen: set[str] = set()
        following = max(taken, default=0) + 1
        for mark in marks:
            if mark.get("val", "") in seen:
                mark.set("val", str(following % 2**32))
                following += 1
            seen.add(mark.get("val", ""))
