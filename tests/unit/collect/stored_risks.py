"""Copies of the risk workbook as the store holds them."""

from __future__ import annotations

from datetime import date

from stored_files import Said, combined, file_of

from toolkit.store.records import Results

RISKS: Said = {
    ("risks", "ri01"): {
        "hazard": "Sensoren svikter",
        "risk_category": "technology",
        "probability": "3",
        "consequence": "4",
        "responsible": "ro04",
        "deadline": date(2027, 1, 1),
        "status": "not_started",
    },
    ("risks", "ri02"): {"hazard": "Strømbrudd", "probability": "2", "consequence": "2"},
}


def risk_copies(*changes: Said) -> Results:
    days = (date(2027, 3, n) for n in range(1, 29))
    return combined(
        *(
            file_of("d.23", f"{n}.xlsx", says, sent=RISKS, day=day)
            for n, (says, day) in enumerate(zip(changes, days, strict=False))
        )
    )
