"""Errors planted in templates: each told with its place, all of a file in one run."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pptx
import pytest
from pptx.util import Inches
from word_files import add_table, body, data_of, document
from workbook_reading import template

from toolkit.finding import Finding
from toolkit.office import check

DATA: dict[str, Any] = {
    "project": {"name": "Night", "owner": {"title": "Head", "phone": None}},
    "risks": [{"hazard": "Fall", "level": 3, "tags": ["a"]}, {"hazard": "Fire", "level": 2}],
    "n": 3, "text": "abc", "day": "2026-01-12", "none": None,
}  # fmt: skip


def word(*paragraphs: str) -> list[str]:
    return told(data_of(document(*paragraphs)), "t.docx")


def word_table(*rows: list[str]) -> list[str]:
    new = document("Before")
    add_table(new, rows)
    return told(data_of(new), "t.docx")


def slide(text: str, *more: str) -> list[str]:
    new = pptx.Presentation()
    page = new.slides.add_slide(new.slide_layouts[6])
    for number, given in enumerate((text, *more), 1):
        box = page.shapes.add_textbox(Inches(1), Inches(number), Inches(8), Inches(1))
        box.name = f"Box {number}"
        box.text_frame.text = given
    out = io.BytesIO()
    new.save(out)
    return told(out.getvalue(), "t.pptx")


def notes(text: str) -> list[str]:
    new = pptx.Presentation()
    page = new.slides.add_slide(new.slide_layouts[6])
    page.notes_slide.notes_text_frame.text = text
    out = io.BytesIO()
    new.save(out)
    return told(out.getvalue(), "t.pptx")


def cells(*rows: list[str]) -> list[str]:
    def build(book: Any) -> None:
        sheet = book.add_worksheet("Risks")
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)

    return told(template(build), "t.xlsx")


def told(data: bytes, name: str) -> list[str]:
    """Each finding as ``place | code | what the message quotes``."""
    return [short(f) for f in check(data, DATA, name=name, lenient=False)]


def short(found: Finding) -> str:
    params = dict(found.params)
    place = found.place.text().partition(" > ")[2]
    told = params.get("name") or params.get("tag") or params.get("part", "")
    near = params.get("near", "")
    return f"{place} | {found.code} | {told}" + (f" ~ {near}" if near else "")


PLANTED: list[tuple[Callable[[], list[str]], list[str]]] = [
    # Syntax
    (lambda: word("ok", "{{ project. }}"), ["paragraph 2 | tag-syntax | {{ project. }}"]),
    (lambda: word("{{ (n + 1 }}"), ["paragraph 1 | tag-syntax | {{ (n + 1 }}"]),
    (lambda: slide("ok", "{{ n n }}"), ["slide 1, “Box 2” | tag-syntax | {{ n n }}"]),
    (lambda: cells(["a"], ["b", "{{ 'x }}"]), ["Risks!B2 | tag-syntax | {{ 'x }}"]),
    (lambda: cells(["{% if %}x{% endif %}"]), ["Risks!A1 | tag-syntax | {% if %}"]),
    (lambda: slide("{% for risks %}x{% endfor %}"),
     ["slide 1, “Box 1” | tag-syntax | {% for risks %}"]),
    # Tags across paragraphs, tags without end
    (lambda: word("{{ project.", "name }}"), ["paragraph 1 | tag-cut-off | {{ project."]),
    (lambda: slide("{{ n"), ["slide 1, “Box 1” | tag-cut-off | {{ n"]),
    (lambda: cells(["x"], ["{% if n"]), ["Risks!A2 | tag-cut-off | {% if n"]),
    # Unclosed: pointing at the opener
    (lambda: word("a", "{% for r in risks %}", "{{ r.hazard }}", "end"),
     ["paragraph 2 | tag-unclosed | {% for r in risks %}"]),
    (lambda: word_table(["a", "b"], ["{%tr for r in risks %}", ""], ["{{ r.level }}", ""]),
     ["table 1, row 2, cell 1 | tag-unclosed | {%tr for r in risks %}"]),
    (lambda: slide("{% if n %}{{ text }}"), ["slide 1, “Box 1” | tag-unclosed | {% if n %}"]),
    (lambda: cells(["x", "{%tr for r in risks %}{{ r.level }}"]),
     ["Risks!B1 | tag-unclosed | {%tr for r in risks %}"]),
    (lambda: word("{% if n %}", "{% for r in risks %}", "{% endif %}"),
     ["paragraph 2 | tag-unclosed | {% for r in risks %}"]),
    # Closing nothing
    (lambda: word("a", "b {% endfor %}"), ["paragraph 2 | tag-unopened | {% endfor %}"]),
    (lambda: slide("{% else %}"), ["slide 1, “Box 1” | tag-unopened | {% else %}"]),
    (lambda: cells(["{%tr endfor %}"]), ["Risks!A1 | tag-unopened | {%tr endfor %}"]),
    (lambda: cells(["{% if n %}a{% else %}b{% else %}c{% endif %}"]),
     ["Risks!A1 | tag-unopened | {% else %}"]),
    # Crossed
    (lambda: word_table(["{% if n %}x", "y{% endif %}"]),
     ["table 1, row 1, cell 2 | tag-crosses | {% endif %}"]),
    (lambda: slide("{% if n %}x", "y{% endif %}"),
     ["slide 1, “Box 2” | tag-crosses | {% endif %}"]),
    (lambda: cells(["{% if n %}x", "y{% endif %}"]), ["Risks!B1 | tag-crosses | {% endif %}"]),
    # Unknown commands, filters, tests
    (lambda: word("{% fro r in risks %}"),
     ["paragraph 1 | tag-unknown | {% fro r in risks %} ~ for"]),
    (lambda: slide("{{ text | uper }}"), ["slide 1, “Box 1” | filter-unknown | uper ~ upper"]),
    (lambda: cells(["a", "{{ n is evn }}"]), ["Risks!B1 | test-unknown | evn ~ even"]),
    # Unknown names, at any depth
    (lambda: word("{{ projct.name }}"), ["paragraph 1 | name-unknown | projct ~ project"]),
    (lambda: word_table(["a", "{{ project.owner.titel }}"]),
     ["table 1, row 1, cell 2 | name-unknown | project.owner.titel ~ project.owner.title"]),
    (lambda: slide("{{ project['nmae'] }}"),
     ["slide 1, “Box 1” | name-unknown | project.nmae ~ project.name"]),
    (lambda: cells(["{%tr for r in risks %}{{ r.hasard }}{%tr endfor %}"]),
     ["Risks!A1 | name-unknown | r.hasard ~ r.hazard"]),
    (lambda: cells(["{%tr for r in riscs %}{{ r.hazard }}{%tr endfor %}"]),
     ["Risks!A1 | name-unknown | riscs ~ risks"]),
    (lambda: word("{% if project.ovner %}x{% endif %}"),
     ["paragraph 1 | name-unknown | project.ovner ~ project.owner"]),
    (lambda: notes("{% if projekt %}"), ["slide 1, notes | name-unknown | projekt ~ project"]),
    # Types and run time
    (lambda: word("{{ text + n }}"), ["paragraph 1 | tag-failed | {{ text + n }}"]),
    (lambda: cells(["{{ n / 0 }}"]), ["Risks!A1 | tag-failed | {{ n / 0 }}"]),
    (lambda: slide("{% for x in n %}{{ x }}{% endfor %}"),
     ["slide 1, “Box 1” | tag-failed | {% for x in n %}"]),
    (lambda: cells(["a", "{{ text | round }}"]), ["Risks!B1 | tag-failed | {{ text | round }}"]),
    (lambda: word("{{ risks[7].hazard }}"), ["paragraph 1 | name-unknown | risks.7"]),
    (lambda: slide("{{ image(text) }}"), ["slide 1, “Box 1” | value-not-text | {{ image(text) }}"]),
    (lambda: cells(["{{ qr(text) }}"]), ["Risks!A1 | placeholder-not-picture | {{ qr(text) }}"]),
    # Wrong letter for the place
    (lambda: word("{%tr for r in risks %}x{%tr endfor %}"),
     ["paragraph 1 | tag-misplaced | {%tr for r in risks %}",
      "paragraph 1 | tag-misplaced | {%tr endfor %}"]),
    (lambda: slide("{%tr for r in risks %}x{%tr endfor %}"),
     ["slide 1, “Box 1” | tag-misplaced | {%tr for r in risks %}",
      "slide 1, “Box 1” | tag-misplaced | {%tr endfor %}"]),
    (lambda: slide("{%tc if n %}x{%tc endif %}"),
     ["slide 1, “Box 1” | tag-misplaced | {%tc if n %}",
      "slide 1, “Box 1” | tag-misplaced | {%tc endif %}"]),
    (lambda: cells(["a"], ["{%sheet if n %}"]), ["Risks!A2 | tag-misplaced | {%sheet if n %}"]),
    (lambda: word("{%sheet if n %}"),
     ["paragraph 1 | tag-misplaced | {%sheet if n %}",
      "paragraph 1 | tag-unclosed | {%sheet if n %}"]),
    (lambda: word("{% colspan n %}"), ["paragraph 1 | tag-misplaced | {% colspan n %}"]),
]  # fmt: skip


@pytest.mark.parametrize(
    ("plant", "expected"), PLANTED, ids=[f"{n:02} {e[0]}" for n, (_, e) in enumerate(PLANTED, 1)]
)
def test_a_planted_error(plant: Callable[[], list[str]], expected: list[str]) -> None:
    assert plant() == expected


def test_there_are_at_least_forty() -> None:
    assert len(PLANTED) >= 40


def test_many_errors_of_one_document_in_one_run() -> None:
    new = document(
        "{{ project.nme }}", "{{ bad. }}", "{% for r in risks %}", "{{ r.hasard }}", "{% endfor %}",
        "{{ text | uper }}", "{{ n / 0 }}", "{{ open", "{% if n %}",
    )  # fmt: skip
    add_table(new, [["x", "{{ project.owner.titl }}"], ["{%tr for r in riscs %}", ""], ["", ""]])
    new.sections[0].footer.paragraphs[0].text = "{{ futer }}"
    assert sorted(told(data_of(new), "t.docx")) == [
        "footer 1, paragraph 1 | name-unknown | futer",
        "paragraph 1 | name-unknown | project.nme ~ project.name",
        "paragraph 2 | tag-syntax | {{ bad. }}",
        "paragraph 4 | name-unknown | r.hasard ~ r.hazard",
        "paragraph 6 | filter-unknown | uper ~ upper",
        "paragraph 7 | tag-failed | {{ n / 0 }}",
        "paragraph 8 | tag-cut-off | {{ open",
        "paragraph 9 | tag-unclosed | {% if n %}",
        "table 1, row 1, cell 2 | name-unknown | project.owner.titl ~ project.owner.title",
        "table 1, row 2, cell 1 | tag-unclosed | {%tr for r in riscs %}",
    ]


def test_many_errors_of_one_workbook_in_one_run() -> None:
    assert cells(
        ["{{ project.nme }}", "{{ bad. }}"],
        ["{%tr for r in risks %}{{ r.hasard }}{%tr endfor %}", "{{ text | uper }}"],
        ["{{ n / 0 }}", "{% endif %}"],
    ) == [
        "Risks!A1 | name-unknown | project.nme ~ project.name",
        "Risks!B1 | tag-syntax | {{ bad. }}",
        "Risks!A2 | name-unknown | r.hasard ~ r.hazard",
        "Risks!B2 | filter-unknown | uper ~ upper",
        "Risks!A3 | tag-failed | {{ n / 0 }}",
        "Risks!B3 | tag-unopened | {% endif %}",
    ]


def test_many_errors_of_one_deck_in_one_run() -> None:
    assert slide("{{ project.nme }}", "{{ bad. }}", "{{ text | uper }}", "{{ n / 0 }}") == [
        "slide 1, “Box 1” | name-unknown | project.nme ~ project.name",
        "slide 1, “Box 2” | tag-syntax | {{ bad. }}",
        "slide 1, “Box 3” | filter-unknown | uper ~ upper",
        "slide 1, “Box 4” | tag-failed | {{ n / 0 }}",
    ]


def test_a_tag_where_nothing_can_be_filled() -> None:
    new = document("ok")
    body(new, "<w:p><w:r><w:t>x</w:t></w:r></w:p>")
    settings = new.settings.element
    settings.append(settings.makeelement("{urn:own}note", {"text": "{{ n }}"}))
    assert told(data_of(new), "t.docx") == [" | place-unfillable | {{ n }}"]
