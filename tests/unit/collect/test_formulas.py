"""Cells with formulas, known by row; a row that files share stays as it is."""

from toolkit.collect.reading.formulas import Formulas


def test_cells_are_told_one_by_one_and_by_row() -> None:
    found = Formulas()
    found.add((4, 2))
    found.add((4, 1))
    assert (set(found), len(found)) == ({(4, 1), (4, 2)}, 2)
    assert (set(found.row(4)), set(found.row(5))) == ({1, 2}, set())
    assert (4, 1) in found
    assert (1, 4) not in found


def test_a_shared_row_is_not_changed_for_the_others() -> None:
    shared, found = frozenset({1}), Formulas()
    found.rows[4] = shared
    found.add((4, 2))
    assert (set(found.row(4)), shared) == ({1, 2}, {1})
