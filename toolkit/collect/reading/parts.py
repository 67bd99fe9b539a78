"""Parts: what a part of a package says, and the parts it leads to.

In: the XML parts by name. Out: what a function tells of one, its root, its relationships; GateError
where a part is not well-formed.
"""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import TypeVar

from toolkit.collect.opening.package import GateError, folded_names, rejected
from toolkit.finding import Place
from toolkit.office.package.markup import Element, MarkupError, parse

Parts = Mapping[str, bytes]
Links = tuple[tuple[str, str, str], ...]
Told = TypeVar("Told")

PARSED_DEPTH = 256
TOO_DEEP = "depth"  # what the parser says of markup nested too deep


def told(tell: Callable[[bytes], Told], parts: Parts, name: str, place: Place) -> Told:
    """What a function says of a part; GateError where it is not well-formed."""
    try:
        return tell(parts[name])
    except MarkupError as error:
        raise unreadable(error, place) from None


def tree(parts: Parts, name: str, place: Place) -> Element:
    """The root of a part; GateError where it is not well-formed."""
    return told(parse, parts, name, place)


def unreadable(error: MarkupError, place: Place) -> GateError:
    """The rejection of a file with a part that is not well-formed, or too deep."""
    code = "file-too-deep" if TOO_DEEP in f"{error}" else "file-damaged"
    return rejected(code, place, limit=PARSED_DEPTH)


def relations(
    parts: Parts, name: str, place: Place, folded: Mapping[str, str] | None = None
) -> dict[str, tuple[str, str]]:
    """Relationship id -> (its type's last word, the part it leads to, whatever its case)."""
    folded = folded_names(tuple(parts)) if folded is None else folded
    own = links(parts, name, place, folded)
    return {id: (kind, folded.get(target.casefold(), target)) for id, kind, target in own}


def links(parts: Parts, name: str, place: Place, folded: Mapping[str, str]) -> Links:
    """The relationships of a part within the package."""
    folder, beside = _beside(name)
    path = folded.get(beside, "")
    try:
        return links_of(parts[path], folder) if path else ()
    except MarkupError as error:
        raise unreadable(error, place) from None


@lru_cache(maxsize=256)
def _beside(name: str) -> tuple[str, str]:
    """The folder of a part, and the folded name of the part with its relationships."""
    folder, base = posixpath.split(name)
    return folder, f"{folder}/_rels/{base}.rels".casefold()


@lru_cache(maxsize=128)
def links_of(data: bytes, folder: str) -> Links:
    """Id, the last word of the type, and target of each relationship within the package."""
    items = parse(data).iter("{*}Relationship")
    return tuple(
        (item.get("Id", ""), item.get("Type", "").rpartition("/")[2], _target(folder, item))
        for item in items
        if item.get("TargetMode") != "External"
    )


def _target(folder: str, item: Element) -> str:
    target = item.get("Target", "")
    if target.startswith("/"):
        return target[1:]
    return posixpath.normpath(posixpath.join(folder, target))
