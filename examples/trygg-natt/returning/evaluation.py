"""How the pilot went, as eighteen people of seven roles see it: document d.16, March 2027.

In: nothing. Out: sendings. Every answer is written out: one sign for each statement of the role, in
the order of the form; 1 to 5, ``n`` for not known, ``-`` for no answer.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from returning.plan import Choice, Entry, Put, Say, Sending, Source, Step, Told, Typed, Value, do

PEOPLE = ("people.1", "people.2", "people.3")
ORGANISATION = ("organisation.1", "organisation.2", "organisation.3")
TECHNOLOGY = ("technology.1", "technology.2", "technology.3", "technology.4")
OUTSIDE = ("people.1", "people.3", *TECHNOLOGY[:2], "effects.1", "overall.1")
INSIDE = (*PEOPLE, *ORGANISATION, *TECHNOLOGY, "effects.1", "overall.1")

STATEMENTS: Mapping[str, tuple[str, ...]] = {
    "user": OUTSIDE,
    "relative": OUTSIDE,
    "employee": INSIDE,
    "manager": (*INSIDE[:-1], "effects.2", "overall.1"),
    "it": ("organisation.3", *TECHNOLOGY, "effects.1", "effects.2", "overall.1"),
    "supplier": ("organisation.3", *TECHNOLOGY),
}
"""The statements of a role, as the specification lists them (4.16)."""

SWEDISH = {
    "1": "1 – Instämmer inte alls",
    "2": "2 – Instämmer i liten grad",
    "3": "3 – Varken eller",
    "4": "4 – Instämmer i hög grad",
    "5": "5 – Instämmer helt",
}


@dataclass(frozen=True)
class Person:
    """Somebody who answered: role, number, answers, unit, how, and what they wrote."""

    role: str
    number: int
    answers: str
    unit: str = ""
    client: str = "word"
    texts: Mapping[str, str] = field(default_factory=dict)
    swedish: bool = False
    superuser: bool = False

    @property
    def name(self) -> str:
        """The name of the file; Solsiden sent its workbooks in a zip file."""
        name = f"16_evaluering-av-pilot_nb_{SLUGS[self.role]}_{self.number}.{self.format}"
        return f"{ZIP}/{name}" if self.unit == "un03" else name

    @property
    def format(self) -> str:
        """The edition of the form that was filled."""
        return "xlsx" if self.client == "calc" else "docx"


ZIP = "Retur Solsiden.zip"
WELL, BADLY, BETTER = "f.works_well", "f.works_badly", "f.improvement"
EFFECTS, COSTS, FOLLOW = "qe.open.new_effects", "qe.open.costs", "qe.open.follow_up"

PERSONS = (
    Person("user", 1, "554455", "un01", texts={WELL: "Jeg sover hele natten."}),
    Person("user", 2, "4434n4", "un01", texts={BADLY: "Lampen lyser litt."}),
    Person("user", 3, "545545", "un02", "writer", {WELL: "Ingen låser seg inn lenger."}),
    Person("user", 4, "334343", "un02", "calc", {BETTER: "Vis meg hva dere ser."}),
    Person("user", 5, "443n44", "un03", "calc", {EFFECTS: "Katten er også roligere."}),
    Person("relative", 1, "544455", "un01", texts={WELL: "Jeg trenger ikke ringe om natten."}),
    Person("relative", 2, "434434", "un02", texts={BETTER: "En melding når noe har skjedd."}),
    Person("relative", 3, "5445n5", "un03", "calc"),
    Person("employee", 1, "443345434445", "un01", texts={BADLY: "For mange varsler i starten."}),
    Person("employee", 2, "322334232334", "un01", texts={FOLLOW: "Telle varsler hver uke."}),
    Person("employee", 3, "443444443n44", "un02", "writer", {WELL: "Færre runder, roligere vakt."}),
    Person("employee", 4, "55444454-455", "un02", "calc"),
    Person("employee", 5, "433443433244", "un03", "calc", {BETTER: "Ladestasjon på vaktrommet."}),
    Person("employee", 6, "544555543455", "un03", superuser=True, client="calc"),
    Person("manager", 1, "4444444343445", "un01", "calc", {COSTS: "Vikarer under opplæring."}),
    Person("manager", 2, "3433344432334", "un02", texts={FOLLOW: "Fast punkt i driftsmøtet."}),
    Person("it", 1, "34433434", client="calc", texts={BADLY: "Integrasjonen ble sen."}),
    Person("supplier", 1, "44544", client="calc", swedish=True),
)

SLUGS = {
    "user": "bruker",
    "relative": "parorende",
    "employee": "ansatt",
    "manager": "leder",
    "it": "it",
    "supplier": "leverandor",
}
UNSTAMPED = ("employee", 5)


def answers(person: Person) -> Iterator[Put]:
    """What a person chose for each statement."""
    for statement, sign in zip(STATEMENTS[person.role], person.answers, strict=True):
        if sign == "-":
            continue
        key = "na" if sign == "n" else sign
        value: Value = Choice("likert", key)
        if person.swedish:
            value = Typed(SWEDISH[key], key)
        yield Put("evaluation", f"qe.{statement}", "f.answer", value)


def steps(person: Person) -> Iterator[Step]:
    """Everything a person filled in."""
    if person.unit:
        yield Say("f.unit", Entry("unit", person.unit))
    if person.superuser:
        yield Say("f.respondent_role", Choice("respondent_role", "superuser"))
    yield from answers(person)
    yield from (Say(key, text) for key, text in person.texts.items())
    if (person.role, person.number) == UNSTAMPED:
        yield do("unstamp")


def told_of(person: Person) -> tuple[str, str]:
    """What was done to a person's form, and what a reader must make of it."""
    if (person.role, person.number) == UNSTAMPED:
        return (
            "Properties, hidden sheet and names of the kit removed, as when it is pasted into a "
            "new workbook",
            "Told as unidentified, known by its tables; the answers are read",
        )
    if person.client == "writer":
        return (
            "Filled and saved by LibreOffice Writer, which drops the tags of lists",
            "Answers known by their rows and titles",
        )
    if person.swedish:
        return "Swedish labels typed into the Norwegian form", "The same answers"
    if person.superuser:
        return "“Jeg svarer som” changed to Superbruker", "Counts as an employee"
    if "-" in person.answers:
        return "One statement left without an answer", "The blank counts nowhere"
    if "n" in person.answers:
        return "One answer “not known”", "Counted, and in no mean"
    return "Filled as sent", "All answers"


def sending(person: Person) -> Sending:
    """One form."""
    done, expect = told_of(person)
    unstamped = (person.role, person.number) == UNSTAMPED
    told = (Told("tags-missing"),) if person.client == "writer" else ()
    return Sending(
        name=person.name,
        source=Source("d.16", person.role, person.format),
        done=done,
        expect=expect,
        steps=tuple(steps(person)),
        told=(Told("unidentified"),) if unstamped else told,
        client=person.client,
        stamped=not unstamped,
    )


def sendings() -> list[Sending]:
    """What came back of d.16."""
    return [sending(person) for person in PERSONS]
