"""The lines of the net table: known by their ids, else by what they are called."""

from __future__ import annotations

import pytest
from returned_files import places, read_back, sent_file, sheet_of, values, written

from toolkit.finding import LANGUAGES
from toolkit.language import Labels
from toolkit.office.package.markup import Element, q

NET = "Netto gevinst"
SENT = values(read_back(sent_file("benefits", "xlsx")))


def net(data: bytes) -> dict[tuple[str, str], object]:
    return {spot[1:]: v for spot, v in values(read_back(data)).items() if spot[0] == "net"}


BEFORE = net(sent_file("benefits", "xlsx"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_lines_without_ids_are_known_by_what_they_are_called(language: str) -> None:
    sheet = Labels.load(language).t("s.net")
    data = written(sent_file("benefits", "xlsx", language), sheet, {"A5": None, "A7": None})
    returned = read_back(written(data, sheet, {"E5": 0.5, "J7": "Etter avtale"}))
    read = {cell.spot[1:]: cell.value for cell in returned.cells if cell.table == "net"}
    assert read == {
        **BEFORE,
        ("f.ramp_up", "f.year:2027"): 0.5,
        ("f.gross_budget", "f.comment"): "Etter avtale",
    }
    assert places(returned, "row-by-key") == [f"{sheet}!A5", f"{sheet}!A7"]


def test_lines_are_read_without_the_column_of_ids() -> None:
    def without_ids(root: Element) -> None:
        for cell in root.iter(q("x:c")):
            if cell.get("r").rstrip("0123456789") == "A" and cell.get("r") != "A1":
                for child in list(cell):
                    cell.remove(child)
                cell.attrib.pop("t", None)

    assert net(sheet_of(sent_file("benefits", "xlsx"), NET, without_ids)) == BEFORE


def test_a_comment_beside_no_line_is_told() -> None:
    cells = {"A7": None, "B7": "Noe annet", "J7": "Etter avtale"}
    returned = read_back(written(sent_file("benefits", "xlsx"), NET, cells))
    assert places(returned, "text-beside") == [f"{NET}!J7"]


def test_the_id_of_another_line_does_not_hide_a_line() -> None:
    cells = {"A7": "f.ramp_up", "J7": "Etter avtale"}
    data = written(sent_file("benefits", "xlsx"), NET, cells)
    assert net(data) == {**BEFORE, ("f.gross_budget", "f.comment"): "Etter avtale"}


def test_a_year_that_is_gone_is_told() -> None:
    def without(root: Element) -> None:
        for cell in [c for c in root.iter(q("x:c")) if c.get("r").startswith("E")]:
            cell.getparent().remove(cell)

    returned = read_back(sheet_of(sent_file("benefits", "xlsx"), NET, without))
    told = [dict(f.params)["column"] for f in returned.findings if f.code == "column-missing"]
    assert told == ["2027"]
