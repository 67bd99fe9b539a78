"""The pilot evaluation: statements and open questions for a role (specification 4.16).

In: a Reading and a role (an option of ``respondent_role``; '' is everybody). Out: rows with the
statement's ``key``, ``text`` and dimension, and the same grouped by dimension.
"""

from __future__ import annotations

from itertools import groupby
from typing import Any

from toolkit.content.reading import Reading, Row
from toolkit.method import evaluation as method


def statements(reading: Reading, role: str = "") -> list[Row]:
    """The statements a role answers, and the description's own for everybody."""
    own = enumerate(reading.project.pilot.extra_statements, 1)
    asked = ((key, reading.labels.t(key)) for key in method.statements(role or None))
    rows = [_statement(reading, key, text, method.dimension(key)) for key, text in asked]
    extra = [_statement(reading, f"x.{n}", text, "overall") for n, text in own]
    return sorted([*rows, *extra], key=lambda row: method.DIMENSIONS.index(row["dimension_key"]))


def _statement(reading: Reading, key: str, text: str, dimension: str) -> Row:
    overall = dimension == "overall"
    label = reading.labels.t("ui.overall") if overall else reading.option("eval_dim", dimension)
    return {
        "id": key,
        "key": key.removeprefix("qe.").replace(".", "_"),
        "text": text,
        "statement": text,
        "dimension": label,
        "dimension_key": dimension,
        "answer": None,
    }


def groups(reading: Reading, role: str = "") -> list[Row]:
    """The statements of a role by dimension, in order."""
    rows = statements(reading, role)
    return [
        {"key": key, "title": own[0]["dimension"], "statements": own, "rows": own}
        for key, own in ((key, list(many)) for key, many in groupby(rows, _dimension))
    ]


def _dimension(row: dict[str, Any]) -> str:
    return str(row["dimension_key"])


def questions(reading: Reading, role: str = "") -> list[Row]:
    """The open questions for a role."""
    return [
        {"id": key, "key": key.rpartition(".")[2], "text": text, "question": text, "answer": None}
        for key, text in ((k, reading.labels.t(k)) for k in method.open_questions(role or None))
    ]


def view(reading: Reading, role: str = "") -> Row:
    """What one respondent's form holds, and how many forms were sent."""
    sent = reading.project.pilot.evaluation_sent
    asked = questions(reading, role)
    return {
        "statements": statements(reading, role),
        "dimensions": groups(reading, role),
        "questions": asked,
        "open_questions": [row for row in asked if row["id"].startswith("qe.")],
        "sent": [
            {"key": key, "title": reading.option("respondent_role", key), "count": count}
            for key, count in sent.items()
        ],
        "sent_total": sum(sent.values()),
    }
