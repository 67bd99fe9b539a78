"""Another Word document inserted into one."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from PIL import Image
from word_files import add_table, body, document, render, reopened, source, texts

from toolkit.finding import TemplateError
from toolkit.office.package.markup import NAMESPACES, q
from toolkit.office.package.package import Package


def picture() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (4, 4), "red").save(out, "PNG")
    return out.getvalue()


def part(folder: Path) -> Document:
    """A document with a style of its own, a list, a link, a picture and a table."""
    new = docx.Document()
    style = new.styles.add_style("Own Look", WD_STYLE_TYPE.PARAGRAPH)
    style.base_style = new.styles["Quote"]
    new.add_paragraph("Styled", style="Own Look")
    new.add_paragraph("One", style="List Number")
    new.add_paragraph("{{ not_filled }}")
    new.add_picture(io.BytesIO(picture()))
    link = new.part.relate_to("https://a.no", "http://schemas.openxmlformats.org/officeDocument/"
                              "2006/relationships/hyperlink", is_external=True)  # fmt: skip
    body(
        new,
        f'<w:p><w:hyperlink r:id="{link}"><w:r><w:t>Link</w:t></w:r></w:hyperlink>'
        '<w:bookmarkStart w:id="7" w:name="b"/><w:bookmarkEnd w:id="7"/></w:p>',
    )
    add_table(new, [["cell"]])
    new.save(str(folder / "part.docx"))
    return new


@pytest.fixture
def base(tmp_path: Path) -> Path:
    part(tmp_path)
    return tmp_path


def test_text_styles_lists_pictures_and_links_come_along(base: Path) -> None:
    new = document("Before", "{{ include('part.docx') }}", "After")
    out = render(new, {}, base=base)
    again = reopened(out)
    assert [p.text for p in again.paragraphs] == [
        "Before", "Styled", "One", "{{ not_filled }}", "", "Link", "After",
    ]  # fmt: skip
    assert again.paragraphs[1].style.name == "Own Look"
    assert again.paragraphs[1].style.base_style.name == "Quote"
    assert again.paragraphs[5].hyperlinks[0].address == "https://a.no"
    assert again.inline_shapes[0].type is not None
    assert len(again.tables) == 1
    assert sum(name.endswith(".png") for name in out.names()) == 1


def test_a_list_is_a_list_of_its_own(base: Path) -> None:
    new = document("{{ include('part.docx') }}", "{{ include('part.docx') }}")
    new.paragraphs[0].insert_paragraph_before("Own", style="List Number")
    out = render(new, {}, base=base)
    assert len(reopened(out).tables) == 2
    names = [item.get(q("w:name")) for item in out.tree("word/document.xml").iter(
        q("w:bookmarkStart"))]  # fmt: skip
    assert sorted(names) == ["b", "b_2"]
    ids = [item.get("id") for item in out.tree("word/document.xml").iter(q("wp:docPr"))]
    assert len(set(ids)) == len(ids) == 2


def test_styles_with_one_name_look_as_in_the_template(base: Path) -> None:
    new = document("{{ include('part.docx') }}")
    new.styles.add_style("Own Look", WD_STYLE_TYPE.PARAGRAPH).font.bold = True
    again = reopened(render(new, {}, base=base))
    assert again.paragraphs[0].style.font.bold is True


def test_another_style_under_one_id_gets_a_new_id(tmp_path: Path) -> None:
    sub = docx.Document()
    style = sub.styles.add_style("Theirs", WD_STYLE_TYPE.PARAGRAPH)
    style.element.set(q("w:styleId"), "Same")
    sub.add_paragraph("x", style="Theirs")
    sub.save(str(tmp_path / "s.docx"))
    new = document("{{ include('s.docx') }}")
    ours = new.styles.add_style("Ours", WD_STYLE_TYPE.PARAGRAPH)
    ours.element.set(q("w:styleId"), "Same")
    again = reopened(render(new, {}, base=tmp_path))
    assert again.paragraphs[0].style.name == "Theirs"


def test_in_a_cell_and_in_a_loop(base: Path) -> None:
    new = document()
    add_table(new, [["{%tr for f in files %}{{ include(f) }}{%tr endfor %}"]])
    out = reopened(render(new, {"files": ["part.docx", "part.docx"]}, base=base))
    assert len(out.tables[0].rows) == 2
    assert out.tables[0].cell(1, 0).paragraphs[-1].text == ""
    assert out.tables[0].cell(1, 0).tables[0].cell(0, 0).text == "cell"


def test_notes_come_along(tmp_path: Path) -> None:
    sub = document("Text")
    body(sub, '<w:p><w:r><w:footnoteReference w:id="2"/></w:r></w:p>')
    data = io.BytesIO()
    sub.save(data)
    package = Package.open(data.getvalue())
    w = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    package.write(
        "word/footnotes.xml",
        f'<w:footnotes xmlns:w="{w}"><w:footnote w:type="separator" w:id="-1"><w:p/></w:footnote>'
        '<w:footnote w:id="2"><w:p><w:r><w:t>Told below</w:t></w:r></w:p></w:footnote>'
        "</w:footnotes>".encode(),
    )
    package.set_content_type(
        "word/footnotes.xml",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml",
    )
    package.add_rel(package.main, "footnotes", "word/footnotes.xml")
    (tmp_path / "s.docx").write_bytes(package.save())
    out = render(document("{{ include('s.docx') }}"), {}, base=tmp_path)
    assert "Told below" in "".join(texts(out, "word/footnotes.xml"))
    assert 'w:footnoteReference w:id="1"' in source(out)


BOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CHART = (
    f'<c:chartSpace xmlns:c="{NAMESPACES["c"]}"><c:chart><c:plotArea><c:pieChart/></c:plotArea>'
    "</c:chart></c:chartSpace>"
)


def test_a_chart_comes_along_with_its_workbook(tmp_path: Path) -> None:
    sub = document("Text")
    link = NAMESPACES["c"]
    body(
        sub,
        '<w:p><w:r><w:drawing><wp:inline><wp:extent cx="1" cy="1"/><wp:docPr id="1" name="C"/>'
        f'<a:graphic><a:graphicData uri="{link}"><c:chart xmlns:c="{link}" r:id="rId90"/>'
        "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>",
    )
    data = io.BytesIO()
    sub.save(data)
    package = Package.open(data.getvalue())
    chart = "word/charts/chart1.xml"
    package.write(chart, CHART.encode())
    family = "application/vnd.openxmlformats-officedocument.drawingml."
    package.set_content_type(chart, family + "chart+xml")
    rel = package.add_rel(package.main, "chart", chart)
    package.write("word/embeddings/book.xlsx", b"PK")
    package.set_default_type("xlsx", BOOK)
    package.add_rel(chart, "package", "word/embeddings/book.xlsx")
    part = package.read(package.main).replace(b"rId90", rel.encode())
    package.write(package.main, part)
    (tmp_path / "s.docx").write_bytes(package.save())
    new = document("{{ include('s.docx') }}", "{{ include('s.docx') }}")
    out = render(new, {}, base=tmp_path)
    charts = out.related(out.main, "chart")
    assert len(charts) == len(set(charts)) == 2
    books = [out.related(name, "package") for name in charts]
    assert len({name for found in books for name in found}) == 2
    assert out.content_type(charts[1]).endswith("chart+xml")


@pytest.mark.parametrize("value", [None, ""])
def test_nothing_is_nothing(value: Any, tmp_path: Path) -> None:
    assert texts(render(document("{{ include(x) }}"), {"x": value}, base=tmp_path)) == [""]


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ("none.docx", "document-missing"),
        ("../part.docx", "document-outside"),
        ("/etc/passwd", "document-outside"),
        ("C:\\x.docx", "document-outside"),
        ("not.docx", "document-unreadable"),
        ("x\0.docx", "document-missing"),
    ],
)
def test_what_cannot_be_included_is_told(base: Path, given: str, code: str) -> None:
    (base / "not.docx").write_text("no")
    below = base / "below"
    below.mkdir()
    (below / "not.docx").write_text("no")
    with pytest.raises(TemplateError) as error:
        render(document("ok", "{{ include(x) }}"), {"x": given}, base=below)
    assert [f.code for f in error.value.findings] == [code]
    assert error.value.findings[0].place.text() == "t.docx > paragraph 2"


def test_pictures_from_elsewhere_are_not_fetched(base: Path) -> None:
    package_path = base / "part.docx"
    package = Package.open(package_path)
    image = next(r for r in package.rels(package.main) if r.word == "image")
    package.remove_rel(package.main, image.id)
    new = package.add_rel(package.main, "image", "https://evil.no/track.png", external=True)
    package.write(package.main, package.read(package.main).replace(image.id.encode(), new.encode()))
    package_path.write_bytes(package.save())
    out = render(document("{{ include('part.docx') }}"), {}, base=base)
    assert all("evil" not in r.target for r in out.rels("word/document.xml"))


def test_a_document_within_a_sentence_is_told(base: Path) -> None:
    with pytest.raises(TemplateError) as error:
        render(document("See {{ include('part.docx') }}."), {}, base=base)
    assert [f.code for f in error.value.findings] == ["document-alone"]
