"""Texts of a workbook outside its cells: prompts, titles, headers, comments, text boxes.

In: the tree of a part. Out: its texts swapped for labels, and a TextPlace for each that holds
tags; after a fill, the copy of the tree with the texts put in.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from toolkit.finding import Place
from toolkit.office.engine import Engine
from toolkit.office.package.markup import Element, q
from toolkit.office.record import Record
from toolkit.office.tags.text import has_tags
from toolkit.office.values import Picture, Special
from toolkit.office.workbook.fill import Filled
from toolkit.office.workbook.slots import Drawn, Guard, Slot, make_slot, text_of

Label = Callable[[str], str | None]
_SHORT = {"promptTitle": 32, "errorTitle": 32, "prompt": 255, "error": 255}
_PROMPTS = tuple(_SHORT)
_ALT = ("descr", "title")


class Hook(Record):
    """An element of a tree by its number in document order, and an attribute or its text."""

    number: int
    attribute: str = ""

    def write(self, elements: Sequence[Element], text: str) -> None:
        """Put a text there; what Excel allows at most is kept."""
        element = elements[self.number]
        if self.attribute:
            element.set(self.attribute, text[: _SHORT.get(self.attribute)])
        else:
            element.text = text
            if text != text.strip() and element.tag == q("x:t"):
                element.set(q("xml:space"), "preserve")


class TextPlace:
    """A text with tags: where its runs stand, and the Slot that fills them."""

    __slots__ = ("hooks", "slot")

    def __init__(self, hooks: tuple[Hook, ...], slot: Slot) -> None:
        self.hooks = hooks
        self.slot = slot

    def write(self, elements: Sequence[Element], value: Filled) -> None:
        """Put the filled text into a copy of the tree, given its elements in order."""
        texts = [""] * len(self.hooks)
        if isinstance(value, Picture):
            texts[0] = value.alt
        elif isinstance(value, list | Drawn):
            for number, text in value if isinstance(value, list) else value.runs:
                texts[int(number) if number.isdigit() else 0] += text
        elif not isinstance(value, Special):
            texts[0] = text_of(value)
        for hook, text in zip(self.hooks, texts, strict=True):
            hook.write(elements, text)


class TextReader(Record):
    """Finds texts; ``place`` is where they are, ``label`` swaps those without tags."""

    engine: Engine
    label: Label
    place: Place

    def paragraph(self, numbered: Sequence[tuple[int, Element]]) -> TextPlace | None:
        """The texts of one paragraph's runs, as one text."""
        runs = [(str(n), element.text or "") for n, (_, element) in enumerate(numbered)]
        whole = "".join(text for _, text in runs)
        if has_tags(whole):
            slot = make_slot(runs, self.place, self.engine)
            return TextPlace(tuple(Hook(number) for number, _ in numbered), slot)
        found = self.label(whole) if whole else None
        if found is not None:
            for index, (_, element) in enumerate(numbered):
                element.text = found if index == 0 else ""
        return None

    def attribute(self, number: int, element: Element, name: str) -> TextPlace | None:
        """The text of an attribute."""
        text = element.get(name, "")
        if has_tags(text):
            slot = make_slot([("0", text)], self.place, self.engine, typed=True)
            return TextPlace((Hook(number, name),), slot)
        found = self.label(text) if text else None
        if found is not None:
            element.set(name, found[: _SHORT.get(name)])
        return None

    def content(self, number: int, element: Element, guard: Guard) -> TextPlace:
        """The text of an element, with tags, whose values need care."""
        slot = make_slot([("0", element.text or "")], self.place, self.engine, guard)
        return TextPlace((Hook(number),), slot)


def paragraphs(root: Element, paragraph: str, text: str) -> Iterator[list[tuple[int, Element]]]:
    """The text elements of each paragraph of a tree, with their numbers in document order."""
    found: dict[Element, list[tuple[int, Element]]] = {}
    for number, element in enumerate(root.iter()):
        if element.tag == text:
            holder = next(element.iterancestors(paragraph), None)
            if holder is not None:
                found.setdefault(holder, []).append((number, element))
    yield from found.values()


def drawn_texts(root: Element, reader: TextReader) -> list[TextPlace]:
    """Paragraphs of shapes and chart titles, alternative texts, titles, names."""
    places = [reader.paragraph(runs) for runs in paragraphs(root, q("a:p"), q("a:t"))]
    for number, element in enumerate(root.iter()):
        if isinstance(element.tag, str) and element.tag.endswith("}cNvPr"):
            names = ("descr", "title", "name") if has_tags(element.get("name", "")) else _ALT
            places += [reader.attribute(number, element, name) for name in names]
    return [place for place in places if place]


def prompt_texts(root: Element, reader_at: Callable[[Element], TextReader]) -> list[TextPlace]:
    """Prompts and error messages of data validations."""
    places = [
        reader_at(element).attribute(number, element, name)
        for number, element in enumerate(root.iter())
        if isinstance(element.tag, str) and element.tag.endswith("}dataValidation")
        for name in _PROMPTS
    ]
    return [place for place in places if place]


def write_texts(
    root: Element,
    places: Iterable[TextPlace],
    values: Mapping[Slot, Sequence[Filled]],
    nth: int = 0,
) -> None:
    """Put what the slots became into a copy of the tree they were found in."""
    elements = list(root.iter())
    for place in places:
        found = values.get(place.slot, ())
        place.write(elements, found[min(nth, len(found) - 1)] if found else None)
