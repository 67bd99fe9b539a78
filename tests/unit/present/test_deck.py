"""The status deck filled with answers written by hand: charts, messages, notes, audiences."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from io import BytesIO
from typing import Any

import pytest
from pptx import Presentation
from returned_example import presented

from toolkit.finding import LANGUAGES
from toolkit.present.deck import deck
from toolkit.present.presented import Presented
from toolkit.store.records import Merged, Results, Row


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
    empty = replace(presented(), results=Results(), files=())
    shown = titles(Presentation(BytesIO(deck(empty, "nb").data)))
    assert not any("→" in title for title in shown)
    assert "Ingen filer er returnert ennå" in shown


# --- what documents of later phases say, and what suppliers measure -------------------------------


def with_rows(table: str, values: dict[str, Merged]) -> Presented:
    """The example with a table more, its rows named as their ids are."""
    known = presented()
    rows = tuple(Row(m.doc, table, id, n, id) for n, (id, m) in enumerate(values.items()))
    results = known.results
    return replace(
        known,
        results=replace(
            results,
            rows=(*results.rows, *rows),
            merged=(*results.merged, *values.values()),
        ),
    )


def texts_of(known: Presented, audience: str = "management") -> list[str]:
    shown = Presentation(BytesIO(deck(known, "nb", audience).data))
    shapes = (shape for slide in shown.slides for shape in slide.shapes if shape.has_text_frame)
    return [shape.text_frame.text for shape in shapes]


def test_processes_that_are_not_relevant_do_not_count() -> None:
    def status(id: str, **counted: int) -> Merged:
        return Merged("d.20", "checklist", id, "f.status", "per_unit", distribution=counted)

    values = {
        "p.01": status("p.01", done=2, delayed=1),
        "p.02": status("p.02", not_relevant=1, done=1),
    }
    told = texts_of(with_rows("checklist", values))
    assert "75\xa0%" in told
    assert any("av prosessene er gjennomført" in text and "3 av 4" in text for text in told)


def test_training_is_the_share_of_those_who_are_to_be_trained() -> None:
    def number(field: str, value: int) -> Merged:
        return Merged("d.22", "training_plan", "t01", field, "sum", value, 3)

    done = with_rows("training_plan", {"t01": number("f.participants_done", 30)})
    both = (*done.results.merged, number("f.participants_planned", 40))
    told = texts_of(replace(done, results=replace(done.results, merged=both)))
    assert any("Har fått opplæring" in text and "30 av 40" in text for text in told)


def test_what_hinders_and_promotes_most_is_the_message() -> None:
    values = {
        name: Merged("d.28", "factors", name, "f.barrier_score", "mean", mean, 6)
        for name, mean in {"Lite tid": -1.4, "God opplæring": 1.6, "Støtte": 0.5}.items()
    }
    assert "Hemmer mest: Lite tid. Fremmer mest: God opplæring" in texts_of(
        with_rows("factors", values)
    )


def measured_by_the_response_centre() -> Presented:
    known = presented()
    benefits = tuple(
        one.model_copy(update={"measured_by": "ro08"}) if one.id == "b06" else one
        for one in known.project.benefits
    )
    return replace(known, project=known.project.model_copy(update={"benefits": benefits}))


def test_what_partners_outside_measure_is_the_suppliers_slide() -> None:
    message = "0 av 1 av leverandørens måltall er nådd eller på plan"
    assert message not in texts_of(presented())
    for audience in ("management", "supplier"):
        assert message in texts_of(measured_by_the_response_centre(), audience)
    assert message not in texts_of(measured_by_the_response_centre(), "staff")
    shown = Presentation(BytesIO(deck(measured_by_the_response_centre(), "nb").data))
    assert "med oppetid, responstid og feilretting" in notes(shown)


def test_partners_do_not_see_whose_files_came_back() -> None:
    for audience in ("staff", "supplier"):
        assert not any("returnerte filer" in title for title in titles(drawn("nb", audience)))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_chart_says_its_point_first(language: str) -> None:
    for slide in drawn(language).slides:
        for shape in slide.shapes:
            if shape.has_chart:
                told = shape._element.nvGraphicFramePr.cNvPr.get("descr")
                assert told.startswith(f"{slide.shapes.title.text}. ")
                assert len(told) > len(slide.shapes.title.text) + 20


def test_titles_are_messages() -> None:
    shown = titles(drawn())
    assert "Uforstyrret søvn ligger lengst bak: 37,8\xa0% av veien, 72,9\xa0% var ventet" in shown
    assert "4 av 9 måltall i enhetene ligger bak plan" in shown
