"""Risks: value, level, matrices before and after measures (specification 2.6 and 4.23).

In: a Reading. Out: rows with ``risk_value``, ``risk_level``, ``residual_value``,
``residual_level``; matrices from probability 5 at the top, consequence 1-5 across.
"""

from __future__ import annotations

from collections.abc import Sequence

from toolkit.content.reading import Reading, Row
from toolkit.method import risks as method

TOP = 5
SCALES = ("probability", "consequence")
HIGH = ("red", "orange")
BEFORE, AFTER = ("", "risk"), ("_after", "residual")


def risks(reading: Reading) -> list[Row]:
    """One row per risk, in the order of the description."""
    return [_judged(reading, row) for row in reading.facts["risks"]]


def _judged(reading: Reading, row: Row) -> Row:
    names = {
        "risk_category": row["category"],
        "existing_measures": row["existing"],
        "new_measure": row["measure"],
        "accepted_by": None,
    }
    return row | names | _levels(reading, row, *BEFORE) | _levels(reading, row, *AFTER)


def _levels(reading: Reading, row: Row, suffix: str, name: str) -> Row:
    pair = row[f"probability{suffix}"], row[f"consequence{suffix}"]
    key = method.risk_level(_matrix(reading), *pair)
    return {
        f"{name}_value": method.risk_value(*pair),
        f"{name}_level": reading.option("risk_level", key),
        f"{name}_level_key": key,
    }


def _matrix(reading: Reading) -> method.Matrix:
    return reading.project.risk_acceptance.matrix


def _sorted(reading: Reading) -> list[Row]:
    """The risks, the worst before measures first."""
    matrix = _matrix(reading)
    return sorted(
        risks(reading),
        key=lambda row: method.severity(matrix, row["probability"], row["consequence"]),
        reverse=True,
    )


def criteria(reading: Reading) -> list[Row]:
    """What the five steps of probability and consequence mean here: ten rows."""
    return [row for scale in SCALES for row in _criteria(reading, scale)]


def _definitions(reading: Reading, scale: str) -> list[str]:
    own = reading.facts["risk_acceptance"]["definitions"][scale]
    labels = reading.labels.options(f"{scale}_def")
    return [own.get(int(key)) or label for key, label in labels]


def _criteria(reading: Reading, scale: str) -> list[Row]:
    words = _definitions(reading, scale)
    return [
        {
            "id": f"{scale}.{key}",
            "scale": reading.labels.t(f"f.{scale}"),
            "scale_key": scale,
            "score": int(key),
            "name": label,
            "description": words[int(key) - 1],
        }
        for key, label in reading.labels.options(scale)
    ]


def acceptance(reading: Reading) -> list[Row]:
    """The acceptance matrix itself: one row per probability, 5 first; cells as labels."""
    return [
        {"id": f"matrix.{row['score']}", "name": row["title"], "cells": row["cells"]}
        for row in _grid(reading, [], *BEFORE)
    ]


def view(reading: Reading) -> Row:
    """Both matrices, how many of each level, the worst five, the five that moved most."""
    rows, ordered = risks(reading), _sorted(reading)
    return {
        "before": _side(reading, rows, BEFORE),
        "after": _side(reading, rows, AFTER),
        "matrix": [[reading.option("risk_level", key) for key in row] for row in _matrix(reading)],
        "definitions": {scale: _definitions(reading, scale) for scale in SCALES},
        "worst": ordered[:TOP],
        "moved": _moved(rows),
        "sorted": ordered,
        "consequences": [label for _, label in reading.labels.options("consequence")],
        "count": len(rows),
        "high": sum(row["risk_level_key"] in HIGH for row in rows),
    }


def _moved(rows: Sequence[Row]) -> list[Row]:
    """The risks whose value falls most by the measures, the largest fall first."""
    fallen = [row for row in rows if _fall(row) > 0]
    return sorted(fallen, key=_fall, reverse=True)[:TOP]


def _fall(row: Row) -> int:
    before, after = row["risk_value"], row["residual_value"]
    return 0 if before is None or after is None else int(before - after)


def _side(reading: Reading, rows: Sequence[Row], side: tuple[str, str]) -> Row:
    counts = method.level_counts(row[f"{side[1]}_level_key"] for row in rows)
    return {
        "rows": _grid(reading, rows, *side),
        "counts": [
            {"key": key, "title": reading.option("risk_level", key), "count": count}
            for key, count in counts.items()
        ],
        "count": counts,
    }


def _grid(reading: Reading, rows: Sequence[Row], suffix: str, name: str) -> list[Row]:
    return [
        {
            "score": int(score),
            "title": label,
            "cells": [_cell(reading, rows, int(score), across, suffix) for across in range(1, 6)],
        }
        for score, label in reversed(reading.labels.options("probability"))
    ]


def _cell(reading: Reading, rows: Sequence[Row], down: int, across: int, suffix: str) -> Row:
    key = method.risk_level(_matrix(reading), down, across)
    ids = [
        row["id"]
        for row in rows
        if (row[f"probability{suffix}"], row[f"consequence{suffix}"]) == (down, across)
    ]
    return {
        "probability": down,
        "consequence": across,
        "level_key": key,
        "level": reading.option("risk_level", key),
        "ids": ids,
        "text": ", ".join(ids),
        "count": len(ids),
    }
