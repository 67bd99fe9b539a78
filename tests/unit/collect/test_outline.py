"""A part that shares its markup with others says what it would say alone."""

from xml.sax.saxutils import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st
from returned_files import ros, unpacked

from toolkit.collect.reading.outline import Pairs, of_markup, of_texts, parted
from toolkit.office.package.markup import Element, MarkupError, parse

TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=("Cs",)), max_size=9)


def told(root: Element) -> Pairs:
    return tuple((str(item.tag), "".join(map(str, item.itertext()))) for item in root.iter("*"))


def tags(root: Element) -> list[str]:
    return [str(item.tag) for item in root.iter()]


def same_as_parsed(data: bytes) -> bool:
    """Told as a parser tells it, or refused where a parser refuses; whether it was told."""
    try:
        whole = told(parse(data))
    except MarkupError:
        with pytest.raises(MarkupError):
            of_texts(data, told)
        return False
    assert of_texts(data, told) == whole
    return True


@pytest.mark.parametrize("name", ["xl/workbook.xml", "docProps/custom.xml", "docProps/core.xml"])
def test_the_parts_of_a_returned_workbook_share_their_outlines(name: str) -> None:
    data = unpacked(ros())[name]
    other = data.replace(b">1.", b">2.")
    assert of_texts(data, told) == told(parse(data))
    assert of_markup(data, tags) == tags(parse(data))
    one, same = parted(data), parted(other)
    assert one
    assert same
    assert one[0] is same[0]


@given(TEXTS, TEXTS)
def test_any_text_is_told_as_a_parser_tells_it(one: str, other: str) -> None:
    data = (
        f'<?xml version="1.0"?>\n<a><b n="x">{escape(one)}</b> <c>{escape(other)}</c></a>'.encode()
    )
    same_as_parsed(data)


@pytest.mark.parametrize(
    "data",
    [
        b"<a><!-- <b>x</b> --><c>y</c></a>",
        b"<a><![CDATA[<b>]]>x</a>",
        b"<a>x<?go there?></a>",
        b"<?go there?><a>x</a>",
        b"<a>&#65;&amp;</a>",
        b'<a b="x>y">z</a>',
        b"<a>x>y</a>",
        b"<a>one<b/>two<b>three</b>four</a>",
        "<a>\ue0000\ue001</a>".encode(),
        '<?xml version="1.0" encoding="us-ascii"?><a>æ</a>'.encode(),
        b"<a>\r\n</a>",
        b"<a></a>",
    ],
)
def test_odd_parts_say_what_a_parser_says(data: bytes) -> None:
    if same_as_parsed(data):
        assert of_markup(data, tags) == tags(parse(data))


@pytest.mark.parametrize(
    "data",
    [b"", b"<a>", b"<a>x</b>", b"<a>\x01</a>", b"<a>\xff</a>", b"x"]
    + [b'<a b="\x01">x</a>', b"<a\x01>x</a>", b"<a>x</a>\x01"],
)
def test_damaged_parts_are_damaged(data: bytes) -> None:
    with pytest.raises(MarkupError):
        of_texts(data, told)
    with pytest.raises(MarkupError):
        of_markup(data, tags)
