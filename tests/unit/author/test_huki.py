"""The workbook of roles and responsibilities as a template."""

import io

import openpyxl
import pytest

from toolkit.author.workbook import build
from toolkit.document import load_document, shipped_templates
from toolkit.language import Labels

pytestmark = pytest.mark.filterwarnings("ignore::UserWarning:openpyxl")
DOCUMENT = load_document(shipped_templates() / "xlsx" / "huki.yaml")


@pytest.fixture(scope="module")
def book():
    return openpyxl.load_workbook(io.BytesIO(build(DOCUMENT, Labels.load("nb"))))


def rules(page):
    return [
        (str(found.sqref), rule) for found in page.conditional_formatting for rule in found.rules
    ]


def test_a_role_column_is_keyed_by_the_roles_id_alone(book):
    page = book["HUKI"]
    assert page["D3"].value == "{%tc for c in tables.huki_roles %}{{ c.id }}{%tc endfor %}"
    assert page["D4"].value == "{{ c.title }}"
    assert page["D5"].value == "{{ r.letters[c.id] }}"


def test_role_headings_are_turned_and_the_rest_stand_at_the_foot(book):
    page = book["HUKI"]
    assert page["D4"].alignment.textRotation == 90
    assert page["C4"].alignment.vertical in (None, "bottom")  # the format's own default
    assert page.row_dimensions[4].height > 150


def test_cells_offer_the_letters_of_the_file(book):
    found = {
        str(rule.sqref): rule.formula1 for rule in book["HUKI"].data_validations.dataValidation
    }
    assert found["D5:D6"] == "lst_huki_cell"


def test_each_letter_is_a_tile_of_its_own_and_the_strongest_decides(book):
    tiles = [rule for area, rule in rules(book["HUKI"]) if area == "D5:D6"]
    assert [rule.formula[0].split('"')[1] for rule in tiles] == ["h", "u", "k", "i"]
    assert all(rule.stopIfTrue for rule in tiles)
    fills = [rule.dxf.fill.bgColor.theme if rule.dxf.fill else None for rule in tiles]
    assert fills[0] != fills[1] != fills[2]
    assert tiles[3].dxf.border is not None


def test_formulas_hold_no_letter_that_a_language_would_swap(book):
    """A text in a formula that equals a label is translated: "H" becomes "A" in Finnish."""
    for page in (book["HUKI"], book["Kontroll"]):
        for row in page.iter_rows():
            for cell in row:
                for letter in "HUKI":
                    assert f'"{letter}"' not in str(cell.value)


def test_a_row_that_does_not_hold_is_red_and_says_why(book):
    fonts = [(rule, rule.dxf.font) for _, rule in rules(book["HUKI"])]
    red = [rule for rule, font in fonts if font and font.color.rgb == "FFC00000"]
    assert red
    assert all("lst_huki_check" in rule.formula[0] for rule in red)


def test_the_check_counts_per_role_and_per_activity(book):
    page = book["Kontroll"]
    assert page.tables["tbl_huki_check"].ref == "A4:H5"
    title = next(cell.row for cell in page["B"] if cell.value == "Per aktivitet")
    headings = [page.cell(title + 1, n).value for n in range(2, 9)]
    assert headings == [
        *("Aktivitet", "Hovedansvarlig", "Utfører", "Konsulteres", "Informeres"),
        *("Kontroll", "Varsel"),
    ]
    assert book.defined_names["huki_activities"].attr_text == "'Kontroll'!$B$9:$H$10"


def test_the_matrix_prints_on_one_a3_page_across(book):
    page = book["HUKI"]
    assert (page.page_setup.paperSize, page.page_setup.orientation) == (8, "landscape")
    assert page.sheet_properties.pageSetUpPr.fitToPage
    assert page.freeze_panes == "D5"
