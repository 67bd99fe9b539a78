"""Sent: what a file was sent out with, as pairs of the hidden stamp, and back.

In: neutral values by table, row and field. Out: pairs of short texts, one for each row of a table:
``sent.risks.ri01`` -> ``{"f.hazard":"…"}``; and the entries that references name, one for each
kind: ``names.role`` -> ``{"ro01":"…"}``. A text too long for a cell goes on in the next pair of the
same key. So a file that comes back is judged by itself.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

LONGEST = 30_000  # characters of a pair; a cell of a workbook holds 32,767
SENT, NAMES = "sent.", "names."
OUTPUT = "results"
"""The kit that workbooks of results say they are of: what was collected, and nobody's answer."""

NOT_HERE = "–"
"""What stands on a correction slip where nothing is to be written: it is mended in the file."""

Value = str | float | int | date | bool | None
Spot = tuple[str, str, str]
Pair = tuple[str, str]


def sent_pairs(values: Mapping[tuple[str, str], Mapping[str, Value]]) -> Iterator[Pair]:
    """The pairs of values by (table, row); rows without any are there too."""
    for (table, row), cells in values.items():
        kept = {field: _plain(value) for field, value in cells.items() if value is not None}
        yield from _pieces(f"{SENT}{table}.{row}", kept)


def names_pairs(names: Mapping[str, Mapping[str, str]]) -> Iterator[Pair]:
    """The pairs of entries by kind, id -> title."""
    for kind, titles in names.items():
        yield from _pieces(f"{NAMES}{kind}", dict(titles))


def _plain(value: Value) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _pieces(key: str, content: Mapping[str, Any]) -> Iterator[Pair]:
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":")) if content else ""
    for start in range(0, len(text) or 1, LONGEST):
        yield key, text[start : start + LONGEST]


def read_names(pairs: Iterable[Pair]) -> dict[str, dict[str, str]]:
    """The entries by kind, id -> title; what is no longer whole is left out."""
    joined = _joined(pairs, NAMES)
    return {kind: {k: str(v) for k, v in _content(text).items()} for kind, text in joined.items()}


def read_sent(pairs: Iterable[Pair], tables: Sequence[str]) -> dict[Spot, Value]:
    """The neutral values by table, row and field; days are still texts.

    A row that was sent without any value is there under the field ''.
    """
    found: dict[Spot, Value] = {}
    longest_first = sorted(tables, key=len, reverse=True)
    for key, text in _joined(pairs, SENT).items():
        table = next((name for name in longest_first if key.startswith(f"{name}.")), None)
        if table is None:
            continue
        row = key[len(table) + 1 :]
        found[table, row, ""] = None
        found |= {(table, row, field): value for field, value in _content(text).items()}
    return found


def _joined(pairs: Iterable[Pair], start: str) -> dict[str, str]:
    texts: dict[str, str] = {}
    for key, value in pairs:
        if key.startswith(start):
            name = key.removeprefix(start)
            texts[name] = texts.get(name, "") + value
    return texts


def _content(text: str) -> dict[str, Any]:
    """The JSON object a text begins with; nothing where it is none."""
    try:
        content, _ = json.JSONDecoder().raw_decode(text.strip())
    except (ValueError, RecursionError):
        return {}
    return content if isinstance(content, dict) else {}
