"""Which statements of the pilot evaluation each role answers. In: a role. Out: label keys.

Roles are options of ``respondent_role``, dimensions of ``eval_dim`` or ``overall``.
"""

from __future__ import annotations

ROLES = ("user", "relative", "employee", "superuser", "manager", "it", "supplier")
DIMENSIONS = ("people", "organisation", "technology", "effects", "overall")

_EVERYBODY = frozenset(ROLES)
_INSIDE = frozenset({"employee", "superuser", "manager"})
_IN_SERVICE = _INSIDE | {"user", "relative"}
_TECHNICAL = _INSIDE | {"it", "supplier"}
_EFFECTS = _EVERYBODY - {"supplier"}

STATEMENTS: dict[str, frozenset[str]] = {
    "qe.people.1": _IN_SERVICE,
    "qe.people.2": _INSIDE,
    "qe.people.3": _IN_SERVICE,
    "qe.organisation.1": _INSIDE,
    "qe.organisation.2": _INSIDE,
    "qe.organisation.3": _TECHNICAL,
    "qe.technology.1": _EVERYBODY,
    "qe.technology.2": _EVERYBODY,
    "qe.technology.3": _TECHNICAL,
    "qe.technology.4": _TECHNICAL,
    "qe.effects.1": _EFFECTS,
    "qe.effects.2": frozenset({"manager", "it"}),
    "qe.overall.1": _EFFECTS,
}

FACTORS = tuple(f"hf.{number:02}" for number in range(1, 23))
"""What holds back or helps (d.28), as label keys in order."""

OPEN_QUESTIONS: dict[str, frozenset[str]] = {
    "f.works_well": _EVERYBODY,
    "f.works_badly": _EVERYBODY,
    "f.improvement": _EVERYBODY,
    "qe.open.new_effects": _EVERYBODY,
    "qe.open.costs": frozenset({"manager", "it", "supplier"}),
    "qe.open.follow_up": _INSIDE,
}


def statements(role: str | None = None) -> tuple[str, ...]:
    """The label keys of the statements for a role, all of them without one, in order."""
    return tuple(key for key, roles in STATEMENTS.items() if role is None or role in roles)


def open_questions(role: str | None = None) -> tuple[str, ...]:
    """The label keys of the open questions for a role, all of them without one, in order."""
    return tuple(key for key, roles in OPEN_QUESTIONS.items() if role is None or role in roles)


def dimension(statement: str) -> str:
    """The dimension of a statement's key: ``qe.people.1`` -> ``people``."""
    return statement.split(".")[1]
