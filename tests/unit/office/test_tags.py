"""Tags: found in text as people type it, compiled together, every fault told with its place."""

from __future__ import annotations

from typing import Any

import pytest

from toolkit.finding import Place, TemplateError
from toolkit.office.engine import Engine
from toolkit.office.settings import Settings
from toolkit.office.tags.text import Tag, find_tags, lone_tag, straighten
from toolkit.office.values import plain


def items_of(text: str) -> list[Any]:
    """Tags and the text between them; the place of tag n is ``paragraph n``."""
    items: list[Any] = []
    at = 0
    for found in find_tags(text):
        items.append(text[at : found.start])
        at = found.end
        if found.tag is not None:
            number = sum(isinstance(item, Tag) for item in items) + 1
            items.append(found.tag.at(Place("t.docx", (("paragraph", number),))))
    return [*items, text[at:]]


def render(text: str, context: dict[str, Any], **settings: Any) -> str:
    engine = Engine(Settings(**settings))
    stream = engine.compile(items_of(text), lambda _: plain)
    engine.finish()
    run = engine.begin(context)
    out = engine.render(stream, run)
    engine.end(run)
    return "".join(out)


def lines(text: str, context: dict[str, Any], **settings: Any) -> list[str]:
    with pytest.raises(TemplateError) as error:
        render(text, context, **settings)
    return [f.line() for f in error.value.findings]


def codes(text: str, context: dict[str, Any]) -> list[tuple[str, int | str]]:
    with pytest.raises(TemplateError) as error:
        render(text, context)
    return [(f.code, f.place.steps[0][1]) for f in error.value.findings]


@pytest.mark.parametrize(
    ("text", "source", "letter"),
    [
        ("{{ x }}", "{{ x }}", ""),
        ("{{r x }}", "{{ x }}", "r"),
        ("{{ r.x }}", "{{ r.x }}", ""),
        ("{{r.x}}", "{{ r.x }}", ""),
        ("{%tr for a in b %}", "{% for a in b %}", "tr"),
        ("{%p if a %}", "{% if a %}", "p"),
        ("{%tc endfor %}", "{% endfor %}", "tc"),
        ("{%sheet for a in b %}", "{% for a in b %}", "sheet"),
        ("{%-p if a -%}", "{% if a %}", "p"),
        ("{{\u00a0x\u200b\n}}", "{{ x }}", ""),
        ("{{ t(“a”) }}", '{{ t("a") }}', ""),
        ("{{ '}}' }}", "{{ '}}' }}", ""),
        ("{{ {'a': {'b': 1}} }}", "{{ {'a': {'b': 1}} }}", ""),
    ],
)
def test_a_tag_is_read_as_people_type_it(text: str, source: str, letter: str) -> None:
    tag = lone_tag(text)
    assert tag is not None
    assert (tag.source, tag.letter) == (source, letter)


def test_quotes_inside_strings_stay() -> None:
    assert straighten("t('Åpne “x”')") == "t('Åpne “x”')"
    assert straighten("t(„Åpne ‘x’”)") == "t(\"Åpne 'x'\")"


def test_dashes_are_told() -> None:
    tag = lone_tag("{%- if a -%}")
    assert tag is not None
    assert (tag.strip_before, tag.strip_after) == (True, True)


def test_text_around_a_tag_makes_it_not_alone() -> None:
    assert lone_tag("a {{ x }}") is None
    assert lone_tag("{{ x }}{{ y }}") is None


def test_raw_text_is_left_alone() -> None:
    found = find_tags("{% raw %}{{ x }}{% endraw %}")
    assert [f.literal for f in found] == ["{{ x }}"]


def test_a_tag_without_end_is_told_as_cut_off() -> None:
    assert [(f.tag, f.literal) for f in find_tags("a {{ x ")] == [(None, None)]


def test_loops_conditions_and_comments() -> None:
    text = (
        "{% for r in rows %}{# note #}{% if r.n > 1 %}<{{ r.n }}>"
        "{% elif r.n %}-{% else %}0{% endif %}{% endfor %}"
    )
    assert render(text, {"rows": [{"n": 0}, {"n": 1}, {"n": 2}]}) == "0-<2>"


def test_a_loop_over_nothing_is_no_fault() -> None:
    assert render("{% for x in xs %}{{ x }}{% else %}-{% endfor %}", {"xs": None}) == "-"


def test_data_is_never_read_as_template() -> None:
    assert render("{{ x }}", {"x": "{{ 7 * 7 }}"}) == "{{ 7 * 7 }}"


def test_pieces_are_never_read_as_template() -> None:
    engine = Engine(Settings())
    stream = engine.compile(["{{ 7 * 7 }}"], lambda _: plain)
    assert engine.render(stream, engine.begin({})) == ["{{ 7 * 7 }}"]


def test_any_object_can_be_a_piece_and_values_keep_their_type() -> None:
    engine = Engine(Settings())
    row = ("row", 3)
    tags = [f.tag for f in find_tags("{% for x in xs %}{{ x }}{% endfor %}")]
    stream = engine.compile([tags[0], row, tags[1], tags[2]], lambda _: lambda value: [value])
    pieces = engine.render(stream, engine.begin({"xs": [1, None]}))
    assert pieces == [row, [1], row, [None]]


def test_macros_and_set_blocks_give_what_they_emitted() -> None:
    text = "{% macro b(x) %}<b>{{ x }}</b>{% endmacro %}{% set y %}{{ b('z') }}{% endset %}{{ y }}"
    assert render(text, {}) == "<b>z</b>"


def test_every_unknown_name_is_told_in_one_run() -> None:
    text = "{{ projct.name }}{% for g in goals %}{{ g.txt }}{% endfor %}{{ project.nme }}"
    context = {"project": {"name": "N"}, "goals": [{"text": "a"}, {"text": "b"}]}
    assert lines(text, context) == [
        "t.docx > paragraph 1: unknown name 'projct' in \"{{ projct.name }}\"; "
        "did you mean 'project'?",
        "t.docx > paragraph 3: unknown name 'g.txt' in \"{{ g.txt }}\"; did you mean 'g.text'?",
        "t.docx > paragraph 5: unknown name 'project.nme' in \"{{ project.nme }}\"; "
        "did you mean 'project.name'?",
    ]


def test_an_unknown_name_is_told_where_no_data_reaches_it() -> None:
    text = "{% for g in goals %}{{ typo }}{% endfor %}{% if false %}{{ typo }}{% endif %}"
    assert codes(text, {"goals": []}) == [("name-unknown", 2), ("name-unknown", 5)]


def test_an_unknown_name_given_to_a_filter_or_function_is_told() -> None:
    with pytest.raises(TemplateError) as error:
        render(
            "{{ p.x | f }}{{ f(p.y) }}",
            {"p": {}},
            filters={"f": lambda value: "fallback"},
            globals={"f": lambda value: "fallback"},
        )
    assert [dict(f.params)["name"] for f in error.value.findings] == ["p.x", "p.y"]


def test_defined_and_default_excuse_a_name() -> None:
    text = "{{ a | default('x') }}{% if b is defined %}{{ b }}{% endif %}"
    assert render(text, {}) == "x"


def test_lenient_leaves_unknown_names_empty_with_a_warning() -> None:
    engine = Engine(Settings(lenient=True))
    stream = engine.compile(items_of("[{{ a }}]{% if b.c %}x{% endif %}"), lambda _: plain)
    run = engine.begin({})
    assert "".join(engine.render(stream, run)) == "[]"
    assert [f.code for f in engine.end(run)] == ["name-left-empty"] * 2


def test_every_syntax_fault_is_told_in_one_run() -> None:
    text = "{{ a b }}{{ x | }}{% if %}{% endif %}{{ x | uper }}"
    faults = ["tag-syntax", "tag-syntax", "tag-syntax"]
    assert codes(text, {}) == [*zip(faults, (1, 2, 3), strict=True), ("filter-unknown", 5)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("{% for a in b %}", [("tag-unclosed", 1)]),
        ("{% endfor %}", [("tag-unopened", 1)]),
        ("{% else %}", [("tag-unopened", 1)]),
        ("{% if a %}{% for b in c %}{% endif %}", [("tag-unclosed", 2)]),
        ("{% fr a in b %}", [("tag-unknown", 1)]),
        ("{% do x %}", [("tag-unknown", 1)]),
        ("{% %}", [("tag-syntax", 1)]),
        ("{{ x | uper }}{{ x is odder }}", [("filter-unknown", 1), ("test-unknown", 2)]),
    ],
)
def test_blocks_and_words(text: str, found: list[tuple[str, int]]) -> None:
    assert codes(text, {"a": 1, "b": [], "c": [], "x": 1}) == found


def test_an_unclosed_loop_points_at_its_opener_and_says_how_to_close_it() -> None:
    assert lines("{{ x }}{%tr for a in b %}", {"x": 1, "b": []}) == [
        't.docx > paragraph 2: "{%tr for a in b %}" is never closed; add "{%tr endfor %}"'
    ]


def test_a_tag_in_another_cell_than_its_opener_is_told() -> None:
    engine = Engine(Settings())
    tags = [f.tag for f in find_tags("{% if a %}{% endif %}") if f.tag]
    place = Place("t.docx", (("cell", 1),))
    engine.compile([tags[0].at(place, "cell 1"), tags[1].at(place, "cell 2")], lambda _: plain)
    with pytest.raises(TemplateError) as error:
        engine.finish()
    assert [f.code for f in error.value.findings] == ["tag-crosses"]


def test_what_cannot_be_worked_out_is_told_and_the_rest_goes_on() -> None:
    text = "{{ 1 / 0 }}{% for a in 5 %}{% endfor %}{% if 1 < 'a' %}{% endif %}{{ typo }}"
    assert codes(text, {}) == [
        ("tag-failed", 1),
        ("tag-failed", 2),
        ("tag-failed", 4),
        ("name-unknown", 6),
    ]


def test_unknown_names_are_told_together_with_faults_of_the_template() -> None:
    text = "{{ a b }}{% for x in %}{{ x.y }}{% endfor %}{{ typo }}{{ p.nme }}{% if p %}"
    engine = Engine(Settings(context={"p": {"name": 1}}))
    engine.compile(items_of(text), lambda _: plain)
    with pytest.raises(TemplateError) as error:
        engine.finish()
    assert [(f.code, f.place.steps[0][1]) for f in error.value.findings] == [
        ("tag-syntax", 1),
        ("tag-syntax", 2),
        ("name-unknown", 5),
        ("name-unknown", 6),
        ("tag-unclosed", 7),
    ]


def test_a_second_else_is_told() -> None:
    assert codes("{% if a %}{% else %}{% else %}{% endif %}", {"a": 1}) == [("tag-unopened", 3)]
