"""What stands in a file and is never run, opened or followed is told, and nothing else is."""

from __future__ import annotations

import pytest
from hostile_case import adding, form, linked, survey
from returned_files import codes, packed, read_back, ros, unpacked

from toolkit.collect.limits import Limits
from toolkit.collect.opening.gate import GateError, gate
from toolkit.collect.opening.package import as_utf8, looked_at
from toolkit.collect.opening.package import unpacked as opened
from toolkit.finding import Place

PLACE = Place("x.xlsx")
RELS = "xl/worksheets/_rels/sheet2.xml.rels"


def flags(data: bytes, name: str = "x.xlsx") -> list[str]:
    return [flag.code for flag in gate(data, Place(name)).flags]


@pytest.mark.parametrize(
    ("kind", "target", "expected"),
    [
        ("hyperlink", "https://example.org/", []),
        ("hyperlink", "mailto:x@example.org", []),
        ("hyperlink", "file:///c:/x.exe", ["has-file-links"]),
        ("hyperlink", "\\\\server\\share", ["has-file-links"]),
        ("image", "http://example.org/x.png", ["has-remote-parts"]),
        ("externalLinkPath", "bok.xlsx", ["has-external-links"]),
    ],
)
def test_links_to_the_outside(kind: str, target: str, expected: list[str]) -> None:
    assert flags(linked(survey("x"), RELS, kind, target)) == expected


def test_a_template_elsewhere_is_told() -> None:
    data = linked(form(), "word/_rels/settings.xml.rels", "attachedTemplate", "http://x.example/")
    assert flags(data, "x.docx") == ["has-remote-parts"]


@pytest.mark.parametrize(
    ("formula", "expected"),
    [("cmd|'/c calc'!A0", ["has-dde"]), ("A1|B1", []), ("1+1", []), ('"a|b!"', [])],
)
def test_formulas_that_start_programs(formula: str, expected: list[str]) -> None:
    part = "xl/worksheets/sheet2.xml"
    cell = f'<c r="D5" s="30"><f>{formula}</f><v>4</v></c>'.encode()
    parts = unpacked(survey("x"))
    made = packed(parts | {part: parts[part].replace(b'<c r="D5" s="30"/>', cell)})
    assert flags(made) == expected


@pytest.mark.parametrize(
    ("markup", "words"),
    [
        (b"<externalLink><ddeLink/></externalLink>", (b"<ddeLink",)),
        (b"<!-- <worksheet> --><externalLink><ddeLink/></externalLink>", (b"<ddeLink",)),
        (b"<x:worksheet xmlns:x='m'><ddeLink/></x:worksheet>", (b"<ddeLink",)),
        (b"<worksheets><ddeLink/></worksheets>", (b"<ddeLink",)),
        (b"<a xmlns:t='urn:opendocument:t'><t office:dde-source=''/></a>", (b"office:dde-source",)),
        (b"<?xml version='1.0'?>\n<worksheet xmlns='m'><ddeLink/></worksheet>", ()),
        (b"<sst count='1'><si><t>ddeLink</t></si></sst>", ()),
    ],
)
def test_words_are_looked_for_where_they_mean_anything(
    markup: bytes, words: tuple[bytes, ...]
) -> None:
    assert looked_at(markup).words == words


def test_sound_files_have_no_flags() -> None:
    assert flags(ros()) == []
    assert flags(form(), "x.docx") == []


def test_a_name_of_another_kind_is_told() -> None:
    assert codes(read_back(survey("x"), "svar.docx")) == ["name-differs"]
    assert codes(read_back(survey("x"), "svar.xlsm")) == []


# --- the package ------------------------------------------------------------------------------


def test_parts_in_the_other_encoding_of_the_standard_are_read() -> None:
    text = '<?xml version="1.0" encoding="UTF-16"?><a>æ</a>'
    for code in ("utf-16-le", "utf-16-be"):
        mark = b"\xff\xfe" if code.endswith("le") else b"\xfe\xff"
        assert as_utf8(mark + text.encode(code), PLACE) == "<a>æ</a>".encode()
    with pytest.raises(GateError):
        as_utf8(b'<?xml version="1.0" encoding="latin-1"?><a/>', PLACE)


def test_what_was_checked_is_what_is_read() -> None:
    """The library gets the parts that passed: nothing that stands before or behind them."""
    data = adding(survey("x"), {"docProps/secret.dat": b"hidden"})
    clean = gate(data, PLACE).clean
    assert "docProps/secret.dat" in opened(data, PLACE, Limits()).names
    assert "docProps/secret.dat" not in unpacked(clean)
    assert unpacked(clean)["xl/workbook.xml"] == unpacked(data)["xl/workbook.xml"]


def test_a_cell_that_stands_twice_is_told() -> None:
    part = "xl/worksheets/sheet2.xml"
    parts = unpacked(survey("x"))
    twice = b'<c r="D5"><v>4</v></c><c r="D5"><v>2</v></c>'
    made = packed(parts | {part: parts[part].replace(b'<c r="D5" s="30"/>', twice)})
    assert codes(read_back(made)) == ["cell-twice"]
