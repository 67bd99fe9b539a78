"""PowerPoint templates as people make them who never read our guide."""

from __future__ import annotations

import io
from typing import Any

import pptx
import pytest
from lxml import etree
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.util import Inches

from toolkit.office import check, compile
from toolkit.office.package.markup import NAMESPACES, q
from toolkit.office.package.package import Package

ITEMS = [{"n": "A", "v": [1, 2], "xs": ["p", "q"]}, {"n": "B", "v": [3, 4], "xs": []}]
DATA: dict[str, Any] = {"things": ITEMS, "x": "X & Y", "n": 2, "no": False}
BOX = (Inches(1), Inches(1), Inches(6), Inches(2))


def deck() -> tuple[Any, Any]:
    """A presentation and its one, empty slide."""
    new = pptx.Presentation()
    return new, new.slides.add_slide(new.slide_layouts[6])


def box(page: Any, *paragraphs: str) -> Any:
    shape = page.shapes.add_textbox(*BOX)
    shape.text_frame.text = "\n".join(paragraphs)
    return shape


def saved(new: Any) -> bytes:
    out = io.BytesIO()
    new.save(out)
    return out.getvalue()


def filled(new: Any) -> Any:
    return pptx.Presentation(io.BytesIO(compile(saved(new)).render(DATA)))


TEXTS: list[tuple[str, list[str], str]] = [
    ("a comment takes its paragraph", ["{#p note #}", "z {{ x }}"], "z X & Y"),
    ("docxtpl's escapes", ["{_{ x }_} {_% if %_}"], "{{ x }} {% if %}"),
    ("raw braces", ["{% raw %}{{ a }}{% endraw %}"], "{{ a }}"),
    ("rich text of docxtpl", ["{{r x }}"], "X & Y"),
    ("dashes", ["{%- if x -%} a {%- endif -%}"], "a"),
    ("a list within a list",
     ["{% for i in things %}", "{{ i.n }}", "{% for y in i.xs %}", "{{ y }}",
      "{% endfor %}", "{% endfor %}"],
     "A\np\nq\nB"),
    ("a sentence with a loop",
     ["{% for i in things %}{{ i.n }}{% if not loop.last %}, {% endif %}{% endfor %}"], "A, B"),
]  # fmt: skip


@pytest.mark.parametrize(("given", "shown"), [t[1:] for t in TEXTS], ids=[t[0] for t in TEXTS])
def test_text(given: list[str], shown: str) -> None:
    new, page = deck()
    box(page, *given)
    assert filled(new).slides[0].shapes[0].text_frame.text == shown


def test_a_slide_for_each_with_a_chart_and_a_link_of_its_own() -> None:
    new, page = deck()
    run = box(page, "{{ i.n }}").text_frame.paragraphs[0].runs[0]
    run.hyperlink.address = "https://example.org/{{ i.n }}"
    data = CategoryChartData()
    data.categories = ["a", "b"]
    data.add_series("S", (1, 2))
    frame = page.shapes.add_chart(XL_CHART_TYPE.COLUMN_CLUSTERED, *BOX, data)
    series = "{'categories': ['a', 'b'], 'series': [{'name': i.n, 'values': i.v}]}"
    frame._element.nvGraphicFramePr.cNvPr.set("descr", "{{ chart(" + series + ") }}")
    page.notes_slide.notes_text_frame.text = "{% for i in things %}\nSay {{ i.n }}"
    pages = list(filled(new).slides)
    charts = [list(page.shapes[1].chart.plots[0].series[0].values) for page in pages]
    assert charts == [[1, 2], [3, 4]]
    assert [page.notes_slide.notes_text_frame.text for page in pages] == ["Say A", "Say B"]
    links = [p.shapes[0].text_frame.paragraphs[0].runs[0].hyperlink.address for p in pages]
    assert links == ["https://example.org/A", "https://example.org/B"]


@pytest.mark.parametrize(("steering", "pages"), [("{% for i in things %}", 3), ("{% if no %}", 1)])
def test_jumps_to_slides_that_repeat_or_go(steering: str, pages: int) -> None:
    new, page = deck()
    other = new.slides.add_slide(new.slide_layouts[6])
    box(page, "go").click_action.target_slide = other
    box(other, "{{ n }}")
    other.notes_slide.notes_text_frame.text = steering
    made = filled(new)
    assert len(made.slides) == pages
    target = made.slides[0].shapes[0].click_action.target_slide
    assert (target is None) == (pages == 1)
    assert target is None or target.slide_id == made.slides[1].slide_id


def test_rows_with_merged_cells_repeat_whole() -> None:
    new, page = deck()
    table = page.shapes.add_table(4, 2, *BOX).table
    for row, text in ((0, "{% for i in things %}"), (1, "{{ i.n }}"), (3, "{% endfor %}")):
        table.cell(row, 0).text = text
    table.cell(1, 0).merge(table.cell(2, 0))
    table.cell(1, 1).text, table.cell(2, 1).text = "1", "2"
    made = filled(new).slides[0].shapes[0].table
    assert [[c.text for c in row.cells] for row in made.rows] == [
        ["A", "1"], ["", "2"], ["B", "1"], ["", "2"]]  # fmt: skip
    assert [made.cell(n, 0).is_merge_origin for n in range(4)] == [True, False, True, False]


def test_groups_within_groups() -> None:
    new, page = deck()
    inner = page.shapes.add_group_shape().shapes.add_group_shape()
    box(inner, "{% for i in things %}", "{{ i.n }}", "{% endfor %}")
    assert filled(new).slides[0].shapes[0].shapes[0].shapes[0].text_frame.text == "A\nB"


def test_formulas_fields_and_names_of_shapes() -> None:
    new, page = deck()
    shape = box(page, "")
    shape.name = "Box {{ n }}"
    paragraph = shape.text_frame.paragraphs[0]._p
    names = f"xmlns:a='{NAMESPACES['a']}' xmlns:m='{NAMESPACES['m']}'"
    paragraph.append(etree.fromstring(
        f"<a:fld {names} id='{{12345678-1234-1234-1234-123456789ABC}}' type='slidenum'><a:rPr/>"
        "<a:t>{{ x }}</a:t></a:fld>"
    ))  # fmt: skip
    paragraph.append(etree.fromstring(
        f"<mc:AlternateContent xmlns:mc='{NAMESPACES['mc']}'><mc:Choice {names} Requires='a14' "
        "xmlns:a14='http://schemas.microsoft.com/office/drawing/2010/main'><a14:m>"
        "<m:oMath><m:r><m:t>{{ n }}</m:t></m:r></m:oMath></a14:m></mc:Choice></mc:AlternateContent>"
    ))  # fmt: skip
    made = filled(new).slides[0].shapes[0]
    assert made.name == "Box 2"
    assert [t.text for t in made._element.iter(q("a:t"), q("m:t"))] == ["X & Y", "2"]


@pytest.mark.parametrize(
    ("part", "data"),
    [
        ("customXml/item1.xml", b"<a>{{ x }}</a>"),
        ("ppt/tags/tag1.xml", b"<t val='{{ x }}'/>"),
        ("ppt/embeddings/note.txt", b"{{ x }}"),
    ],
)
def test_tags_where_nothing_is_filled_are_told(part: str, data: bytes) -> None:
    package = Package.open(saved(deck()[0]))
    package.write(part, data)
    findings = check(package.save(), DATA)
    assert [(f.code, dict(f.params)["part"]) for f in findings] == [("place-unfillable", part)]
