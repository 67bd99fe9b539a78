"""Templates: compiled once, rendered many times, from several threads too."""

from __future__ import annotations

import gc
from concurrent.futures import ThreadPoolExecutor

import pytest
from word_files import data_of, document, texts
from workbook_reading import template as workbook

from toolkit.finding import TemplateError
from toolkit.office import compile, fill
from toolkit.office.package.package import Package
from toolkit.office.recent import recent
from toolkit.office.references.axis import Scope
from toolkit.office.settings import Settings


def _template():
    made = document("{{ name }} has {{ count }}.", "{% for x in xs %}", "{{ x }}", "{% endfor %}")
    return compile(data_of(made))


def _render(template, number):
    data = {"name": f"Unit {number}", "count": number, "xs": ["a"] * (number % 5)}
    return template.render(data)


def test_threads_may_share_a_template():
    template = _template()
    alone = [_render(template, number) for number in range(40)]
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(lambda number: _render(template, number), range(40)))
    assert together == alone
    assert texts(Package.open(alone[2])) == ["Unit 2 has 2.", "a", "a"]


def test_a_file_that_changed_is_compiled_again(tmp_path):
    template, out = tmp_path / "a.docx", tmp_path / "out.docx"
    for text in ("One {{ n }}", "Two {{ n }}"):
        template.write_bytes(data_of(document(text)))
        fill(template, {"n": 1}, out)
        assert texts(Package.open(out)) == [text.replace("{{ n }}", "1")]


def test_the_same_template_and_settings_are_compiled_once():
    data = data_of(document("{{ n | shout }}"))
    settings = Settings(filters={"shout": str.upper}, theme={"accent1": "112233"})
    first = recent(data, settings)
    assert recent(data, settings) is first
    assert recent(data, settings._replace(lenient=True)) is not first
    assert recent(data, settings._replace(theme={"accent1": "445566"})) is not first


def test_functions_that_may_change_unseen_are_not_remembered():
    data = data_of(document("{{ words.a }}"))
    for word in ("one", "two"):
        template = recent(data, Settings(globals={"words": {"a": word}}))
        assert texts(Package.open(template.render({}))) == [word]


def _nested(book):
    sheet = book.add_worksheet("Data")
    sheet.write("A1", "{%tr for x in xs %}{{ x.a }}")
    sheet.write("A2", "{%tr for y in x.b %}{{ y }}{%tr endfor %}")
    sheet.write("A3", "{{ x.a }}{%tr endfor %}")


@pytest.fixture
def no_search():
    """Python does not look for what refers to itself in circles while the test runs."""
    gc.collect()
    gc.disable()
    yield
    gc.enable()


def test_a_filled_workbook_leaves_nothing_that_python_must_search_for(no_search):
    compile(workbook(_nested)).render({"xs": [{"a": 1, "b": [2, 3]}, {"a": 4, "b": []}]})
    assert [item for item in gc.get_objects() if isinstance(item, Scope)] == []


def test_python_looks_for_garbage_again_whatever_a_fill_ends_in():
    template = _template()
    template.render({"name": "A", "count": 1, "xs": []})
    assert gc.isenabled()
    with pytest.raises(TemplateError):
        template.render({})
    assert gc.isenabled()
