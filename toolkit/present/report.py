"""The report on returned files: what a controller acts on, as a workbook.

In: results and files, the words of a language. Out: the rows of its sheets. The first sheet says
what the command's page says; the others hold all of it, line by line, what must be acted on first.
Of a list with more lines than anybody reads a sheet holds the most urgent ones; all stand beside.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from heapq import nsmallest
from itertools import chain, islice

from toolkit.content.came_back import noted
from toolkit.content.page import Section, page_of
from toolkit.content.reading import Row
from toolkit.content.returns import Rows, findings_of, of_files, recipient, rows_of, title, who
from toolkit.content.shown import Shown
from toolkit.finding import Finding, Severity, catalogue
from toolkit.present.beside import Beside, Ranked
from toolkit.store.records import (
    ABSENT,
    ANSWERED,
    DUPLICATE,
    PARTLY,
    READ,
    REJECTED,
    SUPERSEDED,
    UNTOUCHED,
    Copy,
    File,
    Merged,
    Results,
    Source,
)

_SPOT = ("id", "document", "sheet", "row", "field")
SAYING_NOTHING = {
    "values_missing": _SPOT,
    "conflicts": (*_SPOT, "kind", "settled", "stands", "answer", "sender", "day", "file", "cell"),
}
MOST_LINES = 10_000
SAYS = {"page": "line", "all_findings": "message", "files": "file"}
"""The column in which a sheet says that there are more lines; else that of the document."""
SHEETS = {"contradicts": "conflicts", "differs": "conflicts", "rejected": "files"} | {
    "waiting": "who_answered",
    "missing": "values_missing",
    "to_mend": "all_findings",
}
"""The sheet that holds every line of a section of the page."""
STATES = (ABSENT, UNTOUCHED, PARTLY, ANSWERED)
STATUSES = (REJECTED, SUPERSEDED, DUPLICATE, READ)
QUOTES = str.maketrans({"«": "“", "»": "”"})


@dataclass(frozen=True)
class Report:
    """Everything the report tells, in one language."""

    results: Results
    files: Iterable[File]
    shown: Shown
    today: date | None = None

    @property
    def findings(self) -> Iterator[Finding]:
        """Every finding, those of single files first."""
        for file in noted(self.files):
            yield from dict.fromkeys(file.findings)
        yield from findings_of(self.results, self.files, self.shown)

    def tables(self, beside: Beside) -> Mapping[str, list[Row]]:
        """The rows of every sheet; the last column is left for comments.

        ``beside`` is given every line of those that are too long.
        """
        own: Mapping[str, Iterable[Ranked]] = {
            "page": ((0, row) for row in self._page()),
            "who_answered": ((STATES.index(c.state), self._copy(c)) for c in self._copies()),
            "values_missing": ((0, row) for row in self._missing()),
            "conflicts": self._conflicts(),
            "all_findings": ((_urgent(f), self._finding(f)) for f in self.findings),
            "files": ((STATUSES.index(file.status), self._file(file)) for file in self.files),
        }
        return {
            name: [{"comment": None, **_quoted(row)} for row in self._rows_of(name, rows, beside)]
            for name, rows in own.items()
        }

    def _rows_of(self, name: str, rows: Iterable[Ranked], beside: Beside) -> list[Row]:
        """The rows of a sheet, the most urgent first; of too many, where all of them are."""
        every = iter(rows)
        first = list(islice(every, MOST_LINES + 1))
        if len(first) <= MOST_LINES:
            return [row for _, row in sorted(first, key=_rank)] or self._nothing(name)
        urgent = nsmallest(MOST_LINES, beside.passed(name, chain(first, every)), key=_rank)
        more = self.shown.labels.number(beside.counts[name] - MOST_LINES)
        told = self.shown.labels.t("rp.more_beside", n=more, file=beside.path(name).name)
        note = dict.fromkeys(urgent[0][1]) | {SAYS.get(name, "document"): told}
        return [note, *(row for _, row in urgent)]

    def _nothing(self, name: str) -> list[Row]:
        """The one row of a table whose being empty is good news."""
        told = {"document": self.shown.labels.t("pg.nothing").capitalize()}
        return [dict.fromkeys(SAYING_NOTHING[name]) | told] if name in SAYING_NOTHING else []

    def _option(self, name: str, key: str) -> str:
        return self.shown.labels.label(name, key)

    # --- the page -----------------------------------------------------------------------

    def _page(self) -> Iterator[Row]:
        for section in page_of(self.results, self.files, self.shown).sections:
            lines = map(str, section.lines or (section.nothing,))
            for number, line in enumerate(chain(lines, self._left_out(section))):
                yield {"id": None, "question": "" if number else section.title, "line": line}

    def _left_out(self, section: Section) -> Iterator[str]:
        if section.more:
            sheet = self.shown.labels.t(f"s.{SHEETS[section.key]}")
            n = self.shown.labels.number(section.more)
            yield self.shown.labels.t("rp.more_on_sheet", n=n, sheet=sheet)

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
    def _rows(self) -> Rows:
        return rows_of(self.results)

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

    def _conflicts(self) -> Iterator[Ranked]:
        """A line for every answer to what contradicts, and to what differs."""
        for merged in self.results.merged:
            contested = merged.conflict or merged.disagreement
            if contested and merged.doc not in self.results.anonymous:
                rank, question = int(not merged.conflict), self._question(merged)
                for source in merged.standing:
                    yield rank, question | self._answer(merged, source)
                if (more := merged.n - len(merged.standing)) > 0:
                    n = self.shown.labels.number(more)
                    yield (
                        rank,
                        question | {"answer": self.shown.labels.t("rp.more", n=n, where="sources")},
                    )

    def _question(self, merged: Merged) -> Row:
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
            **dict.fromkeys(("answer", "sender", "day", "file", "cell")),
        }

    def _answer(self, merged: Merged, source: Source) -> Row:
        return {
            "answer": self.shown.value(merged.doc, merged.table, merged.field, source.value),
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
        for found in of_files(self.results, self.files):
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


def _rank(ranked: Ranked) -> int:
    return ranked[0]


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
