"""A presentation template made ready: translated, its tags found, all of them one Stream.

In: a package and an engine. Out: a Program, made of a Plan: the pieces of every part that holds
tags, slide by slide, and what to know of each slide when it is filled. A paragraph of the notes
that holds only ``{% for … %}`` or ``{% if … %}`` steers its whole slide.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import unquote

from lxml import etree

from toolkit.finding import Place, Step, TemplateError
from toolkit.office.charts.cache import C
from toolkit.office.engine import Engine
from toolkit.office.package.markup import Element, MarkupError, parent, parse, q, serialise
from toolkit.office.package.package import Package
from toolkit.office.package.relationships import Relationship, rels_name
from toolkit.office.properties import compile_properties
from toolkit.office.settings import Localisation
from toolkit.office.slides.box import Lineage, lineage
from toolkit.office.slides.cut import ATTRIBUTES, Cutter, closing, unclosed
from toolkit.office.slides.deck import entries
from toolkit.office.slides.paragraph import Paragraph, Tagged, set_language, swap_texts
from toolkit.office.slides.parts import OWNED
from toolkit.office.slides.plan import PICTURE, PartBegins, Plan, Slide, SlideBegins, title
from toolkit.office.slides.program import Program
from toolkit.office.slides.room import room, spills
from toolkit.office.slides.showing import emitters
from toolkit.office.tags.marks import Marks
from toolkit.office.tags.text import Tag, has_tags
from toolkit.office.unfillable import tell_unfillable

_AROUND = ("slideMaster", "notesMaster", "handoutMaster", "slideLayout")

_STEPS: dict[str, Step] = {"notes": ("notes", ""), "chart": ("chart", 1), "comment": ("comment", 1)}


class Planner:
    """Works through the parts of a template; the package keeps what is the same in every fill."""

    def __init__(self, package: Package, engine: Engine) -> None:
        self.package = package
        self.engine = engine
        self.localisation = engine.settings.localisation
        self.localised = self.localisation != Localisation()
        self.plan = Plan()
        self._relations: dict[str, Sequence[Relationship]] = {}
        self._roots: dict[str, Element | None] = {}
        self._lineages: dict[str, Lineage] = {}

    def make(self) -> Plan:
        """The plan of the whole template."""
        for name in self._around():
            root = self._root(name)
            if root is not None:
                place = self.package.place(("layout", title(root)))
                self.plan.items += self._part(name, root, place)
        for index, entry in enumerate(entries(self.package)):
            place = self.package.place(("slide", index + 1))
            slide = Slide(entry, place)
            self.plan.slides.append(slide)
            self.plan.items += self._slide(slide, index)
        return self.plan

    def _around(self) -> Iterator[str]:
        """Masters and layouts."""
        package, seen = self.package, set[str]()
        queue = [package.main]
        for name in queue:
            for relation in self._rels(name):
                target = relation.target
                if relation.word in _AROUND and target in package and target not in seen:
                    seen.add(target)
                    queue += [target] if relation.word != "slideLayout" else []
                    yield target

    def _slide(self, slide: Slide, index: int) -> list[Any]:
        steering = self._steering(slide)
        slide.steered = bool(steering)
        items: list[Any] = []
        for name in self._own(slide.entry.part):
            root = self._root(name)
            if root is not None:
                items += self._part(name, root, self._place(slide, name), slide)
            items += self._links(name, slide.place)
        if not items and not steering:
            return []
        closers = [closing(tag) for tag in reversed(steering)]
        return [*steering, SlideBegins(index), *items, *closers]

    def _rels(self, name: str) -> Sequence[Relationship]:
        if name not in self._relations:
            self._relations[name] = self.package.rels(name) if self._is_linked(name) else []
        return self._relations[name]

    def _is_linked(self, name: str) -> bool:
        """Whether what a part points to matters: of notes only addresses outside the deck do."""
        rels = rels_name(name)
        notes = "/notesSlides/" in name
        return rels in self.package and not (notes and b"External" not in self.package.read(rels))

    def _root(self, name: str) -> Element | None:
        """The tree of a part to work on; None when nothing in it is to be changed."""
        if name not in self._roots:
            data = self.package.read(name)
            plain = not self.localised and _is_plain(data)
            self._roots[name] = None if plain else self._parsed(name, data)
        return self._roots[name]

    def _parsed(self, name: str, data: bytes) -> Element:
        try:
            return parse(data)
        except MarkupError as error:
            raise TemplateError([self.package.broken(name, str(error))]) from error

    def _own(self, part: str) -> list[str]:
        """The XML parts of a slide, itself first."""
        names = [part]
        for name in names:
            owned = [r.target for r in self._rels(name) if r.word in OWNED and not r.external]
            names += [target for target in owned if target not in names]
        return [n for n in names if n.endswith(".xml") and n in self.package]

    def _place(self, slide: Slide, name: str) -> Place:
        folder = name.split("/")[-2] if "/" in name else ""
        return slide.place.at(*(s for word, s in _STEPS.items() if folder.startswith(word)))

    # One part

    def _part(
        self, name: str, root: Element, place: Place, slide: Slide | None = None
    ) -> list[Any]:
        """Translate a part for good; its pieces when it has tags."""
        swapped = self.localised and self._localise(root)
        if self.localised:
            self.package.write(name, serialise(root))
        if slide and name == slide.entry.part:
            self._measure(slide, root, swapped=swapped)
        pieces = Cutter(root, place, self.engine).cut()
        return [PartBegins(name), *pieces] if pieces else []

    def _localise(self, root: Element) -> bool:
        localisation = self.localisation
        set_language(root, localisation.tag)
        swapped = swap_texts(root, localisation.text)
        for tag, names in ATTRIBUTES.items():
            for element in root.iter(tag):
                for name in names:
                    self._swap_attribute(element, name)
        for element in root.iter(C + "formatCode"):
            element.text = localisation.number_format(element.text or "")
        for element in root.iter(C + "numFmt"):
            code = element.get("formatCode", "")
            element.set("formatCode", localisation.number_format(code))
        return swapped

    def _swap_attribute(self, element: Element, name: str) -> None:
        text = element.get(name, "")
        label = None if not text or has_tags(text) else self.localisation.text(text)
        if label is not None:
            element.set(name, label)

    def _measure(self, slide: Slide, root: Element, *, swapped: bool) -> None:
        """Learn the room of the slide's shapes; tell what translation alone made too long."""
        line = self._lineage(slide.entry.part)
        slide.room = room(line, root, tagged=True)
        if swapped:
            for spill in spills(root, room(line, root, tagged=False)):
                place = slide.place.at(("shape", spill.name))
                self.engine.add("text-overflow", place, needed=spill.needed, room=spill.room)

    def _lineage(self, part: str) -> Lineage:
        layout = next((r.target for r in self._rels(part) if r.word == "slideLayout"), part)
        if layout not in self._lineages:
            self._lineages[layout] = lineage(self.package, layout)
        return self._lineages[layout]

    def _links(self, name: str, place: Place) -> Iterator[Any]:
        """The addresses of a part's hyperlinks that hold tags; Office wrote their braces as %7B."""
        for number, relation in enumerate(self._rels(name), 1):
            address = unquote(relation.target)
            if relation.external and has_tags(address):
                marks, holder = Marks(), etree.Element("link")
                tagged = Tagged(self.engine, place.at(("link", number)), (name, relation.id))
                holder.text = tagged.plain(address, marks)
                yield PartBegins(name, relation.id)
                yield from marks.cut(holder)

    # What steers

    def _steering(self, slide: Slide) -> list[Tag]:
        """The openers in the slide's notes that steer it, taken out of the notes."""
        taken: list[Tag] = []
        notes = [r.target for r in self._rels(slide.entry.part) if r.word == "notesSlide"]
        for name in notes:
            root = self._root(name)
            if root is None:
                continue
            place = slide.place.at(("notes", ""))
            paragraphs = [Paragraph(p) for p in root.iter(q("a:p"))]
            alone = [(p, tag) for p in paragraphs for tag in p.lone()]
            everything = [f.tag for p in paragraphs for f in p.found if f.tag]
            for opener in unclosed(everything):
                for paragraph, tag in alone:
                    if tag is opener:
                        taken.append(tag.at(place, ("slide", slide.entry.part)))
                        _take_out(paragraph.element)
            if taken:
                self.package.write(name, serialise(root))
        return taken


def compile(package: Package, engine: Engine) -> Program:
    """A program for a presentation; raises TemplateError with every fault in it."""
    plan = Planner(package, engine).make()
    plan.properties = compile_properties(package, engine)
    stream = engine.compile(plan.items, emitters)
    begun = [item for item in plan.items if isinstance(item, PartBegins)]
    filled = {rels_name(item.name) if item.link else item.name for item in begun}
    tell_unfillable(package, engine, filled | {part.name for part in plan.properties})
    if any(isinstance(item, Tag) and item.sink == PICTURE for item in plan.items):
        plan.media = _media(package)
    program = Program(package, engine, plan, stream)
    package.pack()
    return program


def _is_plain(data: bytes) -> bool:
    """Whether every brace of a part begins a GUID: then no tag stands in it, however split."""
    if data.count(b"{") != data.count(b'="{') or b"_}" in data:
        return False
    return not any(b'="{' + c in data for c in (b"{", b"%", b"#"))


def _take_out(paragraph: Element) -> None:
    """Remove a paragraph; the text body keeps one."""
    body = parent(paragraph)
    body.remove(paragraph)
    if body.find(q("a:p")) is None:
        etree.SubElement(body, q("a:p"))


def _media(package: Package) -> Counter[str]:
    """How many relationships point to each picture of the package."""
    rels = [package.read(name) for name in package.names() if name.endswith(".rels")]
    media = [name for name in package.names() if "/media/" in name]
    return Counter(
        {
            name: sum(data.count(name.rpartition("/")[2].encode() + b'"') for data in rels)
            for name in media
        }
    )
