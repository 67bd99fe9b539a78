"""Check: what a file says as a whole, once its cells are read.

In: a Returned and what of its document comes back. Out: the same with the findings added: a date
filled in that lies ahead, read-only values that were changed; of very many findings of one kind
the first and a count.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta

from toolkit.collect.returned import Returned
from toolkit.fillable import Fillable
from toolkit.finding import Finding, Place, finding
from toolkit.language import Labels

MOST = 300  # findings of one kind in one file
AHEAD = timedelta(days=1)  # somebody east of here may already live in tomorrow


def checked(returned: Returned, shape: Fillable, today: date) -> Returned:
    """The file with what is odd about it as a whole."""
    found = (*returned.findings, *_later(returned, today), *_changed(returned, shape))
    return replace(returned, findings=bounded(found, Place(returned.file))) if found else returned


def bounded(findings: Sequence[Finding], file: Place) -> tuple[Finding, ...]:
    """Of very many findings of one kind the first, and how many more there are."""
    counts = Counter(found.code for found in findings)
    many = {code: count - MOST for code, count in counts.items() if count > MOST}
    if not many:
        return tuple(findings)
    left = dict.fromkeys(counts, MOST)
    kept: list[Finding] = []
    for found in findings:
        left[found.code] -= 1
        if left[found.code] >= 0:
            kept.append(found)
        if left[found.code] == 0 and found.code in many:
            kept.append(finding("findings-more", file, n=many[found.code], kind=found.code))
    return tuple(kept)


def _later(returned: Returned, today: date) -> Iterator[Finding]:
    """The date decides which of two copies is the newer, so it may not lie ahead."""
    day = returned.filled_date
    if day is None or day <= today + AHEAD:
        return
    shown = Labels.load(returned.lang).date(day)
    cells = (cell for cell in returned.cells if cell.field == "f.filled_date")
    places = (Place(returned.file, cell.steps) for cell in cells)
    yield from (finding("filled-date-later", place, day=shown) for place in places)


def _changed(returned: Returned, shape: Fillable) -> Iterator[Finding]:
    """Values that are read-only by convention, and were changed."""
    closed = shape.prefilled
    for cell in returned.cells if closed else ():
        if cell.raw and (cell.table, cell.field) in closed:
            sent = returned.sent.get(cell.spot)
            if sent is not None and cell.value != sent:
                yield finding("prefilled-changed", Place(returned.file, cell.steps))
