"""The outline of decks and workbooks: every text once, in order, with its place."""

from __future__ import annotations

from pathlib import Path

import pytest
import xlsxwriter
from pptx import Presentation
from pptx.util import Cm

from toolkit.finding import TemplateError
from toolkit.office import outline


def _lines(path: Path) -> list[tuple[str, str]]:
    found = [(line.place.text(), line.text) for line in outline(path)]
    return [(place.partition(" > ")[2], text) for place, text in found if "property" not in place]


def test_a_deck_is_told_slide_by_slide(tmp_path: Path) -> None:
    deck = Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[5])
    slide.shapes.title.text = "Goals"
    frame = slide.shapes.add_table(1, 2, Cm(1), Cm(1), Cm(5), Cm(1))
    frame._element.nvGraphicFramePr.cNvPr.set("descr", "Two letters")
    table = frame.table
    table.cell(0, 0).text, table.cell(0, 1).text = "a", "b"
    group = slide.shapes.add_group_shape()
    group.shapes.add_textbox(Cm(1), Cm(1), Cm(2), Cm(1)).text_frame.text = "In a group"
    slide.notes_slide.notes_text_frame.text = "Say this"
    deck.slides.add_slide(deck.slide_layouts[6])
    deck.save(str(tmp_path / "t.pptx"))
    assert _lines(tmp_path / "t.pptx") == [
        ("slide 1, “Title 1”", "Goals"),
        ("slide 1, “Table 2”, row 1, cell 1", "a"),
        ("slide 1, “Table 2”, row 1, cell 2", "b"),
        ("slide 1, “Table 2”, alt text", "Two letters"),
        ("slide 1, “TextBox 4”", "In a group"),
        ("slide 1, notes", "Say this"),
    ]


def test_a_workbook_is_told_sheet_by_sheet(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(str(tmp_path / "t.xlsx")) as book:
        sheet = book.add_worksheet("Risks")
        sheet.write("A1", "Hazard")
        sheet.write_rich_string("B2", "so ", book.add_format({"bold": True}), "bad")
        sheet.write_formula("C3", "=1+1", None, 2)
        sheet.write_comment("A1", "Name it", {"author": ""})
        sheet.set_header("&LTop")
        sheet.data_validation(
            "D4", {"validate": "list", "source": ["x"], "input_message": "Choose"}
        )
        book.add_worksheet("Empty")
    assert _lines(tmp_path / "t.xlsx") == [
        ("Risks", "Risks"),
        ("Risks!A1", "Hazard"),
        ("Risks!B2", "so bad"),
        ("Risks!C3", "2"),
        ("Risks!D4", "Choose"),
        ("Risks, header 1", "&LTop"),
        ("Risks!A1", "Name it"),
        ("Empty", "Empty"),
    ]


def test_what_is_no_office_file_has_no_outline(tmp_path: Path) -> None:
    path = tmp_path / "t.docx"
    path.write_text("hello", encoding="utf-8")
    with pytest.raises(TemplateError):
        outline(path)
