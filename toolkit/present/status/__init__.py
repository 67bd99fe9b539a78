"""Status: everything the status deck shows, as plain data (specification 4.27).

In: Told, the context of the project as answered, and who is going to see it. Out: ``status`` of the
deck's context; what there are no data for, or what is not for this audience, is empty.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from toolkit.content.reading import Row
from toolkit.content.views.presentation import asks
from toolkit.present.status import benefits, figures, groups
from toolkit.present.status.basis import basis
from toolkit.present.status.follow_up import Followed, follow_up
from toolkit.present.status.measures import measurements, newest_day
from toolkit.present.status.supplier import supplier, supplier_notes
from toolkit.present.told import Told, newest

Context = Mapping[str, Any]
AUDIENCES = ("management", "staff", "supplier")
FOR: Mapping[str, tuple[str, ...]] = {
    "staff": ("benefits", "achievement", "trends", "voices"),
    "supplier": ("trends", "supplier", "deviations"),
}
"""What an audience sees; management sees all."""


def status(told: Told, context: Context, audience: str = "management") -> Row:
    """What the slides name, under ``status``."""
    all_ = measurements(told)
    followed = follow_up(told, all_)
    day = newest_day(all_) or newest(told.files) or context["info"]["date"]
    shown = {
        "tiles": figures.tiles(told, followed, context, day),
        "benefits": benefits.table(told, followed) if all_ else [],
        "achievement": benefits.achievements(told, followed),
        "trends": benefits.trends(told, followed),
        "economy": figures.economy(told, context),
        "units": groups.units(told, followed, all_),
        "pilot": groups.pilot(told),
        "risks": figures.risks(told, context),
        "barriers": groups.barriers(told),
        "deviations": groups.deviations(told),
        "supplier": supplier(told, followed),
        "voices": [row for row in context["quotes"] if row["consent"]][:4],
        "decisions": asks(told.reading, day),
        "data": basis(told),
    }
    measured = [one for one in followed if one.achievement is not None]
    return _for(shown, audience) | {
        "as_of": told.reading.labels.t("ui.as_of", date=told.reading.labels.date(day)),
        "on_track": sum(one.on_track for one in measured),
        "measured": len(measured),
        "behind": sum(one.progress.light == "red" for one in measured),
        "high": sum(figures.now(row)["key"] in figures.HIGH for row in context["risks"]),
        "risk_columns": _risk_columns(told),
        "notes": _notes(told, followed, shown),
    }


def _for(shown: Row, audience: str) -> Row:
    kept = FOR.get(audience, tuple(shown))
    return {name: value if name in kept else _empty(value) for name, value in shown.items()}


def _empty(value: Any) -> Any:
    return [] if isinstance(value, list) else None


def _risk_columns(told: Told) -> list[str]:
    return [told.reading.labels.t(f"ui.{when}_measures") for when in ("before", "after")]


def _notes(told: Told, followed: Sequence[Followed], shown: Row) -> Row:
    """For the speaker: the cells every number stands in."""
    measured = benefits.notes(told, followed)
    return {
        "tiles": [*figures.tile_notes(told, shown["tiles"]), *measured],
        "benefits": measured,
        "economy": figures.economy_notes(told),
        "units": groups.unit_notes(told, followed),
        "pilot": groups.pilot_notes(told),
        "risks": figures.risk_notes(told),
        "barriers": groups.barrier_notes(told),
        "supplier": supplier_notes(told, followed),
        "deviations": groups.deviation_notes(told),
    }
