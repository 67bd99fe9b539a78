"""Returns: what is to be told of the files that came back.

In: results, the files of the store, and the words of a language. Out: Findings: answers that
contradict or differ widely, rows that look alike, copies that were not returned or hold nothing,
values that are missing, files that count once. The cells of one file are told with the file.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, groupby

from toolkit.content.came_back import set_aside
from toolkit.content.shown import Shown
from toolkit.finding import Finding, Place, finding
from toolkit.store.records import (
    ABSENT,
    DUPLICATE,
    LISTED,
    NEWEST,
    READ,
    SENT_OUT,
    SUPERSEDED,
    UNTOUCHED,
    Copy,
    File,
    Merged,
    Results,
    Row,
    Source,
)

MOST = 6
LONGEST = 80
MOST_COMPARED = 50_000  # rows of a table whose names are compared with each other
SHARED, EMPTY = "copy-shared", f"copy-{UNTOUCHED}"
Rows = Mapping[tuple[str, str, str], Row]


def findings_of(results: Results, files: Iterable[File], shown: Shown) -> Iterator[Finding]:
    """Everything the results have to tell, what contradicts first."""
    yield from conflicts(results, shown)
    yield from _lookalikes(results, shown)
    yield from _not_compared(results, shown)
    yield from _unnamed(results, shown)
    yield from _absent(results, shown)
    yield from missing(results, shown)
    yield from _disagreements(results, shown)
    yield from of_files(results, files)
    yield from _twice(results, shown)


def differing(results: Results, shown: Shown) -> Iterator[Finding]:
    """Rows that may be one, and answers that differ widely."""
    return chain(_lookalikes(results, shown), _disagreements(results, shown))


def of_files(results: Results, files: Iterable[File]) -> Iterator[Finding]:
    """What all files together tell of single ones."""
    told = set_aside(files)
    yield from _files(results, files, told)
    yield from _shared(told)


def rows_of(results: Results) -> Rows:
    """The rows by document, table and row."""
    return {(row.doc, row.table, row.row): row for row in results.rows}


def place_of(doc: str, table: str, row: str, shown: Shown) -> Place:
    """The place of a row, or of a table, in a document's consolidated values."""
    steps = [("sheet", shown.table(table)), *([("row", row)] if row else [])]
    return Place(shown.document(doc), tuple(steps))


def title(spot: tuple[str, str, str], rows: Rows, shown: Shown) -> str:
    """What people call a row, else a benefit; its id where nobody named it."""
    named = rows[spot].title if spot in rows else shown.titles.get(("benefit", spot[2]), "")
    words = " ".join(named.split()) or spot[2]
    return words if len(words) <= LONGEST else f"{words[: LONGEST - 1].rstrip()}…"


_CONFLICTS = {
    LISTED: "answers-conflict",
    NEWEST: "answers-settled-newest",
    SENT_OUT: "answers-settled-sent",
}


def conflicts(results: Results, shown: Shown) -> Iterator[Finding]:
    """Answers that contradict each other, every one with its sender."""
    rows = rows_of(results)
    for merged in results.merged:
        if merged.conflict and merged.doc not in results.anonymous:
            spot = merged.doc, merged.table, merged.field
            yield finding(
                _CONFLICTS[results.on_conflict],
                place_of(merged.doc, merged.table, merged.row, shown),
                field=shown.field(*spot),
                row=title((merged.doc, *merged.spot[:2]), rows, shown),
                answers="; ".join(_said(merged, shown)),
                stands=shown.value(*spot, merged.value),
            )


def _said(merged: Merged, shown: Shown) -> tuple[str, ...]:
    """Every answer that is at hand, and a sign where there are more."""
    more = ("…",) if merged.n > len(merged.standing) else ()
    return (*(said(source, merged, shown) for source in merged.standing), *more)


def answers_of(results: Results, shown: Shown) -> Iterator[tuple[Finding, tuple[str, ...]]]:
    """Every contradiction, with each answer to it by itself."""
    contested = (m for m in results.merged if m.conflict and m.doc not in results.anonymous)
    answers = (_said(merged, shown) for merged in contested)
    return zip(conflicts(results, shown), answers, strict=True)


def said(source: Source, merged: Merged, shown: Shown) -> str:
    """One answer with who gave it and where: ``2,4 (Sone Nord, a.xlsx > Plan!F7)``."""
    value = shown.value(merged.doc, merged.table, merged.field, source.value)
    sender = shown.unit(source.unit) if source.unit else shown.role(source.role)
    where = ", ".join(filter(None, (sender, source.place.text(shown.labels.lang))))
    return f"{value} ({where})"


def _disagreements(results: Results, shown: Shown) -> Iterator[Finding]:
    rows = rows_of(results)
    for merged in results.merged:
        if merged.disagreement and not merged.conflict and merged.doc not in results.anonymous:
            spot = merged.doc, merged.table, merged.field
            counts = sorted(merged.distribution.items())
            yield finding(
                "answers-disagree",
                place_of(merged.doc, merged.table, merged.row, shown),
                field=shown.field(*spot),
                row=title((merged.doc, *merged.spot[:2]), rows, shown),
                answers=", ".join(f"{shown.value(*spot, key)}: {n}" for key, n in counts),
            )


def _lookalikes(results: Results, shown: Shown) -> Iterator[Finding]:
    rows = rows_of(results)
    for pair in results.lookalikes:
        yield finding(
            "row-similar",
            place_of(pair.doc, pair.table, pair.row, shown),
            row=title((pair.doc, pair.table, pair.row), rows, shown),
            other=title((pair.doc, pair.table, pair.other), rows, shown),
        )


def _not_compared(results: Results, shown: Shown) -> Iterator[Finding]:
    """Tables with more rows than are compared with each other."""
    for (doc, table), n in Counter((row.doc, row.table) for row in results.rows).items():
        if n > MOST_COMPARED:
            number = shown.labels.number
            told = {"n": number(n), "most": number(MOST_COMPARED)}
            yield finding("rows-not-compared", place_of(doc, table, "", shown), **told)


def _unnamed(results: Results, shown: Shown) -> Iterator[Finding]:
    for row in results.rows:
        if row.new and not row.title:
            place = place_of(row.doc, row.table, row.row, shown)
            name = shown.naming(row.doc, row.table)
            yield finding("row-without-key", place, field=name, row=row.row)


def _absent(results: Results, shown: Shown) -> Iterator[Finding]:
    for copy in results.copies:
        if copy.expected and copy.state == ABSENT:
            place = Place(shown.document(copy.doc))
            yield finding("copy-absent", place, copy=recipient(copy, shown))


def recipient(copy: Copy, shown: Shown) -> str:
    """For whom a copy is, and where it lies: in the kit, else as it came back, else its format."""
    where = copy.path or next(iter(copy.files), "") or shown.format(copy.doc, copy.document)
    return ", ".join(filter(None, (who(copy, shown), where)))


def who(copy: Copy, shown: Shown) -> str:
    """For whom a copy is; '' where it is for anybody."""
    told = [shown.unit(copy.unit), shown.role(copy.role), copy.period]
    if not any(told) and shown.for_units(copy.doc):
        told = [shown.labels.t("ui.whole_project")]
    return ", ".join(filter(None, told))


def missing(results: Results, shown: Shown) -> Iterator[Finding]:
    """Values that are missing, one finding a field."""
    rows = rows_of(results)
    every = sorted(results.missing, key=lambda m: (m.doc, m.table, m.field))
    for (doc, table, field), own in groupby(every, key=lambda m: (m.doc, m.table, m.field)):
        names = [title((doc, table, m.row), rows, shown) for m in own]
        yield finding(
            "values-absent",
            place_of(doc, table, "", shown),
            field=shown.field(doc, table, field),
            n=len(names),
            rows=_some(names),
        )


def _some(names: Sequence[str]) -> str:
    return "; ".join([*names[:MOST], *(["…"] if len(names) > MOST else [])])


def _files(results: Results, files: Iterable[File], told: Iterable[File]) -> Iterator[Finding]:
    """Files that count once, were replaced, or hold nothing."""
    expected = _expected(results, {file.name for file in told if file.reason == EMPTY})
    standing = _Standing(files, told)
    for file in told:
        if _gave_way(file):
            yield finding(file.reason, Place(file.name), other=standing.instead_of(file))
        elif file.reason == EMPTY and file.name in expected:
            yield finding(file.reason, Place(file.name))


def _expected(results: Results, names: set[str]) -> set[str]:
    """Those of some files that came for copies that were sent out."""
    copies = (copy for copy in (results.copies if names else ()) if copy.expected)
    return names.intersection(name for copy in copies for name in copy.files)


def _gave_way(file: File) -> bool:
    """Whether another file stands in its place."""
    return file.status in (DUPLICATE, SUPERSEDED) and file.reason.startswith("file-")


class _Standing:
    """The files that stand, by what makes another one give way to them."""

    def __init__(self, files: Iterable[File], told: Iterable[File]) -> None:
        gave_way = filter(_gave_way, told)
        gone = {same for file in gave_way for same in (file.sha256, file.copy)}
        self.last: dict[str, tuple[int, str]] = {}
        for number, file in enumerate(files if gone else ()):
            if file.status == READ:
                for same in filter(None, {file.sha256, file.copy} & gone):
                    self.last[same] = number, file.name

    def instead_of(self, file: File) -> str:
        """The last file of the same content or copy; '' where there is none."""
        same = (self.last.get(key, (-1, "")) for key in (file.sha256, file.copy))
        return max(same)[1]


def _shared(files: Iterable[File]) -> Iterator[Finding]:
    """Copies that several people filled in."""
    shared: dict[str, tuple[str, int]] = {}
    for file in files:
        if file.reason == SHARED:
            first, n = shared.get(file.copy, (file.name, 0))
            shared[file.copy] = first, n + 1
    for first, n in shared.values():
        yield finding(SHARED, Place(first), n=n)


def _twice(results: Results, shown: Shown) -> Iterator[Finding]:
    """Units that answered in several copies of one document."""
    met: dict[tuple[str, str, str, str], int] = {}
    for copy in results.copies:
        if copy.unit and copy.state not in (ABSENT, UNTOUCHED):
            slot = copy.doc, copy.document, copy.unit, copy.period
            met[slot] = met.get(slot, 0) + 1
    for (doc, _, unit, _), n in met.items():
        if n > 1 and doc not in results.anonymous:
            yield finding("unit-twice", Place(shown.document(doc)), unit=shown.unit(unit), n=n)
