"""Personal data in a returned file: every place where it stands, by kind; or all of it masked.

In: what a file holds. Out: findings with file, sheet, cell and kind, never the value; with
``--redact`` the file as it is kept, every text that was found masked. What was sent out (names of
roles, the address to return to) is not told again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property, lru_cache
from itertools import islice

from toolkit.collect.find import Search
from toolkit.collect.reading.book import Book, Page
from toolkit.collect.reading.form_parts import PARAGRAPH, ROW, cells_of, text_of
from toolkit.collect.reading.outline import Pairs, of_texts
from toolkit.collect.reading.parts import told as told_by
from toolkit.collect.reading.parts import tree
from toolkit.collect.reading.sieve import Sieve
from toolkit.collect.reading.tables import META
from toolkit.collect.returned import Cell, Returned
from toolkit.finding import LANGUAGES, Finding, Place, finding
from toolkit.language import Labels
from toolkit.office.package.markup import Element, parse, q
from toolkit.personal import findings_at, kinds_in, mask, masked
from toolkit.sent import Pair
from toolkit.store.long import Long

MOST = 100  # findings about personal data in one file
ASKED = frozenset({"f.phone", "f.support_contact"})  # who is asked for a number may give one
PROPERTIES = ("docProps/core.xml", "docProps/app.xml", "docProps/custom.xml")
STORIES = ("word/header", "word/footer", "word/footnotes", "word/endnotes")
DRAWINGS = "xl/drawings/drawing"
Parts = Mapping[str, bytes]
Told = tuple[object, Place]


@dataclass(frozen=True)
class Sent:
    """The texts a file was sent out with, which are nobody's answer."""

    pairs: Sequence[Pair] = ()

    @cached_property
    def texts(self) -> frozenset[str]:
        """What the pairs of its stamp hold."""
        return frozenset(" ".join(value.split()) for _, value in self.pairs)

    def has(self, value: object) -> bool:
        """Whether a text stood there when the file was sent."""
        return isinstance(value, str) and " ".join(value.split()) in self.texts


def told(found: Iterable[Told], sent: Sent, file: Place) -> list[Finding]:
    """A finding for every kind of personal data in every place; of very many the first."""
    every = (
        finding(code, place, **params)
        for value, place in found
        for code, place, params in findings_at(value, place)
        if not sent.has(value)
    )
    shown = list(islice(every, MOST))
    more = sum(1 for _ in every)
    return [*shown, finding("personal-more", file, n=more)] if more else shown


def in_book(book: Book, parts: Parts, place: Place) -> Iterator[Told]:
    """Every text of a workbook: its name, its sheets, cells, notes, text boxes, properties."""
    yield place.file, place
    for page in book.pages:
        if page.name != META:
            if kinds_in(page.name):
                yield page.name, place.at(("sheet", page.name))
            if page.passing(SOMEBODYS):
                yield from _cells(page, place)
            for at, text in page.marks.comments.items():
                yield text, page.place(place, at).at(("comment", 1))
    for number, name in enumerate(sorted(n for n in parts if n.startswith(DRAWINGS)), 1):
        if name.endswith(".xml"):
            yield told_by(_drawn, parts, name, place), place.at(("textbox", number))
    yield from in_properties(parts, place)


SOMEBODYS = Sieve(lambda content: content not in (None, "") and bool(kinds_in(content)))
"""The contents of cells that may be somebody's personal data."""


def _cells(page: Page, place: Place) -> Iterator[Told]:
    odd = page.passing(SOMEBODYS)
    for row, values in enumerate(page.rows):
        if _returns(values[0] if values else None):
            continue
        for column, value in enumerate(values):
            if value in odd:
                yield value, page.place(place, (row, column))


@cache
def _return_labels() -> frozenset[str]:
    return frozenset(Labels.load(language).t("ui.return_to") for language in LANGUAGES)


def _returns(label: object) -> bool:
    """Whether a line tells where to return the file to."""
    return isinstance(label, str) and label.strip().rstrip(":") in _return_labels()


def in_form(root: Element, parts: Parts, cells: Iterable[Cell], place: Place) -> Iterator[Told]:
    """Every text of a Word form: its name, what was read, the rest, comments, properties."""
    yield place.file, place
    known: list[str] = []
    for cell in cells:
        known.append(cell.raw)
        if cell.field not in ASKED:
            yield cell.raw, Place(place.file, cell.steps)
    for number, paragraph in enumerate(root.iter(PARAGRAPH), 1):
        text = text_of(paragraph)
        if kinds_in(text) and not _address(paragraph) and not any(text in raw for raw in known):
            yield text, place.at(("paragraph", number))
    yield from _comments(parts, place)
    for name in sorted(parts):
        if name.startswith(STORIES) and name.endswith(".xml"):
            story = "header" if "header" in name else "footer" if "footer" in name else "footnote"
            yield text_of(tree(parts, name, place)), place.at((story, 1))
    yield from in_properties(parts, place)


def _address(paragraph: Element) -> bool:
    row = next(paragraph.iterancestors(ROW), None)
    cells = cells_of(row) if row is not None else []
    return bool(cells) and _returns(text_of(cells[0]))


def _comments(parts: Parts, place: Place) -> Iterator[Told]:
    if "word/comments.xml" in parts:
        comments = tree(parts, "word/comments.xml", place).iter("{*}comment")
        for number, comment in enumerate(comments, 1):
            author = comment.get(q("w:author"), "")
            yield f"{author}\n{text_of(comment)}", place.at(("comment", number))


def in_properties(parts: Parts, place: Place) -> Iterator[Told]:
    """The properties of the file: who made it, its title, its keywords."""
    for part in PROPERTIES:
        for name, text in told_by(properties, parts, part, place) if part in parts else ():
            yield text, place.at(("property", name))


@lru_cache(maxsize=64)
def properties(data: bytes) -> Pairs:
    """The properties of a part that may be somebody's personal data."""
    return tuple(pair for pair in of_texts(data, _texts) if kinds_in(pair[1]))


def _texts(root: Element) -> Pairs:
    """The texts of a part with the name of each, or what its element is called."""
    items = ((item, item.text or "") for item in root.iter())
    return tuple(
        (item.get("name") or str(item.tag).rpartition("}")[2], text) for item, text in items
    )


@lru_cache(maxsize=64)
def _drawn(data: bytes) -> str:
    """The texts of a drawing."""
    return " ".join(text.text or "" for text in parse(data).iter("{*}t"))


# --- masked ---------------------------------------------------------------------------------------


def redacted(returned: Returned) -> Returned:
    """The file as it is kept where personal data is not: texts masked, ids as they are."""
    return replace(
        returned,
        file=mask(returned.file),
        filled_by=mask(returned.filled_by),
        filled_role=mask(returned.filled_role),
        cells=tuple(_redacted(cell) for cell in returned.cells),
        sent={spot: masked(value) for spot, value in returned.sent.items()},
        names=masked(returned.names),
        findings=masked(returned.findings),
    )


def _redacted(cell: Cell) -> Cell:
    """A cell without personal data; a number that was somebody's is no number any more."""
    value = masked(cell.value)
    counted = isinstance(cell.value, int | float) and isinstance(value, str)
    return cell._replace(
        raw=mask(cell.raw),
        value=value,
        steps=masked(cell.steps),
        state="personal-number" if counted else cell.state,
        usable=cell.usable and not counted,
    )


def redacted_names(search: Search) -> Search:
    """What was found, the names of the files without personal data, and that it stood there."""
    names = ((source.name, Place(mask(source.name))) for source in search.sources)
    found = told(names, Sent(), Place(""))
    sources = Long(source._replace(name=mask(source.name)) for source in search.sources)
    return replace(search, sources=sources, findings=[*masked(search.findings), *found])
