"""The figures of the status deck: the tiles, the economy, risks before and after measures.

In: Told, every Followed and the context of the project as answered. Out: plain data.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from toolkit.content.reading import Row
from toolkit.language import Labels
from toolkit.present.status.charts import chart
from toolkit.present.status.follow_up import Followed
from toolkit.present.told import Told

Context = Mapping[str, Any]
HIGH = ("red", "orange")
MOST_TILES, MOST_RISKS = 6, 7
THOUSAND = 1000


def tiles(told: Told, followed: Sequence[Followed], context: Context, day: date) -> list[Row]:
    """One to six figures: benefits, net to date, training, processes, open risks, the pilot."""
    found = (
        _benefits(told, followed),
        _net(told, context, day),
        _training(told),
        _processes(told),
        _risks(told, context),
        _forms(told),
        _mean(told),
    )
    return [tile for tile in found if tile][:MOST_TILES]


def _tile(name: str, value: str, unit: str = "", source: str = "") -> Row:
    told = {"name": name, "value": value, "unit": unit, "compared": "", "source": source}
    return told | {"chart": None}


def _benefits(told: Told, followed: Sequence[Followed]) -> Row | None:
    measured = [one for one in followed if one.achievement is not None]
    if not measured:
        return None
    label, good = told.reading.labels.t, sum(one.on_track for one in measured)
    value = label("st.of", n=good, total=len(measured))
    return _tile(label("st.on_track"), value, source=label("st.of_benefits", n=len(followed)))


def _net(told: Told, context: Context, day: date) -> Row | None:
    years = [row for row in context["view"]["net"]["years"] if row["year"] <= day.year]
    if not years or not context["costs"]:
        return None
    labels, currency = told.reading.labels, told.reading.project.organisation.currency
    value = labels.number(years[-1]["cumulative"] / THOUSAND, 0)
    unit = labels.t("st.thousand", currency=labels.currency(currency))
    return _tile(labels.t("st.net_to", year=years[-1]["year"]), value, unit)


def _training(told: Told) -> Row | None:
    """Of those who are to be trained, how many have been."""
    done, planned = (
        sum(told.number("training_plan", row.row, field) or 0 for row in told.rows("training_plan"))
        for field in ("f.participants_done", "f.participants_planned")
    )
    label = told.reading.labels
    source = {"n": label.number(done), "total": label.number(planned)}
    return _share(told, "f.participants_done", done, planned, label.t("st.of", **source))


def _processes(told: Told) -> Row | None:
    """Of the processes of implementation that are relevant, how many are carried out."""
    counted: Counter[str] = Counter()
    for row in told.rows("checklist"):
        status = told.merged("checklist", row.row, "f.status")
        if status and not row.new:
            counted.update(status.distribution or ([f"{status.value}"] if status.value else []))
    relevant = counted.total() - counted["not_relevant"]
    told_of = told.reading.labels.t("st.of", n=counted["done"], total=relevant)
    return _share(told, "st.processes", counted["done"], relevant, told_of)


def _share(told: Told, key: str, part: float, whole: float, source: str) -> Row | None:
    if not whole:
        return None
    labels = told.reading.labels
    return _tile(labels.t(key), labels.percent(100 * part / whole, 0), source=source)


def _risks(told: Told, context: Context) -> Row | None:
    rows = context["risks"]
    if not rows:
        return None
    open_ = sum(now(row)["key"] in HIGH for row in rows)
    label = told.reading.labels.t
    return _tile(label("st.open_risks"), f"{open_}", source=label("st.of_risks", n=len(rows)))


def now(row: Row) -> Row:
    """A risk as it stands: after measures where that is judged, else before."""
    name = "residual" if row["residual_level_key"] else "risk"
    return {"key": row[f"{name}_level_key"], "text": row[f"{name}_level"]}


def _forms(told: Told) -> Row | None:
    sent, returned = told.forms
    if not returned or not sent:
        return None
    label = told.reading.labels
    value = label.percent(100 * returned / sent, 0)
    return _tile(label.t("ui.response_rate"), value, source=label.t("st.forms", n=returned))


def _mean(told: Told) -> Row | None:
    found = [r for r in told.results.ratings if (r.level, r.family) == ("overall", "all")]
    if not found or found[0].mean is None or found[0].hidden:
        return None
    label = told.reading.labels
    value = label.number(found[0].mean, 1)
    return _tile(label.t("st.pilot_mean"), value, source=label.t("st.forms", n=found[0].n))


def economy(told: Told, context: Context) -> Row | None:
    """The net chart of the project as answered: benefits up, costs down; and what it comes to."""
    net = context["view"]["net"]
    if not net["has_costs"]:
        return None
    labels = told.reading.labels
    message = labels.t("m.st.economy", year=net["break_even_text"])
    return {
        "chart": _columns(labels, net["chart"], message),
        "comments": _comments(told, context, net),
    }


def _columns(labels: Labels, net: Row, point: str) -> Row:
    """The chart without its last series, the cumulative line, in thousands."""
    series = {
        one["name"]: [round(value / THOUSAND) for value in one["values"]]
        for one in net["series"][:-1]
    }
    return chart(labels, net["categories"], series, point)


def _comments(told: Told, context: Context, net: Row) -> list[str]:
    labels, currency = told.reading.labels, told.reading.project.organisation.currency
    end, hours = net["years"][-1], context["view"]["benefits"]["hours"]
    money = labels.money(end["cumulative"], currency)
    said = [labels.t("st.hours", n=labels.number(hours, 0))] if hours else []
    return [
        *said,
        labels.t("st.break_even", year=net["break_even_text"]),
        labels.t("st.net_end", money=money, year=end["year"]),
        labels.t("st.in_thousand", currency=labels.currency(currency)),
    ]


def risks(told: Told, context: Context) -> list[Row]:
    """The worst risks, each before and after measures."""
    ordered = context["view"]["risks"]["sorted"]
    return [
        {"name": row["hazard"], "cells": [_level(row, "risk"), _level(row, "residual")]}
        for row in ordered[:MOST_RISKS]
        if row["risk_level_key"]
    ]


def _level(row: Row, name: str) -> Row:
    key = row[f"{name}_level_key"] or row["risk_level_key"]
    return {"key": key, "text": (row[f"{name}_level"] or row["risk_level"]).partition(" – ")[0]}


def tile_notes(told: Told, tiles: Sequence[Row]) -> list[str]:
    """Every tile in one line; the slides that follow name the cells."""
    return [
        told.noted(tile["name"], f"{tile['value']} {tile['unit']}".strip(), ()) for tile in tiles
    ]


def economy_notes(told: Told) -> list[str]:
    """The cells of amounts, volumes and values that came back."""
    priced = ("volume_per_year", "minutes_saved", "saving_per_unit", "value_low", "value_high")
    return [
        *told.row_notes("benefit_calc", *(f"f.{name}" for name in priced)),
        *told.row_notes("costs", "f.amount"),
    ]


def risk_notes(told: Told) -> list[str]:
    """The cells the judgement of every risk stands in."""
    sides = ("probability", "consequence", "probability_after", "consequence_after")
    return told.row_notes("risks", *(f"f.{name}" for name in sides))
