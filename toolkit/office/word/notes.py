"""Footnotes, endnotes and comments, filled where they are referred to.

In: the body of a document, before its tags are placed. Out: the body with a copy of each note
beside its reference, so that a note's tags see the names of the loop or condition it stands in;
rendered, each round of a loop has a note of its own, and a note whose reference went is gone too.
A note that neither holds tags nor stands in a loop stays where it was, byte for byte.
"""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from lxml import etree

from toolkit.office.package.markup import Element, parent, parse, q
from toolkit.office.package.package import Package
from toolkit.office.record import Record
from toolkit.office.rich import OPEN
from toolkit.office.tags.pieces import END, Fill, Start
from toolkit.office.tags.text import Kind, Tag
from toolkit.office.word.grid import opening_of
from toolkit.office.word.ids import Fresh
from toolkit.office.word.places import NOTES, P
from toolkit.office.word.story import Story
from toolkit.office.word.text import read

_ID = q("w:id")
_REFERENCES = {
    "footnotes": ("w:footnote", "w:footnoteReference", ()),
    "endnotes": ("w:endnote", "w:endnoteReference", ()),
    "comments": ("w:comment", "w:commentReference", ("w:commentRangeStart", "w:commentRangeEnd")),
}
_OWN = tuple(map(q, ("w:drawing", "w:pict", "w:object")))
_PARA_ID = q("w14:paraId")
_BESIDE_COMMENTS = ("commentsExtended", "commentsIds", "commentsExtensible")


class Note(Record):
    """Takes a rendered note out of the body; ``opening`` declares the body's namespaces."""

    word: str
    number: str
    opening: str

    def close(self, stretch: list[Any], fill: Fill) -> list[Any]:
        """Keeps the note for ``write_notes``; nothing stands in the body."""
        notes = fill.memory.setdefault("notes", {})
        notes.setdefault((self.word, self.opening), []).append("".join(stretch))
        return []


def bring_in(package: Package) -> None:
    """Copy the notes that may need it into the body, each before its reference."""
    for word, (tag, reference, _) in _REFERENCES.items():
        name = _part(package, word)
        if not name:
            continue
        body = package.tree(package.main)
        steered = any(_steers(paragraph) for paragraph in body.iter(P))
        notes = {note.get(_ID): note for note in package.tree(name).findall(q(tag))}
        for item in list(body.iter(q(reference))):
            note = notes.pop(item.get(_ID), None)
            if note is None or next(note.iter(*_OWN), None) is not None:
                continue  # pictures and the like are parts of the part they stand in
            if steered or "{" in "".join(map(str, note.itertext())):
                _place(item, note)


def _part(package: Package, word: str) -> str:
    return next((name for name in package.related(package.main, word) if name in package), "")


def _steers(paragraph: Element) -> bool:
    found = read(paragraph, ()).found
    return any(item.tag is not None and item.tag.kind is Kind.STATEMENT for item in found)


def _place(reference: Element, note: Element) -> None:
    """A copy of a note before its reference, or before the words that are commented on."""
    copy = deepcopy(note)
    copy.tail = None
    at = reference
    if reference.tag == q("w:commentReference"):
        at = _range_start(reference)
        etree.strip_attributes(copy, _PARA_ID, q("w14:textId"))
    at.addprevious(copy)


def _range_start(reference: Element) -> Element:
    """Where a comment begins: its range, or the run of its reference."""
    root = reference.getroottree().getroot()
    for item in root.iter(q("w:commentRangeStart")):
        if item.get(_ID) == reference.get(_ID):
            return item
    return parent(reference)


def mark_notes(story: Story) -> None:
    """Marks around the notes of a body, and in place of their ids and those of their references."""
    notes = [item for item in story.root.iter(*NOTES) if item is not story.root]
    if not notes or parent(notes[0]) is story.root:
        return
    opening = opening_of(story.root)
    for note in notes:
        word = f"{etree.QName(note).localname}s"
        number = note.get(_ID, "")
        _, reference, edges = _REFERENCES[word]
        for item in list(story.root.iter(*map(q, (reference, *edges)))):
            if item.get(_ID) == number:
                item.set(_ID, story.marks.mark(Fresh(f"{word} end", number)))
        note.set(_ID, story.marks.mark(Fresh(word, number)))
        story.marks.around(note, Start(Note(word, number, opening)), END_OF_NOTE)


class _EndOfNote(Record):
    """Stands for the end of a note until it is known whether the note is needed here."""

    name: str = "note"


END_OF_NOTE = _EndOfNote()


def settle_notes(items: list[Any], package: Package) -> list[Any]:
    """The pieces without the notes that need no filling; the others leave their own part."""
    out: list[Any] = []
    depth, begun = 0, 0
    for item in items:
        if isinstance(item, Tag):
            depth += (item.word == "for") - (item.word == "endfor")
        if isinstance(item, Start) and isinstance(item.guard, Note):
            begun = len(out)
        out.append(item)
        if item is END_OF_NOTE:
            out[begun:] = _settled(out[begun:], depth, package)
    return out


def _settled(stretch: list[Any], depth: int, package: Package) -> list[Any]:
    note: Note = stretch[0].guard
    if not depth and not any(isinstance(item, Tag) for item in stretch):
        return []
    root = package.tree(_part(package, note.word))
    for item in root.findall(q(_REFERENCES[note.word][0])):
        if item.get(_ID) == note.number:
            _forget(package, item)
            root.remove(item)
    package.store(_part(package, note.word))
    return [*stretch[:-1], END]


def _forget(package: Package, note: Element) -> None:
    """What stands beside a comment (whether it is done, when it was made) goes with it."""
    known = {item.get(_PARA_ID) for item in note.iter(P)} - {None}
    for word in _BESIDE_COMMENTS if note.tag == q("w:comment") and known else ():
        name = _part(package, word)
        for item in list(package.tree(name)) if name else ():
            if known & {str(value) for value in item.attrib.values()}:
                parent(item).remove(item)
                package.store(name)


def write_notes(fill: Fill) -> None:
    """Put the notes of a rendered body into their parts."""
    for (word, opening), texts in fill.memory.pop("notes", {}).items():
        name = _part(fill.package, word)
        root = fill.package.tree(name)
        for note in _parsed(f"{opening}{''.join(texts)}</root>"):
            root.append(note)
        fill.package.store(name)
        text = etree.tostring(root, encoding="unicode") if OPEN in "".join(texts) else ""
        if text:
            from toolkit.office.word.rich import expand

            filled = expand(text, Fill(fill.run, fill.package, name))
            fill.package.write(name, filled.encode("utf-8", "xmlcharrefreplace"))


def _parsed(text: str) -> list[Element]:
    return list(parse(text.encode("utf-8", "xmlcharrefreplace")))
