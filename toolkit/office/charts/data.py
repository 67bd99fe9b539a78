"""What a chart shows: ``{{ chart(data) }}`` read and checked.

In: the plain data a template names. Out: ChartData, or findings that say what is wrong with it.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from toolkit.finding import Finding, Place, finding
from toolkit.office.record import Record
from toolkit.office.values import clean

Point = float | int | str | date | None
"""A value of a chart: a number, a text or a date; None is a gap."""


class ChartSeries(Record):
    """One series: its values, and for scatter and bubble charts its own x values and sizes."""

    name: str
    values: tuple[Point, ...]
    x: tuple[Point, ...] | None = None
    sizes: tuple[Point, ...] | None = None
    labels: tuple[Point, ...] | None = None


class ChartData(Record):
    """Categories and series, as many values in each series as there are categories."""

    categories: tuple[Point, ...] = ()
    series: tuple[ChartSeries, ...] = ()
    title: str | None = None
    alt: str | None = None


def chart_data(value: Any, place: Place) -> tuple[ChartData, tuple[Finding, ...]]:
    """``{"categories": […], "series": [{"name", "values"}]}`` as ChartData, with what is wrong.

    A series may also hold ``x`` (scatter, bubble), ``sizes`` (bubble) and ``labels`` (one text
    a point); the whole may hold ``title`` and ``alt``. None is a chart without data. Values that
    cannot be shown are left out, each with a finding.
    """
    if value is None:
        return ChartData(), ()
    if not _is_chart(value):
        return ChartData(), (finding("chart-data", place, found=_short(value)),)
    categories = tuple(_category(item) for item in value.get("categories") or ())
    series = tuple(_series(item, len(categories)) for item in value.get("series") or ())
    count = max([len(categories), *(len(item.values) for item in series)])
    data = ChartData(
        _padded(categories, count),
        tuple(_padded_series(item, count) for item in series),
        _text(value.get("title")),
        _text(value.get("alt")),
    )
    return data, tuple(_problems(value, place))


def _is_chart(value: Any) -> bool:
    return (
        isinstance(value, Mapping)
        and _is_list(value.get("categories") or ())
        and _is_list(value.get("series") or ())
        and all(
            isinstance(item, Mapping) and _is_list(item.get("values") or ())
            for item in value.get("series") or ()
        )
    )


def _is_list(value: Any) -> bool:
    return isinstance(value, Sequence) and not isinstance(value, str | bytes)


def _series(item: Mapping[str, Any], count: int) -> ChartSeries:
    values = tuple(_number(point) for point in item.get("values") or ())
    return ChartSeries(
        _text(item.get("name")) or "",
        _padded(values, count),
        _points(item.get("x")),
        _points(item.get("sizes")),
        _labels(item.get("labels")),
    )


def _padded_series(series: ChartSeries, count: int) -> ChartSeries:
    return ChartSeries(
        series.name,
        _padded(series.values, count),
        None if series.x is None else _padded(series.x, count),
        None if series.sizes is None else _padded(series.sizes, count),
        None if series.labels is None else _padded(series.labels, count),
    )


def _padded(points: tuple[Point, ...], count: int) -> tuple[Point, ...]:
    return points + (None,) * (count - len(points))


def _points(values: Any) -> tuple[Point, ...] | None:
    return tuple(_number(value) for value in values) if _is_list(values) else None


def _labels(values: Any) -> tuple[Point, ...] | None:
    return tuple(_text(value) for value in values) if _is_list(values) else None


def _category(value: Any) -> Point:
    if value is None or isinstance(value, date):
        return value
    return value if _is_number(value) else clean(str(value))


def _number(value: Any) -> Point:
    return value if _is_number(value) else None


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def _text(value: Any) -> str | None:
    return None if value is None else clean(str(value))


def _problems(value: Mapping[str, Any], place: Place) -> Iterator[Finding]:
    categories = value.get("categories") or ()
    for item in value.get("series") or ():
        name, values = _text(item.get("name")) or "", item.get("values") or ()
        for point in values:
            if point is not None and not _is_number(point):
                yield finding("chart-number", place, value=_short(point), series=name)
        if categories and len(values) > len(categories):
            yield finding(
                "chart-length", place, series=name, values=len(values), categories=len(categories)
            )


def _short(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 60 else text[:59] + "…"


def serial(value: date) -> float | int:
    """The number a spreadsheet stores for a date: days since 30 December 1899."""
    if not isinstance(value, datetime):
        return value.toordinal() - date(1899, 12, 30).toordinal()
    seconds = value.hour * 3600 + value.minute * 60 + value.second
    return serial(value.date()) + seconds / 86400
