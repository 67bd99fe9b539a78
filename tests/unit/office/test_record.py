"""Records behave as typing.NamedTuple does: made, compared, changed, matched, kept."""

from __future__ import annotations

import pickle
from typing import NamedTuple

import pytest

from toolkit.office.record import Record


class Point(Record):
    """A point with a label."""

    x: int
    y: int = 0
    label: str = ""

    @property
    def far(self) -> int:
        return self.x + self.y


class Named(NamedTuple):
    """The same, made by the library."""

    x: int
    y: int = 0
    label: str = ""


MADE: list[tuple[tuple[int, ...], dict[str, int | str]]] = [
    ((1,), {}),
    ((1, 2), {}),
    ((1,), {"label": "a"}),
    ((), {"y": 4, "x": 3}),
]
WRONG: list[tuple[tuple[int, ...], dict[str, int]]] = [
    ((), {}),
    ((1, 2, 3, 4), {}),
    ((1,), {"x": 2}),
    ((), {"y": 1}),
    ((1,), {"z": 2}),
]


@pytest.mark.parametrize(("given", "named"), MADE)
def test_values_given_by_place_by_name_or_not_at_all(
    given: tuple[int, ...], named: dict[str, int | str]
) -> None:
    made = Point(*given, **named)  # type: ignore[arg-type]
    like = Named(*given, **named)  # type: ignore[arg-type]
    assert tuple(made) == tuple(like)
    assert made == Point(*like)
    assert hash(made) == hash(like)
    assert (made.x, made.y, made.label) == (like.x, like.y, like.label)
    assert repr(made) == repr(like).replace("Named", "Point")


@pytest.mark.parametrize(("given", "named"), WRONG)
def test_values_missing_unknown_or_too_many_are_refused(
    given: tuple[int, ...], named: dict[str, int]
) -> None:
    for kind in (Point, Named):
        with pytest.raises(TypeError):
            kind(*given, **named)  # type: ignore[arg-type]


def test_a_change_gives_another_record_and_needs_a_field_that_exists() -> None:
    point = Point(1, 2)
    assert point._replace(y=5) == Point(1, 5)
    assert point == Point(1, 2)
    assert type(point._replace(y=5)) is Point
    with pytest.raises(TypeError):
        point._replace(z=1)  # type: ignore[call-arg]


def test_a_record_cannot_be_changed_and_holds_nothing_else() -> None:
    for name in ("x", "other"):
        with pytest.raises(AttributeError):
            setattr(Point(1), name, 2)


def test_records_keep_their_methods_match_and_survive_pickling() -> None:
    point = Point(3, 4)
    assert point.far == 7
    match point:
        case Point(x, y, label):
            assert (x, y, label) == (3, 4, "")
    twin = pickle.loads(pickle.dumps(point))
    assert twin == point
    assert type(twin) is Point
