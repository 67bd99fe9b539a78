"""What is remembered of files: each thing worked out once, and never taken for another."""

from __future__ import annotations

from returned_files import cell_at, put, read_back, ros, sheet_of

from toolkit.collect.reading.known_texts import MOST, Known
from toolkit.collect.reading.sieve import Sieve
from toolkit.office.package.markup import Element
from toolkit.store.shared import Shared


def test_a_sieve_looks_at_each_content_once() -> None:
    seen: list[object] = []
    sieve = Sieve(lambda content: not seen.append(content) and content in ("f.id", "f.unit"))
    assert sieve(frozenset({"f.id", "Natt", 3.0})) == {"f.id"}
    assert sieve(frozenset({"f.id", "f.unit", "Natt"})) == {"f.id", "f.unit"}
    assert sorted(map(str, seen)) == ["3.0", "Natt", "f.id", "f.unit"]
    sieve.cache_clear()
    assert sieve(frozenset({"Natt"})) == set()
    assert len(seen) == 5


def test_known_texts_are_worked_out_once_and_never_without_end() -> None:
    seen: list[str] = []
    known = Known[str, int](lambda text: seen.append(text) or len(text))
    assert [known["natt"], known["natt"], known["dag"]] == [4, 4, 3]
    assert seen == ["natt", "dag"]
    for number in range(MOST):
        known[f"{number}"]
    assert len(known) <= MOST


def test_what_objects_share_is_told_of_the_object_itself() -> None:
    seen: list[tuple[int]] = []
    worth = Shared[tuple[int], int](lambda one: seen.append(one) or one[0], most=2)
    one, alike, third = tuple(map(int, "1")), tuple(map(int, "1")), (3,)
    assert list(worth.each([one, one, alike, third, one])) == [1, 1, 1, 3, 1]
    assert [n for (n,) in seen] == [1, 1, 3, 1]  # the third made room by forgetting


def test_yes_is_not_taken_for_the_one_that_stood_there_in_another_file() -> None:
    spot = ("risks", "ri01", "f.probability")
    (cell,) = (cell for cell in read_back(ros()).cells if cell.spot == spot)
    (_, sheet), (_, at) = cell.steps

    def one(root: Element) -> None:
        put(root, f"{at}", 1)

    def yes(root: Element) -> None:
        one(root)
        cell_at(root, f"{at}").set("t", "b")

    files = [sheet_of(ros(), f"{sheet}", write) for write in (one, yes, one)]
    raw = [next(c.raw for c in read_back(data).cells if c.spot == spot) for data in files]
    assert raw == ["1", "Ja", "1"]
