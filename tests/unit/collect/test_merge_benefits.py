"""What the benefits come to: measurements, volumes of units, the net table, golden values."""

from __future__ import annotations

from datetime import date

import pytest
from stored_benefits import PLAN, unit_copy
from stored_files import Said, cell, combined, file_of, value

from toolkit.collect.known import Known
from toolkit.store.records import File


def test_the_golden_achievements() -> None:
    """80.0 % green of three units that weigh the same, and 37.8 % red (specification 5)."""

    def both(unit: str, b01: float, b06: float) -> File:
        sent: Said = {
            **PLAN,
            ("benefit_plan", "b06"): {
                "benefit": "b06",
                "baseline": 38,
                "baseline_date": date(2026, 2, 20),
                "target": 75,
                "target_date": date(2027, 12, 31),
                "frequency": "quarterly",
            },
            ("follow_up", "b06"): {"benefit": "b06"},
            **{
                ("measurements", f"{b}-{unit}-01"): {
                    "benefit": b,
                    "unit": unit,
                    "measure_date": date(2027, 6, 30),
                    "measure_point": "operation",
                }
                for b in ("b01", "b06")
            },
        }
        says: Said = {
            ("measurements", f"b01-{unit}-01"): {"measured_value": b01, "sample_size": 10},
            ("measurements", f"b06-{unit}-01"): {"measured_value": b06},
        }
        return file_of("d.03", f"{unit}.xlsx", says, sent=sent, unit=unit)

    results = combined(both("un01", 0.9, 50), both("un02", 1.0, 52), both("un03", 0.98, 54))
    got = {
        (row, field): value(results, "follow_up", row, field)
        for row in ("b01", "b06")
        for field in ("achievement", "expected_progress", "traffic_light", "trend")
    }
    assert got["b01", "achievement"] == pytest.approx(80.0)
    assert got["b01", "expected_progress"] == pytest.approx(73.4, abs=0.05)
    assert (got["b01", "traffic_light"], got["b01", "trend"]) == ("green", "better")
    assert got["b06", "achievement"] == pytest.approx(37.8, abs=0.05)
    assert got["b06", "expected_progress"] == pytest.approx(72.9, abs=0.05)
    assert got["b06", "traffic_light"] == "red"
    assert [s.file for s in cell(results, "follow_up", "b01", "achievement").standing] == [
        "un01.xlsx",
        "un02.xlsx",
        "un03.xlsx",
    ]


def test_a_period_waits_for_every_unit_that_is_expected() -> None:
    says: Said = {("measurements", "b01-un01-01"): {"measured_value": 0.9}}
    results = combined(unit_copy("a.xlsx", says, "un01"), known=Known(units=("un01", "un02")))
    assert value(results, "follow_up", "b01", "achievement") is None
    assert value(results, "follow_up", "b01", "traffic_light") == "grey"
    assert value(results, "follow_up", "b01", "preliminary") == "0.9 (1/2)"


def test_the_same_measurement_said_differently_by_two_senders_is_a_conflict() -> None:
    row = ("measurements", "b01-un01-01")
    results = combined(
        unit_copy("a.xlsx", {row: {"measured_value": 0.9}}, "un01", copy="nb"),
        unit_copy("b.xlsx", {row: {"measured_value": 1.1}}, "un01", copy="fi", day=5),
        unit_copy("c.xlsx", {row: {"sample_size": 7}}, "un01", copy="en", day=6),
    )
    got = cell(results, "measurements", "b01-un01-01", "measured_value")
    assert (got.value, got.conflict) == (1.1, True)


CALCULATION: Said = {
    ("benefit_map", "b01"): {
        "benefit": "Færre tilsyn",
        "benefit_type": "saved_time",
        "benefit_use": "budget_reduction",
    },
    ("benefit_map", "b02"): {"benefit": "Mindre kjøring", "benefit_type": "avoided_cost"},
    ("benefit_calc", "b01"): {"benefit": "b01", "minutes_saved": 10, "hourly_cost": 480},
    ("benefit_calc", "b02"): {"benefit": "b02", "saving_per_unit": 20},
}


def calculated(unit: str, says: Said) -> File:
    return file_of("d.03", f"{unit}.xlsx", says, sent=CALCULATION, unit=unit)


def test_volumes_of_units_are_added_and_priced_unit_by_unit() -> None:
    results = combined(
        calculated("un01", {("benefit_calc", "b01"): {"volume_per_year": 600}}),
        calculated(
            "un02", {("benefit_calc", "b01"): {"volume_per_year": 300, "minutes_saved": 16}}
        ),
        calculated("un03", {("benefit_calc", "b02"): {"volume_per_year": 100}}),
    )
    calc = {
        f: value(results, "benefit_calc", "b01", f) for f in ("volume_per_year", "annual_hours")
    }
    assert calc == {"volume_per_year": 900, "annual_hours": 600 * 10 / 60 + 300 * 16 / 60}
    assert value(results, "benefit_calc", "b01", "minutes_saved") == 12  # 10, 16, 10
    assert value(results, "benefit_calc", "b01", "annual_value") == 180 * 480
    assert value(results, "benefit_calc", "b02", "value_adjusted") == 2000


def test_the_projects_own_figures_stand_where_no_unit_answered() -> None:
    own: Said = {**CALCULATION, ("benefit_calc", "b01"): {**CALCULATION["benefit_calc", "b01"]}}
    own["benefit_calc", "b01"]["volume_per_year"] = 1200  # type: ignore[index]
    own["benefit_calc", "b01"]["value_low"] = 50_000  # type: ignore[index]
    own["benefit_calc", "b01"]["value_high"] = 120_000  # type: ignore[index]
    results = combined(file_of("d.03", "own.xlsx", sent=own), calculated("un01", {}))
    assert value(results, "benefit_calc", "b01", "annual_hours") == 200
    likely = 200 * 480
    assert value(results, "benefit_calc", "b01", "value_adjusted") == pytest.approx(
        (50_000 + 3 * likely + 120_000) / 5
    )


def test_the_net_table_is_computed_from_what_came_back() -> None:
    sent: Said = {
        **CALCULATION,
        ("costs", "c01"): {"cost": "Sensorer", "cost_kind": "one_time", "amount:2027": 50_000},
        ("costs", "c02"): {"cost": "Drift", "cost_kind": "recurring", "amount:2028": 10_000},
        ("net", "f.ramp_up"): {"year:2027": 0.5, "year:2028": 1},
        ("net", ""): {"discount_rate": 0},
    }
    says: Said = {
        ("benefit_calc", "b01"): {"volume_per_year": 600},
        ("costs", "c02"): {"amount:2028": 12_000},
    }
    results = combined(file_of("d.03", "own.xlsx", says, sent=sent))
    net = {
        (line, year): value(results, "net", f"f.{line}", f"year:{year}")
        for line in ("gross_benefit", "net_benefit", "cumulative", "budget_net")
        for year in (2027, 2028)
    }
    assert net == {
        ("gross_benefit", 2027): 24_000,
        ("gross_benefit", 2028): 48_000,
        ("net_benefit", 2027): -26_000,
        ("net_benefit", 2028): 36_000,
        ("cumulative", 2027): -26_000,
        ("cumulative", 2028): 10_000,
        ("budget_net", 2027): -26_000,
        ("budget_net", 2028): 36_000,
    }
