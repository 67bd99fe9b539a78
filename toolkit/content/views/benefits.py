"""Benefits: what each is worth, how it is measured, who owns it (specification 4.3).

In: a Reading. Out: rows with hours and money a year. In a unit's copy the project's own totals
are left blank and stand in ``note`` instead (ruling 17): what is summed across units is the
unit's to fill in.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from toolkit.content.reading import Reading, Row
from toolkit.content.views.measurements import units_measured
from toolkit.method import benefits as method

SUMMED = ("volume_per_year", "value_low", "value_high")


def benefits(reading: Reading) -> list[Row]:
    """One row per benefit, in the order of the description."""
    return [_priced(reading, _own(reading, row)) for row in reading.facts["benefits"]]


def _own(reading: Reading, row: Row) -> Row:
    if not reading.unit:
        return row | {"note": None}
    return row | dict.fromkeys(SUMMED) | {"note": _note(reading, row)}


def _note(reading: Reading, row: Row) -> str | None:
    """What the whole project counts with: ``Antall per år 16 425 · …``."""
    labels, currency = reading.labels, reading.project.organisation.currency
    shown = {key: row[key] for key in SUMMED if row[key] is not None}
    texts = [
        f"{labels.t(f'f.{key}')} {labels.money(value, currency)}"
        if key.startswith("value")
        else f"{labels.t(f'f.{key}')} {labels.number(value)}"
        for key, value in shown.items()
    ]
    return labels.t("ui.project_total", values=" · ".join(texts)) if texts else None


def _priced(reading: Reading, row: Row) -> Row:
    saved_time = row["type_key"] == method.SAVED_TIME
    hourly = (row["hourly_cost"] or reading.project.economy.hourly_cost) if saved_time else None
    price = method.Price(
        row["type_key"],
        row["volume_per_year"],
        row["minutes_saved"] if saved_time else None,
        hourly,
        row["saving_per_unit"],
        row["value_low"],
        row["value_high"],
    )
    return (
        row
        | _aliases(row)
        | _goals(reading, row)
        | {
            "hourly_cost": hourly,
            "priced": price.priced,
            "annual_hours": price.hours,
            "annual_value": price.likely,
            "value_likely": price.likely,
            "value_adjusted": price.adjusted,
        }
    )


def _aliases(row: Row) -> Row:
    """The row's values under the names of the field catalogue."""
    return {
        "benefit": row["name"],
        "benefit_type": row["type"],
        "benefit_for": row["for"],
        "benefit_use": row["use"],
        "unit_of_measure": row["unit"],
        "measure_method": row["method"],
        "benefit_owner": row["owner"],
        "aggregation": row["aggregate"],
    }


def _goals(reading: Reading, row: Row) -> Row:
    """The sub-goals a benefit serves, whichever side of the description names them."""
    named = set(row["goals_ids"])
    goals = [
        goal
        for goal in reading.project.goals.sub_goals
        if goal.id in named or row["id"] in goal.benefits
    ]
    return {
        "sub_goal": "; ".join(goal.text for goal in goals),
        "goals": [goal.text for goal in goals],
        "goals_ids": [goal.id for goal in goals],
    }


def priced_benefits(reading: Reading) -> list[Row]:
    """The benefits that save time or avoid costs."""
    return [row for row in benefits(reading) if row["priced"]]


def benefit_chain(reading: Reading) -> list[Row]:
    """One row per benefit and sub-goal it serves, goal by goal; one without a goal comes last."""
    rows = [
        {
            "id": f"{row['id']}-{goal_id}" if goal_id else row["id"],
            "enabler": None,
            "change_needed": row["change_needed"],
            "benefit": row["name"],
            "benefit_id": row["id"],
            "sub_goal": goal,
            "sub_goal_id": goal_id,
        }
        for row in benefits(reading)
        for goal, goal_id in zip(row["goals"] or [None], row["goals_ids"] or [None], strict=True)
    ]
    places = {goal.id: place for place, goal in enumerate(reading.project.goals.sub_goals)}
    return sorted(rows, key=lambda row: places.get(row["sub_goal_id"], len(places)))


def benefit_plan(reading: Reading) -> list[Row]:
    """One row per benefit: baseline, target, owner, how it is measured."""
    manager = reading.facts["governance"]["benefits_manager"]
    return [
        row | {"benefit_responsible": manager, "responsible": None, "status": None}
        for row in benefits(reading)
    ]


def follow_up(reading: Reading) -> list[Row]:
    """One row per benefit; nothing is measured when a kit is made."""
    grey = reading.option("traffic", "grey")
    unmeasured = {
        **dict.fromkeys(("measured_value", "measure_date", "achievement", "expected_progress")),
        **dict.fromkeys(("trend", "preliminary", "value_before", "responsible")),
        **{"traffic_light": grey, "traffic_light_key": "grey"},
        **{"units_expected": expected_units(reading), "period_latest": 0, "period_before": 0},
    }
    return [
        row | unmeasured | {"plan_row": number} for number, row in enumerate(benefits(reading), 1)
    ]


def expected_units(reading: Reading) -> int:
    """How many units measure each benefit; one where no units are named."""
    return max(1, len(units_measured(reading)))


def view(reading: Reading) -> Row:
    """The three types side by side, and what it adds up to: hours first, money second."""
    rows = [shown(reading, row) for row in benefits(reading)]
    return {
        "columns": [
            _type(key, label, rows) for key, label in reading.labels.options("benefit_type")
        ],
        "count": len(rows),
        "hours": method.total(row["annual_hours"] for row in rows),
        "likely": method.total(row["value_likely"] for row in rows),
        "adjusted": method.total(row["value_adjusted"] for row in rows),
        "budget": budget_total(rows),
        "chain": benefit_chain(reading),
    }


def budget_total(rows: Iterable[Row]) -> float:
    """The adjusted value of the benefits that reduce a budget."""
    return method.total(
        row["value_adjusted"] for row in rows if row["use_key"] == method.BUDGET_REDUCTION
    )


def _type(key: str, label: str, rows: Sequence[Row]) -> Row:
    own = [row for row in rows if row["type_key"] == key]
    return {
        "key": key,
        "title": label,
        "benefits": own,
        "count": len(own),
        "hours": method.total(row["annual_hours"] for row in own),
        "adjusted": method.total(row["value_adjusted"] for row in own),
    }


def shown(reading: Reading, row: Row) -> Row:
    """A benefit with its baseline and target as text: ``38 % → 75 %``."""
    baseline, target = (
        measured(reading, row[end], row["unit_key"]) for end in ("baseline", "target")
    )
    both = f"{baseline} → {target}" if baseline and target else baseline or target
    return row | {"baseline_text": baseline, "target_text": target, "change_text": both}


def measured(reading: Reading, value: float | None, unit: str) -> str:
    """A measured value with its unit where the unit has a sign; empty where there is none."""
    if value is None:
        return ""
    if unit == "percent":
        return reading.labels.percent(value)
    if unit == "currency":
        return reading.labels.money(value, reading.project.organisation.currency)
    return reading.labels.number(value)
