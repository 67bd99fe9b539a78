"""The deck as it is drawn: grid, master, layouts, parts, and the shipped presentation."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from pptx import Presentation
from pptx.presentation import Presentation as Opened

from toolkit.author import build
from toolkit.author.slides.grid import BODY, HEIGHT, SLIDE, WIDTH, Box, shape_of
from toolkit.author.slides.layouts import LAYOUTS, cards
from toolkit.author.slides.parts import PARTS
from toolkit.document import Document, Section, load_document
from toolkit.language import Labels
from toolkit.office.package.markup import Element, q

TEMPLATES = Path(__file__).parents[3] / "templates" / "pptx"
NB = Labels.load("nb")
FIXED = {"h.pp.cover", "h.pp.why", "h.pp.goals", "h.pp.roadmap", "h.pp.risks", "h.pp.contact"}


@pytest.fixture(scope="module")
def sheet() -> Document:
    return load_document(TEMPLATES / "presentation.yaml")


@pytest.fixture(scope="module")
def deck(sheet: Document) -> Opened:
    return Presentation(BytesIO(build(sheet, NB)))


def drawn(part: str, **section: object) -> Opened:
    document = Document(
        id="one",
        format="pptx",
        doc="d.01",
        title="d.01",
        sections={"h.pp.voices": Section.model_validate({"part": part, **section})},
    )
    return Presentation(BytesIO(build(document, NB)))


def elements(deck: Opened) -> Iterator[tuple[int, Element]]:
    for number, slide in enumerate(deck.slides, 1):
        for shape in slide.shapes:
            yield number, shape._element


def notes(deck: Opened) -> list[str]:
    return [
        slide.notes_slide.notes_text_frame.text if slide.has_notes_slide else ""
        for slide in deck.slides
    ]


def test_columns_fill_a_box_with_gaps_between() -> None:
    left, right = Box(0, 0, 10, 4).columns(2, gap=1)
    assert (left.w, right.x, right.right) == (4.5, 5.5, 10)


def test_rows_and_cells_read_from_left_to_right() -> None:
    cells = Box(0, 0, 10, 10).cells(2, 2, gap=0)
    assert [(c.x, c.y) for c in cells] == [(0, 0), (5, 0), (0, 5), (5, 5)]


def test_split_keeps_the_proportion() -> None:
    left, right = Box(0, 0, 13, 1).split(2, 1, gap=1)
    assert (left.w, right.w, right.x) == (8, 4, 9)


@pytest.mark.parametrize(("count", "shape"), [(1, (1, 1)), (3, (3, 1)), (4, (2, 2)), (6, (3, 2))])
def test_cards_are_laid_out_for_their_count(count: int, shape: tuple[int, int]) -> None:
    assert shape_of(count) == shape
    boxes = cards(count)
    assert len(boxes) == count
    assert all(b.x >= BODY.x and b.right <= BODY.right + 1e-9 for b in boxes)


def test_the_deck_is_wide(deck: Opened) -> None:
    assert (deck.slide_width, deck.slide_height) == (WIDTH, HEIGHT)
    assert (round(SLIDE.w, 2), round(SLIDE.h, 2)) == (33.87, 19.05)


def test_every_layout_has_a_title_and_a_name(deck: Opened) -> None:
    names = [layout.name for layout in deck.slide_layouts]
    assert names == [NB.t(layout.key) for layout in LAYOUTS]
    for layout in deck.slide_layouts:
        assert any(p.placeholder_format.idx == 0 for p in layout.placeholders), layout.name


def test_every_slide_of_the_template_has_one_title(deck: Opened) -> None:
    for number, slide in enumerate(deck.slides, 1):
        titles = [s for s in slide.placeholders if s.placeholder_format.idx == 0]
        assert len(titles) == 1, number
        assert titles[0].text_frame.text.strip(), number


def test_ids_on_a_slide_are_unique(deck: Opened) -> None:
    for number, slide in enumerate(deck.slides, 1):
        ids = [shape.shape_id for shape in slide.shapes]
        assert len(ids) == len(set(ids)), number


def test_colours_are_the_themes_but_for_levels(deck: Opened) -> None:
    levels = {"FF6961", "FFB54C", "F8D66D", "7ABD7E", "000000"}
    literal = {e.get("val") for _, s in elements(deck) for e in s.iter(q("a:srgbClr"))}
    assert literal <= levels


def test_fonts_are_the_themes(deck: Opened) -> None:
    faces = {e.get("typeface") for _, s in elements(deck) for e in s.iter(q("a:latin"))}
    assert not faces


def test_nothing_casts_a_shadow_or_has_depth(deck: Opened) -> None:
    for name in ("a:effectLst", "a:outerShdw", "a:scene3d", "a:sp3d", "p:style"):
        assert not [n for n, s in elements(deck) for _ in s.iter(q(name))], name


def test_text_is_never_small(deck: Opened) -> None:
    sizes = [int(e.get("sz", "1800")) for _, s in elements(deck) for e in s.iter(q("a:rPr"))]
    assert min(sizes) >= 1000


def test_text_has_its_language(deck: Opened) -> None:
    languages = {e.get("lang") for _, s in elements(deck) for e in s.iter(q("a:rPr"))}
    assert languages == {"nb-NO"}


def test_shapes_without_text_are_told_or_decoration(deck: Opened) -> None:
    decorative = "{http://schemas.microsoft.com/office/drawing/2017/decorative}decorative"
    for number, shape in elements(deck):
        silent = not "".join(t.text or "" for t in shape.iter(q("a:t"))).strip()
        field = next(shape.iter(q("a:fld")), None)
        if silent and field is None:
            told = next(shape.iter(q("p:cNvPr"))).get("descr", "")
            marked = next(shape.iter(decorative), None) is not None
            assert told or marked, (number, next(shape.iter(q("p:cNvPr"))).get("name"))


def test_tables_have_a_header_row(deck: Opened) -> None:
    tables = [t for _, s in elements(deck) for t in s.iter(q("a:tblPr"))]
    assert tables
    assert all(t.get("firstRow") == "1" for t in tables)


def test_rows_of_a_table_have_as_many_cells_as_columns(deck: Opened) -> None:
    for number, shape in elements(deck):
        for table in shape.iter(q("a:tbl")):
            columns = len(list(table.iter(q("a:gridCol"))))
            assert {len(row) for row in table.iter(q("a:tr"))} == {columns}, number


def test_charts_count_their_axes_upwards(deck: Opened) -> None:
    charts = [s.chart for slide in deck.slides for s in slide.shapes if s.has_chart]
    assert charts
    for chart in charts:
        assert all(int(a.get("val")) >= 0 for a in chart._chartSpace.iter(q("c:axId")))


def test_the_same_sheet_gives_the_same_bytes(sheet: Document) -> None:
    assert build(sheet, NB) == build(sheet, NB)


def test_the_presentation_has_the_fifteen_slides_of_the_roadmap(sheet: Document) -> None:
    assert len(sheet.sections) == 15
    assert {section.part for section in sheet.sections.values()} <= set(PARTS)


def test_slides_that_may_be_left_out_say_when(sheet: Document) -> None:
    assert {key for key, section in sheet.sections.items() if not section.when} == FIXED


@pytest.mark.parametrize(
    ("part", "counts"), [("speech", 4), ("tiles", 5), ("profiles", 5), ("solutions", 3)]
)
def test_a_part_draws_a_slide_for_every_count(part: str, counts: int) -> None:
    options = {"text_label": "f.reuse", "more_label": "f.coordination"}
    deck = drawn(part, rows="xs", when="xs", options=options)
    assert len(deck.slides) == counts
    conditions = [note.splitlines()[0] for note in notes(deck)]
    assert len(set(conditions)) == counts
    assert all(c.startswith("{% if (xs) and (xs|length") for c in conditions)


def test_a_longer_list_shows_what_the_last_slide_holds() -> None:
    last = notes(drawn("speech", rows="xs", options={"text": "text"}))[-1]
    assert last == "{% if xs|length >= 4 %}"


def test_a_loop_stands_in_the_notes() -> None:
    assert notes(drawn("trend", rows="kpis"))[0] == "{% for item in kpis %}"


def test_a_message_with_a_number_has_its_own_words_for_one() -> None:
    told = {"key": "m.pp.numbers", "n": "xs | length"}
    slide = drawn("figure", options={"data": "d", "comments": "c", "message": told}).slides[0]
    title = slide.shapes.title
    assert title is not None
    assert "'m.pp.numbers.one' if (xs | length) == 1" in title.text_frame.text


def test_homonyms_are_written_as_tags() -> None:
    deck = drawn("figure", title="f.phone", options={"data": "d", "comments": "c"})
    ask = drawn("figure", options={"data": "d", "comments": "c", "comment_label": "f.hours"})
    assert deck.slides[0].shapes.title.text_frame.text == NB.t("f.phone")
    texts = [s.text_frame.text for s in ask.slides[0].placeholders]
    assert any(t.startswith("{{ t('f.hours') }}") for t in texts)


def test_an_unknown_part_is_a_bug() -> None:
    with pytest.raises(KeyError):
        drawn("no-such-part")
