"""Export: the tidy long table of everything that was written, for Excel and Power BI.

In: a folder of results, a path that ends in ``.csv`` or ``.parquet``, a language. Out: the file,
one line a value with its place, sender, raw text and typed value. Personal data is masked, answers
to anonymous documents are left out and counted. In CSV no text is ever a formula. OutputError where
the file cannot be written, StoreError where there are no results.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

from toolkit.content.shown import Shown
from toolkit.document import load_documents, shipped_templates
from toolkit.finding import Finding, OutputError, Place, finding
from toolkit.language import Labels
from toolkit.personal import mask, masked
from toolkit.present.csv_file import csv_file
from toolkit.present.presented import store_in
from toolkit.present.putting import whole
from toolkit.store import CONTESTED
from toolkit.store.records import Results
from toolkit.store.tidy import SPOT, Tidy

COLUMNS = (
    *(*SPOT, "unit", "role", "period", "filled_date"),
    *("row_title", "field_title", "unit_title", "type", "number", "day", "flag", "text"),
    *("raw", "file", "sheet", "cell", "state", "file_status", "counts"),
)
GROUP = 50_000  # lines of one group of a Parquet file
Line = dict[str, Any]


@dataclass(frozen=True)
class Exported:
    """What was written: how many values, and what is to be told."""

    path: Path
    values: int
    findings: tuple[Finding, ...] = ()


def export(folder: Path, out: Path, language: str) -> Exported:
    """Write the tidy long table of a results folder."""
    write = _writer(out, Labels.load(language))
    with store_in(folder) as store:
        titled = _Titled(store.results(CONTESTED, held=False), language)
        with whole(out) as new:
            values = write(new, (titled.line(own) for own in store.tidy()))
        hidden = store.left_out().items()
    left = [finding("export-anonymous", Place(titled.document(doc)), n=n) for doc, n in hidden]
    return Exported(out, values, tuple(left))


def _writer(out: Path, labels: Labels) -> Callable[[Path, Iterator[Line]], int]:
    if out.suffix.casefold() == ".csv":
        return partial(_csv, labels=labels)
    if out.suffix.casefold() == ".parquet":
        _arrow(out)
        return _parquet
    raise OutputError([finding("export-unknown", Place(f"{out}"), suffix=out.suffix or "–")])


class _Titled:
    """Gives the lines of the store the words people use, and masks personal data in them."""

    def __init__(self, results: Results, language: str) -> None:
        documents = load_documents(shipped_templates())
        self.shown = Shown(Labels.load(language), documents, results.titles)
        self.rows = {(row.doc, row.table, row.row): row.title for row in results.rows}
        self.fields: dict[tuple[str, str, str], str] = {}

    def document(self, doc: str) -> str:
        """The title of a document."""
        return self.shown.document(doc)

    def line(self, own: Tidy) -> Line:
        """One line, by column."""
        type, number, day, flag, text = own.typed
        known = {name: value for name, value in own._asdict().items() if name in COLUMNS}
        line = known | {
            "row_title": self.rows.get((own.document, own.table, own.row), ""),
            "field_title": self._field(own),
            "unit_title": self.shown.unit(own.unit) if own.unit else "",
            "type": type,
            "number": number,
            "day": day or "",
            "flag": None if flag is None else bool(flag),
            "text": text or "",
        }
        return _open(line)

    def _field(self, own: Tidy) -> str:
        key = own.document, own.table, own.field
        if key not in self.fields:
            self.fields[key] = self.shown.field(*key)
        return self.fields[key]


def _open(line: Line) -> Line:
    """A line without personal data; a number that is somebody's is a masked text."""
    shown = {name: mask(v) if isinstance(v, str) else v for name, v in line.items()}
    number = masked(line["number"])
    if isinstance(number, str):
        shown |= {"number": None, "text": number, "type": "text"}
    return shown


def _csv(out: Path, lines: Iterator[Line], labels: Labels) -> int:
    """For a double click in Excel."""
    count = 0
    with csv_file(out, COLUMNS, labels) as write:
        for line in lines:
            write(line[name] for name in COLUMNS)
            count += 1
    return count


# --- Parquet ------------------------------------------------------------------------------------


def _arrow(out: Path) -> Any:
    """The library that writes Parquet; OutputError with the command where it is not there."""
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError:
        raise OutputError([finding("export-parquet", Place(f"{out}"))]) from None
    return pyarrow


def _parquet(out: Path, lines: Iterator[Line]) -> int:
    """Typed columns, a group of lines at a time."""
    arrow = _arrow(out)
    kinds = {"number": arrow.float64(), "flag": arrow.bool_(), "counts": arrow.bool_()}
    schema = arrow.schema([(name, kinds.get(name, arrow.string())) for name in COLUMNS])
    count = 0
    with arrow.parquet.ParquetWriter(out, schema) as pen:
        while group := list(islice(lines, GROUP)):
            pen.write_table(arrow.Table.from_pylist(group, schema))
            count += len(group)
    return count
