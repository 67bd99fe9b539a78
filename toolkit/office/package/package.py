"""OPC packages: parts with their relationships and content types.

In: the path or bytes of a .docx, .pptx or .xlsx (or their template and macro kinds). Out: a
Package to read, change and save.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Self

from lxml import etree

from toolkit.office.package.markup import Element, parent, parse, q, serialise
from toolkit.office.package.parts import CONTENT_TYPES, Parts
from toolkit.office.package.relationships import (
    Relationship,
    relationship,
    relationship_type,
    relative,
    rels_name,
)
from toolkit.office.strict import is_strict, make_transitional

_NO_RELS = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"/>'
)
_KINDS = {"wordprocessingml": "docx", "presentationml": "pptx", "spreadsheetml": "xlsx",
          "ms-word": "docx", "ms-powerpoint": "pptx", "ms-excel": "xlsx"}  # fmt: skip
_PLAIN = (
    ("wordprocessingml.template.main", "wordprocessingml.document.main"),
    ("presentationml.template.main", "presentationml.presentation.main"),
    ("presentationml.slideshow.main", "presentationml.presentation.main"),
    ("spreadsheetml.template.main", "spreadsheetml.sheet.main"),
    ("ms-word.template.macroEnabledTemplate.main", "ms-word.document.macroEnabled.main"),
    ("ms-powerpoint.template.macroEnabled.main", "ms-powerpoint.presentation.macroEnabled.main"),
    ("ms-powerpoint.slideshow.macroEnabled.main", "ms-powerpoint.presentation.macroEnabled.main"),
    ("ms-excel.template.macroEnabled.main", "ms-excel.sheet.macroEnabled.main"),
)


class Package(Parts):
    """An Office file: ``Package.open``, then parts, relationships, content types, ``save``."""

    @classmethod
    def open(cls, source: Path | bytes, name: str = "") -> Self:
        """The package of a file or of bytes, as ``Parts.open``; strict files are loosened."""
        package = super().open(source, name)
        if is_strict(package):
            make_transitional(package)
        return package

    def remove(self, name: str) -> None:
        """Drop a part with its own relationships and content type; references stay."""
        self.drop(name)
        self.drop(rels_name(name))
        if "/" + name.lower() in self._types()[0]:
            for override in list(self._overrides(name)):
                parent(override).remove(override)
            self.store(CONTENT_TYPES)

    def copy_part(self, name: str, new: str) -> None:
        """A second part with the bytes, relationships and content type of ``name``."""
        self.write(new, self.read(name))
        kind = self.content_type(name)
        if kind != self.content_type(new):
            self.set_content_type(new, kind)
        if rels_name(name) in self:
            data = self._rebased_rels(name, new)
            self.write(rels_name(new), data)

    def _rebased_rels(self, name: str, new: str) -> bytes:
        if posixpath.dirname(name) == posixpath.dirname(new):
            return self.read(rels_name(name))
        root = parse(self.read(rels_name(name)))
        for item, relation in zip(root.iter(q("rel:Relationship")), self.rels(name), strict=True):
            if not relation.external:
                item.set("Target", "/" + relation.target)
        return serialise(root)

    # Relationships

    def rels(self, part: str = "") -> Sequence[Relationship]:
        """The relationships of a part (of the package itself for ``""``), in order."""
        name = rels_name(part)
        if name not in self:
            return ()
        return self.known(name, partial(_read_rels, part))

    def rel(self, part: str, rel_id: str) -> Relationship | None:
        """The relationship with this id, or None."""
        return next((r for r in self.rels(part) if r.id == rel_id), None)

    def related(self, part: str, word: str) -> list[str]:
        """Names of the parts that ``part`` points to with relationships of this word."""
        return [r.target for r in self.rels(part) if r.word == word and not r.external]

    def add_rel(self, part: str, word: str, target: str, *, external: bool = False) -> str:
        """Point ``part`` at a part name or URL; gives the new relationship id.

        ``word`` is ``image``, ``chart`` and so on, or a full type for Microsoft's own.
        """
        name = rels_name(part)
        if name not in self:
            self.write(name, _NO_RELS)
        root = self.tree(name)
        taken = {item.get("Id") for item in root}
        number = len(taken) + 1
        while f"rId{number}" in taken:
            number += 1
        item = etree.SubElement(root, q("rel:Relationship"), Id=f"rId{number}")
        item.set("Type", word if ":" in word else relationship_type(word))
        item.set("Target", target if external else relative(part, target))
        if external:
            item.set("TargetMode", "External")
        self.store(name)
        return f"rId{number}"

    def set_rel(self, part: str, rel_id: str, target: str) -> None:
        """Give an existing relationship another target (a part name, or a URL if external)."""
        for item in self.tree(rels_name(part)):
            if item.get("Id") == rel_id:
                external = item.get("TargetMode") == "External"
                item.set("Target", target if external else relative(part, target))
        self.store(rels_name(part))

    def remove_rel(self, part: str, rel_id: str) -> None:
        """Drop one relationship of a part; the part it pointed to stays."""
        root = self.tree(rels_name(part))
        for item in list(root):
            if item.get("Id") == rel_id:
                root.remove(item)
        self.store(rels_name(part))

    # Content types

    def content_type(self, name: str) -> str:
        """The content type of a part; empty when it has none."""
        overrides, defaults = self._types()
        found = overrides.get("/" + name.lower())
        return defaults.get(name.rpartition(".")[2].lower(), "") if found is None else found

    def set_content_type(self, name: str, content_type: str) -> None:
        """Override the content type of one part."""
        found = next(self._overrides(name), None)
        if found is None:
            found = etree.SubElement(
                self.tree(CONTENT_TYPES), q("ct:Override"), PartName="/" + name
            )
        found.set("ContentType", content_type)
        self.store(CONTENT_TYPES)

    def set_default_type(self, suffix: str, content_type: str) -> None:
        """The content type of every part with this suffix (``png``), unless one is set."""
        if suffix in self._types()[1]:
            return
        own = {"Extension": suffix, "ContentType": content_type}
        self.tree(CONTENT_TYPES).insert(0, etree.Element(q("ct:Default"), attrib=own))
        self.store(CONTENT_TYPES)

    def _types(self) -> tuple[Mapping[str, str], Mapping[str, str]]:
        """Content types by part name and by suffix, both in small letters."""
        return self.known(CONTENT_TYPES, _read_types)

    def _overrides(self, name: str) -> Iterator[Element]:
        part = "/" + name.lower()
        return (
            item
            for item in self.tree(CONTENT_TYPES).findall(q("ct:Override"))
            if item.get("PartName", "").lower() == part
        )

    # The whole

    def pack(self) -> None:
        """Compress what changed so far; copies share what is known of content types."""
        self._types()
        super().pack()

    @property
    def main(self) -> str:
        """The main part's name: ``word/document.xml`` and its like; empty when there is none."""
        return next((n for n in self.related("", "officeDocument") if n in self), "")

    @property
    def kind(self) -> str:
        """``docx``, ``pptx`` or ``xlsx``, whatever the file's suffix; empty for other packages."""
        kind = self.content_type(self.main) if self.main else ""
        return next((suffix for word, suffix in _KINDS.items() if word in kind), "")

    @property
    def suffix(self) -> str:
        """The ending of the name such a file has as a document: ``.docx``, ``.xlsm``; or empty."""
        macros = "macroEnabled" in self.content_type(self.main) if self.main else False
        return f".{self.kind[:-1]}{'m' if macros else 'x'}" if self.kind else ""

    def drop_dangling(self) -> None:
        """Drop relationships to parts that are not there, unless something uses their id."""
        for name in [name for name in self.names() if name.endswith(".rels")]:
            folder, _, base = name.rpartition("_rels/")
            part = folder + base.removesuffix(".rels")
            gone = [r for r in self.rels(part) if not r.external and r.target not in self]
            used = self.read(part) if gone and part in self else b""
            for relation in gone:
                own = relation.id.encode()
                if b'"' + own + b'"' not in used and b"'" + own + b"'" not in used:
                    self.remove_rel(part, relation.id)

    def make_plain(self) -> None:
        """Turn a template kind (.dotx, .potx, .ppsx, .xltx, macro kinds too) into a document."""
        kind = self.content_type(self.main)
        for template, plain in _PLAIN:
            if template in kind:
                self.set_content_type(self.main, kind.replace(template, plain))


def _read_rels(part: str, root: Element) -> tuple[Relationship, ...]:
    return tuple([relationship(part, item) for item in root.iter(q("rel:Relationship"))])


def _read_types(root: Element) -> tuple[dict[str, str], dict[str, str]]:
    """Content types by part name and by suffix, both in small letters; the first one counts."""
    overrides: dict[str, str] = {}
    for item in root.findall(q("ct:Override")):
        overrides.setdefault(item.get("PartName", "").lower(), item.get("ContentType", ""))
    defaults: dict[str, str] = {}
    for item in root.iter(q("ct:Default")):
        defaults.setdefault(item.get("Extension", "").lower(), item.get("ContentType", ""))
    return overrides, defaults
