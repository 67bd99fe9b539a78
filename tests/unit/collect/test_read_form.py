"""What people and programs do to a Word form: read all the same, or told."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from lxml import etree
from returned_files import changed, codes, packed, read_back, sent_file, unpacked, values

from toolkit.finding import LANGUAGES
from toolkit.language import Labels
from toolkit.office.package.markup import Element, q

BODY = "word/document.xml"
PLAN, EVALUATION = ("anchoring-plan", "docx"), ("evaluation", "docx")


def body(data: bytes, change: Callable[[Element], None]) -> bytes:
    return changed(data, BODY, change)


def control(root: Element, tag: str) -> Element:
    marks = (t for t in root.iter(q("w:tag")) if t.get(q("w:val")) == tag)
    return next(next(marks).iterancestors(q("w:sdt")))


def write(sdt: Element, text: str) -> None:
    """A person writes over the prompt; Word takes the mark away."""
    for mark in list(sdt.iter(q("w:showingPlcHdr"))):
        mark.getparent().remove(mark)
    texts = list(sdt.iter(q("w:t")))
    texts[0].text = text
    for more in texts[1:]:
        more.text = ""


def untagged(root: Element) -> None:
    """What LibreOffice does: tags and prompt marks go, titles stay."""
    for name in ("w:tag", "w:showingPlcHdr"):
        for mark in list(root.iter(q(name))):
            mark.getparent().remove(mark)


def unwrapped(root: Element) -> None:
    """What others do: every content control becomes plain text."""
    for sdt in list(root.iter(q("w:sdt"))):
        content = sdt.find(q("w:sdtContent"))
        above = sdt.getparent()
        at = above.index(sdt)
        above[at : at + 1] = list(content)


def answered(root: Element, language: str = "nb") -> None:
    write(control(root, "d16.people_1"), Labels.load(language).label("likert", "4"))
    write(control(root, "d16.works_well"), "Det meste\tvirker")
    write(control(root, "d16.new_effects"), "Ja, to")


EXPECTED = {
    ("evaluation", "qe.people.1", "f.answer"): "4",
    ("form", "", "f.works_well"): "Det meste\tvirker",
    ("form", "", "qe.open.new_effects"): "Ja, to",
    ("info", "", "f.respondent_role"): "employee",
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_answers_are_found_by_their_tags(language: str) -> None:
    data = body(sent_file(*EVALUATION, language), lambda root: answered(root, language))
    returned = read_back(data)
    assert EXPECTED.items() <= values(returned).items()
    assert returned.role == "employee"
    assert codes(returned) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_answers_are_found_without_tags(language: str) -> None:
    def damage(root: Element) -> None:
        answered(root, language)
        untagged(root)

    returned = read_back(body(sent_file(*EVALUATION, language), damage))
    assert EXPECTED.items() <= values(returned).items()
    assert codes(returned) == ["tags-missing"]


def test_answers_are_found_without_controls() -> None:
    def damage(root: Element) -> None:
        answered(root)
        unwrapped(root)

    returned = read_back(body(sent_file(*EVALUATION), damage))
    said = values(returned)
    assert said["evaluation", "qe.people.1", "f.answer"] == "4"
    assert said["form", "", "f.works_well"] == "Det meste\tvirker"
    assert said["form", "", "qe.open.new_effects"] == "Ja, to"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("behind", ["", ":", " *"])
def test_answers_under_headings_are_found_without_controls(language: str, behind: str) -> None:
    """The contents name the heading, too, and a line explains it before the answer."""
    asked = {Labels.load(language).t(f"h.an.{name}") for name in ("purpose", "agreements")}

    def damage(root: Element) -> None:
        write(control(root, "d02.purpose"), "Trygge netter")
        write(control(root, "d02.agreements"), "Avtale om drift")
        unwrapped(root)
        for text in root.iter(q("w:t")):
            text.text = f"{text.text}{behind}" if text.text in asked else text.text

    returned = read_back(body(sent_file(*PLAN, language), damage))
    said = values(returned)
    assert said["form", "", "f.purpose"] == "Trygge netter"
    assert said["form", "", "f.agreements"] == "Avtale om drift"
    assert "text-beside" not in codes(returned)


def test_marked_rows_are_read_without_the_row_of_headings() -> None:
    def damage(root: Element) -> None:
        answered(root)
        marks = (t for t in root.iter(q("w:tag")) if t.get(q("w:val"), "").startswith("row:qe."))
        for row in [next(mark.iterancestors(q("w:tr"))) for mark in marks]:
            list(row.iter(q("w:t")))[0].text = "Et utsagn med egne ord"
        table = next(control(root, "row:qe.people.1").iterancestors(q("w:tbl")))
        table.remove(next(table.iter(q("w:tr"))))

    whole = read_back(body(sent_file(*EVALUATION), answered))
    returned = read_back(body(sent_file(*EVALUATION), damage))
    own = {s: v for s, v in values(whole).items() if s[2] == "f.answer" and v is not None}
    assert own.items() <= values(returned).items()
    assert "row-missing" not in codes(returned)


def test_a_table_without_headings_is_the_one_most_of_whose_rows_it_has() -> None:
    """Two tables of the plan ask about the same stakeholders, and are equally wide."""

    def damage(root: Element) -> None:
        first = rows(root, "f.concern")[0]
        table = next(first.iterancestors(q("w:tbl")))
        table.remove(next(table.iter(q("w:tr"))))

    whole, returned = read_back(sent_file(*PLAN)), read_back(body(sent_file(*PLAN), damage))
    assert values(returned) == values(whole)
    assert codes(returned) == []


def test_a_prompt_is_no_answer() -> None:
    returned = read_back(sent_file(*EVALUATION))
    assert not [cell for cell in returned.cells if cell.field == "f.works_well"]
    assert not [cell for cell in returned.cells if cell.field == "f.answer"]


def test_a_place_that_is_gone_is_told() -> None:
    def damage(root: Element) -> None:
        sdt = control(root, "d16.works_well")
        question = next(sdt.iterancestors(q("w:p"))).getprevious()
        for paragraph in (question, next(sdt.iterancestors(q("w:p")))):
            paragraph.getparent().remove(paragraph)

    returned = read_back(body(sent_file(*EVALUATION), damage))
    missing = [dict(f.params)["label"] for f in returned.findings if f.code == "place-missing"]
    assert missing == [Labels.load("nb").t("f.works_well")]


def test_an_answer_of_their_own_words_is_told_at_its_cell() -> None:
    data = body(sent_file(*EVALUATION), lambda root: write(control(root, "d16.people_1"), "Tja"))
    returned = read_back(data)
    (told,) = returned.findings
    assert told.code == "option-unknown"
    assert told.place.text().endswith("table 2, row 2, cell 2")


def test_deleted_and_hidden_text_is_not_read() -> None:
    def track(root: Element) -> None:
        sdt = control(root, "d16.works_well")
        write(sdt, "Alt")
        content = sdt.find(q("w:sdtContent"))
        gone = etree.SubElement(content, q("w:del"))
        run = etree.SubElement(gone, q("w:r"))
        etree.SubElement(run, q("w:delText")).text = "Ingenting"
        new = etree.SubElement(etree.SubElement(content, q("w:ins")), q("w:r"))
        etree.SubElement(new, q("w:t")).text = " og mer"
        secret = etree.SubElement(content, q("w:r"))
        etree.SubElement(etree.SubElement(secret, q("w:rPr")), q("w:vanish"))
        etree.SubElement(secret, q("w:t")).text = "skjult"

    returned = read_back(body(sent_file(*EVALUATION), track))
    assert values(returned)["form", "", "f.works_well"] == "Alt og mer"


@pytest.mark.parametrize("beside", [True, False])
def test_text_outside_the_place_for_it_is_told(beside: bool) -> None:
    def add(root: Element) -> None:
        sdt = control(root, "d16.works_well")
        write(sdt, "Alt")
        paragraph = next(sdt.iterancestors(q("w:p")))
        if not beside:
            paragraph.addnext(etree.Element(q("w:p")))
            paragraph = paragraph.getnext()
        run = etree.SubElement(paragraph, q("w:r"))
        etree.SubElement(run, q("w:t")).text = "og dette også"

    returned = read_back(body(sent_file(*EVALUATION), add))
    assert values(returned)["form", "", "f.works_well"] == "Alt"
    assert codes(returned) == ["text-beside"]


def test_comments_in_a_form_are_told() -> None:
    word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    comments = f'<w:comments xmlns:w="{word}"><w:comment w:id="0"><w:p><w:r><w:t>Vi sier 4</w:t>'
    comments += "</w:r></w:p></w:comment></w:comments>"
    parts = unpacked(sent_file(*EVALUATION)) | {"word/comments.xml": comments.encode()}
    returned = read_back(packed(parts))
    assert [f.line("en") for f in returned.findings if "Vi sier" in f.line("en")] == []
    assert codes(returned) == ["comment-found"]


# --- tables -----------------------------------------------------------------------------------


def rows(root: Element, key: str) -> list[Element]:
    """The rows under the headings of the first table that has a hidden key."""
    table = next(t for t in root.iter(q("w:tbl")) if key in {e.text for e in t.iter(q("w:t"))})
    return list(table.iter(q("w:tr")))[1:]


def test_rows_may_be_moved_and_deleted() -> None:
    def damage(root: Element) -> None:
        first, second, *_ = rows(root, "f.priority_score")
        second.addnext(first)
        third = rows(root, "f.priority_score")[2]
        third.getparent().remove(third)

    whole, returned = read_back(sent_file(*PLAN)), read_back(body(sent_file(*PLAN), damage))
    gone = [dict(f.params)["id"] for f in returned.findings if f.code == "row-missing"]
    assert len(gone) == 1
    kept = {s: v for s, v in values(whole).items() if s[:2] != ("h.an.key", gone[0])}
    assert values(returned) == kept


def test_an_empty_row_that_is_filled_in_is_a_new_row() -> None:
    def fill(root: Element) -> None:
        last = rows(root, "f.participants")[-1]
        for number, sdt in enumerate(last.iter(q("w:sdt"))):
            write(sdt, ("Morgenmøte", "Alle", "Ukentlig", "Alle på vakt")[number])

    returned = read_back(body(sent_file(*PLAN), fill))
    new = {c.field: c.value for c in returned.cells if c.row.startswith("new-")}
    assert new["f.arena"] == "Morgenmøte"
    assert new["f.frequency"] == "weekly"
    assert codes(returned) == ["row-new"]


def test_rows_without_marks_are_known_by_their_first_cell() -> None:
    whole, returned = read_back(sent_file(*PLAN)), read_back(body(sent_file(*PLAN), untagged))
    assert values(returned) == values(whole)
    assert codes(returned) == ["tags-missing"]


def test_tables_without_hidden_keys_are_known_by_their_headings() -> None:
    def damage(root: Element) -> None:
        for text in list(root.iter(q("w:t"))):
            if (text.text or "").startswith("f."):
                text.text = ""

    whole, returned = read_back(sent_file(*PLAN)), read_back(body(sent_file(*PLAN), damage))
    own = {s: v for s, v in values(whole).items() if s[0] == "h.an.key"}
    assert own.items() <= values(returned).items()


def test_a_date_control_says_its_day_where_its_text_does_not() -> None:
    def fill(root: Element) -> None:
        sdt = control(root, "d02.filled_date")
        write(sdt, "i går")
        next(sdt.iter(q("w:date"))).set(q("w:fullDate"), "2026-03-02T00:00:00Z")

    returned = read_back(body(sent_file(*PLAN), fill))
    assert f"{returned.filled_date}" == "2026-03-02"
