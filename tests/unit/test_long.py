"""A list on the disk: what is in it, in which order, and that little of it is held."""

from __future__ import annotations

import tracemalloc

from toolkit.store.long import AT_ONCE, Long


def test_a_long_list_is_the_items_in_order() -> None:
    items = [("name", n) for n in range(2 * AT_ONCE + 3)]
    kept = Long(items)
    assert list(kept) == items
    assert len(kept) == len(items)
    assert (kept[0], kept[-1], kept[AT_ONCE]) == (items[0], items[-1], items[AT_ONCE])
    assert kept[AT_ONCE - 1 : AT_ONCE + 2] == items[AT_ONCE - 1 : AT_ONCE + 2]
    assert kept[::-1] == items[::-1]
    assert (len(Long[int]()), list(Long[int]())) == (0, [])


def test_of_one_id_the_first_gives_the_place_and_the_last_what_it_says() -> None:
    kept = Long[str]()
    for said, id in (("a", 7), ("b", 8), ("c", 7), ("d", None), ("e", None)):
        kept.add(said, id)
    assert list(kept) == ["c", "b", "d", "e"]


def test_what_is_held_does_not_grow_with_the_list() -> None:
    def held(count: int) -> int:
        tracemalloc.start()
        kept = Long("x" * 100 + f"{n}" for n in range(count))
        now = tracemalloc.get_traced_memory()[0]
        tracemalloc.stop()
        assert len(kept) == count
        return now

    assert held(40 * AT_ONCE) < held(2 * AT_ONCE) + 100 * AT_ONCE
