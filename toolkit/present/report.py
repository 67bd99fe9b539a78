"""The report on returned files: what a controller acts on, as a workbook.

In: results, files and findings, the words of a language. Out: the rows of its sheets and its bytes.
The first sheet says what the command's page says; the others hold all of it, line by line.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import islice

from toolkit.content.came_back import CameBack
from toolkit.content.page import page_of
from toolkit.content.reading import Row
from toolkit.content.returns import findings_of, recipient, title, who
from toolkit.content.shown import Shown
from toolkit.finding import Finding, Severity, catalogue
from toolkit.store.records import ABSENT, READ, Copy, File, Merged, Results, Source
from toolkit.store.records import Row as Stored

_SPOT = ("id", "document", "sheet", "row", "field")
SAYING_NOTHING = {
    "values_missing": _SPOT,
    "conflicts": (*_SPOT, "kind", "settled", "stands", "answer", "sender", "day", "file", "cell"),
}
MOST_LINES = 200_000
MORE = {
    "page": ("line", "conflicts"),
    "who_answered": ("document", "who_answered"),
    "values_missing": ("document", "missing_values"),
    "conflicts": ("document", "conflicts"),
    "all_findings": ("message", "finding"),
    "files": ("file", "file"),
}
"""Where a sheet says that there are more lines, and the view or table of the store with all."""
QUOTES = str.maketrans({"«": "“", "»": "”"})


@dataclass(frozen=True)
class Report:
    """Everything the report tells, in one language."""

    results: Results
    files: Iterable[File]
    shown: Shown
    today: date | None = None

    @cached_property
    def _came(self) -> CameBack:
        return CameBack.of(self.files)

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """Every finding, those of single files first."""
        own = (found for file in self._came.noted for found in file.findings)
        together = findings_of(self.results, self._came, self.shown)
        return tuple(dict.fromkeys((*own, *together)))

    def tables(self) -> Mapping[str, list[Row]]:
        """The rows of every sheet; the last column is left for comments."""
        own: Mapping[str, Iterable[Row]] = {
            "page": self._page(),
            "who_answered": map(self._copy, self._copies()),
            "values_missing": self._missing(),
            "conflicts": self._conflicts(),
            "all_findings": map(self._finding, sorted(self.findings, key=_urgent)),
            "files": map(self._file, self.files),
        }
        return {
            name: [{"comment": None, **_quoted(row)} for row in self._rows_of(name, rows)]
            for name, rows in own.items()
        }

    def _rows_of(self, name: str, rows: Iterable[Row]) -> list[Row]:
        """The rows of a sheet; of more than anybody reads the first, and where the others are."""
        every = iter(rows)
        first = list(islice(every, MOST_LINES))
        if more := sum(1 for _ in every):
            column, where = MORE[name]
            told = self.shown.labels.t("rp.more", n=self.shown.labels.number(more), where=where)
            first.append(dict.fromkeys(first[0]) | {column: told})
        return first or self._nothing(name)

    def _nothing(self, name: str) -> list[Row]:
        """The one row of a table whose being empty is good news."""
        told = {"document": self.shown.labels.t("pg.nothing").capitalize()}
        return [dict.fromkeys(SAYING_NOTHING[name]) | told] if name in SAYING_NOTHING else []

    def _option(self, name: str, key: str) -> str:
        return self.shown.labels.label(name, key)

    # --- the page -----------------------------------------------------------------------

    def _page(self) -> Iterator[Row]:
        for section in page_of(self.results, self._came, self.findings, self.shown).sections:
            for number, line in enumerate(section.lines or (section.nothing,)):
                told = {"question": "" if number else section.title, "line": f"{line}"}
                yield {"id": None, **told}

    # --- who answered ---------------------------------------------------------------------

    def _copies(self) -> Iterable[Copy]:
        """Every copy; of anonymous documents only those that were waited for."""
        hidden = self.results.anonymous
        return (c for c in self.results.copies if c.doc not in hidden or c.state == ABSENT)

    def _copy(self, copy: Copy) -> Row:
        percent = 100 * copy.filled / copy.required if copy.required else None
        return {
            "id": copy.copy,
            "document": self.shown.document(copy.doc),
            "recipient": who(copy, self.shown) or recipient(copy, self.shown),
            "state": self._option("rp_state", copy.state),
            "filled_date": copy.day,
            "day": copy.day,
            "due": copy.due,
            "late": self._late(copy),
            "complete": percent,
            "files": "\n".join(copy.files),
        }

    def _late(self, copy: Copy) -> str | None:
        """In time, late, or waiting; nothing where there is no date to hold it against."""
        if copy.due is None:
            return None
        day = copy.day or self.today
        if day is None:
            return None
        key = "no" if day > copy.due else "yes" if copy.day else "waiting"
        return self._option("rp_late", key)

    # --- what is missing and what contradicts -------------------------------------------

    def _title(self, doc: str, table: str, row: str) -> str:
        return title((doc, table, row), self._rows, self.shown)

    @cached_property
    def _rows(self) -> Mapping[tuple[str, str, str], Stored]:
        return {(row.doc, row.table, row.row): row for row in self.results.rows}

    def _missing(self) -> Iterator[Row]:
        for one in self.results.missing:
            yield {
                "id": one.row,
                **self._spot(one.doc, one.table, one.row),
                "field": self.shown.field(one.doc, one.table, one.field),
            }

    def _spot(self, doc: str, table: str, row: str) -> Row:
        return {
            "document": self.shown.document(doc),
            "sheet": self.shown.table(table),
            "row": self._title(doc, table, row),
        }

    def _conflicts(self) -> Iterator[Row]:
        """A line for every answer to what contradicts, then to what differs."""
        contested = [m for m in self.results.merged if m.conflict or m.disagreement]
        for merged in sorted(contested, key=lambda m: not m.conflict):
            if merged.doc not in self.results.anonymous:
                yield from (self._answer(merged, source) for source in merged.standing)

    def _answer(self, merged: Merged, source: Source) -> Row:
        spot = merged.doc, merged.table, merged.field
        kind = "conflict" if merged.conflict else "differs"
        return {
            "id": merged.row,
            **self._spot(merged.doc, merged.table, merged.row),
            "field": self.shown.field(*spot),
            "kind": self._option("rp_kind", kind),
            "settled": self._option("rp_settled", self.results.on_conflict)
            if merged.conflict
            else None,
            "stands": self.shown.value(*spot, merged.value),
            "answer": self.shown.value(*spot, source.value),
            "sender": self._sender(source.unit, source.role),
            "day": source.day,
            "file": source.file,
            "cell": _inner(source, self.shown.labels.lang),
        }

    def _sender(self, unit: str, role: str) -> str:
        return self.shown.unit(unit) if unit else self.shown.role(role)

    # --- findings and files --------------------------------------------------------------

    def _finding(self, found: Finding) -> Row:
        told = found.as_dict(self.shown.labels.lang)
        severity = self._option("rp_severity", told["severity"])
        return {"id": None, **told, "severity": severity}

    def _file(self, file: File) -> Row:
        status, reason = file.status, file.reason
        named = file.doc not in self.results.anonymous
        return {
            "id": None,
            "file": file.name,
            "status": self._option("rp_status", status),
            "reason": self._reason(file, reason, status),
            "document": self.shown.document(file.doc) if file.doc else None,
            "sender": self._sender(file.unit, file.role or file.filled_role) if named else None,
            "day": file.day if status == READ else None,
            "changed": file.modified.date() if file.sha256 else None,
        }

    @cached_property
    def _of_file(self) -> Mapping[str, list[Finding]]:
        """What all files together tell of single ones, by their names."""
        told: dict[str, list[Finding]] = {}
        for found in self.findings:
            if found.code.startswith(("file-", "copy-")):
                told.setdefault(found.place.file, []).append(found)
        return told

    def _reason(self, file: File, reason: str, status: str) -> str | None:
        """Why, in words: the file's own finding, else what its code means."""
        language = self.shown.labels.lang
        every: tuple[Finding, ...] = (*file.findings, *self._of_file.get(file.name, ()))
        for found in every:
            if found.code == reason:
                return found.message(language)
        return catalogue()[reason].meaning if status != READ and reason in catalogue() else None


def _urgent(found: Finding) -> int:
    """Errors stand before warnings, warnings before notes."""
    return tuple(Severity).index(found.severity)


def _inner(source: Source, language: str) -> str:
    """Sheet and cell, without the file."""
    return source.place.text(language).partition(" > ")[2]


def _quoted(row: Row) -> Row:
    """A row whose guillemets are quotation marks of the other kind.

    Word shows merge fields as «name»; whoever checks files for leftovers takes them for one.
    """
    return {
        name: value.translate(QUOTES) if isinstance(value, str) else value
        for name, value in row.items()
    }
