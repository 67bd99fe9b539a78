"""Check: what a file says as a whole, once its cells are read.

In: a Returned and what of its document comes back. Out: the same with the findings added: a date
filled in that lies ahead, read-only values that were changed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from toolkit.collect.returned import Returned
from toolkit.fillable import Fillable
from toolkit.finding import Finding, finding
from toolkit.language import Labels

AHEAD = timedelta(days=1)  # somebody east of here may already live in tomorrow


def checked(returned: Returned, shape: Fillable, today: date) -> Returned:
    """The file with what is odd about it as a whole."""
    found = (*_later(returned, today), *_changed(returned, shape))
    return replace(returned, findings=(*returned.findings, *found)) if found else returned


def _later(returned: Returned, today: date) -> Iterator[Finding]:
    """The date decides which of two copies is the newer, so it may not lie ahead."""
    day = returned.filled_date
    if day is None or day <= today + AHEAD:
        return
    shown = Labels.load(returned.lang).date(day)
    places = (cell.place for cell in returned.cells if cell.field == "f.filled_date")
    yield from (finding("filled-date-later", place, day=shown) for place in places)


def _changed(returned: Returned, shape: Fillable) -> Iterator[Finding]:
    """Values that are read-only by convention, and were changed."""
    for cell in returned.cells:
        if cell.raw and (cell.table, cell.field) in shape.prefilled:
            sent = returned.sent.get(cell.spot)
            if sent is not None and cell.value != sent:
                yield finding("prefilled-changed", cell.place)
