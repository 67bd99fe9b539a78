"""The rules of the responsibility matrix (specification 4.12 and 5)."""

from __future__ import annotations

import pytest

from toolkit.method.huki import counts, huki_status, idle, overloaded, too_many_consulted

EXAMPLE = """
h01 I I K K K HU
h02 I I I I HU I K
h03 I H U I I I K U
h04 K H U I U U K
h05 H U U I K
h06 I K I H U I U
h07 I I K K HU
h08 I H K U I
h09 H K U I K
h10 I I I U U U H U
h11 I I K U K H
h12 I K H U U I K K K
h13 I U K K K I K K K K K
"""
ACTIVITIES = {name: cells for name, *cells in map(str.split, EXAMPLE.strip().splitlines())}


def test_golden_only_h13_lacks_an_accountable() -> None:
    statuses = {name: huki_status(cells) for name, cells in ACTIVITIES.items()}
    assert [name for name, status in statuses.items() if status != "ok"] == ["h13"]
    assert statuses["h13"] == "no_h"


@pytest.mark.parametrize(
    ("cells", "status"),
    [
        ([], "no_h"),
        (["HU"], "ok"),
        (["H", "U", "U"], "ok"),
        (["H", "HU"], "many_h"),
        (["H", "K"], "no_u"),
    ],
)
def test_status(cells: list[str], status: str) -> None:
    assert huki_status(cells) == status


def test_both_letters_of_a_cell_count() -> None:
    assert counts(["HU", "K", "", "K"]) == {"H": 1, "U": 1, "K": 2, "I": 0}


def test_warnings() -> None:
    activities = [{"a": "H", "b": "U"}, {"a": "H", "b": "U"}, {"b": "HU", "c": ""}]
    assert overloaded(activities, "a")
    assert not overloaded(activities, "b")
    assert idle(activities, "c")
    assert not idle(activities, "a")
    assert too_many_consulted(["K", "K", "K", "K"])
    assert not too_many_consulted(["K", "K", "K"])
