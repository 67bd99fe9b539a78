"""The rendered parts of a deck checked, tidied and written into the filled package.

In: showings of slides. Out: their parts in the package; findings in the run.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from toolkit.finding import Place
from toolkit.office.package.markup import Element, MarkupError, parse, q, serialise
from toolkit.office.package.package import Package
from toolkit.office.rich import NESTED, OPEN
from toolkit.office.run import Run
from toolkit.office.slides.deck import new_identity, unique_rows
from toolkit.office.slides.pictures import Site, place_specials
from toolkit.office.slides.plan import Slide, title
from toolkit.office.slides.room import spills, table_spills
from toolkit.office.slides.showing import Showing
from toolkit.office.slides.tidy import (
    BREAK,
    CONDITIONAL,
    break_lines,
    drop_dangling,
    drop_empty,
    drop_empty_tables,
    fit_columns,
    keep_bodies,
)


class Filling:
    """One fill of a deck: its package, its run, and how often each picture is pointed to."""

    def __init__(self, package: Package, run: Run, media: Counter[str]) -> None:
        self.package = package
        self.run = run
        self._media = media
        self._released: list[str] = []

    def write_around(self, showing: Showing) -> None:
        """Masters and layouts."""
        for begins, texts in showing.texts.items():
            root = self._root(begins.name, texts)
            if root is not None:
                place = self.package.place(("layout", title(root)))
                self._place(root, showing, place, begins.name)
                self.package.write(begins.name, serialise(root))

    def write_slide(
        self, slide: Slide, showing: Showing, copy: tuple[int, Mapping[str, str]]
    ) -> None:
        """A showing of a slide; ``copy``: which showing it is, and the names of its parts."""
        number, renamed = copy
        own = slide.entry.part
        # The slide itself last: the charts it gives data to must stand before it does.
        for begins, texts in sorted(showing.texts.items(), key=lambda item: item[0].name == own):
            name = renamed.get(begins.name, begins.name)
            root = self._root(name, texts)
            if root is None:
                continue
            if begins.link:
                self.package.set_rel(name, begins.link, (root.text or "").replace(" ", "%20"))
                continue
            notes = ("notes", "") if "/notesSlides/" in begins.name else None
            self._place(root, showing, slide.place.at(*filter(None, [notes])), name)
            if begins.name == own:
                self._finish(root, slide)
            self.package.write(name, serialise(root))
        if number:
            self._own_identity(renamed[own], number)

    def _root(self, name: str, texts: list[str]) -> Element | None:
        text = "".join(texts)
        try:
            root = parse(text.encode("utf-8", "xmlcharrefreplace"))
        except MarkupError:
            self.run.add("result-broken", Place(self.package.name), part=name)
            return None
        if NESTED in text:
            from toolkit.office.nested import SLIDE, lift_nested  # few templates gather paragraphs

            if not lift_nested(root, SLIDE):
                self.run.add("result-broken", Place(self.package.name), part=name)
        if BREAK in text:
            break_lines(root)
        if OPEN in text:
            from toolkit.office.slides.rich import expand  # few fills print Markdown

            expand(root, self.package, name)
        if CONDITIONAL in text:
            drop_empty(root)
        keep_bodies(root)
        return root

    def _place(self, root: Element, showing: Showing, place: Place, part: str) -> None:
        """Pictures and charts that alt texts ask for."""
        if showing.specials.values:
            site = Site(self.package, part, place, self.run)
            place_specials(root, showing.specials, site)
            self._released += site.released

    def _finish(self, root: Element, slide: Slide) -> None:
        """What only slides need."""
        if next(root.iter(q("a:tbl")), None) is not None:
            drop_empty_tables(root)
            fit_columns(root)
            unique_rows(root)
        drop_dangling(root)
        if slide.room is not None:
            for spill in [*spills(root, slide.room), *table_spills(root, slide.room)]:
                place = slide.place.at(("shape", spill.name))
                self.run.add("text-overflow", place, needed=spill.needed, room=spill.room)

    def _own_identity(self, part: str, number: int) -> None:
        new_identity(self.package.tree(part), number)
        self.package.store(part)

    def count_media(self, parts: Iterable[str]) -> None:
        """The parts of a copied slide point to the pictures of the first one too."""
        for part in parts:
            self._media.update(self.package.related(part, "image"))

    def drop_media(self) -> None:
        """Drop the pictures of placeholders that nothing points to any more."""
        self._media.subtract(self._released)
        for name in set(self._released):
            if self._media[name] <= 0 and name in self.package:
                self.package.remove(name)
