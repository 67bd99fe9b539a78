"""Every limit: a file just over it is rejected with its code, one just under it is not."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import fields, replace
from functools import cache
from pathlib import Path

import pytest
from click.testing import CliRunner
from lxml import etree
from python_calamine import CalamineWorkbook
from returned_files import EXAMPLE, SETTINGS, packed, put, reason, sent_file, sheet_of, unpacked

from toolkit.cli import toolkit
from toolkit.collect.find import find
from toolkit.collect.limits import Limits, LimitsError, limits_of, shown, size_text, table, told
from toolkit.collect.read import Reader
from toolkit.finding import catalogue
from toolkit.office.package.markup import Element, q

TEXT = (Path(__file__).parents[3] / "docs" / "limits.md").read_text(encoding="utf-8")
ELSEWHERE = {"seconds", "memory_bytes"}
"""Those of the process that reads: test_worker.py."""


@cache
def workbook() -> bytes:
    """A survey with a cell far from the others, in row 60 and column 52, and merged answers."""

    def change(root: Element) -> None:
        put(root, "AZ60", "x")
        merged = etree.Element(q("x:mergeCells"))
        for area in ("B22:E22", "B24:E24", "B26:E26"):
            etree.SubElement(merged, q("x:mergeCell")).set("ref", area)
        root.find(q("x:sheetData")).addnext(merged)

    return sheet_of(sent_file("evaluation", "xlsx"), "Evaluering", change)


def members() -> list[zipfile.ZipInfo]:
    with zipfile.ZipFile(io.BytesIO(workbook())) as archive:
        return archive.infolist()


def parts(word: bytes) -> list[int]:
    """How often a word stands in each part."""
    return [part.count(word) for part in unpacked(workbook()).values()]


def swollen() -> bytes:
    return packed(unpacked(workbook()) | {"xl/media/x.bin": b"\0" * 200_000})


def area() -> int:
    with CalamineWorkbook.from_filelike(io.BytesIO(workbook())) as book:
        sheets = [book.get_sheet_by_name(name) for name in book.sheet_names]
        return sum(sheet.total_height * sheet.total_width for sheet in sheets)


def cells() -> int:
    """Values, formulas and texts written into a cell, in the sheet that has most."""
    found = [parts(word) for word in (b"<v>", b"<f>", b"<is>")]
    return max(sum(counts) for counts in zip(*found, strict=True))


def depth() -> int:
    def under(element: etree._Element) -> int:
        return 1 + max(map(under, element), default=0)

    return under(etree.fromstring(unpacked(sent_file("evaluation", "docx"))["word/document.xml"]))


def of_archive(folder: Path, limits: Limits) -> str:
    with zipfile.ZipFile(folder / "svar.zip", "w") as archive:
        for number in range(7):
            archive.writestr(f"{number}.xlsx", b"x")
    return next((f.code for f in find([folder], limits).findings), "")


def of_file(data: Callable[[], bytes]) -> Callable[[Path, Limits], str]:
    def read(_: Path, limits: Limits) -> str:
        return reason(data(), "x.xlsx", Reader(replace(SETTINGS, limits=limits)))

    return read


SURVEY = of_file(workbook)
CASES: dict[str, tuple[Callable[[], int], Callable[[Path, Limits], str]]] = {
    "container_bytes": (lambda: len(workbook()), SURVEY),
    "entries": (lambda: len(members()), SURVEY),
    "entry_bytes": (lambda: max(m.file_size for m in members()), SURVEY),
    "total_bytes": (lambda: sum(m.file_size for m in members()), SURVEY),
    "ratio": (lambda: max(-(-m.file_size // m.compress_size) for m in members()), SURVEY),
    "ratio_from_bytes": (lambda: 200_000, of_file(swollen)),
    "rows": (lambda: 60, SURVEY),
    "columns": (lambda: 52, SURVEY),
    "cells": (cells, SURVEY),
    "area": (area, SURVEY),
    "merges": (lambda: max(parts(b"mergeCell ")), SURVEY),
    "names": (lambda: max(parts(b"<definedName ")), SURVEY),
    "sheets": (lambda: max(parts(b"<sheet ")), SURVEY),
    "xml_depth": (depth, of_file(lambda: sent_file("evaluation", "docx"))),
    "archive_files": (lambda: 7, of_archive),
}


def test_every_limit_is_tried() -> None:
    assert {*CASES, *ELSEWHERE} == {each.name for each in fields(Limits)}


@pytest.mark.parametrize("name", CASES)
def test_just_over_is_rejected_and_just_under_is_not(name: str, tmp_path: Path) -> None:
    measured, outcome = CASES[name]
    exact = measured()
    assert exact > 1
    own = Limits(ratio_from_bytes=1) if name == "ratio" else Limits()
    code = told(table()[name.replace("_", "-")]).code
    assert outcome(tmp_path, replace(own, **{name: exact})) in ("", "nothing-to-read")
    assert outcome(tmp_path, replace(own, **{name: exact - 1})) == code


# --- as people give them ----------------------------------------------------------------------


def test_limits_are_given_as_text() -> None:
    given = ["rows=50000", "container-bytes=40MB", "Memory_Bytes = 1,5 GB", "seconds=2.5"]
    limits = limits_of(given)
    assert (limits.rows, limits.container_bytes) == (50_000, 40 << 20)
    assert (limits.memory_bytes, limits.seconds) == (3 << 29, 2.5)
    assert limits_of([]) == Limits()
    assert limits_of(["rows=7"], limits).container_bytes == 40 << 20


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("row=5", "limit-unknown"),
        ("=5", "limit-unknown"),
        ("rows", "limit-value"),
        ("rows=", "limit-value"),
        ("rows=0", "limit-value"),
        ("rows=-1", "limit-value"),
        ("rows=many", "limit-value"),
        ("rows=5MB", "limit-value"),
        ("rows=1e9", "limit-value"),
        ("container-bytes=five", "limit-value"),
    ],
)
def test_what_is_no_limit_is_told(text: str, code: str) -> None:
    with pytest.raises(LimitsError) as caught:
        limits_of([text, "rows=5"])
    (found,) = caught.value.findings
    assert found.code == code
    assert found.place.file == "--limit"


def test_the_near_name_is_told() -> None:
    with pytest.raises(LimitsError) as caught:
        limits_of(["merge=5", "colums=5", "x=y"])
    hints = [found.hint("en") for found in caught.value.findings]
    assert hints == ["did you mean merges?", "did you mean columns?", ""]
    assert "archive-files" in caught.value.findings[2].message("en")


def test_the_command_takes_limits(tmp_path: Path) -> None:
    folder = tmp_path / "svar"
    folder.mkdir()
    (folder / "a.xlsx").write_bytes(workbook())
    command = ["collect", str(folder), "-o", str(tmp_path / "out"), "--project", str(EXAMPLE)]
    told = CliRunner().invoke(toolkit, [*command, "--limit", "rows=59", "--lang", "en"])
    assert told.exit_code == 6
    assert "59 rows" in told.output
    again = CliRunner().invoke(toolkit, [*command, "--limit", "rows=60", "--lang", "en"])
    assert again.exit_code == 0, again.output
    wrong = CliRunner().invoke(toolkit, [*command, "--limit", "rws=1", "--limit", "seconds=x"])
    assert wrong.exit_code == 2
    assert wrong.stderr.count("--limit: ") == 2
    assert "rows" in wrong.stderr


# --- the page ---------------------------------------------------------------------------------


def test_the_page_is_the_table() -> None:
    rows = re.findall(r"^\| `([a-z-]+)` \| ([^|]+) \| ([^|]+) \| `([a-z-]+)` \|$", TEXT, re.M)
    assert rows == [
        (name, shown(each), told(each).counts, told(each).code) for name, each in table().items()
    ]


def test_every_limit_has_a_finding_that_says_what_to_do() -> None:
    for each in table().values():
        entry = catalogue()[told(each).code]
        assert all(entry.hint[language] for language in ("nb", "da", "sv", "fi", "en"))


def test_sizes_are_written_as_people_do() -> None:
    assert [size_text(n) for n in (17, 2048, 25 << 20, 3 << 29)] == [
        "17 B",
        "2 KB",
        "25 MB",
        "1.5 GB",
    ]
