"""Markdown: how text is read, and what it becomes in Word."""

from __future__ import annotations

import io
import time
from typing import Any

import docx
import pytest
from word_files import add_table, body, cells, data_of, document, render, reopened, source, texts

from toolkit.office.markdown import Span, blocks
from toolkit.office.package.markup import q
from toolkit.office.package.package import Package
from toolkit.office.values import Markdown, markdown


def kinds(text: str) -> list[tuple[str, int, str]]:
    return [(block.kind, block.level, block.text) for block in blocks(text)]


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("plain", [Span("plain")]),
        ("**b** __c__", [Span("b", bold=True), Span(" "), Span("c", bold=True)]),
        ("*i* _j_", [Span("i", italic=True), Span(" "), Span("j", italic=True)]),
        ("***both***", [Span("both", bold=True, italic=True)]),
        ("**a *b***", [Span("a ", bold=True), Span("b", bold=True, italic=True)]),
        ("snake_case_name 2 * 3", [Span("snake_case_name 2 * 3")]),
        (r"\*no\* \[x](y)", [Span("*no* [x](y)")]),
        ("**open", [Span("**open")]),
        ("a <b> & ]]>", [Span("a <b> & ]]>")]),
        ("[x](https://a.no/b_c)", [Span("x", link="https://a.no/b_c")]),
        ("**[x](mailto:a@b.no)**", [Span("x", bold=True, link="mailto:a@b.no")]),
        ("[x](javascript:alert(1))", [Span("[x](javascript:alert(1))")]),
        ("[x](file:///etc/passwd)", [Span("[x](file:///etc/passwd)")]),
        ("{{ 7 * 7 }}", [Span("{{ 7 * 7 }}")]),
    ],
)
def test_looks(text: str, spans: list[Span]) -> None:
    assert [span for block in blocks(text) for span in block.spans] == spans


def test_blocks() -> None:
    text = "# Title\n\nOne\ntwo\n- a\n  - b\n- c\n3. x\n4. y\n\nEnd"
    assert kinds(text) == [
        ("heading", 1, "Title"), ("text", 0, "One\ntwo"), ("bullet", 0, "a"), ("bullet", 1, "b"),
        ("bullet", 0, "c"), ("number", 0, "x"), ("number", 0, "y"), ("text", 0, "End"),
    ]  # fmt: skip
    assert [b.number for b in blocks(text) if b.kind == "number"] == [3, 4]


def test_where_no_looks_can_stand_the_plain_text_stands() -> None:
    assert str(markdown("# A\n**b**\n- c")) == "A\nb\n• c"
    assert (markdown(None), type(markdown(markdown("x")))) == ("", Markdown)


@pytest.mark.parametrize("text", ["*a" * 50_000, "[" * 99_999, "[](" * 30_000, "- " * 50_000])
def test_long_and_odd_text_is_read_soon(text: str) -> None:
    start = time.process_time()
    blocks(text)
    assert time.process_time() - start < 3


TEXT = (
    "# Why\n\nWe **must** see [this](https://a.no/?a=1&b=2).\n\n- one\n- *two*\n\n1. first\n2. next"
)


def looks(package: Package) -> list[tuple[str, str]]:
    """Style and text of each paragraph."""
    return [(str(p.style.name), p.text) for p in reopened(package).paragraphs]


def test_a_paragraph_becomes_paragraphs() -> None:
    out = render(document("Before", "{{ x | markdown }}", "After"), {"x": TEXT})
    assert looks(out) == [
        ("Normal", "Before"), ("Heading 1", "Why"), ("Normal", "We must see this."),
        ("List Bullet", "one"), ("List Bullet", "two"), ("List Number", "first"),
        ("List Number", "next"), ("Normal", "After"),
    ]  # fmt: skip
    paragraph = reopened(out).paragraphs[2]
    assert [(run.text, run.bold) for run in paragraph.runs][:2] == [("We ", None), ("must", True)]
    link = paragraph.hyperlinks[0]
    assert (link.text, link.address) == ("this", "https://a.no/?a=1&b=2")


def test_the_letter_p_says_the_same() -> None:
    assert len(looks(render(document("{{p x | markdown }}"), {"x": TEXT}))) == 6


def test_within_a_sentence_it_stays_one_paragraph() -> None:
    out = render(document("Say: {{ x | markdown }}!"), {"x": "**a**\n\n- b\n- c"})
    assert texts(out) == ["Say: a\n• b\n• c!"]
    assert [run.text for run in reopened(out).paragraphs[0].runs if run.bold] == ["a"]


def test_the_look_of_the_tag_stays_under_the_looks_of_the_text() -> None:
    new = document("")
    run = new.paragraphs[0].add_run("{{ x | markdown }}")
    run.font.size, run.italic = 203200, True
    out = reopened(render(new, {"x": "a **b**"})).paragraphs[0].runs
    assert [(r.text, r.bold, r.italic, r.font.size) for r in out] == [
        ("a ", None, True, 203200), ("b", True, True, 203200),
    ]  # fmt: skip


def test_every_numbered_list_begins_with_one() -> None:
    out = render(document("{{ x | markdown }}", "{{ x | markdown }}"), {"x": "1. a\n2. b"})
    numbers = [item.get(q("w:val")) for item in out.tree("word/document.xml").iter(q("w:numId"))]
    assert numbers[0] == numbers[1] != numbers[2] == numbers[3]


def bare() -> Package:
    """A document without lists and styles."""
    package = Package.open(data_of(document("{{ x | markdown }}")))
    for word in ("numbering", "styles"):
        for relation in package.rels(package.main):
            if relation.word == word:
                package.remove_rel(package.main, relation.id)
                package.remove(relation.target)
    return package


def test_lists_are_made_where_a_document_has_none() -> None:
    out = render(bare().save(), {"x": "- a\n  1. b\n  2. c\n- d"})
    root = out.tree("word/numbering.xml")
    assert len(root.findall(q("w:abstractNum"))) == 2
    levels = [item.get(q("w:val")) for item in out.tree("word/document.xml").iter(q("w:ilvl"))]
    assert levels == ["0", "1", "1", "0"]
    assert "numbering" in out.content_type("word/numbering.xml")


def test_styles_are_made_where_a_document_lacks_them() -> None:
    new = document("{{ x | markdown }}")
    new.styles["Heading 2"].delete()
    out = render(new, {"x": "## H\n[a](https://b.no)"})
    names = [item.get(q("w:val")) for item in out.tree("word/styles.xml").iter(q("w:name"))]
    assert "heading 2" in names
    assert "Hyperlink" in names
    assert looks(out)[0] == ("Heading 2", "H")


@pytest.mark.parametrize(("toc", "flagged"), [(True, True), (False, False)])
def test_a_table_of_contents_is_flagged_when_headings_come_in(toc: bool, flagged: bool) -> None:
    new = document("{{ x | markdown }}")
    if toc:
        body(
            new, '<w:p><w:fldSimple w:instr=" TOC \\o "/></w:p>'.replace('o "', 'o &quot;1&quot;"')
        )
    out = render(new, {"x": "# H"})
    assert (out.tree("word/settings.xml").find(q("w:updateFields")) is not None) is flagged


def test_in_a_table_a_loop_and_a_macro() -> None:
    new = document("{% macro m(t) %}{{ t | markdown }}{% endmacro %}{{ m('**z**') }}")
    add_table(new, [["{%tr for x in xs %}{{ x | markdown }}", "{{ loop.index }}{%tr endfor %}"]])
    out = render(new, {"xs": ["- a\n- b", "", "c"]})
    assert cells(out) == [["a\nb", "1"], ["", "2"], ["c", "3"]]
    assert [run.text for run in reopened(out).paragraphs[0].runs if run.bold] == ["z"]


def test_bookmarks_of_the_paragraph_stay() -> None:
    new = document("")
    body(
        new,
        '<w:p><w:bookmarkStart w:id="1" w:name="b"/><w:r><w:t>{{ x | markdown }}</w:t></w:r>'
        '<w:bookmarkEnd w:id="1"/></w:p>',
    )
    out = source(render(new, {"x": "# A\n\nb"}))
    assert out.index("bookmarkStart") < out.index(">A<") < out.index("bookmarkEnd")


@pytest.mark.parametrize("value", [None, "", "  \n"])
def test_nothing_gives_an_empty_paragraph(value: Any) -> None:
    assert texts(render(document("{{ x | markdown }}"), {"x": value})) == [""]


def test_marks_in_data_are_text() -> None:
    hostile = "\ufdd3mx\ufdd4 **b** {{ 7*7 }} </w:t>"
    assert texts(render(document("{{ x | markdown }}"), {"x": hostile})) == [
        "mx b {{ 7*7 }} </w:t>"
    ]


def test_in_attributes_and_properties_it_is_plain() -> None:
    new = document("x")
    new.core_properties.title = "{{ x | markdown }}"
    out = docx.Document(io.BytesIO(render(new, {"x": "**b**"}).save()))
    assert out.core_properties.title == "b"


def test_a_repeated_header_row_stays_one() -> None:
    new = document()
    add_table(new, [["Head"], ["{%tr for x in xs %}{{ x }}{%tr endfor %}"]])
    row = new.tables[0].rows[0]._tr
    row.get_or_add_trPr().append(row.makeelement(q("w:tblHeader")))
    out = render(new, {"xs": ["a", "b", "c"]}).tree("word/document.xml")
    flags = [r.find(f".//{q('w:tblHeader')}") is not None for r in out.iter(q("w:tr"))]
    assert flags == [True, False, False, False]
