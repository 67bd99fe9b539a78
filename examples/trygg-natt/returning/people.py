"""Who is affected, as five roles see it: document d.02, February 2026.

In: nothing. Out: sendings. Their influence of st01 and st13 differs by one step up and down; two of
them added the same stakeholder in two spellings.
"""

from __future__ import annotations

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
    Value,
    added,
    do,
    level,
    puts,
    status,
)

TABLE = "stakeholders"
NAME = "02_interessentanalyse-og-forankringsplan_nb"


def attitude(key: str) -> Choice:
    """How somebody stands to the project."""
    return Choice("attitude", key)


def cleaners(name: str) -> dict[str, Value]:
    """The stakeholder that two people added."""
    return added(
        {
            "stakeholder": name,
            "stakeholder_group": Choice("stakeholder_group", "employees"),
            "org_level": Choice("org_level", "staff"),
            "affected_how": "Kan komme til å flytte eller dekke sensoren når de vasker",
            "interest": level("small"),
            "influence": level("small"),
            "attitude_now": attitude("neutral"),
            "involvement": Choice("involvement", "inform"),
        }
    )


def caretakers(name: str) -> dict[str, Value]:
    """The stakeholder whom two people call by names that are nearly the same."""
    return added(
        {
            "stakeholder": name,
            "stakeholder_group": Choice("stakeholder_group", "other"),
            "org_level": Choice("org_level", "staff"),
            "affected_how": "Strøm og nett i boligene",
            "interest": level("small"),
            "influence": level("medium"),
            "attitude_now": attitude("neutral"),
            "involvement": Choice("involvement", "inform"),
        }
    )


def meeting(day: date, who: str, topic: str, count: int, feedback: str) -> dict[str, Value]:
    """A row of the log of meetings."""
    return added(
        {
            "date": day,
            "phase": Choice("phase", "p1"),
            "arena": Choice("channel", "meeting"),
            "org_level": Choice("org_level", "staff"),
            "stakeholder": Entry("stakeholder", who),
            "topic": topic,
            "participants": count,
            "feedback": feedback,
        }
    )


NIGHT = meeting(
    date(2026, 1, 20), "st03", "Hvorfor Trygg natt?", 14, "Er redde for at jobben skal forsvinne"
)
UNIONS = meeting(
    date(2026, 2, 4), "st08", "Medvirkning og turnus", 5, "Vil være med før turnus endres"
)
ZONE = meeting(
    date(2026, 2, 9), "st03", "Hvordan varsler skal kvitteres", 6, "Appen må virke med hansker"
)


def influence(row: str, key: str) -> Put:
    """One judgement of influence."""
    return Put(TABLE, row, "f.influence", level(key))


def leader() -> Sending:
    """The project leader: one stakeholder more, two meetings."""
    steps: tuple[Step, ...] = (
        influence("st01", "large"),
        influence("st13", "none"),
        Add(TABLE, cleaners("Renholdere"), mark="new"),
        *puts(
            "actions",
            "st01",
            {
                "arena": Choice("channel", "conversation"),
                "deadline": date(2026, 10, 26),
                "status": status("in_progress"),
            },
        ),
        *puts(
            "actions",
            "st08",
            {"status": status("done"), "result": "Fast plass vedtatt i styringsgruppen"},
        ),
        Add("anchor_log", NIGHT, mark="night"),
        Add("anchor_log", UNIONS, number=2, mark="unions"),
    )
    return Sending(
        name=f"{NAME}_prosjektleder.xlsx",
        source=Source("d.02"),
        done="Influence of st01 one step up, of st13 one down; “Renholdere” added; two meetings",
        expect="New rows, told; influence disagrees with others (spread 2)",
        by="Prosjektleder",
        role="ro02",
        day=date(2026, 2, 6),
        steps=steps,
        told=(Told("row-new", "new"), Told("row-new", "night"), Told("row-new", "unions")),
    )


def manager() -> Sending:
    """A unit manager: the same stakeholder in another spelling, one meeting of the leader's."""
    return Sending(
        name="Interessenter sone Nord.xlsx",
        source=Source("d.02"),
        done="File renamed; influence of st01 one step down, of st13 one up; “renholdere ” added; "
        "the expectation of st07 cleared; one meeting as the project leader wrote it, one of "
        "their own",
        expect="One row with the project leader's “Renholdere”, both senders kept; a cleared "
        "cell is no answer; the equal meeting once",
        by="Avdelingsleder, sone Nord",
        role="ro04",
        day=date(2026, 2, 10),
        steps=(
            influence("st01", "small"),
            influence("st13", "medium"),
            Add(TABLE, cleaners("renholdere "), mark="new"),
            Put(TABLE, "st07", "f.expectation", None),
            *puts("actions", "st03", {"status": status("in_progress")}),
            Add("anchor_log", NIGHT, mark="night"),
            Add("anchor_log", ZONE, number=2, mark="zone"),
        ),
        told=(Told("row-new", "new"), Told("row-new", "night"), Told("row-new", "zone")),
    )


def unions() -> Sending:
    """The union representative: a sorted table on a renamed sheet."""
    return Sending(
        name=f"{NAME} tillitsvalgt.xlsx",
        source=Source("d.02"),
        done="Table sorted by name, Z to A; its sheet renamed “Hvem berøres”; “Drift av bygget” "
        "added",
        expect="Every row by its id, every value where it belongs; “Drift av bygget” may be "
        "IT's “Drift av bygg”: possible duplicate, never merged silently",
        by="Hovedtillitsvalgt",
        role="ro15",
        day=date(2026, 2, 12),
        steps=(
            do("sort", table=TABLE, field="f.stakeholder", descending=True),
            do("rename_sheet", table=TABLE, to="Hvem berøres"),
            influence("st01", "large"),
            *puts(TABLE, "st03", {"attitude_now": attitude("strongly_negative")}),
            *puts(
                TABLE,
                "st08",
                {
                    "involvement": Choice("involvement", "cocreate"),
                    "comment": "Vi vil se turnusplanen før den er ferdig",
                },
            ),
            Add(TABLE, caretakers("Drift av bygget"), mark="new"),
        ),
        told=(Told("row-new", "new"),),
    )


def operation() -> Sending:
    """IT: a row inserted in the middle, columns hidden."""
    return Sending(
        name=f"{NAME} (IT).xlsx",
        source=Source("d.02"),
        done="A row inserted before st11; three columns hidden",
        expect="The rows below keep their ids; one new row; hidden columns read",
        by="IT-ansvarlig",
        role="ro09",
        day=date(2026, 2, 13),
        steps=(
            influence("st13", "medium"),
            *puts(TABLE, "st10", {"affected_degree": level("large")}),
            *puts(TABLE, "st10", {"attitude_now": attitude("neutral")}),
            Add(TABLE, caretakers("Drift av bygg"), before="st11", mark="new"),
            do(
                "hide_columns",
                table=TABLE,
                fields=["f.relation", "f.affected_how", "f.expectation"],
            ),
        ),
        told=(Told("row-new", "new"),),
    )


def centre() -> Sending:
    """The response centre: the Swedish file."""
    return Sending(
        name="02_intressentanalys-och-forankringsplan_sv.xlsx",
        source=Source("d.02", lang="sv"),
        done="Generated in Swedish and filled in Swedish",
        expect="The same neutral values as from a Norwegian file",
        by="Responscentralen, gruppledare",
        role="ro08",
        day=date(2026, 2, 16),
        steps=(
            influence("st11", "large"),
            *puts(TABLE, "st11", {"attitude_now": attitude("driver")}),
            *puts(TABLE, "st03", {"comment": "Nattpersonalen behöver öva med oss"}),
            *puts("actions", "st11", {"status": status("in_progress")}),
        ),
    )


def sendings() -> list[Sending]:
    """What came back of d.02."""
    return [leader(), manager(), unions(), operation(), centre()]
