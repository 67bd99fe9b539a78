"""Hostile templates and hostile data; each blocked case beside one that must work."""

from __future__ import annotations

import time
from typing import Any

import pytest
from word_files import add_table, data_of, document, render, texts

from toolkit.finding import TemplateError
from toolkit.office import compile
from toolkit.office.limits import OPERATORS, TooMuch

DATA: dict[str, Any] = {
    "x": "text", "n": 3, "xs": [1, 2], "d": {"a": 1},
}  # fmt: skip


DOUBLING = (
    "{{% set s = namespace(x='aaaaaaaa') %}}{{% for i in range(99) %}}"
    "{{% set s.x = s.x {} s.x %}}{{% endfor %}}"
)


def code_of(tag: str) -> list[str]:
    with pytest.raises(TemplateError) as error:
        render(document(tag), DATA, globals={"f": str.upper})
    return [f.code for f in error.value.findings]


@pytest.mark.parametrize(
    "tag",
    [
        "{{ x.__class__ }}",
        "{{ ''.__class__.__mro__[1].__subclasses__() }}",
        "{{ x['__class__'] }}",
        "{{ f.__globals__ }}",
        "{{ f.__code__ }}",
        "{{ cycler.__init__.__globals__ }}",
        "{{ xs | map(attribute='__class__') | list }}",
        "{{ xs.append(3) }}",
        "{{ xs.pop() }}",
        "{{ d.update({'a': 2}) }}",
        "{{ (5).to_bytes(1000000000, 'big') }}",
        "{{ x.encode('utf-8') }}",
        "{{ x.format_map(d).__class__ }}",
        "{{ '{0.__class__}'.format(x) }}",
        "{{ loop.__class__ }}",
        "{% for i in xs %}{{ loop.__init__ }}{% endfor %}",
        "{% set y = x.__class__ %}{{ y }}",
    ],
)
def test_code_and_objects_are_out_of_reach(tag: str) -> None:
    assert set(code_of(tag)) <= {"tag-unsafe", "name-unknown", "tag-failed"}


@pytest.mark.parametrize(
    ("tag", "code"),
    [
        ("{{ x | attr('__class__') }}", "filter-unknown"),
        ("{% include '/etc/passwd' %}", "document-outside"),
        ("{% import 'os' as os %}", "tag-unknown"),
        ("{% extends 'x' %}", "tag-unknown"),
        ("{{ lipsum() }}", "name-unknown"),
        ("{{ self._TemplateReference__context }}", "name-unknown"),
        ("{{ open('/etc/passwd') }}", "name-unknown"),
        ("{{ xs | random }}", "filter-unknown"),
    ],
)
def test_what_templates_do_not_have(tag: str, code: str) -> None:
    assert code in code_of(tag)


@pytest.mark.parametrize(
    "tag",
    [
        "{{ 10**9999999 }}",
        "{{ 9**(9**9) }}",
        "{{ 'A'*500000000 }}",
        "{{ [0]*500000000 }}",
        "{{ range(10**9)|list }}",
        "{% for i in range(10**9) %}x{% endfor %}",
        "{% for i in range(99999) %}{% for j in range(99999) %}{% endfor %}{% endfor %}",
        "{% for i in range(99999) %}{% for j in range(99999) %}{{ j }}{% endfor %}{% endfor %}",
        "{{ 'a'|center(1000000000) }}",
        "{{ 'a'.ljust(1000000000) }}",
        "{{ 'a'.zfill(1000000000) }}",
        "{{ ('a\\n'*1000000)|indent(1000000) }}",
        "{{ '%999999999d' % 5 }}",
        "{{ '%999999999d'|format(5) }}",
        "{{ '{:>999999999}'.format(5) }}",
        "{{ '{:{}}'.format(5, 999999999) }}",
        "{{ ('a'*9999999)|replace('a', 'bbbbbbbbbb') }}",
        "{{ ('a'*9999999).replace('a', 'bbbbbbbbbb') }}",
        "{{ ('a'*999999).join(['b']*999999) }}",
        "{{ (['b'*999999]*999999)|join }}",
        "{{ xs|batch(1000000000, 'x')|list }}",
        DOUBLING.format("~"),
        DOUBLING.format("+"),
        "{% macro m(n) %}{{ m(n-1) }}{{ m(n-1) }}{% endmacro %}{{ m(90) }}",
        "{% macro m(n) %}{% if n %}{{ m(n-1) }}{{ m(n-1) }}{% endif %}{% endmacro %}{{ m(60) }}",
        "{% for i in [0] recursive %}{{ loop([0]) }}{% endfor %}",
    ],
)
def test_growth_without_end_is_stopped_soon(tag: str) -> None:
    start = time.process_time()
    assert "tag-too-much" in code_of(tag)
    assert time.process_time() - start < 5


@pytest.mark.parametrize(
    ("tag", "text"),
    [
        ("{{ 2**10 }}", "1024"),
        ("{{ 'ab'*3 }}", "ababab"),
        ("{{ 7 % 4 }} {{ '%s!' % x }}", "3 text!"),
        ("{{ range(3)|list }}", "[0, 1, 2]"),
        ("{{ 'a'|center(5) }}|", "  a  |"),
        ("{{ '{:,.2f}'.format(1234.5) }} {{ '{{}}'.format() }}", "1,234.50 {}"),
        ("{{ x.upper() }} {{ x.replace('t', 'd') }} {{ ', '.join(['a', 'b']) }}", "TEXT dexd a, b"),
        ("{{ xs|join('-') }} {{ xs|sum }} {{ xs|first }}", "1-2 3 1"),
        ("{{ d.items()|list }} {{ d.get('z', 0) }}", "[('a', 1)] 0"),
        ("{% macro m(n) %}{% if n %}{{ n }}{{ m(n-1) }}{% endif %}{% endmacro %}{{ m(3) }}", "321"),
        (
            "{% set s = namespace(n=0) %}{% for i in xs %}{% set s.n = i %}{% endfor %}{{ s.n }}",
            "2",
        ),
        ("{% for i in [[1]] recursive %}{{ loop(i) if i is iterable else i }}{% endfor %}", "1"),
        ("{{ x|e }} {{ '<b>'|safe }}", "text <b>"),
        ("{{ f(x) }}", "TEXT"),
    ],
)
def test_what_templates_do_every_day_still_works(tag: str, text: str) -> None:
    assert texts(render(document(tag), DATA, globals={"f": str.upper})) == [text]


@pytest.mark.parametrize(
    "value",
    [
        "{{ 7*7 }}",
        "{% for x in range(10**9) %}",
        "{# gone #}",
        "</w:t></w:r></w:p>",
        "<w:t>",
        "R & D",
        "a < b > c",
        "]]>",
        "&amp;xx;",
        "\ufdd00\ufdd1",
        "\x02" + "0\x03",
        "\"quoted\" 'too'",
    ],
)
def test_data_is_text_and_nothing_else(value: str) -> None:
    template = document("[{{ v }}]", "{% for r in [v] %}{{ r }}{% endfor %}")
    template.sections[0].footer.paragraphs[0].text = "{{ v }}"
    template.core_properties.title = "{{ v }}"
    add_table(template, [["{%tr for r in [v] %}{{ r }}{%tr endfor %}"]])
    shown = "".join(c for c in value if c >= " " and not "\ufdd0" <= c <= "\ufdef")
    package = render(template, {"v": value})
    assert texts(package) == [f"[{shown}]", shown, shown]
    assert texts(package, "word/footer1.xml") == [shown]


def test_a_part_with_entities_is_refused() -> None:
    from toolkit.office.package.package import Package

    package = Package.open(data_of(document("x")))
    part = package.read("word/document.xml")
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaa">]>' + part.partition(b"?>")[2]
    package.write("word/document.xml", bomb)
    with pytest.raises(TemplateError) as error:
        compile(package.save())
    assert error.value.findings[0].code == "package-part-broken"


def test_operators_give_what_python_gives() -> None:
    assert (OPERATORS["*"](3, "ab"), OPERATORS["**"](2, -1), OPERATORS["+"]([1], [2])) == (
        "ababab",
        0.5,
        [1, 2],
    )
    with pytest.raises(TooMuch):
        OPERATORS["**"](10, 10**7)
