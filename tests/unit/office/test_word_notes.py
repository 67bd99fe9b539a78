"""Footnotes, endnotes and comments are filled where they are referred to."""

from __future__ import annotations

from typing import Any

import pytest
from word_files import body, data_of, document, render, source, texts

from toolkit.office import check
from toolkit.office.package.markup import NAMESPACES, q
from toolkit.office.package.package import Package

PEOPLE = [{"name": "Head"}, {"name": "Nurse & aide"}]
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_RULES = "".join(
    f"<w:{{kind}} w:type='{rule}' w:id='{number}'><w:p><w:r><w:{rule}/></w:r></w:p></w:{{kind}}>"
    for number, rule in ((-1, "separator"), (0, "continuationSeparator"))
)


def with_notes(paragraphs: list[str], notes: list[str], kind: str = "footnote") -> bytes:
    """A document whose paragraphs refer to note N with ``^N``; note texts may be XML of runs."""
    new = document()
    for text in paragraphs:
        runs = text.split("^")
        refs = [f"<w:r><w:{kind}Reference w:id='{r[:1]}'/></w:r>{_run(r[1:])}" for r in runs[1:]]
        body(new, f"<w:p>{_run(runs[0])}{''.join(refs)}</w:p>")
    package = Package.open(data_of(new))
    told = "".join(
        f"<w:{kind} w:id='{n}'><w:p><w:r><w:{kind}Ref/></w:r>{note if '<' in note else _run(note)}"
        f"</w:p></w:{kind}>"
        for n, note in enumerate(notes, 1)
    )
    space = f"xmlns:w='{NAMESPACES['w']}' xmlns:r='{NAMESPACES['r']}'"
    part = f"word/{kind}s.xml"
    xml = f"<w:{kind}s {space}>{_RULES.format(kind=kind)}{told}</w:{kind}s>"
    package.write(part, xml.encode())
    package.set_content_type(part, f"{_TYPE}{kind}s+xml")
    package.add_rel("word/document.xml", f"{kind}s", part)
    return package.save()


def _run(text: str) -> str:
    return f"<w:r><w:t xml:space='preserve'>{text}</w:t></w:r>" if text else ""


def told(package: Package, kind: str = "footnote") -> list[tuple[str, str]]:
    """The notes in the order of their references: number, text."""
    notes = {
        note.get(q("w:id")): "".join(t.text or "" for t in note.iter(q("w:t")))
        for note in package.tree(f"word/{kind}s.xml").iter(q(f"w:{kind}"))
    }
    references = package.tree("word/document.xml").iter(q(f"w:{kind}Reference"))
    numbers = [item.get(q("w:id"), "") for item in references]
    return [(number, notes[number]) for number in numbers]


LOOP = ["{% for p in people %}", "{{ p.name }}^1", "{% endfor %}"]


@pytest.mark.parametrize("kind", ["footnote", "endnote"])
@pytest.mark.parametrize("text", ["About {{ p.name }}", "Always the same"])
def test_each_round_of_a_loop_has_a_note_of_its_own(kind: str, text: str) -> None:
    package = render(with_notes(LOOP, [text], kind), {"people": PEOPLE})
    found = told(package, kind)
    assert [note for _, note in found] == [text.replace("{{ p.name }}", p["name"]) for p in PEOPLE]
    assert len({number for number, _ in found}) == 2
    assert len(list(package.tree(f"word/{kind}s.xml"))) == 4


def test_no_rounds_no_notes() -> None:
    package = render(with_notes(LOOP, ["About {{ p.name }}"]), {"people": []})
    assert told(package) == []
    assert [n.get(q("w:id")) for n in package.tree("word/footnotes.xml")] == ["-1", "0"]


def test_a_note_of_a_dropped_paragraph_is_gone_and_not_worked_out() -> None:
    template = with_notes(["{% if boss %}", "Boss^1", "{% endif %}", "x^2"],
                          ["Call {{ boss.phone }}", "Kept"])  # fmt: skip
    package = render(template, {"boss": None})
    assert told(package) == [("2", "Kept")]
    assert "Call" not in source(package, "word/footnotes.xml")
    shown = render(template, {"boss": {"phone": "12"}})
    assert told(shown) == [("1", "Call 12"), ("2", "Kept")]


def test_notes_nobody_fills_stay_byte_for_byte() -> None:
    template = with_notes(["{% if x %}", "a", "{% endif %}", "b^1", "{{ x }}"], ["Plain"])
    package = render(template, {"x": 1})
    part = "word/footnotes.xml"
    assert package.read(part) == Package.open(template).read(part)
    assert told(package) == [("1", "Plain")]


def test_links_and_formatted_text_in_notes() -> None:
    link = "<w:hyperlink r:id='rId1'><w:r><w:t>site</w:t></w:r></w:hyperlink>"
    template = with_notes(
        ["{% for p in people %}", "{{ p.name }}^1^2", "{% endfor %}"],
        [link, "See {{ p.name | markdown }}!"],
    )
    package = Package.open(template)
    package.add_rel("word/footnotes.xml", "hyperlink", "https://example.org", external=True)
    data: dict[str, Any] = {"people": [{"name": "**A**"}, {"name": "B"}]}
    filled = render(package.save(), data)
    assert [text for _, text in told(filled)] == ["site", "See A!", "site", "See B!"]
    notes = filled.tree("word/footnotes.xml")
    assert len(list(notes.iter(q("w:b")))) == 1
    assert {item.get(q("r:id")) for item in notes.iter(q("w:hyperlink"))} == {"rId1"}


def test_comments_repeat_with_what_they_are_about() -> None:
    template = document("{% for p in people %}", "{{ p.name }}", "{% endfor %}")
    template.add_comment(template.paragraphs[1].runs, text="Ask {{ p.name }}", author="A")
    package = render(template, {"people": PEOPLE})
    comments = list(package.tree("word/comments.xml"))
    numbers = [item.get(q("w:id")) for item in comments]
    assert texts(package, "word/comments.xml") == ["Ask Head", "Ask Nurse & aide"]
    root = package.tree("word/document.xml")
    for tag in ("w:commentRangeStart", "w:commentRangeEnd", "w:commentReference"):
        assert [item.get(q("w:id")) for item in root.iter(q(tag))] == numbers


def test_notes_are_counted_as_people_see_them() -> None:
    findings = check(with_notes(["a^1", "b^2"], ["{{ x }}", "{{ typo }}"]), {"x": 1}, name="t.docx")
    assert [f.place.text() for f in findings] == ["t.docx > footnote 2"]
