"""Faults of other programs that Word repairs are mended; everything else keeps its bytes."""

from __future__ import annotations

import re

import pytest
from word_files import data_of, document, render
from workbook_reading import rewritten

from toolkit.office.package.package import Package

SETTINGS = (
    b'<w:settings xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    b' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    b' xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
    b' xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml">%s</w:settings>'
)


def settings_after(inside: bytes) -> str:
    """What stands in the settings of a filled document, for these of its template."""
    data = data_of(document("{{ x }}"))
    data = rewritten(data, "word/settings.xml", lambda _: SETTINGS % inside)
    filled: Package = render(data, {"x": "X"})
    return filled.read("word/settings.xml").decode().partition('wordml">')[2].rpartition("</")[0]


def test_settings_stand_in_the_order_of_the_standard() -> None:
    found = settings_after(
        b'<w:rsids/><w15:docId w15:val="{698ebb1e-25ac-4de0-a7c2-eba1292de117}"/>'
        b"<w:displayBackgroundShape/><!-- why --><w:compat/><w14:docId w14:val='12345678'/>"
    )
    assert re.findall(r"<(w\d*:\w+)", found) == [
        *("w:displayBackgroundShape", "w:compat", "w:rsids", "w14:docId", "w15:docId"),
    ]
    assert "{698EBB1E-25AC-4DE0-A7C2-EBA1292DE117}" in found


@pytest.mark.parametrize(
    "inside",
    [
        b'<w:zoom w:percent="90"/><!-- why --><mc:AlternateContent><mc:Choice Requires="w14"/>'
        b"</mc:AlternateContent><w:compat  /><w14:docId w14:val='12345678'/>",
        b'<w:zoom w:percent="90"/><w15:docId w15:val="{698EBB1E-25AC-4DE0-A7C2-EBA1292DE117}" />',
    ],
)
def test_sound_settings_keep_their_bytes(inside: bytes) -> None:
    assert settings_after(inside) == inside.decode()


@pytest.mark.parametrize(
    ("spacing", "mended"),
    [("4294961151", "-6145"), ("-6145", "-6145"), ("4096", "4096"), ("4294967296", "4294967296")],
)
def test_the_spacing_of_a_grid_is_a_signed_number(spacing: str, mended: str) -> None:
    def put(part: bytes) -> bytes:
        return re.sub(b"<w:docGrid[^>]*/>", b'<w:docGrid w:charSpace="%s"/>' % given, part)

    given = spacing.encode()
    data = rewritten(data_of(document("{{ x }}")), "word/document.xml", put)
    written = render(data, {"x": "X"}).read("word/document.xml").decode()
    assert re.findall(r'charSpace="([^"]*)"', written) == [mended]
