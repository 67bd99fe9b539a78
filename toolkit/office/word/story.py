"""A story: one part of a Word document that holds paragraphs, while it is being compiled.

In: the part's tree. Out: the same tree, translated, with marks where tags and other pieces stand;
then the compiled part.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator

from toolkit.finding import Place, Step
from toolkit.office.engine import Engine
from toolkit.office.package.markup import Element, q
from toolkit.office.package.package import Package
from toolkit.office.tags.marks import Marks
from toolkit.office.tags.text import Found, Tag, closing
from toolkit.office.word.places import TC, TXBX, P, paragraphs
from toolkit.office.word.text import Paragraph, read

_CONTAINERS = frozenset(
    {TC, TXBX, *map(q, ("w:body", "w:hdr", "w:ftr", "w:footnote", "w:endnote", "w:comment"))}
)


class Story:
    """The part, its marks, its engine; what must be looked after in the result.

    ``data_filled`` tells that the data behind bound controls holds tags of its own.
    """

    def __init__(
        self,
        package: Package,
        name: str,
        steps: tuple[Step, ...],
        engine: Engine,
        *,
        data_filled: bool,
    ) -> None:
        self.package = package
        self.name = name
        self.steps = steps
        self.engine = engine
        self.marks = Marks()
        self.data_filled = data_filled
        self.changed = False
        self.regridded: dict[Element, None] = {}
        self.emptied: dict[int, Element] = {}
        self.merged: list[tuple[Element, str, str]] = []  # cells, and marks to stand around them
        self._places: dict[Element, tuple[Step, ...]] = {}
        self._numbers: dict[Element | None, int] = {}

    @property
    def root(self) -> Element:
        """The part's tree."""
        return self.package.tree(self.name)

    def paragraphs(self) -> list[Paragraph]:
        """Every paragraph of the part, text boxes and their stand-ins included."""
        found = list(paragraphs(self.root, self.steps, twins=True))
        self._places = dict(found)
        return [read(element, steps) for element, steps in found]

    def place(self, element: Element) -> Place:
        """The place of an element: that of the paragraph it is in, or of its first one."""
        for paragraph in (element, *element.iterancestors(P), *element.iter(P)):
            if paragraph in self._places:
                return self.package.place(*self._places[paragraph])
        return self.package.place(*self.steps)

    def mark(self, found: Found, place: Place, level: Hashable = None, sink: str = "") -> str:
        """The mark of a tag, the text of a raw stretch, or nothing with a finding."""
        if found.tag is not None:
            return self.marks.mark(found.tag.at(place, level, sink))
        self.changed |= found.literal is not None
        return found.literal or ""

    def cut_off(self, text: str, found: Found, place: Place) -> None:
        """Record a tag without an end."""
        shown = text[found.start : found.start + 40]
        self.engine.add("tag-cut-off", place, tag=shown, end=closing(shown))

    def number(self, element: Element | None) -> int:
        """A number for an element, the same as long as the part is being compiled."""
        return self._numbers.setdefault(element, len(self._numbers))

    def level(self, element: Element) -> Hashable:
        """What an inline tag and its closer must share: the container and what wraps the runs."""
        path: list[Hashable] = []
        for above in (element, *element.iterancestors()):
            if above.tag in _CONTAINERS:
                return (self.number(above), *path)
            path.append(above.tag)
        return tuple(path)

    def misplaced(self, tag: Tag, place: Place) -> None:
        """Record a tag whose letter asks for a table that is not there."""
        self.engine.add("tag-misplaced", place, tag=tag.shown, where="")

    def regrid(self, table: Element) -> None:
        """Remember a table whose rows may get more or fewer cells."""
        self.regridded[table] = None

    def empties(self, holder: Element | None) -> None:
        """Remember a container that tags may leave without what it must hold."""
        if holder is not None:
            self.emptied[id(holder)] = holder


def inside(holder: Element, tag: str) -> Iterator[Element]:
    """Descendants with a tag, as a list that may be changed on the way."""
    return iter(list(holder.iter(tag)))
