"""The status deck by group: units, the pilot's dimensions, what hinders and promotes, deviations.

In: Told and what was measured. Out: rows and chart data as plain data. Groups under five answers
are hidden by the ratings themselves.
"""

from __future__ import annotations

from collections.abc import Sequence

from toolkit.content.reading import Row
from toolkit.method.evaluation import DIMENSIONS
from toolkit.method.measured import SUM, progress, series
from toolkit.present.status.charts import chart
from toolkit.present.status.follow_up import Followed, goal, shown
from toolkit.present.status.measures import Measured, after_baseline
from toolkit.present.told import Told
from toolkit.store.ratings import Rating

MOST_COLUMNS, MOST_FACTORS, MOST_ROWS, LEAST = 6, 8, 6, 5
OVERALL, NOT_MEASURED = "overall", "grey"


def units(told: Told, followed: Sequence[Followed], all_: tuple[Measured, ...]) -> Row | None:
    """Units against key figures: each unit's own latest value, judged; None for a single unit.

    A total has no target of a unit's own, so it cannot be judged here.
    """
    chosen = told.reading.project.handover.operation_kpis
    judged = [one for one in followed if one.own and one.benefit.aggregate != SUM]
    kpis = [o for o in judged if not chosen or o.benefit.id in chosen][:MOST_COLUMNS]
    ids = list(dict.fromkeys(one.unit for one in all_ if one.unit))
    if len(ids) < 2 or not kpis:
        return None
    rows = [_unit(told, unit, kpis, all_) for unit in ids]
    names = [one.benefit.name for one in kpis]
    return {"columns": names, "rows": rows, "message": _units_message(told, rows)}


def _units_message(told: Told, rows: Sequence[Row]) -> str:
    """How many of the units' key figures are behind."""
    keys = [cell["key"] for row in rows for cell in row["cells"] if cell["key"] != NOT_MEASURED]
    behind = keys.count("red")
    key = "m.st.units" if behind else "m.st.units.none"
    return told.reading.labels.t(key, n=behind, total=len(keys))


def _unit(told: Told, unit: str, kpis: Sequence[Followed], all_: tuple[Measured, ...]) -> Row:
    cells = [_cell(told, one, after_baseline(all_, one.benefit.id, unit)) for one in kpis]
    return {"id": unit, "name": told.reading.title("unit", unit) or unit, "cells": cells}


def _cell(told: Told, one: Followed, own: list[Measured]) -> Row:
    values, benefit = [m.measurement for m in own], one.benefit
    found = series(values, benefit.frequency, benefit.aggregate)
    text = shown(told, benefit, found.latest.value) if found.latest else "–"
    return {"key": progress(goal(benefit), found).light, "text": text}


def pilot(told: Told) -> Row | None:
    """Chart data: the mean of each dimension of the evaluation, 1-5; None without any to show."""
    ratings = told.results.ratings
    found = [r for r in ratings if (r.level, r.family) == ("dimension", "all") and not r.hidden]
    known = sorted((r for r in found if r.mean is not None), key=_place)
    if not known:
        return None
    labels = told.reading.labels
    values = [round(r.mean, 1) for r in known if r.mean is not None]
    names = [_dimension(told, r.key) for r in known]
    message = _pilot_message(told)
    return {
        "message": message,
        "chart": chart(labels, names, {labels.t("ui.average"): values}, message),
        "comments": _pilot_comments(told),
    }


def _pilot_message(told: Told) -> str:
    """What the pilot is rated over all; '' where that is hidden."""
    labels, ratings = told.reading.labels, told.results.ratings
    found = (r for r in ratings if (r.level, r.family) == ("overall", "all") and not r.hidden)
    rating = next(found, None)
    if rating is None or rating.mean is None:
        return ""
    return labels.t("m.st.pilot", mean=labels.number(rating.mean, 1), n=rating.n)


def _place(rating: Rating) -> int:
    return DIMENSIONS.index(rating.key) if rating.key in DIMENSIONS else len(DIMENSIONS)


def _dimension(told: Told, key: str) -> str:
    labels = told.reading.labels
    return labels.t("ui.overall") if key == OVERALL else labels.label("eval_dim", key)


def _pilot_comments(told: Told) -> list[str]:
    labels = told.reading.labels
    sent, returned = told.forms
    said = []
    if returned:
        said.append(labels.t("st.forms", n=returned))
    if sent and returned:
        said.append(labels.t("st.rate", n=labels.percent(100 * returned / sent, 0)))
    return [*said, *(labels.label("likert", end) for end in ("1", "5"))]


def barriers(told: Told) -> Row | None:
    """Chart data: the factors that hinder and promote most, by mean; None without answers."""
    rows = (
        (row.title or row.row, told.merged("factors", row.row, "f.barrier_score"))
        for row in told.rows("factors")
    )
    known = [(name, m.value) for name, m in rows if m and m.n >= LEAST]
    means = [(name, value) for name, value in known if isinstance(value, int | float)]
    if not means:
        return None
    ordered = sorted(means, key=lambda pair: pair[1])
    kept = ordered if len(ordered) <= MOST_FACTORS else [*ordered[:4], *ordered[-4:]]
    labels, values = told.reading.labels, [round(value, 1) for _, value in kept]
    named = {labels.t("f.barrier_score"): values}
    message = labels.t("m.st.barriers", low=kept[0][0], high=kept[-1][0])
    return {
        "message": message,
        "chart": chart(labels, [name for name, _ in kept], named, message),
        "comments": [labels.t("st.barrier_scale")],
    }


def barrier_notes(told: Told) -> list[str]:
    """The cells the judgement of every factor stands in; none where they are anonymous."""
    return told.row_notes("factors", "f.barrier_score")


def unit_notes(told: Told, followed: Sequence[Followed]) -> list[str]:
    """Every measured value with its unit, day and cell."""
    labels, title = told.reading.labels, told.reading.title
    return [
        told.noted(
            ", ".join(filter(None, [one.benefit.name, title("unit", m.unit), labels.date(m.day)])),
            shown(told, one.benefit, m.measurement.value),
            told.cells(m.merged),
        )
        for one in followed
        for m in one.own
    ]


def pilot_notes(told: Told) -> list[str]:
    """How many answered; the answers themselves are never shown one by one."""
    labels = told.reading.labels
    return [
        told.noted(_dimension(told, r.key), labels.t("st.forms", n=r.n), ())
        for r in told.results.ratings
        if (r.level, r.family) == ("dimension", "all") and not r.hidden
    ]


def deviations(told: Told) -> list[Row]:
    """What goes wrong and what is done about it, as units wrote it."""
    found = (_deviation(told, row.row) for row in told.rows("follow_up"))
    return [row for row in found if row["deviation"] or row["corrective_action"]][:MOST_ROWS]


def _deviation(told: Told, row: str) -> Row:
    reading = told.reading
    return {
        "benefit": reading.title("benefit", row) or row,
        "deviation": told.text("follow_up", row, "f.deviation").replace("\n", "; "),
        "corrective_action": told.text("follow_up", row, "f.corrective_action").replace("\n", "; "),
        "responsible": reading.title("role", told.text("follow_up", row, "f.responsible")),
        "deadline": told.day("follow_up", row, "f.deadline"),
    }


def deviation_notes(told: Told) -> list[str]:
    """The cells deviations stand in."""
    return [
        told.noted(row["benefit"], row["deviation"] or row["corrective_action"], cells)
        for row, cells in (
            (_deviation(told, known.row), _deviation_cells(told, known.row))
            for known in told.rows("follow_up")
        )
        if cells
    ]


def _deviation_cells(told: Told, row: str) -> list[str]:
    names = ("f.deviation", "f.corrective_action")
    return told.cells(*(told.merged("follow_up", row, name) for name in names))
