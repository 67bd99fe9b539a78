"""A compiled presentation, filled as often as one wants.

In: the plan of a template and its stream; then data. Out: the filled package, with the warnings of
the fill. Slides that repeat get charts, workbooks and notes of their own; slides that are left out
take theirs with them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from toolkit.finding import Finding, has_errors
from toolkit.office.engine import Engine
from toolkit.office.package.package import Package
from toolkit.office.slides.deck import count, relist, unlink
from toolkit.office.slides.fill import Filling
from toolkit.office.slides.parts import copy_slide, remove_slide
from toolkit.office.slides.plan import Plan, Slide
from toolkit.office.slides.showing import Showing, sort_showings
from toolkit.office.tags.stream import Stream


class Program:
    """A compiled presentation: its slides, their stream, and how often each picture is used."""

    def __init__(self, package: Package, engine: Engine, plan: Plan, stream: Stream) -> None:
        self._package = package
        self._engine = engine
        self._slides = plan.slides
        self._stream = stream
        self._properties = plan.properties
        self._media = plan.media
        self.findings: tuple[Finding, ...] = engine.finish()

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
