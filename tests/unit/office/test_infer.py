"""The data a template asks for, read from its tags."""

from __future__ import annotations

from typing import Any

import pytest
from word_files import data_of, document
from workbook_reading import template

from toolkit.finding import TemplateError
from toolkit.office.needs.infer import survey
from toolkit.office.needs.needs import paths, schema
from toolkit.office.settings import Settings

FILTERS = {"date": str, "money": str}


def needs(*paragraphs: str) -> dict[str, str]:
    read = survey(data_of(document(*paragraphs)), Settings(name="t.docx", filters=FILTERS))
    return dict(paths(read.need))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("{{ name }}", {"name": "printed"}),
        ("{{ a.b.c }} {{ a['d'] }}", {"a.b.c": "printed", "a.d": "printed"}),
        ("{{ day | date }} {{ sum | money }}", {"day": "date", "sum": "number"}),
        ("{{ a | upper }} {{ b ~ 'x' }}", {"a": "text", "b": "printed"}),
        ("{% if on %}x{% endif %}", {"on": "tested"}),
        ("{% if a and b.c %}{{ b.c }}{% endif %}", {"a": "printed", "b.c": "printed"}),
        ("{% for x in xs %}{{ x }}{% endfor %}", {"xs[]": "printed"}),
        ("{% for x in a.xs %}{{ x.n * 2 }}{% endfor %}", {"a.xs[].n": "number"}),
        (
            "{% for x in xs %}{% for y in x.ys %}{{ y.z }}{{ loop.index }}{% endfor %}{% endfor %}",
            {"xs[].ys[].z": "printed"},
        ),
        ("{% for k, v in d.items() %}{{ k }}{% endfor %}", {"d.*": "printed"}),
        ("{{ xs | join(', ') }} {{ ys | length }}", {"xs[]": "printed", "ys": "printed"}),
        ("{{ xs | sum(attribute='n') }}", {"xs[].n": "number"}),
        ("{% for x in xs | sort(attribute='n') %}{{ x.t }}{% endfor %}",
         {"xs[].n": "printed", "xs[].t": "printed"}),
        ("{% for x in xs if x.on %}{{ x.t }}{% endfor %}",
         {"xs[].on": "printed", "xs[].t": "printed"}),
        ("{{ xs[0].a }} {{ ys | first }}", {"xs[].a": "printed", "ys[]": "printed"}),
        ("{% if n > 3 %}{% endif %}{% if k == 'x' %}{% endif %}", {"n": "number", "k": "text"}),
        ("{% set a = b.c %}{{ a.d }}", {"b.c.d": "printed"}),
        ("{% with z = b %}{{ z.d }}{% endwith %}", {"b.d": "printed"}),
        ("{% macro m(q) %}{{ q.r }}{% endmacro %}{{ m(top) }}", {"top.r": "printed"}),
        ("{{ t.upper() }} {{ d.strftime('%d') }}", {"t": "text", "d": "date"}),
        ("{{ range(n) | list }}", {"n": "printed"}),
        ("{{ (a if b else c).d }}", {"b": "tested", "a.d": "printed", "c.d": "printed"}),
    ],
)  # fmt: skip
def test_names_nesting_lists_and_kinds(text: str, found: dict[str, str]) -> None:
    assert needs(text) == found


def test_a_loop_over_paragraphs_binds_its_name() -> None:
    assert needs("{% for r in rows %}", "{{ r.name }}", "{% endfor %}", "{{ r }}") == {
        "rows[].name": "printed",
        "r": "printed",
    }


def test_what_may_be_missing_is_not_required() -> None:
    text = "{{ a | default('') }}{% if b is defined %}{{ b }}{% endif %}{{ c }}"
    read = survey(data_of(document(text)), Settings())
    assert schema(read.need, "t")["required"] == ["c"]


def test_a_schema_tells_the_places() -> None:
    read = survey(data_of(document("Dear {{ who.name }}")), Settings(name="letter.docx"))
    assert schema(read.need, "letter.docx") == {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "letter.docx",
        "type": "object",
        "properties": {
            "who": {
                "type": "object",
                "properties": {
                    "name": {
                        "type": ["string", "number", "boolean", "null"],
                        "description": "paragraph 1",
                    }
                },
                "required": ["name"],
                "description": "paragraph 1",
            }
        },
        "required": ["who"],
    }


def test_pictures_and_charts_have_shapes_of_their_own() -> None:
    read = survey(data_of(document("{{ image(logo) }}{{ chart(v) }}{{ choices(c) }}")), Settings())
    told = schema(read.need, "t")
    assert told["properties"]["logo"]["$ref"] == "#/$defs/picture"
    assert set(told["$defs"]) == {"picture", "chart", "choices"}


def test_faulty_tags_do_not_hide_the_others() -> None:
    text = ("{{ good.name }}", "{{ bad. }}", "{% for x in xs %}", "{{ x.y }}", "{% if z %}")
    read = survey(data_of(document(*text)), Settings(name="t.docx"))
    assert [f.code for f in read.findings] == ["tag-syntax", "tag-unclosed", "tag-unclosed"]
    assert dict(paths(read.need))["good.name"] == "printed"


def test_rows_and_columns_of_a_workbook() -> None:
    def build(book: Any) -> None:
        sheet = book.add_worksheet("Data")
        sheet.write_row(0, 0, ["{%tr for r in rows %}{{ r.id }}", "{{ r.n }}{%tr endfor %}"])
        sheet.write(2, 0, "{{ title }}")

    read = survey(template(build), Settings(name="t.xlsx"))
    assert paths(read.need) == [("rows[].id", "printed"), ("rows[].n", "printed"),
                                ("title", "printed")]  # fmt: skip


def test_what_is_no_template_is_told() -> None:
    with pytest.raises(TemplateError) as error:
        survey(b"no", Settings(name="t.docx"))
    assert [f.code for f in error.value.findings] == ["package-not-office"]
