"""Copies of templates with a comment at each finding."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pptx
import pytest
from pptx.util import Inches
from word_files import add_table, data_of, document
from workbook_reading import template

from toolkit.finding import TemplateError
from toolkit.office import check
from toolkit.office.annotations.annotate import annotate
from toolkit.office.package.package import Package


def deck(*texts: str) -> bytes:
    """A deck with one text box a slide."""
    new = pptx.Presentation()
    for text in texts:
        slide = new.slides.add_slide(new.slide_layouts[6])
        box = slide.shapes.add_textbox(Inches(1), Inches(1), Inches(6), Inches(2))
        box.text_frame.text = text
        box.name = "Box"
    out = io.BytesIO()
    new.save(out)
    return out.getvalue()


def faulty_document() -> bytes:
    new = document("Dear {{ name }}", "{{ bad. }}")
    add_table(new, [["a", "{{ x | nofilter }}"]])
    new.sections[0].footer.paragraphs[0].text = "{{ foot. }}"
    return data_of(new)


def faulty_workbook(comment: bool = False) -> bytes:
    def build(book: Any) -> None:
        sheet = book.add_worksheet("Risks")
        sheet.write("C7", "{{ bad. }}")
        sheet.write("A1", "{{ x | nofilter }}")
        if comment:
            sheet.write_comment("C7", "Already here")
        other = book.add_worksheet("Other")
        other.add_table("A1:B3")
        other.write("B5", "{{ also. }}")

    return template(build)


def test_word_comments_stand_at_their_paragraphs() -> None:
    data = faulty_document()
    found = docx.Document(io.BytesIO(annotate(data, check(data))))
    told = {c.text.partition(":")[0] for c in found.comments}
    assert len(found.comments) == 3
    assert any(text.startswith("footer 1") for text in told)
    starts = [p.text for p in found.element.body.iter("{*}p") if p.find("{*}commentRangeStart") is
              not None]  # fmt: skip
    assert starts == ["Dear {{ name }}", "{{ bad. }}", "{{ x | nofilter }}"]


def test_what_is_already_commented_keeps_its_comments() -> None:
    data = faulty_document()
    twice = annotate(annotate(data, check(data)), check(data))
    assert len(docx.Document(io.BytesIO(twice)).comments) == 6


def test_cell_notes_stand_in_their_cells() -> None:
    data = faulty_workbook()
    book = openpyxl.load_workbook(io.BytesIO(annotate(data, check(data))))
    notes = {
        (sheet.title, cell.coordinate): cell.comment.text
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if cell.comment
    }
    assert set(notes) == {("Risks", "A1"), ("Risks", "C7"), ("Other", "B5")}
    assert "unknown filter 'nofilter'" in notes["Risks", "A1"]


def test_a_cell_that_has_a_note_gets_the_text_added() -> None:
    data = faulty_workbook(comment=True)
    book = openpyxl.load_workbook(io.BytesIO(annotate(data, check(data))))
    note = book["Risks"]["C7"].comment
    assert note.text.startswith("Already here\n")
    assert "cannot read" in note.text


def test_slide_comments_stand_on_their_slides() -> None:
    data = deck("fine", "{{ bad. }}", "{% for x in xs %}{{ x }}")
    package = Package.open(annotate(data, check(data)))
    comments = {
        slide: [
            "".join(item.itertext())
            for part in package.related(f"ppt/slides/slide{slide}.xml", "comments")
            for item in package.tree(part)
        ]
        for slide in (1, 2, 3)
    }
    assert [len(texts) for texts in comments.values()] == [0, 1, 1]
    assert comments[3][0].startswith('slide 3, “Box”: "{% for x in xs %}" is never closed')


def test_messages_follow_the_language() -> None:
    data = faulty_workbook()
    book = openpyxl.load_workbook(io.BytesIO(annotate(data, check(data), "nb")))
    assert "ukjent filter" in book["Risks"]["A1"].comment.text


def test_a_clean_template_comes_out_as_it_was() -> None:
    data = data_of(document("{{ fine }}"))
    copy = zipfile.ZipFile(io.BytesIO(annotate(data, check(data))))
    original = zipfile.ZipFile(io.BytesIO(data))
    assert {n: copy.read(n) for n in copy.namelist()} == {
        n: original.read(n) for n in original.namelist()
    }


def test_what_is_no_template_is_told(tmp_path: Path) -> None:
    with pytest.raises(TemplateError):
        annotate(tmp_path / "none.docx", [])


def test_a_note_has_room_for_its_text_beside_narrow_hidden_and_tall_cells() -> None:
    def build(book: Any) -> None:
        sheet = book.add_worksheet("S")
        sheet.set_column("B:D", 2)
        sheet.set_column("E:F", 30, None, {"hidden": True})
        sheet.set_row(1, 90)
        sheet.write("A3", "{{ bad. }}")
        sheet.write("A9", "{{ worse. }}")
        sheet.write_comment("A9", "Already here\n" * 20)

    data = template(build)
    out = zipfile.ZipFile(io.BytesIO(annotate(data, check(data))))
    anchors = re.findall(
        r"<x:Anchor>(.*?)</x:Anchor>", out.read("xl/drawings/vmlDrawing1.vml").decode()
    )
    assert sorted(anchors) == [
        "1, 15, 1, 10, 9, 14, 1, 58",
        "1, 15, 7, 10, 9, 14, 26, 14",
    ]


def test_a_slide_comment_stands_at_a_placeholder_where_its_layout_puts_it() -> None:
    new = pptx.Presentation()
    slide = new.slides.add_slide(new.slide_layouts[1])
    slide.shapes.title.text = "{{ bad. }}"
    slide.placeholders[1].text = "{{ worse. }}"
    out = io.BytesIO()
    new.save(out)
    package = Package.open(annotate(out.getvalue(), check(out.getvalue())))
    spots = [(int(at.get("x", 0)), int(at.get("y", 0)))
             for at in package.tree("ppt/comments/comment1.xml").iter("{*}pos")]  # fmt: skip
    drawn = [slide.shapes.title, slide.placeholders[1]]
    assert spots == [
        (shape.left // 1588 + 12 * number, shape.top // 1588 + 12 * number)
        for number, shape in enumerate(drawn, 1)
    ]
