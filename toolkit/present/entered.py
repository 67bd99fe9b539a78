"""Entered: what staff entered that a description has a place for and does not say yet.

In: a Project, Results, what was sent out. Out: Entered: a line for each value and added row, what
is left for a person to decide as findings, and the values as data to lay over the description.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import count
from typing import Any, NamedTuple

from toolkit.content.homes import HOMES, LETTERS, Home, Told, home_of
from toolkit.content.returns import place_of, said, title
from toolkit.content.shown import LONGEST, Shown
from toolkit.declaration.edits import Entries
from toolkit.fillable import INFO, fillable
from toolkit.finding import Finding, finding
from toolkit.personal import masked
from toolkit.project import Project
from toolkit.project.facts import Entry, key_of
from toolkit.store.records import Merged, Results, Row, Spot, Value, blank

CHANGED, ADDED = "changed", "added"
TAKEN = frozenset(
    {"one", "mean", "median", "mode", "worst", "latest", "max_status", "agree", "list"}
)
FOLLOWS = frozenset({"key", "recompute"})  # names a row, or follows from others: nobody's answer
Line = dict[str, Any]
Sent = Mapping[tuple[str, Spot], Collection[Value]]


@dataclass
class Entered:
    """What was entered; ``elsewhere`` counts the values the description has no place for."""

    lines: list[Line] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    data: dict[str, Any] = field(default_factory=dict)
    elsewhere: int = 0

    def of(self, kind: str) -> list[Line]:
        """The lines of one kind."""
        return [line for line in self.lines if line["kind"] == kind]


class _Answer(NamedTuple):
    """A consolidated value, the keys that lead to its place, what it says, what stands there."""

    merged: Merged
    keys: tuple[str, ...]
    new: Any
    old: Any = None
    sent: Collection[Any] = ()

    @property
    def is_entered(self) -> bool:
        """Whether it says what neither the description nor any copy sent out says."""
        known = (self.old, *self.sent)
        return not blank(self.new) and _plain(self.new) not in map(_plain, known)

    @property
    def is_outrun(self) -> bool:
        """Whether the description was changed since the copies were sent out."""
        told = not blank(self.old) and self.sent
        return bool(told) and _plain(self.old) not in map(_plain, self.sent)

    @property
    def is_personal(self) -> bool:
        """Whether it holds what may point to a person."""
        return bool(masked(self.new) != self.new)


def entered(project: Project, results: Results, sent: Sent, shown: Shown) -> Entered:
    """What staff entered, in the words of ``shown``."""
    reading = _Reading(project, results, sent, shown)
    for merged in results.merged:
        if merged.doc not in results.anonymous and merged.operator not in FOLLOWS:
            reading.weigh(merged)
    for row in results.rows:
        home = HOMES.get(row.table)
        if row.new and home and home.adds and row.doc not in results.anonymous:
            reading.add(row, home)
    return reading.made


class _Reading:
    """The answers of some results, weighed against a description and what was sent out."""

    def __init__(self, project: Project, results: Results, sent: Sent, shown: Shown) -> None:
        self.project, self.sent, self.shown, self.made = project, sent, shown, Entered()
        self.rows = {(row.doc, row.table, row.row): row for row in results.rows}
        self.similar = {(p.doc, p.table, p.row): p.other for p in results.lookalikes}
        self.answers: dict[tuple[str, str, str], list[Merged]] = {}
        for merged in results.merged:
            self.answers.setdefault((merged.doc, *merged.spot[:2]), []).append(merged)
        self.sources = {
            (document.doc, table, own.field): own.source
            for document in shown.documents
            for table, own in fillable(document, shown.documents).facts
        }

    def weigh(self, merged: Merged) -> None:
        """Take over a value, or tell why not."""
        row = self.rows.get((merged.doc, *merged.spot[:2]))
        if row and row.new:
            return
        answer = self._answer(merged)
        if answer is None:
            self.made.elsewhere += self._is_news(merged)
        elif merged.conflict:
            self._tell("conflict", merged, answers=self._answers(merged))
        elif answer.is_entered:
            self._take(answer)

    def _take(self, answer: _Answer) -> None:
        merged = answer.merged
        if merged.operator not in TAKEN:
            self._tell("sum", merged, value=self._words(merged, answer.new))
        elif answer.is_outrun:
            own, value = (self._words(merged, told) for told in (answer.old, answer.new))
            self._tell("since", merged, own=own, value=value)
        elif answer.is_personal:
            self._tell("personal", merged)
        else:
            self._put(CHANGED, answer)

    def _answer(self, merged: Merged) -> _Answer | None:
        """A value with its place in the description; None where there is none."""
        home = HOMES.get(merged.table)
        if home:
            return self._of_entry(merged, home)
        keys = home_of(merged.spot, self.sources.get((merged.doc, merged.table, merged.field), ""))
        if not keys:
            return None
        sent = self.sent.get((merged.doc, merged.spot), ())
        return _Answer(merged, keys, merged.value, _at(self.project, keys), sent)

    def _of_entry(self, merged: Merged, home: Home) -> _Answer | None:
        entry = self._entries(home).get(merged.row)
        told = home.told(merged.field, _short(merged))
        if entry is None or told is None:
            return None
        every = self.sent.get((merged.doc, merged.spot), ())
        sent = [own.value for value in every if (own := home.told(merged.field, value))]
        old = getattr(entry, told.name)
        if told.item:
            old = (old or {}).get(told.item)
        return _Answer(merged, (home.path, entry.id, *_keys(home, told)), told.value, old, sent)

    def _entries(self, home: Home) -> Mapping[str, Entry]:
        return {entry.id: entry for entry in getattr(self.project, home.path)}

    def _is_news(self, merged: Merged) -> bool:
        sent = map(_plain, self.sent.get((merged.doc, merged.spot), ()))
        return merged.table != INFO and not blank(merged.value) and _plain(merged.value) not in sent

    def add(self, row: Row, home: Home) -> None:
        """Take over a row staff added, or tell why not; one the description has by now is there."""
        spot = row.doc, row.table, row.row
        values = list(self._told(spot, home))
        named = next((told.value for _, told in values if told.name == home.entry.naming), "")
        known = {_plain(entry.label) for entry in self._entries(home).values()}
        if _plain(named) in known:
            return
        lacking = self._lacking(row, home, {told.name for _, told in values})
        if lacking:
            self._tell_row("incomplete", spot, fields=", ".join(lacking))
        elif spot in self.similar:
            other = title((*spot[:2], self.similar[spot]), self.rows, self.shown)
            self._tell_row("similar", spot, other=other)
        else:
            self._put_row(row, home, values)

    def _told(self, spot: tuple[str, str, str], home: Home) -> Iterator[tuple[Merged, Told]]:
        """What a new row says, in the order the description writes it."""
        order = list(home.entry.model_fields)
        told = [
            (merged, own)
            for merged in self.answers.get(spot, ())
            if not blank(merged.value) and (own := home.told(merged.field, _short(merged)))
        ]
        return iter(sorted(told, key=lambda pair: order.index(pair[1].name)))

    def _lacking(self, row: Row, home: Home, names: Collection[str]) -> list[str]:
        """The headings of what an entry of the description must say and a new row does not."""
        needed = (name for name, info in home.entry.model_fields.items() if info.is_required())
        return [
            self.shown.field(row.doc, row.table, home.field(name))
            for name in needed
            if name not in names and name != "id"
        ]

    def _put_row(self, row: Row, home: Home, values: list[tuple[Merged, Told]]) -> None:
        id = self._next(home)
        for merged, told in values:
            answer = _Answer(merged, (home.path, id, *_keys(home, told)), told.value)
            if merged.conflict:
                self._tell("conflict", merged, answers=self._answers(merged))
            elif answer.is_personal:
                self._tell("personal", merged)
            else:
                self._put(ADDED, answer)

    def _next(self, home: Home) -> str:
        """The id of the next entry of a list: ``ri15`` after ``ri14``."""
        taken = {*self._entries(home), *self.made.data.get(home.path, ())}
        return next(id for n in count(1) if (id := f"{home.prefix}{n:02}") not in taken)

    def _put(self, kind: str, answer: _Answer) -> None:
        path, *keys, last = answer.keys
        within: dict[str, Any] = self.made.data.setdefault(
            path, Entries() if _is_list(answer) else {}
        )
        for key in keys:
            within = within.setdefault(key, {})
        within[last] = answer.new
        self.made.lines.append(self._line(kind, answer))

    def _line(self, kind: str, answer: _Answer) -> Line:
        merged, shown = answer.merged, self.shown
        return {
            "kind": kind,
            "path": ".".join(answer.keys),
            "document": merged.doc,
            "table": merged.table,
            "row": merged.row,
            "field": merged.field,
            "document_title": shown.document(merged.doc),
            "table_title": shown.table(merged.table),
            "row_title": title((merged.doc, *merged.spot[:2]), self.rows, shown),
            "field_title": shown.field(merged.doc, merged.table, merged.field),
            "before": "" if blank(answer.old) else self._words(merged, answer.old),
            "after": self._words(merged, answer.new),
            "rule": merged.operator,
            "answers": merged.n,
        }

    def _words(self, merged: Merged, value: Any) -> str:
        """A value in words; what people wrote is shown whole, or nobody sees what is new in it."""
        if isinstance(value, str) and (len(value) > LONGEST or "\n" in value):
            return "; ".join(" ".join(text.split()) for text in value.split("\n"))
        return self.shown.value(merged.doc, merged.table, merged.field, value)

    def _answers(self, merged: Merged) -> str:
        return "; ".join(said(source, merged, self.shown) for source in merged.standing)

    def _tell(self, why: str, merged: Merged, **params: str) -> None:
        name = self.shown.field(merged.doc, merged.table, merged.field)
        self._tell_row(why, (merged.doc, *merged.spot[:2]), field=name, **params)

    def _tell_row(self, why: str, spot: tuple[str, str, str], **params: str) -> None:
        doc, table, row = spot
        own = self.rows.get(spot)
        place = place_of(doc, table, "" if own and own.new else row, self.shown)
        named = title(spot, self.rows, self.shown)
        self.made.findings.append(finding(f"update-{why}", place, row=named, **params))


def _keys(home: Home, told: Told) -> tuple[str, ...]:
    """The keys within an entry; the letters of a role are keys of the row itself."""
    if told.name == LETTERS:
        return (f"{told.item}",)
    name = key_of(told.name, home.entry.model_fields[told.name])
    return (name, f"{told.item}") if told.item else (name,)


def _is_list(answer: _Answer) -> bool:
    return answer.merged.table in HOMES


def _short(merged: Merged) -> Value:
    """A value as one says it: of several texts only those that another does not hold whole."""
    if merged.operator != "list" or not isinstance(merged.value, str):
        return merged.value
    texts = merged.value.split("\n")
    return "\n".join(t for t in texts if not any(t in other and t != other for other in texts))


def _at(project: Project, keys: tuple[str, ...]) -> Any:
    """What stands at some keys of a description; None where nothing does."""
    held: Any = project
    for key in keys:
        held = held.get(int(key)) if isinstance(held, Mapping) else getattr(held, key, None)
    return held


def _plain(value: Any) -> Any:
    """A value by which two of them are compared: a text without its blanks and capitals."""
    return " ".join(value.split()).casefold() if isinstance(value, str) else value
