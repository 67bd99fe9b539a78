"""PowerPoint templates: compiled once, filled many times.

In: a package and an engine; then data. Out: the filled package, with the warnings of the fill.
Slides that repeat get charts, workbooks and notes of their own; slides that are left out take
theirs with them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from toolkit.finding import Finding, has_errors
from toolkit.office.engine import Engine
from toolkit.office.package.package import Package
from toolkit.office.package.relationships import rels_name
from toolkit.office.properties import compile_properties
from toolkit.office.slides.compile import PartBegins, Planner, Slide
from toolkit.office.slides.cut import PICTURE
from toolkit.office.slides.deck import count, relist, unlink
from toolkit.office.slides.fill import Filling
from toolkit.office.slides.parts import copy_slide, remove_slide
from toolkit.office.slides.showing import Showing, emitters, sort_showings
from toolkit.office.tags.text import Tag
from toolkit.office.unfillable import tell_unfillable


def compile(package: Package, engine: Engine) -> Program:
    """A program for a presentation; raises TemplateError with every fault in it."""
    return Program(package, engine)


class Program:
    """A compiled presentation."""

    def __init__(self, package: Package, engine: Engine) -> None:
        self._package = package
        self._engine = engine
        plan = Planner(package, engine).make()
        self._properties = compile_properties(package, engine)
        self._slides = plan.slides
        self._stream = engine.compile(plan.items, emitters)
        begun = [item for item in plan.items if isinstance(item, PartBegins)]
        filled = {rels_name(item.name) if item.link else item.name for item in begun}
        tell_unfillable(package, engine, filled | {part.name for part in self._properties})
        pictures = any(isinstance(i, Tag) and i.sink == PICTURE for i in plan.items)
        self._media = _media(package) if pictures else Counter[str]()
        self.findings = engine.finish()
        package.pack()

    def render(
        self, context: Mapping[str, Any], base: Path | None
    ) -> tuple[Package, tuple[Finding, ...]]:
        """The filled package and its warnings; raises TemplateError with every finding."""
        run = self._engine.begin(context, base)
        filling = Filling(self._package.copy(), run, Counter(self._media))
        pieces = self._engine.render(self._stream, run)
        for part in self._properties:
            part.write(self._engine, run, filling.package)
        if pieces or not has_errors(run.findings):
            self._fill(filling, sort_showings(pieces))
        return filling.package, self._engine.end(run)

    def _fill(self, filling: Filling, showings: list[Showing]) -> None:
        filling.write_around(showings[0])
        changed, gone = False, set[str]()
        for index, slide in enumerate(self._slides):
            shown = [showing for showing in showings if showing.index == index]
            if slide.steered and len(shown) != 1:
                changed = True
                gone |= _drop(filling.package, slide) if not shown else set()
            if shown:
                _show(filling, slide, shown)
        if gone:
            unlink(filling.package, gone)
        if changed:
            count(filling.package)
        filling.drop_media()


def _drop(package: Package, slide: Slide) -> set[str]:
    relist(package, slide.entry, None)
    remove_slide(package, slide.entry.part)
    return {slide.entry.part}


def _show(filling: Filling, slide: Slide, shown: list[Showing]) -> None:
    part = slide.entry.part
    copies = [copy_slide(filling.package, part) for _ in shown[1:]]
    if copies:
        relist(filling.package, slide.entry, [renamed[part] for renamed in copies])
    for renamed in copies:
        filling.count_media(renamed.values())
    for number, (showing, renamed) in enumerate(zip(shown, [{}, *copies], strict=True)):
        filling.write_slide(slide, showing, (number, renamed))


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
