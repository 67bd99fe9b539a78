"""Returned: what one file that came back becomes, and what is told of one that cannot be read.

In: a file somebody sent. Out: a Returned with a Cell for every value a person could have written,
as the store keeps it, or a Rejected with the reason. All of it is frozen, plain and picklable.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from toolkit.collect.opening.gate import Kind
from toolkit.finding import Finding
from toolkit.store.records import Cell, Spot, Value

__all__ = ["OK", "UNREAD", "Cell", "Rejected", "Returned", "Spot", "Value"]

OK = "ok"
UNREAD = frozenset(
    {
        *("option-unknown", "reference-unknown", "reference-ambiguous", "letters-unknown"),
        *("option-several", "number-unread", "number-ambiguous", "number-range"),
        *("day-unread", "day-ambiguous", "day-without-year", "cell-error", "cell-uncomputed"),
        "personal-number",
    }
)


@dataclass(frozen=True)
class Returned:
    """One file that was read.

    ``identity`` has the keys of specification 2.2 and is empty where the file carries none; then
    ``doc`` is what its tables say. ``sent`` are the neutral values it was sent out with; a row
    sent and no longer there has no cells and a finding ``row-missing``. ``names`` is what people
    call the entries that references point to, kind -> id -> title.
    """

    file: str
    sha256: str
    size: int
    modified: datetime
    kind: Kind
    identity: Mapping[str, str]
    doc: str
    lang: str
    copy_id: str = ""
    unit_id: str = ""
    role: str = ""
    period: str = ""
    filled_by: str = ""
    filled_role: str = ""
    filled_date: date | None = None
    cells: tuple[Cell, ...] = ()
    sent: Mapping[Spot, Value] = field(default_factory=dict)
    names: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True)
class Rejected:
    """One file that was not read, and why; ``sha256`` is '' where not even that was possible."""

    file: str
    size: int
    modified: datetime
    findings: tuple[Finding, ...]
    sha256: str = ""

    @property
    def code(self) -> str:
        """The reason, as a code of the catalogue."""
        return self.findings[0].code
