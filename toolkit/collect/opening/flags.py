"""Flags: the things in a file that are never run, opened or followed, and are told.

In: the package. Out: one finding for each kind of thing: macros, links, objects, data from other
programs; templates, pictures or documents elsewhere. Parts are looked into only where a word in
them says that there may be something.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from toolkit.collect.opening.package import WORDS, Package, looked_at
from toolkit.finding import Finding, Place, finding
from toolkit.office.package.markup import Element, q

BY_NAME = {
    "vbaproject.bin": "has-macros",
    "basic/": "has-macros",
    "scripts/": "has-macros",
    "macrosheets/": "has-macros",
    "externallinks/": "has-external-links",
    "connections.xml": "has-connections",
    "querytables/": "has-connections",
    "embeddings/": "has-objects",
    "activex/": "has-objects",
    "afchunk": "has-objects",
}
"""What the names of parts tell."""

BY_WORD = dict(
    zip(
        WORDS,
        ("has-dde", "has-dde", "has-external-links", "has-external-links", "has-macros"),
        strict=True,
    )
)
"""What words in a part tell."""

CHARTS = b"<office:chart"
"""What stands in an object of OpenDocument that is a chart: the kit's own workbooks have them."""

BY_LINK = {
    "attachedTemplate": "has-remote-parts",
    "subDocument": "has-remote-parts",
    "image": "has-remote-parts",
    "frame": "has-remote-parts",
    "aFChunk": "has-remote-parts",
    "oleObject": "has-remote-parts",
    "externalLinkPath": "has-external-links",
    "xlPathMissing": "has-external-links",
}
"""What relationships to things outside tell."""

FIELDS = {
    "DDE": "has-dde",
    "DDEAUTO": "has-dde",
    "INCLUDETEXT": "has-remote-parts",
    "INCLUDEPICTURE": "has-remote-parts",
    "IMPORT": "has-remote-parts",
    "DATABASE": "has-connections",
}
"""What the fields of Word tell."""


def flags_of(package: Package, place: Place) -> tuple[Finding, ...]:
    """One finding for each kind of thing, in one order."""
    found = {*_by_name(tuple(package.names)), *_by_content(package)}
    return tuple(finding(code, place) for code in sorted(found))


@lru_cache(maxsize=64)
def _by_name(names: tuple[str, ...]) -> frozenset[str]:
    folded = "\n".join(names).casefold()
    return frozenset(code for word, code in BY_NAME.items() if word in folded)


def _by_content(package: Package) -> Iterator[str]:
    for name, data in package.parts.items():
        if name.endswith(".rels"):
            if leads(data):
                yield from _by_link(package, name)
            continue
        seen = looked_at(data)
        for word in seen.words:
            yield BY_WORD[word]
        if name.startswith("Object ") and name.endswith("/content.xml") and CHARTS not in data:
            yield "has-objects"
        if seen.starts:
            yield from _by_formula(package, name)
        if name.startswith("word/") and b"instr" in data:
            yield from _by_field(package, name)


@lru_cache(maxsize=64)
def leads(links: bytes) -> bool:
    """Whether relationships may lead elsewhere."""
    return b"External" in links or b"aFChunk" in links


def _by_link(package: Package, name: str) -> Iterator[str]:
    root = package.tree(name)
    for link in root.iter("{*}Relationship") if root is not None else ():
        kind, target = link.get("Type", "").rpartition("/")[2], link.get("Target", "")
        if kind == "aFChunk" and link.get("TargetMode") != "External":
            yield "has-objects"
        elif link.get("TargetMode") == "External":
            if kind in BY_LINK:
                yield BY_LINK[kind]
            elif target.casefold().startswith(("file:", "\\\\")):
                yield "has-file-links"


def _by_formula(package: Package, name: str) -> Iterator[str]:
    """``cmd|'/c calc'!A0``: a formula that starts another program."""
    root = package.tree(name)
    for formula in root.iter("{*}f", "{*}formula") if root is not None else ():
        before, _, behind = (formula.text or "").partition("|")
        if before.strip("=+-@ \t").replace("_", "").isalnum() and "!" in behind:
            yield "has-dde"
            return


def _by_field(package: Package, name: str) -> Iterator[str]:
    root = package.tree(name)
    for instruction in _instructions(root) if root is not None else ():
        code = FIELDS.get(instruction.strip().partition(" ")[0].upper())
        if code:
            yield code


def _instructions(root: Element) -> Iterator[str]:
    """The instructions of every field; one may be spread over several runs."""
    for simple in root.iter(q("w:fldSimple")):
        yield simple.get(q("w:instr"), "")
    told = ""
    for item in root.iter(q("w:fldChar"), q("w:instrText")):
        if item.tag == q("w:instrText"):
            told += item.text or ""
        else:
            yield told
            told = ""
    yield told
