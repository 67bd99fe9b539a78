"""Fan-out: which copies of a document a kit holds.

In: a document and the units, roles and numbers of the description. Out: one Copy per file.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from toolkit.document import Copies, Document


@dataclass(frozen=True)
class Copy:
    """One file of the kit: ids of the unit and role it is for, empty where it is for all."""

    document: Document
    unit: str = ""
    role: str = ""
    period: str = ""
    number: int = 1


@dataclass(frozen=True)
class Audience:
    """Who the copies of a kit are for.

    ``units`` are unit ids, ``roles`` options of ``respondent_role``, ``numbers`` the copies of
    a workshop document by ``d.NN``, ``period`` a period as ``2027-06``.
    """

    units: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    numbers: Mapping[str, int] = field(default_factory=dict)
    period: str = ""


def fan_out(document: Document, audience: Audience) -> tuple[Copy, ...]:
    """Every copy of a document, each once, in the order of ``document.copies``."""
    copies = (copy for kind in document.copies for copy in _MAKERS[kind](document, audience))
    return tuple({(c.unit, c.role, c.period, c.number): c for c in copies}.values())


def _one(document: Document, _: Audience) -> list[Copy]:
    return [Copy(document)]


def _per_unit(document: Document, audience: Audience) -> list[Copy]:
    return [Copy(document, unit=unit) for unit in audience.units or ("",)]


def _per_respondent(document: Document, audience: Audience) -> list[Copy]:
    return [Copy(document, role=role) for role in audience.roles or ("",)]


def _per_workshop(document: Document, audience: Audience) -> list[Copy]:
    count = audience.numbers.get(document.doc, 1)
    return [Copy(document, number=number) for number in range(1, count + 1)]


def _per_period(document: Document, audience: Audience) -> list[Copy]:
    """One a unit in a period; without a period only where nothing else makes a copy."""
    if not audience.period:
        return [Copy(document)] if document.copies == (Copies.PERIOD,) else []
    shared = Copies.UNIT not in document.copies
    units = ("",) if shared else audience.units or ("",)
    return [Copy(document, unit=unit, period=audience.period) for unit in units]


_MAKERS: Mapping[Copies, Callable[[Document, Audience], list[Copy]]] = {
    Copies.ONE: _one,
    Copies.UNIT: _per_unit,
    Copies.WORKSHOP: _per_workshop,
    Copies.RESPONDENT: _per_respondent,
    Copies.PERIOD: _per_period,
    Copies.DEVICE: _one,
}
