"""The page a controller acts on: what to do first, then what it is about, line by line.

In: results, the files of the store, their findings, and the words of a language. Out: Sections,
each a title and its lines, the same for the terminal and for a sheet of the report. What must be
acted on stands before what is good to know.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from textwrap import wrap

from toolkit.content.came_back import CameBack
from toolkit.content.returns import answers_of, recipient
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

DIFFERS = ("answers-disagree", "row-similar")
MISSING = ("values-absent",)
CAME = (ANSWERED, PARTLY)
MOST_NAMED = 100  # who answered, in one line
WIDE = 100
MARGIN, HANGING = "  ", "    "


@dataclass(frozen=True)
class Line:
    """One thing to know, and what belongs under it."""

    text: str
    below: tuple[str, ...] = ()

    def __str__(self) -> str:
        """All of it, for a cell: one line for each part."""
        return "\n".join((self.text, *self.below))

    def wrapped(self, width: int) -> Iterator[str]:
        """All of it in lines of at most ``width``, where its words allow it."""
        for number, part in enumerate((self.text, *self.below)):
            own = HANGING if number else MARGIN
            yield from wrap(
                part,
                width,
                initial_indent=own,
                subsequent_indent=own + MARGIN,
                break_long_words=False,
                break_on_hyphens=False,
            )


@dataclass(frozen=True)
class Section:
    """One question and its answer, line by line; ``nothing`` is what to say where none is.

    ``todo`` is what to do about it.
    """

    title: str
    lines: tuple[Line, ...]
    nothing: str = ""
    todo: str = ""

    def text(self, most: int, more: str, width: int) -> Iterator[str]:
        """The section as lines; of a long one the first ``most`` (0: all)."""
        if not self.lines:
            yield f"{self.title}: {self.nothing}"
            return
        yield self.title
        for line in self.lines[: most or None]:
            yield from line.wrapped(width)
        if most and len(self.lines) > most:
            yield MARGIN + more.format(n=len(self.lines) - most)


@dataclass(frozen=True)
class Page:
    """The sections in order: the first says what to do."""

    sections: tuple[Section, ...]

    def text(self, most: int = 0, more: str = "", width: int = WIDE) -> Iterator[str]:
        """The page as lines; at most ``most`` a section (0: all), the rest counted in ``more``."""
        for section in self.sections:
            yield from section.text(most, more, width)
            if section.lines:
                yield ""


def page_of(
    results: Results, files: Iterable[File], findings: Sequence[Finding], shown: Shown
) -> Page:
    """The page of some results; ``findings`` are those of ``returns.findings_of``."""
    told = Told(results, CameBack.of(files).noted, findings, shown)
    found = (
        told.section("contradicts", told.contradicting()),
        told.section("rejected", told.rejected()),
        told.waiting(),
        told.section("missing", told.of_codes(MISSING)),
        told.section("to_mend", told.odd()),
        told.section("differs", told.of_codes(DIFFERS)),
    )
    acted = sorted((*found, told.answered()), key=lambda section: not section.lines)
    return Page((told.first(found), *acted))


@dataclass(frozen=True)
class Told:
    """What there is to tell, in the words of a language; ``noted`` are the files it is told of."""

    results: Results
    noted: Iterable[File]
    findings: Sequence[Finding]
    shown: Shown

    def _t(self, key: str, **params: object) -> str:
        return self.shown.labels.t(f"pg.{key}", **params)

    def section(self, key: str, lines: Iterable[Line], nothing: str = "nothing") -> Section:
        """A section: title, lines, and what to do about them."""
        told = tuple(lines)
        count = len(told)
        return Section(self._t(key, n=count), told, self._t(nothing), self._t(f"do.{key}", n=count))

    def first(self, sections: Iterable[Section]) -> Section:
        """What to do, most urgent first."""
        todo = tuple(Line(section.todo) for section in sections if section.lines)
        return Section(self._t("do"), todo or (Line(self._t("do.nothing")),))

    # --- what to act on -----------------------------------------------------------------

    def contradicting(self) -> Iterator[Line]:
        """Every contradiction with each answer, who gave it and where it stands."""
        for found, answers in answers_of(self.results, self.shown):
            place = found.place.text(self.shown.labels.lang)
            params = dict(found.params)
            hint = found.hint(self.shown.labels.lang)
            yield Line(f"{place}: {params['field']}, {params['row']}", (*answers, f"→ {hint}"))

    def rejected(self) -> Iterator[Line]:
        """Each rejected file with the one reason."""
        own = (file for file in self.noted if file.status == REJECTED)
        return self._lines(found for file in own for found in file.findings[:1])

    def waiting(self) -> Section:
        """Copies sent out that hold no answers; unknown where nobody said who was asked."""
        asked = any(copy.expected for copy in self.results.copies)
        lines = map(Line, self._silent())
        return self.section("waiting", lines, "nobody" if asked else "unknown")

    def _silent(self) -> Iterator[str]:
        for copy in self.results.copies:
            if copy.expected and copy.state in (ABSENT, UNTOUCHED):
                day = copy.due and self.shown.labels.date(copy.due)
                due = self._t("due", date=day) if day else ""
                told = filter(None, (recipient(copy, self.shown), self._state(copy), due))
                yield f"{self.shown.document(copy.doc)}: {', '.join(told)}"

    def of_codes(self, codes: Sequence[str]) -> Iterator[Line]:
        """What the findings of some codes say."""
        return self._lines(found for found in self.findings if found.code in codes)

    def odd(self) -> Iterator[Line]:
        """What is odd in single cells of files that were read."""
        for file in self.noted:
            if file.status not in (REJECTED, DUPLICATE):
                yield from self._lines(f for f in file.findings if f.severity is not Severity.NOTE)

    def _lines(self, findings: Iterable[Finding]) -> Iterator[Line]:
        return (Line(found.line(self.shown.labels.lang)) for found in findings)

    # --- who answered -------------------------------------------------------------------

    def answered(self) -> Section:
        """One line a document: who answered, how complete, when."""
        came = [copy for copy in self.results.copies if copy.state in CAME]
        due = [copy for copy in self.results.copies if copy.expected]
        counted = {"n": sum(copy.state in CAME for copy in due), "total": len(due)}
        title = self._t("answered", **counted) if due else self._t("answered_some", n=len(came))
        by_document = groupby(sorted(came, key=lambda copy: copy.doc), key=lambda copy: copy.doc)
        lines = tuple(self._document(doc, list(own)) for doc, own in by_document)
        return Section(title, lines, self._t("nobody"))

    def _document(self, doc: str, came: Sequence[Copy]) -> Line:
        anonymous = doc in self.results.anonymous
        in_order = sorted(came, key=lambda copy: (copy.day or date.max, copy.unit, copy.files))
        said = list(self._counted(came) if anonymous else map(self._named, in_order[:MOST_NAMED]))
        if not anonymous and len(came) > MOST_NAMED:
            said.append(self._t("more", n=len(came) - MOST_NAMED))
        return Line(f"{self.shown.document(doc)}: {'; '.join(said)}")

    def _named(self, copy: Copy) -> str:
        """Who, how complete, when; the file where nobody says who."""
        who = self.shown.unit(copy.unit) or self.shown.role(copy.role) or copy.files[-1]
        day = self.shown.labels.date(copy.day) if copy.day else ""
        return ", ".join(filter(None, (who, copy.period, self._state(copy), day)))

    def _counted(self, copies: Iterable[Copy]) -> Iterator[str]:
        """A role and how many forms; who they are from is nobody's business."""
        for role, own in groupby(sorted(copy.role for copy in copies)):
            yield f"{self.shown.role(role) or self._t('forms')}: {len(list(own))}"

    def _state(self, copy: Copy) -> str:
        if copy.state == PARTLY:
            return self._t("partly", filled=copy.filled, required=copy.required)
        keys = {ANSWERED: "complete", UNTOUCHED: "untouched", ABSENT: "absent"}
        return self._t(keys[copy.state])


def copies_of(results: Results) -> Iterator[dict[str, object]]:
    """Who has answered and who has not, as plain data; of anonymous forms how many of a role."""
    named = (copy for copy in results.copies if copy.doc not in results.anonymous)
    hidden = sorted((c.doc, c.role, c.state) for c in results.copies if c.doc in results.anonymous)
    for copy in named:
        yield {
            **{"document": copy.doc, "unit": copy.unit, "role": copy.role, "period": copy.period},
            **{"state": copy.state, "day": _iso(copy.day), "due": _iso(copy.due)},
            **{"filled": copy.filled, "required": copy.required, "files": list(copy.files)},
        }
    for (doc, role, state), own in groupby(hidden):
        yield {"document": doc, "role": role, "state": state, "count": len(list(own))}


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""
