"""Beside: the lists a report is too small for, each whole in a CSV file of its own.

In: a folder, the drawing of the report, a language; ranked rows of a list. Out: the same, written
to ``report_nb_filene.csv`` while they are gone through. OutputError where it cannot be written.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from toolkit.content.reading import Row
from toolkit.disk import retried, told
from toolkit.document import Document
from toolkit.field import Field
from toolkit.language import Labels, slug
from toolkit.present.csv_file import csv_file
from toolkit.present.putting import whole

Ranked = tuple[int, Row]  # how urgent a row is, 0 the most


class Beside:
    """The lists written beside a report, in order."""

    def __init__(self, folder: Path, drawing: Document, labels: Labels) -> None:
        self.folder, self.drawing, self.labels = folder, drawing, labels
        self.counts: dict[str, int] = {}
        """How many rows each list has."""

    @property
    def paths(self) -> tuple[Path, ...]:
        """The files written."""
        return tuple(map(self.path, self.counts))

    def path(self, name: str) -> Path:
        """Where a list stands whole."""
        title = slug(self.labels.t(f"s.{name}"))
        return self.folder / f"report_{self.labels.lang}_{title}.csv"

    def passed(self, name: str, rows: Iterable[Ranked]) -> Iterator[Ranked]:
        """The rows of a list, each written down as it passes."""
        columns = self._columns(name)
        titles = [self.labels.t(column.label or column.field) for column in columns]
        count = 0
        with whole(self.path(name)) as new, csv_file(new, titles, self.labels) as write:
            for rank, row in rows:
                count += 1
                write(row[column.name] for column in columns)
                yield rank, row
        self.counts[name] = count

    def _columns(self, name: str) -> Sequence[Field]:
        return self.drawing.sections[f"s.{name}"].columns

    def tidied(self) -> None:
        """Remove the lists of an earlier report that are short now."""
        for name in (section.partition(".")[2] for section in self.drawing.sections):
            path = self.path(name)
            if name not in self.counts and path.is_file():
                with told(path):
                    retried(path.unlink)
