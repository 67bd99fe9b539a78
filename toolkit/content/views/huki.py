"""Roles and responsibilities: letters per role, checks (specification 4.12).

In: a Reading. Out: rows with ``letters`` (role id -> ``H/U`` in the language's own alphabet),
``check_status``, and how often each role holds each letter.
"""

from __future__ import annotations

from collections.abc import Sequence

from toolkit.content.reading import Reading, Row
from toolkit.method import huki as method

COMBINED = ("H/U",)


def huki_roles(reading: Reading) -> list[Row]:
    """One row per role that is a column of the matrix, all where none is; equal titles get (2)."""
    every = reading.project.roles
    roles = [role for role in every if role.in_huki] or every
    seen: dict[str, int] = {}
    rows = []
    for role in roles:
        seen[role.title] = count = seen.get(role.title, 0) + 1
        title = role.title if count == 1 else f"{role.title} ({count})"
        rows.append({"id": role.id, "title": title, "role": role.title})
    return rows


def huki(reading: Reading) -> list[Row]:
    """One row per activity."""
    roles = [row["id"] for row in huki_roles(reading)]
    return [_activity(reading, row, roles) for row in reading.facts["huki"]]


def _activity(reading: Reading, row: Row, roles: Sequence[str]) -> Row:
    codes = {role: _codes(row["cells"].get(role, "")) for role in roles}
    status = method.huki_status(codes.values())
    counted = method.counts(codes.values())
    many = method.too_many_consulted(codes.values())
    return row | {
        "letters": {role: letters(reading, codes[role]) for role in roles},
        "codes": {role: "/".join(codes[role]) for role in roles},
        "check_status": reading.option("huki_check", status),
        "check_status_key": status,
        "many_consulted": many,
        "warning": reading.option("huki_warning", "many_consulted" if many else ""),
        **{f"count_{code.lower()}": counted[code] for code in method.CODES},
    }


def _codes(cell: str) -> tuple[str, ...]:
    return tuple(filter(None, cell.split("/")))


def letters(reading: Reading, codes: Sequence[str]) -> str | None:
    """The codes of a cell in the language's alphabet: ``H/U``, ``A/R``; None when empty."""
    texts = [reading.labels.label("huki_letter", code) for code in codes]
    return "/".join(texts) or None


def cell_choices(reading: Reading) -> list[str]:
    """What a cell's drop-down offers: each letter, and both of a role that decides and does."""
    every = [*method.CODES, *COMBINED]
    return [letters(reading, _codes(cell)) or "" for cell in every]


def huki_check(reading: Reading) -> list[Row]:
    """One row per role: how often it holds each letter, and whether that is too much or nothing."""
    rows = [{role: _codes(cell) for role, cell in row["codes"].items()} for row in huki(reading)]
    return [_warned(reading, _role(role, rows)) for role in huki_roles(reading)]


def _warned(reading: Reading, role: Row) -> Row:
    """What the workbook says of a role; nothing as long as there are no activities."""
    key = "idle" if role["idle"] else "overloaded" if role["overloaded"] else ""
    return role | {"warning": reading.option("huki_warning", key if role["activities"] else "")}


def _role(role: Row, rows: Sequence[dict[str, tuple[str, ...]]]) -> Row:
    counted = method.counts(row[role["id"]] for row in rows)
    return role | {
        "activities": len(rows),
        "role": role["title"],
        "name": role["title"],
        "overloaded": method.overloaded(rows, role["id"]),
        "idle": method.idle(rows, role["id"]),
        **{f"count_{code.lower()}": counted[code] for code in method.CODES},
    }


def view(reading: Reading) -> Row:
    """The matrix, its columns, and the activities that do not hold."""
    rows = huki(reading)
    return {
        "roles": huki_roles(reading),
        "rows": rows,
        "faults": [row for row in rows if row["check_status_key"] != "ok"],
        "legend": [
            {"letter": letters(reading, (key,)), "title": label, "key": key}
            for key, label in reading.labels.options("huki")
        ],
        "check": huki_check(reading),
    }
