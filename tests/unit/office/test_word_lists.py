"""Numbered lists in loops begin anew where a template's author expects them to."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from docx.document import Document
from word_files import data_of, document, render, source

from toolkit.office.outlines.word import text_of
from toolkit.office.package.markup import Element, q
from toolkit.office.package.package import Package

GROUPS = {"gs": [{"n": "A", "xs": [1, 2]}, {"n": "B", "xs": [3]}, {"n": "C", "xs": []},
                 {"n": "D", "xs": [4, 5, 6]}]}  # fmt: skip


def made(*lines: str, style: str = "", number: str = "") -> Document:
    """Paragraphs; those that begin with ``1.`` are in a list, with ``1.1.`` on its second level."""
    new = document()
    for line in lines:
        head, mark, text = line.partition(". ")
        listed = bool(mark) and head.replace(".", "").isdigit()
        paragraph = new.add_paragraph(text if listed else line)
        if listed and style:
            paragraph.style = style
        elif listed:
            properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
            properties.get_or_add_ilvl().val = head.count(".")
            properties.get_or_add_numId().val = int(number or ordered(new))
    return new


def ordered(new: Document) -> int:
    """The list of the style "List Number"."""
    return int(new.styles["List Number"].element.pPr.numPr.numId.val)


def starts(package: Package) -> dict[str, bool]:
    """Every list, and whether it begins anew at its first level."""
    return {
        num.get(q("w:numId"), ""): num.find(f"{q('w:lvlOverride')}/{q('w:startOverride')}")
        is not None
        for num in package.tree("word/numbering.xml").findall(q("w:num"))
    }


def shown(package: Package, style: str = "") -> list[str]:
    """The paragraphs with the numbers Word shows: each list counts, a new one from 1.

    Lists that share what they look like count on unless they say where they begin.
    """
    anew, counts = starts(package), Counter[str]()
    out = []
    for paragraph in package.tree("word/document.xml").iter(q("w:p")):
        number = _list_of(paragraph, style)
        if not number:
            out.append(text_of(paragraph))
            continue
        key = number if anew[number] else "shared"
        counts[key] += 1
        out.append(f"{counts[key]}. {text_of(paragraph)}")
    return out


def _list_of(paragraph: Element, style: str) -> str:
    own = paragraph.find(f"{q('w:pPr')}/{q('w:numPr')}/{q('w:numId')}")
    if own is not None:
        return own.get(q("w:val"), "")
    named = paragraph.find(f"{q('w:pPr')}/{q('w:pStyle')}")
    return style if named is not None and named.get(q("w:val")) == "ListNumber" else ""


LOOPS: list[tuple[str, list[str], list[str]]] = [
    ("several items a round begin anew",
     ["{% for g in gs %}", "Group {{ g.n }}", "1. one", "2. two {{ g.n }}", "{% endfor %}"],
     [line for n in "ABCD" for line in (f"Group {n}", "1. one", f"2. two {n}")]),
    ("an inner loop begins anew in each round of the outer one",
     ["{% for g in gs %}", "{{ g.n }}", "{% for x in g.xs %}", "1. {{ x }}", "{% endfor %}",
      "{% endfor %}"],
     ["A", "1. 1", "2. 2", "B", "1. 3", "C", "D", "1. 4", "2. 5", "3. 6"]),
    ("an inner loop under a condition",
     ["{% for g in gs %}", "{% if g.xs %}", "{% for x in g.xs %}", "1. {{ x }}", "{% endfor %}",
      "{% endif %}", "{% endfor %}"],
     ["1. 1", "2. 2", "1. 3", "1. 4", "2. 5", "3. 6"]),
    ("one item a round counts the rounds",
     ["{% for g in gs %}", "1. {{ g.n }}", "about it", "{% endfor %}"],
     ["1. A", "about it", "2. B", "about it", "3. C", "about it", "4. D", "about it"]),
    ("one of two items a round counts the rounds",
     ["{% for g in gs %}", "{% if g.xs %}", "1. {{ g.n }}", "{% else %}", "1. none",
      "{% endif %}", "{% endfor %}"],
     ["1. A", "2. B", "3. none", "4. D"]),
    ("a list that began before the loop goes on",
     ["1. before", "{% for g in gs %}", "2. {{ g.n }}", "3. more", "{% endfor %}"],
     ["1. before", "2. A", "3. more", "4. B", "5. more", "6. C", "7. more", "8. D", "9. more"]),
    ("loops in paragraphs with letters",
     ["{%p for g in gs %}", "{{ g.n }}", "1. a", "2. b", "{%p endfor %}"],
     [line for n in "ABCD" for line in (n, "1. a", "2. b")]),
]  # fmt: skip
CASES = pytest.mark.parametrize(
    ("lines", "expected"), [case[1:] for case in LOOPS], ids=[case[0] for case in LOOPS]
)


@CASES
def test_lists_of_paragraphs(lines: list[str], expected: list[str]) -> None:
    assert [line for line in shown(render(made(*lines), GROUPS)) if line] == expected


@CASES
def test_lists_of_a_style(lines: list[str], expected: list[str]) -> None:
    new = made(*lines, style="List Number")
    package = render(new, GROUPS)
    assert [line for line in shown(package, str(ordered(new))) if line] == expected


def test_the_first_round_keeps_the_list_of_the_template() -> None:
    new = made("{% for g in gs %}", "1. a", "2. b", "{% endfor %}")
    numbers = [
        n.get(q("w:val")) for n in render(new, GROUPS).tree("word/document.xml").iter(q("w:numId"))
    ]
    assert numbers[:2] == [str(ordered(new))] * 2
    assert len(set(numbers)) == 4


def test_new_lists_look_like_the_old_and_begin_where_it_began() -> None:
    new = made("{% for g in gs %}", "1. a", "2. b", "{% endfor %}")
    old = Package.open(data_of(new)).tree("word/numbering.xml")
    abstract = _abstract(old, str(ordered(new)))
    for level in _levels(old, abstract):
        level.find(q("w:start")).set(q("w:val"), "5")  # type: ignore[union-attr]
    package = Package.open(data_of(new))
    package.tree("word/numbering.xml")[:] = list(old)
    package.store("word/numbering.xml")
    root = render(package.save(), GROUPS).tree("word/numbering.xml")
    added = root.findall(q("w:num"))[-3:]
    assert {_abstract(root, num.get(q("w:numId"), "")) for num in added} == {abstract}
    begun = [s.get(q("w:val")) for num in added for s in num.iter(q("w:startOverride"))]
    assert set(begun) == {"5"}
    assert len(begun) == 3 * len(_levels(root, abstract))


def test_bullets_and_documents_without_rounds_stay_as_they_are() -> None:
    bullets = document("{% for g in gs %}", "x", "{{ g.n }}", "{% endfor %}")
    for paragraph in bullets.paragraphs[1:3]:
        paragraph.style = "List Bullet"
    assert "w:numId" not in source(render(bullets, GROUPS))
    numbered = made("{% for g in gs %}", "1. a", "2. b", "{% endfor %}")
    before = Package.open(data_of(numbered)).read("word/numbering.xml")
    for data in ({"gs": []}, {"gs": [{}]}):
        assert render(numbered, data).read("word/numbering.xml") == before


def test_headings_count_through_the_document() -> None:
    new = made("{% for g in gs %}", "a", "b", "{% endfor %}")
    style: Any = new.styles["Heading 1"]
    style.element.get_or_add_pPr().get_or_add_numPr().get_or_add_numId().val = ordered(new)
    for paragraph in new.paragraphs[1:3]:
        paragraph.style = style
    assert "w:numPr" not in source(render(new, GROUPS))


def _abstract(root: Element, number: str) -> str:
    num = next(n for n in root.findall(q("w:num")) if n.get(q("w:numId")) == number)
    return num.find(q("w:abstractNumId")).get(q("w:val"), "")  # type: ignore[union-attr]


def _levels(root: Element, abstract: str) -> list[Element]:
    found = (a for a in root.findall(q("w:abstractNum")) if a.get(q("w:abstractNumId")) == abstract)
    return next(found).findall(q("w:lvl"))
