"""``python -m benchmarks.reading NAME FOLDER PART PARTS``: a loop over files, in fresh Python.

In: the name of a loop, a folder of returned workbooks, which of how many parts of them to read.
Out: CPU milliseconds a file on standard output. As a reader of the command in the middle of the
folder, it has read other files before, for a second, and garbage is seldom looked for; so for every
loop, of libraries that check nothing as of the toolkit.
"""

from __future__ import annotations

import gc
import io
import json
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from itertools import takewhile
from pathlib import Path
from random import Random

from toolkit.collect.read import Given, Reader, Settings
from toolkit.collect.workers.reader import GARBAGE
from toolkit.document import load_documents, shipped_templates

WARM = 1.0  # seconds of reading other files before the first one that is timed
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


def spent(read: Read, files: Sequence[Path], others: Iterable[Path]) -> float:
    """CPU milliseconds a file."""
    start = time.process_time()
    for path in takewhile(lambda _: time.process_time() - start < WARM, others):
        read(path.read_bytes())
    contents = [path.read_bytes() for path in files]
    gc.collect()
    gc.freeze()
    gc.set_threshold(GARBAGE)
    start = time.process_time()
    for data in contents:
        read(data)
    return (time.process_time() - start) * 1000 / len(contents)


def main(name: str, folder: str, part: str, parts: str) -> None:
    """Read one part after some of the others, in an order that mixes their kinds."""
    files = sorted(Path(folder).rglob("*.xlsx"))
    asked = files[int(part) :: int(parts)]
    others = sorted(set(files).difference(asked))
    Random(0).shuffle(others)
    print(json.dumps({"cpu": spent(LOOPS[name], asked, others)}))


if __name__ == "__main__":
    main(*sys.argv[1:])
