"""What the presentation shows beside the other topics: cards, pains, pilot (specification 4.1).

In: a Reading and a day. Out: lists of what a slide prints: numbers and dates as text.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from toolkit.content.reading import Reading, Row
from toolkit.content.views import benefits, people, plan, risks
from toolkit.content.views.measurements import pilot_time
from toolkit.method.benefits import AVOIDED_COST, SAVED_TIME
from toolkit.method.journey import emotion

MOST_NUMBERS, MOST_PAINS = 6, 3
WITH_SIGN = ("percent", "currency", "number", "")


def view(reading: Reading, day: date) -> Row:
    """Everything the slides ask for that no other topic has."""
    figures = statistics(reading)
    worst = risks.view(reading)
    road = phases(reading)
    return {
        "picture": picture(reading, "d.01"),
        "logo": logo(reading),
        "statistics": figures,
        "sources": [f"{row['name']}: {row['source']}" for row in figures if row["source"]],
        "today": pains(reading),
        "tomorrow": changes(reading),
        "benefits": {key: measures(reading, key) for key in (SAVED_TIME, AVOIDED_COST, "quality")},
        "leaders": people.leaders(reading),
        "phases": road,
        "phase": next(row for row in road if row["current"]),
        "pilot": pilot(reading),
        "risks": [_risk(row) for row in worst["worst"]],
        "risk_count": worst["high"],
        "asks": asks(reading, day),
        "contacts": contacts(reading),
    }


def picture(reading: Reading, doc: str) -> Row | None:
    """The first picture the description gives a document, as ``{"path", "alt"}``."""
    rows = [row for row in reading.facts["images"] if doc in row["use"]]
    return {"path": rows[0]["path"], "alt": rows[0]["alt"]} if rows else None


def logo(reading: Reading) -> Row | None:
    """The organisation's logo; its alt text is the organisation's name."""
    path = reading.project.branding.logo
    return {"path": path, "alt": reading.project.organisation.name} if path else None


def quotes(reading: Reading) -> list[Row]:
    """Quotes with consent, and invented ones; the role stands for the person."""
    rows = [row for row in reading.facts["quotes"] if row["consent"] or row["fictional"]]
    return [row | {"who": row["who"] or row["role"]} for row in rows]


def statistics(reading: Reading) -> list[Row]:
    """Figures for number cards; a comparison gives a chart of two columns."""
    known = [row for row in reading.facts["statistics"] if row["value"] is not None]
    return [_card(reading, row) for row in known[:MOST_NUMBERS]]


def _card(reading: Reading, row: Row) -> Row:
    kind, other = row["unit_key"], row["comparison_value"]
    compared = benefits.measured(reading, other, kind)
    return {
        "id": row["id"],
        "name": row["name"],
        "value": benefits.measured(reading, row["value"], kind),
        "unit": "" if kind in WITH_SIGN else f" {row['unit'].lower()}",
        "compared": f"{row['comparison']}: {compared}" if compared else "",
        "source": joined((row["source"], row["period"])),
        "chart": _columns(row) if compared else None,
    }


def _columns(row: Row) -> Row:
    names = [row["period"] or row["name"], row["comparison"]]
    values = [row["value"], row["comparison_value"]]
    return {"categories": names, "series": [{"name": row["name"], "values": values}]}


def pains(reading: Reading) -> list[Row]:
    """The three steps of today's journey that feel worst: ``text`` and ``step``."""
    steps = [row for row in reading.facts["journey"]["current"] if row["pain_point"]]
    worst = sorted(steps, key=lambda row: emotion(row["emotion_key"]) or 0)[:MOST_PAINS]
    return [{"id": row["id"], "text": row["pain_point"], "step": row["step"]} for row in worst]


def changes(reading: Reading) -> list[Row]:
    """The three steps of the new journey that feel best: ``text`` and ``step``."""
    steps = [row for row in reading.facts["journey"]["new"] if row["change"]]
    best = sorted(steps, key=lambda row: -(emotion(row["emotion_key"]) or 0))[:MOST_PAINS]
    return [{"id": row["id"], "text": row["change"], "step": row["step"]} for row in best]


def measures(reading: Reading, kind: str) -> list[Row]:
    """The benefits of a type: ``change`` from baseline to target, and the ``indicator``."""
    rows = [benefits.shown(reading, row) for row in benefits.benefits(reading)]
    return [
        row | {"change": row["change_text"], "indicator": row["indicator"] or row["name"]}
        for row in rows
        if row["type_key"] == kind
    ]


def phases(reading: Reading) -> list[Row]:
    """The road: ``dates`` and ``gates`` as text, ``done`` and ``current``."""
    return [
        phase
        | {
            "dates": _period(reading, phase["start"], phase["end"]),
            "done": phase["past"],
            "gates": [_dated(reading, gate) for gate in phase["gates"]],
        }
        for phase in plan.roadmap(reading)["phases"]
    ]


def asks(reading: Reading, day: date) -> list[Row]:
    """The decisions of the next six months: ``date`` as text, and ``name``."""
    return [_dated(reading, row) for row in plan.asks(reading, day)]


def _dated(reading: Reading, row: Row) -> Row:
    shown = reading.labels.date(row["date"]) if row["date"] else ""
    return {"id": row["id"], "name": row["name"], "date": shown, "who": row["decided_by"]}


def _period(reading: Reading, start: date, end: date) -> str:
    return f"{reading.labels.date(start)} – {reading.labels.date(end)}"


def pilot(reading: Reading) -> Row | None:
    """The pilot in figures, and its period; None where the description tells of none."""
    facts = reading.project.pilot
    told = (facts.units, facts.goal.main, facts.participants, facts.scope.growth, facts.time.start)
    if not any(told):
        return None
    planned = [row for row in reading.facts["pilot"]["participants"] if row["planned"]]
    number = reading.labels.number
    return {
        "period": _period(reading, *pilot_time(reading)),
        "participants": [{"value": number(r["planned"]), "name": r["group"]} for r in planned],
    }


def _risk(row: Row) -> Row:
    names = {"level": row["risk_level"], "level_key": row["risk_level_key"]}
    return names | {key: row[key] for key in ("id", "hazard", "measure")}


def contacts(reading: Reading) -> list[Row]:
    """Whom to ask: the project leader."""
    leader = people.group(reading, [reading.project.governance.leader])
    return [
        {
            "role": row["title"],
            "name": row["person"],
            "email": row["email"],
            "phone": row["phone"],
        }
        for row in leader
    ]


def joined(texts: Iterable[str]) -> str:
    """Source and period in one line."""
    return ", ".join(filter(None, texts))
