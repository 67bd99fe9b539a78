"""``python -m benchmarks.reading KIT``: what reading a returned file costs.

In: the folder of a kit. Out: a table a file on standard output: bare loops of two readers of
values, which check nothing, beside the toolkit's gate, pre-scan, identity, values and checks.
"""

from __future__ import annotations

import argparse
import io
from collections.abc import Callable
from functools import cache
from pathlib import Path

from benchmarks import report
from benchmarks.timing import Sample, Table, compare, in_this_process
from toolkit.collect.read import Given, Reader, Settings
from toolkit.document import load_documents, shipped_templates

Read = Callable[[bytes], object]


def figures(kit: Path, rounds: int) -> list[Table]:
    """One table for each file of the kit that comes back."""
    return [_table(path, rounds) for path in sorted(kit.rglob("*_*.*")) if _comes_back(path)]


def _comes_back(path: Path) -> bool:
    return path.suffix in (".xlsx", ".docx") and not path.name.startswith("00")


def _table(path: Path, rounds: int) -> Table:
    data = path.read_bytes()
    readers: dict[str, Read] = {"toolkit": _toolkit}
    if path.suffix == ".xlsx":
        readers = {"openpyxl, read only": _openpyxl, "python-calamine": _calamine} | readers
    contenders = {name: _sample(read, data) for name, read in readers.items()}
    title = f"Reading {path.name} ({len(data) // 1024} kB)"
    return Table(title, "CPU a file", "", compare(contenders, rounds))


def _sample(read: Read, data: bytes) -> Callable[[], Sample]:
    return in_this_process(lambda: read(data) and None)


def _openpyxl(data: bytes) -> object:
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    return [list(sheet.iter_rows(values_only=True)) for sheet in book.worksheets]


def _calamine(data: bytes) -> object:
    from python_calamine import CalamineWorkbook

    with CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
        return [book.get_sheet_by_name(name).to_python() for name in book.sheet_names]


def _toolkit(data: bytes) -> object:
    return _reader().read(Given("file", data))


@cache
def _reader() -> Reader:
    return Reader(Settings(load_documents(shipped_templates())))


def main() -> None:
    """Reads the arguments and prints the tables."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("kit", type=Path)
    parser.add_argument("--rounds", type=int, default=7)
    given = parser.parse_args()
    for table in figures(given.kit, given.rounds):
        print(report.text(table))


if __name__ == "__main__":
    main()
