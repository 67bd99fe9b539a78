"""Measurements: the rows that units fill in (specification 4.3, ruling 26).

In: a Reading. Out: per benefit and unit a baseline row, then one row per period end from the
start of the pilot to the target date, at most 24.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from toolkit.content.reading import Reading, Row
from toolkit.content.views.people import pilot_units
from toolkit.method.calendar import measure_dates, measure_points

Point = tuple[date | None, str]


def units_measured(reading: Reading) -> tuple[str, ...]:
    """The units that measure: those in the pilot, all where none is marked; none gives ("",)."""
    return (reading.unit,) if reading.unit else pilot_units(reading.project) or ("",)


def measurements(reading: Reading) -> list[Row]:
    """One row per benefit, unit and date; values are left to the unit."""
    return [
        _row(reading, benefit, unit, number, point) | {"plan_row": place}
        for place, benefit in enumerate(reading.facts["benefits"], 1)
        for unit in units_measured(reading)
        for number, point in enumerate(_points(reading, benefit))
    ]


def _points(reading: Reading, benefit: Row) -> Iterator[Point]:
    yield benefit["baseline_date"], "baseline"
    start, end = pilot_time(reading)
    if benefit["target_date"]:
        ends = [phase.end for phase in reading.project.phases]
        dates = measure_dates(benefit["frequency_key"], start, benefit["target_date"], ends)
        yield from zip(dates, measure_points(dates, end), strict=True)


def pilot_time(reading: Reading) -> tuple[date, date]:
    """The first and last day of the pilot; without them those of the pilot's phase."""
    time = reading.project.pilot.time
    phase = next(phase for phase in reading.project.phases if phase.id == "p4")
    return time.start or phase.start, time.end or phase.end


def _row(reading: Reading, benefit: Row, unit: str, number: int, point: Point) -> Row:
    day, key = point
    return {
        "id": "-".join(filter(None, (benefit["id"], unit, f"{number:02}"))),
        "benefit": benefit["name"],
        "benefit_id": benefit["id"],
        "unit": reading.title("unit", unit),
        "unit_id": unit,
        "measure_date": day,
        "measure_point": reading.option("measure_point", key),
        "measure_point_key": key,
        "measured_value": None,
        "sample_size": None,
        **dict.fromkeys(("day_no", "period_no", "units_reported", "period_value"), 0),
    }


def within(rows: list[Row], first: date, last: date) -> list[Row]:
    """The rows measured in a period, both days included."""
    return [row for row in rows if row["measure_date"] and first <= row["measure_date"] <= last]
