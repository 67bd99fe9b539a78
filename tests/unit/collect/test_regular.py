"""Regular sheets: read by their markup alone, they say the same as the pre-scan and the library."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from datetime import date
from xml.sax.saxutils import quoteattr

import pytest
from returned_files import packed, ros, sheet_part, unpacked

from toolkit.collect.limits import Limits
from toolkit.collect.opening.gate import gate
from toolkit.collect.reading import workbook_parts
from toolkit.collect.reading.book import Book, read_book
from toolkit.collect.reading.looks import looks_of, no_looks
from toolkit.collect.reading.plain_texts import shared_texts
from toolkit.collect.reading.regular import Sheet, regular
from toolkit.finding import Place

PLACE = Place("x.xlsx")
DATED = "32"  # the style of a day in the kit's risk analysis
HEAD = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
SHARED = ("null", "en")
MERGED = '<mergeCells><mergeCell ref="A1:B2"/></mergeCells>'

REGULAR = {
    "a number": '<c r="B2"><v>12</v></c>',
    "a number with decimals": '<c r="B2"><v>-0.25</v></c>',
    "a number with an exponent": '<c r="B2"><v>1.5E-7</v></c>',
    "a number in an unknown style": '<c r="B2" s="1"><v>12</v></c>',
    "a day": f'<c r="B2" s="{DATED}"><v>46791</v></c>',
    "a shared text": '<c r="B2" t="s"><v>1</v></c>',
    "a text of its own": '<c r="B2" t="inlineStr"><is><t>ja &amp; nei &lt;3</t></is></c>',
    "a text that keeps its blanks": (
        '<c r="B2" t="inlineStr"><is><t xml:space="preserve"> ja </t></is></c>'
    ),
    "an empty text": '<c r="B2" t="inlineStr"><is><t></t></is></c>',
    "yes and no": '<c r="B2" t="b"><v>1</v></c><c r="C2" t="b"><v>0</v></c>',
    "an error": '<c r="B2" t="e"><v>#N/A</v></c>',
    "a formula": '<c r="B2"><f>1+1</f><v>2</v></c>',
    "a formula without a value": '<c r="B2"><f>1+1</f></c><c r="C2"><v>1</v></c>',
    "a formula of many cells": '<c r="B2"><f t="shared" ref="B2:B9" si="0">A2</f><v>2</v></c>',
    "a formula that says nothing": '<c r="B2" t="str"><f>""</f><v></v></c>',
    "a formula that says nothing, in short": '<c r="B2" t="str"><f>""</f><v/></c>',
    "a formula that says a text": '<c r="B2" t="str"><f>A1&amp;"x"</f><v> a &gt; b </v></c>',
    "styled and blank": '<c r="B2" s="3"/><c r="C2" s="3"></c>',
    "letters of any script": '<c r="B2" t="inlineStr"><is><t>æøå 日本 🎉</t></is></c>',
    "nothing": "",
}

ODD = {
    "a blank between tags": '<c r="B2"> <v>12</v></c>',
    "another order": '<c t="s" r="B2"><v>1</v></c>',
    "an attribute twice": '<c r="B2" r="C2"><v>1</v></c>',
    "a cell of another row": '<c r="B3"><v>12</v></c>',
    "cells that go back": '<c r="B2"><v>1</v></c><c r="A2"><v>2</v></c>',
    "a cell twice": '<c r="B2"><v>1</v></c><c r="B2"><v>2</v></c>',
    "a cell without a place": "<c><v>12</v></c>",
    "a text in runs": '<c r="B2" t="inlineStr"><is><r><t>a</t></r></is></c>',
    "a text with outer blanks": '<c r="B2" t="inlineStr"><is><t> ja</t></is></c>',
    "a letter spelled out": '<c r="B2" t="inlineStr"><is><t>a_x000D_b</t></is></c>',
    "a letter as a number": '<c r="B2" t="inlineStr"><is><t>a&#10;b</t></is></c>',
    "an unknown entity": '<c r="B2" t="inlineStr"><is><t>&evil;</t></is></c>',
    "a control letter": '<c r="B2" t="inlineStr"><is><t>a\x02b</t></is></c>',
    "a hole": '<c r="B2" t="inlineStr"><is><t>\x01</t></is></c>',
    "the end of a section": '<c r="B2" t="inlineStr"><is><t>]]></t></is></c>',
    "a remark": '<!-- --><c r="B2"><v>1</v></c>',
    "a shared text that is not there": '<c r="B2" t="s"><v>7</v></c>',
    "a shared text with a number of its own": '<c r="B2" t="s"><v>01</v></c>',
    "a shared text that is no number": '<c r="B2" t="s"><v>x</v></c>',
    "an unknown error": '<c r="B2" t="e"><v>#BAD!</v></c>',
    "a number that is none": '<c r="B2"><v>NaN</v></c>',
    "a number beyond all": '<c r="B2"><v>1e400</v></c>',
    "a time of day": f'<c r="B2" s="{DATED}"><v>46791.5</v></c>',
    "a day before the calendars agree": f'<c r="B2" s="{DATED}"><v>60</v></c>',
    "a day in a text": '<c r="B2" t="d"><v>2026-05-01</v></c>',
    "far to the right": '<c r="XFD2"><v>1</v></c>',
    "an unknown element": '<x r="B2"/>',
    "an unclosed element": '<c r="B2"><v>1</v>',
}


def sheet(cells: str, *, row: str = '<row r="2" hidden="1">', tail: str = MERGED) -> bytes:
    made = f"{HEAD}<sheetData>{row}{cells}</row></sheetData>{tail}</worksheet>"
    return made.encode()


def read(data: bytes, limits: Limits | None = None) -> Sheet | None:
    looks = looks_of(unpacked(ros())["xl/styles.xml"])
    return regular(data, looks, SHARED, limits or Limits())


@pytest.fixture
def books(monkeypatch: pytest.MonkeyPatch) -> Callable[[bytes], tuple[Book, Book]]:
    """A book with a sheet of ours: as it is read, and as the library reads it."""

    def both(data: bytes) -> tuple[Book, Book]:
        parts = unpacked(ros())
        parts[sheet_part(ros(), "Risikoer")] = data
        whole = packed(parts)
        passed = gate(whole, PLACE)
        own = read_book(whole, passed, PLACE, Limits())
        monkeypatch.setattr(workbook_parts, "regular", lambda *_: None)
        return own, read_book(whole, passed, PLACE, Limits())

    return both


@pytest.mark.parametrize("cells", REGULAR.values(), ids=REGULAR.keys())
def test_a_regular_sheet_says_what_the_library_says(
    cells: str, books: Callable[[bytes], tuple[Book, Book]]
) -> None:
    assert read(sheet(cells)) or 't="s"' in cells
    own, other = books(sheet(cells))
    assert own.names == other.names
    for page, told in zip(own.pages, other.pages, strict=True):
        assert (page.name, page.hidden, page.very_hidden) == (
            told.name,
            told.hidden,
            told.very_hidden,
        )
        assert repr([list(row) for row in page.rows]) == repr(told.rows)
        for mark in fields(page.marks):
            assert getattr(page.marks, mark.name) == getattr(told.marks, mark.name), mark.name


@pytest.mark.parametrize("cells", ODD.values(), ids=ODD.keys())
def test_an_odd_sheet_is_left_to_the_library(cells: str) -> None:
    assert read(sheet(cells)) is None


@pytest.mark.parametrize(
    "data",
    [
        sheet("", row='<row r="2" r="3">'),
        sheet("", row="<row>"),
        sheet("", row='<row r="3"/><row r="2">'),
        sheet("", tail='<mergeCells><mergeCell ref="nonsense"/></mergeCells>'),
        sheet("", tail="<unclosed>"),
        sheet("", tail="<!-- <sheetData></sheetData> -->"),
        sheet("", tail="<sheetData></sheetData>"),
        b"<!DOCTYPE a []>" + sheet(""),
        b"<a>" + sheet("") + b"</a>",
        sheet("").replace(b"sheetData", b"x:sheetData"),
        sheet("", tail="<a>" * 300 + "</a>" * 300),
        HEAD.encode() + b"</worksheet>",
        sheet('<c r="B2" t="inlineStr"><is><t>\xe6</t></is></c>').replace(b"\xc3", b""),
    ],
)
def test_odd_markup_around_the_cells_is_left_to_the_library(data: bytes) -> None:
    assert read(data) is None


@pytest.mark.parametrize(
    "limits", [Limits(rows=1), Limits(columns=1), Limits(cells=1), Limits(merges=0)]
)
def test_what_goes_beyond_a_limit_is_left_to_the_pre_scan(limits: Limits) -> None:
    data = sheet('<c r="B2"><f>1</f><v>1</v></c>')
    assert read(data)
    assert read(data, limits) is None


def test_marks_are_known_from_the_markup() -> None:
    data = sheet('<c r="A2"><f>1</f></c><c r="B2" t="e"><v>#N/A</v></c>')
    found = read(data)
    assert found
    assert (found.marks.formulas, found.marks.uncomputed) == ({(1, 0)}, {(1, 0)})
    assert found.marks.errors == {(1, 1)}
    assert (found.marks.hidden, found.marks.merged) == ({1}, [(0, 0, 1, 1)])


@pytest.mark.parametrize(
    ("items", "told"),
    [
        ("<si><t>a</t></si><si><t>b &amp; c</t></si>", ["a", "b & c"]),
        ('<si><t xml:space="preserve"> a </t></si>', [" a "]),
        ("<si><t> a</t></si>", None),
        ("<si><r><t>a</t></r></si>", None),
        ("<si><t>a</t></si> <si><t>b</t></si>", None),
        ("<si><t>&evil;</t></si>", None),
        ("<!-- --><si><t>a</t></si>", None),
        ("<si><t>a</t>", None),
        ("<si><t>at</t></si><si><t>bit</t></si><si><t>c</t></si>", ["at", "bit", "c"]),
        ("<si><t>c</t></si><si><t>bit</t></si>", ["c", "bit"]),
        ("<si><t>at</t></si> <si><t>b</t></si>", None),
        ("<si><t>a<!--t--></t></si><si><t>it</t></si>", None),
        ("", None),
    ],
)
def test_shared_texts_are_known_where_all_are_plain(items: str, told: list[str] | None) -> None:
    found = shared_texts(f"<sst>{items}</sst>".encode())
    assert (found and list(found)) == told


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("0.00", float), ("#,##0", float), ("General", float), ("dd.mm.yyyy", date),
        ("yyyy-mm-dd", date), ("h:mm", None), ("[h]:mm", None), ("[$-414]d. mmmm yyyy", None),
        ('0" dager"', float), ('0" d', None), ("mmm", None),
    ],
)  # fmt: skip
def test_a_format_that_may_mean_something_else_is_left_to_the_library(
    code: str, kind: object
) -> None:
    styles = (
        f'<styleSheet><numFmts><numFmt numFmtId="200" formatCode={quoteattr(code)}/>'
        '</numFmts><cellXfs><xf numFmtId="200"/></cellXfs></styleSheet>'
    )
    number = looks_of(styles.encode()).numbers.get("n0")
    assert (None if number is None else number["46791"].__class__) == kind


def test_a_workbook_without_styles_has_plain_numbers() -> None:
    assert no_looks().numbers["n"]["12.5"] == 12.5
