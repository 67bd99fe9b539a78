"""Formulas in parts, and areas following rows and columns that repeat."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit.office.references.areas import box, letters, parse_area
from toolkit.office.references.axis import Band, Scope
from toolkit.office.references.columns import TableReference
from toolkit.office.references.follow import Follower, SheetCopy, TableCopy
from toolkit.office.references.formula import (
    Reference,
    formula_text,
    moved_formula,
    parse_formula,
)
from toolkit.office.references.grid import Grid, Spot
from toolkit.office.references.layout import blank, lay_out


def one_band(first: int, last: int, count: int, *, tag_rows: bool = False) -> Grid:
    """A sheet whose rows first..last repeat; with tag rows, the two outer ones are removed."""
    content, ending = (first + 1, last - 1) if tag_rows else (first, last)
    band = Band(first, last, content, ending)
    root = Scope()
    root.bands[band] = [
        Scope(band, root, dict.fromkeys(range(content, ending + 1), 0)) for _ in range(count)
    ]
    return Grid(lay_out([band], [], root), lay_out([], [], Scope()))


def spot(grid: Grid, row: int, nth: int | None = None) -> Spot:
    """The place of a cell of column D; in the nth repetition of the only band."""
    scopes = next(iter(grid.rows.root.bands.values()), [])
    scope = grid.rows.root if nth is None else scopes[nth]
    return Spot(grid, scope, grid.columns.root, row, 4)


def follow(grid: Grid, text: str, where: Spot) -> str:
    follower = Follower({"data": [SheetCopy("Data", grid)]}, {})
    return follower.formula(text, where)


@pytest.mark.parametrize(
    "text",
    [
        "SUM(A1:B2)*'My S''x'!$C$4",
        "tbl[[#This Row],[a b]]+tbl[[#Headers],[a]:[c]]+tbl[]+tbl[#All]+tbl[a'[b'] c]",
        'IF(A1="A1 ""B2""","{1}",{1,2;"a}",3})',
        "DEC2BIN(A1)+LOG10(2)+TAX_2024+1E5",
        "'[1]S'!A1+[1]S!B2+[0]!Name",
        "A:C,$1:$4,Jan:Mar!C7",
        "A1:INDEX(B:B,3)+A1#",
        "#REF!A1+#N/A+#DIV/0!",
        "Sheet1!nm+Ærlig.navn",
        "XFE1+A1048577",
    ],
)
def test_a_formula_in_parts_gives_itself(text: str) -> None:
    assert formula_text(parse_formula(text)) == text


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("LOG10(A1)", ["A1"]),
        ('"A1"&B2', ["B2"]),
        ("{1,2}*A1:B$2", ["A1:B$2"]),
        ("'[1]S'!A1+B1", ["B1"]),
        ("Sheet1!$A:$C", ["Sheet1!$A:$C"]),
        ("'A B'!1:3", ["'A B'!1:3"]),
        ("TAX2024X+ABCD1", []),
        ("T[A1]+T[[#This Row],[B2]]", []),
    ],
)
def test_only_references_are_references(text: str, found: list[str]) -> None:
    assert [part.text() for part in parse_formula(text) if isinstance(part, Reference)] == found


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("T[@x]", "T[[#This Row],[x]]"),
        ("T[@[a b]]", "T[[#This Row],[a b]]"),
        ("T[[#This Row],x]", "T[[#This Row],[x]]"),
        ("T[[#All],[a]:[b]]", "T[[#All],[a]:[b]]"),
        ("T[a-b]", "T[a-b]"),
    ],
)
def test_structured_references_read_as_files_hold_them(written: str, read: str) -> None:
    assert formula_text(parse_formula(written)) == read


def test_a_renamed_column_keeps_its_guards() -> None:
    renamed = TableReference("T", (), "a [1]", "a [1]")
    assert renamed.text() == "T[[a '[1'] ]]".replace(" ]]", "]]")
    assert parse_formula(renamed.text()) == (
        TableReference("T", (), "a [1]", "a [1]", renamed.text()),
    )


def test_a_shared_formula_moves_with_its_cell() -> None:
    assert formula_text(moved_formula(parse_formula("A1+$B$1+C:C"), 2, 1)) == "B3+$B$1+D:D"
    assert formula_text(moved_formula(parse_formula("A1"), 0, -1)) == "#REF!"


@pytest.mark.parametrize("count", [0, 1, 5, 1000])
def test_outside_references_take_the_whole_band(count: int) -> None:
    grid = one_band(5, 5, count)
    last = 4 + count
    here = spot(grid, 6)
    expected = {
        0: ("SUM(#REF!)", "SUM(D4:D5)", "D5"),
        1: ("SUM(D5:D5)", "SUM(D4:D6)", "D6"),
    }.get(count, (f"SUM(D5:D{last})", f"SUM(D4:D{last + 1})", f"D{last + 1}"))
    texts = ("SUM(D5:D5)", "SUM(D4:D6)", "D6")
    assert tuple(follow(grid, text, here) for text in texts) == expected


def test_a_band_without_repetitions_can_keep_a_blank_line() -> None:
    band = Band(5, 7, 6, 6)
    root = Scope()
    blank(band, root)
    grid = Grid(lay_out([band], [], root), lay_out([], [], Scope()))
    assert follow(grid, "SUM(D6)+SUM(D5:D7)+D8", spot(grid, 9)) == "SUM(D5)+SUM(D5:D5)+D6"


@pytest.mark.parametrize(
    "text", ["[1]Other!A5+'[2]X y'!D5", "SUM('x:y'!D5)", "R1C1+TAXES2027", "Unknown!D5"]
)
def test_what_is_not_of_the_workbook_stays(text: str) -> None:
    grid = one_band(5, 5, 5)
    assert follow(grid, text, spot(grid, 8)) == text
    assert follow(grid, text, spot(grid, 5, 2)) == text


@pytest.mark.parametrize(
    ("text", "third"),
    [
        ("B5*C5", "B7*C7"),
        ("$B5*C$2", "$B7*C$2"),
        ("SUM(D$5:D5)", "SUM(D$5:D7)"),
        ("D5/SUM($D$5:$D$5)", "D7/SUM($D$5:$D$9)"),
        ("D4+C5", "D6+C7"),
        ("D$4+D2", "D$4+D2"),
        ("D5/D$5", "D7/D$5"),
        ("D6", "D10"),
        ("Data!D5", "Data!D7"),
        ("5:5", "7:7"),
    ],
)
def test_references_inside_a_loop_stay_in_their_row(text: str, third: str) -> None:
    grid = one_band(5, 5, 5)
    assert follow(grid, text, spot(grid, 5, 2)) == third


def test_tag_rows_belong_to_their_loop() -> None:
    grid = one_band(5, 7, 3, tag_rows=True)
    assert follow(grid, "SUM(D5:D7)+SUM(D6)", spot(grid, 8)) == "SUM(D5:D7)+SUM(D5:D7)"
    assert follow(grid, "D5+C6", spot(grid, 6, 1)) == "D5+C6"
    assert follow(grid, "SUM(D$6:D6)", spot(grid, 6, 2)) == "SUM(D$5:D7)"


def test_rules_over_a_band_hold_what_lies_outside() -> None:
    grid = one_band(5, 5, 4)
    rule = Spot(grid, spot(grid, 5, 0).rows, grid.columns.root, 5, 4, pinned=True)
    assert follow(grid, "AND(D5>D2,D5<D6,D5>D4)", rule) == "AND(D5>D$2,D5<D$9,D5>D$4)"


def test_what_lies_on_cells_lies_on_every_copy() -> None:
    grid = one_band(5, 6, 3)
    assert [a.text() for a in grid.spread(box((5, 6), (1, 3)))] == ["A5:C10"]
    assert [a.text() for a in grid.spread(box((5, 5), (1, 3)))] == ["A5:C5", "A7:C7", "A9:C9"]
    assert [a.text() for a in grid.spread(box((4, 8), (1, 1)))] == ["A4:A12"]
    assert [s.rows.first for s in grid.copies(box((5, 6), (1, 3))) if s.rows] == [5, 7, 9]
    whole = parse_area("A:A")
    assert whole
    assert [a.text() for a in grid.spread(whole)] == ["A:A"]


def nested() -> Grid:
    """Rows 5..7 repeat twice; row 6 in them 3 and 0 times."""
    outer = Band(5, 7, 5, 7)
    inner = Band(6, 6, 6, 6, inside=outer)
    root = Scope()
    for count in (3, 0):
        scope = Scope(outer, root, {5: 0, 7: 0})
        scope.bands[inner] = [Scope(inner, scope, {6: 0}) for _ in range(count)]
        root.bands.setdefault(outer, []).append(scope)
    return Grid(lay_out([outer, inner], [], root), lay_out([], [], Scope()))


def test_nested_loops_see_their_own_repetition() -> None:
    grid = nested()
    outer, inner = grid.rows.bands
    first, second = grid.rows.root.bands[outer]
    assert follow(grid, "SUM(D6:D6)+D5", Spot(grid, first, grid.columns.root, 7, 4)) == (
        "SUM(D6:D8)+D5"
    )
    assert follow(grid, "SUM(D6:D6)", Spot(grid, second, grid.columns.root, 7, 4)) == "SUM(#REF!)"
    third = first.bands[inner][2]
    here = Spot(grid, third, grid.columns.root, 6, 4)
    assert follow(grid, "D6*D5", here) == "D8*D7"
    assert follow(grid, "D6*$D$7+SUM(D$6:D6)/SUM($D$6:$D$6)", here) == (
        "D8*$D$9+SUM(D$6:D8)/SUM($D$6:$D$8)"
    )
    assert follow(grid, "SUM(D6)+D8", grid.whole(8, 4)) == "SUM(D5:D11)+D12"


def beside() -> Grid:
    """Row 5 repeats 4 times over A:B and 2 times over D:E."""
    group = Band(5, 5, 5, 5, beside=True)
    left = Band(5, 5, 5, 5, (1, 2), group)
    right = Band(5, 5, 5, 5, (4, 5), group)
    root = Scope()
    scope = Scope(group, root, {5: 0})
    for band, count in ((left, 4), (right, 2)):
        scope.bands[band] = [Scope(band, scope, {5: 0}) for _ in range(count)]
    root.bands[group] = [scope]
    return Grid(lay_out([group, left, right], [], root), lay_out([], [], Scope()))


def test_side_by_side_loops_have_their_own_rows() -> None:
    grid = beside()
    assert follow(grid, "SUM(A5)+SUM(D5:E5)+C5+A6", grid.whole(6, 1)) == (
        "SUM(A5:A8)+SUM(D5:E6)+C5+A9"
    )
    spread = grid.spread(box((5, 5), (1, 5)))
    assert [a.text() for a in spread] == ["A5:B8", "C5", "D5:E6"]


def columns(count: int) -> Grid:
    """Column C repeats."""
    band = Band(3, 3, 3, 3)
    root = Scope()
    root.bands[band] = [Scope(band, root, {3: 0}) for _ in range(count)]
    return Grid(lay_out([], [], Scope()), lay_out([band], [], root))


def test_columns_repeat_as_rows_do() -> None:
    grid = columns(3)
    assert follow(grid, "SUM(C5:C5)+D5+$C$2", grid.whole(5, 5)) == "SUM(C5:E5)+F5+$C$2:$E$2"
    own = next(iter(grid.columns.root.bands.values()))[1]
    assert follow(grid, "C5*C$2+$B5", Spot(grid, grid.rows.root, own, 5, 3)) == "D5*D$2+$B5"
    assert [a.text() for a in grid.spread(box((1, 9), (2, 4)))] == ["B1:F9"]


def test_tables_follow_names_and_columns() -> None:
    grid = columns(2)
    places = {"id": 2, "year": 3, "sum": 4}
    table = TableCopy("tbl_2", grid, places, {2: "Nr", 3: "2027", 4: "2028", 5: "Sum"})
    follower = Follower({}, {"tbl": [table]})
    assert follower.formula("SUM(tbl[year])+tbl[@id]+ROWS(tbl)") == (
        "SUM(tbl_2[[2027]:[2028]])+tbl_2[[#This Row],[Nr]]+ROWS(tbl_2)"
    )
    own = next(iter(grid.columns.root.bands.values()))[1]
    inside = Spot(grid, grid.rows.root, own, 5, 3)
    assert follower.formula("tbl[@year]", inside) == "tbl_2[[#This Row],[2028]]"


def test_sheets_are_renamed_everywhere() -> None:
    grid = Grid(lay_out([], [], Scope()), lay_out([], [], Scope()))
    sheets = {"risks": [SheetCopy("Risker och mål", grid)], "gone": [], "a": [SheetCopy("B", grid)]}
    follower = Follower(sheets, {})
    formula = 'Risks!A1+Gone!A1+Other!A1+A:Risks!B2+Risks!name+HYPERLINK("#Risks!A1","x")'
    assert follower.formula(formula) == (
        "'Risker och mål'!A1+#REF!+Other!A1+'B:Risker och mål'!B2+'Risker och mål'!name"
        '+HYPERLINK("#\'Risker och mål\'!A1","x")'
    )


REFERENCES = st.builds(
    lambda c, r, dc, dr: f"{'$' * dc}{letters(c)}{'$' * dr}{r}",
    st.integers(1, 60), st.integers(1, 40), st.booleans(), st.booleans(),
)  # fmt: skip
TEXTS = st.sampled_from(
    ["+", "SUM(", ")", ",", '"A1 ""x"', '"', " ", "T[[#This Row],[a]]", "nm", "LOG10(", "{1,2}"]
)


@settings(deadline=None)
@given(st.lists(st.one_of(REFERENCES, TEXTS), max_size=12))
def test_any_text_survives_being_read(pieces: list[str]) -> None:
    text = " ".join(pieces)
    assert formula_text(parse_formula(text)) == text


@settings(max_examples=300, deadline=None)
@given(
    first=st.integers(2, 8), height=st.integers(1, 4), count=st.integers(0, 6),
    row=st.integers(1, 16), host=st.integers(1, 16), nth=st.integers(0, 5),
)  # fmt: skip
def test_a_reference_reads_the_cell_it_read_before(
    first: int, height: int, count: int, row: int, host: int, nth: int
) -> None:
    """The law: fill a sheet the slow way, and every mapped reference finds its own cell."""
    last = first + height - 1
    grid = one_band(first, last, count)
    body = list(range(first, last + 1))
    sheet = [(r, None) for r in range(1, first)]
    sheet += [(r, k) for k in range(count) for r in body]
    sheet += [(r, None) for r in range(last + 1, 30)]
    inside = host in body
    if inside and (nth >= count or row == first - 1):
        return
    where = spot(grid, host, nth if inside else None)
    area = parse_area(f"D{row}")
    assert area
    mapped = grid.area(area, where)
    if row in body and not inside:
        wanted = [i + 1 for i, (_, k) in enumerate(sheet) if k is not None]
    else:
        wanted = [sheet.index((row, nth if row in body else None)) + 1]
    assert (mapped and list(range(mapped.rows[0], mapped.rows[1] + 1))) == (wanted or None)
