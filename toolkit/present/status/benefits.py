"""The benefits in the status deck: the table, the chart of achievement, one trend each.

In: Told and every Followed. Out: rows, chart data and notes as plain data.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from toolkit.content.reading import Row
from toolkit.language import NBSP
from toolkit.method.follow_up import TRAFFIC_SYMBOLS
from toolkit.present.status.charts import chart
from toolkit.present.status.follow_up import Followed, shown
from toolkit.present.status.measures import Measured
from toolkit.present.told import Told

MOST_TRENDS = 8


def table(told: Told, followed: Iterable[Followed]) -> list[Row]:
    """One row per benefit: baseline, now and target as text, the light as key and word."""
    return [_row(told, one) for one in followed]


def _row(told: Told, one: Followed) -> Row:
    labels, benefit = told.reading.labels, one.benefit
    achieved = "" if one.achievement is None else labels.percent(one.achievement, 1)
    return {
        "id": benefit.id,
        "name": benefit.name,
        "baseline": shown(told, benefit, benefit.baseline),
        "now": shown(told, benefit, one.now.value) if one.now else "–",
        "target": shown(told, benefit, benefit.target),
        "achievement": achieved or "–",
        "trend": labels.label("trend", one.progress.trend) if one.progress.trend else "–",
        "key": one.progress.light,
        "symbol": TRAFFIC_SYMBOLS[one.progress.light],
        "light": labels.label("traffic", one.progress.light),
    }


def notes(told: Told, followed: Iterable[Followed]) -> list[str]:
    """For every measured benefit its value and the cells it stands in."""
    return [_note(told, one) for one in followed if one.now]


def _note(told: Told, one: Followed) -> str:
    value = shown(told, one.benefit, one.now.value if one.now else None)
    return told.noted(one.benefit.name, value, cells(told, one.behind(one.now)))


def cells(told: Told, own: Iterable[Measured]) -> list[str]:
    """The cells of some measurements."""
    return told.cells(*(one.merged for one in own))


def achievements(told: Told, followed: Iterable[Followed]) -> Row | None:
    """Chart data: achievement and expected progress of every measured benefit, in percent."""
    measured = [one for one in followed if one.achievement is not None]
    if not measured:
        return None
    labels = told.reading.labels
    series = {
        labels.t("f.achievement"): [_tenth(one.achievement) for one in measured],
        labels.t("f.expected_progress"): [_tenth(one.progress.expected) for one in measured],
    }
    message = _furthest(told, measured)
    drawn = chart(labels, [one.benefit.name for one in measured], series, message)
    return {"message": message, "chart": drawn, "comments": [labels.t("ui.axis_percent")]}


def _furthest(told: Told, measured: Sequence[Followed]) -> str:
    """The benefit that is furthest behind what was expected by now, in a sentence."""
    labels = told.reading.labels
    worst = max(measured, key=_behind)
    if _behind(worst) <= 0:
        return labels.t("m.st.achievement.none")
    shares = ((worst.achievement or 0), (worst.progress.expected or 0))
    now, expected = (labels.percent(share, 1) for share in shares)
    return labels.t("m.st.achievement", benefit=worst.benefit.name, now=now, expected=expected)


def _behind(one: Followed) -> float:
    return (one.progress.expected or 0) - (one.achievement or 0)


def _tenth(value: float | None) -> float | None:
    return None if value is None else round(value, 1)


def trends(told: Told, followed: Sequence[Followed]) -> list[Row]:
    """A line chart for each key figure of operation that was measured; all where none is named."""
    chosen = told.reading.project.handover.operation_kpis
    own = [one for one in followed if one.periods and (one.benefit.id in chosen or not chosen)]
    return [_trend(told, one) for one in own[:MOST_TRENDS]]


def _trend(told: Told, one: Followed) -> Row:
    benefit, label = one.benefit, told.reading.labels.t
    ends = {end: shown(told, benefit, getattr(benefit, end)) for end in ("baseline", "target")}
    last = one.now or one.periods[-1]
    title = label("m.st.trend", benefit=benefit.name, now=shown(told, benefit, last.value), **ends)
    return {
        "title": title,
        "chart": _chart(told, one, title),
        "comments": _comments(told, one),
        "sources": _sources(told, one),
    }


def _chart(told: Told, one: Followed, point: str) -> Row:
    benefit, labels = one.benefit, told.reading.labels
    start = [benefit.baseline_date] if benefit.baseline_date else []
    days = [labels.date(day) for day in (*start, *(period.day for period in one.periods))]
    first = [benefit.baseline] if start else []
    decimals = 1 if benefit.unit == "percent" else 2
    values = [*first, *(round(period.value, decimals) for period in one.periods)]
    name = benefit.indicator or labels.t("f.measured_value")
    series = {
        name: values,
        labels.t("f.target"): [benefit.target] * len(values),
        labels.t("f.baseline"): [benefit.baseline] * len(values),
    }
    return chart(labels, days, series, point)


def _comments(told: Told, one: Followed) -> list[str]:
    """How far it has come, whether that will do, and what was found to go wrong."""
    labels = told.reading.labels
    light = f"{TRAFFIC_SYMBOLS[one.progress.light]} {labels.label('traffic', one.progress.light)}"
    trend = labels.label("trend", one.progress.trend) if one.progress.trend else ""
    said = ["  ".join(text.replace(" ", NBSP) for text in (light, trend) if text)]
    if one.achievement is not None and one.progress.expected is not None:
        now, expected = (
            labels.percent(value, 1) for value in (one.achievement, one.progress.expected)
        )
        said += [labels.t("st.achieved", n=now), labels.t("st.expected", n=expected)]
    newer = one.series.preliminary
    if newer:
        counts = {"n": len(newer.units), "total": one.series.expected}
        said.append(labels.t("st.preliminary", **counts))
    deviation = told.text("follow_up", one.benefit.id, "f.deviation")
    return [*said, deviation] if deviation else said


def _sources(told: Told, one: Followed) -> list[str]:
    """One line for every period: its value and the cells of its measurements."""
    label = told.reading.labels
    return [
        told.noted(
            label.date(period.day),
            shown(told, one.benefit, period.value),
            cells(told, one.behind(period)),
        )
        for period in one.periods
    ]
