"""The shipped presentation, filled: whole and minimal projects, every language, odd counts."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from pptx import Presentation
from pptx.presentation import Presentation as Opened

from toolkit.author import build
from toolkit.document import Document, Section
from toolkit.finding import LANGUAGES
from toolkit.language import Labels
from toolkit.office import Localisation, compile
from toolkit.office.package.markup import q

NB = Labels.load("nb")
INFO = {"short_name": "Trygg natt", "footer": "Fjordvik", "confidentiality": None, "date": None}
RISK = {"level": "Kritisk", "hazard": "Varsel når ikke fram", "measure": "To nett"}


def filled(sections: dict[str, Any], language: str = "nb", **data: Any) -> Opened:
    """A deck of these sections, filled; no finding is allowed."""
    document = Document(
        id="one",
        format="pptx",
        doc="d.01",
        title="d.01",
        sections={key: Section.model_validate(told) for key, told in sections.items()},
    )
    labels = Labels.load(language)
    template = compile(
        build(document, NB),
        localisation=Localisation(tag=labels.tag, text=labels.swap),
        filters={"date": lambda value: value or ""},
        globals={"t": labels.t},
    )
    deck = Presentation(BytesIO(template.render({"info": INFO, **data})))
    assert template.findings == ()
    return deck


def texts(deck: Opened) -> list[str]:
    return [
        shape.text_frame.text
        for slide in deck.slides
        for shape in slide.shapes
        if shape.has_text_frame
    ]


def titles(deck: Opened) -> list[str]:
    return [slide.shapes.title.text_frame.text for slide in deck.slides]


def quotes(count: int) -> list[dict[str, str]]:
    return [{"text": f"Sitat {n}", "who": f"Rolle {n}"} for n in range(count)]


SPEECH = {"part": "speech", "when": "xs", "rows": "xs", "options": {"text": "text", "role": "who"}}


@pytest.mark.parametrize("count", [1, 2, 3, 4])
def test_quotes_get_one_slide_laid_out_for_them(count: int) -> None:
    deck = filled({"h.pp.voices": SPEECH}, xs=quotes(count))
    assert len(deck.slides) == 1
    assert sum("Sitat" in text for text in texts(deck)) == count


def test_more_quotes_than_room_show_the_first() -> None:
    deck = filled({"h.pp.voices": SPEECH}, xs=quotes(6))
    assert [t for t in texts(deck) if "Sitat" in t] == [f"Sitat {n}" for n in range(4)]


def test_a_slide_without_data_is_left_out() -> None:
    deck = filled({"h.pp.contact": {"part": "contact", "rows": "people", "options": {
        "over": "'x'", "address": "''"}}, "h.pp.voices": SPEECH}, xs=[], people=[])  # fmt: skip
    assert titles(deck) == ["Kontakt"]


def test_long_quotes_are_written_smaller() -> None:
    sizes = []
    for length in (40, 200):
        deck = filled({"h.pp.voices": SPEECH}, xs=[{"text": "x " * (length // 2), "who": "y"}])
        runs = [r for s in deck.slides[0].shapes for r in s._element.iter(q("a:rPr"))]
        sizes.append(max(int(r.get("sz", "0")) for r in runs))
    assert sizes[0] > sizes[1]


FIGURE = {
    "name": "Tilsyn",
    "value": "182",
    "unit": "",
    "compared": "Sør: 121",
    "source": "Kjørebok",
}
CHART = {"categories": ["Nord", "Sør"], "series": [{"name": "km", "values": [182, 121]}]}


@pytest.mark.parametrize(("count", "shown"), [(1, 1), (2, 2), (3, 3), (4, 4), (5, 5), (6, 6)])
def test_tiles_stand_for_every_figure(count: int, shown: int) -> None:
    rows = [FIGURE | {"chart": None}] * count
    deck = filled({"h.pp.numbers": {"part": "tiles", "rows": "xs"}}, xs=rows)
    assert len(deck.slides) == 1
    assert sum(text.startswith("182") for text in texts(deck)) == shown


def test_a_comparison_becomes_a_native_chart_that_says_its_point() -> None:
    rows = [FIGURE | {"chart": CHART}, FIGURE | {"chart": None}]
    deck = filled({"h.pp.numbers": {"part": "tiles", "rows": "xs"}}, xs=rows)
    charts = [shape for shape in deck.slides[0].shapes if shape.has_chart]
    assert len(charts) == 1
    assert list(charts[0].chart.plots[0].categories) == ["Nord", "Sør"]
    told = next(charts[0]._element.iter(q("p:cNvPr"))).get("descr", "")
    assert "Tilsyn, 182, Sør: 121" in told


def risks(*levels: str) -> Opened:
    part = {
        "part": "risks_and_asks",
        "rows": "risks",
        "options": {
            "asks": "asks",
            "ask_label": "h.pp.ask",
            "no_asks": "pp.no_asks",
            "headers": ["f.risk_level", "f.hazard", "f.new_measure"],
        },
    }
    asks = [{"date": "13.03.2026", "name": "Forankring godkjent"}]
    rows = [RISK | {"level_key": level} for level in levels]
    return filled({"h.pp.risks": part}, risks=rows, asks=asks)


def test_a_risk_has_the_colour_symbol_and_word_of_its_level() -> None:
    table = next(s.table for s in risks("red", "yellow").slides[0].shapes if s.has_table)
    first, second = (table.rows[n].cells[0] for n in (1, 2))
    assert (first.text_frame.text, second.text_frame.text) == ("■ Kritisk", "▲ Kritisk")
    assert [str(c.fill.fore_color.rgb) for c in (first, second)] == ["FF6961", "F8D66D"]


def test_without_risks_the_slide_asks() -> None:
    deck = risks()
    assert titles(deck) == [NB.t("h.pp.ask")]
    assert any("Forankring godkjent" in text for text in texts(deck))


def test_the_current_phase_stands_out() -> None:
    phases = [{"start": "a", "end": "b", "current": n == 2, "gates": []} for n in range(6)]
    told = {
        "part": "road",
        "rows": "xs",
        "options": {"here": "pp.here", "gate": "f.decision_point"},
    }
    deck = filled({"h.pp.roadmap": told}, xs=phases)
    shapes = [
        s for s in deck.slides[0].shapes if s.has_text_frame and s.text_frame.text in "123456"
    ]
    colours = [s.fill.fore_color.theme_color.name for s in shapes if s.fill.type is not None]
    assert colours.count("ACCENT_1") == 1
    assert NB.t("pp.here") in texts(deck)


def test_a_heat_table_has_a_column_for_every_name() -> None:
    cells = [{"key": "red", "text": "Bak plan"}, {"key": "reached", "text": "Nådd"}]
    told = {"part": "heat", "rows": "xs", "options": {"columns": "names", "corner": "f.unit"}}
    deck = filled(
        {"h.st.units": told}, xs=[{"name": "Nord", "cells": cells}] * 3, names=["Søvn", "Kjøring"]
    )
    table = next(s.table for s in deck.slides[0].shapes if s.has_table)
    assert [[c.text_frame.text for c in row.cells] for row in list(table.rows)[:2]] == [
        ["Enhet", "Søvn", "Kjøring"],
        ["Nord", "■ Bak plan", "★ Nådd"],
    ]
    assert len(table.columns) == 3


def test_every_item_of_a_trend_has_its_slide() -> None:
    chart = CHART | {"alt": "km i Nord og Sør"}
    rows = [{"title": f"KPI {n}", "chart": chart, "comments": ["Faller"]} for n in range(3)]
    deck = filled({"h.st.trend": {"part": "trend", "rows": "xs"}}, xs=rows)
    assert titles(deck) == ["KPI 0", "KPI 1", "KPI 2"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_labels_stand_in_the_kits_language(language: str) -> None:
    told = SPEECH | {"options": {"text": "text", "role": "who", "message": "m.pp.voices"}}
    deck = filled({"h.pp.voices": told}, language, xs=quotes(2))
    labels = Labels.load(language)
    assert titles(deck) == [labels.t("m.pp.voices")]
    assert labels.t("h.pp.voices") in texts(deck)
