"""Hostile templates and hostile data, each with a control that shows what an open door looks like.

A payload has a ``sign``: what can be seen when it gets through. The control runs the same payload
where nothing guards (plain Jinja, plain text replacement, plain XML and zip libraries) and must
show the sign, so that a test that cannot fail does not pass. The engine must not show it.
"""

from __future__ import annotations

import io
import os
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import openpyxl
import pptx
import pytest
from jinja2 import DictLoader, Environment
from lxml import etree
from PIL import Image
from pptx.util import Inches
from word_files import data_of, document, render, texts
from workbook_reading import fill, template

from toolkit.finding import LimitError, TemplateError
from toolkit.office import check, compile
from toolkit.office import limits as caps
from toolkit.office.package.package import Package

SECRET = "top-secret-value"


def helper(value: Any) -> str:
    """A function the caller offers to templates."""
    return str(value).upper()


def data() -> dict[str, Any]:
    return {"x": "text", "n": 3, "xs": [1, 2], "d": {"a": 1}}


# Expressions that reach for code, objects, files

EXPRESSIONS: list[tuple[str, str]] = [
    ("{{ ''.__class__ }}", "class 'str'"),
    ("{{ x.__class__.__base__ }}", "class 'object'"),
    ("{{ ''.__class__.__mro__[1].__subclasses__() | length > 10 }}", "True"),
    ("{{ x['__class__'] }}", "class 'str'"),
    ("{{ x['__cla' ~ 'ss__'] }}", "class 'str'"),
    ("{{ x | attr('__class__') }}", "class 'str'"),
    ("{{ x | attr('\\x5f\\x5fclass\\x5f\\x5f') }}", "class 'str'"),
    ("{{ xs | map('attr', '__class__') | list }}", "class 'int'"),
    ("{{ xs | map(attribute='__class__') | list }}", "class 'int'"),
    ("{{ [x] | groupby('__class__') | list }}", "class 'str'"),
    ("{{ xs | map(attribute='__class__.__base__') | join }}", "class 'object'"),
    ("{{ (1).__class__ }}", "class 'int'"),
    ("{{ none.__class__ }}", "NoneType"),
    ("{{ d.__class__ }}", "class 'dict'"),
    ("{{ x.upper.__self__.__class__ }}", "class 'str'"),
    ("{{ x.encode('utf-8').__class__ }}", "class 'bytes'"),
    ("{{ cycler.__init__.__globals__.__name__ }}", "jinja2.utils"),
    ("{{ joiner.__init__.__globals__.__name__ }}", "jinja2.utils"),
    ("{{ namespace.__init__.__globals__.__name__ }}", "jinja2.utils"),
    ("{{ cycler.__init__.__globals__.os.getcwd() }}", Path.cwd().name),
    ("{{ lipsum.__globals__['os'].sep * 5 }}", os.sep * 5),
    ("{{ self.__init__.__globals__.__name__ }}", "jinja2.runtime"),
    ("{{ range.__class__ }}", "class 'type'"),
    ("{{ dict.__base__ }}", "class 'object'"),
    ("{{ f.__globals__.SECRET }}", SECRET),
    ("{{ f.__code__.co_name }}", "helper"),
    ("{{ f.__module__ }}", "test_injection"),
    ("{{ '{0.__class__}'.format(x) }}", "class 'str'"),
    ("{{ '{0.__globals__[SECRET]}'.format(f) }}", SECRET),
    ("{{ '{a.__class__}'.format_map({'a': x}) }}", "class 'str'"),
    ("{{ (xs | map('string')).gi_frame.f_code.co_name }}", "sync_do_map"),
    ("{% for i in xs %}{{ loop.__class__ }}{% endfor %}", "LoopContext"),
    ("{% macro m() %}{% endmacro %}{{ m.__class__ }}", "Macro"),
    ("{% set y = x.__class__ %}{{ y }}", "class 'str'"),
    ("{% for c in x.__class__.__mro__ %}{{ c }}{% endfor %}", "class 'object'"),
    ("{% with c = x.__class__ %}{{ c }}{% endwith %}", "class 'str'"),
    ("{% if x.__class__ %}got in{% endif %}", "got in"),
    ("{% include 'secret' %}", SECRET),
    ("{% from 'secret' import s %}{{ s }}", SECRET),
    ("{% import 'secret' as m %}{{ m.s }}", SECRET),
    ("{% extends 'secret' %}", SECRET),
    ("{{ xs.append(9) or xs | length }}", "3"),
    ("{{ xs.pop() ~ '/' ~ xs | length }}", "2/1"),
    ("{{ d.update({'a': 9}) or d.a }}", "9"),
    ("{{ d.clear() or 'cleared' }}", "cleared"),
    ("{{ d.__setitem__('a', 9) or d.a }}", "9"),
    ("{{ debug }}{{ f }}", "function helper"),
]  # fmt: skip

PLAIN = Environment(loader=DictLoader({"secret": "{% set s = '" + SECRET + "' %}{{ s }}"}))


def in_word(text: str, context: dict[str, Any]) -> str:
    """The text a document gets; findings give none."""
    try:
        return "\n".join(texts(render(document(text), context, globals={"f": helper})))
    except TemplateError:
        return ""


def in_slides(text: str, context: dict[str, Any]) -> str:
    new = pptx.Presentation()
    box = new.slides.add_slide(new.slide_layouts[6]).shapes.add_textbox(0, 0, Inches(5), Inches(1))
    box.text_frame.text = text
    out = io.BytesIO()
    new.save(out)
    try:
        made = compile(out.getvalue(), globals={"f": helper}).render(context)
    except TemplateError:
        return ""
    return str(pptx.Presentation(io.BytesIO(made)).slides[0].shapes[0].text_frame.text)


def in_cell(text: str, context: dict[str, Any]) -> str:
    made = template(lambda book: book.add_worksheet("S").write_string("A1", text))
    try:
        return f"{fill(made, context, globals={'f': helper}).value('S', 'A1')}"
    except TemplateError:
        return ""


@pytest.mark.parametrize(("payload", "sign"), EXPRESSIONS)
def test_an_expression_stays_inside(payload: str, sign: str) -> None:
    control = PLAIN.from_string(payload, globals={"f": helper}).render(data())
    assert sign in control
    for engine in (in_word, in_slides, in_cell):
        context = data()
        assert sign not in engine(payload, context)
        assert context == data()


# Data that tries to become something else


def replaced(part: str, tag: str) -> Callable[[bytes, str], bytes]:
    """A naive filler: the tag is replaced in the XML of a part."""

    def fill_in(made: bytes, value: str) -> bytes:
        package = Package.open(made)
        package.write(part, package.read(part).replace(tag.encode(), value.encode()))
        return package.read(part)

    return fill_in


in_body = replaced("word/document.xml", "{{ x }}")

MARKUP = [
    "</w:t></w:r></w:p><w:p><w:r><w:t>EVIL",
    "</w:t></w:r><w:r><w:instrText>DDEAUTO EVIL</w:instrText></w:r><w:r><w:t>",
    "</w:t></w:r><w:hyperlink r:id='EVIL'/><w:r><w:t>",
    "<!-- EVIL --><EVIL/>",
    "<![CDATA[EVIL]]><EVIL/>",
    "<?EVIL data?>",
]


def has_evil(part: bytes) -> bool:
    """Whether EVIL is markup, or in a text of its own."""
    try:
        root = etree.fromstring(part)
    except etree.XMLSyntaxError:
        return True
    for item in root.iter():
        if not isinstance(item.tag, str) or "EVIL" in item.tag or "EVIL" in str(item.attrib):
            return True
        code = item.tag.endswith("}instrText")
        if item.text == "EVIL" or (code and "EVIL" in (item.text or "")):
            return True
    return False


@pytest.mark.parametrize("value", MARKUP)
def test_data_never_becomes_markup(value: str) -> None:
    made = data_of(document("{{ x }}"))
    assert has_evil(in_body(made, value))
    for tag in ("{{ x }}", "{{ x | safe }}", "{{ x | markdown }}", "{{r x }}"):
        package = render(document(tag), {"x": value})
        assert not has_evil(package.read("word/document.xml"))
        assert "EVIL" in "".join(texts(package))


@pytest.mark.parametrize(
    "value",
    ["{{ 7 * 7 }}", "{% set q = 49 %}{{ q }}", "{% for i in [49] %}{{ i }}{% endfor %}"],
)
def test_data_is_never_read_as_a_template(value: str) -> None:
    twice = PLAIN.from_string(PLAIN.from_string("{{ x }}").render(x=value)).render()
    assert twice == "49"
    for engine in (in_word, in_slides, in_cell):
        assert engine("{{ x }}", {"x": value}) == value
        assert engine("{{ x | markdown }}", {"x": value}).startswith("{")


@pytest.mark.parametrize("value", ["=1+1", "=cmd|' /C calc'!A0", '=HYPERLINK("http://evil")'])
def test_text_in_a_cell_is_never_a_formula(value: str) -> None:
    naive = openpyxl.Workbook()
    naive.active["A1"] = value
    assert naive.active["A1"].data_type == "f"
    made = fill(template(lambda b: b.add_worksheet("S").write("A1", "{{ x }}")), {"x": value})
    assert (made.formula("S", "A1"), made.value("S", "A1")) == ("", value)


def outside_strings(formula: str) -> str:
    """What of a formula Excel would carry out."""
    return "".join(formula.split('"')[::2])


def test_data_does_not_leave_the_string_of_a_formula() -> None:
    value = '"&WEBSERVICE("http://evil")&"'
    naive = 'UPPER("{{ x }}")'.replace("{{ x }}", value)
    assert "WEBSERVICE" in outside_strings(naive)
    made = fill(
        template(lambda b: b.add_worksheet("S").write_formula("A1", '=UPPER("{{ x }}")')),
        {"x": value},
    )
    assert "WEBSERVICE" in made.formula("S", "A1")
    assert "WEBSERVICE" not in outside_strings(made.formula("S", "A1"))


def test_data_does_not_become_a_code_of_a_page_header() -> None:
    value = "&Z&F"
    assert "&Z&F" in "&L{{ x }}".replace("{{ x }}", value)

    def build(book: Any) -> None:
        book.add_worksheet("S").set_header("&L{{ x }}")

    made = fill(template(build), {"x": value})
    assert made.sheet("S").findtext("{*}headerFooter/{*}oddHeader") == "&L&&Z&&F"


def test_data_does_not_become_an_escape_of_excel() -> None:
    value = "_x0041_"
    naive = openpyxl.Workbook()
    naive.active["A1"] = value
    out = io.BytesIO()
    naive.save(out)
    assert openpyxl.load_workbook(out).active["A1"].value != "x"
    made = fill(template(lambda b: b.add_worksheet("S").write("A1", "{{ x }}")), {"x": value})
    assert "_x005F_x0041_" in made.archive.read("xl/sharedStrings.xml").decode()


# Paths


@pytest.fixture
def folders(tmp_path: Path) -> Path:
    """A folder of data with a picture and a document, and secrets beside it."""
    base = tmp_path / "data"
    base.mkdir()
    for place, colour in ((base / "in.png", "green"), (tmp_path / "secret.png", "red")):
        Image.new("RGB", (3, 3), colour).save(place)
    for place, text in ((base / "in.docx", "inside"), (tmp_path / "secret.docx", SECRET)):
        place.write_bytes(data_of(document(text)))
    return base


def included(base: Path, path: str) -> str:
    try:
        return "\n".join(texts(render(document("{{ include(x) }}"), {"x": path}, base=base)))
    except TemplateError:
        return ""


def pictured(base: Path, path: str) -> int:
    """How many pictures came in."""
    new = document("")
    new.add_picture(io.BytesIO((base / "in.png").read_bytes()))
    new.inline_shapes[0]._inline.docPr.set("descr", "{{ image(x) }}")
    try:
        made = render(new, {"x": path}, base=base)
    except TemplateError:
        return 0
    return sum("media/picture-" in name for name in made.names())


OUTSIDE = ["../secret", "./../data/../secret", "..\\secret", "sub/../../secret"]


@pytest.mark.parametrize("path", OUTSIDE)
def test_paths_stay_in_the_folder_of_the_data(folders: Path, path: str) -> None:
    naive = folders / (path.replace("\\", "/") + ".docx").replace("sub/../", "")
    assert naive.resolve().is_file()  # without a check it would be read
    assert (included(folders, "in.docx"), pictured(folders, "in.png")) == ("inside", 1)
    assert (included(folders, f"{path}.docx"), pictured(folders, f"{path}.png")) == ("", 0)


def test_absolute_paths_and_links_stay_outside(folders: Path) -> None:
    secret = folders.parent / "secret.docx"
    assert secret.is_file()
    assert included(folders, str(secret)) == ""
    (folders / "link.docx").symlink_to(secret)
    assert SECRET in "".join(texts(Package.open(folders / "link.docx")))
    assert included(folders, "link.docx") == ""


# Files made to hurt


def with_document(part: bytes) -> bytes:
    package = Package.open(data_of(document("x")))
    package.write("word/document.xml", part)
    return package.save()


W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
BODY = (
    f'<w:document xmlns:w="{W}"><w:body><w:p><w:r><w:t>%s</w:t></w:r></w:p></w:body></w:document>'
)


def refused(made: bytes) -> bool:
    try:
        compile(made).render({})
    except (TemplateError, LimitError):
        return True
    return False


def test_an_external_entity_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text(SECRET)
    part = (
        f'<!DOCTYPE d [<!ENTITY e SYSTEM "{(tmp_path / "secret.txt").as_uri()}">]>' + BODY % "&e;"
    )
    open_parser = etree.XMLParser(resolve_entities=True, load_dtd=True)
    root = etree.fromstring(part.encode(), open_parser)
    assert SECRET in "".join(str(text) for text in root.itertext())
    assert refused(with_document(part.encode()))
    assert not refused(with_document((BODY % "plain").encode()))


def test_entities_do_not_multiply() -> None:
    bomb = "<!DOCTYPE d [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;'>]>" + BODY % "&b;"
    assert "".join(etree.fromstring(bomb.encode()).itertext()).count("a") == 30
    assert refused(with_document(bomb.encode()))


def test_a_zip_bomb_is_not_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("toolkit.office.package.archive.MAX_MEMBER_BYTES", 1_000_000)

    def bomb(size: int) -> bytes:
        out = io.BytesIO(data_of(document("x")))
        with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("word/media/bomb.jpeg", b"\0" * size)
        return out.getvalue()

    big = bomb(5_000_000)
    with zipfile.ZipFile(io.BytesIO(big)) as archive:
        assert len(archive.read("word/media/bomb.jpeg")) == 5_000_000
    assert refused(big)
    assert not refused(bomb(10))


def test_deep_nesting_does_not_overflow() -> None:
    deep = BODY % ("</w:t></w:r>" + "<w:ins>" * 5_000 + "</w:ins>" * 5_000 + "<w:r><w:t>")
    assert ElementTree.fromstring(deep) is not None
    assert refused(with_document(deep.encode()))


def test_long_lists_given_to_functions_in_long_loops_are_stopped() -> None:
    def codes(count: int) -> list[str]:
        text = "{% macro m(a) %}{% endmacro %}{% for x in xs %}{{ m(xs) }}{% endfor %}"
        return [f.code for f in check(data_of(document(text)), {"xs": "x" * count})]

    assert codes(1_000) == []
    assert codes(40_000) == ["tag-too-much"]


# Growth without end


GROWTH = [
    ("{{ 10 ** %s }}", "3", "9999999"),
    ("{{ 'A' * %s }}", "3", "500000000"),
    ("{{ [0] * %s }}", "3", "500000000"),
    ("{%% for i in range(%s) %%}x{%% endfor %%}", "3", "10 ** 9"),
    ("{{ 'a' | center(%s) }}", "3", "1000000000"),
    ("{{ '%%%sd' %% 5 }}", "3", "999999999"),
    ("{{ '{:>%s}'.format(5) }}", "3", "999999999"),
    ("{{ x | indent(%s) | indent(%s) }}", "3", "999999999"),
    ("{%% macro m(n) %%}{%% if n %%}{{ m(n-1) }}{{ m(n-1) }}{%% endif %%}{%% endmacro %%}"
     "{{ m(%s) }}", "3", "60"),
    ("{%% for i in [[[]]] recursive %%}{{ loop([0] if %s > 3 else []) }}{%% endfor %%}", "3", "4"),
]  # fmt: skip


@pytest.mark.parametrize(("shape", "small", "large"), GROWTH)
def test_growth_is_stopped_and_small_things_are_not(shape: str, small: str, large: str) -> None:
    def codes(size: str) -> set[str]:
        try:
            render(document(shape % ((size,) * shape.count("%s"))), data())
        except TemplateError as error:
            return {found.code for found in error.findings}
        return set()

    assert codes(small) == set()
    assert codes(large) == {"tag-too-much"}


def test_more_steps_than_a_fill_may_take(monkeypatch: pytest.MonkeyPatch) -> None:
    assert caps.MAX_STEPS == 1_000_000
    monkeypatch.setattr("toolkit.office.run.MAX_STEPS", 50)
    body_of = "{% for i in range(9) %}{% for j in range(9) %}{{ j }}{% endfor %}{% endfor %}"
    assert in_word("{% for i in range(9) %}{{ i }}{% endfor %}", {}) == "012345678"
    assert in_word(body_of, {}) == ""


def test_there_are_at_least_sixty_payloads() -> None:
    single = 11  # tests above with one payload each
    several = len(EXPRESSIONS) + len(MARKUP) + 3 + 3 + len(OUTSIDE) + len(GROWTH)
    assert several + single >= 60
