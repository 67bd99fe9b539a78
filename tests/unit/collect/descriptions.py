"""Random descriptions: projects of any size and wording that a kit can be made of."""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import strategies as st

from toolkit.collect.reading.spelling import folded
from toolkit.language import option_keys
from toolkit.project import Project

PHASES = [
    {"id": f"p{n}", "start": date(2026, 2 * n - 1, 1), "end": date(2026, 2 * n, 28)}
    for n in range(1, 7)
]
HABITS = "abcdeéfghijklmnoprstuvyxæøåäöÆØÅÄÖ 0123456789&<>\"'«»“”%=+-@{}()[]|.,:!?–/#*_"
LETTERS = st.one_of(
    st.sampled_from(HABITS),
    st.characters(exclude_categories=["C", "Z", "M"], max_codepoint=0xFFFF),
)
DAYS = st.dates(date(2025, 1, 1), date(2027, 12, 31))
NUMBERS = st.one_of(st.integers(0, 10**6), st.floats(0, 10**6).map(lambda number: round(number, 2)))


def texts(most: int = 30) -> st.SearchStrategy[str]:
    """Texts people may write: one line, a letter somewhere, no blank at either end."""
    drawn = st.text(LETTERS, min_size=1, max_size=most).map(lambda text: " ".join(text.split()))
    return drawn.filter(lambda text: any(letter.isalpha() for letter in text))


def option(name: str) -> st.SearchStrategy[str]:
    return st.sampled_from(["", *option_keys(name)])


def titles(least: int, most: int) -> st.SearchStrategy[list[str]]:
    """Names that are different however they are written; ``;`` would make two of one."""
    own = texts().filter(lambda text: ";" not in text)
    return st.lists(own, min_size=least, max_size=most, unique_by=folded)


@st.composite
def entries(draw: st.DrawFn, start: str, name: str, counts: tuple[int, int], **more: Any) -> Any:
    """A list of entries with ids; ``more`` are the strategies of their other keys."""
    named = draw(titles(*counts))
    return [
        {"id": f"{start}{n:02}", name: title} | {key: draw(own) for key, own in more.items()}
        for n, title in enumerate(named, 1)
    ]


@st.composite
def projects(draw: st.DrawFn) -> Project:
    roles = draw(
        entries("ro", "title", (2, 4), group=option("role_group"), level=option("org_level"))
    )
    role = st.sampled_from(["", *(one["id"] for one in roles)])
    goals = draw(entries("g", "text", (1, 2)))
    facts = {
        "schema_version": 1,
        "project": {
            "id": "any",
            "name": draw(texts()),
            "version": draw(st.sampled_from(["", "1.0", "2"])),
            "current_phase": draw(st.sampled_from(option_keys("phase"))),
        },
        "organisation": {"name": draw(texts()), "country": "NO", "language": "nb"},
        "roles": roles,
        "governance": {
            "sponsor": roles[0]["id"],
            "leader": roles[1]["id"],
            "advisory_group": draw(st.lists(st.just(roles[-1]["id"]), max_size=1)),
            "meeting_rhythm": draw(meetings(role)),
        },
        "units": draw(entries("un", "name", (0, 2), in_pilot=st.booleans())),
        "problem": {"statement": draw(texts())},
        "goals": {"main": draw(texts()), "sub_goals": goals},
        "stakeholders": draw(stakeholders(role)),
        "economy": {
            "price_year": 2026,
            "horizon_years": 3,
            "hourly_cost": 480,
            "discount_rate": draw(st.sampled_from([0, 0.04])),
        },
        "benefits": draw(benefits(role, [one["id"] for one in goals])),
        "costs": draw(
            entries(
                *("co", "name", (0, 2)),
                kind=option("cost_kind"),
                amounts=st.dictionaries(st.sampled_from([2026, 2027]), NUMBERS),
            )
        ),
        "phases": PHASES,
        "journey": {"new": draw(steps())},
        "huki": draw(duties([one["id"] for one in roles])),
        "risks": draw(risks(role)),
        "pilot": {"extra_statements": []},
        "communication": {"messages": draw(st.fixed_dictionaries({}, optional=MESSAGES))},
    }
    return Project.model_validate(said(facts))


def said(facts: Any) -> Any:
    """A description as it is written: what is blank is left out."""
    if isinstance(facts, dict):
        return {key: said(value) for key, value in facts.items() if value not in ("", None, [])}
    return [said(one) for one in facts] if isinstance(facts, list) else facts


MESSAGES = {key: texts(60) for key in ("why", "me", "what", "before_after", "ask")}


def meetings(role: st.SearchStrategy[str]) -> st.SearchStrategy[Any]:
    own = role.filter(bool).map(lambda id: [id])
    return st.lists(
        st.fixed_dictionaries({"name": texts(), "frequency": option("frequency"), "roles": own}),
        max_size=2,
        unique_by=lambda meeting: folded(meeting["name"]),
    )


def stakeholders(role: st.SearchStrategy[str]) -> st.SearchStrategy[Any]:
    degrees = ("affected_degree", "interest", "influence")
    attitudes = ("attitude_now", "attitude_wanted")
    return entries(
        *("st", "name", (0, 4)),
        group=option("stakeholder_group"),
        level=option("org_level"),
        involvement=option("involvement"),
        frequency=option("frequency"),
        action=texts() | st.just(""),
        responsible=role,
        **{name: option("level4") for name in degrees},
        **{name: option("attitude") for name in attitudes},
    )


def benefits(role: st.SearchStrategy[str], goals: list[str]) -> st.SearchStrategy[Any]:
    return entries(
        *("b", "name", (1, 3)),
        type=st.sampled_from(option_keys("benefit_type")),
        use=option("benefit_use"),
        goals=st.lists(st.sampled_from(goals), unique=True),
        unit=option("unit"),
        baseline=NUMBERS,
        baseline_date=st.just(date(2026, 1, 31)) | st.none(),
        target=st.none() | NUMBERS,
        target_date=st.just(date(2027, 6, 30)) | st.none(),
        frequency=option("frequency"),
        owner=role,
        volume_per_year=st.none() | st.integers(0, 10**5),
        minutes_saved=st.none() | st.integers(0, 90),
        value_low=st.none() | NUMBERS,
        importance=option("level3"),
    )


def risks(role: st.SearchStrategy[str]) -> st.SearchStrategy[Any]:
    score = st.integers(1, 5)
    return entries(
        *("ri", "hazard", (0, 3)),
        category=option("risk_category"),
        probability=score,
        consequence=score,
        probability_after=st.none() | score,
        consequence_after=st.none() | score,
        measure=texts() | st.just(""),
        responsible=role,
        deadline=st.none() | DAYS,
        status=option("status"),
    )


def steps() -> st.SearchStrategy[Any]:
    own = entries("n", "step", (0, 2))
    return own.map(lambda steps: [one | {"id": f"n{n}"} for n, one in enumerate(steps, 1)])


@st.composite
def duties(draw: st.DrawFn, roles: list[str]) -> Any:
    letters = st.sampled_from(["H", "U", "K", "I", "H/U"])
    return [
        one | draw(st.dictionaries(st.sampled_from(roles), letters, max_size=3))
        for one in draw(entries("h", "activity", (0, 3)))
    ]
