"""Word: tags wherever text stands, filled without touching what is around them."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.shared import Cm
from word_files import (
    add_table,
    body,
    cells,
    data_of,
    document,
    render,
    reopened,
    source,
    texts,
    xml,
)

from toolkit.finding import TemplateError
from toolkit.office import Localisation, check, compile, fill
from toolkit.office.package.markup import q
from toolkit.office.package.package import Package

ROWS = [{"id": "r1", "name": "Ada"}, {"id": "r2", "name": "Bo & Co"}]


def codes(template: Any, context: dict[str, Any], **settings: Any) -> list[tuple[str, str]]:
    findings = check(data_of(template), context, name="t.docx", **settings)
    return [(f.code, f.place.text().partition(" > ")[2]) for f in findings]


def test_a_tag_split_over_runs_is_filled_and_keeps_the_formatting() -> None:
    template = docx.Document()
    paragraph = template.add_paragraph("Dear ")
    for text, bold in (("{{ na", True), ("me", False), (" }}", False), ("!", False)):
        paragraph.add_run(text).bold = bold
    filled = reopened(render(template, {"name": "Ada"}))
    runs = [(run.text, bool(run.bold)) for run in filled.paragraphs[0].runs if run.text]
    assert runs == [("Dear ", False), ("Ada", True), ("!", False)]


def test_text_with_markup_characters_stays_text() -> None:
    value = 'R & D <w:t>x</w:t> "quoted" {{ 7 * 7 }}'
    assert texts(render(document("[{{ x }}]"), {"x": value})) == [f"[{value}]"]


def test_line_breaks_and_tabs_become_word_s_own() -> None:
    package = render(document("{{ x }}"), {"x": "one\ntwo\tthree"})
    assert texts(package) == ["one\ntwo\tthree"]
    assert "<w:br/>" in source(package)


def test_none_is_empty_and_numbers_are_written() -> None:
    assert texts(render(document("{{ a }}|{{ b }}"), {"a": None, "b": 3})) == ["|3"]


def test_lone_statements_take_their_paragraphs_with_them() -> None:
    template = document("{% for r in rows %}", "{{ r.name }}", "{% endfor %}", "end")
    assert texts(render(template, {"rows": ROWS})) == ["Ada", "Bo & Co", "end"]


def test_lettered_paragraphs_go_with_whatever_else_they_hold() -> None:
    template = document("{%p if yes %} note to self", "kept", "{%p else %}", "lost", "{%p endif %}")
    assert texts(render(template, {"yes": True})) == ["kept"]


def test_inline_conditions_and_loops_stay_in_the_paragraph() -> None:
    template = document(
        "{% for r in rows %}{{ r.id }}{% if not loop.last %}, {% endif %}{% endfor %}."
    )
    assert texts(render(template, {"rows": ROWS})) == ["r1, r2."]


def test_a_block_that_begins_and_ends_inside_paragraphs() -> None:
    template = document("a {% if yes %}b", "c", "d{% endif %} e")
    assert texts(render(template, {"yes": True})) == ["a b", "c", "d e"]
    assert texts(render(template, {"yes": False})) == ["a  e"]


def test_a_condition_that_is_the_whole_paragraph_leaves_no_blank_one() -> None:
    template = document("a", "{% if yes %}b{% endif %}", "c")
    assert texts(render(template, {"yes": False})) == ["a", "c"]


def test_a_section_break_survives_its_condition() -> None:
    template = document("a")
    body(
        template,
        "<w:p><w:pPr><w:sectPr/></w:pPr><w:r><w:t>{% if yes %}b{% endif %}</w:t></w:r></w:p>",
    )
    assert source(render(template, {"yes": False})).count("<w:sectPr") == 2


def test_dashes_join_paragraphs() -> None:
    template = document("lives", "{%- if town -%}", "in town", "{%- endif -%}", ".")
    assert texts(render(template, {"town": True})) == ["livesin town."]


@pytest.mark.parametrize("rows", [[], ROWS[:1], ROWS, ROWS * 500])
def test_table_rows_repeat(rows: list[dict[str, str]]) -> None:
    template = document()
    add_table(
        template,
        [["Id", "Name"], ["{%tr for r in rows %}", ""], ["{{ r.id }}", "{{ r.name }}"],
         ["{%tr endfor %}", ""], ["Sum", "{{ rows|length }}"]],
    )  # fmt: skip
    expected = [["Id", "Name"], *([r["id"], r["name"]] for r in rows), ["Sum", str(len(rows))]]
    assert cells(render(template, {"rows": rows})) == expected


@pytest.mark.parametrize(
    "row",
    [
        ["{%tr for r in rows %}{{ r.id }}", "{{ r.name }}{%tr endfor %}"],
        ["{%tr for r in rows %}\n{{ r.id }}", "{{ r.name }}\n{%tr endfor %}"],
    ],
)
def test_a_row_that_opens_and_closes_its_loop_repeats(row: list[str]) -> None:
    template = document()
    add_table(template, [["Id", "Name"], row])
    found = [[text.strip() for text in row] for row in cells(render(template, {"rows": ROWS}))]
    assert found == [["Id", "Name"], ["r1", "Ada"], ["r2", "Bo & Co"]]


def test_tags_alone_in_their_rows_need_no_letter() -> None:
    template = document()
    add_table(template, [["{% for r in rows %}", ""], ["{{ r.id }}", "x"], ["{% endfor %}", ""]])
    assert cells(render(template, {"rows": ROWS})) == [["r1", "x"], ["r2", "x"]]


def test_a_table_left_without_rows_goes() -> None:
    template = document("before")
    add_table(
        template, [["{%tr for r in rows %}", ""], ["{{ r.id }}", "x"], ["{%tr endfor %}", ""]]
    )
    template.add_paragraph("after")
    package = render(template, {"rows": []})
    assert "<w:tbl>" not in source(package)
    assert texts(package) == ["before", "after"]


def test_paragraph_tags_in_a_cell_never_leave_it_without_a_paragraph() -> None:
    template = document()
    add_table(template, [["x"]])
    cell = template.tables[0].cell(0, 0)
    cell.text = "{%p if yes %}"
    cell.add_paragraph("text")
    cell.add_paragraph("{%p endif %}")
    assert cells(render(template, {"yes": False})) == [[""]]
    assert cells(render(template, {"yes": True})) == [["text"]]


def test_columns_repeat_and_the_grid_follows() -> None:
    template = document()
    add_table(
        template,
        [["", "{%tc for c in cols %}", "{{ c }}", "{%tc endfor %}"],
         ["{%tr for r in rows %}{{ r.id }}", "{%tc for c in cols %}", "{{ c }}-{{ r.id }}",
          "{%tc endfor %}{%tr endfor %}"]],
    )  # fmt: skip
    package = render(template, {"cols": ["A", "B", "C", "D"], "rows": ROWS[:1]})
    assert cells(package) == [["", "A", "B", "C", "D"], ["r1", "A-r1", "B-r1", "C-r1", "D-r1"]]
    columns = [int(c.get(q("w:w"))) for c in package.tree("word/document.xml").iter(q("w:gridCol"))]
    assert len(columns) == 5


def test_one_cell_that_opens_and_closes_its_loop_repeats() -> None:
    template = document()
    add_table(template, [["a", "{%tc for c in cols %}{{ c }}{%tc endfor %}"]])
    assert cells(render(template, {"cols": ["x", "y"]})) == [["a", "x", "y"]]


def test_nested_tables_and_nested_loops() -> None:
    template = document()
    add_table(template, [["{%tr for g in groups %}"], ["{{ g.name }}"], ["{%tr endfor %}"]])
    inner = template.tables[0].cell(1, 0).add_table(1, 1)
    inner.cell(0, 0).text = "{%tr for x in g.items %}{{ x }}{%tr endfor %}"
    groups = [{"name": "G", "items": [1, 2]}, {"name": "H", "items": []}]
    found = texts(render(template, {"groups": groups}))
    assert [text for text in found if text] == ["G", "1", "2", "H"]


def test_headers_footers_and_properties() -> None:
    template = document("x")
    section = template.sections[0]
    section.different_first_page_header_footer = True
    template.settings.odd_and_even_pages_header_footer = True
    section.header.paragraphs[0].text = "H {{ name }}"
    section.first_page_header.paragraphs[0].text = "F {{ name }}"
    section.even_page_footer.paragraphs[0].text = "E {{ name }}"
    template.core_properties.title = "Plan {{ name }}"
    filled = reopened(render(template, {"name": "R&D"}, localisation=Localisation(tag="sv-SE")))
    section = filled.sections[0]
    assert section.header.paragraphs[0].text == "H R&D"
    assert section.first_page_header.paragraphs[0].text == "F R&D"
    assert section.even_page_footer.paragraphs[0].text == "E R&D"
    assert filled.core_properties.title == "Plan R&D"
    assert filled.core_properties.language == "sv-SE"


def test_text_boxes_and_their_stand_ins_are_filled_alike() -> None:
    template = document()
    box = "<w:txbxContent><w:p><w:r><w:t>Box {{ name }}</w:t></w:r></w:p></w:txbxContent>"
    body(
        template,
        "<w:p><w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wp:inline>"
        "<wp:extent cx='9' cy='9'/><wp:docPr id='1' name='b'/><a:graphic><a:graphicData "
        "uri='http://schemas.microsoft.com/office/word/2010/wordprocessingShape'><wps:wsp>"
        f"<wps:cNvSpPr/><wps:spPr/><wps:txbx>{box}</wps:txbx><wps:bodyPr/></wps:wsp>"
        "</a:graphicData></a:graphic></wp:inline></w:drawing></mc:Choice><mc:Fallback><w:pict>"
        f"<v:shape><v:textbox>{box}</v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>",
    )
    assert [t for t in texts(render(template, {"name": "N"})) if t] == ["Box N", "Box N"]


def test_field_codes_and_attributes_are_filled() -> None:
    template = document()
    body(
        template,
        "<w:p><w:r><w:instrText xml:space='preserve'> REF {{ mark }} </w:instrText></w:r>"
        "<w:hyperlink w:anchor='{{ mark }}' w:tooltip='to {{ mark }}'><w:r><w:t>x</w:t></w:r>"
        "</w:hyperlink></w:p>",
    )
    text = source(render(template, {"mark": 'a"b'}))
    assert ' REF a"b ' in text
    assert 'w:tooltip="to a&quot;b"' in text


def test_hyperlinks_get_their_own_target_also_in_loops() -> None:
    template = document("{% for s in sites %}")
    part = template.part
    rel = part.relate_to(
        "https://example.org/%7B%7B%20s.id%20%7D%7D?q=1",
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink",
        is_external=True,
    )
    body(
        template,
        f"<w:p><w:hyperlink r:id='{rel}'><w:r><w:t>{{{{ s.id }}}}</w:t></w:r></w:hyperlink></w:p>",
    )
    body(template, "<w:p><w:r><w:t>{% endfor %}</w:t></w:r></w:p>")
    package = render(template, {"sites": [{"id": "å b"}, {"id": "c"}]})
    links = {r.id: r.target for r in package.rels("word/document.xml") if r.external}
    used = [x.get(q("r:id")) for x in package.tree("word/document.xml").iter(q("w:hyperlink"))]
    assert [links[x] for x in used] == [
        "https://example.org/%C3%A5%20b?q=1",
        "https://example.org/c?q=1",
    ]
    assert not any("%7B" in target for target in links.values())


def test_whole_paragraphs_are_translated_and_the_language_set() -> None:
    labels = {"Navn": "Namn", "Side": "Sida", "Et bilde": "En bild"}
    template = document("Navn", "Navn og mer", "Side\tNavn")
    template.paragraphs[0].runs[0].bold = True
    body(template, "<w:p><w:r><w:rPr><w:lang w:val='nb-NO'/></w:rPr><w:drawing><wp:inline>"
         "<wp:extent cx='9' cy='9'/><wp:docPr id='5' name='p' descr='Et bilde'/><a:graphic>"
         "<a:graphicData uri='urn:x'/></a:graphic></wp:inline></w:drawing></w:r>"
         "</w:p>")  # fmt: skip
    package = render(template, {}, localisation=Localisation("sv-SE", text=labels.get))
    assert texts(package)[:3] == ["Namn", "Navn og mer", "Sida\tNamn"]
    assert 'descr="En bild"' in source(package)
    assert 'w:lang w:val="sv-SE"' in source(package)
    assert 'w:val="sv-SE"' in source(package, "word/styles.xml")


def test_the_theme_takes_the_brand() -> None:
    template = data_of(document("x"))
    package = Package.open(
        compile(template, theme={"accent1": "0B4F6C", "minor_font": "Arial"}).render({})
    )
    theme = source(package, "word/theme/theme1.xml")
    assert '<a:accent1><a:srgbClr val="0B4F6C"/></a:accent1>' in theme
    assert '<a:latin typeface="Arial"/>' in theme.partition("<a:minorFont>")[2]


def test_parts_without_tags_are_kept_byte_for_byte() -> None:
    template = data_of(document("{{ x }}"))
    before, after = Package.open(template), render(template, {"x": 1})
    changed = [n for n in before.names() if before.read(n) != after.read(n)]
    assert changed == ["word/document.xml"]


def test_two_renders_give_the_same_bytes() -> None:
    template = compile(data_of(document("{{ x }}")))
    assert template.render({"x": 1}) == template.render({"x": 1})


def test_a_template_kind_gives_a_document() -> None:
    package = Package.open(data_of(document("{{ x }}")))
    kind = package.content_type(package.main)
    package.set_content_type(package.main, kind.replace("document.main", "template.main"))
    assert render(package.save(), {"x": 1}).content_type("word/document.xml") == kind


def test_ids_in_loops_are_unique() -> None:
    template = document("{% for x in xs %}")
    body(template, "<w:p><w:bookmarkStart w:id='1' w:name='m'/><w:r><w:drawing><wp:inline>"
         "<wp:extent cx='9' cy='9'/><wp:docPr id='7' name='p'/><a:graphic>"
         "<a:graphicData uri='urn:x'/></a:graphic></wp:inline></w:drawing></w:r>"
         "<w:bookmarkEnd w:id='1'/></w:p>")  # fmt: skip
    body(template, "<w:p><w:r><w:t>{% endfor %}</w:t></w:r></w:p>")
    body(template, "<w:p><w:r><w:drawing><wp:inline><wp:extent cx='9' cy='9'/>"
         "<wp:docPr id='9' name='q'/><a:graphic><a:graphicData uri='urn:x'/></a:graphic>"
         "</wp:inline></w:drawing></w:r></w:p>")  # fmt: skip
    tree = render(template, {"xs": [1, 2, 3]}).tree("word/document.xml")
    ids = [item.get("id") for item in tree.iter(q("wp:docPr"))]
    starts = [(x.get(q("w:id")), x.get(q("w:name"))) for x in tree.iter(q("w:bookmarkStart"))]
    ends = [x.get(q("w:id")) for x in tree.iter(q("w:bookmarkEnd"))]
    assert len(set(ids)) == 4
    assert ids[-1] == "9"
    assert [name for _, name in starts] == ["m", "m_2", "m_3"]
    assert [number for number, _ in starts] == ends
    assert len(set(ends)) == 3


def test_old_drawings_and_objects_in_loops_have_ids_of_their_own() -> None:
    office = "xmlns:o='urn:schemas-microsoft-com:office:office'"
    template = document("{% for x in xs %}")
    body(template, f"<w:p><w:r><w:object {office}><v:shapetype id='_x0000_t75'/>"
         "<v:shape id='_x0000_i1025' type='#_x0000_t75'/>"
         "<o:OLEObject ShapeID='_x0000_i1025'/></w:object></w:r>"
         f"<w:r><w:pict {office}><v:rect id='Box 2' o:spid='_x0000_s1026'/>"
         "</w:pict></w:r></w:p>")  # fmt: skip
    body(template, "<w:p><w:r><w:t>{% endfor %}</w:t></w:r></w:p>")
    body(template, "<w:p><w:r><w:pict><v:rect id='_x0000_s1027'/></w:pict></w:r></w:p>")
    tree = render(template, {"xs": [1, 2]}).tree("word/document.xml")
    shapes = [item.get("id") for item in tree.iter(q("v:shape"), q("v:rect"))]
    spids = [value for item in tree.iter(q("v:rect")) for value in item.attrib.values()[1:]]
    assert len({*shapes, *spids}) == len(shapes + spids) == 7
    assert shapes[-1] == "_x0000_s1027"
    assert [item.get("ShapeID") for item in tree.iter("{*}OLEObject")] == shapes[0:4:2]
    kinds = [item.get("id") for item in tree.iter(q("v:shapetype"))]
    assert kinds == ["_x0000_t75", "_x0000_t75_2"]
    assert [item.get("type") for item in tree.iter(q("v:shape"))] == [f"#{k}" for k in kinds]


def test_a_bookmark_keeps_both_edges_when_a_paragraph_of_tags_goes() -> None:
    template = document()
    body(
        template,
        "<w:p><w:bookmarkStart w:id='4' w:name='m'/><w:r><w:t>{%p if yes %}</w:t></w:r></w:p>",
    )
    body(template, "<w:p><w:r><w:t>a</w:t></w:r><w:bookmarkEnd w:id='4'/></w:p>")
    body(template, "<w:p><w:r><w:t>{%p endif %}</w:t></w:r></w:p>")
    text = source(render(template, {"yes": True}))
    assert text.index("<w:bookmarkStart") < text.index("<w:bookmarkEnd")
    assert texts(render(template, {"yes": True})) == ["a"]


# Findings


def test_every_fault_is_told_with_its_place_in_one_run() -> None:
    template = document("{{ projct.name }}", "ok")
    add_table(template, [["a", "b"], ["c", "{{ project.nme }}"]])
    template.sections[0].header.paragraphs[0].text = "{{ titel }}"
    context = {"project": {"name": "P"}, "title": "T"}
    findings = check(data_of(template), context, name="charter.docx")
    assert [f.line() for f in findings] == [
        "charter.docx > paragraph 1: unknown name 'projct' in \"{{ projct.name }}\"; "
        "did you mean 'project'?",
        "charter.docx > table 1, row 2, cell 2: unknown name 'project.nme' in "
        "\"{{ project.nme }}\"; did you mean 'project.name'?",
        "charter.docx > header 1, paragraph 1: unknown name 'titel' in \"{{ titel }}\"; "
        "did you mean 'title'?",
    ]


@pytest.mark.parametrize(
    ("paragraphs", "found"),
    [
        (["{{ x "], [("tag-cut-off", "paragraph 1")]),
        (["a", "{% if x %}"], [("tag-unclosed", "paragraph 2")]),
        (
            ["{%tr for a in x %}", "{%tr endfor %}"],
            [("tag-misplaced", "paragraph 1"), ("tag-misplaced", "paragraph 2")],
        ),
        (["{{ x | uper }}"], [("filter-unknown", "paragraph 1")]),
    ],
)
def test_faults_of_a_template(paragraphs: list[str], found: list[tuple[str, str]]) -> None:
    assert codes(document(*paragraphs), {"x": []}) == found


def test_blocks_may_reach_from_one_insertion_or_link_to_another() -> None:
    template = document()
    run = "<w:ins w:id='{0}' w:author='a'><w:r><w:t>{1}</w:t></w:r></w:ins>"
    first, last = run.format(1, "{% if yes %}a"), run.format(2, "b{% endif %}")
    start = "<w:r><w:t>x</w:t></w:r>"
    body(template, f"<w:p>{start}{first}<w:r><w:t>-</w:t></w:r>{last}</w:p>")
    assert texts(render(template, {"yes": True})) == ["xa-b"]
    assert texts(render(template, {"yes": False})) == ["x"]


def test_a_block_across_cells_is_told() -> None:
    template = document()
    add_table(template, [["a {% if x %}", "b {% endif %}"]])
    assert codes(template, {"x": 1}) == [("tag-crosses", "table 1, row 1, cell 2")]


def test_control_characters_are_dropped_with_a_warning(tmp_path: Path) -> None:
    out = tmp_path / "out.docx"
    warnings = fill(data_of(document("[{{ x }}]")), {"x": "a\x00\x0bb"}, out)
    assert [f.code for f in warnings] == ["control-dropped"]
    assert docx.Document(str(out)).paragraphs[0].text == "[ab]"


def test_nothing_is_written_when_something_is_wrong(tmp_path: Path) -> None:
    out = tmp_path / "out.docx"
    with pytest.raises(TemplateError):
        fill(data_of(document("{{ x }}")), {}, out)
    assert list(tmp_path.iterdir()) == []


# Pictures


def _picture_template(tmp_path: Path, alt: str) -> docx.document.Document:
    template = document()
    picture = tmp_path / "placeholder.png"
    picture.write_bytes(_png(4, 4))
    template.add_picture(str(picture), Cm(4), Cm(2))
    properties = next(template.element.body.iter(q("wp:docPr")))
    properties.set("descr", alt)
    return template


def _png(width: int, height: int) -> bytes:
    from PIL import Image

    out = io.BytesIO()
    Image.new("RGB", (width, height), (200, 10, 10)).save(out, "PNG")
    return out.getvalue()


def test_a_picture_takes_the_place_of_its_placeholder(tmp_path: Path) -> None:
    (tmp_path / "logo.png").write_bytes(_png(10, 10))
    template = _picture_template(tmp_path, "{{ image(logo) }} Logo of {{ name }}")
    package = render(template, {"logo": "logo.png", "name": "A&B"}, base=tmp_path)
    tree = package.tree("word/document.xml")
    properties = next(tree.iter(q("wp:docPr")))
    blip = next(tree.iter(q("a:blip")))
    relation = package.rel("word/document.xml", blip.get(q("r:embed"), ""))
    extent = next(tree.iter(q("wp:extent")))
    assert relation is not None
    assert package.read(relation.target) == _png(10, 10)
    assert properties.get("descr") == "Logo of A&B"
    assert (extent.get("cx"), extent.get("cy")) == (str(Cm(2)), str(Cm(2)))


def test_a_filling_picture_is_cropped_and_keeps_the_box(tmp_path: Path) -> None:
    (tmp_path / "p.png").write_bytes(_png(10, 10))
    template = _picture_template(tmp_path, "{{ image({'path': p, 'alt': 'Ours'}, 'fill') }} old")
    tree = render(template, {"p": "p.png"}, base=tmp_path).tree("word/document.xml")
    crop = next(tree.iter(q("a:srcRect")))
    assert next(tree.iter(q("wp:extent"))).get("cx") == str(Cm(4))
    assert (crop.get("t"), crop.get("b"), crop.get("l")) == ("25000", "25000", None)
    assert next(tree.iter(q("wp:docPr"))).get("descr") == "Ours"


def test_a_missing_picture_is_left_out_with_a_warning(tmp_path: Path) -> None:
    template = _picture_template(tmp_path, "{{ image(logo) }} Logo")
    compiled = compile(data_of(template), name="t.docx")
    package = Package.open(compiled.render({"logo": "no.png"}, base=tmp_path))
    assert "<w:drawing>" not in source(package)
    assert [f.code for f in compiled.findings] == ["picture-missing"]
    compiled.render({"logo": None}, base=tmp_path)
    assert compiled.findings == ()


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("../secret.png", "picture-outside"),
        ("/etc/passwd", "picture-outside"),
        ("bad.png", "picture-unreadable"),
    ],
)
def test_pictures_that_may_not_or_cannot_be_shown(tmp_path: Path, path: str, code: str) -> None:
    (tmp_path / "bad.png").write_bytes(b"no picture")
    template = _picture_template(tmp_path, "{{ image(logo) }}")
    findings = check(data_of(template), {"logo": path}, base=tmp_path)
    assert [f.code for f in findings] == [code]


def test_a_qr_code_is_drawn(tmp_path: Path) -> None:
    template = _picture_template(tmp_path, "{{ qr(url) }} Scan me")
    package = render(template, {"url": "https://example.org"})
    assert [n for n in package.names() if n.startswith("word/media/picture-")] != []


def test_pictures_repeat_in_loops(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(_png(3, 3))
    (tmp_path / "b.png").write_bytes(_png(6, 3))
    template = _picture_template(tmp_path, "{{ image(p) }} P")
    paragraph = template.paragraphs[-1]
    paragraph.insert_paragraph_before("{% for p in ps %}")
    template.add_paragraph("{% endfor %}")
    package = render(template, {"ps": ["a.png", "b.png", "a.png"]}, base=tmp_path)
    used = [b.get(q("r:embed")) for b in package.tree("word/document.xml").iter(q("a:blip"))]
    assert len(used) == 3
    assert used[0] == used[2] != used[1]


def test_image_in_text_is_told(tmp_path: Path) -> None:
    assert codes(document("{{ image(x) }}"), {"x": "a.png"}) == [("value-not-text", "paragraph 1")]


# Content controls


def _control(properties: str, text: str) -> str:
    return (
        f"<w:p><w:sdt><w:sdtPr>{properties}</w:sdtPr><w:sdtContent><w:r><w:t>{text}</w:t></w:r>"
        "</w:sdtContent></w:sdt></w:p>"
    )


def _one_control(properties: str, text: str, context: dict[str, Any], **settings: Any) -> Any:
    template = document()
    body(template, _control(properties, text))
    package = render(template, context, **settings)
    return next(package.tree("word/document.xml").iter(q("w:sdt")))


def test_a_control_is_filled_named_and_listed() -> None:
    control = _one_control(
        "<w:alias w:val='{{ title }}'/><w:tag w:val='d15.{{ key }}'/><w:id w:val='7'/>"
        "<w:dropDownList>"
        "<w:listItem w:displayText='{{ choices(xs) }}' w:value='x'/></w:dropDownList>",
        "{{ chosen }}",
        {
            "title": "T & U",
            "key": "goal",
            "xs": ["A", {"value": "b", "label": "B & C"}, "A"],
            "chosen": "A",
        },
    )
    items = [
        (i.get(q("w:value")), i.get(q("w:displayText"))) for i in control.iter(q("w:listItem"))
    ]
    assert items == [("A", "A"), ("b", "B & C")]
    assert next(control.iter(q("w:alias"))).get(q("w:val")) == "T & U"
    assert next(control.iter(q("w:tag"))).get(q("w:val")) == "d15.goal"


def test_a_date_control_gets_its_date() -> None:
    control = _one_control(
        "<w:date w:fullDate='2001-01-01T00:00:00Z'><w:dateFormat w:val='d.M.yyyy'/></w:date>",
        "{{ day | shown }}",
        {"day": date(2026, 3, 9)},
        filters={"shown": lambda value: f"{value:%d.%m.%Y}"},
    )
    assert next(control.iter(q("w:date"))).get(q("w:fullDate")) == "2026-03-09T00:00:00Z"
    assert next(control.iter(q("w:t"))).text == "09.03.2026"


def test_a_date_control_without_date_has_none() -> None:
    control = _one_control("<w:date><w:lid w:val='nb-NO'/></w:date>", "{{ day }}", {"day": None})
    assert q("w:fullDate") not in next(control.iter(q("w:date"))).attrib


def test_an_empty_control_shows_its_placeholder() -> None:
    properties = "<w:alias w:val='A'/><w:id w:val='7'/><w:text/>"
    settings = {"globals": {"placeholder": {"text": "Skriv & fyll", "date": "Dato"}}}
    empty = _one_control(properties, "{{ x }}", {"x": None}, **settings)
    full = _one_control(properties, "{{ x }}", {"x": "Y"}, **settings)
    assert [child.tag for child in empty[0]] == [
        q("w:alias"), q("w:id"), q("w:showingPlcHdr"), q("w:text"),
    ]  # fmt: skip
    assert next(empty.iter(q("w:t"))).text == "Skriv & fyll"
    assert next(empty.iter(q("w:rStyle"))).get(q("w:val")) == "PlaceholderText"
    assert next(full.iter(q("w:t"))).text == "Y"
    assert full.find(f".//{q('w:showingPlcHdr')}") is None
    assert full.find(f".//{q('w:rStyle')}") is None


def test_a_control_around_blocks_is_filled() -> None:
    template = document()
    body(
        template,
        "<w:sdt><w:sdtPr><w:id w:val='3'/></w:sdtPr><w:sdtContent><w:p><w:r><w:t>"
        "{%p if yes %}</w:t></w:r></w:p><w:p><w:r><w:t>{{ x }}</w:t></w:r></w:p><w:p><w:r><w:t>"
        "{%p endif %}</w:t></w:r></w:p></w:sdtContent></w:sdt>",
    )
    assert texts(render(template, {"yes": True, "x": "in"})) == ["in"]
    content = render(template, {"yes": False, "x": "in"}).tree("word/document.xml")
    assert len(next(content.iter(q("w:sdtContent")))) == 1


def test_a_control_is_let_go_from_data_without_tags() -> None:
    control = _one_control("<w:dataBinding w:xpath='/a' w:storeItemID='{1}'/>", "{{ x }}", {"x": 1})
    assert control.find(f".//{q('w:dataBinding')}") is None
    assert next(control.iter(q("w:t"))).text == "1"


def test_controls_repeat_with_their_own_ids() -> None:
    template = document("{% for x in xs %}")
    body(template, _control("<w:id w:val='7'/>", "{{ x }}"))
    body(template, "<w:p><w:r><w:t>{% endfor %}</w:t></w:r></w:p>")
    tree = render(template, {"xs": ["a", "b"]}).tree("word/document.xml")
    ids = [
        item.get(q("w:val"))
        for item in tree.iter(q("w:id"))
        if item.getparent().tag == q("w:sdtPr")
    ]
    assert len(set(ids)) == 2


def test_xml_helper_declares_namespaces() -> None:
    assert xml("<w:p/>").tag == q("w:p")
