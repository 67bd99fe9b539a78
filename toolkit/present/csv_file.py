"""CSV files for a double click in Excel: UTF-8 with a mark, and the signs of the language.

In: a path, titles, rows of plain values. Out: the file. Where the language writes a decimal comma,
semicolons part the columns and numbers have a comma. Days are ISO; no text is ever a formula.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from toolkit.language import Labels

FORMULA = ("=", "+", "-", "@", "\t", "\r")
PLAIN_NUMBER = frozenset("0123456789.,  %-+")
Write = Callable[[Iterable[Any]], object]


@contextmanager
def csv_file(out: Path, titles: Sequence[str], labels: Labels) -> Iterator[Write]:
    """A file with these columns; what is given takes one row of values."""
    decimal = labels.locale["decimal"]
    with out.open("w", encoding="utf-8-sig", newline="") as stream:
        pen = csv.writer(stream, delimiter=";" if decimal == "," else ",")
        pen.writerow(titles)
        yield lambda row: pen.writerow([_cell(value, decimal) for value in row])


def _cell(value: Any, decimal: str) -> str:
    if isinstance(value, str):
        return harmless(value)
    if isinstance(value, bool):
        return "1" if value else "0"
    if value is None:
        return ""
    if isinstance(value, date):
        return value.isoformat()
    exact = f"{int(value)}" if float(value).is_integer() else repr(float(value))
    return exact.replace(".", decimal)


def harmless(text: str) -> str:
    """A text that no spreadsheet takes for a formula; plain numbers with a sign stay."""
    if not text.startswith(FORMULA):
        return text
    number = text[0] in "+-" and any(c.isdecimal() for c in text) and set(text) <= PLAIN_NUMBER
    return text if number else f"'{text}"
