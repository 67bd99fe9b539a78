"""What lies on cells that repeat: shapes, charts, rules, results of arrays, frozen panes."""

from __future__ import annotations

import pytest
import xlsxwriter
from workbook_reading import Element, Filled, edited, fill, rewritten, template

from toolkit.finding import TemplateError
from toolkit.office import check

Book = xlsxwriter.Workbook
LOOP = "{%tr for r in rows %}{{ r.n }}{%tr endfor %}"


def rows(count: int) -> list[dict[str, str]]:
    return [{"n": f"N{n + 1}"} for n in range(count)]


def shapes(book: Book) -> None:
    """Shapes and charts of many rows that begin on the row that repeats."""
    sheet = book.add_worksheet("S")
    sheet.write("A2", LOOP)
    sheet.insert_textbox("C2", "row {{ r.n }}", {"object_position": 1})
    sheet.insert_textbox("G2", "all {{ who }}", {"object_position": 1})
    for title in ("{{ who }} {% for q in rows %}{{ q.n }}{% endfor %}", "{{ r.n }}"):
        chart = book.add_chart({"type": "bar"})
        chart.add_series({"values": "=S!$A$2:$A$2"})
        chart.set_title({"name": title})
        sheet.insert_chart("K2", chart)


def texts(found: Filled, part: str) -> list[str]:
    return ["".join(p.itertext("{*}t")) for p in found.xml(part).iter("{*}p")]


@pytest.mark.parametrize("count", [0, 1, 3])
def test_a_shape_repeats_with_the_row_its_text_is_of(count: int) -> None:
    book = fill(template(shapes), {"rows": rows(count), "who": "we"})
    names = [f"N{n + 1}" for n in range(count)]
    said = texts(book, "xl/drawings/drawing1.xml")
    assert sorted(said) == sorted([*(f"row {name}" for name in names), "all we"])
    drawing = book.xml("xl/drawings/drawing1.xml")
    starts = [int(a.findtext("{*}from/{*}row") or 0) for a in drawing]
    assert sorted(starts) == sorted([1, 1, *range(1, 1 + count), *range(1, 1 + count)])
    charts = [name for name in book.names if name.startswith("xl/charts/chart")]
    titles = sorted(texts(book, name)[0] for name in charts)
    assert titles == sorted([f"we {''.join(names)}", *names])


def test_names_of_shapes_and_properties_are_filled() -> None:
    def named(root: Element) -> None:
        for number, item in enumerate(root.iter("{*}cNvPr")):
            item.set("name", "Row {{ r.n }}" if number == 0 else "{{ who }}")

    def build(book: Book) -> None:
        shapes(book)
        book.set_custom_property("Owner {{ who }}", "{{ who }}")

    data = edited(template(build), "xl/drawings/drawing1.xml", named)
    book = fill(data, {"rows": rows(1), "who": "R&D"})
    found = {item.get("name") for item in book.xml("xl/drawings/drawing1.xml").iter("{*}cNvPr")}
    assert {"{{ who }}", "Row {{ r.n }}"} & found == set()
    assert "R&D" in found
    properties = book.xml("docProps/custom.xml")
    assert [(item.get("name"), "".join(item.itertext())) for item in properties] == [
        ("Owner R&D", "R&D")
    ]


def test_names_that_cannot_be_filled_are_told() -> None:
    def build(book: Book) -> None:
        sheet = book.add_worksheet("S")
        sheet.write_comment("B2", "note", {"author": "{{ who }}"})
        sheet.unprotect_range("B2", "for {{ who }}")
        sheet.protect()

    found = [(f.code, f.place.text()) for f in check(template(build), {"who": "x"})]
    assert found == [
        ("place-unfillable", "template > S, comment 1"),
        ("place-unfillable", "template > S"),
    ]


@pytest.mark.parametrize("count", [0, 1, 3])
def test_rules_that_stay_keep_what_they_refer_to(count: int) -> None:
    def build(book: Book) -> None:
        sheet, lists = book.add_worksheet("S"), book.add_worksheet("Lists")
        sheet.write("A2", LOOP)
        sheet.write("A5", LOOP)
        sheet.conditional_format("A1:B7", {"type": "formula", "criteria": "=$B1>$B$5"})
        sheet.conditional_format("C2", {"type": "formula", "criteria": "=C2>3"})
        lists.write("A1", LOOP)
        sheet.data_validation("D9", {"validate": "list", "source": "=Lists!$A$1:$A$1"})

    book = fill(template(build), {"rows": rows(count)})
    formats = [rule.findtext(".//{*}formula") for rule in book.all("S", "conditionalFormatting")]
    fifth = 4 + count
    assert formats == [f"$B1>$B${fifth}", *(["C2>3"] if count else [])]
    source = book.all("S", "dataValidation")[0].findtext("{*}formula1")
    assert source == f"Lists!$A$1:$A${max(count, 1)}"


def test_old_results_of_an_array_are_gone() -> None:
    def build(book: Book) -> None:
        sheet = book.add_worksheet("S")
        sheet.write("A2", LOOP)
        sheet.write_array_formula("C4:C6", "{=LEN(A2:A4)}", None, 7)
        sheet.write_formula("D5", "=C5*2", None, 14)
        sheet.write_array_formula("E4:E5", "{=F4:F5}", None, 7)

    def spilled(data: bytes) -> bytes:
        return data.replace(b'<c r="C5"><v>0</v>', b'<c r="C5" t="str"><v>old</v>')

    data = rewritten(template(build), "xl/worksheets/sheet1.xml", spilled)
    book = fill(data, {"rows": rows(2)})
    cells = {ref: book.cell("S", ref) for ref in ("C5", "C6", "C7", "D6", "E5", "E6")}
    values = {ref: cell.findtext("{*}v") for ref, cell in cells.items() if cell is not None}
    assert values == {"C5": None, "C6": None, "C7": None, "D6": None, "E5": "7", "E6": "0"}


def test_a_list_of_validations_without_any_goes() -> None:
    def build(book: Book) -> None:
        book.add_worksheet("S").write("A2", LOOP)

    def emptied(data: bytes) -> bytes:
        return data.replace(b"<pageMargins", b'<dataValidations count="1"/><pageMargins')

    data = rewritten(template(build), "xl/worksheets/sheet1.xml", emptied)
    book = fill(data, {"rows": rows(2)})
    assert book.all("S", "dataValidations") == []
    assert len(book.all("S", "pageMargins")) == 1


@pytest.mark.parametrize(
    ("formula", "result"),
    [
        ("SUM(Near!A1)", "7"),
        ("SUM(Gone!A1)+1", None),
        ("SUM(Near:Far!A1)", None),
        ("SUM(Far:Near!A1)", None),
        ("SUM(Near:Far!B1)", "7"),
        ('INDIRECT("Tagged!A1")', None),
        ("offset(Near!A1,0,1)", None),
    ],
)
def test_results_hold_where_nothing_a_formula_reads_is_filled(
    formula: str, result: str | None
) -> None:
    def build(book: Book) -> None:
        sheet = book.add_worksheet("S")
        sheet.write_formula("A1", f"={formula}", None, 7)
        book.add_worksheet("Near").write("A1", 6)
        book.add_worksheet("Tagged").write("A1", "{{ x }}")
        book.add_worksheet("Far")
        book.add_worksheet("Gone").write("A1", "{%sheet if x > 9 %}")

    cell = fill(template(build), {"x": 1}).cell("S", "A1")
    assert cell is not None
    assert cell.findtext("{*}v") == result


def test_a_frozen_pane_shows_the_first_row_below_it() -> None:
    def build(book: Book) -> None:
        sheet = book.add_worksheet("S")
        sheet.write("A2", "{%tr for r in rows %}")
        sheet.write("A3", "{{ r.n }}")
        sheet.write("A4", "{%tr endfor %}")
        sheet.freeze_panes(3, 1)

    pane = fill(template(build), {"rows": rows(4)}).all("S", "pane")[0]
    assert (pane.get("ySplit"), pane.get("topLeftCell")) == ("5", "B6")


def test_an_array_formula_with_tags_stays_one() -> None:
    def build(book: Book) -> None:
        sheet = book.add_worksheet("S")
        sheet.write("A2", LOOP)
        sheet.write_array_formula("C1", "{=MAX(LEN(A2:A2))*{{ n }}+0}")

    book = fill(template(build), {"rows": rows(3), "n": 2})
    formula = book.cell("S", "C1").find("{*}f")  # type: ignore[union-attr]
    assert formula is not None
    assert (formula.text, formula.get("t"), formula.get("ref")) == (
        "MAX(LEN(A2:A4))*2+0",
        "array",
        "C1",
    )


def test_several_faults_of_shapes_are_told_with_their_shape() -> None:
    with pytest.raises(TemplateError) as told:
        fill(template(shapes), {"rows": rows(1)})
    places = [found.place.text() for found in told.value.findings]
    assert places == ["template > S, chart Chart 1", "template > S, “TextBox 4”"]
