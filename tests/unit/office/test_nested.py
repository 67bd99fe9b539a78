"""Macros and blocks that gather whole paragraphs, printed alone and within a sentence."""

from __future__ import annotations

import io
from typing import Any

import pptx
import pytest
from pptx.util import Inches
from word_files import add_table, data_of, document, render, source, texts
from workbook_reading import template

from toolkit.office import check, compile
from toolkit.office.package.markup import q
from toolkit.office.package.package import Package

MACRO = ["{% macro m(x) %}", "one {{ x }}", "two", "{% endmacro %}"]


@pytest.mark.parametrize(
    ("printed", "found"),
    [
        ("{{ m('A&B') }}", ["one A&B", "two"]),
        ("{{p m(1) }}", ["one 1", "two"]),
        ("{{r m(1) }}", ["one 1", "two"]),
        ("x {{ m(1) }} y", ["x one 1\ntwo y"]),
        ("{{ m(1) }}{{ m(2) }}", ["one 1", "two", "one 2", "two"]),
        ("{% for n in ns %}{{ m(n) }}{% endfor %}", ["one 7", "two", "one 8", "two"]),
        ("{% if no %}{{ m(1) }}{% endif %}after", ["after"]),
    ],
)
def test_paragraphs_of_a_macro_in_word(printed: str, found: list[str]) -> None:
    package = render(document(*MACRO, printed), {"ns": [7, 8], "no": False})
    assert texts(package) == found
    body = package.tree("word/document.xml")
    assert not [p for p in body.iter(q("w:p")) if next(p.iterancestors(q("w:p")), None) is not None]


def test_a_macro_within_a_macro_and_markdown_in_one() -> None:
    inner = ["{% macro n(y) %}", "{{ y | markdown }}", "{{ m(y) }}", "{% endmacro %}"]
    package = render(document(*MACRO, *inner, "{{ n('**b**') }}"), {})
    assert texts(package) == ["b", "one **b**", "two"]
    assert "<w:b/>" in source(package)


def test_a_block_that_is_kept_for_later() -> None:
    kept = ["{% set part %}", "kept {{ x }}", "{% endset %}"]
    assert texts(render(document(*kept, "{{ part }}", "in {{ part }}."), {"x": 1})) == [
        "kept 1",
        "in kept 1.",
    ]


def test_the_look_of_the_sentence_stays() -> None:
    new = document(*MACRO)
    new.add_paragraph().add_run("a {{ m(1) }} b").bold = True
    package = render(new, {})
    runs = list(package.tree("word/document.xml").iter(q("w:r")))
    assert [r.find(q("w:rPr")) is not None for r in runs] == [True, False, True, False, True]


def test_rows_of_a_macro_within_a_cell_are_told() -> None:
    new = document("x")
    add_table(new, [["{%tr macro m(x) %}"], ["{{ x }}"], ["{%tr endmacro %}"], ["{{ m(1) }}"]])
    found = check(data_of(new), {})
    assert [(f.code, dict(f.params)["part"]) for f in found] == [
        ("result-broken", "word/document.xml")
    ]


def test_paragraphs_of_a_macro_on_a_slide() -> None:
    deck = pptx.Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[6])
    frame = slide.shapes.add_textbox(0, 0, Inches(5), Inches(3)).text_frame
    frame.text = "\n".join([*MACRO, "{{ m(1) }}", "x {{ m(2) }} y"])
    out = io.BytesIO()
    deck.save(out)
    filled: Any = pptx.Presentation(io.BytesIO(compile(out.getvalue()).render({})))
    shown = filled.slides[0].shapes[0].text_frame
    assert [p.text for p in shown.paragraphs] == ["one 1", "two", "x one 2\vtwo y"]
    root = Package.open(compile(out.getvalue()).render({})).tree("ppt/slides/slide1.xml")
    assert not list(root.iterfind(f".//{q('a:p')}//{q('a:p')}"))


def test_a_macro_over_rows_of_a_sheet_is_told() -> None:
    def build(book: Any) -> None:
        sheet = book.add_worksheet("S")
        sheet.write("A1", "{%tr macro m(x) %}")
        sheet.write("A2", "row {{ x }}")
        sheet.write("A3", "{%tr endmacro %}")
        sheet.write("A4", "{% macro n(x) %}[{{ x }}]{% endmacro %}{{ n(2) }}")

    found = check(template(build), {}, name="t.xlsx")
    assert [(f.code, f.place.text()) for f in found] == [("tag-misplaced", "t.xlsx > S!A1")]
