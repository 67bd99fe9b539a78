"""Outline: what a small part says, its markup looked at once for all files that share it.

In: a part, and a function of its root. Out: what the function says. The same part of two files
differs in some texts (the id of the copy, a day), not in its tags and attributes: these are parsed
once, with a mark where each text stood, and what is said of a mark is said of the text. A part that
is not written as programs write them is parsed as it is; MarkupError where it is damaged.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, TypeVar

from toolkit.collect.reading.plain_texts import HOLE, sound, unescaped
from toolkit.office.package.markup import Element, MarkupError, parse

Pairs = tuple[tuple[str, str], ...]
Told = TypeVar("Told")
Holes = tuple[tuple[str, tuple[int, ...]], ...]  # names, and which texts make up what is told

TEXT = re.compile(rb">([^<]+)<")
START, END = "\ue000", "\ue001"  # around the number of a text
MARK = re.compile(f"{START}([0-9]+){END}")
MOST = 1 << 20  # bytes; a parser refuses very long texts
ENCODINGS = (None, "UTF-8", "utf-8")


@dataclass(frozen=True, eq=False)
class Outline:
    """The markup of a part; ``known`` is what functions say of it."""

    root: Element
    known: dict[Callable[[Element], Any], Any] = field(default_factory=dict)


def of_markup(data: bytes, tell: Callable[[Element], Told]) -> Told:
    """What a function says that looks at tags and attributes alone."""
    found = parted(data)
    if found is None:
        return tell(parse(data))
    known = found[0].known
    if tell not in known:
        known[tell] = tell(found[0].root)
    told: Told = known[tell]
    return told


@lru_cache(maxsize=64)
def of_texts(data: bytes, tell: Callable[[Element], Pairs]) -> Pairs:
    """What a function says whose pairs are a name, from tags and attributes, and whole texts."""
    found = parted(data)
    if found is None:
        return tell(parse(data))
    outline, texts = found
    if tell not in outline.known:
        outline.known[tell] = _holes(tell(outline.root))
    holes: Holes | None = outline.known[tell]
    if holes is None:
        return tell(parse(data))
    return tuple((name, "".join([texts[n] for n in own])) for name, own in holes)


def _holes(pairs: Pairs) -> Holes | None:
    """Which texts are told; None where anything else is."""
    if any(MARK.sub("", text) for _, text in pairs):
        return None
    return tuple((name, tuple(map(int, MARK.findall(text)))) for name, text in pairs)


@lru_cache(maxsize=16)
def parted(data: bytes) -> tuple[Outline, list[str]] | None:
    """The outline of a part and its texts; None where it is not written plainly."""
    if len(data) > MOST or HOLE in data or b"<!" in data or data.count(b"<?") > 1:
        return None
    start = max(data.find(b"?>"), 0)  # what stands between the declaration and the root is no text
    start = data.find(b"<", start)
    pieces = TEXT.split(data[start:])
    texts = sound(pieces[1::2])
    markup = data[:start] + (b">" + HOLE + b"<").join(pieces[::2])
    outline = _outline(markup) if texts is not None else None
    return (outline, [unescaped(text) for text in texts or ()]) if outline else None


@lru_cache(maxsize=64)
def _outline(markup: bytes) -> Outline | None:
    first, *others = markup.split(HOLE)
    numbered = (f"{START}{n}{END}".encode() + piece for n, piece in enumerate(others))
    if START.encode() in markup or END.encode() in markup:
        return None
    try:
        root = parse(first + b"".join(numbered))
    except MarkupError:
        return None
    return Outline(root) if root.getroottree().docinfo.encoding in ENCODINGS else None


OF_OUTLINES = (parted, _outline, of_texts)
"""What remembers parts of files from one to the next."""
