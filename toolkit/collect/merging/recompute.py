"""Recompute: the computed fields of every document, from what was merged (specification 4).

In: the merged tables of a document, and what is known of the project. Out: the value of every
computed cell; and risks judged as pairs. The arithmetic is the method's; nothing is rounded.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from itertools import permutations

from toolkit.collect.known import Known
from toolkit.collect.merging.answers import Answer, counting
from toolkit.collect.merging.merge import MergedTable, Weighed
from toolkit.collect.merging.worth import calculation, follow_up, net, of_calculation, of_follow_up
from toolkit.language import option_keys
from toolkit.method import huki, risks, stakeholders
from toolkit.store.records import Merged, Spot, Value

Tables = Mapping[str, MergedTable]
Computed = Iterator[tuple[str, str, Value]]  # row, field, value

SIDES = (
    ("", "f.risk_value", "f.risk_level"),
    ("_after", "f.residual_value", "f.residual_level"),
)
PARTNERS = {
    f"f.{one}{end}": f"f.{other}{end}"
    for end, *_ in SIDES
    for one, other in permutations(("probability", "consequence"))
}
"""The other cell of a risk that each is judged with."""
LEVELS = option_keys("risk_level")
SCORES = range(1, 6)


def computed(doc: str, tables: Tables, known: Known) -> Iterator[tuple[Merged, list[Spot]]]:
    """Every computed value of a document that can be known, with the cells it rests on."""
    for key, compute in COMPUTED.items():
        if key in tables and tables[key].rows:
            for row, field, value in compute(tables, known):
                if value is not None:
                    rests = RESTS_ON[key](row, field, tables) if key in RESTS_ON else ()
                    yield Merged(doc, key, row, field, "recompute", value), list(rests)


def matrix_of(tables: Tables, known: Known) -> risks.Matrix:
    """The acceptance matrix that came back, where it is whole; else the project's."""
    if "risk_criteria" not in tables:
        return known.matrix
    level = partial(_level, tables["risk_criteria"])
    rows = [[level(row, column) for column in SCORES] for row in SCORES]
    return rows if all(one in LEVELS for row in rows for one in row) else known.matrix


def _level(criteria: MergedTable, probability: int, consequence: int) -> str:
    return criteria.text(f"matrix.{probability}", f"f.risk_level:{consequence}")


def judged(cells: Mapping[str, Weighed], matrix: risks.Matrix) -> dict[str, Weighed]:
    """The cells of one risk with probability and consequence as one pair (ruling 12)."""
    found = dict(cells)
    for suffix, _, _ in SIDES:
        fields = [f"f.{name}{suffix}" for name in ("probability", "consequence")]
        both = [cells[field] for field in fields if field in cells]
        worst = _worst([cell.answers for cell in both], matrix) if len(both) == 2 else None
        if worst:
            for field, cell, value in zip(fields, both, worst, strict=True):
                found[field] = replace(cell, outcome=replace(cell.outcome, value=value))
    return found


def _worst(answers: Sequence[Sequence[Answer]], matrix: risks.Matrix) -> tuple[str, str] | None:
    """The worst pair that one copy gave: highest level, then product, then consequence."""
    said = [{a.copy: f"{a.value}" for a in counting(own)} for own in answers]
    pairs = [(said[0][copy], said[1][copy]) for copy in said[0] if copy in said[1]]
    scored = [pair for pair in pairs if all(score.isdecimal() for score in pair)]
    if not scored:
        return None
    return max(scored, key=lambda pair: risks.severity(matrix, int(pair[0]), int(pair[1])))


def _risks(tables: Tables, known: Known) -> Computed:
    """Value and level, before and after measures."""
    table, matrix = tables["risks"], matrix_of(tables, known)
    for joined in table.rows:
        for suffix, value, level in SIDES:
            pair = [
                _score(table, joined.row, f"f.{n}{suffix}") for n in ("probability", "consequence")
            ]
            yield joined.row, value, risks.risk_value(*pair)
            yield joined.row, level, risks.risk_level(matrix, *pair)


def _score(table: MergedTable, row: str, field: str) -> int | None:
    number = table.number(row, field)
    return None if number is None else int(number)


def _stakeholders(tables: Tables, known: Known) -> Computed:
    """Scores, quadrants and gaps, on means and medians."""
    table = tables["stakeholders"]
    for joined in table.rows:
        number = partial(table.number, joined.row)
        influence, interest = number("f.influence"), number("f.interest")
        gap = stakeholders.attitude_gap(number("f.attitude_now"), number("f.attitude_wanted"))
        yield joined.row, "f.priority_score", stakeholders.priority_score(influence, interest)
        yield joined.row, "f.quadrant", stakeholders.quadrant(influence, interest)
        yield joined.row, "f.attitude_gap", gap


def _huki(tables: Tables, known: Known) -> Computed:
    """Whether each activity has exactly one H and at least one U."""
    table = tables["huki"]
    letters: dict[str, list[list[str]]] = {joined.row: [] for joined in table.rows}
    for (row, _), cell in table.cells.items():
        if cell.operator == "agree" and cell.outcome.value is not None:
            letters[row].append(f"{cell.outcome.value}".split("/"))
    for row, cells in letters.items():
        yield row, "f.check_status", huki.huki_status(cells)


def _of_risk(row: str, field: str, tables: Tables) -> Iterator[Spot]:
    suffix = next(suffix for suffix, *fields in SIDES if field in fields)
    yield from (("risks", row, f"f.{name}{suffix}") for name in ("probability", "consequence"))


def _of_stakeholder(row: str, field: str, tables: Tables) -> Iterator[Spot]:
    gap = field == "f.attitude_gap"
    names = ("attitude_now", "attitude_wanted") if gap else ("influence", "interest")
    yield from (("stakeholders", row, f"f.{name}") for name in names)


def _of_activity(row: str, field: str, tables: Tables) -> Iterator[Spot]:
    cells = tables["huki"].cells.items()
    yield from (
        ("huki", row, key) for (own, key), c in cells if own == row and c.operator == "agree"
    )


RESTS_ON: Mapping[str, Callable[[str, str, Tables], Iterator[Spot]]] = {
    "stakeholders": _of_stakeholder,
    "risks": _of_risk,
    "huki": _of_activity,
    "benefit_calc": of_calculation,
    "follow_up": of_follow_up,
}
"""The cells a computed cell is made of."""

COMPUTED: Mapping[str, Callable[[Tables, Known], Computed]] = {
    "stakeholders": _stakeholders,
    "risks": _risks,
    "huki": _huki,
    "benefit_calc": calculation,
    "follow_up": follow_up,
    "net": net,
}
