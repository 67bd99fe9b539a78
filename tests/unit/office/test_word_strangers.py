"""Word templates as people write them who never read our guide; many broke other engines."""

from __future__ import annotations

import io
from typing import Any

import openpyxl
import pytest
from word_files import body, cells, data_of, document, render, source, texts

from toolkit.office import check
from toolkit.office.package.markup import NAMESPACES, q
from toolkit.office.package.package import Package

M = f'xmlns:m="{NAMESPACES["m"]}"'
TAG = "{{ d.k }}"
RUBY = (
    "<w:rubyPr><w:rubyAlign w:val='center'/><w:hps w:val='10'/><w:hpsRaise w:val='18'/>"
    "<w:hpsBaseText w:val='21'/><w:lid w:val='ja-JP'/></w:rubyPr>"
)
GRID = "<w:tblPr/><w:tblGrid><w:gridCol w:w='100'/><w:gridCol w:w='100'/></w:tblGrid>"


def run(text: str) -> str:
    return f"<w:r><w:t xml:space='preserve'>{text}</w:t></w:r>"


def paragraph(*runs: str) -> str:
    return "<w:p>" + "".join(r if r.startswith("<") else run(r) for r in runs) + "</w:p>"


def control(inside: str) -> str:
    return f"<w:sdt><w:sdtPr/><w:sdtContent>{inside}</w:sdtContent></w:sdt>"


def inserted(text: str) -> str:
    return f"<w:ins w:id='1' w:author='a'>{run(text)}</w:ins>"


def table(*rows: str) -> str:
    return f"<w:tbl>{GRID}{''.join(f'<w:tr>{row}</w:tr>' for row in rows)}</w:tbl>"


def cell(*inside: str) -> str:
    return f"<w:tc>{''.join(i if i.startswith('<') else paragraph(i) for i in inside)}</w:tc>"


def made(*parts: str) -> bytes:
    """A document of paragraphs and of XML."""
    new = document()
    for part in parts:
        if part.startswith("<"):
            body(new, part)
        else:
            new.add_paragraph(part)
    return data_of(new)


INLINE: list[tuple[str, list[str], list[str]]] = [
    ("a formula", [f"<w:p><m:oMath {M}><m:r><m:t>{{{{ x</m:t></m:r><m:r><m:t> }}}}=1</m:t></m:r>"
                   "</m:oMath></w:p>"], ["X & Y=1"]),
    ("a reading aid above the text",
     ["<w:p><w:r><w:ruby>" + RUBY + "<w:rt><w:r><w:t>{{ n }}</w:t></w:r></w:rt><w:rubyBase><w:r>"
      "<w:t>{{ x }}</w:t></w:r></w:rubyBase></w:ruby></w:r></w:p>"], ["2X & Y"]),
    ("a smart tag in the tag",
     [paragraph("<w:smartTag w:element='e'>" + run("{{ ") + "</w:smartTag>", "x }}")],
     ["X & Y"]),
    ("a content control in the tag",
     [paragraph("a {{ d", control(run(".k }} b")))],
     ["a K b"]),
    ("a bookmark, spelling and a comment in the tag",
     [paragraph("{{", "<w:bookmarkStart w:id='1' w:name='b'/>", " d.",
                "<w:proofErr w:type='spellStart'/>", "<w:bookmarkEnd w:id='1'/>", "k }}")], ["K"]),
    ("a line break and a tab in the tag",
     ["<w:p><w:r><w:t>{{ d</w:t><w:br/><w:t>.k</w:t><w:tab/><w:t>}}</w:t></w:r></w:p>"], ["K"]),
    ("a hyphen that does not break, a dash, a typed sign",
     ["<w:p><w:r><w:t>{{ n</w:t><w:noBreakHyphen/><w:t>1 }}</w:t></w:r></w:p>",
      "{{ n – 1 }} {{ n ≥ 2 }}"], ["1", "1 True"]),
    ("signs within quotes stay", ["{{ ‘a – b’ ~ “≤” }}"], ["a – b≤"]),
    ("an insertion that is tracked",
     [paragraph(inserted("{{ d"), ".k }}")], ["K"]),
    ("a loop of which half is a tracked insertion",
     [paragraph(inserted("{% for r in xs %}"), "{{ r }};{% endfor %}")], ["1;2;"]),
    ("the other half",
     [paragraph("{% for r in xs %}{{ r }};", inserted("{% endfor %} end"))], ["1;2; end"]),
    ("what was deleted is not filled",
     ["<w:p>" + run("{{ n }}") + "<w:del w:id='2' w:author='a'><w:r><w:delText>{{ gone }}"
      "</w:delText></w:r></w:del></w:p>"], ["2"]),
    ("a loop over a link",
     [paragraph("{% for r in xs %}", f"<w:hyperlink w:anchor='b'>{run('{{ r }}')}</w:hyperlink>",
                ", {% endfor %}")], ["1, 2, "]),
    ("a field that is merged",
     [paragraph(f"<w:fldSimple w:instr=' MERGEFIELD {TAG} '>{run(TAG)}</w:fldSimple>")],
     ["K"]),
    ("old line ends in the data", ["{{ lines }}"], ["a\nb\nc"]),
    ("a page break beside the loop's tag",
     ["<w:p><w:r><w:br w:type='page'/><w:t>{% for r in xs %}</w:t></w:r></w:p>", "{{ r }}",
      "<w:p><w:r><w:t>{% endfor %}</w:t></w:r></w:p>", "end"], ["\n", "1", "2", "end"]),
    ("each round on its own page",
     ["{% for r in xs %}", "{{ r }}",
      "<w:p><w:r><w:br w:type='page'/></w:r><w:r><w:t>{% endfor %}</w:t></w:r></w:p>"],
     ["1", "\n", "2", "\n"]),
    ("a loop from sentence to sentence", ["A {% for r in xs %}", "B {{ r }}", "C {% endfor %} D"],
     ["A ", "B 1", "C ", "B 2", "C  D"]),
    ("a loop that filters, and its else",
     ["{% for r in xs if r > 5 %}", "{{ r }}", "{% else %}", "none", "{% endfor %}"], ["none"]),
    ("raw braces and nothing else", ["{% raw %}{{ a }}{% endraw %}"], ["{{ a }}"]),
    ("a block of XML for other programs",
     ["<w:customXml w:element='a'>" + paragraph("{{ n }}") + "</w:customXml>"], ["2"]),
    ("a macro with words of its caller",
     ["{% macro box(t) %}[{{ t }}: {{ caller() }}]{% endmacro %}"
      "{% call box('a') %}{{ x }}{% endcall %}"],
     ["[a: X & Y]"]),
    ("what a block sets", ["{% set s %}{{ x }}!{% endset %}{{ s }}{{ s }}"], ["X & Y!X & Y!"]),
]  # fmt: skip
DATA: dict[str, Any] = {
    "x": "X & Y", "n": 2, "xs": [1, 2], "d": {"k": "K"}, "lines": "a\r\nb\rc",
}  # fmt: skip


@pytest.mark.parametrize(("parts", "expected"), [c[1:] for c in INLINE], ids=[c[0] for c in INLINE])
def test_text(parts: list[str], expected: list[str]) -> None:
    assert texts(render(made(*parts), DATA)) == expected


GROUPS = [{"n": "A", "xs": ["1", "2"]}, {"n": "B", "xs": []}, {"n": "C", "xs": ["3"]}]


def test_a_table_for_each_group_with_rows_of_its_own() -> None:
    drawn = table(
        cell("{{ g.n }}") + cell(""),
        cell("{%tr for x in g.xs %}{{ loop.index }}") + cell("{{ x }}{%tr endfor %}"),
    )
    package = render(made("{% for g in groups %}", drawn, "", "{% endfor %}"), {"groups": GROUPS})
    assert [cells(package, n) for n in range(3)] == [
        [["A", ""], ["1", "1"], ["2", "2"]], [["B", ""]], [["C", ""], ["1", "3"]],
    ]  # fmt: skip


def test_groups_and_their_rows_in_one_table() -> None:
    rows = ["{% for g in groups %}", "{{ g.n }}", "{% for x in g.xs %}", "{{ x }}"]
    drawn = table(*map(cell, [*rows, "{% endfor %}", "{% endfor %}"]))
    package = render(made(drawn, "end"), {"groups": GROUPS})
    assert cells(package) == [["A"], ["1"], ["2"], ["B"], ["C"], ["3"]]


def test_tables_within_tables_three_deep_and_what_follows_them() -> None:
    inner = table(cell("{%tr for x in g.xs %}{{ x }}{%tr endfor %}"))
    middle = table(cell("{{ g.n }}", inner, ""))
    outer = table(cell("{%tr for g in groups %}", middle, "{%tr endfor %}"))
    package = render(made(outer, "after {{ n }}"), {"groups": GROUPS, "n": 1})
    assert "".join(texts(package)) == "A12BC3after 1"
    assert all(c[-1].tag == q("w:p") for c in package.tree("word/document.xml").iter(q("w:tc")))


def test_rows_with_merged_cells_repeat_whole() -> None:
    def merged(text: str, how: str) -> str:
        return f"<w:tc><w:tcPr><w:vMerge{how}/></w:tcPr>{paragraph(text)}</w:tc>"

    drawn = table(
        cell("{% for g in groups %}"),
        merged("{{ g.n }}", " w:val='restart'") + cell("1"),
        merged("", "") + cell("2"),
        cell("{% endfor %}"),
    )
    package = render(made(drawn, "end"), {"groups": GROUPS})
    marks = [m.get(q("w:val")) for m in package.tree("word/document.xml").iter(q("w:vMerge"))]
    assert marks == ["restart", None] * 3


@pytest.mark.parametrize("around", ["row", "cell"])
def test_rows_and_cells_in_content_controls(around: str) -> None:
    first, last = cell("{%tr for x in xs %}{{ x }}"), cell("b{%tr endfor %}")
    row = f"<w:tr>{control(first) if around == 'cell' else first}{last}</w:tr>"
    drawn = f"<w:tbl>{GRID}{control(row) if around == 'row' else row}</w:tbl>"
    assert cells(render(made(drawn, "end"), DATA)) == [["1", "b"], ["2", "b"]]


def test_a_watermark_of_the_header() -> None:
    new = document("x")
    shape = "<v:shape id='s'><v:textpath style='a:b' string='{{ x }}'/></v:shape>"
    header = new.sections[0].header.paragraphs[0]
    header.text = "Top "
    body(new, f"<w:p><w:r><w:pict>{shape}</w:pict></w:r></w:p>")
    header._p.append(new.element.body[-2][0])
    package = render(new, {"x": 'Draft "A" & <b>'})
    header_xml = source(package, "word/header1.xml")
    assert 'string="Draft &quot;A&quot; &amp; &lt;b&gt;"' in header_xml


def test_bookmarks_in_loops_have_names_and_numbers_of_their_own() -> None:
    marked = paragraph(
        "<w:bookmarkStart w:id='1' w:name='b'/>", "{{ r }}", "<w:bookmarkEnd w:id='1'/>"
    )
    root = render(made("{% for r in xs %}", marked, "{% endfor %}"), DATA).tree("word/document.xml")
    starts = list(root.iter(q("w:bookmarkStart")))
    assert [s.get(q("w:name")) for s in starts] == ["b", "b_2"]
    assert [s.get(q("w:id")) for s in starts] == [
        e.get(q("w:id")) for e in root.iter(q("w:bookmarkEnd"))
    ]


def _with_file(name: str, data: bytes, kind: str, word: str) -> bytes:
    package = Package.open(made("x"))
    package.write(name, data)
    package.set_content_type(name, kind)
    package.add_rel("word/document.xml", word, name)
    return package.save()


def test_tags_in_files_within_the_file_are_told() -> None:
    book, out = openpyxl.Workbook(), io.BytesIO()
    book.active["A1"] = "{{ x }}"
    book.save(out)
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    for name, data, content, word in (
        ("word/embeddings/Sheet.xlsx", out.getvalue(), kind, "package"),
        ("word/chunk.html", b"<p>{{ x }}</p>", "text/html", "aFChunk"),
    ):
        findings = check(_with_file(name, data, content, word), DATA)
        assert [(f.code, dict(f.params)["part"]) for f in findings] == [("place-unfillable", name)]


TOC = (
    "<w:p><w:r><w:fldChar w:fldCharType='begin'/></w:r>"
    "<w:r><w:instrText> TOC \\o </w:instrText></w:r>"
    "<w:r><w:fldChar w:fldCharType='end'/></w:r></w:p>"
)
HEADING = "<w:p><w:pPr><w:pStyle w:val='Heading1'/></w:pPr>{}</w:p>"
BEGIN, END = TOC.split("<w:r><w:fldChar w:fldCharType='end'/></w:r>")
ENTRY = "<w:hyperlink w:anchor='_Toc1'>{}</w:hyperlink><w:r><w:fldChar w:fldCharType='end'/></w:r>"


def listed(text: str) -> str:
    """A table of contents with one entry."""
    return BEGIN + ENTRY.format(run(text)) + END


@pytest.mark.parametrize(
    ("parts", "flagged"),
    [
        ([TOC, HEADING.format(run("About {{ x }}")), "a"], True),
        ([TOC, "{% for r in xs %}", HEADING.format(run("Part")), "{% endfor %}"], True),
        ([TOC, HEADING.format(run("Plain")), "{{ x }}"], False),
        ([HEADING.format(run("About {{ x }}"))], False),
        ([listed("On {{ x }}"), HEADING.format(run("On {{ x }}"))], False),
        ([listed("{{ x }} it is"), HEADING.format(run("On {{ x }}"))], True),
        (
            [listed("On {{ x }}"), "{% for r in xs %}", HEADING.format(run("On {{ x }}"))]
            + ["{% endfor %}"],
            True,
        ),
    ],
)
def test_a_table_of_contents_is_flagged_when_its_headings_are_filled(
    parts: list[str], flagged: bool
) -> None:
    settings = render(made(*parts), DATA).tree("word/settings.xml")
    assert (settings.find(q("w:updateFields")) is not None) == flagged
