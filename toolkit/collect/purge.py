"""Purge: what is older than an age out of a folder of results, for good.

In: a results folder and an age (``12m``, ``1y``, ``90d``, ``52w``). Out: what was removed: raw
texts, senders, names and values of files from before, and the workbooks written from them. What the
files say together stays. A rehearsal tells the same and removes nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from toolkit.content.naming import file_name
from toolkit.disk import retried, told
from toolkit.document import Document, load_documents, shipped_templates
from toolkit.field import FieldType
from toolkit.fillable import fillable
from toolkit.finding import LANGUAGES, Place, ToolkitError, finding
from toolkit.language import Labels
from toolkit.personal import masked
from toolkit.store import FILE, open_store, read_store
from toolkit.store.purging import Purged

SCHEMA_VERSION = 1
KEYS = (FieldType.CHOICE, FieldType.REF, FieldType.MULTI, FieldType.HUKI, FieldType.ID)
_AGE = re.compile(r"(\d{1,4})\s*([dwmy])")
MONTHS = {"m": 1, "y": 12}
DAYS = {"d": 1, "w": 7}


class AgeError(ToolkitError):
    """An age that cannot be read."""


@dataclass(frozen=True)
class Removed:
    """What a purge removed, or would: from before ``before``."""

    before: date
    purged: Purged
    outputs: tuple[str, ...] = ()

    def as_data(self) -> dict[str, Any]:
        """The same as plain data for ``--json``."""
        return {
            "schema_version": SCHEMA_VERSION,
            "before": self.before.isoformat(),
            "files": self.purged.files,
            "values": self.purged.cells,
            "texts": self.purged.texts,
            "documents": dict(self.purged.documents),
            "outputs": list(self.outputs),
        }


def purge(folder: Path, age: str, today: date, *, rehearse: bool = False) -> Removed:
    """Remove what is older than an age; AgeError, StoreError where that cannot be done."""
    before = before_of(age, today)
    path = folder / FILE if folder.is_dir() else folder
    read_store(path).__exit__(None, None, None)  # there must be one
    documents = load_documents(shipped_templates())
    with open_store(path) as store:
        purged = store.purge(before, _keys(documents), rehearse=rehearse)
    outputs = tuple(_outputs(path.parent, documents)) if purged.files else ()
    for output in outputs if not rehearse else ():
        with told(output):
            retried(output.unlink)
    return masked(Removed(before, purged, tuple(output.name for output in outputs)))


def before_of(age: str, today: date) -> date:
    """The day an age goes back to: ``12m`` from 30 June 2027 is 30 June 2026."""
    match = _AGE.fullmatch(age.strip().casefold())
    if match is None:
        raise AgeError([finding("age-unread", Place("--older-than"), age=age)])
    number, unit = int(match[1]), match[2]
    if unit in DAYS:
        return today - timedelta(days=number * DAYS[unit])
    months = today.year * 12 + today.month - 1 - number * MONTHS[unit]
    return _day(months // 12, months % 12 + 1, today.day)


def _day(year: int, month: int, day: int) -> date:
    """A day of a month, its last where it has fewer days."""
    for own in range(day, 0, -1):
        try:
            return date(max(year, 1), month, own)
        except ValueError:
            continue
    raise ValueError(day)


def _keys(documents: tuple[Document, ...]) -> frozenset[tuple[str, str]]:
    """The columns whose texts are keys of options and entries, nobody's own words."""
    shapes = [fillable(document, documents) for document in documents if document.returned]
    columns = (
        (table.key, own) for shape in shapes for table in shape.tables for own in table.fields
    )
    facts = (fact for shape in shapes for fact in shape.facts)
    grids = ((grid.table, grid.field) for shape in shapes for grid in shape.grids)
    every = (*columns, *facts, *grids)
    return frozenset((table, own.field) for table, own in every if own.type in KEYS)


def _outputs(folder: Path, documents: tuple[Document, ...]) -> Iterator[Path]:
    """The workbooks and lists that were written from the store: they hold what people wrote."""
    for language in LANGUAGES:
        labels = Labels.load(language)
        names = [f"report_{language}.xlsx"]
        names += [file_name(d, labels) for d in documents if d.format == "xlsx"]
        yield from (path for name in names if (path := folder / name).is_file())
        yield from sorted(folder.glob(f"report_{language}_*.csv"))
