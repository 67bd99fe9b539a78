"""Filled workbooks: what the templates become, and that their formulas answer what they say."""

import io
import shutil
import subprocess
import zipfile
from datetime import date

import openpyxl
import pytest
from lxml import etree
from openpyxl.worksheet.formula import ArrayFormula

from toolkit.author.specimens import BRANDS
from toolkit.author.workbook import build
from toolkit.author.workbook.specimen import (
    RISKS,
    STAKEHOLDERS,
    specimen_context,
    specimen_document,
    specimens,
)
from toolkit.finding import LANGUAGES
from toolkit.language import Labels
from toolkit.office import Localisation, fill, outline
from toolkit.office.package.markup import q

BLANK = 20


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    made = tmp_path_factory.mktemp("specimens")
    specimens(made)
    return made


@pytest.fixture(scope="module")
def path(folder):
    return folder / "xlsx-ours.xlsx"


@pytest.fixture(scope="module")
def formulas(path):
    return openpyxl.load_workbook(path)


@pytest.fixture(scope="module")
def values(path):
    return openpyxl.load_workbook(path, data_only=True)


def chart_with(path, tag):
    """The chart part of a workbook that holds an element."""
    with zipfile.ZipFile(path) as archive:
        names = [n for n in archive.namelist() if n.startswith("xl/charts/chart")]
        charts = [etree.fromstring(archive.read(name)) for name in names]
    return next(chart for chart in charts if next(chart.iter(q(tag)), None) is not None)


def named(book, name):
    sheet, cells = book.defined_names[name].attr_text.rsplit("!", 1)
    return book[sheet.strip("'")][cells.replace("$", "")]


def test_rows_that_are_known_come_first_and_empty_ones_follow_inside_the_table(formulas):
    page = formulas["Risikoer"]
    assert page.tables["tbl_risks"].ref == f"A4:V{4 + len(RISKS) + BLANK}"
    assert [page.cell(row, 1).value for row in (5, 9, 10)] == ["ri01", "ri05", None]
    assert "tbl_risks[[#This Row]" in page.cell(4 + len(RISKS) + BLANK, 10).value


def test_a_level_is_looked_up_in_the_matrix_the_book_holds(values):
    assert values["Risikoer"]["K5"].value == "Kritisk – ikke akseptabel"
    matrix = [[cell.value for cell in row] for row in named(values, "risk_matrix")]
    assert matrix[0][0] == "Høy – tiltak skal besluttes"
    assert matrix[4][0] == "Lav – akseptabel"


def test_the_matrices_show_the_ids_before_and_after(formulas, values):
    page = values["Risikomatrise"]
    shown = {c.value for row in page["B6:F15"] for c in row if str(c.value).startswith("ri")}
    assert shown == {"ri01", "ri02", "ri03", "ri04", "ri05"}
    after = {c.value for row in page["I6:M15"] for c in row if str(c.value).startswith("ri")}
    assert after == {"ri01", "ri02", "ri03", "ri05"}
    assert isinstance(formulas["Risikomatrise"]["B7"].value, ArrayFormula)


def test_arrows_begin_where_the_risks_that_moved_most_stood(path, values):
    page = values["Risikomatrise"]
    assert [page.cell(row, 1).value for row in range(29, 34)] == [
        "ri01",
        "ri03",
        "ri02",
        "ri05",
        None,
    ]
    chart = chart_with(path, "a:tailEnd")
    ends = [
        [[float(v.text) for v in s.find(q(f"c:{a}")).iter(q("c:v"))] for a in ("xVal", "yVal")]
        for s in chart.iter(q("c:ser"))
    ]
    assert ends[0] == [[3.74, 2.74], [3.8, 1.8]]  # 4 x 4 -> 2 x 3, a little aside
    assert ends[4] == [[-10, -10], [-10, -10]]  # only four moved
    assert ends[5][0][:2] == [3.74, 2.87]


def test_the_lists_of_the_description_are_named_exactly(values):
    roles = [cell.value for row in named(values, "lst_role") for cell in row]
    assert roles == ["Prosjektleder", "Avdelingsleder"]
    names = [cell.value for row in named(values, "lst_stakeholder") for cell in row]
    assert names == [own[0] for own in STAKEHOLDERS]


def test_bubbles_follow_the_list_and_stand_apart_in_one_square(path):
    chart = chart_with(path, "c:bubbleChart")
    series = list(chart.iter(q("c:ser")))
    points = len(STAKEHOLDERS) + BLANK
    labelled = series[5]
    ys = [float(v.text) for v in labelled.find(q("c:yVal")).iter(q("c:v"))]
    assert len(ys) == points
    assert ys[:2] == [pytest.approx(3.88), pytest.approx(4.12)]
    assert set(ys[len(STAKEHOLDERS) :]) == {-10.0}
    labels = [v.text for v in labelled.iter(q("c15:dlblRangeCache")).__next__().iter(q("c:v"))]
    assert labels[0] == "Nattevakter ▼"


def test_meetings_are_counted_per_level_and_phase(values):
    page = values["Matrise"]
    rows = {page.cell(row, 1).value: row for row in range(36, 48)}
    staff, top = rows["Ansatte"], rows["Toppledelse"]
    assert [page.cell(staff, column).value for column in (2, 3, 8)] == [2, 1, 3]
    assert page.cell(staff, 9).value in (None, "")
    assert page.cell(top, 9).value == "▲"


def test_no_tag_and_no_error_is_left_in_any_language(folder):
    for language in LANGUAGES:
        for made in specimens(folder, language):
            texts = [line.text for line in outline(made)]
            assert not [text for text in texts if "{{" in text or "{%" in text]
            assert not [text for text in texts if text.startswith("#") and text.endswith("!")]


def test_the_brand_is_the_theme(folder):
    for name, brand in BRANDS.items():
        with zipfile.ZipFile(folder / f"xlsx-{name}.xlsx") as archive:
            theme = etree.fromstring(archive.read("xl/theme/theme1.xml"))
        accent = theme.find(f".//{q('a:accent1')}/{q('a:srgbClr')}")
        assert accent.get("val") == brand.theme["accent1"]


@pytest.fixture(scope="module")
def empty(tmp_path_factory):
    """A workbook of a project that has told nothing yet, in Finnish."""
    labels = Labels.load("fi")
    context = specimen_context(specimen_document(), labels)
    context["tables"] = dict.fromkeys(context["tables"], [])
    context["lists"] |= {"role": [], "stakeholder": []}
    context["view"]["risks"] |= {"worst": [], "moved": []}
    out = tmp_path_factory.mktemp("empty") / "empty.xlsx"
    template = build(specimen_document(), Labels.load("nb"))
    local = Localisation(labels.tag, labels.swap, labels.number_format)
    fill(template, context, out, localisation=local, globals={"t": labels.t})
    return out


@pytest.mark.parametrize(
    ("known", "shown"),
    [
        ({}, [None, None, None]),
        ({"return_to": "a@b.example"}, ["Retur", "Send utfylt fil til", None]),
        ({"return_by": date(2026, 5, 1)}, ["Retur", None, "Frist for retur"]),
    ],
)
def test_where_and_when_to_return_it_stands_where_it_is_known(tmp_path, known, shown):
    labels = Labels.load("nb")
    context = specimen_context(specimen_document(), labels)
    context["info"] |= {"return_to": None, "return_by": None} | known
    local = Localisation(labels.tag, labels.swap, labels.number_format)
    out = tmp_path / "filled.xlsx"
    template = build(specimen_document(), labels)
    fill(template, context, out, localisation=local, globals={"t": labels.t})
    book = openpyxl.load_workbook(out)
    page, box = book["Om dokumentet"], named(book, "ui_return_by")
    assert [page.cell(box.row + up, 1).value for up in (-2, -1, 0)] == shown
    boxed = [str(area.sqref) for area in page.conditional_formatting]
    assert boxed == [f"B{box.row - 1}", f"B{box.row}"]
    step = "ui.step_return" if "return_by" in known else "ui.step_return_undated"
    assert labels.t(step) in [cell.value for cell in page["E"]]


def test_empty_lists_give_a_whole_workbook(empty):
    book = openpyxl.load_workbook(empty, data_only=True)
    assert book["Riskit"].tables["tbl_risks"].ref.startswith("A4:V")
    assert named(book, "lst_role").value == "–"
    assert book["Riskimatriisi"]["I21"].value == Labels.load("fi").t("ui.nothing_yet")


# --- LibreOffice ------------------------------------------------------------------------


def without_cached_values(path):
    """The same workbook with nothing known of what its formulas answer."""
    out = io.BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            data = old.read(name)
            if name.startswith("xl/worksheets/sheet"):
                root = etree.fromstring(data)
                for cell in root.iter(q("x:c")):
                    value = cell.find(q("x:v"))
                    if cell.find(q("x:f")) is not None and value is not None:
                        cell.remove(value)
                data = etree.tostring(root, xml_declaration=True, encoding="UTF-8")
            new.writestr(name, data)
    return out.getvalue()


def recalculated(path, folder):
    office = shutil.which("soffice")
    if not office:
        pytest.skip("LibreOffice is not installed")
    bare = folder / "bare.xlsx"
    bare.write_bytes(without_cached_values(path))
    made = folder / "made"
    profile = f"-env:UserInstallation=file://{folder / 'profile'}"
    command = [office, profile, "--headless", "--convert-to", "xlsx", "--outdir", made, bare]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    return openpyxl.load_workbook(made / "bare.xlsx", data_only=True)


def same(one, other):
    if isinstance(one, int | float) and isinstance(other, int | float):
        return one == pytest.approx(other)
    return (one or "") == (other or "")


def compared(path, folder):
    """Every formula cell: what it says, and what LibreOffice answers."""
    formulas, values = (openpyxl.load_workbook(path, data_only=only) for only in (False, True))
    again = recalculated(path, folder)
    for page in formulas.worksheets:
        for cell in (cell for row in page.iter_rows() for cell in row if cell.data_type == "f"):
            place = page.title, cell.coordinate
            yield place, *(book[page.title][cell.coordinate].value for book in (values, again))


@pytest.mark.office
def test_libreoffice_answers_what_the_cells_say(path, tmp_path):
    found = list(compared(path, tmp_path))
    assert len(found) > 500
    assert [cell for cell in found if not same(*cell[1:])] == []


@pytest.mark.office
def test_libreoffice_answers_an_empty_workbook_the_same_way(empty, tmp_path):
    found = list(compared(empty, tmp_path))
    assert len(found) > 500
    assert [cell for cell in found if not same(*cell[1:])] == []


@pytest.mark.office
def test_what_staff_write_moves_the_matrix_and_the_chart(path, tmp_path):
    book = openpyxl.load_workbook(path)
    page, row = book["Risikoer"], 5 + len(RISKS)
    page.cell(row, 2).value = "Ny hendelse"
    page.cell(row, 8).value, page.cell(row, 9).value = "5 – Svært stor", "5 – Svært alvorlig"
    page.cell(row, 16).value, page.cell(row, 17).value = "1 – Meget liten", "1 – Ubetydelig"
    stakeholders, new = book["Interessenter"], 5 + len(STAKEHOLDERS)
    stakeholders.cell(new, 2).value = "Renholdere"
    stakeholders.cell(new, 8).value, stakeholders.cell(new, 9).value = "Stor", "Stor"
    edited = tmp_path / "edited.xlsx"
    book.save(edited)
    again = recalculated(edited, tmp_path)
    assert again["Risikoer"].cell(row, 11).value == "Kritisk – ikke akseptabel"
    assert again["Risikomatrise"]["F7"].value == f"#{len(RISKS) + 1}"
    assert again["Risikomatrise"]["H21"].value == f"#{len(RISKS) + 1}"
    assert again["Risikomatrise"]["A29"].value == f"#{len(RISKS) + 1}"
    assert [again["Risikomatrise"].cell(29, c).value for c in range(15, 19)] == [
        4.74,
        0.74,
        4.8,
        0.8,
    ]
    assert again["Interessenter"].cell(new, 16).value == "Engasjer tett"
    places = [again["Matrise"].cell(r, 3).value for r in range(50, 90)]
    assert "Renholdere ●" in places
