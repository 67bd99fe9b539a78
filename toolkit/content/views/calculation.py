"""The calculation of priced benefits as the workbook shows it (specification 4.3, ruling 17).

In: a Reading. Out: one row per priced benefit with a warning where it may be counted twice, and
in a unit's copy a note with what the whole project counts with.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from toolkit.content.reading import Reading, Row
from toolkit.content.views.benefits import priced_benefits
from toolkit.method import benefits as method

NOTE = "whole"


def calculation(reading: Reading) -> list[Row]:
    """One row per priced benefit; minutes stand for saved time only, prices for avoided cost."""
    rows = priced_benefits(reading)
    places = {row["id"]: place for place, row in enumerate(reading.facts["benefits"], 1)}
    twice = reading.option("benefit_warning", "double_counted")
    return [
        row
        | _own_price(row)
        | {"warning": twice if double_counted(row, rows) else None, "notes": {NOTE: row["note"]}}
        | {"map_row": places[row["id"]], "budget_value": _budget(row)}
        for row in rows
    ]


def _budget(row: Row) -> float:
    """What the benefit takes from a budget a year."""
    return (row["value_adjusted"] or 0) if row["use_key"] == method.BUDGET_REDUCTION else 0


def _own_price(row: Row) -> Row:
    saved_time = row["type_key"] == method.SAVED_TIME
    return {
        "minutes_saved": row["minutes_saved"] if saved_time else None,
        "saving_per_unit": None if saved_time else row["saving_per_unit"],
    }


def double_counted(row: Row, rows: Iterable[Row]) -> bool:
    """Whether another benefit takes the same from a budget: same indicator or same sub-goals."""
    return row["use_key"] == method.BUDGET_REDUCTION and any(
        other["use_key"] == method.BUDGET_REDUCTION
        and other["id"] != row["id"]
        and any(row[name] and row[name] == other[name] for name in ("indicator", "sub_goal"))
        for other in rows
    )


def unit_notes(reading: Reading) -> Sequence[Row]:
    """The column that a unit's copy has beside its own figures."""
    return [{"id": NOTE, "title": reading.labels.t("ui.whole_project")}] if reading.unit else []
