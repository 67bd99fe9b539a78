"""Workbooks as LibreOffice recalculates them, and their cells by id and field key."""

from __future__ import annotations

import math
import subprocess
from collections.abc import Sequence
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils.cell import coordinate_from_string
from openpyxl.utils.datetime import to_excel

PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>"""

Cells = dict[tuple[str, str], Any]


def recalculate(paths: Sequence[Path], out: Path, profile: Path) -> None:
    """Writes every workbook into ``out`` with all its formulas calculated anew."""
    (profile / "user").mkdir(parents=True, exist_ok=True)
    (profile / "user" / "registrymodifications.xcu").write_text(PROFILE, encoding="utf-8")
    options = [f"-env:UserInstallation={profile.as_uri()}", "--headless", "--convert-to"]
    command = ["soffice", *options, "xlsx:Calc MS Excel 2007 XML", "--outdir", f"{out}"]
    subprocess.run([*command, *map(str, paths)], check=True, capture_output=True, timeout=300)


@cache
def cells(path: Path, *, formulas: bool = False) -> Cells:
    book = load_workbook(path, data_only=not formulas)
    return {
        (sheet.title, cell.coordinate): cell.value
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    }


def same(one: Any, other: Any) -> bool:
    """Whether two cells hold the same; LibreOffice gives a computed day the look of one."""
    one, other = (
        to_excel(value) if isinstance(value, datetime) else value for value in (one, other)
    )
    if isinstance(one, int | float) and isinstance(other, int | float):
        return math.isclose(one, other, rel_tol=1e-9, abs_tol=1e-9)
    return (one or "") == (other or "")


def faults(written: Path, recalculated: Path) -> list[tuple[Any, ...]]:
    """Cells that are errors, and formulas whose cached value is not what is calculated."""
    cached, calculated = cells(written), cells(recalculated)
    formulas = [key for key, value in cells(written, formulas=True).items() if formula(value)]
    errors = [(key, value) for key, value in calculated.items() if error(value)]
    return errors + [
        (key, cached.get(key), calculated.get(key))
        for key in formulas
        if cached.get(key) is not None and not same(cached[key], calculated.get(key))
    ]


def error(value: Any) -> bool:
    """Whether a value is one of Excel's errors."""
    return isinstance(value, str) and value[:1] == "#" and value.endswith(("!", "?", "#N/A"))


def formula(value: Any) -> bool:
    return (isinstance(value, str) and value.startswith("=")) or hasattr(value, "text")


KEYS = 3  # the row of hidden field keys


def grid(values: Cells, sheet: str) -> dict[int, dict[str, Any]]:
    """The cells of a sheet by row, then by the field key above them."""
    inside = {coordinate_from_string(at): v for (s, at), v in values.items() if s == sheet}
    keys = {letter: value for (letter, row), value in inside.items() if row == KEYS}
    found: dict[int, dict[str, Any]] = {}
    for (letter, row), value in sorted(inside.items(), key=lambda item: item[0][1]):
        if row > KEYS + 1 and letter in keys:
            found.setdefault(row, {})[keys[letter]] = value
    return found


def rows(values: Cells, sheet: str) -> dict[str, dict[str, Any]]:
    """The rows of a sheet by their id."""
    return {row["f.id"]: row for row in grid(values, sheet).values() if "f.id" in row}
