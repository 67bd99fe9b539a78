"""Stakeholders: scores, quadrants, who needs an action, who resists (specification 4.2).

In: a Reading. Out: rows with ``influence_value`` and ``interest_value`` 1-4, ``attitude_value``
-2 to +2, ``priority_score``, ``quadrant``, ``attitude_gap``, and ``x``/``y`` for the map.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence

from toolkit.content.reading import Reading, Row
from toolkit.method import stakeholders as method

JITTER = 0.12
QUADRANTS = ("satisfy", "engage", "monitor", "inform")


def stakeholders(reading: Reading) -> list[Row]:
    """One row per stakeholder, in the order of the description."""
    rows = [_scored(reading, row) for row in reading.facts["stakeholders"]]
    return [row | place for row, place in zip(rows, _places(rows), strict=True)]


def _scored(reading: Reading, row: Row) -> Row:
    influence = method.degree(row["influence_key"])
    interest = method.degree(row["interest_key"])
    now = method.attitude(row["attitude_now_key"])
    quadrant = method.quadrant(influence, interest)
    return row | {
        "stakeholder": row["name"],
        "stakeholder_group": row["group"],
        "org_level": row["level"],
        "affected_how": row["affected"],
        "influence_value": influence,
        "interest_value": interest,
        "affected_value": method.degree(row["affected_degree_key"]),
        "attitude_value": now,
        "priority_score": method.priority_score(influence, interest),
        "quadrant": reading.option("quadrant", quadrant),
        "quadrant_key": quadrant,
        "attitude_gap": method.attitude_gap(now, method.attitude(row["attitude_wanted_key"])),
    }


def _places(rows: Sequence[Row]) -> list[Row]:
    """Where each stands on the map; those on one spot stand in a ring around it."""
    spots = [(row["interest_value"], row["influence_value"]) for row in rows]
    shared, met = Counter(spots), Counter[tuple[int | None, int | None]]()
    places = []
    for spot in spots:
        places.append(_place(*spot, met[spot], shared[spot]))
        met[spot] += 1
    return places


def _place(x: int | None, y: int | None, number: int, count: int) -> Row:
    if x is None or y is None:
        return {"x": None, "y": None}
    away = JITTER if count > 1 else 0
    angle = 2 * math.pi * number / count
    return {"x": round(x + away * math.cos(angle), 3), "y": round(y + away * math.sin(angle), 3)}


def actions(reading: Reading) -> list[Row]:
    """One row per stakeholder with an action."""
    kept = ("id", "name", "stakeholder", "action", "responsible", "responsible_id", "frequency")
    return [{key: row[key] for key in kept} for row in stakeholders(reading) if row["action"]]


def key_stakeholders(reading: Reading) -> list[Row]:
    """The quadrant *engage*, highest score first; ``marked`` where the attitude must move."""
    engage = [row for row in stakeholders(reading) if row["quadrant_key"] == "engage"]
    ordered = sorted(engage, key=lambda row: -row["priority_score"])
    return [row | {"marked": (row["attitude_gap"] or 0) >= 1} for row in ordered]


def resistance(reading: Reading) -> list[Row]:
    """Everybody who is sceptical or worse, the strongest first."""
    against = [row for row in stakeholders(reading) if method.resists(row["attitude_value"])]
    return sorted(against, key=lambda row: row["attitude_value"])


def levels(reading: Reading) -> list[Row]:
    """One row per level of the organisation: who, what is done, who does it, how often."""
    rows = stakeholders(reading)
    return [
        _level(key, label, [row for row in rows if row["level_key"] == key])
        for key, label in reading.labels.options("org_level")
    ]


def _level(key: str, label: str, rows: Sequence[Row]) -> Row:
    return {
        "id": key,
        "org_level": label,
        "org_level_key": key,
        "stakeholder": _joined(row["name"] for row in rows),
        "arena": _joined(row["action"] for row in rows),
        "action": _joined(row["action"] for row in rows),
        "responsible": _joined(row["responsible"] for row in rows),
        "frequency": _joined(row["frequency"] for row in rows),
        "stakeholders": list(rows),
    }


def _joined(texts: Iterable[str]) -> str:
    return "; ".join(dict.fromkeys(filter(None, texts)))


def view(reading: Reading) -> Row:
    """The map: the names in each quadrant, the highest score first, and the points."""
    rows = stakeholders(reading)
    ordered = sorted(rows, key=lambda row: -(row["priority_score"] or 0))
    inside = {key: [row for row in ordered if row["quadrant_key"] == key] for key in QUADRANTS}
    return {
        "quadrants": {key: [row["name"] for row in own] for key, own in inside.items()},
        "rows": inside,
        "points": [row for row in rows if row["x"] is not None],
        "count": len(rows),
    }
