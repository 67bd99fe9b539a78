"""What the three pilot units measured and planned: document d.03, summer 2027.

In: nothing. Out: sendings. Months before June 2027 follow a curve from baseline to target with a
little noise (seeded); what is held against the specification is written out.
"""

from __future__ import annotations

import math
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from returning.plan import (
    Add,
    Choice,
    Entry,
    Put,
    Sending,
    Source,
    Step,
    Told,
    Typed,
    added,
    do,
    puts,
    role,
    status,
)

NORD, BRYGGEN, SOLSIDEN = "un01", "un02", "un03"
JUNE = 8  # the number of 2027-06-30 among the rows of a monthly benefit

MONTHLY = {"b01": (2.4, 0.96), "b02": (205, 138), "b03": (182, 121)}
"""Baseline, and the value of June 2027; b02 and b03 are measured in Nord alone."""

PERIODS = {
    "b04": {NORD: (0, 2), BRYGGEN: (0, 1), SOLSIDEN: (0, 0)},
    "b05": {NORD: (50, 46, 42), BRYGGEN: (26, 24, 21), SOLSIDEN: (16, 15, 14)},
    "b06": {NORD: (44, 52), BRYGGEN: (43, 52), SOLSIDEN: (45, 52)},
    "b07": {NORD: (3.4, 3.8), BRYGGEN: (3.3, 3.7), SOLSIDEN: (3.2, 3.6)},
    "b08": {NORD: (3.3, 3.6), BRYGGEN: (3.2, 3.5), SOLSIDEN: (3.2, 3.5)},
    "b09": {NORD: (4, 2), BRYGGEN: (2, 1), SOLSIDEN: (1, 1)},
    "b10": {NORD: (27, 22), BRYGGEN: (26, 21), SOLSIDEN: (28, 23)},
}
"""Values of the periods that have ended by June 2027, the oldest first."""

ASKED = {
    "b01": {NORD: 12, BRYGGEN: 8, SOLSIDEN: 5},
    "b06": {NORD: 12, BRYGGEN: 8, SOLSIDEN: 5},
    "b07": {NORD: 11, BRYGGEN: 7, SOLSIDEN: 5},
    "b08": {NORD: 14, BRYGGEN: 11, SOLSIDEN: 9},
}
"""How many were measured or asked, where the unit says so."""

VOLUMES = {
    NORD: (7300, 230_000, 520_000),
    BRYGGEN: (5475, 170_000, 380_000),
    SOLSIDEN: (3650, 120_000, 250_000),
}
"""Each unit's share of b01: visits a year, low and high value. The sums are the project's."""

LATER = Told("filled-date-later", "day", until=date(2027, 7, 1))


def curve(benefit: str, unit: str) -> Iterator[float]:
    """The months of a benefit up to June 2027: logistic, with noise that is always the same."""
    start, end = MONTHLY[benefit]
    chance = random.Random(f"{benefit} {unit}")
    digits = 2 if benefit == "b01" else 0
    for month in range(1, JUNE):
        share = 1 / (1 + math.exp(-(month - 4)))
        value = start + (end - start) * share * (1 + chance.uniform(-0.04, 0.04))
        yield round(value, digits) if digits else float(round(value))
    yield end


def measured(unit: str, months: int = JUNE, every: bool = True) -> Iterator[Put]:
    """The measurements of a unit: monthly ones, and those of longer periods where ``every``."""
    for benefit in ("b01", "b02", "b03") if unit == NORD else ("b01",):
        yield from _row(benefit, unit, list(curve(benefit, unit))[:months])
    for benefit in PERIODS if every else ():
        yield from _row(benefit, unit, PERIODS[benefit][unit])


def _row(benefit: str, unit: str, values: Sequence[float]) -> Iterator[Put]:
    for number, value in enumerate(values, 1):
        row = f"{benefit}-{unit}-{number:02}"
        yield Put("measurements", row, "f.measured_value", value)
        if benefit in ASKED:
            yield Put("measurements", row, "f.sample_size", ASKED[benefit][unit])


def retyped(steps: Iterator[Put], typed: Mapping[tuple[str, str], str]) -> Iterator[Put]:
    """The same values, some of them typed in another way and marked ``typed``."""
    for step in steps:
        face = typed.get((step.row, step.field))
        number = isinstance(step.value, int | float)
        yield replace(step, value=Typed(face, step.value), mark=face) if face and number else step


def volumes(unit: str) -> tuple[Put, ...]:
    """A unit's own share of the first benefit."""
    volume, low, high = VOLUMES[unit]
    values = {"volume_per_year": volume, "value_low": low, "value_high": high}
    return puts("benefit_calc", "b01", values)


FOLLOWED_UP = puts(
    "follow_up",
    "b06",
    {
        "deviation": "Lampen på sensoren lyser for sterkt om natten",
        "corrective_action": "Dekke lampen og måle på nytt",
        "responsible": role("ro05"),
        "deadline": date(2027, 9, 15),
    },
)
"""What Nord does about the benefit that is behind."""


def nord() -> Sending:
    """The largest unit: decimal commas as text, a month more than the others."""
    number = next(value for value in curve("b01", NORD))
    typed = {
        ("b01-un01-01", "f.measured_value"): f"{number}".replace(".", ","),
        ("b07-un01-02", "f.measured_value"): "3,8",
        ("b08-un01-02", "f.sample_size"): "ca. 14",
    }
    steps: tuple[Step, ...] = (
        *retyped(measured(NORD), typed),
        *puts("measurements", "b01-un01-09", {"measured_value": 0.9, "sample_size": 12}),
        *volumes(NORD),
        *puts(
            "benefit_plan",
            "b01",
            {"action": "Gå gjennom vedtakene hver måned", "status": status("in_progress")},
        ),
        *puts("benefit_plan", "b10", {"measured_by": role("ro04")}),
        *FOLLOWED_UP,
    )
    return Sending(
        name="03_gevinstrealisering_nb_hjemmetjenesten-sone-nord.xlsx",
        source=Source("d.03", NORD),
        done="Measurements to July; decimal commas as text; “ca. 14” for a number; one period more "
        "than the other units",
        expect="Numbers recovered, “ca. 14” told; b01 in July is preliminary, 1 of 3 units",
        by="Avdelingsleder, sone Nord",
        role="ro04",
        day=date(2027, 8, 3),
        steps=steps,
        told=(
            Told("filled-date-later", "day", until=date(2027, 8, 2)),
            Told("number-about", "ca. 14"),
        ),
    )


def nord_before() -> Sending:
    """The same unit in May: an older file of the same copy."""
    return Sending(
        name="03_gevinstrealisering_nb_hjemmetjenesten-sone-nord (mai).xlsx",
        source=Source("d.03", NORD),
        done="The same copy, sent in May with the months until April",
        expect="Superseded by the file of August; its action for b02, which August leaves blank, "
        "stays",
        by="Avdelingsleder, sone Nord",
        role="ro04",
        day=date(2027, 5, 4),
        steps=(
            *measured(NORD, 6, every=False),
            *puts("benefit_plan", "b02", {"action": "Prøve felles nattpatrulje i to uker"}),
        ),
        status="superseded",
        reason="file-superseded",
        told=(Told("filled-date-later", "day", until=date(2027, 5, 3)),),
    )


def bryggen() -> Sending:
    """Renamed, a column moved, columns hidden, days typed as text."""
    extra = {
        "benefit": Entry("benefit", "b01"),
        "unit": Entry("unit", BRYGGEN),
        "measure_date": Typed("15. november 2026", date(2026, 11, 15)),
        "measure_point": Choice("measure_point", "midway"),
        "measured_value": 2.31,
        "sample_size": 3,
    }
    retold = {"measure_date": Typed("31.12.2026", date(2026, 12, 31))}
    return Sending(
        name="Gevinster Bryggen juni 2027.xlsx",
        source=Source("d.03", BRYGGEN),
        done="File renamed; measured value moved before the date, three columns hidden; days typed "
        "as text; a measurement added",
        expect="All values by their hidden keys; both texts are days; one new row",
        by="Avdelingsleder, Bryggen",
        role="ro04",
        day=date(2027, 7, 2),
        steps=(
            *measured(BRYGGEN),
            *puts("measurements", "b06-un02-01", retold),
            Add("measurements", added(extra), mark="added"),
            *volumes(BRYGGEN),
            do(
                "move_column",
                table="measurements",
                field="f.measured_value",
                before="f.measure_date",
            ),
            do(
                "hide_columns",
                table="benefit_map",
                fields=["f.prerequisite", "f.importance", "f.risk_profile"],
            ),
        ),
        told=(LATER, Told("row-new", "added")),
    )


def solsiden() -> Sending:
    """Saved as OpenDocument, filtered."""
    return Sending(
        name="03_gevinstrealisering_nb_solsiden-bofellesskap.ods",
        source=Source("d.03", SOLSIDEN, "xlsx"),
        done="Saved as OpenDocument with a filter on: only the rows of b01 are seen",
        expect="Every row read, the hidden ones told; measured by for b10 contradicts Nord",
        by="Avdelingsleder, Solsiden",
        role="ro04",
        day=date(2027, 7, 5),
        steps=(
            *measured(SOLSIDEN),
            *volumes(SOLSIDEN),
            *puts("benefit_plan", "b10", {"measured_by": role("ro06")}),
            *puts(
                "benefit_plan",
                "b01",
                {"action": "Ta opp tilsyn i hvert beboermøte", "status": status("done")},
            ),
            do(
                "show_only",
                table="measurements",
                field="f.benefit",
                text="Færre planlagte tilsyn om natten",
                mark="hidden",
            ),
        ),
        told=(
            Told("filled-date-later", "day", until=date(2027, 7, 4)),
            Told("rows-hidden", "hidden"),
        ),
    )


def sendings() -> list[Sending]:
    """What came back of d.03."""
    return [nord(), nord_before(), bryggen(), solsiden()]
