"""Decks made by python-pptx are filled; python-pptx reads what came out."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from copy import deepcopy
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.enum.shapes import MSO_CONNECTOR
from pptx.enum.text import MSO_AUTO_SIZE
from pptx.util import Cm, Pt

from toolkit.finding import TemplateError
from toolkit.office import Localisation, compile
from toolkit.office.package.markup import q
from toolkit.office.package.package import Package
from toolkit.office.template import Template

Build = Callable[[Any], None]


def compiled(build: Build, **settings: Any) -> Template:
    """The template ``build`` makes of an empty deck."""
    deck = Presentation()
    build(deck)
    buffer = io.BytesIO()
    deck.save(buffer)
    return compile(buffer.getvalue(), name="deck.pptx", **settings)


def filled(build: Build, context: dict[str, Any] | None = None, **settings: Any) -> Any:
    """The filled deck, as python-pptx reads it."""
    base = settings.pop("base", None)
    template = compiled(build, **settings)
    return Presentation(io.BytesIO(template.render(context or {}, base=base)))


def codes(build: Build, context: dict[str, Any] | None = None, **settings: Any) -> list[str]:
    """The codes of the findings that stop a fill."""
    with pytest.raises(TemplateError) as caught:
        filled(build, context, **settings)
    return [found.code for found in caught.value.findings]


def slide_with(*texts: str, notes: str = "") -> Build:
    """A slide with one text box, a paragraph for each text."""

    def build(deck: Any) -> None:
        add_slide(deck, *texts, notes=notes)

    return build


def add_slide(deck: Any, *texts: str, notes: str = "") -> Any:
    slide = deck.slides.add_slide(deck.slide_layouts[6])
    frame = slide.shapes.add_textbox(Cm(1), Cm(1), Cm(20), Cm(12)).text_frame
    for number, text in enumerate(texts):
        paragraph = frame.paragraphs[0] if not number else frame.add_paragraph()
        paragraph.text = text
    if notes:
        slide.notes_slide.notes_text_frame.text = notes
    return slide


def paragraphs(deck: Any, slide: int = 0) -> list[str]:
    """The paragraphs of the first shape of a slide; line breaks as ``\\v``."""
    return [p.text for p in deck.slides[slide].shapes[0].text_frame.paragraphs]


def titles(deck: Any) -> list[str]:
    """The first paragraph of every slide."""
    return [slide.shapes[0].text_frame.paragraphs[0].text for slide in deck.slides]


# Text


def test_values_stand_where_their_tags_stood() -> None:
    deck = filled(slide_with("Hei {{ name }}, {{ n + 1 }}!"), {"name": "A & <B>", "n": 1})
    assert paragraphs(deck) == ["Hei A & <B>, 2!"]


def test_a_tag_split_over_runs_takes_the_look_of_its_first_run() -> None:
    def build(deck: Any) -> None:
        paragraph = add_slide(deck).shapes[0].text_frame.paragraphs[0]
        for text, bold in (("x {", False), ("{ na", True), ("me }", False), ("} y", True)):
            run = paragraph.add_run()
            run.text, run.font.bold = text, bold

    runs = filled(build, {"name": "N"}).slides[0].shapes[0].text_frame.paragraphs[0].runs
    assert [(run.text, run.font.bold) for run in runs] == [("x N", False), (" y", True)]


def test_none_is_empty_and_numbers_are_plain() -> None:
    assert paragraphs(filled(slide_with("{{ a }}|{{ b }}"), {"a": None, "b": 2.5})) == ["|2.5"]


def test_a_line_break_of_a_value_is_one_on_the_slide() -> None:
    def build(deck: Any) -> None:
        add_slide(deck, "{{ text }}!").shapes[0].text_frame.paragraphs[0].runs[0].font.size = Pt(11)

    paragraph = filled(build, {"text": "a\nb\r\nc"}).slides[0].shapes[0].text_frame.paragraphs[0]
    assert paragraph.text == "a\vb\vc!"
    assert {run.font.size for run in paragraph.runs} == {Pt(11)}


def test_what_looks_like_a_tag_in_the_data_stays_text() -> None:
    text = "{{ 7*7 }} {% for %} </a:t> \x07"
    assert paragraphs(filled(slide_with("{{ x }}"), {"x": text})) == ["{{ 7*7 }} {% for %} </a:t> "]


def test_paragraphs_repeat_and_lone_tags_go() -> None:
    texts = (
        "{% for x in xs %}",
        "- {{ x }}",
        "{% endfor %}",
        "{%p if more %}",
        "more",
        "{%p endif %}",
    )
    deck = filled(slide_with(*texts), {"xs": ["a", "b"], "more": False})
    assert paragraphs(deck) == ["- a", "- b"]


def test_one_paragraph_can_repeat_itself() -> None:
    texts = ("{%p for x in xs %}- {{ x }}{%p endfor %}", "end")
    assert paragraphs(filled(slide_with(*texts), {"xs": [1, 2]})) == ["- 1", "- 2", "end"]


def test_inline_conditions_and_what_they_leave_empty() -> None:
    texts = ("{% if a %}A{% else %}B{% endif %}!", "{% if a %}only{% endif %}", "{{ none }}")
    assert paragraphs(filled(slide_with(*texts), {"a": False, "none": None})) == ["B!", ""]


def test_a_text_body_keeps_a_paragraph() -> None:
    deck = filled(slide_with("{% if a %}", "x", "{% endif %}"), {"a": False})
    assert paragraphs(deck) == [""]


def test_dashes_eat_blanks_and_quotes_are_straightened() -> None:
    assert paragraphs(filled(slide_with("a {{- “b” -}} c"), {})) == ["abc"]


def test_raw_stays_as_it_is() -> None:
    text = "{% raw %}{{ x }}{% endraw %}"
    assert paragraphs(filled(slide_with(text))) == ["{{ x }}"]


def test_groups_layouts_notes_and_alt_texts_are_filled() -> None:
    def build(deck: Any) -> None:
        slide = add_slide(deck, "{{ x }}", notes="n {{ x }}")
        box = slide.shapes.add_group_shape().shapes.add_textbox(0, 0, Cm(3), Cm(3))
        box.text_frame.text = "g {{ x }}"
        box._element.nvSpPr.cNvPr.set("descr", 'alt "{{ x }}"')
        layout = deck.slide_layouts[6].placeholders[0]
        layout.text_frame.text = "l {{ x }}"

    deck = filled(build, {"x": "<1>"})
    group = deck.slides[0].shapes[1]
    assert group.shapes[0].text_frame.text == "g <1>"
    assert group.shapes[0]._element.nvSpPr.cNvPr.get("descr") == 'alt "<1>"'
    assert deck.slides[0].notes_slide.notes_text_frame.text == "n <1>"
    assert deck.slide_layouts[6].placeholders[0].text_frame.text == "l <1>"


def test_link_addresses_are_filled() -> None:
    def build(deck: Any) -> None:
        run = add_slide(deck, "here").shapes[0].text_frame.paragraphs[0].runs[0]
        run.hyperlink.address = "https://example.org/%7B%7B%20page%20%7D%7D?a=1&b=2"

    run = filled(build, {"page": "a b"}).slides[0].shapes[0].text_frame.paragraphs[0].runs[0]
    assert run.hyperlink.address == "https://example.org/a%20b?a=1&b=2"


def test_properties_are_filled() -> None:
    def build(deck: Any) -> None:
        add_slide(deck, "x")
        deck.core_properties.title = "{{ name }}"

    assert filled(build, {"name": "N & M"}).core_properties.title == "N & M"


# Tables


def table_with(*rows: tuple[str, ...]) -> Build:
    def build(deck: Any) -> None:
        slide = deck.slides.add_slide(deck.slide_layouts[6])
        width = max(map(len, rows))
        frame = slide.shapes.add_table(len(rows), width, 0, 0, Cm(12), Cm(2))
        for r, texts in enumerate(rows):
            for c, text in enumerate(texts):
                frame.table.cell(r, c).text = text

    return build


def cells(deck: Any) -> list[list[str]]:
    table = deck.slides[0].shapes[0].table
    return [[cell.text for cell in row.cells] for row in table.rows]


ROWS = {"rows": [{"a": 1, "b": "x"}, {"a": 2, "b": None}], "empty": []}


@pytest.mark.parametrize(
    "rows",
    [
        (
            ("A", "B"),
            ("{%tr for r in rows %}", ""),
            ("{{ r.a }}", "{{ r.b }}"),
            ("{%tr endfor %}", ""),
        ),
        (("A", "B"), ("{% for r in rows %}", ""), ("{{ r.a }}", "{{ r.b }}"), ("", "{% endfor %}")),
        (("A", "B"), ("{%tr for r in rows %}{{ r.a }}", "{{ r.b }}{%tr endfor %}")),
    ],
    ids=["own rows", "lone tags", "same row"],
)
def test_rows_repeat(rows: tuple[tuple[str, ...], ...]) -> None:
    assert cells(filled(table_with(*rows), ROWS)) == [["A", "B"], ["1", "x"], ["2", ""]]


def test_no_rows_leave_the_header() -> None:
    rows = (("A",), ("{%tr for r in empty %}{{ r.a }}{%tr endfor %}",))
    assert cells(filled(table_with(*rows), ROWS)) == [["A"]]


def test_a_table_without_any_row_is_gone() -> None:
    rows = (("{%tr for r in empty %}{{ r.a }}{%tr endfor %}",),)
    left = filled(table_with(*rows), ROWS).slides[0].shapes
    assert not [shape for shape in left if shape.has_table]


def test_columns_repeat_with_the_grid_inside_the_frame() -> None:
    head = ("ID", "{%tc for c in cols %}{{ c }}{%tc endfor %}")
    body = ("{{ 1 }}", "{%tc for c in cols %}{{ c }}{{ loop.index }}{%tc endfor %}")
    deck = filled(table_with(head, body), {"cols": ["x", "y", "z"]})
    assert cells(deck) == [["ID", "x", "y", "z"], ["1", "x1", "y2", "z3"]]
    columns = deck.slides[0].shapes[0].table.columns
    assert len(columns) == 4
    assert sum(column.width for column in columns) <= Cm(12)


def test_columns_between_tag_cells_repeat() -> None:
    head = ("{%tc for c in cols %}", "{{ c }}", "{%tc endfor %}", "end")
    deck = filled(table_with(head), {"cols": ["x", "y"]})
    assert cells(deck) == [["x", "y", "end"]]
    assert len(deck.slides[0].shapes[0].table.columns) == 3


def test_paragraphs_repeat_inside_a_cell() -> None:
    rows = (("{% for r in rows %}\n{{ r.a }}\n{% endfor %}", "B"),)
    assert cells(filled(table_with(*rows), ROWS)) == [["1\n2", "B"]]


def test_conditions_keep_or_drop_rows() -> None:
    rows = (("A",), ("{%tr if rows %}yes{%tr endif %}",), ("{%tr if empty %}no{%tr endif %}",))
    assert cells(filled(table_with(*rows), ROWS)) == [["A"], ["yes"]]


# Slides


def test_a_slide_repeats_with_loop_and_notes() -> None:
    def build(deck: Any) -> None:
        add_slide(deck, "first")
        add_slide(deck, "{{ loop.index }} {{ x }}", notes="{% for x in xs %}\nnote {{ x }}")
        add_slide(deck, "last")

    deck = filled(build, {"xs": ["a", "b"]})
    assert titles(deck) == ["first", "1 a", "2 b", "last"]
    assert [s.notes_slide.notes_text_frame.text for s in list(deck.slides)[1:3]] == [
        "note a",
        "note b",
    ]


@pytest.mark.parametrize(("show", "expected"), [(True, ["a", "b"]), (False, ["b"])])
def test_a_slide_is_kept_when_its_condition_holds(show: bool, expected: list[str]) -> None:
    def build(deck: Any) -> None:
        add_slide(deck, "a", notes="{% if show %}")
        add_slide(deck, "b")

    deck = filled(build, {"show": show})
    assert titles(deck) == expected
    kept = [slide for slide in deck.slides if slide.has_notes_slide]
    assert all(slide.notes_slide.notes_text_frame.text == "" for slide in kept)


def test_loops_and_conditions_in_the_notes_nest() -> None:
    notes = "{% for x in xs %}\n{% if x > 1 %}\nabout {{ x }}"
    deck = filled(slide_with("{{ x }}", notes=notes), {"xs": [1, 2, 3]})
    assert titles(deck) == ["2", "3"]


def test_a_repeated_slide_has_its_own_chart_and_workbook() -> None:
    def build(deck: Any) -> None:
        slide = add_slide(deck, "{{ unit.name }}", notes="{% for unit in units %}")
        add_chart(slide, "{{ chart(unit.data) }}Alt {{ unit.name }}")

    units = [{"name": n, "data": data(v)} for n, v in (("A", 1), ("B", 2), ("C", 3))]
    deck = filled(build, {"units": units})
    charts = [slide.shapes[1].chart for slide in deck.slides]
    assert [list(chart.plots[0].series[0].values) for chart in charts] == [[1.0], [2.0], [3.0]]
    assert len({chart.part.partname for chart in charts}) == 3
    books = [chart.part.chart_workbook.xlsx_part for chart in charts]
    assert len({book.partname for book in books}) == 3
    assert alt(deck.slides[1].shapes[1]) == "Alt B"


def test_a_left_out_slide_takes_its_parts_along() -> None:
    def build(deck: Any) -> None:
        add_chart(add_slide(deck, "a", notes="{% if no %}"), "chart")
        add_slide(deck, "b")

    template = compiled(build)
    names = zipfile.ZipFile(io.BytesIO(template.render({"no": False}))).namelist()
    assert not [n for n in names if "chart" in n or "embeddings" in n or "notesSlides/" in n]


def test_links_to_a_left_out_slide_are_taken_out() -> None:
    def build(deck: Any) -> None:
        first = add_slide(deck, "go")
        gone = add_slide(deck, "gone", notes="{% if no %}")
        first.shapes[0].click_action.target_slide = gone

    deck = filled(build, {"no": False})
    assert deck.slides[0].shapes[0].click_action.target_slide is None
    assert titles(deck) == ["go"]


# Shapes


def add_chart(slide: Any, text: str, kind: Any = XL_CHART_TYPE.COLUMN_CLUSTERED) -> Any:
    shown = CategoryChartData()
    shown.categories = ["t1", "t2"]
    shown.add_series("s", [1, 2])
    frame = slide.shapes.add_chart(kind, 0, 0, Cm(8), Cm(8), shown)
    frame._element.xpath(".//p:cNvPr")[0].set("descr", text)
    return frame


def data(value: float) -> dict[str, Any]:
    return {"categories": ["c"], "series": [{"name": "n", "values": [value]}]}


def alt(shape: Any) -> str | None:
    found: str | None = shape._element.xpath(".//p:cNvPr")[0].get("descr")
    return found


@pytest.mark.parametrize("show", [True, False])
def test_a_shape_is_kept_when_its_alt_text_says_so(show: bool) -> None:
    def build(deck: Any) -> None:
        add_chart(add_slide(deck, "x"), "{% if show %}The chart of {{ name }}")

    shapes = filled(build, {"show": show, "name": "N"}).slides[0].shapes
    assert [alt(shape) for shape in shapes if shape.has_chart] == ["The chart of N"] * show
    assert [shape.text_frame.text for shape in shapes if shape.name == "TextBox 1"] == ["x"]


def test_a_condition_inside_an_alt_text_is_only_text() -> None:
    def build(deck: Any) -> None:
        add_chart(add_slide(deck, "x"), "{% if show %}A{% else %}B{% endif %}!")

    assert alt(filled(build, {"show": False}).slides[0].shapes[1]) == "B!"


def test_a_chart_may_bring_its_alt_text() -> None:
    def build(deck: Any) -> None:
        add_chart(add_slide(deck, "x"), "{{ chart(data) }}old")

    assert (
        alt(filled(build, {"data": data(1) | {"alt": "High: c"}}).slides[0].shapes[1]) == "High: c"
    )


def test_a_chart_without_data_stays_whole() -> None:
    def build(deck: Any) -> None:
        add_chart(add_slide(deck, "x"), "{{ chart(data) }}old")

    chart = filled(build, {"data": None}).slides[0].shapes[1].chart
    assert [list(series.values) for series in chart.plots[0].series] == [[]]


def test_chart_titles_are_filled() -> None:
    def build(deck: Any) -> None:
        frame = add_chart(add_slide(deck, "x"), "c")
        frame.chart.chart_title.text_frame.text = "T {{ x }}"

    chart = filled(build, {"x": 1}).slides[0].shapes[1].chart
    assert chart.chart_title.text_frame.text == "T 1"


def picture(path: Path, size: tuple[int, int], colour: str) -> Path:
    from PIL import Image

    Image.new("RGB", size, colour).save(path)
    return path


def picture_slide(folder: Path, text: str) -> Build:
    placeholder = picture(folder / "placeholder.png", (20, 10), "grey")

    def build(deck: Any) -> None:
        slide = add_slide(deck, "x")
        shape = slide.shapes.add_picture(str(placeholder), Cm(2), Cm(2), Cm(8), Cm(4))
        shape._element.xpath(".//p:cNvPr")[0].set("descr", text)

    return build


def test_a_picture_fits_into_its_place(tmp_path: Path) -> None:
    square = picture(tmp_path / "square.png", (50, 50), "red")
    build = picture_slide(tmp_path, "{{ image(logo) }}The logo")
    shape = filled(build, {"logo": "square.png"}, base=tmp_path).slides[0].shapes[1]
    assert shape.image.blob == square.read_bytes()
    assert (shape.width, shape.height) == (Cm(4), Cm(4))
    assert (shape.left, shape.top) == (Cm(4), Cm(2))
    assert alt(shape) == "The logo"


def test_a_picture_fills_its_place_by_cropping(tmp_path: Path) -> None:
    picture(tmp_path / "square.png", (50, 50), "red")
    build = picture_slide(tmp_path, "{{ image({'path': logo, 'alt': 'New'}, 'fill') }}Old")
    shape = filled(build, {"logo": "square.png"}, base=tmp_path).slides[0].shapes[1]
    assert (shape.width, shape.height) == (Cm(8), Cm(4))
    assert (shape.crop_top, shape.crop_bottom, shape.crop_left) == (0.25, 0.25, 0)
    assert alt(shape) == "New"


@pytest.mark.parametrize(("value", "warned"), [(None, []), ("no.png", ["picture-missing"])])
def test_without_a_picture_the_placeholder_goes(
    tmp_path: Path, value: str | None, warned: list[str]
) -> None:
    template = compiled(picture_slide(tmp_path, "{{ image(logo) }}The logo"))
    out = template.render({"logo": value}, base=tmp_path)
    assert [found.code for found in template.findings] == warned
    deck = Presentation(io.BytesIO(out))
    assert not deck.slides[0].element.findall(".//{*}pic")
    assert not [part for part in deck.part.package.iter_parts() if "media" in part.partname]


def test_the_placeholder_of_repeated_slides_goes_once_all_let_it_go(tmp_path: Path) -> None:
    colours = ("red", "blue")
    for colour in colours:
        picture(tmp_path / f"{colour}.png", (5, 5), colour)
    placeholder = picture(tmp_path / "placeholder.png", (20, 10), "grey")

    def build(deck: Any) -> None:
        slide = add_slide(deck, "x", notes="{% for c in colours %}")
        shape = slide.shapes.add_picture(str(placeholder), 0, 0, Cm(8), Cm(4))
        shape._element.xpath(".//p:cNvPr")[0].set("descr", "{{ image(c ~ '.png') }}{{ c }}")

    deck = filled(build, {"colours": colours}, base=tmp_path)
    blobs = [slide.shapes[1].image.blob for slide in deck.slides]
    assert blobs == [(tmp_path / f"{c}.png").read_bytes() for c in colours]
    media = [p for p in deck.part.package.iter_parts() if "media" in p.partname]
    assert len(media) == 2


def test_a_qr_code_is_a_picture(tmp_path: Path) -> None:
    build = picture_slide(tmp_path, "{{ qr(url) }}Link")
    shape = filled(build, {"url": "https://example.org"}).slides[0].shapes[1]
    assert shape.image.content_type == "image/png"


# Language


NORWEGIAN = {"Risiko": "Riski", "Bilde av ": None, "Tall": "Luku", "Tittel": "Otsikko"}
FINNISH = Localisation(
    tag="fi-FI", text=NORWEGIAN.get, number_format=lambda code: code.replace("kr", "€")
)


def test_whole_paragraphs_become_labels_and_say_their_language() -> None:
    def build(deck: Any) -> None:
        slide = add_slide(deck, "Risiko", "Risiko og mer", "{{ x }}", notes="Tittel")
        add_chart(slide, "Tall")
        deck.slide_layouts[6].placeholders[0].text_frame.text = "Tittel"

    deck = filled(build, {"x": "Risiko"}, localisation=FINNISH)
    assert paragraphs(deck) == ["Riski", "Risiko og mer", "Risiko"]
    assert alt(deck.slides[0].shapes[1]) == "Luku"
    assert deck.slides[0].notes_slide.notes_text_frame.text == "Otsikko"
    assert deck.slide_layouts[6].placeholders[0].text_frame.text == "Otsikko"
    runs = deck.slides[0].shapes[0]._element.xpath(".//a:r/a:rPr")
    assert [run.get("lang") for run in runs] == ["fi-FI"] * 3
    assert deck.core_properties.language == "fi-FI"


def test_number_formats_of_charts_are_localised() -> None:
    def build(deck: Any) -> None:
        frame = add_chart(add_slide(deck, "x"), "{{ chart(data) }}c")
        codes = frame.chart._chartSpace.xpath(".//c:val//c:formatCode")
        codes[0].text = '0 "kr"'

    chart = filled(build, {"data": data(1)}, localisation=FINNISH).slides[0].shapes[1].chart
    assert chart._chartSpace.xpath(".//c:val//c:formatCode")[0].text == '0 "€"'


def test_a_label_in_several_runs_keeps_the_look_of_the_first() -> None:
    def build(deck: Any) -> None:
        paragraph = add_slide(deck).shapes[0].text_frame.paragraphs[0]
        for text, bold in (("Ris", True), ("iko", False)):
            run = paragraph.add_run()
            run.text, run.font.bold = text, bold

    deck = filled(build, localisation=FINNISH)
    runs = deck.slides[0].shapes[0].text_frame.paragraphs[0].runs
    assert [(run.text, run.font.bold) for run in runs] == [("Riski", True)]


# Room


def narrow(text: str) -> Build:
    def build(deck: Any) -> None:
        slide = deck.slides.add_slide(deck.slide_layouts[6])
        box = slide.shapes.add_textbox(Cm(1), Cm(1), Cm(5), Cm(2))
        box.text_frame.word_wrap, box.text_frame.auto_size = True, MSO_AUTO_SIZE.NONE
        box.text_frame.text = text

    return build


def test_text_that_will_not_fit_is_a_warning_with_slide_and_shape() -> None:
    template = compiled(narrow("{{ x }}"))
    template.render({"x": "short"})
    assert template.findings == ()
    template.render({"x": "far too long for its box " * 10})
    assert [(f.code, f.place.steps) for f in template.findings] == [
        ("text-overflow", (("slide", 1), ("shape", "TextBox 1")))
    ]


def test_translation_alone_can_be_too_long() -> None:
    longer = Localisation(tag="fi-FI", text={"Kort": "Hyvin pitkä " * 20}.get)
    template = compiled(narrow("Kort"), localisation=longer)
    assert [f.code for f in template.findings] == ["text-overflow"]


def test_a_shape_that_grows_may_grow_to_the_edge_of_the_slide() -> None:
    template = compiled(slide_with("{{ x }}"))
    template.render({"x": "a\n" * 16})
    assert template.findings == ()
    template.render({"x": "a\n" * 30})
    assert [f.code for f in template.findings] == ["text-overflow"]


def test_a_shape_that_may_shrink_its_text_does() -> None:
    def build(deck: Any) -> None:
        slide = deck.slides.add_slide(deck.slide_layouts[1])
        slide.placeholders[1].text_frame.text = "{{ x }}"

    template = compiled(build)
    out = template.render({"x": "some words that go on " * 20})
    assert template.findings == ()
    fit = Presentation(io.BytesIO(out)).slides[0].placeholders[1]._element.xpath(".//a:normAutofit")
    assert 70000 <= int(fit[0].get("fontScale")) < 100000


def sized(*texts: str) -> Build:
    """A narrow box that may shrink its text, each paragraph of 20 points."""

    def build(deck: Any) -> None:
        slide = deck.slides.add_slide(deck.slide_layouts[6])
        frame = slide.shapes.add_textbox(Cm(1), Cm(1), Cm(5), Cm(6)).text_frame
        frame.word_wrap, frame.auto_size = True, MSO_AUTO_SIZE.TEXT_TO_FIT_SHAPE
        for number, text in enumerate(texts):
            paragraph = frame.add_paragraph() if number else frame.paragraphs[0]
            run = paragraph.add_run()
            run.text, run.font.size = text, Pt(20)

    return build


def sizes(deck: Any) -> list[float]:
    shown = deck.slides[0].shapes[0].text_frame.paragraphs
    return [paragraph.runs[0].font.size.pt for paragraph in shown]


def test_text_that_says_its_size_is_written_smaller() -> None:
    small, other = sizes(filled(sized("{{ x }}", "a"), {"x": "some words that go on " * 6}))
    assert 14 <= small < 20
    assert small == other


def test_a_paragraph_whose_word_would_be_cut_is_smaller() -> None:
    deck = filled(sized("{{ x }}", "short"), {"x": "Tjenesteutviklingen"})
    small, other = sizes(deck)
    assert 14 <= small < 20
    assert other == 20


def test_a_table_that_runs_off_the_slide_is_a_warning() -> None:
    rows = (("A",), ("{%tr for r in rows %}{{ r }}{%tr endfor %}",))
    template = compiled(table_with(*rows))
    template.render({"rows": list(range(60))})
    assert [f.code for f in template.findings] == ["text-overflow"]


# Faults


def test_every_unknown_name_is_told_with_its_place() -> None:
    def build(deck: Any) -> None:
        add_slide(deck, "{{ nam }}", notes="{{ other.thing }}")
        table_with(("{{ rows.lenght }}",))(deck)

    with pytest.raises(TemplateError) as caught:
        filled(build, {"name": 1, "rows": []})
    assert [f.place.text() for f in caught.value.findings if f.code == "name-unknown"] == [
        "deck.pptx > slide 1, “TextBox 1”",
        "deck.pptx > slide 1, notes",
        "deck.pptx > slide 2, “Table 1”, row 1, cell 1",
    ]


def test_what_is_open_in_a_shape_is_not_closed_by_the_slide() -> None:
    build = slide_with("{% for x in xs %}{{ x }}", notes="{% for u in us %}")
    with pytest.raises(TemplateError) as told:
        filled(build, {"xs": [1], "us": [1]})
    found = told.value.findings
    assert [f.code for f in found] == ["tag-unclosed"]
    assert "notes" not in found[0].place.text()


@pytest.mark.parametrize(
    ("texts", "code"),
    [
        (("{% for x in xs %}", "a"), "tag-unclosed"),
        (("{% endfor %}",), "tag-unopened"),
        (("a {% if x %} b", "c {% endif %}"), "tag-crosses"),
        (("{{ x",), "tag-cut-off"),
        (("{{ x | nofilter }}",), "filter-unknown"),
        (("{{ 1 + }}",), "tag-syntax"),
    ],
)
def test_faulty_tags_are_findings(texts: tuple[str, ...], code: str) -> None:
    assert code in codes(slide_with(*texts), {"x": 1, "xs": []})


@pytest.mark.parametrize(
    ("value", "code"), [("text", "chart-data"), (data("x"), "chart-number")], ids=["text", "word"]
)
def test_faulty_chart_data_is_a_finding(value: Any, code: str) -> None:
    def build(deck: Any) -> None:
        add_chart(add_slide(deck, "x"), "{{ chart(data) }}c")

    assert codes(build, {"data": value}) == [code]


def test_charts_and_pictures_only_stand_on_their_own_kind() -> None:
    def build(deck: Any) -> None:
        slide = add_slide(deck, "x")
        for text in ("{{ chart(data) }}", "{{ image('a.png') }}"):
            box = slide.shapes.add_textbox(0, 0, Cm(3), Cm(3))
            box._element.nvSpPr.cNvPr.set("descr", text)

    assert codes(build, {"data": data(1)}) == ["chart-kind", "placeholder-not-picture"]


def test_a_chart_that_draws_nothing_cannot_be_filled() -> None:
    def build(deck: Any) -> None:
        chart = add_chart(add_slide(deck, "x"), "{{ chart(data) }}").chart._chartSpace
        for plot in chart.xpath("c:chart/c:plotArea/c:barChart"):
            plot.getparent().remove(plot)

    assert codes(build, {"data": data(1)}) == ["chart-kind"]


@pytest.mark.parametrize("tag", ["{{ chart(1) }}", "{{ image('a') }}", "{{ include('a') }}"])
def test_what_is_no_text_in_running_text_is_a_finding(tag: str) -> None:
    assert codes(slide_with(tag)) == ["value-not-text"]


def test_the_name_of_a_shape_is_text_and_its_title_may_ask_for_a_chart() -> None:
    def build(attribute: str, deck: Any) -> None:
        frame = add_chart(add_slide(deck, "x"), "")
        frame._element.xpath(".//p:cNvPr")[0].set(attribute, "{{ chart(data) }}")

    assert codes(partial(build, "name"), {"data": data(1)}) == ["value-not-text"]
    chart = filled(partial(build, "title"), {"data": data(7)}).slides[0].shapes[1].chart
    assert [*chart.plots[0].series[0].values] == [7]


def test_of_two_pictures_in_one_alt_text_the_first_shows(tmp_path: Path) -> None:
    red = picture(tmp_path / "red.png", (5, 5), "red")
    picture(tmp_path / "blue.png", (5, 5), "blue")
    text = "{{ image(no) }}{{ image('red.png') }}{{ image('blue.png') }}Colours"
    shape = filled(picture_slide(tmp_path, text), {"no": None}, base=tmp_path).slides[0].shapes[1]
    assert (shape.image.blob, alt(shape)) == (red.read_bytes(), "Colours")


# The whole


def test_two_fills_give_the_same_bytes() -> None:
    template = compiled(slide_with("{{ x }}", notes="{% for x in xs %}"))
    assert template.render({"xs": [1, 2]}) == template.render({"xs": [1, 2]})


def test_what_has_no_tags_stays_byte_for_byte() -> None:
    deck = Presentation()
    add_slide(deck, "{{ x }}")
    add_chart(add_slide(deck, "plain", notes="n"), "alt")
    buffer = io.BytesIO()
    deck.save(buffer)
    out = compile(buffer.getvalue()).render({"x": 1})
    before, after = zipfile.ZipFile(buffer), zipfile.ZipFile(io.BytesIO(out))
    assert before.namelist() == after.namelist()
    changed = [n for n in before.namelist() if before.read(n) != after.read(n)]
    assert changed == ["ppt/slides/slide1.xml"]


# Parts python-pptx does not write

KINDS = {
    "diagramData": "application/vnd.openxmlformats-officedocument.drawingml.diagramData+xml",
    "comments": "application/vnd.openxmlformats-officedocument.presentationml.comments+xml",
}
DIAGRAM = f"""<dgm:dataModel xmlns:dgm="{q("dgm:x")[1:-2]}" xmlns:a="{q("a:x")[1:-2]}"><dgm:ptLst>\
<dgm:pt modelId="1"><dgm:prSet/><dgm:spPr/><dgm:t><a:bodyPr/><a:lstStyle/>\
<a:p><a:r><a:rPr/><a:t>{{{{ x }}}}</a:t></a:r></a:p></dgm:t></dgm:pt></dgm:ptLst></dgm:dataModel>"""
COMMENTS = f"""<p:cmLst xmlns:p="{q("p:x")[1:-2]}"><p:cm authorId="0" idx="1">\
<p:pos x="0" y="0"/><p:text>see {{{{ x }}}}</p:text></p:cm></p:cmLst>"""


def with_part(word: str, name: str, text: str) -> Package:
    """A one-slide deck, repeated by its notes, whose slide has one more part."""
    deck = Presentation()
    add_slide(deck, "t", notes="{% for x in xs %}")
    buffer = io.BytesIO()
    deck.save(buffer)
    package = Package.open(buffer.getvalue(), "deck.pptx")
    package.write(name, text.encode())
    package.set_content_type(name, KINDS[word])
    package.add_rel("ppt/slides/slide1.xml", word, name)
    return package


@pytest.mark.parametrize(
    ("word", "name", "text", "tag"),
    [
        ("diagramData", "ppt/diagrams/data1.xml", DIAGRAM, "a:t"),
        ("comments", "ppt/comments/comment1.xml", COMMENTS, "p:text"),
    ],
)
def test_diagrams_and_comments_are_filled_for_each_slide(
    word: str, name: str, text: str, tag: str
) -> None:
    out = compile(with_part(word, name, text).save()).render({"xs": ["A&B", "C"]})
    filled_package = Package.open(out)
    texts = []
    for slide in ("ppt/slides/slide1.xml", "ppt/slides/slide2.xml"):
        (part,) = filled_package.related(slide, word)
        texts += [item.text for item in filled_package.tree(part).iter(q(tag))]
    assert [t.removeprefix("see ") for t in texts] == ["A&B", "C"]


def test_a_shape_in_alternative_content_goes_with_all_its_alternatives() -> None:
    deck = Presentation()
    box = add_slide(deck, "x").shapes[0]._element
    box.nvSpPr.cNvPr.set("descr", "{% if no %}Alt")
    wrapper = etree.SubElement(box.getparent(), q("mc:AlternateContent"))
    for name in ("mc:Choice", "mc:Fallback"):
        etree.SubElement(wrapper, q(name)).append(deepcopy(box))
    box.getparent().remove(box)
    buffer = io.BytesIO()
    deck.save(buffer)
    out = compile(buffer.getvalue()).render({"no": False})
    tree = Package.open(out).tree("ppt/slides/slide1.xml")
    assert not list(tree.iter(q("mc:AlternateContent")))
    assert "Alt" not in {named.get("descr") for named in tree.iter(q("p:cNvPr"))}


def test_animations_and_connectors_of_a_dropped_shape_go_too() -> None:
    deck = Presentation()
    slide = add_slide(deck, "x")
    box = slide.shapes[0]._element
    box.nvSpPr.cNvPr.set("descr", "{% if no %}Alt")
    line = slide.shapes.add_connector(MSO_CONNECTOR.STRAIGHT, 0, 0, Cm(1), Cm(1))
    line.begin_connect(slide.shapes[0], 1)
    timing = etree.SubElement(slide._element, q("p:timing"))
    etree.SubElement(timing, q("p:spTgt"), spid=str(slide.shapes[0].shape_id))
    buffer = io.BytesIO()
    deck.save(buffer)
    tree = Package.open(compile(buffer.getvalue()).render({"no": False})).tree(
        "ppt/slides/slide1.xml"
    )
    assert not list(tree.iter(q("p:timing"), q("a:stCxn")))
    assert len(list(tree.iter(q("p:cxnSp")))) == 1


def test_a_deck_may_be_a_template_file() -> None:
    deck = Presentation()
    add_slide(deck, "{{ x }}")
    buffer = io.BytesIO()
    deck.save(buffer)
    package = Package.open(buffer.getvalue())
    main = "application/vnd.openxmlformats-officedocument.presentationml.{}.main+xml"
    package.set_content_type(package.main, main.format("template"))
    out = compile(package.save(), name="deck.potx").render({"x": 1})
    assert Package.open(out).content_type("ppt/presentation.xml") == main.format("presentation")


# Letters of docxtpl


@pytest.mark.parametrize("command", ["colspan 2", "cellbg c", "hm", "vm"])
def test_what_works_in_word_only_is_told_in_its_cell(command: str) -> None:
    with pytest.raises(TemplateError) as error:
        compiled(table_with(("a", "{% " + command + " %}b")))
    (found,) = error.value.findings
    assert (found.code, found.place.steps[2:]) == ("tag-word-only", (("row", 1), ("cell", 2)))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("{%p if x %}{{ x }}{%p endif %}", "X"),
        ("{%tr if x %}{{ x }}{%tr endif %}", "X"),
        ("{%tc if x %}{{ x }}{%tc endif %}", "X"),
        ("{{r x }}", "X"),
        ("{%r if x %}a{%r endif %}", "a"),
        ("{#p note #}a", ""),
        ("{_{ x }_}", "{{ x }}"),
    ],
)
def test_the_letters_of_docxtpl(text: str, shown: str) -> None:
    assert cells(filled(table_with((text, "b")), {"x": "X"})) == [[shown, "b"]]
