"""Templates: compiled once, rendered many times, from several threads too."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from word_files import data_of, document, texts

from toolkit.office import compile
from toolkit.office.package import Package


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
