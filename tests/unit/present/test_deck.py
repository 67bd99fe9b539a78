"""The status deck filled with answers written by hand: charts, messages, notes, audiences."""

from __future__ import annotations

from functools import cache
from io import BytesIO
from typing import Any

import pytest
from pptx import Presentation
from returned_example import presented

from toolkit.finding import LANGUAGES
from toolkit.present.deck import deck


@cache
def drawn(language: str = "nb", audience: str = "management") -> Any:
    return Presentation(BytesIO(deck(presented(), language, audience).data))


def charts(shown: Any) -> list[Any]:
    return [shape.chart for slide in shown.slides for shape in slide.shapes if shape.has_chart]


def titles(shown: Any) -> list[str]:
    return [slide.shapes.title.text for slide in shown.slides]


def notes(shown: Any) -> str:
    return "\n".join(slide.notes_slide.notes_text_frame.text for slide in shown.slides)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_chart_holds_the_golden_achievements(language: str) -> None:
    chart = next(c for c in charts(drawn(language)) if "Uforstyrret søvn" in c.plots[0].categories)
    achieved = dict(zip(chart.plots[0].categories, chart.plots[0].series[0].values, strict=True))
    assert achieved["Færre planlagte tilsyn om natten"] == 80.0
    assert achieved["Uforstyrret søvn"] == 37.8


def test_messages_are_whole_labels_with_numbers() -> None:
    shown = titles(drawn())
    assert "Færre planlagte tilsyn om natten: 2,4 → 0,96 (mål 0,6)" in shown
    assert "Uforstyrret søvn: 38\xa0% → 52\xa0% (mål 75\xa0%)" in shown
    assert "Uforstyrret søvn: 38\xa0% → 52\xa0% (tavoite 75\xa0%)" in titles(drawn("fi"))


def test_the_lights_stand_with_their_words() -> None:
    table = next(s.table for s in drawn().slides[2].shapes if s.has_table)
    rows = {row.cells[0].text: [cell.text for cell in row.cells] for row in table.rows}
    told = rows["Færre planlagte tilsyn om natten"]
    assert told[1:] == ["2,4", "0,96", "0,6", "80,0\xa0%", "▲ Bedre", "● På plan"]
    assert rows["Uforstyrret søvn"][4:] == ["37,8\xa0%", "▲ Bedre", "■ Bak plan"]


def test_a_period_some_units_have_not_reported_in_is_no_latest_value() -> None:
    chart = charts(drawn())[0].plots[0]
    achieved = dict(zip(chart.categories, chart.series[0].values, strict=True))
    assert achieved["Mindre kjøretid om natten"] == 31.2


def test_the_notes_name_the_cells_of_every_number() -> None:
    said = notes(drawn())
    assert "Uforstyrret søvn: 52\xa0% · nord.xlsx > Målinger!F" in said
    assert "nord.xlsx > Oppfølging!M10" in said
    assert "ros_1.xlsx > Risikoer!H9" in said


def test_an_audience_sees_its_own_slides() -> None:
    staff, supplier = (titles(drawn(audience=name)) for name in ("staff", "supplier"))
    assert len(titles(drawn())) > len(staff) > len(supplier)
    assert not any("risikoer" in title for title in (*staff, *supplier))
    assert "Ett avvik følges opp" in supplier


def test_what_was_judged_worse_counts() -> None:
    """Risk ri05 came back as 5 x 4, which is red; staff added one more."""
    table = next(
        s.table for slide in drawn().slides for s in slide.shapes if s.has_table and _risky(s)
    )
    assert sum("Kritisk" in row.cells[1].text for row in table.rows) == 4


def _risky(shape: Any) -> bool:
    return bool(shape.table.rows[0].cells[0].text == "Uønsket hendelse")


def test_slides_without_data_are_left_out() -> None:
    from dataclasses import replace

    from toolkit.store.records import Results

    empty = replace(presented(), results=Results(), files=())
    shown = titles(Presentation(BytesIO(deck(empty, "nb").data)))
    assert not any("→" in title for title in shown)
    assert "Ingen filer er returnert ennå" in shown
