"""What templates print besides text, and the text of everything else."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from toolkit.office.pictures import Image, filling, fitted, read_image
from toolkit.office.values import Choices, Picture, QrCode, choices, image, plain, qr, unescape
from toolkit.office.values import escape as escaped


def test_a_picture_is_a_path_or_a_path_with_a_text() -> None:
    assert image("a.png") == Picture("a.png")
    assert image({"path": "a.png", "alt": "A"}, "fill") == Picture("a.png", "A", "fill")
    assert [image(None), image(""), image({"path": None})] == [None, None, None]


@pytest.mark.parametrize("arguments", [(3,), (["a"],), ("a.png", "stretch")])
def test_what_is_no_picture_is_refused(arguments: tuple[Any, ...]) -> None:
    with pytest.raises((TypeError, ValueError)):
        image(*arguments)


def test_choices_are_texts_or_pairs() -> None:
    assert choices(["a", {"value": "b", "label": "B"}]) == Choices((("a", "a"), ("b", "B")))
    assert choices(None) == Choices(())


def test_a_code_of_nothing_is_none() -> None:
    assert (qr("x"), qr(""), qr(None)) == (QrCode("x"), None, None)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("a", "a"),
        (None, ""),
        (3, "3"),
        (True, "True"),
        (date(2026, 1, 2), "2026-01-02"),
        ([1], "[1]"),
    ],
)
def test_plain_text(value: Any, text: str) -> None:
    assert plain(value) == text


@pytest.mark.parametrize("value", [len, image, str.upper, Picture("a"), Choices(())])
def test_what_has_no_plain_text(value: Any) -> None:
    with pytest.raises(TypeError):
        plain(value)


def test_escaping_and_back() -> None:
    assert unescape(escaped('a & "b" <c>')) == 'a & "b" <c>'


def test_sizes_that_keep_the_proportions() -> None:
    wide = Image(b"", "png", 200, 100)
    assert fitted(wide, (100, 100)) == (100, 50)
    assert filling(wide, (100, 100)) == (25_000, 0, 25_000, 0)
    assert filling(wide, (200, 100)) == (0, 0, 0, 0)


@pytest.mark.parametrize("data", [b"", b"GIF89a", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"%PDF"])
def test_what_is_no_picture_file(data: bytes) -> None:
    assert read_image(data) is None


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF"])
def test_the_size_of_a_picture_is_read(kind: str) -> None:
    import io

    from PIL import Image as Drawing

    out = io.BytesIO()
    Drawing.new("RGB", (30, 20)).save(out, kind)
    found = read_image(out.getvalue())
    assert found is not None
    assert (found.kind, found.width, found.height) == (kind.lower(), 30, 20)
