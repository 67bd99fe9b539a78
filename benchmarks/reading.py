"""``python -m benchmarks.reading NAME FILE...``: a loop over returned workbooks, in fresh Python.

In: the name of a loop, files. Out: CPU milliseconds a file on standard output. As a reader of the
command in the middle of a folder, it has read files before, and garbage is seldom looked for; so
for every loop, of libraries that check nothing as of the toolkit.
"""

from __future__ import annotations

import gc
import io
import json
import sys
import time
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path

from toolkit.collect.read import Given, Reader, Settings
from toolkit.collect.workers.reader import GARBAGE
from toolkit.document import load_documents, shipped_templates

WARM = 2  # one file of so many is read untimed, before the others
Read = Callable[[bytes], object]


def _pandas(engine: str) -> Read:
    def read(data: bytes) -> object:
        import pandas

        return pandas.read_excel(io.BytesIO(data), sheet_name=None, header=None, engine=engine)

    return read


def _openpyxl(data: bytes) -> object:
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(data), data_only=True)
    return [list(sheet.iter_rows(values_only=True)) for sheet in book.worksheets]


def _openpyxl_read_only(data: bytes) -> object:
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    for sheet in book.worksheets:
        sheet.reset_dimensions()
    return [list(sheet.iter_rows(values_only=True)) for sheet in book.worksheets]


def _calamine(data: bytes) -> object:
    from python_calamine import CalamineWorkbook

    with CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
        return [book.get_sheet_by_name(name).to_python() for name in book.sheet_names]


def _toolkit(data: bytes) -> object:
    return _reader().read(Given("file.xlsx", data))


@cache
def _reader() -> Reader:
    return Reader(Settings(load_documents(shipped_templates())))


LOOPS: dict[str, Read] = {
    "python-calamine": _calamine,
    "pandas + calamine": _pandas("calamine"),
    "toolkit, read and checked": _toolkit,
    "openpyxl, read only": _openpyxl_read_only,
    "openpyxl": _openpyxl,
    "pandas + openpyxl": _pandas("openpyxl"),
}


def spent(read: Read, files: Sequence[Path]) -> float:
    """CPU milliseconds a file."""
    contents = [path.read_bytes() for path in files]
    for data in contents[::WARM]:
        read(data)
    gc.collect()
    gc.freeze()
    gc.set_threshold(GARBAGE)
    timed = [data for number, data in enumerate(contents) if number % WARM]
    start = time.process_time()
    for data in timed:
        read(data)
    return (time.process_time() - start) * 1000 / len(timed)


if __name__ == "__main__":
    print(json.dumps({"cpu": spent(LOOPS[sys.argv[1]], [Path(name) for name in sys.argv[2:]])}))
