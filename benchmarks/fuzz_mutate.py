"""Mutations of templates and data, each from a random generator and so repeatable.

In: the bytes of an Office file, or data. Out: the same with something wrong in it: tags where they
do not belong, elements gone, doubled or moved, odd numbers, damaged bytes; values of every kind.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import date, datetime, time
from decimal import Decimal
from random import Random
from typing import Any

from lxml import etree

TAGS = (
    *("{{ x }}", "{{ a.b.c }}", "{{ xs }}", "{{ n + 1 }}", "{{ x | upper }}"),
    *("{{ x | markdown }}", "{% for r in xs %}", "{% endfor %}", "{% if n %}", "{% else %}"),
    *("{% endif %}", "{% elif x %}", "{%tr for r in xs %}", "{%tr endfor %}"),
    *("{%tc for r in xs %}", "{%tc endfor %}", "{%p if n %}", "{%p endif %}", "{{r x }}"),
    *("{%sheet for r in xs %}", "{%sheet if n %}", "{# note #}", "{% raw %}", "{% endraw %}"),
    *("{% set q = x %}", "{{ q }}", "{{ r.a }}", "{{", "}}", "{%", "%}", "{{ 'a", "{{ x. }}"),
    *("{{ (((( }}", "{% colspan n %}", "{% hm %}", "{% vm %}", "{% cellbg x %}"),
    *("{{ image(x) }}", "{{ qr(x) }}", "{{ chart(c) }}", "{{ choices(xs) }}", "{{ include(x) }}"),
    *("{% macro m(a) %}", "{% endmacro %}", "{{ m(x) }}", "{%- x -%}", "{_{ x }_}"),
    *("{{ loop.index }}", "{% for r in xs recursive %}", "{{ loop(r) }}", "{{ [x] * n }}"),
    *("{{ x[:n] }}", "{{ x.__class__ }}", "{{ xs | sort(attribute='a') }}", "{% with y = x %}"),
    *("{% endwith %}", "{% call m(x) %}", "{% endcall %}", "{{ caller() }}"),
    *("{{ x is defined }}", "{{ xs | join }}"),
)  # fmt: skip
ODD = ("", "-1", "0", "1", "99999999999999999999", "abc", "NaN", "A1", "A1:B2", "$A$1", "#REF!",
       "rId999", "1.5", "true", "../../x", "\u2028", "A1:XFD1048576", "Sheet1!A:A")  # fmt: skip
TEXTS = (
    *(
        "",
        " ",
        "text",
        "a\nb\tc",
        "R & D <b>",
        "{{ 7*7 }}",
        "=1+1",
        "\x00\x01\x1f",
        "\ufdd0\ufdd3m",
    ),
    *("**b** *i*", "# H\n- a\n  - b\n1. c", "[x](http://a.b)", "\ud800", "\U0001f600", "_x0041_"),
    *("x" * 40_000, "in.png", "../x", "&", "]]>", "'", '"', "\u202e", "a" * 300),
)
_PARTS = ("document", "slide1.", "sheet1", "sharedStrings", "header", "footer", "notes", "styles",
          "numbering", "workbook.xml", "presentation.xml", "comments", "drawing", "chart", "table",
          "core", "rels", "Content_Types")  # fmt: skip

Root = etree._Element


def mutated(data: bytes, random: Random) -> bytes:
    """A file with one to five mutations."""
    if random.random() < 0.02:
        return _damaged(data, random)
    parts = _read(data)
    for _ in range(random.randint(1, 5)):
        name = _pick(parts, random)
        parts[name] = _mutate_part(parts[name], random)
    if random.random() < 0.02:
        parts.pop(random.choice(list(parts)))
    return _write(parts)


def _read(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _write(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


def _pick(parts: dict[str, bytes], random: Random) -> str:
    """A part; the ones that hold text most often."""
    wanted = [name for name in parts if any(word in name for word in _PARTS[:4])]
    others = [name for name in parts if any(word in name for word in _PARTS)]
    pool = wanted if wanted and random.random() < 0.7 else others or list(parts)
    return random.choice(pool)


def _mutate_part(data: bytes, random: Random) -> bytes:
    try:
        root = etree.fromstring(data)
    except etree.XMLSyntaxError:
        return _damaged(data, random)
    random.choices(_CHANGES, weights=_WEIGHTS)[0](root, random)
    out = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return _damaged(out, random) if random.random() < 0.02 else out


def _damaged(data: bytes, random: Random) -> bytes:
    at = random.randrange(len(data) + 1)
    end = min(len(data), at + random.randint(0, 40))
    kind = random.randrange(3)
    if kind == 0:
        return data[:at]
    middle = bytes(random.randrange(256) for _ in range(random.randint(0, 4)))
    return data[:at] + middle + data[end if kind == 1 else at :]


def _element(root: Root, random: Random) -> Root:
    found = [item for item in root.iter() if isinstance(item.tag, str)]
    return random.choice(found)


def _add_tag(root: Root, random: Random) -> None:
    """A tag in a text, most often in one that holds text already."""
    texts = [item for item in root.iter() if isinstance(item.tag, str) and item.text]
    item = random.choice(texts) if texts and random.random() < 0.9 else _element(root, random)
    text = item.text or ""
    at = random.randrange(len(text) + 1)
    item.text = text[:at] + random.choice(TAGS) + text[at:]


def _cut_tag(root: Root, random: Random) -> None:
    """A text with some characters gone or doubled."""
    texts = [item for item in root.iter() if isinstance(item.tag, str) and item.text]
    if texts:
        item = random.choice(texts)
        text = item.text or ""
        at = random.randrange(len(text) + 1)
        item.text = text[:at] + text[at + random.randint(-4, 4) :]


def _drop(root: Root, random: Random) -> None:
    item = _element(root, random)
    above = item.getparent()
    if above is not None:
        above.remove(item)


def _double(root: Root, random: Random) -> None:
    item = _element(root, random)
    if item.getparent() is not None and len(etree.tostring(item)) < 20_000:
        twin = etree.fromstring(etree.tostring(item))
        item.addnext(twin)


def _move(root: Root, random: Random) -> None:
    item, other = _element(root, random), _element(root, random)
    if item is not root and item not in other.iterancestors() and item is not other:
        other.append(item)


def _attribute(root: Root, random: Random) -> None:
    item = _element(root, random)
    if item.attrib:
        name = random.choice(list(item.attrib))
        value = random.choice(TAGS) if random.random() < 0.3 else random.choice(ODD)
        if random.random() < 0.1:
            del item.attrib[name]
        else:
            item.set(name, value)


def _text(root: Root, random: Random) -> None:
    item = _element(root, random)
    item.text = random.choice(ODD)


_CHANGES: tuple[Callable[[Root, Random], None], ...] = (
    _add_tag, _cut_tag, _drop, _double, _move, _attribute, _text,
)  # fmt: skip
_WEIGHTS = (8, 3, 2, 2, 2, 4, 1)


def value(random: Random, depth: int = 0) -> Any:
    """A value of any kind that data may hold."""
    kind = random.randrange(14 if depth < 3 else 9)
    simple: tuple[Callable[[], Any], ...] = (
        lambda: random.choice(TEXTS),
        lambda: random.choice(TEXTS),
        lambda: random.choice((0, 1, -1, 3, 10**30, -(10**9))),
        lambda: random.choice((0.5, -1e308, float("inf"), float("nan"), Decimal("1.10"))),
        lambda: random.choice((True, False)),
        lambda: None,
        lambda: random.choice((date(2026, 1, 12), date(1899, 12, 31), date.max)),
        lambda: random.choice((datetime(2026, 1, 12, 9), time(9, 30))),
        lambda: random.choice(("a", "b")),
    )
    if kind < len(simple):
        return simple[kind]()
    if kind < 12:
        return [value(random, depth + 1) for _ in range(random.randint(0, 4))]
    return {key: value(random, depth + 1) for key in random.sample("abcxn", random.randint(0, 4))}


def mutated_data(data: dict[str, Any], random: Random) -> dict[str, Any]:
    """Data with some of its values changed or gone."""
    out = dict(data)
    for name in data:
        if random.random() < 0.25:
            out[name] = value(random)
    if random.random() < 0.1:
        out.pop(random.choice(list(out)))
    return out
