"""The outline of an Office file: its text line by line, each with its place.

In: the path of a .docx, .pptx or .xlsx. Out: one Line for every non-empty paragraph, cell, notes
paragraph, alternative text and property, in document order. Used by checks, goldens and diffs.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

from lxml import etree

from toolkit.finding import Place, Step, TemplateError, finding
from toolkit.office.package.package import Package
from toolkit.office.record import Record

_MODULES = {"docx": "word", "pptx": "slides", "xlsx": "workbook"}
_PROPERTIES = ("core-properties", "custom-properties")

Texts = Iterator[tuple[tuple[Step, ...], str]]


class Line(Record):
    """One line of text and where it stands."""

    place: Place
    text: str


def outline(path: Path) -> list[Line]:
    """Every line of a file; raises TemplateError when it is no Office file."""
    package = Package.open(path)
    if package.kind not in _MODULES:
        raise TemplateError([finding("package-not-office", package.place())])
    module = import_module("toolkit.office.outlines." + _MODULES[package.kind])
    found: list[tuple[tuple[Step, ...], str]] = [*module.texts(package), *_properties(package)]
    return [Line(package.place(*steps), text) for steps, text in found if text.strip()]


def _properties(package: Package) -> Texts:
    for word in _PROPERTIES:
        for name in package.related("", word):
            for item in package.tree(name) if name in package else ():
                label = item.get("name") or etree.QName(item).localname
                yield (("property", label),), "".join(str(text) for text in item.itertext())
