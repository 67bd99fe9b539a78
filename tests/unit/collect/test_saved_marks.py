"""What stands beside the values in files LibreOffice saves as .ods and .xls: notes and errors."""

from __future__ import annotations

import io
import shutil
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment
from openpyxl.styles import Font
from personal_numbers import norwegian_number
from returned_files import places, read_back, ros
from test_read_office import profile, saved

from toolkit.collect.limits import Limits
from toolkit.collect.opening.gate import gate
from toolkit.collect.reading.book import Book, Page, read_book
from toolkit.finding import Place

pytestmark = [
    pytest.mark.office,
    pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed"),
    pytest.mark.filterwarnings("ignore::UserWarning:openpyxl"),
]
NUMBER = norwegian_number("010765")
LONG = "Lang merknad æøå – " * 600  # goes on in several records

__all__ = ["profile"]


def stored(book: Workbook) -> bytes:
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def page_of(data: bytes, name: str) -> Page:
    place = Place(name)
    book: Book = read_book(data, gate(data, place), place, Limits())
    return book.pages[0]


@pytest.mark.parametrize("suffix", ["ods", "xls"])
def test_notes(suffix: str, tmp_path: Path, profile: str) -> None:
    book = load_workbook(io.BytesIO(ros()))
    book["Risikoer"]["E5"].comment = Comment(f"Gjelder {NUMBER}", "Kari")
    book["Risikoer"]["E7"].comment = Comment(LONG + NUMBER, "Kari")
    data = saved({"ros.xlsx": stored(book)}, suffix, tmp_path, profile)["ros"]
    returned = read_back(data, f"ros.{suffix}")
    assert places(returned, "comment-found") == ["Risikoer!E5", "Risikoer!E7"]
    assert places(returned, "personal-number") == [
        "Risikoer!E5, comment 1",
        "Risikoer!E7, comment 1",
    ]
    assert NUMBER not in "".join(f.line("nb") for f in returned.findings)


@pytest.mark.parametrize("suffix", ["ods", "xls"])
def test_percent_errors_hidden_rows_and_merged_areas(
    suffix: str, tmp_path: Path, profile: str
) -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    for row, value in enumerate([0.5, 0.25, "=1/0", "x", 4, "å"], 1):
        sheet.cell(row, 1).value = value
    for column in range(1, 4):  # side by side in one record
        sheet.cell(8, column).value = column / 4
    for at, format in {"A1": "0%", "A2": "0.00%", "B8": "0.0 %", "A5": '0" %"'}.items():
        sheet[at].number_format = format
    sheet.row_dimensions[4].hidden = True
    sheet.merge_cells("C5:D6")
    page = page_of(saved({"a.xlsx": stored(book)}, suffix, tmp_path, profile)["a"], f"a.{suffix}")
    assert page.marks.percents == {(0, 0), (1, 0), (7, 1)}
    assert page.marks.errors == {(2, 0)}
    assert page.marks.hidden == {3}
    assert page.marks.merged == [(4, 2, 5, 3)]


@pytest.mark.parametrize("suffix", ["ods", "xls"])
def test_struck_out_text(suffix: str, tmp_path: Path, profile: str) -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    for row, value in enumerate(["a", 5, "=1+1", "b", None, 6], 1):
        sheet.cell(row, 1).value = value
    for column in (1, 2, 3):  # side by side in one record
        sheet.cell(8, column).value = column
    for at in ("A1", "A2", "A3", "A5", "B8"):
        sheet[at].font = Font(strike=True)
    crossed = TextBlock(InlineFont(strike=True), "gammelt")
    sheet["C3"] = CellRichText("nytt ", crossed)
    page = page_of(saved({"a.xlsx": stored(book)}, suffix, tmp_path, profile)["a"], f"a.{suffix}")
    partly = {(2, 2): "nytt "} if suffix == "ods" else {}  # in an .xls whole cells only
    shown = {at: left for at, left in page.marks.struck.items() if at != (4, 0)}
    assert shown == {(0, 0): "", (1, 0): "", (2, 0): "", (7, 1): ""} | partly


def test_struck_out_answers_of_an_open_document_are_told(tmp_path: Path, profile: str) -> None:
    book = load_workbook(io.BytesIO(ros()))
    book["Risikoer"]["E5"].value = "Borte"
    book["Risikoer"]["E5"].font = Font(strike=True)
    data = saved({"ros.xlsx": stored(book)}, "ods", tmp_path, profile)["ros"]
    returned = read_back(data, "ros.ods")
    assert places(returned, "text-struck") == ["Risikoer!E5"]
    assert [cell.value for cell in returned.cells if cell.raw == "Borte"] == [None]
