"""Reading 2,000 returned workbooks: loops over the libraries, which check nothing, and the toolkit.

In: a folder and a number of rounds. Out: a Table. Every round of a loop takes files that no round
took before, each loop the same. The whole of collecting takes all of them each time, with new
processes and a new store, so that nothing is known before; it counts the start of its processes,
what it writes and the merging.
"""

from __future__ import annotations

import gc
import io
import resource
import time
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from itertools import count
from pathlib import Path

from benchmarks.returned import write_returned
from benchmarks.timing import Sample, Table, compare
from toolkit.collect.consolidate import consolidate
from toolkit.collect.read import Given, Reader, Settings
from toolkit.collect.request import Request
from toolkit.document import load_documents, shipped_templates

FILES = 2000
WHO = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
Read = Callable[[bytes], object]


def tables(folder: Path, rounds: int) -> Iterator[Table]:
    """One table: every way to read the files, and the whole of collecting."""
    write_returned(folder / "returned", FILES)
    files = sorted((folder / "returned").rglob("*.xlsx"))
    parts = [files[n :: rounds + 1] for n in range(rounds + 1)]  # of every kind as many
    contenders = {name: _loop(read, parts) for name, read in LOOPS.items()}
    contenders["toolkit, whole collect"] = _collect(folder, files)
    title = f"Collecting {FILES:,} returned workbooks"
    yield Table(title, "CPU a file", "", compare(contenders, rounds), "collect")


def _loop(read: Read, parts: Sequence[Sequence[Path]]) -> Callable[[], Sample]:
    """Reading the files of the next part one after the other in this process."""
    turn = count()

    def sample() -> Sample:
        part = [path.read_bytes() for path in parts[next(turn)]]
        gc.collect()
        start = time.process_time()
        for data in part:
            read(data)
        return Sample((time.process_time() - start) * 1000 / len(part))

    return sample


def _collect(folder: Path, files: Sequence[Path]) -> Callable[[], Sample]:
    """Collecting all files into a store of its own, its processes counted."""
    turn = count()

    def sample() -> Sample:
        number = next(turn)
        before = _cpu()
        consolidate(Request(tuple(files), folder / f"results-{number}"))
        return Sample((_cpu() - before) * 1000 / len(files))

    return sample


def _cpu() -> float:
    """Seconds of processor this process and those it waited for have taken."""
    told = [resource.getrusage(who) for who in WHO]
    return sum(one.ru_utime + one.ru_stime for one in told)


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
    "pandas + openpyxl": _pandas("openpyxl"),
    "openpyxl": _openpyxl,
    "openpyxl, read only": _openpyxl_read_only,
    "pandas + calamine": _pandas("calamine"),
    "python-calamine": _calamine,
    "toolkit, read and checked": _toolkit,
}
"""The baseline first."""
