"""A reference to one cell of a row that repeats: all of its cells, or the one that is wanted."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
import xlsxwriter
from workbook_reading import Filled, calculated, fill, put, template

from toolkit.office.references.calls import Use, uses
from toolkit.office.references.formula import Reference, parse_formula

COUNTS = (0, 1, 5, 1000)

# What a formula below the loop in row 5 says, and what it comes to; {last} is the loop's last row.
# ``lists`` marks those that Excel must count as arrays when there are several rows.
SINGLE: list[tuple[str, str, bool]] = [
    ("E5", "E5", False),
    ("E5*2", "E5*2", False),
    ("-E5%", "-E5%", False),
    ("$E$5", "$E$5", False),
    ('IF(E5>2,"high","low")', 'IF(E5>2,"high","low")', False),
    ("ROUND(E5,1)+Data!E5", "ROUND(E5,1)+Data!E5", False),
    ('"First: "&A5', '"First: "&A5', False),
    ("VLOOKUP(E5,E5:F5,1,0)", "VLOOKUP(E5,E5:F{last},1,0)", False),
    ("COUNTIF(F5,E5)", "COUNTIF(F5:F{last},E5)", False),
    ("OFFSET(E5,0,1)", "OFFSET(E5,0,1)", False),
    ("SUM(OFFSET(E5,0,0,2))", "SUM(OFFSET(E5,0,0,2))", False),
    ("SUM(E5)", "SUM(E5:E{last})", False),
    ("SUM($E$5)", "SUM($E$5:$E${last})", False),
    ("SUM((E5))", "SUM((E5:E{last}))", False),
    ("MAX(0,E5,F5)", "MAX(0,E5:E{last},F5:F{last})", False),
    ("SUM(E5:E5)", "SUM(E5:E{last})", False),
    ("ROUND(SUM(E5),2)*E5", "ROUND(SUM(E5:E{last}),2)*E5", False),
    ("SUMIF(A5,A5,E5)", "SUMIF(A5:A{last},A5,E5:E{last})", False),
    ("INDEX(E5,MATCH(A5,A5,0))", "INDEX(E5:E{last},MATCH(A5,A5:A{last},0))", False),
    ("SUBTOTAL(109,E5)", "SUBTOTAL(109,E5:E{last})", False),
    ("_xlfn.STDEV.P(E5)", "_xlfn.STDEV.P(E5:E{last})", False),
    ("SUMPRODUCT(E5*F5)", "SUMPRODUCT(E5:E{last}*F5:F{last})", False),
    ("SUM(E5*F5)", "SUM(E5:E{last}*F5:F{last})", True),
    ('SUM(IF(A5="N1",E5,0))', 'SUM(IF(A5:A{last}="N1",E5:E{last},0))', True),
    ("AND(E5>0)", "AND(E5:E{last}>0)", True),
    ("SUM({1,2})*E5", "SUM({1,2})*E5", False),
]


def build(book: xlsxwriter.Workbook) -> None:
    """Row 5 repeats; the formulas of SINGLE stand one a row from row 7."""
    sheet = put(
        book,
        "Data",
        A5="{%tr for r in rows %}{{ r.name }}",
        E5="{{ r.v }}",
        F5="{{ r.w }}{%tr endfor %}",
    )
    for row, (formula, _, _) in enumerate(SINGLE, 7):
        sheet.write_formula(f"B{row}", f"={formula}")


def rows(count: int) -> list[dict[str, object]]:
    return [{"name": f"N{n + 1}", "v": n + 3, "w": 2} for n in range(count)]


@cache
def filled(count: int) -> Filled:
    return fill(template(build), {"rows": rows(count)})


@pytest.mark.parametrize("count", COUNTS)
@pytest.mark.parametrize(
    ("number", "after", "lists"),
    [(n, after, lists) for n, (_, after, lists) in enumerate(SINGLE)],
    ids=[before for before, _, _ in SINGLE],
)
def test_a_single_cell_from_outside(count: int, number: int, after: str, lists: bool) -> None:
    last = 4 + max(count, 1)
    expected = after.format(last=last) if "{last}" in after else after
    if count < 2:
        expected = expected.replace("E5:E5", "E5").replace("F5:F5", "F5").replace("A5:A5", "A5")
        expected = expected.replace("$E$5:$E$5", "$E$5")
    found = filled(count).cell("Data", f"B{last + 2 + number}")
    formula = found.find("{*}f")
    assert formula is not None
    said = (formula.text or "").replace("E5:E5", "E5") if count < 2 else formula.text
    assert said == expected
    place = f"B{last + 2 + number}"
    assert dict(formula.attrib) == ({"t": "array", "ref": place} if lists and count > 1 else {})


@pytest.mark.parametrize(
    ("formula", "found"),
    [
        ("E5#", [Use.ONE]),
        ("SUM(E5#)", [Use.ONE]),
        ("SUM(E5:INDEX(E:E,9))", [Use.CELLS, Use.CELLS]),
        ('SUM("(",E5)', [Use.CELLS]),
        ('COUNTIFS(A1,">"&B1,C1,D1)', [Use.CELLS, Use.ONE, Use.CELLS, Use.ONE]),
        ("SUM(A1,IF(B1,{1,2},C1))", [Use.CELLS, Use.EACH, Use.EACH]),
        ("SUMPRODUCT(IF(A1,B1))", [Use.EACH, Use.EACH]),
        ("_xlfn._xlws.FILTER(A1,B1>0)", [Use.CELLS, Use.ONE]),
        ("(A1,B1)", [Use.ONE, Use.ONE]),
        ("OWN.FUNCTION(A1)", [Use.ONE]),
        ("ROW(A1)+COLUMNS(B1)", [Use.ONE, Use.CELLS]),
    ],
)
def test_what_a_formula_wants_of_its_references(formula: str, found: list[Use]) -> None:
    parts = parse_formula(formula)
    wanted = [use for part, use in zip(parts, uses(parts), strict=True)
              if isinstance(part, Reference)]  # fmt: skip
    assert wanted == found


def two_sheets(book: xlsxwriter.Workbook) -> None:
    """Two lists of the same rows on two sheets, one of another list, and a second on the first."""
    data, plan = book.add_worksheet("Data"), book.add_worksheet("Plan")
    data.write("A3", "{%tr for r in rows %}{{ r.name }}")
    data.write("B3", "{{ r.v }}{%tr endfor %}")
    data.write("A5", "{%tr for  x in rows %}{{ x.w }}")
    data.write_formula("B5", "=B3*10")
    data.write("C5", "{%tr endfor %}")
    plan.write("A5", "{%tr for r in rows -%}{{ r.name }}")
    plan.write_formula("B5", "=Data!B3")
    plan.write_formula("C5", "=Data!B$3+Data!$B3")
    plan.write_formula("D5", "=B5/SUM(Data!B3)")
    plan.write_formula("E5", "=Data!E5+Data!F3")
    plan.write_formula("F5", "=Data!D1")
    plan.write("G5", "{%tr endfor %}")
    plan.write("A7", "{%tr for o in others %}{{ o }}")
    plan.write_formula("B7", "=Data!B3+B5")
    plan.write("C7", "{%tr endfor %}")
    plan.conditional_format("B5", {"type": "formula", "criteria": "=B5>Data!B3"})
    plan.conditional_format("C5", {"type": "formula", "criteria": "=C5>Data!B1"})
    plan.data_validation("B7", {"validate": "list", "source": "=Data!$B$3"})
    plan.data_validation("A1", {"validate": "whole", "criteria": ">", "value": "=Data!B3"})


@pytest.mark.parametrize("count", [1, 5, 1000])
def test_loops_over_the_same_things_keep_step(count: int) -> None:
    book = fill(template(two_sheets), {"rows": rows(count), "others": ["a", "b"]})
    for n in range(count):
        own = 5 + n
        found = [book.formula("Plan", f"{column}{own}") for column in "BCDEF"]
        last = 2 + count
        second = 4 + count + n
        band = "B3" if count == 1 else f"B3:B{last}"
        assert found == [
            f"Data!B{3 + n}",
            f"Data!B$3+Data!$B{3 + n}",
            f"B{own}/SUM(Data!{band})",
            f"Data!E{second}+Data!F{3 + n}",
            "Data!D1",
        ]
        assert book.formula("Data", f"B{second}") == f"B{3 + n}*10"
    other = 6 + count
    assert [book.formula("Plan", f"B{other + n}") for n in (0, 1)] == ["Data!B3+B5"] * 2


def test_rules_keep_step_or_stay() -> None:
    book = fill(template(two_sheets), {"rows": rows(3), "others": ["a", "b"]})
    rules = {rule.get("sqref"): rule.findtext("{*}cfRule/{*}formula")
             for rule in book.all("Plan", "conditionalFormatting")}  # fmt: skip
    assert rules == {"B5:B7": "B5>Data!B3", "C5:C7": "C5>Data!B$1"}
    checks = {rule.get("sqref"): rule.findtext("{*}formula1")
              for rule in book.all("Plan", "dataValidation")}  # fmt: skip
    assert checks == {"B9:B10": "Data!$B$3:$B$5", "A1": "Data!B3"}


def test_rows_beside_each_other_stay_side_by_side() -> None:
    def lanes(book: xlsxwriter.Workbook) -> None:
        put(
            book,
            "S",
            A2="{%tr for r in rows %}{{ r.v }}",
            B2="=A2+E2+$E$2",
            C2="{%tr endfor %}",
            E2="{%tr for o in others %}{{ o }}{%tr endfor %}",
        )

    book = fill(template(lanes), {"rows": rows(3), "others": [1, 2]})
    assert [book.formula("S", f"B{row}") for row in (2, 3, 4)] == [
        "A2+E2+$E$2",
        "A3+E3+$E$2",
        "A4+E4+$E$2",
    ]


def test_columns_keep_step_too() -> None:
    def years(book: xlsxwriter.Workbook) -> None:
        for name in ("Data", "Sum"):
            sheet = book.add_worksheet(name)
            sheet.write("C1", "{%tc for y in years %}{{ y }}{%tc endfor %}")
        sheet.write_formula("C2", "=Data!C2*2+Data!$C$2")
        sheet.write_formula("E2", "=Data!C2+SUM(Data!C2)")

    book = fill(template(years), {"years": [1, 2, 3]})
    assert [book.formula("Sum", f"{column}2") for column in "CDE"] == [
        f"Data!{column}2*2+Data!$C$2" for column in "CDE"
    ]
    assert book.formula("Sum", "G2") == "Data!C2+SUM(Data!C2:E2)"


@pytest.mark.parametrize("count", [1, 2, 5])
def test_a_cell_of_repeating_columns_stays_in_its_row(count: int) -> None:
    def matrix(book: xlsxwriter.Workbook) -> None:
        put(
            book,
            "S",
            B1="{%tc for r in rows %}{{ r.v }}{%tc endfor %}",
            A2="{%tr for q in rows %}{{ q.v }}",
            B2="=$A2*B$1",
            C2="=SUM(B2)+B2+SUM($B2)",
            D2="{%tr endfor %}",
            C3="=SUM(B2)",
        )

    book = fill(template(matrix), {"rows": rows(count)})
    last, total = chr(ord("A") + count), chr(ord("B") + count)
    for row in range(2, 2 + count):
        across = f"B{row}" if count == 1 else f"B{row}:{last}{row}"
        fixed = across.replace("B", "$B") if count == 1 else f"$B{row}:${last}{row}"
        assert book.formula("S", f"{total}{row}") == f"SUM({across})+B{row}+SUM({fixed})"
    below = "B2" if count == 1 else f"B2:{last}{1 + count}"
    assert book.formula("S", f"{total}{2 + count}") == f"SUM({below})"


def test_groups_that_are_empty_keep_a_row_for_a_single_value() -> None:
    def groups(book: xlsxwriter.Workbook) -> None:
        put(
            book,
            "S",
            A2="{%tr for g in groups %}",
            A3="{{ g.name }}",
            B4="{%tr for r in g.rows %}{{ r }}{%tr endfor %}",
            A5="{%tr endfor %}",
            C6="=B4*2+SUM(B4)",
            D6="=A2",
        )

    def filled_with(*found: list[int]) -> Filled:
        return fill(template(groups), {"groups": [{"name": "g", "rows": r} for r in found]})

    assert filled_with([7, 8], [9]).formula("S", "C7") == "B3*2+SUM(B2:B6)"
    assert filled_with([], [9]).formula("S", "C5") == "B4*2+SUM(B2:B4)"
    assert filled_with([], []).formula("S", "C5") == "B3*2+SUM(B2:B4)"
    assert filled_with([], [], [9]).formula("S", "C6") == "B5*2+SUM(B2:B5)"
    assert filled_with([7]).formula("S", "D4") == "A2"
    assert filled_with().formula("S", "C4") == "B3*2+SUM(B2:B3)"


def test_tables_and_array_formulas() -> None:
    def tables(book: xlsxwriter.Workbook) -> None:
        sheet, other = book.add_worksheet("S"), book.add_worksheet("O")
        columns = [{"header": "N"}, {"header": "V", "total_function": "=SUM(B2)*2"}]
        sheet.add_table("A1:B3", {"name": "t", "columns": columns, "total_row": True})
        sheet.write("A2", "{%tr for r in rows %}{{ r.name }}")
        sheet.write("B2", "{{ r.v }}{%tr endfor %}")
        sheet.write_array_formula("E1", "{=MAX(B2*2)}")
        calculated = [{"header": "X"}, {"header": "Y", "formula": "=SUM(S!B2*[@X])"}]
        other.add_table("A1:B2", {"name": "u", "columns": calculated})

    book = fill(template(tables), {"rows": rows(3)})
    total = book.xml("xl/tables/table1.xml").findtext(".//{*}totalsRowFormula")
    assert total == "SUM(B2:B4)*2"
    array = book.cell("S", "E1").find("{*}f")
    assert array is not None
    assert (array.text, array.get("t"), array.get("ref")) == ("MAX(B2:B4*2)", "array", "E1")
    column = book.xml("xl/tables/table2.xml").find(".//{*}calculatedColumnFormula")
    assert column is not None
    assert (column.text, column.get("array")) == ("SUM(S!B2:B4*u[[#This Row],[X]])", "1")


@pytest.mark.office
@pytest.mark.parametrize("count", COUNTS)
def test_libreoffice_gives_the_right_figures(count: int, tmp_path: Path) -> None:
    sheets = calculated(filled(count).data, tmp_path)
    last = 4 + max(count, 1)
    values = [n + 3 for n in range(count)]
    first, total = (values or [0])[0], sum(values)
    shown = [row[1] for row in sheets["Data"][last + 1 : last + 1 + len(SINGLE)]]
    if count:  # of nothing there is no deviation, and nothing is found
        assert not [text for text in shown if text.startswith(("#", "Err"))]
    by_formula = dict(zip([before for before, _, _ in SINGLE], shown, strict=True))
    assert by_formula["E5"] == str(first)
    assert by_formula["E5*2"] == str(first * 2)
    assert by_formula["SUM(E5)"] == by_formula["SUBTOTAL(109,E5)"] == str(total)
    assert by_formula["SUM(E5*F5)"] == by_formula["SUMPRODUCT(E5*F5)"] == str(total * 2)
    assert by_formula['SUM(IF(A5="N1",E5,0))'] == str(first)
    assert by_formula["AND(E5>0)"] in (("TRUE", "1") if count else ("FALSE", "0"))
    assert by_formula["ROUND(SUM(E5),2)*E5"] == str(total * first)
