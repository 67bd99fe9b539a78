"""The page a controller acts on: who answered, who did not, what is missing or contradicts.

In: results, the files of the store, their findings, and the words of a language. Out: Sections,
each a title and its lines, the same for the terminal and for a sheet of the report.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from toolkit.content.returns import recipient
from toolkit.content.shown import Shown
from toolkit.finding import Finding, Severity
from toolkit.store.records import (
    ABSENT,
    ANSWERED,
    DUPLICATE,
    PARTLY,
    REJECTED,
    UNTOUCHED,
    Copy,
    File,
    Results,
)

CONTRADICTS = ("answers-conflict", "answers-disagree", "row-similar")
MISSING = ("values-absent",)


@dataclass(frozen=True)
class Section:
    """One question and its answer, line by line; ``nothing`` is what to say where none is."""

    title: str
    lines: tuple[str, ...]
    nothing: str


@dataclass(frozen=True)
class Page:
    """The sections in order."""

    sections: tuple[Section, ...]

    def text(self, most: int = 0, more: str = "") -> Iterator[str]:
        """The page as lines; at most ``most`` a section (0: all), the rest counted in ``more``."""
        for section in self.sections:
            yield section.title
            shown = section.lines[: most or None] or (section.nothing,)
            yield from (f"  {line}" for line in shown)
            if most and len(section.lines) > most:
                yield f"  {more.format(n=len(section.lines) - most)}"
            yield ""


def page_of(
    results: Results, files: Sequence[File], findings: Sequence[Finding], shown: Shown
) -> Page:
    """The page of some results; ``findings`` are those of ``returns.findings_of``."""
    labels = shown.labels
    nothing, nobody = labels.t("pg.nothing"), labels.t("pg.nobody")
    rejected = [file for file in files if results.statuses.get(file.key, ("",))[0] == REJECTED]
    return Page(
        (
            _answered(results, shown),
            _section("pg.waiting", _waiting(results, shown), shown, nobody),
            _section("pg.missing", _told(findings, MISSING, shown), shown, nothing),
            _section("pg.contradicts", _told(findings, CONTRADICTS, shown), shown, nothing),
            _section("pg.rejected", _lines(_first(rejected), shown), shown, nothing),
            _section("pg.to_mend", _lines(_warnings(files, results), shown), shown, nothing),
        )
    )


def _section(key: str, lines: Iterable[str], shown: Shown, nothing: str) -> Section:
    told = tuple(lines)
    return Section(shown.labels.t(key, n=len(told)), told, nothing)


def _answered(results: Results, shown: Shown) -> Section:
    came = [copy for copy in results.copies if copy.state in (ANSWERED, PARTLY)]
    due = [copy for copy in results.copies if copy.expected]
    counted = {"n": sum(copy in came for copy in due), "total": len(due)}
    key = "pg.answered" if due else "pg.answered_some"
    title = shown.labels.t(key, **(counted if due else {"n": len(came)}))
    lines = (*_named(came, results, shown), *_counted(came, results, shown))
    return Section(title, lines, shown.labels.t("pg.nobody"))


def _named(copies: Iterable[Copy], results: Results, shown: Shown) -> Iterator[str]:
    """A line a copy: who, how complete, when."""
    for copy in copies:
        if copy.doc not in results.anonymous:
            who = shown.unit(copy.unit) or shown.role(copy.role)
            day = shown.labels.date(copy.day) if copy.day else ""
            told = filter(None, (who, copy.files[-1], _state(copy, shown), day))
            yield f"{shown.document(copy.doc)}: {', '.join(told)}"


def _counted(copies: Iterable[Copy], results: Results, shown: Shown) -> Iterator[str]:
    """A line a role: how many forms; who they are from is nobody's business."""
    forms = sorted((copy.doc, copy.role) for copy in copies if copy.doc in results.anonymous)
    for (doc, role), own in groupby(forms):
        count = shown.labels.t("pg.files", n=len(list(own)))
        told = ", ".join(filter(None, (shown.role(role), count)))
        yield f"{shown.document(doc)}: {told}"


def _state(copy: Copy, shown: Shown) -> str:
    if copy.state == PARTLY:
        return shown.labels.t("pg.partly", filled=copy.filled, required=copy.required)
    keys = {ANSWERED: "pg.complete", UNTOUCHED: "pg.untouched", ABSENT: "pg.absent"}
    return shown.labels.t(keys[copy.state])


def _waiting(results: Results, shown: Shown) -> Iterator[str]:
    for copy in results.copies:
        if copy.expected and copy.state in (ABSENT, UNTOUCHED):
            due = shown.labels.t("pg.due", date=shown.labels.date(copy.due)) if copy.due else ""
            told = ", ".join(filter(None, (recipient(copy, shown), _state(copy, shown), due)))
            yield f"{shown.document(copy.doc)}: {told}"


def _told(findings: Iterable[Finding], codes: Sequence[str], shown: Shown) -> Iterator[str]:
    return (found.line(shown.labels.lang) for found in findings if found.code in codes)


def _first(files: Iterable[File]) -> Iterator[Finding]:
    return (found for file in files for found in file.findings[:1])


def _warnings(files: Iterable[File], results: Results) -> Iterator[Finding]:
    """What is odd in single cells of files that were read."""
    for file in files:
        if results.statuses.get(file.key, ("",))[0] not in (REJECTED, DUPLICATE):
            yield from (f for f in file.findings if f.severity is not Severity.NOTE)


def _lines(findings: Iterable[Finding], shown: Shown) -> Iterator[str]:
    return (found.line(shown.labels.lang) for found in findings)
