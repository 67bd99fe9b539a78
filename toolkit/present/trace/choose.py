"""Choose: which consolidated values a query means.

In: Asked and what the results hold. Out: the values that fit best. What a row says of itself (its
id, what it refers to, its unit, its day) goes before who sent the answers and when.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from toolkit.present.trace.held import RECOMPUTED, Held
from toolkit.present.trace.words import (
    DAY,
    DOCUMENT,
    ENTRY,
    FIELD,
    ROLE,
    ROW,
    TABLE,
    UNIT,
    Asked,
    Meaning,
)
from toolkit.store.records import Merged, Value, blank

LINE, OWN, SENT, NOT = 3, 2, 1, 0
SEVERAL = "; "


def chosen(asked: Asked, held: Held) -> tuple[Merged, ...]:
    """The values a query means, as many as fit equally well; none where a word fits nothing."""
    if not asked.meanings:
        return ()
    scored = [(merged, _score(merged, asked, held)) for merged in held.results.merged]
    best = max((score for _, score in scored), default=NOT)
    found = tuple(merged for merged, score in scored if score == best and best)
    return _answered(found) if _one_row(found) and not _names_field(asked) else found


def _names_field(asked: Asked) -> bool:
    return any(kind == FIELD for meanings in asked.meanings for kind, _ in meanings)


def _one_row(found: Iterable[Merged]) -> bool:
    return len({(m.doc, m.table, m.row) for m in found}) == 1


def _answered(found: Sequence[Merged]) -> tuple[Merged, ...]:
    """Of a whole row what somebody answered or was computed; all of it where nobody did."""
    said = tuple(m for m in found if m.n or m.operator == RECOMPUTED)
    return said or tuple(found)


def _score(merged: Merged, asked: Asked, held: Held) -> int:
    """How well a value fits: 0 where one of the names does not fit at all."""
    total = NOT
    for meanings in sorted(asked.meanings, key=_asks_store):
        fit = max(_fit(merged, one, held) for one in meanings)
        if not fit:
            return NOT
        total += fit
    return total


def _asks_store(meanings: Iterable[Meaning]) -> bool:
    """Whether a word may need a look at who answered: the others rule most values out before."""
    return any(kind in (UNIT, ROLE, DAY) for kind, _ in meanings)


def _fit(merged: Merged, meaning: Meaning, held: Held) -> int:
    kind, key = meaning
    if kind == DOCUMENT:
        return OWN * (merged.doc == key)
    if kind == TABLE:
        return OWN * (merged.table == key)
    if kind == FIELD:
        return OWN * (key in (merged.field, merged.field.partition(":")[0]))
    if kind == ROW and key.startswith("f."):
        return LINE * (merged.row == key)
    if kind == ROW:
        return OWN * (merged.row == key or _refers(merged, key, held))
    return _OTHERS[kind](merged, key, held)


def _entry(merged: Merged, key: str, held: Held) -> int:
    """An entry of the description: the row itself, or what the row refers to."""
    return OWN * (merged.row == key or _refers(merged, key, held))


def _unit(merged: Merged, key: str, held: Held) -> int:
    if _refers(merged, key, held):
        return OWN
    return SENT * _sent(merged, "unit", key, held)


def _role(merged: Merged, key: str, held: Held) -> int:
    if merged.field == key:
        return OWN
    return SENT * _sent(merged, "role", key, held)


def _day(merged: Merged, key: str, held: Held) -> int:
    item = merged.field.partition(":")[2]
    own = (m.value for m in held.by_row[merged.doc, merged.table, merged.row])
    if _within(item, key) or any(_within(value, key) for value in own):
        return OWN
    return SENT * _sent(merged, "day", key, held)


def _sent(merged: Merged, by: str, key: str, held: Held) -> bool:
    """Whether an answer is of a unit, a role or a day; of an anonymous document nobody says."""
    return not held.hidden(merged) and held.behind.sent((merged.doc, merged.spot), by, key)


def _within(value: Value, day: str) -> bool:
    text = value.isoformat() if isinstance(value, date) else value
    return isinstance(text, str) and text.startswith(day)


def _refers(merged: Merged, key: str, held: Held) -> bool:
    """Whether a value of the row names an entry."""
    own = held.by_row[merged.doc, merged.table, merged.row]
    return any(key in _parts(m.value) for m in own if not blank(m.value))


def _parts(value: Value) -> list[str]:
    return value.split(SEVERAL) if isinstance(value, str) else []


_OTHERS = {ENTRY: _entry, UNIT: _unit, ROLE: _role, DAY: _day}
