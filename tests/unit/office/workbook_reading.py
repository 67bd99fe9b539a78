"""Filled workbooks as tests look at them: cells, elements and parts by name."""

from __future__ import annotations

import csv
import io
import posixpath
import subprocess
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import xlsxwriter
from lxml import etree
from xlsxwriter.worksheet import Worksheet

from toolkit.office import compile as compile_template

X = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
Element = etree._Element
_ALL_SHEETS = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"


def template(build: Callable[[xlsxwriter.Workbook], None], **options: Any) -> bytes:
    """A template that ``build`` writes with XlsxWriter."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, **options})
    build(book)
    book.close()
    return out.getvalue()


def put(book: xlsxwriter.Workbook, name: str, **cells: str) -> Worksheet:
    """A new sheet of this name with these cells; what begins with ``=`` is a formula."""
    sheet = book.add_worksheet(name)
    for place, content in cells.items():
        sheet.write(place, content)
    return sheet


def calculated(data: bytes, folder: Path) -> dict[str, list[list[str]]]:
    """The cells of every sheet as LibreOffice shows them."""
    (folder / "out.xlsx").write_bytes(data)
    profile = (folder / "profile").as_uri()
    command = ["soffice", f"-env:UserInstallation={profile}", "--headless", "--convert-to"]
    subprocess.run(
        [*command, _ALL_SHEETS, "--outdir", str(folder), str(folder / "out.xlsx")],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    return {
        path.stem.removeprefix("out-"): list(csv.reader(path.read_text("utf-8").splitlines()))
        for path in folder.glob("out-*.csv")
    }


def rewritten(data: bytes, part: str, change: Callable[[bytes], bytes]) -> bytes:
    """A file with the bytes of one part changed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for info in old.infolist():
            content = old.read(info)
            new.writestr(info.filename, change(content) if info.filename == part else content)
    return out.getvalue()


def edited(data: bytes, part: str, edit: Callable[[Element], None]) -> bytes:
    """A file with one XML part changed."""

    def change(content: bytes) -> bytes:
        root = etree.fromstring(content)
        edit(root)
        return etree.tostring(root)

    return rewritten(data, part, change)


def with_part(data: bytes, part: str, content: bytes) -> bytes:
    """A file with one more part."""
    out = io.BytesIO(data)
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr(part, content)
    return out.getvalue()


def fill(data: bytes, context: Mapping[str, Any], **settings: Any) -> Filled:
    """The filled template."""
    return Filled(compile_template(data, **settings).render(context))


class Filled:
    """A filled workbook."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.archive = zipfile.ZipFile(io.BytesIO(data))
        self.names = self.archive.namelist()
        self.book = self.xml("xl/workbook.xml")
        self.sheet_names = [s.get("name", "") for s in self.book.iter(X + "sheet")]
        root = self.xml("xl/sharedStrings.xml")
        self.strings = ["".join(t.text or "" for t in si.iter(X + "t")) for si in root]
        self._sheets: dict[str, Element] = {}
        self._cells: dict[str, dict[str, Element]] = {}

    def xml(self, part: str) -> Element:
        return etree.fromstring(self.archive.read(part))

    def part(self, sheet: str) -> str:
        entry = next(s for s in self.book.iter(X + "sheet") if s.get("name") == sheet)
        return self.targets("xl/workbook.xml")[entry.get(R + "id", "")]

    def targets(self, part: str) -> dict[str, str]:
        folder, base = posixpath.split(part)
        rels = self.xml(f"{folder}/_rels/{base}.rels")
        return {
            r.get("Id", ""): r.get("Target", "")
            if r.get("TargetMode") == "External"
            else posixpath.normpath(posixpath.join("/" + folder, r.get("Target", ""))).lstrip("/")
            for r in rels
        }

    def related(self, part: str, word: str) -> list[str]:
        return [t for t in self.targets(part).values() if word in t]

    def sheet(self, name: str) -> Element:
        if name not in self._sheets:
            self._sheets[name] = self.xml(self.part(name))
        return self._sheets[name]

    def all(self, sheet: str, local: str) -> list[Element]:
        return list(self.sheet(sheet).iter("{*}" + local))

    def cell(self, sheet: str, ref: str) -> Element | None:
        if sheet not in self._cells:
            self._cells[sheet] = {}
            for cell in self.sheet(sheet).iter(X + "c"):
                self._cells[sheet].setdefault(cell.get("r", ""), cell)
        return self._cells[sheet].get(ref)

    def formula(self, sheet: str, ref: str) -> str:
        cell = self.cell(sheet, ref)
        return "" if cell is None else cell.findtext(X + "f") or ""

    def value(self, sheet: str, ref: str) -> Any:
        """What the cell holds: text, a number, a bool, or None."""
        cell = self.cell(sheet, ref)
        raw = None if cell is None else cell.findtext(X + "v")
        if cell is None or raw is None:
            return None
        kind = cell.get("t", "n")
        if kind == "s":
            return self.strings[int(raw)]
        if kind == "b":
            return raw == "1"
        return raw if kind == "str" else float(raw)

    def names_of(self) -> dict[str, str]:
        return {n.get("name", ""): n.text or "" for n in self.book.iter(X + "definedName")}

    def column(self, sheet: str, letter: str, first: int, last: int) -> list[Any]:
        return [self.value(sheet, f"{letter}{row}") for row in range(first, last + 1)]
