"""Copies of the benefits workbook as the store holds them."""

from __future__ import annotations

from datetime import date

from stored_files import Said, file_of

from toolkit.store.records import File

PLAN: Said = {
    ("benefit_plan", "b01"): {
        "benefit": "b01",
        "baseline": 2.4,
        "baseline_date": date(2026, 2, 6),
        "target": 0.6,
        "target_date": date(2027, 12, 31),
        "frequency": "monthly",
        "aggregation": "mean",
        "status": "not_started",
    },
    ("follow_up", "b01"): {"benefit": "b01"},
}


def unit_copy(name: str, says: Said, unit: str, copy: str = "", day: int = 1) -> File:
    sent = {
        **PLAN,
        ("measurements", f"b01-{unit}-01"): {
            "benefit": "b01",
            "unit": unit,
            "measure_date": date(2027, 6, 30),
            "measure_point": "operation",
        },
    }
    at = date(2027, 7, day)
    return file_of("d.03", name, says, sent=sent, unit=unit, copy=copy or f"for {unit}", day=at)
