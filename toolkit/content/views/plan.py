"""The plan: phases, gates, milestones, meetings, what is asked for (specification 3 and 4.1).

In: a Reading. Out: rows and the roadmap of six phases. Without milestones the six gates of the
roadmap stand at the ends of the phases.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from datetime import date

from toolkit.content.reading import Reading, Row
from toolkit.language import slug

ASK_MONTHS = 6


def phases(reading: Reading) -> list[Row]:
    """The six phases with name, number, and whether they are past, current or to come."""
    current = reading.project.project.current_phase
    return [
        {
            "id": phase.id,
            "number": int(phase.id.removeprefix("p")),
            "name": reading.labels.label("phase", phase.id),
            "phase": reading.labels.label("phase", phase.id),
            "phase_key": phase.id,
            "start": phase.start,
            "end": phase.end,
            "current": phase.id == current,
            "past": phase.id < current,
        }
        for phase in sorted(reading.project.phases, key=lambda phase: phase.id)
    ]


def milestones(reading: Reading) -> list[Row]:
    """The milestones by date, or the roadmap's own gates where the description has none."""
    rows = [
        row | {"milestone": row["name"], "milestone_date": row["date"]}
        for row in reading.facts["milestones"] or _gates(reading)
    ]
    return sorted(rows, key=lambda row: row["date"] or date.max)


def _gates(reading: Reading) -> list[Row]:
    sponsor = reading.facts["governance"]
    return [
        {
            "id": f"ms.{phase['id']}",
            "phase": phase["name"],
            "phase_key": phase["id"],
            "name": reading.labels.t(f"ms.{phase['id']}"),
            "date": phase["end"],
            "decision": True,
            "decided_by": sponsor["sponsor"],
            "decided_by_id": sponsor["sponsor_id"],
        }
        for phase in phases(reading)
    ]


def roadmap(reading: Reading) -> Row:
    """The six phases, each with its milestones and gates."""
    rows = milestones(reading)
    shown = [
        phase
        | {
            "milestones": [row for row in rows if row["phase_key"] == phase["id"]],
            "gates": [r for r in rows if r["phase_key"] == phase["id"] and r["decision"]],
        }
        for phase in phases(reading)
    ]
    return {
        "phases": shown,
        "milestones": rows,
        "start": min(phase["start"] for phase in shown),
        "end": max(phase["end"] for phase in shown),
        "current": next(phase for phase in shown if phase["current"]),
    }


def asks(reading: Reading, day: date) -> list[Row]:
    """The decisions to be made within six months of a day."""
    last = months_after(day, ASK_MONTHS)
    return [
        row
        for row in milestones(reading)
        if row["decision"] and row["date"] and day <= row["date"] <= last
    ]


def months_after(day: date, months: int) -> date:
    """The same day some months on, or the month's last day where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def meetings(reading: Reading) -> list[Row]:
    """The meetings that come back; they have no id, so their name stands for it."""
    rows = reading.facts["governance"]["meeting_rhythm"]
    return [
        row
        | {
            "id": id,
            "arena": row["name"],
            "phase": None,
            "participants": "; ".join(row["roles"]),
            "next_date": None,
        }
        for id, row in zip(ids_of([row["name"] for row in rows]), rows, strict=True)
    ]


def ids_of(names: Sequence[str]) -> list[str]:
    """An id for each name, its slug; numbered where two are alike or none is left of a name."""
    ids: list[str] = []
    for name in names:
        own = slug(name) or "row"
        numbered = (f"{own}-{n}" for n in range(2, len(names) + 2))
        ids.append(own if own not in ids else next(id for id in numbered if id not in ids))
    return ids


def messages(reading: Reading) -> list[Row]:
    """The five core messages of the project, each with the question it answers."""
    texts = reading.facts["communication"]["messages"]
    return [
        {
            "id": key,
            "key": key,
            "question": reading.labels.t(f"q.msg.{key}"),
            "text": texts[key],
            "message": texts[key],
        }
        for key in ("why", "me", "what", "before_after", "ask")
    ]
