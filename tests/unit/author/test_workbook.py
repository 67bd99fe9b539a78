"""Workbook templates: what a sheet says stands in the file, read with openpyxl and lxml."""

import io
import zipfile

import openpyxl
import pytest
from lxml import etree
from ruamel.yaml import YAML

from toolkit.author import build as build_template
from toolkit.author.workbook import build
from toolkit.author.workbook.columns import longest_word, width
from toolkit.author.workbook.formula import Columns, excel
from toolkit.author.workbook.look import COMPUTED, FAULT, LEVELS, MISSING, PREFILLED
from toolkit.brand import DEFAULT
from toolkit.document import Document, load_document, shipped_templates
from toolkit.field import Field
from toolkit.finding import LANGUAGES
from toolkit.language import Labels
from toolkit.office.package.markup import q

SHEET = """
id: test
format: xlsx
doc: d.23
title: d.23
sheets:
  s.info: {part: info}
  s.risks:
    rows: risks
    columns:
      - {field: f.hazard, origin: P/F, required: true}
      - {field: f.probability, type: choice, choices: probability, required: true}
      - {field: f.consequence, type: choice, choices: consequence}
      - field: f.risk_value
        type: int
        origin: C
        formula: "code([@f.probability])*code([@f.consequence])"
      - {field: f.responsible, type: ref, ref: role, origin: P}
      - {field: f.deadline, type: date}
      - {field: f.status, type: choice, choices: status}
      - {field: f.tested_with, type: int}
"""
OPENPYXL_READS_LESS = pytest.mark.filterwarnings("ignore:.*extension is not supported")
SHIPPED = sorted((shipped_templates() / "xlsx").glob("*.yaml"))


def document(text=SHEET):
    return Document(**YAML(typ="safe").load(text))


@pytest.fixture(scope="module")
def data():
    return build(document(), Labels.load("nb"))


@pytest.fixture(scope="module")
def book(data):
    return openpyxl.load_workbook(io.BytesIO(data))


def part(data, name):
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return etree.fromstring(archive.read(name))


def test_a_data_sheet_has_title_intro_hidden_keys_and_headings(book):
    page = book["Risikoer"]
    assert page["A1"].value == "Risikoer"
    assert page["A2"].value == Labels.load("nb").t("di.23")
    assert [cell.value for cell in page[3]][:4] == [
        "f.id",
        "f.hazard",
        "f.probability",
        "f.consequence",
    ]
    assert page.row_dimensions[3].hidden
    assert [cell.value for cell in page[4]][-1] == "Kommentar"
    assert page.freeze_panes == "C5"


def test_the_table_has_a_row_for_what_is_known_and_one_for_what_is_new(book):
    page = book["Risikoer"]
    assert page.tables["tbl_risks"].ref == "A4:J6"
    assert page["A5"].value == "{%tr for r in tables.risks %}{{ r.id }}"
    assert page["J5"].value == "{{ r.comment }}{%tr endfor %}"
    assert page["A6"].value == "{%tr for n in range(20) %}"
    assert page["B6"].value is None


def test_a_computed_column_is_a_guarded_formula_over_structured_references(data, book):
    s = "tbl_risks[[#This Row],[Sannsynlighet (S)]]"
    k = "tbl_risks[[#This Row],[Konsekvens (K)]]"
    product = f"MATCH({s},lst_probability,0)*MATCH({k},lst_consequence,0)"
    expected = f'IF(OR({s}="",{k}=""),"",IFERROR({product},""))'
    assert book["Risikoer"]["E5"].value == "=" + expected
    table = part(data, "xl/tables/table1.xml")
    assert [f.text for f in table.iter(q("x:calculatedColumnFormula"))] == [expected]


def test_the_cached_value_of_a_formula_is_a_tag_and_empty_in_empty_rows(data):
    sheet = part(data, "xl/worksheets/sheet2.xml")
    cached = {cell.get("r"): cell.findtext(q("x:v")) for cell in sheet.iter(q("x:c"))}
    assert cached["E5"] == "{{ r.risk_value }}"
    assert not cached["E6"]


def test_drop_downs_point_at_named_lists_and_only_warn(book):
    rules = {str(rule.sqref): rule for rule in book["Risikoer"].data_validations.dataValidation}
    choice, person = rules["C5:C6"], rules["F5:F6"]
    assert (choice.type, choice.formula1, choice.errorStyle) == (
        "list",
        "lst_probability",
        "warning",
    )
    assert person.formula1 == "lst_role"
    assert choice.prompt == "Velg fra listen"
    assert rules["G5:G6"].type == "date"
    assert rules["I5:I6"].type == "whole"
    named = {rule.formula1 for rule in rules.values() if rule.type == "list"}
    assert named <= set(book.defined_names)


def test_lists_stand_on_a_hidden_sheet_under_their_key(book):
    page = book["Lister"]
    assert page.sheet_state == "hidden"
    columns = {page.cell(1, n).value: n for n in range(1, page.max_column + 1)}
    options = [page.cell(n, columns["probability"]).value for n in range(2, 7)]
    assert options[0] == "1 – Meget liten"
    assert book.defined_names["lst_probability"].attr_text.endswith("$2:$B$6")
    loops = [str(page.cell(n, columns["role"]).value) for n in range(1, page.max_row + 1)]
    assert "{%tr for x in lists.role or ['–'] %}{{ x }}{%tr endfor %}" in loops


def test_the_look_tells_the_origin(book):
    page = book["Risikoer"]
    fills = {name: page[f"{name}5"].fill.fgColor.rgb for name in "EF"}
    assert fills == {"E": f"FF{COMPUTED}", "F": f"FF{PREFILLED}"}
    assert page["B5"].border.left.style == "medium"
    assert page["F6"].fill.fgColor.theme == 0


def test_a_required_column_wears_a_star_that_is_not_its_text(book):
    page = book["Risikoer"]
    assert page["B4"].value == "Uønsket hendelse"
    assert page["B4"].number_format == '@" *"'


def test_facts_are_named(book):
    names = book.defined_names
    sheet, cell = names["f_filled_by"].attr_text.rsplit("!", 1)
    assert sheet == "'{{ t(\"s.info\") }}'"
    assert book.worksheets[0][cell].value is None
    project = names["f_project_name"].attr_text.rsplit("!", 1)[1]
    assert book.worksheets[0][project].value == "{{ info.project_name }}"


def test_identity_stands_in_three_places(book):
    meta = book["_meta"]
    assert meta.sheet_state == "veryHidden"
    assert meta["A1"].value == "{%tr for m in meta %}{{ m.key }}"
    assert book.custom_doc_props["copy_id"].value == "{{ identity.copy_id }}"
    assert book.defined_names["veikart_copy_id"].attr_text == '"{{ identity.copy_id }}"'


def test_sheets_print_one_page_wide_with_their_headings(book):
    for page in book.worksheets[:2]:
        assert page.page_setup.orientation == "landscape"
        assert page.page_setup.fitToWidth in (None, 1)
        assert page.sheet_properties.pageSetUpPr.fitToPage
        assert "info.project_name" in page.oddFooter.left.text
    assert book["Risikoer"].print_title_rows == "$4:$4"


def test_a_table_too_wide_for_one_page_goes_over_two_with_its_names_on_both():
    sheet = SHEET + "".join(f"      - {{field: f.why{n}, width: 90}}\n" for n in (1, 2, 3))
    page = openpyxl.load_workbook(io.BytesIO(build(document(sheet), Labels.load("nb"))))["Risikoer"]
    assert (page.page_setup.fitToWidth, page.page_setup.pageOrder) == (2, "overThenDown")
    assert (page.print_title_cols, page.print_title_rows) == ("$A:$B", "$4:$4")
    assert [page[at].value for at in ("A1", "A2", "C2")] == [None] * 3
    assert (page["B1"].value, page["B2"].value) == ("Risikoer", Labels.load("nb").t("di.23"))
    assert page["B2"].alignment.wrap_text


def test_a_narrow_table_prints_upright_where_its_sheet_says_so():
    upright = SHEET.replace("    columns:\n", "    options: {portrait: true}\n    columns:\n")
    page = openpyxl.load_workbook(io.BytesIO(build(document(upright), Labels.load("nb"))))
    assert page["Risikoer"].page_setup.orientation == "portrait"


def test_hidden_workings_do_not_widen_the_paper():
    sheet = SHEET + "".join(f"      - {{field: f.why{n}, width: 90, origin: S}}\n" for n in (1, 2))
    page = openpyxl.load_workbook(io.BytesIO(build(document(sheet), Labels.load("nb"))))["Risikoer"]
    assert page.page_setup.fitToWidth in (None, 1)


def test_empty_rows_are_lower_than_filled_ones(book):
    filled, empty = (book["Risikoer"].row_dimensions[row].height for row in (5, 6))
    assert filled == 24
    assert empty is None  # Excel's own height


def test_the_same_sheet_gives_the_same_bytes(data):
    assert build(document(), Labels.load("nb")) == data


def test_an_unknown_part_is_told():
    with pytest.raises(KeyError, match="no_such_part"):
        build(document(SHEET.replace("part: info", "part: no_such_part")), Labels.load("nb"))


# --- formulas ---------------------------------------------------------------------------

FIELDS = {
    "f.answer": Field(field="f.answer", choices="attitude"),
    "f.count": Field(field="f.count", each="roles"),
    "f.score": Field(field="f.score"),
}
COLUMNS = Columns(
    "tbl_x",
    {"f.answer": "Svar #1", "f.count": "{{ c.title }}", "f.score": "Skår"},
    FIELDS,
    {"f.answer": 1, "f.count": 3, "f.score": 2},
)


def written(text):
    return excel(text, COLUMNS, 4, {"other": COLUMNS}.__getitem__)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[?f.score]+1", '=IFERROR(tbl_x[[#This Row],[Skår]]+1,"")'),
        (
            "code([@f.answer])",
            '=IF(tbl_x[[#This Row],[Svar \'#1]]="","",'
            'IFERROR((MATCH(tbl_x[[#This Row],[Svar \'#1]],lst_attitude,0)-3),""))',
        ),
        ("COUNTIF([*f.count],1)", '=IFERROR(COUNTIF($D5:$D5,1),"")'),
        ("SUM(column(f.score))", '=IFERROR(SUM(tbl_x[Skår]),"")'),
        ("SUM(column(other.f.score))", '=IFERROR(SUM(tbl_x[Skår]),"")'),
        ("option(quadrant.satisfy)", '=IFERROR(INDEX(lst_quadrant,2),"")'),
    ],
)
def test_formulas_are_written_in_excels_own_language(text, expected):
    assert written(text) == expected


# --- the shipped templates --------------------------------------------------------------


@pytest.fixture(scope="module", params=SHIPPED, ids=[path.stem for path in SHIPPED])
def shipped(request):
    return load_document(request.param)


def test_a_shipped_template_is_what_its_sheet_gives(shipped):
    assert shipped.template.read_bytes() == build_template(shipped, Labels.load("nb"))


def test_a_shipped_template_has_no_colour_of_its_own(shipped):
    styles = part(shipped.template.read_bytes(), "xl/styles.xml")
    faulty = FAULT["font_color"].lstrip("#")
    meaning = {*LEVELS.values(), PREFILLED, COMPUTED, MISSING, faulty, "000000"}
    literal = {e.get("rgb")[2:] for e in styles.iter() if e.get("rgb")}
    assert literal <= meaning


def test_a_shipped_template_uses_theme_fonts_only(shipped):
    styles = part(shipped.template.read_bytes(), "xl/styles.xml")
    fonts = styles.find(q("x:fonts"))
    assert {font.find(q("x:name")).get("val") for font in fonts} == {DEFAULT.font}
    assert all(font.find(q("x:scheme")) is not None for font in fonts)


def test_no_heading_is_wider_than_its_column(shipped):
    for section in shipped.sections.values():
        for field in section.columns:
            assert width(field) >= longest_word(field.label or field.field)


@OPENPYXL_READS_LESS
def test_no_cells_are_merged(shipped):
    book = openpyxl.load_workbook(io.BytesIO(shipped.template.read_bytes()))
    assert not any(page.merged_cells.ranges for page in book.worksheets)


@OPENPYXL_READS_LESS
def test_every_name_a_drop_down_needs_is_there(shipped):
    book = openpyxl.load_workbook(io.BytesIO(shipped.template.read_bytes()))
    for page in book.worksheets:
        for rule in page.data_validations.dataValidation:
            assert rule.type != "list" or rule.formula1 in book.defined_names


@OPENPYXL_READS_LESS
def test_prompts_fit_what_excel_allows(shipped):
    loaded = [Labels.load(language) for language in LANGUAGES]
    for page in openpyxl.load_workbook(io.BytesIO(shipped.template.read_bytes())).worksheets:
        for rule in page.data_validations.dataValidation:
            texts = [rule.prompt or "", rule.error or ""]
            swapped = [labels.swap(text) or text for labels in loaded for text in texts]
            assert max(map(len, swapped)) <= 225


def test_every_picture_and_chart_says_what_it_is(shipped):
    with zipfile.ZipFile(shipped.template) as archive:
        names = [n for n in archive.namelist() if n.startswith("xl/drawings/drawing")]
        described = [
            e.get("descr")
            for name in names
            for e in etree.fromstring(archive.read(name)).iter(q("xdr:cNvPr"))
        ]
    assert described
    assert all(described)
