"""Word templates: what a sheet says stands in the document, read with python-docx and lxml."""

import io
import zipfile

import pytest
from docx import Document as WordDocument
from lxml import etree
from ruamel.yaml import YAML

from toolkit.author import build as build_template
from toolkit.author.word import build
from toolkit.author.word.scale import STYLES
from toolkit.author.word.stamp import IDENTITY
from toolkit.brand import DEFAULT, Brand
from toolkit.document import Document, load_document, shipped_templates
from toolkit.language import Labels
from toolkit.office.package.markup import q

HEAD = """
id: test
format: docx
doc: d.02
title: d.02
intro: di.02
"""
TABLE = """
sections:
  h.an.key:
    intro: ph.an.key
    rows: tables.key
    columns:
      - {field: f.stakeholder, origin: P}
      - {field: f.priority_score, type: int, origin: C}
      - {field: f.frequency, type: choice, choices: frequency, origin: P/F}
      - {field: f.action, type: long}
"""
FORM = """
sections:
  h.an.purpose:
    part: form
    columns:
      - {field: f.works_well, type: long}
      - {field: f.main_goal, source: goals.main, type: long, origin: P/F}
      - {field: f.deadline, type: date}
      - {field: f.answer, type: choice, choices: likert}
      - {field: f.responsible, type: ref, ref: role}
      - {field: f.status, source: status, origin: P}
"""


def sheet(text, head=HEAD):
    return Document(**YAML(typ="safe").load(head + text))


def drawn(text, head=HEAD, theme=None):
    return build(sheet(text, head), Labels.load("nb"), theme)


def part(data, name):
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return etree.fromstring(archive.read(name))


def body(data):
    return part(data, "word/document.xml")


def controls(data):
    return {
        sdt.find(f"{q('w:sdtPr')}/{q('w:tag')}").get(q("w:val")): sdt
        for sdt in body(data).iter(q("w:sdt"))
    }


def said(element):
    return "".join(t.text for t in element.iter(q("w:t")))


def value(element, path):
    found = element.find("/".join(q(f"w:{step}") for step in path.split("/")))
    return None if found is None else found.get(q("w:val"))


def test_front_holds_title_and_intro():
    document = WordDocument(io.BytesIO(drawn("sections: {}")))
    texts = {p.style.name: p.text for p in document.paragraphs}
    assert texts["Title"] == "Interessentanalyse og forankringsplan"
    assert texts["Subtitle"].startswith("Hvem berøres")
    assert texts["Cover"] == "{{ info.project_name }}"


def test_sections_become_headings():
    document = WordDocument(io.BytesIO(drawn(TABLE)))
    headings = [p.text for p in document.paragraphs if p.style.name == "Heading 1"]
    assert headings == ["De viktigste interessentene"]


def test_page_is_a4_with_another_first_page():
    section = WordDocument(io.BytesIO(drawn("sections: {}"))).sections[0]
    assert (round(section.page_width.cm, 1), round(section.page_height.cm, 1)) == (21.0, 29.7)
    assert section.different_first_page_header_footer
    assert "PAGE" in etree.tostring(section.footer._element).decode()


def test_form_places_are_titled_content_controls():
    found = controls(drawn(FORM))
    assert [tag for tag in found if tag != "_meta"] == [
        "d02.works_well",
        "d02.main_goal",
        "d02.deadline",
        "d02.answer",
        "d02.responsible",
    ]
    assert value(found["d02.works_well"], "sdtPr/alias") == "Hva fungerer?"
    assert said(found["d02.works_well"]) == "Klikk og skriv her"
    assert found["d02.works_well"].find(f"{q('w:sdtPr')}/{q('w:showingPlcHdr')}") is not None
    assert said(found["d02.main_goal"]) == "{{ goals.main }}"
    assert found["d02.main_goal"].find(f"{q('w:sdtPr')}/{q('w:showingPlcHdr')}") is None


def test_form_controls_are_of_the_field_type():
    found = controls(drawn(FORM))
    kinds = {tag: etree.QName(sdt.find(q("w:sdtPr"))[-1]).localname for tag, sdt in found.items()}
    assert (kinds["d02.works_well"], kinds["d02.deadline"]) == ("text", "date")
    assert kinds["d02.answer"] == kinds["d02.responsible"] == "dropDownList"


def test_choices_carry_key_and_label():
    found = controls(drawn(FORM))
    items = [
        (item.get(q("w:value")), item.get(q("w:displayText")))
        for item in found["d02.answer"].iter(q("w:listItem"))
    ]
    assert items[0] == ("1", "1 – Helt uenig")
    assert items[-1] == ("na", "Vet ikke / ikke aktuelt")
    dynamic = next(found["d02.responsible"].iter(q("w:listItem")))
    assert dynamic.get(q("w:displayText")) == "{{ choices(lists.role) }}"


def test_table_repeats_its_header_and_hides_its_keys():
    table = next(body(drawn(TABLE)).iter(q("w:tbl")))
    head = next(table.iter(q("w:tr")))
    assert head.find(f"{q('w:trPr')}/{q('w:tblHeader')}") is not None
    keys = [
        said(r) for r in head.iter(q("w:r")) if r.find(f"{q('w:rPr')}/{q('w:vanish')}") is not None
    ]
    assert keys == ["f.stakeholder", "f.priority_score", "f.frequency", "f.action"]
    assert said(head[1][-1]) == "Interessent"


def test_table_rows_repeat_and_are_marked():
    table = next(body(drawn(TABLE)).iter(q("w:tbl")))
    rows = [said(row) for row in table.iter(q("w:tr"))]
    assert rows[1] == "{%tr for r in tables.key %}"
    assert rows[3] == "{%tr endfor %}"
    assert set(controls(drawn(TABLE))) == {
        "row:{{ r.id }}",
        "d02.frequency",
        "d02.action",
        "_meta",
    }


def test_table_cells_look_like_their_origin():
    cells = list(list(next(body(drawn(TABLE)).iter(q("w:tbl"))).iter(q("w:tr")))[2].iter(q("w:tc")))
    fills = [
        None
        if (shade := cell.find(f"{q('w:tcPr')}/{q('w:shd')}")) is None
        else shade.get(q("w:fill"))
        for cell in cells
    ]
    assert fills == ["F2F2F2", "DDEBF7", None, None]
    assert cells[2].find(f"{q('w:tcPr')}/{q('w:tcBorders')}/{q('w:left')}") is not None
    assert all(len(list(cell.iter(q("w:p")))) == 1 for cell in cells)


def test_table_without_rows_leaves_a_quiet_line():
    texts = [said(p) for p in body(drawn(TABLE)).iter(q("w:p"))]
    start = texts.index("{%p if tables.key %}")
    assert texts[start + 1 :].index("{%p else %}") < texts[start + 1 :].index("Ikke fylt ut ennå")


def test_a_document_that_is_not_returned_has_no_marks():
    data = drawn(TABLE, HEAD + "returned: false\n")
    assert set(controls(data)) == {"d02.frequency", "d02.action", "_meta"}
    assert not [r for r in body(data).iter(q("w:r")) if said(r).startswith("f.")]


def test_groups_draw_the_table_once_each():
    text = TABLE.replace(
        "rows: tables.key", "rows: group.rows\n    options: {each: groups, tag: 'd02.{{ r.id }}'}"
    )
    data = drawn(text)
    texts = [said(p) for p in body(data).iter(q("w:p"))]
    assert texts.index("{%p if groups %}") < texts.index("{%p for group in groups %}")
    assert "d02.{{ r.id }}" in controls(data)


def test_blank_rows_are_for_writing():
    text = TABLE.replace("rows: tables.key", "options: {blank: 3}")
    table = next(body(drawn(text)).iter(q("w:tbl")))
    assert len(list(table.iter(q("w:tr")))) == 4
    assert len(list(table.iter(q("w:sdt")))) == 12


def test_contents_lead_to_the_headings():
    root = body(
        drawn("sections:\n  ui.toc: {part: contents}\n  h.an.key: {}\n  h.an.message: {}\n")
    )
    anchors = [link.get(q("w:anchor")) for link in root.iter(q("w:hyperlink"))]
    marks = [b.get(q("w:name")) for b in root.iter(q("w:bookmarkStart"))]
    assert anchors == [mark for mark in marks if mark != "_meta"]
    kinds = [mark.get(q("w:fldCharType")) for mark in root.iter(q("w:fldChar"))]
    assert kinds == ["begin", "separate", "end"]


def test_conditions_surround_a_section():
    text = TABLE.replace("h.an.key:", "h.an.key:\n    when: tables.key")
    texts = [said(p) for p in body(drawn(text)).iter(q("w:p"))]
    start = texts.index("{%p if tables.key %}")
    assert texts[start + 1] == "De viktigste interessentene"


@pytest.mark.parametrize(
    ("block", "style"),
    [
        ("{part: callout, options: {text: ui.no_personal_data}}", "Callout"),
        ("{part: callout, options: {tone: warning, text: ui.no_personal_data}}", "Warning"),
        ("{part: bullets, rows: learnt}", "ListBullet"),
        ("{part: steps, options: {text: [ui.howto]}}", "ListNumber"),
        ("{part: quotes, rows: quotes}", "Quote"),
        ("{part: questions, rows: asked}", "Question"),
        ("{part: tiles, columns: [{field: f.target, formula: n}]}", "TileNumber"),
        ("{part: sign_off}", "TableHeadQuiet"),
    ],
)
def test_every_part_draws_in_its_own_style(block, style):
    data = drawn(f"sections:\n  h.an.key:\n    blocks:\n      - {block}\n")
    used = {p.get(q("w:val")) for p in body(data).iter(q("w:pStyle"))}
    assert style in used


def test_every_numbered_list_begins_at_one():
    block = "{part: steps, options: {text: [ui.howto, ui.legend]}}"
    data = drawn(f"sections:\n  h.an.key: {block}\n  h.an.message: {block}\n")
    lists = [p.find(f"{q('w:pPr')}/{q('w:numPr')}/{q('w:numId')}") for p in numbered(body(data))]
    assert [None if one is None else one.get(q("w:val")) for one in lists] == [None, None, "3", "3"]
    restarted = list(part(data, "word/numbering.xml").iter(q("w:startOverride")))
    assert [start.get(q("w:val")) for start in restarted] == ["1"]


def numbered(root):
    return [p for p in root.iter(q("w:p")) if value(p, "pPr/pStyle") == "ListNumber"]


def test_every_style_used_is_defined():
    defined = {
        s.get(q("w:styleId")) for s in part(drawn(FORM), "word/styles.xml").iter(q("w:style"))
    }
    used = {p.get(q("w:val")) for p in body(drawn(FORM)).iter(q("w:pStyle"), q("w:rStyle"))}
    assert used <= defined
    assert {style.style_id for style in STYLES} <= defined


def test_type_scale():
    sizes = {style.name: style.size for style in STYLES}
    assert [sizes[f"heading {level}"] for level in (1, 2, 3)] == [24, 18, 14]


def test_colours_and_fonts_are_the_theme_s():
    slots = Brand(primary="F6C945").theme
    data = drawn(FORM, theme=slots)
    for name in ("word/styles.xml", "word/document.xml"):
        for color in part(data, name).iter(q("w:color")):
            assert color.get(q("w:themeColor")) is not None
            assert color.get(q("w:val")) in slots.values()
    fonts = part(data, "word/styles.xml").iter(q("w:rFonts"))
    assert all(key.endswith(("Theme", "cstheme")) for font in fonts for key in font.attrib)


def test_identity_stands_in_three_places():
    data = drawn(FORM)
    properties = {p.get("name"): said_property(p) for p in part(data, "docProps/custom.xml")}
    assert list(properties) == list(IDENTITY)
    assert properties["copy_id"] == "{{ identity.copy_id }}"
    marks = [b.get(q("w:name")) for b in body(data).iter(q("w:bookmarkStart"))]
    assert marks[-1] == "_meta"
    stamp = controls(data)["_meta"]
    assert "m.key" in said(stamp)
    assert all(r.find(f"{q('w:rPr')}/{q('w:vanish')}") is not None for r in stamp.iter(q("w:r")))


def said_property(element):
    return element[0].text


def test_title_and_language_are_set():
    core = part(drawn(FORM), "docProps/core.xml")
    assert core.findtext(q("dc:title")) == "{{ t('d.02') }} – {{ info.project_name }}"
    assert core.findtext(q("dc:language")) == "nb-NO"
    language = next(part(drawn(FORM), "word/styles.xml").iter(q("w:lang")))
    assert language.get(q("w:val")) == "nb-NO"


def test_logo_has_alternative_text_and_is_in_line():
    root = body(drawn(FORM))
    assert [d.get("descr") for d in root.iter(q("wp:docPr"))] == [
        "{{ image(branding.logo) }} {{ info.organisation }}"
    ]
    assert not list(root.iter(q("wp:anchor")))


def test_the_same_sheet_gives_the_same_bytes():
    assert drawn(FORM) == drawn(FORM)
    assert drawn(FORM) != drawn(FORM, theme=Brand(primary="F6C945").theme)
    assert drawn(FORM) == drawn(FORM, theme=DEFAULT.theme)


@pytest.mark.parametrize(
    "path", sorted((shipped_templates() / "docx").glob("*.yaml")), ids=lambda p: p.stem
)
def test_shipped_templates_are_built_from_their_sheets(path):
    document = load_document(path)
    built, shipped = build_template(document, Labels.load("nb")), document.template.read_bytes()
    assert parts(built) == parts(shipped)


def parts(data):
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}
