"""Markdown in presentations and workbooks."""

from __future__ import annotations

import io
from typing import Any

import openpyxl
import pptx
import pytest
from openpyxl.cell.rich_text import CellRichText
from pptx.presentation import Presentation
from pptx.util import Inches
from workbook_reading import fill, template

from toolkit.finding import TemplateError
from toolkit.office import compile
from toolkit.office.package.markup import q

TEXT = "# Why\n\nWe **must** see [this](https://a.no/?a=1&b=2).\n\n- one\n  - *two*\n\n1. first"


def deck(*texts: str) -> Presentation:
    new = pptx.Presentation()
    page = new.slides.add_slide(new.slide_layouts[6])
    for number, text in enumerate(texts):
        box = page.shapes.add_textbox(Inches(1), Inches(number), Inches(8), Inches(1))
        box.text_frame.text = text
    return new


def filled(new: Presentation, data: dict[str, Any]) -> Presentation:
    out = io.BytesIO()
    new.save(out)
    return pptx.Presentation(io.BytesIO(compile(out.getvalue()).render(data)))


def paragraphs(new: Presentation, shape: int = 0) -> list[Any]:
    return list(new.slides[0].shapes[shape].text_frame.paragraphs)


def test_a_paragraph_of_a_slide_becomes_paragraphs() -> None:
    out = paragraphs(filled(deck("{{ x | markdown }}"), {"x": TEXT}))
    assert [p.text for p in out] == ["Why", "We must see this.", "one", "two", "first"]
    assert [run.font.bold for run in out[1].runs] == [None, True, None, None, None]
    assert out[1].runs[3].hyperlink.address == "https://a.no/?a=1&b=2"
    assert [p._p.pPr.find(q("a:buChar")) is not None for p in out[2:]] == [True, True, False]
    assert out[4]._p.pPr.find(q("a:buAutoNum")).get("type") == "arabicPeriod"
    assert (out[0].runs[0].font.bold, out[3].level, out[3].runs[0].font.italic) == (True, 1, True)


def test_within_a_sentence_of_a_slide() -> None:
    out = paragraphs(filled(deck("Say: {{ x | markdown }}!"), {"x": "**a**\n- b"}))
    assert [p.text for p in out] == ["Say: a\v• b!"]
    assert [run.text for run in out[0].runs if run.font.bold] == ["a"]


def test_the_look_of_the_run_stays() -> None:
    new = deck("{{ x | markdown }}")
    run = paragraphs(new)[0].runs[0]
    run.font.size = 304800
    out = paragraphs(filled(new, {"x": "a **b**"}))[0].runs
    assert [(r.text, r.font.size, r.font.bold) for r in out] == [
        ("a ", 304800, None), ("b", 304800, True),
    ]  # fmt: skip


def test_two_slides_of_one_loop_have_links_of_their_own() -> None:
    new = deck("{{ x | markdown }}")
    new.slides[0].notes_slide.notes_text_frame.text = "{% for x in xs %}"
    out = filled(new, {"xs": ["[a](https://a.no)", "[b](https://b.no)"]})
    found = [s.shapes[0].text_frame.paragraphs[0].runs[0].hyperlink.address for s in out.slides]
    assert found == ["https://a.no", "https://b.no"]


def test_a_document_cannot_be_included_in_a_deck() -> None:
    with pytest.raises(TemplateError) as error:
        filled(deck("{{ include('x.docx') }}"), {})
    assert [f.code for f in error.value.findings] == ["value-not-text"]


def book(*rows: list[str], look: dict[str, Any] | None = None) -> bytes:
    def build(new: Any) -> None:
        sheet = new.add_worksheet("S")
        style = new.add_format(look) if look else None
        for number, row in enumerate(rows):
            for column, text in enumerate(row):
                sheet.write_string(number, column, text, style)

    return template(build)


def rich(data: bytes, context: dict[str, Any], cell: str = "A1") -> list[tuple[str, Any, Any]]:
    out = openpyxl.load_workbook(io.BytesIO(fill(data, context).data), rich_text=True)
    value = out["S"][cell].value
    if not isinstance(value, CellRichText):
        return [(value, None, None)]
    return [
        (str(part), None, None) if isinstance(part, str) else
        (part.text, bool(part.font.b), bool(part.font.i)) for part in value
    ]  # fmt: skip


def test_a_cell_gets_bold_and_italic_runs() -> None:
    assert rich(book(["{{ x | markdown }}"]), {"x": "a **b** *c*"}) == [
        ("a ", None, None), ("b", True, False), (" ", None, None), ("c", False, True),
    ]  # fmt: skip


def test_runs_keep_the_font_of_their_cell() -> None:
    data = book(["{{ x | markdown }}"], look={"font_size": 14, "font_name": "Arial"})
    xml = fill(data, {"x": "**b**"}).archive.read("xl/sharedStrings.xml").decode()
    assert '<rFont val="Arial"/>' in xml
    assert '<sz val="14"/>' in xml


def test_blocks_become_lines() -> None:
    assert rich(book(["{{ x | markdown }}"]), {"x": "# H\n- a\n- b"}) == [
        ("H", True, False), ("\n• a\n• b", None, None),
    ]  # fmt: skip


def test_plain_markdown_is_plain_text() -> None:
    assert rich(book(["{{ x | markdown }}"]), {"x": "2 * 3"}) == [("2 * 3", None, None)]
    assert rich(book(["{{ x | markdown }}"]), {"x": None}) == [(None, None, None)]


def test_within_a_text_and_in_a_macro() -> None:
    data = book(["Say: {{ x | markdown }}!"],
                ["{% macro m(t) %}{{ t | markdown }}{% endmacro %}{{ m(x) }}"])  # fmt: skip
    assert rich(data, {"x": "**a**"}) == [
        ("Say: ", None, None), ("a", True, False), ("!", None, None),
    ]  # fmt: skip
    assert rich(data, {"x": "**a**"}, "A2") == [("a", None, None)]


def test_rows_sheet_names_prompts_and_comments() -> None:
    def build(new: Any) -> None:
        sheet = new.add_worksheet("{{ x | markdown }}")
        sheet.write("A1", "{%tr for t in xs %}{{ t | markdown }}{%tr endfor %}")
        sheet.write("A3", "{{ x | markdown }}")
        sheet.write_comment("A3", "{{ x | markdown }}")
        sheet.data_validation("A3", {"validate": "any", "input_title": "{{ x | markdown }}"})

    out = openpyxl.load_workbook(
        io.BytesIO(fill(template(build), {"x": "**b**", "xs": ["*i*", "p"]}).data)
    )
    assert out.sheetnames == ["b"]
    assert [cell.value for cell in out["b"]["A"]][:2] == ["i", "p"]


def test_text_that_looks_like_a_formula_stays_text() -> None:
    assert rich(book(["{{ x | markdown }}"]), {"x": "=1+**2**"})[0][0] == "=1+"
