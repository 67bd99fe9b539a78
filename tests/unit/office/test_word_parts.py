"""Word: charts, comments, bound data, what cannot be filled; the door and the outline."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import docx
import pytest
from pptx.chart.data import CategoryChartData
from pptx.chart.xmlwriter import ChartXmlWriter
from pptx.enum.chart import XL_CHART_TYPE
from word_files import add_table, body, cells, data_of, document, render, source, texts

from toolkit.finding import OutputError, Place, TemplateError
from toolkit.office import Localisation, check, compile, fill, outline
from toolkit.office.charts.cache import C
from toolkit.office.package.markup import q
from toolkit.office.package.package import Package

DATA = {
    "categories": ["a", "b", "c"],
    "series": [{"name": "S", "values": [1, 2, 3]}],
    "alt": "High: c",
}
CHART = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"


def _with_chart(alt: str, before: str = "", after: str = "") -> bytes:
    data = CategoryChartData()
    data.categories = ["x"]
    data.add_series("old", (1,))
    chart = ChartXmlWriter(XL_CHART_TYPE.COLUMN_CLUSTERED, data).xml.encode()
    template = document(before) if before else document()
    body(
        template,
        f"<w:p><w:r><w:drawing><wp:inline><wp:extent cx='100' cy='100'/><wp:docPr id='1' name='c' "
        f"descr='{alt}'/><a:graphic><a:graphicData uri='{C[1:-1]}'>"
        f"<c:chart xmlns:c='{C[1:-1]}' r:id='rId99'/>"
        "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>",
    )
    if after:
        body(template, f"<w:p><w:r><w:t>{after}</w:t></w:r></w:p>")
    package = Package.open(data_of(template))
    package.write("word/charts/chart1.xml", chart)
    package.set_content_type("word/charts/chart1.xml", CHART)
    rel_id = package.add_rel("word/document.xml", "chart", "word/charts/chart1.xml")
    text = package.read("word/document.xml").replace(b"rId99", rel_id.encode())
    package.write("word/document.xml", text)
    return package.save()


def _charts(package: Package) -> list[list[str]]:
    used = [c.get(q("r:id"), "") for c in package.tree("word/document.xml").iter(q("c:chart"))]
    parts = [package.rel("word/document.xml", rel_id) for rel_id in used]
    roots = [package.tree(part.target) for part in parts if part]
    return [[v.text or "" for v in root.iter(C + "v")] for root in roots]


def test_a_chart_shows_the_data_and_says_so() -> None:
    package = render(_with_chart("{{ chart(d) }} Chart of {{ n }}"), {"d": DATA, "n": "N"})
    assert _charts(package) == [["S", "a", "b", "c", "1", "2", "3"]]
    assert next(package.tree("word/document.xml").iter(q("wp:docPr"))).get("descr") == "High: c"
    assert [n for n in package.names() if n.endswith(".xlsx")] != []


def test_charts_repeat_with_parts_of_their_own() -> None:
    template = _with_chart("{{ chart(d) }} C", "{% for d in ds %}", "{% endfor %}")
    second = {**DATA, "series": [{"name": "T", "values": [4, 5, 6]}]}
    package = render(template, {"ds": [DATA, second]})
    assert [values[0] for values in _charts(package)] == ["S", "T"]
    assert len([n for n in package.names() if n.endswith(".xlsx")]) == 2


def test_a_chart_without_data_is_left_out() -> None:
    template = _with_chart("{{ chart(d) if d }} C")
    assert "<w:drawing>" not in source(render(template, {"d": None}))


def test_chart_data_that_is_none_is_told() -> None:
    findings = check(_with_chart("{{ chart(d) }} C"), {"d": {"series": 3}})
    assert [f.code for f in findings] == ["chart-data"]


def test_a_chart_tag_on_a_drawing_without_chart_or_picture_is_told() -> None:
    template = document()
    body(template, "<w:p><w:r><w:drawing><wp:inline><wp:docPr id='1' name='s' "
         "descr='{{ image(x) }}'/></wp:inline></w:drawing></w:r></w:p>")  # fmt: skip
    findings = check(data_of(template), {"x": "a"})
    assert [f.code for f in findings] == ["placeholder-not-picture"]


def test_comments_are_filled() -> None:
    template = document("x")
    template.add_comment(template.paragraphs[0].runs, text="See {{ name }}", author="A")
    assert "See Ada" in texts(render(template, {"name": "Ada"}), "word/comments.xml")


def test_data_that_controls_are_bound_to_is_filled_too() -> None:
    package = Package.open(data_of(document("x")))
    package.write("customXml/item1.xml", b"<d xmlns='urn:d' k='{{ name }}'><t>{{ name }}</t></d>")
    package.set_default_type("xml", "application/xml")
    filled = render(package.save(), {"name": "A&B"}).tree("customXml/item1.xml")
    assert (filled.get("k"), filled[0].text) == ("A&B", "A&B")


def test_a_tag_where_nothing_can_be_filled_is_told() -> None:
    package = Package.open(data_of(document("x")))
    settings = package.tree("word/settings.xml")
    settings[0].set("odd", "{{ name }}")
    package.store("word/settings.xml")
    findings = check(package.save(), {"name": "A"}, name="t.docx")
    assert [(f.code, dict(f.params)["part"]) for f in findings] == [
        ("place-unfillable", "word/settings.xml")
    ]


def test_raw_text_and_docxtpl_escapes_are_printed() -> None:
    template = document("{% raw %}{{ x }}{% endraw %}", "{_{ x }_}")
    assert texts(render(template, {})) == ["{{ x }}", "{{ x }}"]


def test_cell_commands_of_docxtpl() -> None:
    template = document()
    add_table(
        template,
        [["{% colspan 2 %}a", "b", "{% cellbg '#FF0000' %}c"],
         ["{%tr for x in xs %}{% vm %}g", "{{ x }}", "{%tr endfor %}"]],
    )  # fmt: skip
    text = source(render(template, {"xs": [1, 2]}))
    assert '<w:gridSpan w:val="2"/>' in text
    assert 'w:fill="FF0000"' in text
    assert text.count('<w:vMerge w:val="restart"/>') == 1
    assert text.count('<w:vMerge w:val="continue"/>') == 1


@pytest.mark.parametrize(
    ("command", "kept"),
    [
        ("cellbg 'ffcc00'", 'w:fill="FFCC00"'), ("cellbg '#0a0b0c'", 'w:fill="0A0B0C"'),
        ("cellbg none", 'w:fill="auto"'), ("cellbg 'auto'", 'w:fill="auto"'),
        ("cellbg 'red'", None), ("cellbg 12", None), ("cellbg 'FF00001'", None),
        ("colspan 3", '<w:gridSpan w:val="3"/>'), ("colspan '2'", '<w:gridSpan w:val="2"/>'),
        ("colspan 0", None), ("colspan 1.5", None), ("colspan 'x'", None),
    ],
)  # fmt: skip
def test_a_cell_command_takes_only_what_word_can_read(command: str, kept: str | None) -> None:
    template = document()
    add_table(template, [["{% " + command + " %}a", "b"]])
    if kept:
        assert kept in source(render(template, {}))
    else:
        found = check(data_of(template), {})
        assert [(f.code, f.place.text()) for f in found] == [
            ("tag-failed", "template > table 1, row 1, cell 1")
        ]


@pytest.mark.parametrize("count", [0, 1, 2, 5])
@pytest.mark.parametrize(
    "row",
    [["name", "{%tc for y in ys %}{{ y }}{%tc endfor %}"],
     ["name", "{%tc for y in ys %}", "{{ y }}", "{%tc endfor %}"]],
)  # fmt: skip
def test_a_cell_over_columns_that_repeat_goes_over_all_of_them(row: list[str], count: int) -> None:
    template = document()
    add_table(template, [["title"] * len(row), row])
    table = template.tables[0]
    table.cell(0, 0).merge(table.cell(0, len(row) - 1)).text = "title"
    package = render(template, {"ys": list(range(count))})
    spans = [
        sum(int(s.get(q("w:val"), "1")) - 1 for s in r.iter(q("w:gridSpan")))
        + len(list(r.iter(q("w:tc"))))
        for r in package.tree("word/document.xml").iter(q("w:tr"))
    ]
    columns = len(list(package.tree("word/document.xml").iter(q("w:gridCol"))))
    assert [*spans, columns] == [count + 1] * 3


# The door


def test_a_file_in_the_way_is_told_and_nothing_is_left(tmp_path: Path) -> None:
    (tmp_path / "out.docx").mkdir()
    for out in (tmp_path / "out.docx", tmp_path / "no" / "out.docx"):
        with pytest.raises(OutputError) as error:
            fill(data_of(document("x")), {}, out)
        assert [f.code for f in error.value.findings] == ["file-unwritable"]
    assert [path.name for path in tmp_path.rglob("*")] == ["out.docx"]


def test_what_is_no_template_is_told() -> None:
    package = Package.open(data_of(document("x")))
    package.set_content_type("word/document.xml", "application/x-odd")
    with pytest.raises(TemplateError) as error:
        compile(package.save())
    assert error.value.findings[0].code == "package-not-office"


def test_rendering_again_forgets_the_warnings_of_the_render_before() -> None:
    template = compile(data_of(document("{{ x }}")), lenient=True)
    template.render({})
    assert [f.code for f in template.findings] == ["name-left-empty"]
    template.render({"x": 1})
    assert template.findings == ()


def test_one_template_fills_a_thousand_copies_apart() -> None:
    template = compile(data_of(document("{% for x in xs %}{{ x }}{% endfor %}")))
    copies = [texts(Package.open(template.render({"xs": [n, n]}))) for n in range(20)]
    assert copies == [[f"{n}{n}"] for n in range(20)]


def test_the_result_is_checked_before_it_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("toolkit.office.xml_part.well_formed", lambda _data: False)
    findings = check(data_of(document("{{ x }}")), {"x": 1}, name="t.docx")
    assert [(f.code, dict(f.params)["part"]) for f in findings][0] == (
        "result-broken",
        "word/document.xml",
    )


# The outline


def _outlined(template: docx.document.Document, folder: Path) -> list[tuple[str, str]]:
    path = folder / "t.docx"
    template.save(str(path))
    return [(line.place.text("nb"), line.text) for line in outline(path)]


def test_the_outline_tells_every_text_with_its_place(tmp_path: Path) -> None:
    template = document("One", "", "Three")
    add_table(template, [["a", ""], ["b", "c"]])
    template.tables[0].cell(1, 1).add_paragraph("d")
    template.sections[0].header.paragraphs[0].text = "Top"
    template.core_properties.title = "T"
    found = _outlined(template, tmp_path)
    assert found[:7] == [
        ("t.docx > avsnitt 1", "One"),
        ("t.docx > avsnitt 3", "Three"),
        ("t.docx > tabell 1, rad 1, celle 1", "a"),
        ("t.docx > tabell 1, rad 2, celle 1", "b"),
        ("t.docx > tabell 1, rad 2, celle 2", "c"),
        ("t.docx > tabell 1, rad 2, celle 2, avsnitt 2", "d"),
        ("t.docx > topptekst 1, avsnitt 1", "Top"),
    ]
    assert ("t.docx > egenskap title", "T") in found


def test_findings_and_outline_name_the_same_place(tmp_path: Path) -> None:
    template = document("One")
    add_table(template, [["a", "{{ typo }}"]])
    path = tmp_path / "t.docx"
    template.save(str(path))
    place: Place = check(path, {})[0].place
    assert place in [line.place for line in outline(path)]


def test_alternative_texts_stand_in_the_outline(tmp_path: Path) -> None:
    template = document()
    body(template, "<w:p><w:r><w:drawing><wp:inline><wp:docPr id='1' name='s' descr='A picture'/>"
         "</wp:inline></w:drawing></w:r></w:p>")  # fmt: skip
    assert ("t.docx > avsnitt 1, alternativ tekst", "A picture") in _outlined(template, tmp_path)


def _chart_title(package: Package) -> str:
    root = package.tree("word/charts/chart1.xml")
    return "".join(item.text or "" for item in root.iter(q("a:t")))


@pytest.mark.parametrize(("title", "shown"), [("Om {{ n }}", "Om N"), ("Tittel", "Titel")])
def test_chart_titles_are_filled_and_translated(title: str, shown: str) -> None:
    package = Package.open(_with_chart("x"))
    root = package.tree("word/charts/chart1.xml")
    a = q("a:p")[:-1]
    holder: Any = root[0].makeelement(C + "title", {})
    rich = holder.makeelement(C + "tx", {})
    holder.append(rich)
    rich.append(rich.makeelement(C + "rich", {}))
    paragraph = rich[0].makeelement(a + "p", {})
    rich[0].append(paragraph.makeelement(a + "bodyPr", {}))
    rich[0].append(paragraph)
    run = paragraph.makeelement(a + "r", {})
    paragraph.append(run)
    run.append(run.makeelement(a + "t", {}))
    run[0].text = title
    next(root.iter(C + "chart")).insert(0, holder)
    package.store("word/charts/chart1.xml")
    labels = Localisation("sv-SE", text={"Tittel": "Titel"}.get)
    assert _chart_title(render(package.save(), {"n": "N"}, localisation=labels)) == shown


@pytest.mark.parametrize("count", [0, 1, 3])
@pytest.mark.parametrize(
    "row",
    [
        ["{%tc for x in xs %}{% hm %}{{ x }}{%tc endfor %}"],
        ["{% hm %}{%tc for x in xs %}{{ x }}{%tc endfor %}"],
        ["{%tc for x in xs %}", "{% hm %}{{ x }}", "{%tc endfor %}"],
    ],
)
def test_cells_of_a_loop_merge_wherever_its_tags_stand(row: list[str], count: int) -> None:
    template = document()
    add_table(template, [["r", *row, "z"]])
    filled = render(template, {"xs": [f"x{n}" for n in range(count)]})
    assert cells(filled) == [["r", *["x0"] * bool(count), "z"]]
    spans = [
        item.get(q("w:val")) for item in filled.tree("word/document.xml").iter(q("w:gridSpan"))
    ]
    assert spans == [str(count)] * bool(count)
