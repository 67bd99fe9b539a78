"""What may go wrong, as four roles see it: document d.23, September 2026.

In: nothing. Out: sendings. Probability of ri05 differs by two steps; one risk is new, one was
deleted; a formula is overwritten, an option is none.
"""

from __future__ import annotations

from datetime import date

from returning.plan import (
    Add,
    Choice,
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

TABLE = "risks"


def probability(step: int) -> Choice:
    """How likely, 1 to 5."""
    return Choice("probability", f"{step}")


def consequence(step: int) -> Choice:
    """How bad, 1 to 5."""
    return Choice("consequence", f"{step}")


def leader() -> Sending:
    """The project leader: a new risk, how far measures are."""
    weekend = added(
        {
            "hazard": "Vikarer mangler pålogging i helgene",
            "risk_category": Choice("risk_category", "organisation"),
            "cause": "Tilgang bestilles bare på dagtid",
            "effect": "Varsler kan ikke kvitteres",
            "probability": probability(4),
            "consequence": consequence(3),
            "new_measure": "Faste vikarer får tilgang på forhånd",
            "responsible": role("ro09"),
            "deadline": date(2026, 10, 30),
            "probability_after": probability(2),
            "consequence_after": consequence(3),
        }
    )
    steps: tuple[Step, ...] = (
        *puts(TABLE, "ri11", {"status": status("done")}),
        *puts(TABLE, "ri02", {"status": status("in_progress")}),
        Add(TABLE, weekend, mark="new"),
    )
    return Sending(
        name="23_ros-analyse_nb prosjektleder.xlsx",
        source=Source("d.23"),
        done="A new risk under the prefilled ones; the status of two others",
        expect="One new risk, 4 × 3",
        by="Prosjektleder",
        role="ro02",
        day=date(2026, 9, 14),
        steps=steps,
        told=(Told("row-new", "new"),),
    )


def technician() -> Sending:
    """IT: sees ri05 as more likely; a text that is no option; an overwritten formula."""
    return Sending(
        name="ROS IT.xlsx",
        source=Source("d.23"),
        done="Probability of ri05 from 2 to 4; “Se det an litt” as the strategy of ri08; the "
        "computed risk value of ri14 overwritten with 9",
        expect="Disagreement about ri05 (spread 2), worst 4 × 5; unknown option and overwritten "
        "formula told at their cells",
        by="IT-ansvarlig",
        role="ro09",
        day=date(2026, 9, 15),
        steps=(
            Put(TABLE, "ri05", "f.probability", probability(4)),
            *puts(TABLE, "ri05", {"new_measure": "Pålogging med smartkort"}),
            Put(TABLE, "ri08", "f.strategy", Typed("Se det an litt", "Se det an litt"), "option"),
            do("write", table=TABLE, row="ri14", field="f.risk_value", face=9, mark="formula"),
        ),
        told=(Told("option-unknown", "option"), Told("formula-overwritten", "formula")),
    )


def officer() -> Sending:
    """The data protection officer: a deleted row, an answer in a note."""
    return Sending(
        name="ROS personvernombud – retur.xlsx",
        source=Source("d.23"),
        done="The row of ri12 deleted; an answer written in a note to a cell of ri11",
        expect="The deleted row told, its values stay; the note told at its cell",
        by="Personvernombud",
        role="ro11",
        day=date(2026, 9, 16),
        steps=(
            *puts(TABLE, "ri05", {"existing_measures": "Tofaktor, og logg som gjennomgås"}),
            *puts(TABLE, "ri09", {"status": status("done")}),
            do(
                "comment",
                table=TABLE,
                row="ri11",
                field="f.new_measure",
                mark="note",
                text="Vi rekker det hvis leverandøren svarer i august",
            ),
            do("delete", table=TABLE, row="ri12"),
        ),
        told=(Told("row-missing"), Told("comment-found", "note")),
    )


def manager() -> Sending:
    """A unit manager: more likely false alarms, words under the table."""
    return Sending(
        name="23_ros-analyse_nb (Bryggen).xlsx",
        source=Source("d.23"),
        done="Merged cells below the table with a sentence in them; ri03 and ri05 more likely",
        expect="The sentence is no risk; the merged cells told",
        by="Avdelingsleder, Bryggen",
        role="ro04",
        day=date(2026, 9, 17),
        steps=(
            Put(TABLE, "ri03", "f.probability", probability(5)),
            Put(TABLE, "ri05", "f.probability", probability(3)),
            do(
                "merge_below",
                table=TABLE,
                columns=6,
                mark="merged",
                text="Gjennomgått med nattevaktene på personalmøtet 16. september",
            ),
        ),
        told=(Told("cells-merged", "merged"),),
    )


def sendings() -> list[Sending]:
    """What came back of d.23."""
    return [leader(), technician(), officer(), manager()]
