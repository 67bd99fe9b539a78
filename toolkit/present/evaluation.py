"""The pilot evaluation put together: statements, groups, and what people wrote in their own words.

In: Told. Out: the rows of three sheets. Groups under five answers hold no numbers, and a role
stands beside a text only where at least five of that role have answered (specification 2.10).
"""

from __future__ import annotations

from collections.abc import Iterator

from toolkit.content.reading import Row
from toolkit.content.views.evaluation import questions, statements
from toolkit.method.evaluation import DIMENSIONS
from toolkit.present.told import Told
from toolkit.store.ratings import Rating

FORM = "form"
STATEMENT, DIMENSION, OVERALL = "statement", "dimension", "overall"


def tables(told: Told) -> dict[str, list[Row]]:
    """The rows of every sheet; the last column is left for comments."""
    own = {
        "evaluation": list(_statements(told)),
        "eval_groups": list(_groups(told)),
        "eval_texts": list(_texts(told)),
    }
    return {name: [{"comment": None, **row} for row in rows] for name, rows in own.items()}


def _statements(told: Told) -> Iterator[Row]:
    """Every statement as all answered it, and the whole of it last."""
    asked = {row["id"]: row for row in statements(told.reading)}
    ratings = told.results.ratings
    found = {r.key: r for r in ratings if (r.level, r.family) == (STATEMENT, "all")}
    for key, row in asked.items():
        if key in found:
            yield {**row, **_numbers(told, found[key])}
    overall = next((r for r in ratings if (r.level, r.family) == (OVERALL, "all")), None)
    if overall:
        name = told.reading.labels.t("ui.all_statements")
        yield {"id": OVERALL, "statement": name, "dimension": None, **_numbers(told, overall)}


def _numbers(told: Told, rating: Rating) -> Row:
    labels = told.reading.labels
    answers = dict(labels.options("likert"))
    counts = sorted(rating.distribution.items())
    told_counts = "; ".join(f"{answers.get(key, key)}: {n}" for key, n in counts)
    colour = labels.label("ev_rating", rating.colour) if rating.colour else None
    return {
        "n": rating.n,
        "mean": None if rating.mean is None else round(rating.mean, 1),
        "agree": rating.agree,
        "rating": labels.t("ui.too_few") if rating.hidden else colour,
        "distribution": None if rating.hidden else told_counts or None,
    }


def _groups(told: Told) -> Iterator[Row]:
    """Every group and dimension, roles first."""
    rated = [r for r in told.results.ratings if r.family != "all" and r.level == DIMENSION]
    for rating in sorted(rated, key=_order):
        name = told.reading.labels.t("ui.overall")
        if rating.key != OVERALL:
            name = told.reading.labels.label("eval_dim", rating.key)
        group = _group(told, rating)
        yield {"id": None, "group": group, "dimension": name, **_numbers(told, rating)}


def _order(rating: Rating) -> tuple[str, str, int]:
    known = rating.key in DIMENSIONS
    place = DIMENSIONS.index(rating.key) if known else len(DIMENSIONS)
    return rating.family, rating.group, place


def _group(told: Told, rating: Rating) -> str:
    if rating.family == "unit":
        return told.reading.title("unit", rating.group) or rating.group
    return told.reading.labels.label("respondent_role", rating.group)


def _texts(told: Told) -> Iterator[Row]:
    """Every open answer by question, in order of arrival."""
    shown = _roles_shown(told)
    asked = {row["id"]: row["question"] for row in questions(told.reading)}
    for key, question in asked.items():
        merged = told.merged(FORM, "", key)
        for source in merged.standing if merged else ():
            role = source.role if source.role in shown else ""
            named = told.reading.labels.label("respondent_role", role) if role else None
            yield {"id": None, "question": question, "role": named, "text": f"{source.value}"}
        if merged and merged.more:
            more = told.reading.labels.t("rp.more", n=merged.more, where="texts")
            yield {"id": None, "question": question, "role": None, "text": more}


def _roles_shown(told: Told) -> set[str]:
    """The roles that may stand beside a text: no part of them is too small to be shown."""
    roles = [r for r in told.results.ratings if (r.level, r.family) == (OVERALL, "role")]
    return {rating.group for rating in roles if not rating.hidden}
