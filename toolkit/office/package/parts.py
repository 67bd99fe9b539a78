"""The parts of an Office file, as bytes and as parsed trees.

In: the path or bytes of a file. Out: parts by name. Parts nobody touched keep their compressed
bytes, so saving a filled copy costs only what changed.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, Self, TypeVar

from toolkit.finding import Finding, LimitError, Place, TemplateError, finding
from toolkit.office.package.archive import (
    ArchiveError,
    ArchiveLimit,
    Member,
    pack,
    read_archive,
    write_archive,
)
from toolkit.office.package.markup import Element, MarkupError, parse, serialise
from toolkit.office.package.relationships import keep_known

CONTENT_TYPES = "[Content_Types].xml"
Known = TypeVar("Known")
_REMEMBERED = 2**18  # bytes of a part that is kept to be read again, or compared with by a copy
_OLE = b"\xd0\xcf\x11\xe0"


class Parts:
    """The parts of one Office file, by name without leading slash, in the file's order."""

    def __init__(self, members: dict[str, Member], name: str = "") -> None:
        self.name = name
        self._members = members
        self._changed: dict[str, bytes] = {}
        self._inflated: dict[str, bytes] = {}
        self._trees: dict[str, Element] = {}
        self._known: dict[str, Any] = {}
        self._packed: dict[str, tuple[bytes, Member]] = {}

    @classmethod
    def open(cls, source: Path | bytes, name: str = "") -> Self:
        """The package of a file or of bytes; ``name`` is what findings call it.

        Raises TemplateError (not there, not an Office file, encrypted, damaged) or LimitError.
        """
        name = name_of(source, name)
        data = read_source(source, name)
        if data.startswith(_OLE):
            raise TemplateError([finding("package-old-or-locked", Place(name))])
        try:
            members = read_archive(data)
        except ArchiveLimit as error:
            raise LimitError([finding("package-too-large", Place(name))]) from error
        except ArchiveError as error:
            raise TemplateError([finding("package-not-office", Place(name))]) from error
        if CONTENT_TYPES not in members:
            raise TemplateError([finding("package-not-office", Place(name))])
        return cls(members, name)

    def copy(self) -> Self:
        """A package to change freely: it shares the compressed members, not the trees.

        Copies also share what they packed last, so a part that comes out as it did in the copy
        before is not compressed again.
        """
        twin = type(self)(dict(self._members), self.name)
        twin._packed = self._packed
        twin._changed = dict(self._changed)
        twin._known = dict(self._known)
        return twin

    # Parts

    def names(self) -> list[str]:
        """Part names in order, new ones last; ``[Content_Types].xml`` and rels included."""
        return list(self._members)

    def __contains__(self, name: str) -> bool:
        return name in self._members

    def read(self, name: str) -> bytes:
        """The bytes of a part; raises TemplateError when it is missing or damaged."""
        for known in (self._changed, self._inflated):
            if name in known:
                return known[name]
        try:
            data = self._members[name].data()
        except (KeyError, ArchiveError) as error:
            raise TemplateError([self.broken(name, str(error))]) from error
        if len(data) <= _REMEMBERED:
            self._inflated[name] = data
        return data

    def write(self, name: str, data: bytes) -> None:
        """Give a part new bytes; a new part also needs ``set_content_type``."""
        self._trees.pop(name, None)
        self._known.pop(name, None)
        self._inflated.pop(name, None)
        self._changed[name] = data
        self._members.setdefault(name, Member(b"", 0, 0, 0))

    def tree(self, name: str) -> Element:
        """The parsed root of a part, the same object every time; ``store`` keeps changes."""
        if name not in self._trees:
            try:
                self._trees[name] = parse(self.read(name))
            except MarkupError as error:
                raise TemplateError([self.broken(name, str(error))]) from error
            listing = name == CONTENT_TYPES or name.endswith(".rels")
            if listing and keep_known(self._trees[name]):
                self.store(name)
        return self._trees[name]

    def store(self, name: str) -> None:
        """Make the bytes of a part follow its changed tree."""
        root = self._trees[name]
        self.write(name, serialise(root))
        self._trees[name] = root

    def drop(self, name: str) -> None:
        """Forget one part, nothing else."""
        self._members.pop(name, None)
        self._changed.pop(name, None)
        self._inflated.pop(name, None)
        self._trees.pop(name, None)
        self._known.pop(name, None)

    def known(self, name: str, read: Callable[[Element], Known]) -> Known:
        """What ``read`` gives for the root of a part, kept until the part changes.

        One ``read`` a part; copies of the package share what it gave, so nobody changes that.
        """
        if name not in self._known:
            self._known[name] = read(self.tree(name))
        found: Known = self._known[name]
        return found

    def new_name(self, pattern: str) -> str:
        """The first free part name of a pattern such as ``ppt/slides/slide{}.xml``, from 1."""
        taken = {name.lower() for name in self._members}
        number = 1
        while pattern.format(number).lower() in taken:
            number += 1
        return pattern.format(number)

    def pack(self) -> None:
        """Compress what changed so far once, so that copies of this package share it.

        Trees and what was read are let go: copies read their own, and those of styles are large.
        """
        for name, data in self._changed.items():
            self._members[name] = pack(data)
        self._changed = {}
        self._inflated = {}
        self._trees = {}

    def save(self) -> bytes:
        """The bytes of the file: same parts, same bytes."""
        changed = self._changed
        return write_archive(
            (name, self._pack(name, changed[name]) if name in changed else member)
            for name, member in self._members.items()
        )

    def _pack(self, name: str, data: bytes) -> Member:
        before = self._packed.get(name)
        if before is not None and before[0] == data:
            return before[1]
        member = pack(data)
        if len(data) <= _REMEMBERED:
            self._packed[name] = data, member
        return member

    def place(self, *steps: tuple[str, int | str]) -> Place:
        """A place in this file."""
        return Place(self.name, steps)

    def broken(self, part: str, reason: str) -> Finding:
        """The finding that a part cannot be read."""
        return finding("package-part-broken", Place(self.name), part=part, reason=reason)


def name_of(source: Path | bytes, name: str = "") -> str:
    """What findings call a file: ``name``, else the file's own."""
    return name or (source.name if isinstance(source, Path) else "template")


def read_source(source: Path | bytes, name: str) -> bytes:
    """The bytes of a file; raises TemplateError when it cannot be read."""
    if isinstance(source, bytes):
        return source
    try:
        return source.read_bytes()
    except OSError as error:
        code = "file-missing" if isinstance(error, FileNotFoundError) else "file-unreadable"
        raise TemplateError([finding(code, Place(name), reason=error.strerror or "")]) from error
