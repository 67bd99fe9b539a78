"""Formulas of long loops are numbered, not worked out: the result is the same as if they were."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

import pytest
import xlsxwriter
from workbook_reading import fill, template

from toolkit.office.workbook.patterns import Patterns

FORMULAS = ("{}+{}", "SUM({})+{}", "SUM({},{})", "SUM({}*{})", "IF({}>1,SUM({}),0)", "MATCH({},{})")
SHEETS = ("xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml")


def reference(random: Random) -> str:
    """A cell or a range, with or without dollars and a sheet."""

    def corner(columns: str, first: int) -> str:
        dollars = random.choice(("", "$")), random.choice(("", "$"))
        row = random.randint(first, 10)
        return f"{dollars[0]}{random.choice(columns)}{dollars[1]}{row}"

    start = corner("ABCDE", 1)
    row = int(start.rpartition("$")[2].lstrip("ABCDE"))
    area = f"{start}:{corner('EFG', row)}" if random.random() < 0.4 else start
    return random.choice(("", "", "S!", "O!")) + area


def formula(random: Random) -> str:
    return "=" + random.choice(FORMULAS).format(reference(random), reference(random))


def simple(sheet: xlsxwriter.worksheet.Worksheet) -> list[int]:
    sheet.write("A3", "{%tr for r in rows %}{{ r.v }}")
    sheet.write("H3", "{%tr endfor %}")
    return [3]


def tall(sheet: xlsxwriter.worksheet.Worksheet) -> list[int]:
    sheet.write("A2", "{%tr for r in rows %}")
    sheet.write("A5", "{%tr endfor %}")
    return [3, 4]


def nested(sheet: xlsxwriter.worksheet.Worksheet) -> list[int]:
    sheet.write("A2", "{%tr for g in rows %}")
    sheet.write("A4", "{%tr for r in g.inner %}{{ r }}")
    sheet.write("H4", "{%tr endfor %}")
    sheet.write("A6", "{%tr endfor %}")
    return [3, 4, 5]


def beside(sheet: xlsxwriter.worksheet.Worksheet) -> list[int]:
    sheet.write("A3", "{%tr for r in rows %}{{ r.v }}")
    sheet.write("C3", "{%tr endfor %}")
    sheet.write("E3", "{%tr for o in others %}{{ o }}")
    sheet.write("G3", "{%tr endfor %}")
    return []


Loop = Callable[[xlsxwriter.worksheet.Worksheet], list[int]]


def workbook(shape: Loop, random: Random) -> bytes:
    """Two sheets with loops, and formulas at random in, below and beside them."""

    def build(book: xlsxwriter.Workbook) -> None:
        for name, loop in (("S", shape), ("O", simple)):
            sheet = book.add_worksheet(name)
            rows = loop(sheet)
            if random.random() < 0.4:
                sheet.write("D1", "{%tc for y in others %}{{ y }}{%tc endfor %}")
            cells = [f"{column}{row}" for row in (*rows, 8) for column in "BCDEFG"]
            for cell in cells if rows else (*cells, "B3", "D3", "F3"):
                sheet.write_formula(cell, formula(random))

    return template(build)


@pytest.mark.parametrize("shape", [simple, tall, nested, beside])
@pytest.mark.parametrize("seed", range(6))
def test_numbered_formulas_are_those_worked_out_one_by_one(
    shape: Loop, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = workbook(shape, Random(f"{shape.__name__}{seed}"))
    rows = [{"v": n, "inner": list(range(n))} for n in range(5)]
    context = {"rows": rows, "others": [1, 2, 3]}
    numbered = fill(data, context)
    monkeypatch.setattr(Patterns, "again", lambda *_: None)
    monkeypatch.setattr(Patterns, "xml", Patterns.once)
    each = fill(data, context)
    for part in SHEETS:
        assert numbered.archive.read(part) == each.archive.read(part)
