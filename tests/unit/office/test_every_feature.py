"""A document, a workbook and a deck with every feature: what is kept, and every place filled."""

from __future__ import annotations

from functools import cache
from types import ModuleType
from xml.sax.saxutils import escape

import full_deck
import full_document
import full_workbook
import pytest
from full_files import DATA, FILLED, TAG, as_kind, strict
from lxml import etree

from toolkit.office import compile
from toolkit.office.package.package import Package

FULL = [full_document, full_workbook, full_deck]
KEPT = [pytest.param(m, p, id=f"{m.__name__}: {f}") for m in FULL for f, p in m.KEPT.items()]
PLACES = [pytest.param(m, *w, id=f"{m.__name__}: {f}") for m in FULL for f, w in m.PLACES.items()]
HELD = [
    pytest.param(m, *w, id=f"{m.__name__}: {f}")
    for m in FULL
    for f, w in getattr(m, "HELD", {}).items()
]
FILES = pytest.mark.parametrize("module", FULL, ids=lambda module: module.__name__)


@cache
def filled(module: ModuleType, *, is_strict: bool = False) -> Package:
    data = strict(module.template()) if is_strict else module.template()
    return Package.open(compile(data, name="full").render(DATA))


@pytest.mark.parametrize(("module", "part"), KEPT)
def test_kept_byte_for_byte(module: ModuleType, part: str) -> None:
    before = Package.open(module.template())
    assert filled(module).read(part) == before.read(part)
    assert filled(module).content_type(part) == before.content_type(part)


def shown(text: str) -> str:
    """What stands in the XML: an ampersand escaped, in page headers doubled first."""
    doubled = FILLED.replace("&", "&&")
    return escape(text) if "http" in text else text.format(escape(FILLED), amp=escape(doubled))


@pytest.mark.parametrize(("module", "part", "text"), PLACES)
def test_filled(module: ModuleType, part: str, text: str) -> None:
    assert shown(text) in filled(module).read(part).decode()


@pytest.mark.parametrize(("module", "part", "local"), HELD)
def test_held_in_a_part_that_is_filled(module: ModuleType, part: str, local: str) -> None:
    before, after = (
        [
            etree.tostring(item, method="c14n", exclusive=True)
            for item in p.tree(part).iter("{*}" + local)
        ]
        for p in (Package.open(module.template()), filled(module))
    )
    assert before
    assert [item.replace(TAG.encode(), b"") for item in before] == [
        item.replace(escape(FILLED).encode(), b"") for item in after
    ]


@FILES
def test_every_part_is_there_and_the_untouched_ones_are_the_same_bytes(module: ModuleType) -> None:
    before, after = Package.open(module.template()), filled(module)
    assert [name for name in before.names() if name not in after] == []
    changed = {name for name in before.names() if after.read(name) != before.read(name)}
    assert changed <= {part for part, _ in module.PLACES.values()} | set(module.ALSO_CHANGED)


KINDS = [
    (full_document, "macro template", "ms-word.document.macroEnabled.main+xml"),
    (full_document, "template", "wordprocessingml.document.main+xml"),
    (full_workbook, "macro template", "ms-excel.sheet.macroEnabled.main+xml"),
    (full_workbook, "template", "spreadsheetml.sheet.main+xml"),
    (full_deck, "macro template", "ms-powerpoint.presentation.macroEnabled.main+xml"),
    (full_deck, "template", "presentationml.presentation.main+xml"),
]


@pytest.mark.parametrize(
    ("module", "word", "kind"), KINDS, ids=[f"{m.__name__}: {w}" for m, w, _ in KINDS]
)
def test_template_kinds_give_documents_filled_alike(
    module: ModuleType, word: str, kind: str
) -> None:
    data = as_kind(module.template(), word)
    before, plain = Package.open(data), filled(module)
    assert ".template." in before.content_type(before.main)
    after = Package.open(compile(data, name="full").render(DATA))
    assert after.content_type(after.main).endswith(kind)
    assert set(plain.names()) - set(after.names()) <= {module.KEPT["macros"]}
    changed = {part for part in after.names() if after.read(part) != plain.read(part)}
    assert changed <= {"[Content_Types].xml", *(n for n in changed if n.endswith(".rels"))}
    assert ("macro" in word) == (module.KEPT["macros"] in after)


@FILES
def test_no_tag_is_left(module: ModuleType) -> None:
    package = filled(module)
    texts = [name for name in package.names() if name.endswith((".xml", ".rels", ".vml"))]
    assert [
        name for name in texts if b"{{" in package.read(name) or b"%7B%7B" in package.read(name)
    ] == []


@FILES
def test_the_broken_signature_is_told(module: ModuleType) -> None:
    assert [f.code for f in compile(module.template()).findings] == ["signature-broken"]


@FILES
def test_the_strict_form_is_read_and_filled_alike(module: ModuleType) -> None:
    package = filled(module, is_strict=True)
    assert not any(b"purl.oclc.org" in package.read(name) for name in package.names())
    for part, text in module.PLACES.values():
        assert shown(text) in package.read(part).decode(), part


@FILES
def test_relationships_to_parts_that_are_not_there_go(module: ModuleType) -> None:
    def dangling(package: Package) -> list[str]:
        return [
            relation.target
            for part in package.names()
            for relation in package.rels(part)
            if not relation.external and relation.target not in package
        ]

    assert [n.rpartition("/")[2] for n in dangling(Package.open(module.template()))] == ["gone.png"]
    assert dangling(filled(module)) == []
