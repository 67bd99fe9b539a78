"""Widths against the real font's, line breaks, and boxes through layout and master."""

from __future__ import annotations

import io

import pytest
from pptx import Presentation
from pptx.util import Cm, Pt

from toolkit.office.package.markup import q
from toolkit.office.package.package import Package
from toolkit.office.slides.box import lineage, lines, room_of
from toolkit.office.slides.fit import Line, breaks_words, height, width, wrapped


@pytest.mark.parametrize(
    ("text", "points"),
    [
        ("Færre unødvendige tilsyn om natten gir roligere søvn", 385.9),
        ("Prosjektpresentasjon 2026", 192.7),
    ],
)
def test_widths_are_those_of_the_font(text: str, points: float) -> None:
    assert width(text, 18) == pytest.approx(points, rel=0.03)


def test_wider_fonts_need_more_room() -> None:
    assert width("abc", 18, "Verdana") > width("abc", 18, "Arial") > width("abc", 18)
    assert width("abc", 18, "Unknown") == width("abc", 18)


@pytest.mark.parametrize(
    ("text", "room", "count"),
    [
        ("", 100, 1),
        ("short", 100, 1),
        ("one two three four five six", 60, 3),
        ("a\nb\nc", 100, 3),
        ("Menneskerettighetskonvensjonen", 60, 3),
    ],
)
def test_lines_break_at_spaces_and_long_words_are_cut(text: str, room: float, count: int) -> None:
    assert wrapped(Line(text, 12), room, "Calibri") == count


def test_indents_and_bold_take_room() -> None:
    text = "one two three"
    assert wrapped(Line(text, 12), 70, "Calibri") == 1
    assert wrapped(Line(text, 12, indent=20), 70, "Calibri") == 2
    assert wrapped(Line(text, 12, bold=True), width(text, 12) + 1, "Calibri") == 2


@pytest.mark.parametrize(
    ("font", "bold", "cut"),
    [("Calibri", True, False), ("Verdana", True, True), ("Verdana", False, False)],
)
def test_a_word_wider_than_its_column_is_cut(font: str, bold: bool, cut: bool) -> None:
    assert breaks_words(Line("Tjenesteutvikling og mer", 15, bold=bold), 145, font) is cut


def test_height_adds_up() -> None:
    said = [Line("a", 10, before=9), Line("b", 20, spacing=0.5, before=5)]
    assert height(said, 100, "Calibri") == pytest.approx(10 * 1.22 + 20 * 0.61 + 5)


def deck_with_text() -> Package:
    deck = Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[1])
    slide.shapes.title.text = "Title"
    body = slide.placeholders[1].text_frame
    body.text = "First"
    second = body.add_paragraph()
    second.text, second.level = "Second", 1
    free = slide.shapes.add_textbox(Cm(1), Cm(1), Cm(10), Cm(2)).text_frame
    free.text = "Free"
    free.paragraphs[0].runs[0].font.size = Pt(12)
    buffer = io.BytesIO()
    deck.save(buffer)
    return Package.open(buffer.getvalue())


def test_boxes_and_sizes_come_through_layout_and_master() -> None:
    package = deck_with_text()
    part = "ppt/slides/slide1.xml"
    layout = package.related(part, "slideLayout")[0]
    found = []
    for shape in package.tree(part).iter(q("p:sp")):
        source, room = room_of(lineage(package, layout), shape)
        assert room is not None
        sizes = [line.size for line in lines(shape.find(q("p:txBody")), source)]
        found.append((round(room.width), sizes))
    assert found == [(634, [44.0]), (634, [32.0, 28.0]), (round(10 / 2.54 * 72 - 14.4), [12.0])]
    assert lineage(package, layout).font == "Calibri"


def test_bold_comes_through_layout_and_master() -> None:
    package = deck_with_text()
    slide = "ppt/slides/slide1.xml"
    master = next(name for name in package.names() if name.endswith("slideMaster1.xml"))
    for look in package.tree(master).iter(q("a:defRPr")):
        look.set("b", "1")
    line = lineage(package, next(iter(package.related(slide, "slideLayout"))))
    shape = next(package.tree(slide).iter(q("p:sp")))
    source, _ = room_of(line, shape)
    body = shape.find(q("p:txBody"))
    assert body is not None
    assert all(said.bold for said in lines(body, source))


def test_a_grouped_shape_is_as_large_as_its_group_makes_it() -> None:
    deck = Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[6])
    group = slide.shapes.add_group_shape()
    group.shapes.add_textbox(0, 0, Cm(4), Cm(2)).text_frame.text = "x"
    group.width, group.height = Cm(8), Cm(8)
    buffer = io.BytesIO()
    deck.save(buffer)
    package = Package.open(buffer.getvalue())
    part = "ppt/slides/slide1.xml"
    layout = package.related(part, "slideLayout")[0]
    shape = next(package.tree(part).iter(q("p:sp")))
    _, room = room_of(lineage(package, layout), shape)
    assert room is not None
    assert room.width == pytest.approx(8 / 2.54 * 72 - 14.4, abs=0.1)
    assert room.height == pytest.approx(8 / 2.54 * 72 - 7.2, abs=0.1)
