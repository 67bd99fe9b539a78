"""Personal data in returned files: where it is told and where not, what stays when it is masked."""

from __future__ import annotations

from dataclasses import replace

import pytest
from personal_numbers import norwegian_number
from returned_files import DOCUMENTS, codes, places, read_back, ros, sent_file, values, written

from toolkit.collect.read import Reader, Settings
from toolkit.finding import LANGUAGES
from toolkit.personal import MASK

NUMBER = norwegian_number("150765")
REDACTS = Reader(Settings(DOCUMENTS, redact=True))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("id", "format"),
    [("ros", "xlsx"), ("benefits", "xlsx"), ("evaluation", "docx"), ("anchoring-plan", "docx")],
)
def test_a_file_as_it_is_sent_out_holds_none(id: str, format: str, language: str) -> None:
    """Not even where to return it to is told."""
    read = read_back(sent_file(id, format, language), f"x.{format}")
    assert [code for code in codes(read) if code.startswith("personal-")] == []


def test_the_kind_and_the_cell_are_told_and_never_the_value() -> None:
    read = read_back(written(ros(), "Risikoer", {"E5": f"Som {NUMBER}", "E6": "a@b.no"}))
    assert places(read, "personal-number") == ["Risikoer!E5"]
    assert places(read, "personal-email") == ["Risikoer!E6"]
    told = [found for found in read.findings if found.code.startswith("personal-")]
    assert all(NUMBER not in f"{found}" and "a@b" not in f"{found}" for found in told)
    assert dict(told[0].params) == {"country": "NO"}


def test_very_much_of_it_is_told_shortly() -> None:
    cells = {f"E{row}": f"{row}@b.no" for row in range(5, 150)}
    read = read_back(written(ros(), "Risikoer", cells))
    assert len(places(read, "personal-email")) == 100
    (more,) = (found for found in read.findings if found.code == "personal-more")
    assert dict(more.params) == {"n": "45"}


def test_masked_the_rest_of_the_file_is_the_same() -> None:
    data = written(ros(), "Risikoer", {"E5": f"Som {NUMBER} sa", "H5": "3 – Moderat"})
    plain, masked = read_back(data), read_back(data, reader=REDACTS)
    spot = next(s for s, value in values(plain).items() if NUMBER in f"{value}")
    assert values(masked) == values(plain) | {spot: f"Som {MASK} sa"}
    assert masked.sha256 == plain.sha256
    assert codes(masked) == codes(plain)
    assert replace(masked, cells=(), sent={}, names={}) == replace(
        plain, cells=(), sent={}, names={}
    )


def test_a_number_that_is_somebodys_is_no_number_any_more() -> None:
    data = sent_file("benefits", "xlsx")
    cell = next(c for c in read_back(data).cells if c.field == "f.target")
    at = dict(cell.steps)
    data = written(data, f"{at['sheet']}", {f"{at['at']}": int(NUMBER)})
    (masked,) = (c for c in read_back(data, reader=REDACTS).cells if c.spot == cell.spot)
    assert (masked.value, masked.state, masked.usable) == (MASK, "personal-number", False)
