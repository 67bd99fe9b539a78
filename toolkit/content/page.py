"""The page a controller acts on: what to do first, then what it is about, line by line.

In: results, the files of the store, their findings, and the words of a language. Out: Sections,
each a title and its lines, the same for the terminal and for a sheet of the report. What must be
acted on stands before what is good to know.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from heapq import nsmallest
from itertools import islice
from textwrap import wrap

from toolkit.content.came_back import noted, set_aside
from toolkit.content.returns import answers_of, differing, missing, recipient
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

CAME = (ANSWERED, PARTLY)
MOST_NAMED = 100  # who answered, in one line
MOST_HELD = 1_000  # lines of a section; the report's sheets and files hold all of them
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

    ``todo`` is what to do about it; ``more`` are lines beyond the first ones, only counted.
    """

    title: str
    lines: tuple[Line, ...]
    nothing: str = ""
    todo: str = ""
    more: int = 0
    key: str = ""

    def text(self, most: int, more: str, width: int) -> Iterator[str]:
        """The section as lines; of a long one the first ``most`` (0: all)."""
        if not self.lines:
            yield f"{self.title}: {self.nothing}"
            return
        yield self.title
        for line in self.lines[: most or None]:
            yield from line.wrapped(width)
        left = self.more + (max(len(self.lines) - most, 0) if most else 0)
        if left:
            yield MARGIN + more.format(n=left)


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


def page_of(results: Results, files: Iterable[File], shown: Shown) -> Page:
    """The page of some results."""
    told = Told(results, files, shown)
    found = (
        told.section("contradicts", told.contradicting()),
        told.section("rejected", told.rejected()),
        told.waiting(),
        told.section("missing", told.lines(missing(results, shown))),
        told.section("to_mend", told.odd()),
        told.section("differs", told.lines(differing(results, shown))),
    )
    acted = sorted((*found, told.answered()), key=lambda section: not section.lines)
    return Page((told.first(found), *acted))


@dataclass(frozen=True)
class Told:
    """What there is to tell, in the words of a language."""

    results: Results
    files: Iterable[File]
    shown: Shown

    def _t(self, key: str, **params: object) -> str:
        return self.shown.labels.t(f"pg.{key}", **params)

    def section(self, key: str, lines: Iterable[Line], nothing: str = "nothing") -> Section:
        """A section: title, lines, and what to do about them."""
        every = iter(lines)
        first = tuple(islice(every, MOST_HELD))
        more = sum(1 for _ in every)
        title, todo = (self._t(name, n=len(first) + more) for name in (key, f"do.{key}"))
        return Section(title, first, self._t(nothing), todo, more, key)

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
        own = (file for file in set_aside(self.files) if file.status == REJECTED)
        return self.lines(found for file in own for found in file.findings[:1])

    def waiting(self) -> Section:
        """Copies sent out that hold no answers; unknown where nobody said who was asked."""
        asked = any(copy.expected for copy in self.results.copies)
        lines = map(Line, self._silent() if asked else ())
        return self.section("waiting", lines, "nobody" if asked else "unknown")

    def _silent(self) -> Iterator[str]:
        for copy in self.results.copies:
            if copy.expected and copy.state in (ABSENT, UNTOUCHED):
                day = copy.due and self.shown.labels.date(copy.due)
                due = self._t("due", date=day) if day else ""
                told = filter(None, (recipient(copy, self.shown), self._state(copy), due))
                yield f"{self.shown.document(copy.doc)}: {', '.join(told)}"

    def odd(self) -> Iterator[Line]:
        """What is odd in single cells of files that were read."""
        for file in noted(self.files):
            if file.status not in (REJECTED, DUPLICATE):
                yield from self.lines(f for f in file.findings if f.severity is not Severity.NOTE)

    def lines(self, findings: Iterable[Finding]) -> Iterator[Line]:
        """What some findings say."""
        return (Line(found.line(self.shown.labels.lang)) for found in findings)

    # --- who answered -------------------------------------------------------------------

    def answered(self) -> Section:
        """One line a document: who answered, how complete, when."""
        came: dict[str, Came] = {}
        due: Counter[bool] = Counter()
        for copy in self.results.copies:
            due[copy.state in CAME] += copy.expected
            if copy.state in CAME:
                came.setdefault(copy.doc, Came()).add(copy)
        if total := due.total():
            title = self._t("answered", n=due[True], total=total)
        else:
            title = self._t("answered_some", n=sum(own.roles.total() for own in came.values()))
        lines = tuple(self._document(doc, own) for doc, own in sorted(came.items()))
        return Section(title, lines, self._t("nobody"))

    def _document(self, doc: str, came: Came) -> Line:
        anonymous = doc in self.results.anonymous
        said = list(self._counted(came) if anonymous else map(self._named, came.named()))
        more = came.roles.total() - MOST_NAMED
        if not anonymous and more > 0:
            said.append(self._t("more", n=more))
        return Line(f"{self.shown.document(doc)}: {'; '.join(said)}")

    def _named(self, copy: Copy) -> str:
        """Who, how complete, when; the file where nobody says who."""
        who = self.shown.unit(copy.unit) or self.shown.role(copy.role) or copy.files[-1]
        day = self.shown.labels.date(copy.day) if copy.day else ""
        return ", ".join(filter(None, (who, copy.period, self._state(copy), day)))

    def _counted(self, came: Came) -> Iterator[str]:
        """A role and how many forms; who they are from is nobody's business."""
        for role, n in sorted(came.roles.items()):
            yield f"{self.shown.role(role) or self._t('forms')}: {n}"

    def _state(self, copy: Copy) -> str:
        if copy.state == PARTLY:
            return self._t("partly", filled=copy.filled, required=copy.required)
        keys = {ANSWERED: "complete", UNTOUCHED: "untouched", ABSENT: "absent"}
        return self._t(keys[copy.state])


@dataclass
class Came:
    """The copies of one document that came back: how many of each role, and the first of them."""

    roles: Counter[str] = field(default_factory=Counter)
    first: list[Copy] = field(default_factory=list)

    def add(self, copy: Copy) -> None:
        """One more."""
        self.roles[copy.role] += 1
        self.first.append(copy)
        if len(self.first) > 2 * MOST_NAMED:
            self.first = self.named()

    def named(self) -> list[Copy]:
        """Those that are named: the oldest answers first."""
        return nsmallest(MOST_NAMED, self.first, lambda c: (c.day or date.max, c.unit, c.files))


def copies_of(results: Results) -> Iterator[dict[str, object]]:
    """Who has answered and who has not, as plain data; of anonymous forms how many of a role."""
    named = (copy for copy in results.copies if copy.doc not in results.anonymous)
    anonymous = (copy for copy in results.copies if copy.doc in results.anonymous)
    hidden = Counter((copy.doc, copy.role, copy.state) for copy in anonymous)
    for copy in named:
        yield {
            **{"document": copy.doc, "unit": copy.unit, "role": copy.role, "period": copy.period},
            **{"state": copy.state, "day": _iso(copy.day), "due": _iso(copy.due)},
            **{"filled": copy.filled, "required": copy.required, "files": list(copy.files)},
        }
    for (doc, role, state), n in sorted(hidden.items()):
        yield {"document": doc, "role": role, "state": state, "count": n}


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""
