"""Ratings: agreement, colours, and groups too small to be shown."""

from __future__ import annotations

import pytest

from toolkit.method.ratings import agree_share, colour, hidden, mean_of


def test_agreement_is_four_and_five() -> None:
    assert agree_share([5, 4, 3, 1]) == 50
    assert agree_share([]) is None


@pytest.mark.parametrize(
    ("mean", "expected"),
    [(4.0, "green"), (3.99, "yellow"), (3.0, "yellow"), (2.99, "red"), (None, "")],
)
def test_the_colour_of_a_mean(mean: float | None, expected: str) -> None:
    assert colour(mean) == expected


def test_a_mean_is_of_what_is_known() -> None:
    assert mean_of([4, None, 2]) == 3
    assert mean_of([None]) is None


@pytest.mark.parametrize(
    ("sizes", "expected"),
    [
        ({"user": 20, "employee": 9}, set()),
        ({"user": 20, "employee": 9, "it": 3}, {"it", "employee"}),
        ({"user": 20, "supplier": 1, "it": 3}, {"it", "supplier"}),
        ({"user": 20, "it": 3}, {"it", "user"}),
        ({"it": 3}, {"it"}),
        ({"user": 5, "employee": 5, "it": 4}, {"it", "employee"}),
        ({"user": 6, "it": 0}, set()),
        ({}, set()),
    ],
)
def test_small_groups_are_hidden_and_never_one_alone(
    sizes: dict[str, int], expected: set[str]
) -> None:
    assert hidden(sizes) == expected
