"""What people write wrong in YAML: each gives one finding, where it stands."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import BaseModel, ConfigDict, StringConstraints

from toolkit.declaration import read_declaration
from toolkit.declaration.nodes import MAX_ALIASES, MAX_DEPTH, Plain, compose
from toolkit.declaration.reading import MAX_BYTES
from toolkit.finding import Place

PLACE = Place("p.yaml")


class Inner(BaseModel):
    model_config = ConfigDict(extra="allow")
    name: str = ""
    size: int | None = None
    flag: bool = False
    share: float = 0.0


class Odd(BaseModel):
    name: Annotated[str, StringConstraints(max_length=3)] = ""


class Outer(BaseModel):
    model_config = ConfigDict(extra="allow")
    name: str
    inner: Inner = Inner()
    listed: tuple[Inner, ...] = ()
    mapped: dict[str, Inner] = {}
    texts: tuple[str, ...] = ()
    odd: Odd = Odd()


def found(text: str) -> list[tuple[str, int, int]]:
    """(code, line, column) of every finding of a YAML text."""
    _, findings = compose(text, PLACE)
    return [(f.code, *(int(value) for _, value in f.place.steps[:2])) for f in findings]  # type: ignore[misc]


def declared(tmp_path: Path, text: str | bytes) -> list[tuple[str, str]]:
    """(code, place) of every finding of a file read as ``Outer``."""
    path = tmp_path / "p.yaml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    _, _, findings = read_declaration(path, Outer)
    return [(f.code, f.place.text().removeprefix(str(path)).lstrip(":")) for f in findings]


def test_every_scalar_is_the_text_that_was_written() -> None:
    root, findings = compose("a: NO\nb: 0301\nc: 12:30\nd: 1_000\ne: yes\nf: '2'\n", PLACE)
    assert root is not None
    assert root.data() == {
        "a": "NO",
        "b": "0301",
        "c": "12:30",
        "d": "1_000",
        "e": "yes",
        "f": "2",
    }
    assert findings == ()


def test_text_without_quotes_is_marked() -> None:
    root, _ = compose("[true, 'true']", PLACE)
    assert root is not None
    assert [isinstance(value, Plain) for value in root.data()] == [True, False]


def test_null_and_empty_text_are_absent_but_their_keys_are_known() -> None:
    root, _ = compose('a: null\nb:\nc: ""\nd: ~\ne: [x, "", null]\n', PLACE)
    assert root is not None
    assert root.data() == {"e": ["x"]}
    assert list(root.keys) == ["a", "b", "c", "d", "e"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: 1\nb: 2\na: 3\n", [("duplicate-key", 3, 1)]),
        (
            "x:\n  a: 1\n  a: 2\ny: {b: 1, b: 2}\n",
            [("duplicate-key", 3, 3), ("duplicate-key", 4, 11)],
        ),
        ("a:\n\t- b\n", [("yaml-tab", 2, 1)]),
        ("a: 1\n  \tb: 2\n", [("yaml-tab", 2, 3)]),
        ("a: b: c\n", [("yaml-colon", 1, 5)]),
        ("a: 'x\nb: 2\n", [("yaml-quote", 1, 4)]),
        ("a: [1, 2\nb: 3\n", [("yaml-bracket", 1, 4)]),
        ("a: @x\n", [("yaml-character", 1, 4)]),
        ("a: %x\n", [("yaml-character", 1, 4)]),
        ('a: "\\q"\n', [("yaml-escape", 1, 4)]),
        ('a: "\\xq"\n', [("yaml-escape", 1, 4)]),
        ("a: |s\n  x\n", [("yaml-syntax", 1, 5)]),
        ("- a\nb: 1\n", [("yaml-indent", 2, 1)]),
        ("  a: 1\n b: 2\n", [("yaml-indent", 2, 2)]),
        ("a: 1\nb\nc: 2\n", [("yaml-no-colon", 2, 1)]),
        ("a: !!python/object:os.system x\n", [("yaml-tag", 1, 4)]),
        ("a: 1\n---\nb: 2\n", [("yaml-documents", 2, 1)]),
        ("a: {{ x }}\n", [("yaml-key", 1, 5)]),
        ("? [a]\n: b\n", [("yaml-key", 1, 3)]),
        ("a: *b\n", [("yaml-alias", 1, 4)]),
        ("a: &x [*x]\n", [("yaml-alias", 1, 8)]),
        ("a: 1\nb: x\x07y\n", [("control-character", 2, 5)]),
    ],
)
def test_broken_yaml_is_told_where_it_breaks(
    text: str, expected: list[tuple[str, int, int]]
) -> None:
    assert found(text) == expected


def test_findings_come_with_those_before_the_break() -> None:
    assert found("a: 1\na: 2\nb: *c\n") == [("duplicate-key", 2, 1), ("yaml-alias", 3, 4)]


def test_a_few_repetitions_are_fine() -> None:
    root, findings = compose("a: &x [1, 2]\nb: *x\n", PLACE)
    assert root is not None
    assert root.data() == {"a": ["1", "2"], "b": ["1", "2"]}
    assert findings == ()


def test_an_alias_bomb_stops_early() -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 10)]
    assert found("\n".join(lines))[-1][0] == "yaml-too-many"


def test_too_many_aliases() -> None:
    text = "a: &a x\nb: [" + ", ".join(["*a"] * (MAX_ALIASES + 1)) + "]\n"
    assert [code for code, *_ in found(text)] == ["yaml-aliases"]


@pytest.mark.parametrize("depth", [MAX_DEPTH + 1, 5000])
def test_too_deep(depth: int) -> None:
    assert [code for code, *_ in found("[" * depth + "]" * depth)] == ["yaml-too-deep"]


def test_too_many_values() -> None:
    assert [code for code, *_ in found("[" + "x," * 60_000 + "]")] == ["yaml-too-many"]


# --- files ----------------------------------------------------------------------------------


def test_bom_and_crlf_are_accepted(tmp_path: Path) -> None:
    assert declared(tmp_path, "\ufeffname: x\r\ninner:\r\n  size: 3\r\n".encode()) == []


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (b"", [("file-empty", "")]),
        (b"# only a comment\n", [("file-empty", "")]),
        (b"---\n", [("file-empty", "")]),
        ("name: søvn\nx: 1".encode("latin-1"), [("not-utf8", "1:8")]),
        ("name: x\nb: æ".encode("cp1252"), [("not-utf8", "2:4")]),
        ("name: x".encode("utf-16"), [("not-utf8", "")]),
        (b"- a\n- b\n", [("not-a-mapping", "1:1")]),
        (b"just text\n", [("not-a-mapping", "1:1")]),
        (b"name: x\n" + b"#" * MAX_BYTES, [("file-too-large", "")]),
    ],
)
def test_files_that_hold_no_mapping(
    tmp_path: Path, raw: bytes, expected: list[tuple[str, str]]
) -> None:
    assert declared(tmp_path, raw) == expected


def test_five_megabytes_are_not_read(tmp_path: Path) -> None:
    path = tmp_path / "p.yaml"
    path.write_bytes(b"a: 1\n" * 1_000_000)
    _, _, findings = read_declaration(path, Outer)
    assert [f.code for f in findings] == ["file-too-large"]


def test_a_missing_file(tmp_path: Path) -> None:
    _, _, findings = read_declaration(tmp_path / "none.yaml", Outer)
    assert [(f.code, f.place.file) for f in findings] == [
        ("file-not-found", str(tmp_path / "none.yaml"))
    ]


def test_a_folder_names_the_file_in_it(tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text("name: x")
    _, _, findings = read_declaration(tmp_path, Outer)
    assert findings[0].code == "file-is-folder"
    assert str(tmp_path / "mine.yaml") in findings[0].hint("en")


def test_a_path_that_cannot_be_opened(tmp_path: Path) -> None:
    _, _, findings = read_declaration(tmp_path / ("x" * 400), Outer)
    assert [f.code for f in findings] == ["declaration-unreadable"]


# --- types ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("inner: {size: 3}\n", [("missing-key", "1:1 > name")]),
        ("name:\n", [("missing-key", "1:1 > name")]),
        ("name: x\ninner: text\n", [("not-a-mapping", "2:8 > inner")]),
        ("name: x\nlisted: text\n", [("not-a-list", "2:9 > listed")]),
        ("name: x\nodd: {name: long}\n", [("bad-value", "2:13 > odd.name")]),
        ("name: {a: b}\n", [("not-a-text", "1:7 > name")]),
        ("name: x\ninner: {size: many}\n", [("not-whole", "2:15 > inner.size")]),
        ("name: x\ninner: {share: half}\n", [("not-a-number", "2:16 > inner.share")]),
        ("name: x\ninner: {flag: perhaps}\n", [("not-yes-or-no", "2:15 > inner.flag")]),
        (
            "name: x\nlisted:\n  - {name: a}\n  - {size: x, id: b7}\n",
            [("unknown-key", "4:15 > listed[b7].id"), ("not-whole", "4:12 > listed[b7].size")],
        ),
        ("name: x\nmapped:\n  k: {nmae: y}\n", [("unknown-key", "3:7 > mapped.k.nmae")]),
    ],
)
def test_types_are_told_with_line_column_and_path(
    tmp_path: Path, text: str, expected: list[tuple[str, str]]
) -> None:
    assert sorted(declared(tmp_path, text)) == sorted(expected)


def test_everything_at_once_in_the_order_of_the_file(tmp_path: Path) -> None:
    text = "nmae: x\ninner:\n  sise: 3\n  size: a\nlisted: [{flag: b}]\n"
    assert [code for code, _ in declared(tmp_path, text)] == [
        "unknown-key",
        "missing-key",
        "unknown-key",
        "not-whole",
        "not-yes-or-no",
    ]


def test_an_unknown_key_brings_the_nearest_known_one_and_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "p.yaml"
    path.write_text("name: x\ninnr: {size: 3}\nquite_other: 1\n")
    value, _, findings = read_declaration(path, Outer)
    hints = [f.hint("en") for f in findings]
    assert hints[0] == "did you mean “inner”?"
    assert hints[1].startswith("delete it")
    assert value is not None
    assert value.model_extra == {"innr": {"size": "3"}, "quite_other": "1"}


def test_long_values_are_shortened_in_messages(tmp_path: Path) -> None:
    path = tmp_path / "p.yaml"
    path.write_text(f"name: x\ninner: {{size: {'y' * 500}}}\n")
    _, _, findings = read_declaration(path, Outer)
    assert len(findings[0].message("en")) < 120


def test_what_is_given_from_outside_wins(tmp_path: Path) -> None:
    path = tmp_path / "p.yaml"
    path.write_text("name: x\n")
    value, _, _ = read_declaration(path, Outer, {"name": "given"})
    assert value is not None
    assert value.name == "given"


PIECES = [*"{}[]\n\t|#'\"", ": ", "- ", "&a ", "*a", "!x ", "null"]


@settings(max_examples=80, deadline=None)
@given(st.lists(st.sampled_from([*PIECES, "name: x\n", "inner:\n  size: 3\n"]), max_size=30))
def test_no_text_at_all_breaks_the_reader(pieces: list[str]) -> None:
    root, findings = compose("".join(pieces), PLACE)
    assert root is None or root.data() is not root
    assert all(found.line("fi") for found in findings)
