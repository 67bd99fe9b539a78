"""docxtpl's own test templates, filled by our engine with the same text."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from toolkit.office import compile
from toolkit.office.package.markup import Element, q
from toolkit.office.package.package import Package

CASES = Path(__file__).parents[4] / "shared" / "peers" / "docxtpl"
NAMES = sorted(path.name for path in CASES.iterdir()) if CASES.is_dir() else []
_ENDS = {q("w:p"): "\n", q("w:tc"): " | ", q("w:tr"): "\n--\n"}
_MARKS = {q("w:tab"): "\t", q("w:br"): "\n", q("w:cr"): "\n"}
# docxtpl leaves the entity of ``Testé&xx;`` unread; the right text has the ampersand.
_FAULTS = {("10_header_footer_entities", "word/footer1.xml"): ("&amp;xx;", "&xx;")}


def _text(holder: Element) -> Iterator[str]:
    for child in holder:
        if child.tag == q("w:t"):
            yield child.text or ""
        elif child.tag in _MARKS:
            yield _MARKS[child.tag]
        elif isinstance(child.tag, str):
            yield from _text(child)
            yield _ENDS.get(child.tag, "")


def _folded(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.skipif(not NAMES, reason="the folder ../shared/peers is not here")
@pytest.mark.parametrize("name", NAMES or ["none"])
def test_the_text_is_what_docxtpl_makes_of_it(name: str) -> None:
    context = json.loads((CASES / name / "context.json").read_text(encoding="utf-8"))
    expected = json.loads((CASES / name / "expected.json").read_text(encoding="utf-8"))["text"]
    filled = Package.open(compile(CASES / name / "template.docx", lenient=True).render(context))
    for part, text in expected.items():
        wrong, right = _FAULTS.get((name, part), ("", ""))
        assert _folded("".join(_text(filled.tree(part)))) == _folded(text.replace(wrong, right))
